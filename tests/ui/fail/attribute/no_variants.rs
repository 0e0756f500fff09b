// rule: attribute/no_variants
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {}
//       ^^^^

fn main() {}
