// rule: attribute/text
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    #[lucia(rename = "")]
    //               ^^
    Admin,
}

fn main() {}
