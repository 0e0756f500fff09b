// rule: attribute/generics
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Email<T>(T);
//              ^^^

fn main() {}
