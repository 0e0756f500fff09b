//! The command as people and programs run it: the real binary, in packages of a moment.
#![expect(clippy::unwrap_used, reason = "helpers of tests count as production code")]

#[cfg(feature = "sqlite")]
mod audit;
#[cfg(feature = "sqlite")]
mod baseline;
#[cfg(feature = "sqlite")]
mod database;
mod found;
mod help;
mod json;
mod lock;
mod migrate;
mod package;
#[cfg(feature = "sqlite")]
mod revert;
mod schema;
#[cfg(all(feature = "postgres", feature = "mysql"))]
mod servers;
mod url;
