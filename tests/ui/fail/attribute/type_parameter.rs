// rule: attribute/generics
// An attribute is one type.
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Email<T>(T);
//              ^^^

fn main() {}
