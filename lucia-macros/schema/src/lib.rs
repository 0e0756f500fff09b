//! The model of a lucia user struct and its three tables.
//!
//! The derive reads a struct from tokens, the build step reads the same struct from source text; both call this crate,
//! so that a struct that derives is a struct that migrates, with the same message when it does not. It does no I/O, knows
//! no Diesel and does not panic. An implementation detail of `lucia`: its API follows `lucia`'s releases, not semver.
//!
//! * [`Schema`] is the neutral side: three tables as data, their [fingerprint](Schema::fingerprint), their [`sql`] on
//!   each [`Dialect`], a versioned [`Snapshot`] and the [`diff`](fn@diff) between two of them.
//! * [`sql::migrate`] turns the tables of one schema into those of another, and back, with the rows that are in them.
//! * [`audit`](mod@audit) compares a live database with the tables of a schema.
//! * With the feature `syn`, [`user::read`] turns a struct into a [`user::UserStruct`] and reports every mistake in it.
#![forbid(unsafe_code)]

mod attributes;
pub mod audit;
mod conversion;
mod dialect;
mod diff;
mod error;
mod kind;
mod lock;
mod names;
mod pairing;
mod schema;
mod snapshot;
pub mod sql;
mod tables;
#[cfg(feature = "syn")]
pub mod user;

pub use attributes::{ATTRIBUTES, AttributeSpec, Conflict, NO_ATTRIBUTES, NoAttribute, Position, ValueShape};
pub use conversion::{Conversion, conversion};
pub use dialect::Dialect;
pub use diff::{Change, Danger, Diff, Effect, Question, Rename, Renames, Unused, UnusedRename, diff};
pub use error::SnapshotError;
pub use kind::{Default, Kind};
pub use lock::{Lock, LockError};
pub use schema::{Column, ForeignKey, Index, Native, Schema, Table, Type};
pub use snapshot::Snapshot;
pub use tables::{Keyed, TableNames, UserColumn};
#[cfg(feature = "syn")]
pub use user::{
    Attribute, AttributeItem, AttributeReading, AttributeShape, IdField, MigrationsFolder, Reading, Rule,
    Storage, UserStruct, is_item_of_diesel, read, read_attribute, spelled,
};

/// The release that this is, as far as it matters to what it writes: a patch writes the same.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// Columns that a user table may have, the id included: the most that Diesel offers without its slowest feature.
pub const MAX_COLUMNS: usize = 64;

/// Length of unique or indexed text, in characters, and of unique or indexed bytes, when the struct names none.
///
/// A database that indexes a column must know its length (MySQL), and the same limit holds on every database.
pub const DEFAULT_KEYED_LENGTH: u32 = 255;

/// The longest value of a unique or indexed column, in bytes, that all databases can index.
///
/// MySQL takes 3072 bytes, a PostgreSQL B-tree 2704 including its own header; this is the next smaller multiple of 64.
pub const MAX_KEYED_BYTES: u32 = 2688;

/// The same limit for text, where a character takes up to four bytes.
pub const MAX_KEYED_CHARS: u32 = MAX_KEYED_BYTES / 4;

/// The largest `max_length` there is.
pub const MAX_LENGTH: u32 = 65_535;
