//! Rivals for one row: 16 at once through two adapters on the same store, again and again.
//!
//! Each race is decided by what is stored afterwards and by how many of the rivals were told that it was them. Nothing is
//! asked here that the bodies provided by [`Adapter`](crate::adapter::Adapter) cannot give on two stores.

pub(super) mod cross;
pub(super) mod keys;
pub(super) mod sessions;
pub(super) mod users;
