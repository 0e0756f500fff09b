// rule: attribute/text
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    #[lucia(rename = "a\n")]
    //               ^^^^^
    Admin,
}

fn main() {}
