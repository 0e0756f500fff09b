//! The Rust types that tell by themselves how they are stored, and what a column of each holds.

mod bytes;
#[cfg(feature = "json")]
pub(crate) mod json;
mod numbers;
mod text;
#[cfg(feature = "chrono")]
mod times;
#[cfg(feature = "uuid")]
mod uuids;
