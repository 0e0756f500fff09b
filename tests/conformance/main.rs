//! The conformance suite of `lucia`, run on every adapter that there is; and adapters with a flaw, each of which a rule of the
//! suite finds.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

mod apart;
mod broken;
mod memory;
mod sqlite;
mod user;
