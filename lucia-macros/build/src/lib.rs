//! The build step of lucia: keeps an app's migrations in step with its user struct.
//!
//! An app calls it in `build.rs`, names the file of its user struct and the databases that migrations are for:
//!
//! ```no_run
//! fn main() {
//!     lucia_build::user("src/user.rs").sqlite();
//! }
//! ```
//!
//! From then on every build reads the struct and compares it with the migrations in `migrations/`.
//!
//! * **In step**: nothing is said. The app's migrations, ours and its own, are in the program: `lucia::migrations!()`.
//! * **Out of step**: the struct does not compile, and the error names what has changed and what to run.
//!   The build script itself succeeds, so that an editor goes on to understand the rest of the app.
//!
//! A build writes nothing into the source tree, unless the environment variable `LUCIA_MIGRATIONS` asks for it:
//!
//! | `LUCIA_MIGRATIONS` | what the build does |
//! | --- | --- |
//! | unset, empty, `check` | compares |
//! | `write` | writes the first migration of a struct that has none: a directory as Diesel knows it, with `up.sql`, `down.sql` and `lucia.json`, which holds the tables as they are after it |
//! | `snapshot` | writes `lucia.json` beside the newest migration, after you have written there, by hand, the SQL of a change |
//!
//! A later change of the struct is told in full, but its SQL is yours to write in this release.
//!
//! # Migrations
//!
//! The folder is Diesel's: `diesel migration run`, `revert` and `redo` work on it, and `lucia::diesel::run_migrations`
//! does the same from inside the program. The app's own migrations live in it too, and all of them run in order of their
//! versions, which is the order of their dates. Nothing that is in the folder is ever edited, moved or deleted.
//!
//! With one database the folder is `migrations/`; with several there is one in it for each: `migrations/sqlite/`,
//! `migrations/postgres/`, `migrations/mysql/`.
//!
//! The date in the name of a new migration is the time at which it is written, or `SOURCE_DATE_EPOCH` where that is set,
//! and always later than the newest one there is.
//!
//! # Several user types
//!
//! Each has a statement of its own in `build.rs`; they share the folder and name the same databases. A file that holds
//! several is told which is meant by [`User::named`].
//!
//! # What it cannot see
//!
//! It reads one file of source, as it is written: a struct that a macro makes, or that gets its `derive` by `cfg_attr`, is
//! not found, and an error says what was found instead.
#![forbid(unsafe_code)]
#![expect(clippy::needless_doctest_main, reason = "it is what a `build.rs` looks like")]

mod by_hand;
mod cargo;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod date;
mod decisions;
mod drift;
mod embedded;
mod files;
mod folder;
mod history;
mod instruction;
mod make;
mod message;
mod migration;
mod name;
mod need;
mod order;
mod package;
mod place;
mod problem;
mod source;
mod step;
#[cfg(test)]
mod tests;
mod user;
mod writing;

/// A database that migrations are written for.
#[doc(inline)]
pub use lucia_schema::Dialect as Database;
pub use user::{User, user};
