//! The tests of features that the other workspace must not have on, and of those that it cannot have off.
//!
//! Diesel's feature for users of more than 32 columns doubles the time that every crate on it takes to compile.
#![forbid(unsafe_code)]

pub mod users;
