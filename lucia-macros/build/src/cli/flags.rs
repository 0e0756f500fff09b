//! What a person decides, as the flags say it.

use lucia_schema::{Rename, sql::Backfill};

use super::Stop;
use super::arguments::{Allowed, Make};
use super::problem::CliProblem;
use crate::decisions::{Decisions, Drop};

/// All of it.
pub(super) fn decisions(flags: &Make) -> Result<Decisions, Stop> {
    Ok(Decisions {
        name: flags.name.clone(),
        renames: each(&flags.rename, rename)?,
        drops: each(&flags.drop, drop)?,
        backfills: each(&flags.backfill, backfill)?,
        destructive: flags.allow.contains(&Allowed::Destructive),
        duplicates: flags.allow.contains(&Allowed::Duplicates),
        by_command: true,
    })
}

fn each<T>(values: &[String], read: fn(&str) -> Result<T, CliProblem>) -> Result<Vec<T>, CliProblem> {
    values.iter().map(|value| read(value)).collect()
}

/// `TABLE.OLD=NEW`.
fn rename(value: &str) -> Result<Rename, CliProblem> {
    let malformed = || CliProblem::Malformed { flag: "--rename TABLE.OLD=NEW", value: value.to_owned() };
    let (place, to) = value.split_once('=').ok_or_else(malformed)?;
    let Drop { table, column } = drop(place).map_err(|_| malformed())?;
    if to.is_empty() || to.contains('.') {
        return Err(malformed());
    }
    Ok(Rename::new(&table, &column, to))
}

/// `TABLE.COLUMN`.
fn drop(value: &str) -> Result<Drop, CliProblem> {
    match value.split_once('.') {
        Some((table, column)) if !table.is_empty() && !column.is_empty() && !column.contains('.') => {
            Ok(Drop { table: table.to_owned(), column: column.to_owned() })
        }
        _ => Err(CliProblem::Malformed { flag: "--drop TABLE.COLUMN", value: value.to_owned() }),
    }
}

/// `TABLE.COLUMN=SQL`; the SQL may have anything in it.
fn backfill(value: &str) -> Result<Backfill, CliProblem> {
    let malformed = || CliProblem::Malformed { flag: "--backfill TABLE.COLUMN=SQL", value: value.to_owned() };
    let (place, sql) = value.split_once('=').ok_or_else(malformed)?;
    let Drop { table, column } = drop(place).map_err(|_| malformed())?;
    if sql.trim().is_empty() {
        return Err(malformed());
    }
    Ok(Backfill { table, column, sql: sql.trim().to_owned() })
}
