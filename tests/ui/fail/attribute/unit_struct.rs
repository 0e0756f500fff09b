// rule: attribute/not_an_attribute
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Role;
//         ^^^^

fn main() {}
