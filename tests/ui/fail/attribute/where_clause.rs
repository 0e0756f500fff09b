// rule: attribute/generics
// An attribute has no conditions.
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Email(String) where String: Clone;
//                       ^^^^^^^^^^^^^^^^^^^

fn main() {}
