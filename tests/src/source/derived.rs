//! The user with the derive.

use super::{Attribute, Kind, each};

/// The source of a crate with a derived user of these attributes, and a small use of it.
pub fn derived(attributes: &[Attribute]) -> String {
    let fields = each(attributes, field);
    format!(
        "//! A derived user.

use std::path::Path;

use chrono::{{DateTime, Utc}};
use lucia::{{Auth, LuciaUser, SessionToken, UserId}};

/// A user.
#[derive(Clone, Debug, PartialEq, LuciaUser)]
pub struct User {{
    /// The user's id.
    pub id: UserId,
{fields}}}

/// Opens the file.
pub fn open(path: &Path) -> lucia::Result<Auth<User>> {{
    lucia::sqlite(path)?.development()
}}

/// The user whose token this is.
pub async fn user_of(auth: &Auth<User>, token: &SessionToken) -> lucia::Result<User> {{
    Ok(auth.validate_user(token).await?.user)
}}
"
    )
}

fn field(attribute: &Attribute) -> String {
    let (doc, name, ty) = (attribute.doc(), &attribute.name, ty(attribute.kind));
    let rules = rules(attribute).join(", ");
    let rules = if rules.is_empty() { String::new() } else { format!("    #[lucia({rules})]\n") };
    format!("    {doc}\n{rules}    pub {name}: {ty},\n")
}

fn rules(attribute: &Attribute) -> Vec<String> {
    let unique = attribute.unique.then(|| "unique".to_owned());
    let max_length = attribute.max_length.map(|max| format!("max_length = {max}"));
    let readonly = attribute.readonly.then(|| "readonly".to_owned());
    let default = attribute.default.map(|default| format!("default = {default}"));
    [unique, max_length, readonly, default].into_iter().flatten().collect()
}

fn ty(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "String",
        Kind::OptionalText => "Option<String>",
        Kind::Int => "i32",
        Kind::BigInt => "i64",
        Kind::Bool => "bool",
        Kind::OptionalBigInt => "Option<i64>",
        Kind::Time => "DateTime<Utc>",
        Kind::Bytes => "Vec<u8>",
    }
}
