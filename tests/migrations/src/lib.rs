//! Real databases to run migrations on, and the rule that every migration keeps.
//!
//! Every migration of every case is run with rows in all tables. Then the tables are those that the new struct makes at once,
//! with the same rows in them; and after the way back they are those of the old struct again.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "helpers of tests count as production code"
)]

pub mod command_line;
pub mod database;
pub mod declared;
pub mod guide;
pub mod mariadb;
mod once;
pub mod postgres;
pub mod rows;
pub mod server;
pub mod sqlite;
pub mod walk;

#[path = "../../../lucia-macros/schema/tests/case/mod.rs"]
pub mod case;

use std::path::Path;

use lucia_schema::UserStruct;

/// Every case that there is.
#[must_use]
pub fn cases() -> Vec<case::Case> {
    case::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lucia-macros/schema/tests/migrate"))
}

/// The struct of a case in its section `old` or `new`; `None` where there is none.
#[must_use]
pub fn user(case: &case::Case, section: &str) -> Option<UserStruct> {
    let (_, source) = case.given.split_once(&format!("\n== {section}\n")).unwrap();
    let source = source.split("\n== ").next().unwrap().trim();
    (source != "none").then(|| lucia_schema::read(&syn::parse_str(source).unwrap()).user)
}
