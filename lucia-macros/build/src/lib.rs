//! The build step of lucia, and the command `cargo lucia`: they keep an app's migrations in step with its user struct.
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
//! | `write` | writes the next migration, if there is nothing to decide; else it names what there is, and the command |
//! | `snapshot` | takes SQL that you have written or edited yourself as it is, and writes down that it leads to the struct |
//!
//! # The command
//!
//! `cargo install lucia-build --features cli` brings `cargo lucia`. It reads the same source with the same code, finds the
//! struct by the line in `build.rs`, and, for these, needs no database:
//!
//! | command | what it does |
//! | --- | --- |
//! | `cargo lucia migrate make` | writes the next migration, with your decisions as flags or, on a terminal, as answers; `--dry-run` shows it |
//! | `cargo lucia migrate make --by-hand` | the same as `LUCIA_MIGRATIONS=snapshot` |
//! | `cargo lucia migrate check` | says whether there is one to make |
//! | `cargo lucia schema` | shows the tables: `--format text`, `sql`, `mermaid` or `svg` |
//!
//! It ends with 0 when all is well, 1 when `check` finds a migration to make, 2 after an error, 3 when there is something to
//! decide.
//!
//! # Without a build script
//!
//! An app without one says `--database sqlite`, and `#[lucia(migrations = "migrations")]` above the struct. The command then keeps
//! a file `lucia.lock` in that folder, which says what its migrations lead to, and the struct compiles as long as that is the
//! struct. What the error does not tell, what has changed, `cargo lucia migrate check` does. Two branches that both change the
//! struct conflict in the file, so that version control tells it first.
//!
//! # The command on a database
//!
//! With the feature of its database it uses the database too: `cargo install lucia-build --features cli,sqlite`. SQLite comes with
//! it; `postgres` and `mysql` (MariaDB too) take the client library of the machine. Migrations are run by Diesel's own runner and
//! entered in Diesel's own table, so that `diesel migration` and the app at its start know of each other's.
//!
//! | command | what it does | ends with 1 | ends with 3 |
//! | --- | --- | --- | --- |
//! | `cargo lucia migrate status` | lists what has run, what is pending, and what has run and is not in the folder; says whether the folder leads to the struct. Writes nothing | something is to be done | |
//! | `cargo lucia migrate run` | runs what is pending, unless the history is broken | | |
//! | `cargo lucia migrate revert` | reverts the newest that has run, or the `--last NUMBER` | | data would be lost: it is listed, and `--allow destructive` lets it go |
//! | `cargo lucia migrate baseline` | marks the first migration of the struct as run, without running it: for tables that were made by hand or by Lucia v1 | | the tables are not those that it makes: what differs is listed, and `--allow differences` marks it all the same |
//! | `cargo lucia audit` | compares the tables with the struct as it is; each finding says what is, what should be, what follows and what to do. Writes nothing | something is found | |
//!
//! The database is named by `--database-url`, or by `DATABASE_URL` as for Diesel: a URL, or the path of a file for SQLite. Only
//! `run` makes a file that is not there. A password in it is never printed; other users of the machine may see what is passed as a
//! flag, and not what is in a variable.
//!
//! A migration that fails is named, with what is left of it, and with those that ran before it. On SQLite and PostgreSQL nothing is
//! left of one in a transaction, nor of a rebuild on SQLite. MySQL commits each change of a table on its own, and what runs in no
//! transaction has none to roll back: compare the tables with its text.
//!
//! What the `down.sql` of the app's own migration removes, only the app knows: it is reverted with `--allow destructive`. Of two
//! migrations that go on from the same tables `revert` takes back the later one that has run, so that it can be made again.
//!
//! # Decisions
//!
//! Nothing is guessed. What the struct does not tell is asked for:
//!
//! | what changes | how to decide |
//! | --- | --- |
//! | a column goes and one of a like type comes | it is the same one: `#[lucia(renamed_from = "nick")]` above the field, or `--rename auth_user.nick=name`; it is not: `--drop auth_user.nick` |
//! | a column goes | `--drop auth_user.nick`, or `--allow destructive` for all that loses data |
//! | a column without a default must not be null | `--backfill auth_user.age=SQL`, a lasting `#[lucia(default = ..)]`, or an `Option` |
//! | values that people are looked up by need no longer be unique | `--allow duplicates` |
//! | programs of the version before would fail while they still run | `cargo lucia migrate make`, which takes it for said |
//! | all three tables get other names | `#[lucia(renamed_from = "auth_user")]` above the struct |
//!
//! The decisions are in the snapshot beside the migration, and at its head is what each change does and costs.
//!
//! # Migrations
//!
//! The folder is Diesel's: `diesel migration run`, `revert` and `redo` work on it, and `lucia::diesel::run_migrations`
//! does the same from inside the program. The app's own migrations live in it too, and all of them run in order of their
//! versions, which is the order of their dates. Nothing that is in the folder is ever edited, moved or deleted.
//!
//! With one database the folder is `migrations/`; with several there is one in it for each: `migrations/sqlite/`,
//! `migrations/postgres/`, `migrations/mysql/`. A migration is written for all of them or for none. A database that is added
//! later begins with the struct as it is.
//!
//! The date in the name of a new migration is the time at which it is written, or `SOURCE_DATE_EPOCH` where that is set,
//! and always later than the newest one there is.
//!
//! # History
//!
//! Beside `up.sql` and `down.sql` a migration of ours has `lucia.json`: the tables as they are after it, the migration that
//! it follows, and the checksums of its SQL. So a build, and the command, can tell what has happened to the folder:
//!
//! | what has happened | what to do |
//! | --- | --- |
//! | two branches have each added a migration | delete the one that has not run in production, after reverting it where it has run, and make it again, after the other |
//! | the SQL was edited | restore it if it has run anywhere; else, if the edit is meant, `LUCIA_MIGRATIONS=snapshot cargo build` or `cargo lucia migrate make --by-hand` |
//! | a migration was deleted that another one follows | restore it, or delete what follows too, if none of it has run anywhere |
//! | a migration has got a date before that of the one it follows | give it its name back, or a later date |
//! | a release of lucia has a new column of its own | an ordinary migration, which says at its head that it comes with the release |
//!
//! # Several user types
//!
//! Each has a statement of its own in `build.rs`, and a history of its own; they share the folder and name the same
//! databases. A file that holds several is told which is meant by [`User::named`], the command by `--user FILE:STRUCT`.
//!
//! # What it cannot see
//!
//! It reads one file of source, as it is written: a struct that a macro makes, or that gets its `derive` by `cfg_attr`, is
//! not found, and an error says what was found instead. The command reads `build.rs` in the same way: what a loop or a
//! variable makes of it, it does not see, and says so.
//!
//! # JSON
//!
//! With `--json` the command says one object on standard output, unless it does not understand its arguments, with `status`
//! in it:
//!
//! | `status` | with | ends with |
//! | --- | --- | --- |
//! | `in_step` | `user`, `file`, `folders` | 0 |
//! | `written`, `planned` (by `--dry-run`) | the same, and `migrations`: of each the `path`, and `files` with their text; and the path of the `lock` file, if it is written | 0 |
//! | `behind` | the same as `in_step`, and `needs`, which is empty; and the path of the `lock` file, if that alone is behind | 1 |
//! | `undecided` | the same, and `needs`: of each `what`, `reason`, the `flags` of which one is an answer, and the `answers` in words | 3 |
//! | `shown` (by `schema`) | `user`, `file`, `fingerprint`, `tables` as `lucia.json` has them, and `shown`, the text | 0 |
//! | `up_to_date`, `behind` (by `status`) | `user`, `file`, `database`, `url` without its password, `folder` as one of `folders`, or null while the history is broken, `migrations`: of each the `version`, its `name`, its `state` (`run`, `pending`, `not_in_folder`), and whether it is `of` `lucia` or the `app`; and `problems` in words | 0, 1 |
//! | `ran`, `reverted` | `user`, `file`, `database`, `url`, and `migrations`, their names in the order in which that was done | 0 |
//! | `marked` (by `baseline`) | the same; no migration, if it was marked before; and `findings`, what differs | 0 |
//! | `undecided` (by `revert`, `baseline`) | `user`, `file`, `database`, `url`, and `needs` as above; by `baseline`, `findings` too | 3 |
//! | `in_step`, `differs` (by `audit`) | `user`, `file`, `database`, `url`, and `findings`: of each `code`, `severity` (`error`, `warning`), `table`, `column`, `index`, `is`, `should_be`, `consequence`, `mend`, and `sql` or null | 0, 1 |
//! | `error` | `errors`, in words | 2 |
//!
//! Each of `folders` has its `database` and `path`, the `newest` migration of the struct in it, or null, its `status`
//! (`in_step`, `empty`, `behind`), and `changes`: of each `what`, `danger` and `reason`. A danger is `safe`, `locks`,
//! `breaks_running_code`, `needs_backfill`, `loses_data` or `refused`.
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
mod lock;
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
