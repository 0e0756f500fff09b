// rule: attribute/no_variants
// A value is one of some.
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {}
//       ^^^^

fn main() {}
