// rule: attribute/variant_with_fields
use lucia::LuciaAttribute;

#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Member,
    Other(String),
    //   ^^^^^^^^
}

fn main() {}
