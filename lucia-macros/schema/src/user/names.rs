//! Names that databases, Diesel and Rust do not take.

use quote::ToTokens;

use super::errors::Errors;
use super::mistake::Naming;
use super::options::{Given, StructOptions};
use crate::TableNames;
use crate::names::is_portable;

/// Names that `table!` gives to its own items beside the columns: a column is an item too.
const ITEMS_OF_DIESEL: [&str; 9] =
    ["table", "columns", "star", "all_columns", "is_nullable", "dsl", "diesel", "SqlType", "BoxedQuery"];

/// Columns that every PostgreSQL table has.
const COLUMNS_OF_POSTGRES: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

/// Words that cannot be the name of a module, not even a raw one.
const NO_MODULES: [&str; 5] = ["_", "self", "Self", "super", "crate"];

/// The names of the tables. One that is not legal is replaced by the usual one, so that reading can go on.
pub(crate) fn tables(options: &StructOptions, errors: &mut Errors) -> TableNames {
    let usual = TableNames::default();
    let user = legal(options.user_table.as_ref(), "user_table", &usual.user, errors);
    let session = legal(options.session_table.as_ref(), "session_table", &usual.session, errors);
    let key = legal(options.key_table.as_ref(), "key_table", &usual.key, errors);
    let names = TableNames { user, session, key };
    if check_distinct(&names, options, errors) { names } else { usual }
}

fn legal(given: Option<&Given<String>>, attribute: &'static str, usual: &str, errors: &mut Errors) -> String {
    let Some(given) = given else { return usual.to_owned() };
    let name = given.value.clone();
    if !is_portable(&name) {
        errors.note(&given.at, Naming::Table { name, attribute });
    } else if is_reserved_table(&name) {
        errors.note(&given.at, Naming::ReservedTable { name, attribute });
    } else {
        return name;
    }
    usual.to_owned()
}

/// The folder of the migrations, which is joined to another one.
pub(crate) fn migrations(options: StructOptions, errors: &mut Errors) -> Option<Given<String>> {
    let given = options.migrations?;
    let is_relative =
        !given.value.is_empty() && !given.value.starts_with('/') && !given.value.contains(['\\', ':']);
    if is_relative {
        return Some(given);
    }
    errors.note(&given.at, Naming::Folder { name: given.value });
    None
}

/// SQLite and PostgreSQL have tables of their own under these prefixes, Diesel and table rebuilds under `__`.
fn is_reserved_table(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    ["__", "sqlite_", "pg_"].iter().any(|prefix| lower.starts_with(prefix)) || NO_MODULES.contains(&name)
}

/// SQLite, and MySQL on some systems, take `Member` and `member` for the same table.
fn check_distinct(names: &TableNames, options: &StructOptions, errors: &mut Errors) -> bool {
    let mut distinct = true;
    let all = [
        ("user_table", &names.user, &options.user_table),
        ("session_table", &names.session, &options.session_table),
        ("key_table", &names.key, &options.key_table),
    ];
    let mut seen: Vec<(String, _, &Option<Given<String>>)> = Vec::new();
    for (attribute, name, given) in all {
        let folded = name.to_ascii_lowercase();
        if let Some((_, before, first)) = seen.iter().find(|(other, ..)| *other == folded) {
            distinct = false;
            // On the later of the two that was written; the usual names are distinct, so that one of them was.
            let written = [(attribute, given), (*before, first)];
            if let Some((attribute, given)) =
                written.into_iter().find_map(|(name, given)| Some((name, given.as_ref()?)))
            {
                errors.note(&given.at, Naming::SameTable { name: name.clone(), attribute });
            }
        }
        seen.push((folded, attribute, given));
    }
    distinct
}

/// Whether Diesel has an item of that name, so that no column can have it.
#[must_use]
pub fn is_item_of_diesel(field: &str) -> bool {
    ITEMS_OF_DIESEL.contains(&field)
}

/// Whether Diesel and migrations may make up the name in passing.
pub(crate) fn is_made_up(name: &str) -> bool {
    name.starts_with("__")
}

/// What is wrong with the name of a column, apart from who else has it.
pub(crate) fn check_column(name: &str, at: impl ToTokens, errors: &mut Errors) {
    let owned = name.to_owned();
    if !is_portable(name) {
        errors.note(at, Naming::Column { name: owned });
    } else if name.eq_ignore_ascii_case("id") {
        errors.note(at, Naming::IdColumn { name: owned });
    } else if COLUMNS_OF_POSTGRES.contains(&name) || is_made_up(name) {
        errors.note(at, Naming::ReservedColumn { name: owned });
    }
}
