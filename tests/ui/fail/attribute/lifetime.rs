// rule: attribute/generics
// An attribute borrows nothing.
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Email<'a>(&'a str);
//              ^^^^

fn main() {}
