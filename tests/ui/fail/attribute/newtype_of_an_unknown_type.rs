// rule: attribute/wrapped_type
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Team(Vec<String>);
//              ^^^^^^^^^^^

fn main() {}
