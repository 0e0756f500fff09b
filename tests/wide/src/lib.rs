//! Users of more than 32 columns. Diesel's feature for them doubles the time that every crate on it takes to compile, so that they
//! are tested in a workspace of their own.
#![forbid(unsafe_code)]

pub mod users;
