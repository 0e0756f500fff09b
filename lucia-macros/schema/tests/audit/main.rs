//! Audits of databases that are described by hand. Those of real databases are in the tests of migrations.
#![cfg(feature = "syn")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

mod codes;
mod defaults;
mod described;
mod keys;
mod rows;
mod types;
