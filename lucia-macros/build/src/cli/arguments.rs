//! What the command takes. The comments on the fields are its help, line by line.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::database::Url;
use crate::Database;

/// Migrations that follow the user struct.
///
/// Reads the struct that derives `LuciaUser` and the migrations beside it, as the build does.
/// It finds the struct by the call of `lucia_build::user(..)` in `build.rs`, and without one
/// by looking through `src`. A database is used only by commands that take `--database-url`.
#[derive(Debug, Parser)]
#[command(name = "cargo-lucia", bin_name = "cargo lucia", version, verbatim_doc_comment)]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) which: Which,
}

/// What every command takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(super) struct Which {
    /// The `Cargo.toml` of the app.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) manifest_path: Option<PathBuf>,
    /// The package, when several of the workspace have a user struct.
    #[arg(short, long, global = true, value_name = "NAME")]
    pub(super) package: Option<String>,
    /// The user struct, when there are several.
    #[arg(long, global = true, value_name = "FILE[:STRUCT]")]
    pub(super) user: Option<String>,
    /// `sqlite`, `postgres` or `mysql`, when no `build.rs` names it; several by repeating.
    #[arg(long, global = true, value_name = "DATABASE", hide_possible_values = true)]
    database: Vec<Named>,
    /// Answer as JSON, for programs.
    #[arg(long, global = true)]
    pub(super) json: bool,
}

impl Which {
    /// Those that were asked for, each once.
    pub(super) fn databases(&self) -> Vec<Database> {
        let is_named =
            |database: &Database| self.database.iter().any(|named| Database::from(*named) == *database);
        Database::ALL.into_iter().filter(is_named).collect()
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Named {
    Sqlite,
    Postgres,
    Mysql,
}

impl From<Named> for Database {
    fn from(named: Named) -> Self {
        match named {
            Named::Sqlite => Self::Sqlite,
            Named::Postgres => Self::Postgres,
            Named::Mysql => Self::Mysql,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Compare the struct with its migrations, write the next one, and run them.
    #[command(subcommand)]
    Migrate(Migrate),
    /// Say what is not as it should be in the tables of a database.
    ///
    /// Compares them with the struct as it is: columns, types, defaults, indexes, keys, and what
    /// the connection is set to. Each finding says what is, what should be, what follows, and
    /// what to do. It changes nothing.
    ///
    /// Ends with 0 when all is well, 1 when something is found, 2 after an error.
    #[command(verbatim_doc_comment)]
    Audit(Live),
    /// Show the tables of the struct.
    Schema {
        /// `text`, `sql`, `mermaid` for a diagram in Markdown, or `svg` for a picture.
        #[arg(long, value_enum, default_value_t = Format::Text, hide_possible_values = true)]
        format: Format,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Migrate {
    /// Write the migration that leads to the struct as it is.
    ///
    /// It is written for every database of the app or, when something is in the way, for none.
    /// What loses data, and what the struct does not tell, is asked for on a terminal; elsewhere
    /// each answer is listed with the flag or the attribute that gives it.
    ///
    /// Ends with 0 when it is written or none is needed, 2 after an error, 3 when there is
    /// something to decide.
    #[command(verbatim_doc_comment)]
    Make(Make),
    /// Say whether the migrations lead to the struct as it is.
    ///
    /// Ends with 0 when they do, 1 when a migration is to be made, 2 after an error, 3 when
    /// there is something to decide before.
    #[command(verbatim_doc_comment)]
    Check,
    /// Say which migrations a database has run.
    ///
    /// Lists those of the folder, of lucia and of the app, and what has run and is not there;
    /// and says whether the folder leads to the struct. It writes nothing.
    ///
    /// Ends with 0 when all have run and lead to the struct, 1 when something is to be done,
    /// 2 after an error.
    #[command(verbatim_doc_comment)]
    Status(Live),
    /// Run the migrations that have not run yet.
    ///
    /// By Diesel's own runner, so that `diesel migration run` and the app know of it. A file of
    /// SQLite that is not there is made.
    ///
    /// Ends with 0 when all have run, 2 after an error, which names what has run before it.
    #[command(verbatim_doc_comment)]
    Run(Live),
    /// Revert the newest of the migrations that have run.
    ///
    /// What data goes with them is listed first, and nothing is reverted before
    /// `--allow destructive` says that it may go.
    ///
    /// Ends with 0 when they are reverted, 2 after an error, 3 when data would be lost.
    #[command(verbatim_doc_comment)]
    Revert(Revert),
    /// Take the tables of a database for those of the first migration.
    ///
    /// For a database that had them before there were migrations: made by hand, or by Lucia v1.
    /// The first migration of the struct is marked as run, and not run; before, the tables are
    /// compared with those that it makes.
    ///
    /// Ends with 0 when it is marked, 2 after an error, 3 when the tables differ, which
    /// `--allow differences` permits.
    #[command(verbatim_doc_comment)]
    Baseline(Baseline),
}

/// Where the database is.
#[derive(Debug, Args)]
pub(super) struct Live {
    /// The database: a URL, or the path of a file for SQLite. Without it, `DATABASE_URL` is read.
    #[arg(long, value_name = "URL")]
    pub(super) database_url: Option<Url>,
}

#[derive(Debug, Args)]
pub(super) struct Revert {
    #[command(flatten)]
    pub(super) live: Live,
    /// How many.
    #[arg(long, value_name = "NUMBER", default_value_t = NonZeroUsize::MIN)]
    pub(super) last: NonZeroUsize,
    /// `destructive`: data may go.
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub(super) allow: Vec<AllowedToRevert>,
}

#[derive(Debug, Args)]
pub(super) struct Baseline {
    #[command(flatten)]
    pub(super) live: Live,
    /// `differences`: the tables may be others than those that the migration makes.
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub(super) allow: Vec<AllowedInBaseline>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AllowedInBaseline {
    Differences,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AllowedToRevert {
    Destructive,
}

#[derive(Debug, Default, Args)]
pub(super) struct Make {
    /// What the migration is called, after its date.
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// A column has got another name, and keeps its values.
    #[arg(long, value_name = "TABLE.OLD=NEW")]
    pub(super) rename: Vec<String>,
    /// A column goes and its values with it: it has not got another name.
    #[arg(long, value_name = "TABLE.COLUMN")]
    pub(super) drop: Vec<String>,
    /// What rows that have no value get in a column: an expression of SQL.
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(super) backfill: Vec<String>,
    /// `destructive`: data may go. `duplicates`: what people are looked up by may be equal.
    #[arg(long, value_name = "WHAT", hide_possible_values = true)]
    pub(super) allow: Vec<Allowed>,
    /// Take SQL that you have written or edited yourself as it is.
    #[arg(long, conflicts_with_all = ["name", "rename", "drop", "backfill", "allow"])]
    pub(super) by_hand: bool,
    /// Show what would be written, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Allowed {
    Destructive,
    Duplicates,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Sql,
    Mermaid,
    Svg,
}
