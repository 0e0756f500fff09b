//! The adapter on PostgreSQL and MariaDB, by Diesel's own connections and by `diesel-async`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

mod audit;
mod migrate;
mod operations;
mod quickstart;
mod sessions_apart;
mod values;
#[path = "../../suite/web_client.rs"]
#[allow(dead_code, reason = "the tests on SQLite use all of it")]
mod web_client;
