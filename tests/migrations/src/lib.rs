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

pub mod database;
pub mod mariadb;
pub mod postgres;
pub mod rows;
mod server;
pub mod sqlite;
pub mod walk;

#[path = "../../../lucia-macros/schema/tests/case/mod.rs"]
pub mod case;

use std::path::Path;

/// Every case that there is.
#[must_use]
pub fn cases() -> Vec<case::Case> {
    case::all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lucia-macros/schema/tests/migrate"))
}
