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
mod nocase;
mod random;
mod trap;

use lucia_schema::Schema;

/// The tables of a user with these fields.
fn schema(fields: &str) -> Schema {
    let source = format!("pub struct User {{ pub id: UserId, {fields} }}");
    let reading = lucia_schema::read(&syn::parse_str(&source).unwrap());
    assert!(reading.errors.is_none(), "{}", reading.errors.unwrap());
    reading.user.schema()
}
