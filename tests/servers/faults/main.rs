//! What real servers do to the adapter: they stop, refuse, pause, kill connections and undo transactions, and the caller goes away.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

mod conflicts;
mod dropped;
mod killed;
mod outages;
mod proxy;
mod restarts;
mod round_trips;
mod small_pool;
mod support;
