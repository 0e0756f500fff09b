//! Migrations on real databases.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "helpers of tests count as production code"
)]

mod audit;
mod by_hand;
mod cases;
mod diesel_diff;
mod diesel_half;
mod diesel_history;
mod diesel_migration;
mod diesel_schema;
mod nocase;
mod random;
mod trap;

use lucia_schema::{Schema, UserStruct};

/// The tables of a user with these fields.
fn schema(fields: &str) -> Schema {
    user(fields).schema()
}

/// A user with these fields.
fn user(fields: &str) -> UserStruct {
    read(&format!("pub struct User {{ pub id: UserId, {fields} }}"))
}

fn read(source: &str) -> UserStruct {
    let reading = lucia_schema::read(&syn::parse_str(source).unwrap());
    assert!(reading.errors.is_none(), "{}", reading.errors.unwrap());
    reading.user
}
