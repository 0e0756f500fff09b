//! The user as a careful person would write it on Diesel alone.

use super::{Attribute, Kind, each, given};

/// What is the same for all users comes from the file that the compiler and the reader see.
const TYPICAL: &str = include_str!("../by_hand.rs");

/// Above it the attributes decide.
const COMMON: &str = "// From here on nothing depends on the attributes.\n";

/// The source of a crate, or of a module, with a user of these attributes and all queries.
pub fn by_hand(attributes: &[Attribute]) -> String {
    let common = TYPICAL.find(COMMON).map_or("", |start| &TYPICAL[start..]);
    let parts = [table(attributes), structs(attributes), methods(attributes), look_ups(attributes)];
    format!("{HEAD}{}{common}", parts.concat())
}

const HEAD: &str = "\
//! The user of the quickstart as a careful person would write it on Diesel alone: what the derive is measured against.
//!
//! The same tables, the same inputs with the same rules, and one function for each query, on SQLite only. `source` writes
//! what depends on the attributes, which a test compares; what does not is written here, and taken from here.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use lucia::{PasswordHash, StoredKey, StoredSession, UnixMillis, UserId};

";

fn table(attributes: &[Attribute]) -> String {
    let columns = each(attributes, |attribute| {
        format!("        {}\n        {} -> {},\n", attribute.doc(), attribute.name, sql_type(attribute.kind))
    });
    format!(
        "diesel::table! {{
    /// The table of users.
    auth_user (id) {{
        /// The user's id.
        id -> Text,
{columns}    }}
}}

"
    )
}

fn structs(attributes: &[Attribute]) -> String {
    let given = given(attributes);
    let fields = each(attributes, |attribute| field(attribute, &attribute.doc(), ty(attribute.kind)));
    let created = each(&given, |attribute| {
        let (doc, ty) = (attribute.doc(), ty(attribute.kind));
        match attribute.default {
            Some(_) => {
                let doc = format!("{}; `None` takes the default.", doc.trim_end_matches('.'));
                field(attribute, &doc, &format!("Option<{ty}>"))
            }
            None => field(attribute, &doc, ty),
        }
    });
    let changed = each(&given, |attribute| {
        field(attribute, &attribute.doc(), &format!("Option<{}>", ty(attribute.kind)))
    });
    format!(
        "/// A user.
#[derive(Clone, Debug, PartialEq, Queryable, Selectable, Insertable)]
// Every column is given; otherwise a `None` would leave its column out, which also costs the compiler more.
#[diesel(table_name = auth_user, treat_none_as_default_value = false, check_for_backend(Sqlite))]
pub struct User {{
    /// The user's id.
    pub id: UserId,
{fields}}}

/// What creating a user takes.
#[derive(Clone, Debug, PartialEq)]
pub struct UserAttributes {{
{created}}}

/// A partial update of a user: `None` leaves an attribute as it is.
#[derive(Clone, Debug, Default, PartialEq, AsChangeset)]
#[diesel(table_name = auth_user)]
pub struct UserChanges {{
{changed}}}

"
    )
}

fn field(attribute: &Attribute, doc: &str, ty: &str) -> String {
    format!("    {doc}\n    pub {}: {ty},\n", attribute.name)
}

fn methods(attributes: &[Attribute]) -> String {
    let given = given(attributes);
    let checked = each(&given, created_check);
    let created = each(attributes, |attribute| format!("            {},\n", created_field(attribute)));
    let changed = each(&given, |Attribute { name, .. }| {
        format!(
            "        if let Some({name}) = changes.{name} {{\n            self.{name} = {name};\n        }}\n"
        )
    });
    let checked_changes = each(&given, changed_check);
    format!(
        "impl User {{
    /// A new user, with defaults for what the attributes leave out.
    pub fn create(id: UserId, attributes: UserAttributes, now: NaiveDateTime) -> Result<Self, InvalidInput> {{
{checked}        Ok(Self {{
            id,
{created}        }})
    }}

    /// The same user with the changes made.
    pub fn change(mut self, changes: UserChanges) -> Result<Self, InvalidInput> {{
        changes.check()?;
{changed}        Ok(self)
    }}
}}

impl UserChanges {{
    /// Whether the changes keep the rules of their attributes.
    pub fn check(&self) -> Result<(), InvalidInput> {{
{checked_changes}        Ok(())
    }}

    /// Whether nothing changes; Diesel refuses an update that sets nothing.
    pub fn is_unchanged(&self) -> bool {{
        *self == Self::default()
    }}
}}

"
    )
}

fn created_field(Attribute { name, default, readonly, .. }: &Attribute) -> String {
    match (default, readonly) {
        (None, _) => format!("{name}: attributes.{name}"),
        (Some("now"), true) => format!("{name}: now"),
        (Some(default), true) => format!("{name}: {default}"),
        (Some(default), false) => format!("{name}: attributes.{name}.unwrap_or({default})"),
    }
}

/// Texts are checked, whether they may be absent or not; for the other kinds there is no rule.
fn created_check(attribute: &Attribute) -> String {
    let name = &attribute.name;
    match attribute.kind {
        Kind::Text => format!("        {};\n", check_text(attribute, &format!("&attributes.{name}"))),
        Kind::OptionalText => check_if(attribute, &format!("Some({name}) = &attributes.{name}")),
        _ => String::new(),
    }
}

fn changed_check(attribute: &Attribute) -> String {
    let name = &attribute.name;
    match attribute.kind {
        Kind::Text => check_if(attribute, &format!("Some({name}) = &self.{name}")),
        Kind::OptionalText => check_if(attribute, &format!("Some(Some({name})) = &self.{name}")),
        _ => String::new(),
    }
}

fn check_if(attribute: &Attribute, condition: &str) -> String {
    let check = check_text(attribute, &attribute.name);
    format!("        if let {condition} {{\n            {check};\n        }}\n")
}

fn check_text(Attribute { name, max_length, .. }: &Attribute, value: &str) -> String {
    format!("check_text({name:?}, {value}, {max_length:?})?")
}

/// One look-up for each unique attribute, which is a text in all our users.
fn look_ups(attributes: &[Attribute]) -> String {
    each(attributes, |Attribute { name, unique, .. }| {
        if !unique {
            return String::new();
        }
        format!(
            "/// The user with this `{name}`. A collation may find what differs in bytes.
pub fn user_by_{name}(conn: &mut SqliteConnection, {name}: &str) -> QueryResult<Option<User>> {{
    let user = auth_user::table
        .filter(auth_user::{name}.eq({name}))
        .select(User::as_select())
        .get_result(conn)
        .optional()?;
    Ok(user.filter(|user| user.{name} == {name}))
}}

"
        )
    })
}

fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Text",
        Kind::OptionalText => "Nullable<Text>",
        Kind::Int => "Integer",
        Kind::BigInt => "BigInt",
        Kind::Bool => "Bool",
        Kind::OptionalBigInt => "Nullable<BigInt>",
        Kind::Time => "Timestamp",
        Kind::Bytes => "Binary",
    }
}

/// A person with a `Timestamp` column has a `NaiveDateTime`: Diesel maps no zone onto it.
fn ty(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "String",
        Kind::OptionalText => "Option<String>",
        Kind::Int => "i32",
        Kind::BigInt => "i64",
        Kind::Bool => "bool",
        Kind::OptionalBigInt => "Option<i64>",
        Kind::Time => "NaiveDateTime",
        Kind::Bytes => "Vec<u8>",
    }
}
