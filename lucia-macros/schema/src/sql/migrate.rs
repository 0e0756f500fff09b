//! SQL that turns the tables of one schema into those of another, and back.
//!
//! The two schemas are [paired](pair) by place and by name, without a look at any database. Then one file for each
//! database writes what it takes there. A column differs on a database if it is written differently there, and only then.

mod check;
mod guard;
mod indexes;
mod mysql;
mod order;
mod pair;
mod postgres;
mod refusal;
mod sqlite;
mod text;

pub use refusal::Refusal;

use crate::{Dialect, Rename, Schema};

/// A one-off value for the rows that are there when a column becomes one that must have a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backfill {
    /// The table, as it is called after the migration.
    pub table: String,
    /// The column, as it is called after the migration.
    pub column: String,
    /// A SQL expression. It may name other columns of the row: renamed ones by their new names, and those that the
    /// migration drops too.
    pub sql: String,
}

/// A migration in both directions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// From the old tables to the new ones. It keeps every row of every table.
    pub up: Script,
    /// From the new tables to the old ones. It invents no value: where one would be needed, it fails while there are rows.
    pub down: Script,
}

/// One direction of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// Statements, each ending in `;` and a line break, with comments before those that a person should know about. There is
    /// at least one, since neither Diesel nor MySQL runs a script without any.
    pub sql: String,
    /// Whether it is to be run in a transaction, as Diesel does unless a `metadata.toml` says otherwise. What rebuilds a
    /// table of SQLite must not be, and [frames itself](super::sqlite::REBUILD_OPENS). Both directions of a migration are alike
    /// in that, as Diesel runs them.
    pub in_transaction: bool,
}

/// What turns the tables of `old` into those of `new`, with all of their rows, and what turns them back.
///
/// The tables are paired by place, their columns by name once `renames` are made. The text depends on the arguments only.
///
/// # Errors
///
/// When something is asked for that is not written, or a value is missing for the rows that are there: all reasons, each
/// with what to do instead.
///
/// # Example
///
/// ```
/// use lucia_schema::{Column, Dialect, Keyed, Schema, TableNames, Type, UserColumn, sql};
///
/// let email = Column { name: "email".to_owned(), ty: Type::Text { max_length: Some(255) }, nullable: true, default: None };
/// let old = Schema::of(&TableNames::default(), &[], &[]);
/// let new = Schema::of(&TableNames::default(), &[UserColumn { column: email, keyed: Keyed::No }], &[]);
///
/// let migration = sql::migrate(&old, &new, &[], &[], Dialect::Postgres).unwrap();
/// assert!(migration.up.sql.contains(r#"ADD COLUMN "email" VARCHAR(255)"#));
/// assert!(migration.down.sql.contains(r#"DROP COLUMN "email""#));
/// ```
pub fn migrate(
    old: &Schema,
    new: &Schema,
    renames: &[Rename],
    backfills: &[Backfill],
    dialect: Dialect,
) -> Result<Migration, Vec<Refusal>> {
    let refusals = check::all(old, new, renames, backfills, dialect);
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let back = reversed(old, new, renames);
    let up = pair::Plan::new(old, new, renames, pair::Direction::Up(backfills));
    let down = pair::Plan::new(new, old, &back, pair::Direction::Down);
    let plain = |sql| Script { sql, in_transaction: true };
    Ok(match dialect {
        Dialect::Sqlite => sqlite::migration(&up, &down),
        Dialect::Postgres => {
            Migration { up: plain(postgres::script(&up)), down: plain(postgres::script(&down)) }
        }
        Dialect::Mysql => Migration { up: plain(mysql::script(&up)), down: plain(mysql::script(&down)) },
    })
}

/// The renames of the way back, each with the name that its table has at the end of it.
fn reversed(old: &Schema, new: &Schema, renames: &[Rename]) -> Vec<Rename> {
    let before = |table: &str| {
        let place = new.tables.iter().position(|candidate| candidate.name == table);
        place.and_then(|place| old.tables.get(place)).map_or(table, |table| table.name.as_str()).to_owned()
    };
    let back = |rename: &Rename| Rename {
        table: before(&rename.table),
        from: rename.to.clone(),
        to: rename.from.clone(),
    };
    renames.iter().map(back).collect()
}
