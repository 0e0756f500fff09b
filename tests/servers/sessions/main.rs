//! Sessions in another store than users: Redis, on servers that the tests start and stop.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

mod contract;
mod extremes;
mod faults;
mod layout;
mod lost_answers;
mod operations;
mod proxy;
mod races;
mod support;
mod writers;
