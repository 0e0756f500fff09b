// rule: attribute/same_text
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Admin,
    #[lucia(rename = "admin")]
    //               ^^^^^^^
    Root,
}

fn main() {}
