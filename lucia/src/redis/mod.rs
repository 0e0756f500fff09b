//! Sessions in Redis, for a [`Split`](crate::Split).
//!
//! What is stored under which key, and how to set Redis up, is in the chapter
//! [Sessions elsewhere](crate::_sessions_elsewhere).

mod failure;
mod keys;
mod link;
mod row;
mod scripts;
mod sessions;

pub use sessions::RedisSessions;
