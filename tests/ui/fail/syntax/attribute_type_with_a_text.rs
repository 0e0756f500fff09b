// rule: syntax/quoted_path
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
#[lucia(crate = "lucia")]
//              ^^^^^^^
pub enum Role {
    Admin,
}

fn main() {}
