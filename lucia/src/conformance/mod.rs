//! The contract of an adapter as a list of rules, and one macro that makes a test of each.
//!
//! Whatever the documentation of [`UserAdapter`](crate::adapter::UserAdapter),
//! [`SessionAdapter`](crate::adapter::SessionAdapter) and [`Adapter`](crate::adapter::Adapter) says is a rule here: what a
//! step does, what it leaves alone, every error that it owes and everything that is no error. The rules in `races` let 16
//! rivals go for the same row at once, and look at what is stored afterwards.
//!
//! An adapter of one's own is tested by this, in the tests of the crate that it is in:
//!
//! ```
//! # #[derive(Clone, Debug, lucia::LuciaUser)]
//! # pub struct User { pub id: UserId, #[lucia(unique)] pub name: String }
//! use lucia::conformance::Setup;
//! use lucia::{MemoryAdapter, UserId};
//!
//! struct Memory(MemoryAdapter<User>);
//!
//! impl Setup for Memory {
//!     type User = User;
//!     type Adapter = MemoryAdapter<User>;
//!
//!     async fn empty() -> Self {
//!         Self(MemoryAdapter::new())
//!     }
//!
//!     async fn adapter(&self) -> MemoryAdapter<User> {
//!         self.0.clone()
//!     }
//!
//!     fn user(id: UserId, n: u32) -> User {
//!         User { id, name: format!("name {n}") }
//!     }
//!
//!     fn changes(n: u32) -> UserChanges {
//!         UserChanges { name: Some(format!("name {n}")) }
//!     }
//! }
//!
//! lucia::conformance!(memory: Memory);
//! # fn main() {}
//! ```
//!
//! That is a module `memory` with a `#[test]` for each rule. They need no runtime around them: each makes its own, which
//! has timers and I/O if Tokio is built with them. `cargo test memory::races` runs the races alone, and the environment
//! variable `LUCIA_CONFORMANCE_ROUNDS` makes them longer than their 50 rounds.
//!
//! What cannot be had on every store has no rule: that a user is
//! [in use](crate::Error::is_in_use) by rows of the app, that an outage is told as
//! [unavailable](crate::Error::is_unavailable), and what is left of a step whose server was killed.

mod case;
mod cross;
mod failure;
mod keys;
mod list;
mod races;
mod renewal;
mod samples;
mod sessions;
mod setup;
mod sweeps;
mod unique;
mod users;
mod values;

pub use failure::{Failure, Outcome};
pub use list::{Rule, check, rules};
pub use setup::Setup;
