//! Migrations on real databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of tests count as production code")]

mod audit;
mod cases;
