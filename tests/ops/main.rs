//! The operations: users, keys and sessions on SQLite files, one at a time and against each other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]
#![allow(
    clippy::duration_suboptimal_units,
    reason = "`Duration::from_mins` is newer than the oldest Rust we run on"
)]

#[macro_use]
mod support;

mod adopted;
mod audit;
mod behaviours;
mod broken;
mod codes_and_owners;
mod declared;
mod half_way;
mod hashing;
mod ids;
mod invariants;
mod keys;
mod kills;
mod log_in;
mod migrate;
mod model;
mod operations;
mod passwords;
mod races;
mod raw_sql;
mod rebuilt;
mod redacted;
mod secrets;
mod sessions;
mod shared;
mod sign_in;
mod states;
mod storage;
mod stores_apart;
mod two_stores;
mod unique;
mod users;
mod values;
