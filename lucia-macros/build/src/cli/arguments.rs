//! What the command takes. The comments here are its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::Database;

/// Migrations that follow the user struct.
///
/// Reads the struct that derives `LuciaUser` and the migrations beside it, as the build does. It finds the struct by the line
/// `lucia_build::user(..)` in `build.rs`, and without one by looking through `src`. No database is needed.
#[derive(Debug, Parser)]
#[command(name = "cargo-lucia", bin_name = "cargo lucia", version, max_term_width = 100)]
#[command(disable_help_subcommand = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) which: Which,
    /// Answer as JSON, for programs.
    #[arg(long, global = true)]
    pub(super) json: bool,
}

/// Which struct is meant.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// The `Cargo.toml` of the app.
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) manifest_path: Option<PathBuf>,
    /// The package of the workspace, when several have a user struct.
    #[arg(short, long, global = true, value_name = "NAME")]
    pub(super) package: Option<String>,
    /// The user struct, when there are several.
    #[arg(long, global = true, value_name = "FILE[:STRUCT]")]
    pub(super) user: Option<String>,
    /// A database that migrations are for, when no `build.rs` says so; may be given several times.
    #[arg(long, global = true, value_name = "DATABASE")]
    database: Vec<Named>,
}

impl Which {
    pub(super) fn databases(&self) -> Vec<Database> {
        let named =
            |database: &Database| self.database.iter().any(|named| Database::from(*named) == *database);
        Database::ALL.into_iter().filter(named).collect()
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Named {
    Sqlite,
    Postgres,
    /// And MariaDB.
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
    /// Compare the struct with its migrations, and write the next one.
    #[command(subcommand)]
    Migrate(Migrate),
    /// Show the tables that the struct has.
    Schema {
        /// How to show them.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum Migrate {
    /// Write the migration that leads from the newest one to the struct as it is.
    ///
    /// What loses data or cannot be known from the struct is asked for on a terminal. Elsewhere nothing is written, and the
    /// answers are listed as the flags and attributes that give them.
    ///
    /// Ends with 0 when a migration is written or none is needed, 2 after an error, 3 when a decision is needed.
    Make(Make),
    /// Say whether the migrations lead to the struct as it is.
    ///
    /// Ends with 0 when they do, 1 when a migration is to be made, 2 after an error, 3 when making it needs a decision.
    Check,
}

#[derive(Debug, Default, Args)]
pub(super) struct Make {
    /// What the migration is called, after its date.
    #[arg(long, value_name = "NAME")]
    pub(super) name: Option<String>,
    /// A column has another name now, and keeps its values.
    #[arg(long, value_name = "TABLE.OLD=NEW")]
    pub(super) rename: Vec<String>,
    /// A column is no renamed one: it goes, and its values with it.
    #[arg(long, value_name = "TABLE.COLUMN")]
    pub(super) drop: Vec<String>,
    /// What the users that exist already get in a column: an SQL expression, taken as it is.
    #[arg(long, value_name = "TABLE.COLUMN=SQL")]
    pub(super) backfill: Vec<String>,
    /// Allow what is not done without asking.
    #[arg(long, value_name = "WHAT")]
    pub(super) allow: Vec<Allowed>,
    /// Take the SQL of the newest migration as you have written or edited it, by hand.
    #[arg(long, conflicts_with_all = ["name", "rename", "drop", "backfill", "allow"])]
    pub(super) by_hand: bool,
    /// Show what would be written, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Allowed {
    /// What loses data, or breaks the app while its last release still runs.
    Destructive,
    /// That values which people are looked up by need no longer be unique.
    Duplicates,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Tables to read.
    Text,
    /// The statements that create them.
    Sql,
    /// A diagram for Mermaid.
    Mermaid,
    /// A picture.
    Svg,
}
