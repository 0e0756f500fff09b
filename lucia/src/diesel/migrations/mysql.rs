//! On MySQL and MariaDB, which end a transaction at each statement that changes a table.
//!
//! Before such a statement it is noted that it is under way, and after it that it is done; what changes rows is done in one
//! transaction with that note. So a migration that broke off goes on where it was. A statement that was under way when the process
//! ended has been done or not, since each is atomic. It is run again, and when it says that there is nothing left for it to do, it
//! was done.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable};

use super::run::{__diesel_schema_migrations as list, MigrateConnection};
use super::statements::{has_body, statements};
use super::{EmbeddedMigration, EmbeddedMigrations};
use crate::Result;
use crate::error::{Error, Kind};

diesel::table! {
    /// How far the migration has come that is under way, or broke off.
    __lucia_migration (version) {
        version -> Text,
        /// How many statements are done.
        done -> Integer,
        /// Whether the next one may be done too.
        under_way -> Bool,
    }
}

use __lucia_migration as progress;

const CREATE: &str = "CREATE TABLE IF NOT EXISTS __lucia_migration (
    version VARCHAR(50) CHARACTER SET ascii NOT NULL PRIMARY KEY, done INTEGER NOT NULL, under_way BOOLEAN NOT NULL)";

/// Of the database, since a name like this is the whole server's. An hour, for whoever waits for a large table.
const HOLD: &str = "GET_LOCK(CONCAT('lucia ', SHA1(DATABASE())), 3600)";
const RELEASE: &str = "DO RELEASE_LOCK(CONCAT('lucia ', SHA1(DATABASE())))";

/// The language in which the messages below are read.
const ENGLISH: &str = "SET SESSION lc_messages = 'en_US'";

macro_rules! migrate_mysql {
    ($($(#[$when:meta])* $connection:ty;)*) => {$(
        $(#[$when])*
        impl MigrateConnection for $connection {
            const DATABASE: &'static str = "mysql";

            fn of(migrations: &EmbeddedMigrations) -> Option<&'static [EmbeddedMigration]> {
                migrations.mysql
            }

            fn hold(&mut self) -> Result<()> {
                self.batch_execute(ENGLISH)?;
                let held = diesel::select(diesel::dsl::sql::<Nullable<Bool>>(HOLD));
                match diesel::RunQueryDsl::get_result(held, self)? {
                    Some(true) => Ok(()),
                    Some(false) | None => Err(Error::unavailable("another process runs migrations")),
                }
            }

            fn release(&mut self) -> Result<()> {
                Ok(self.batch_execute(RELEASE)?)
            }

            fn done(&mut self) -> QueryResult<Vec<String>> {
                diesel::RunQueryDsl::load(list::table.select(list::version), self)
            }

            fn run(&mut self, migration: &EmbeddedMigration) -> Result<bool> {
                self.batch_execute(CREATE)?;
                run_statements(self, migration)?;
                let entry = diesel::insert_into(list::table).values(list::version.eq(migration.version));
                self.transaction(|connection| -> Result<()> {
                    diesel::RunQueryDsl::execute(entry, connection)?;
                    Ok(connection.forget(migration.version)?)
                })?;
                Ok(true)
            }
        }

        $(#[$when])*
        impl Progress for $connection {
            fn come(&mut self, version: &str) -> QueryResult<Option<(i32, bool)>> {
                let row = progress::table.find(version).select((progress::done, progress::under_way));
                diesel::RunQueryDsl::get_result(row, self).optional()
            }

            fn note(&mut self, version: &str, done: i32, under_way: bool) -> QueryResult<()> {
                let row = (
                    progress::version.eq(version),
                    progress::done.eq(done),
                    progress::under_way.eq(under_way),
                );
                diesel::RunQueryDsl::execute(diesel::replace_into(progress::table).values(row), self).map(drop)
            }

            fn forget(&mut self, version: &str) -> QueryResult<()> {
                diesel::RunQueryDsl::execute(diesel::delete(progress::table.find(version)), self).map(drop)
            }
        }
    )*};
}

migrate_mysql! {
    #[cfg(feature = "mysql")]
    MysqlConnection;
    #[cfg(feature = "mysql-async")]
    diesel_async::async_connection_wrapper::AsyncConnectionWrapper<diesel_async::AsyncMysqlConnection>;
}

/// The row of a migration that is under way.
trait Progress: Connection {
    fn come(&mut self, version: &str) -> QueryResult<Option<(i32, bool)>>;
    fn note(&mut self, version: &str, done: i32, under_way: bool) -> QueryResult<()>;
    fn forget(&mut self, version: &str) -> QueryResult<()>;
}

fn run_statements<C: Progress>(conn: &mut C, migration: &EmbeddedMigration) -> Result<()> {
    if has_body(migration.up) {
        // It cannot be taken apart: as with Diesel, what broke off has to be put right by hand.
        return conn.batch_execute(migration.up).map_err(|error| stopped(migration, error));
    }
    let (done, under_way) = conn.come(migration.version)?.unwrap_or_default();
    for (place, statement) in (0..).zip(statements(migration.up)) {
        if place < done {
            if !changes_tables(statement) && sets_the_session(statement) {
                conn.batch_execute(statement)?;
            }
            continue;
        }
        if !changes_tables(statement) {
            conn.batch_execute(statement).map_err(|error| stopped(migration, error))?;
        } else if changes_rows(statement) {
            conn.transaction(|conn| {
                conn.batch_execute(statement).map_err(|error| stopped(migration, error))?;
                Ok::<_, Error>(conn.note(migration.version, place + 1, false)?)
            })?;
        } else {
            change_tables(conn, migration, place, statement, place == done && under_way)?;
        }
    }
    Ok(())
}

fn change_tables<C: Progress>(
    conn: &mut C,
    migration: &EmbeddedMigration,
    place: i32,
    statement: &str,
    may_be_done: bool,
) -> Result<()> {
    conn.note(migration.version, place, true)?;
    match conn.batch_execute(statement) {
        Err(error) if !(may_be_done && says_done(&error)) => {
            let error = stopped(migration, error);
            // It is known not to be done, so that next time it has to succeed.
            if !error.is_unavailable() {
                conn.note(migration.version, place, false)?;
            }
            Err(error)
        }
        _ => Ok(conn.note(migration.version, place + 1, false)?),
    }
}

/// Whether a transaction can hold a statement.
fn changes_rows(statement: &str) -> bool {
    let upper = statement.to_ascii_uppercase();
    ["INSERT ", "UPDATE ", "DELETE ", "REPLACE "].iter().any(|start| upper.starts_with(start))
}

/// Whether anything is left of a statement when the connection ends. What is not goes with it: variables and temporary tables, by
/// which a script looks first whether it can run.
fn changes_tables(statement: &str) -> bool {
    let upper = statement.trim_start().to_ascii_uppercase();
    let passes = ["SET ", "CREATE TEMPORARY", "DROP TEMPORARY", "INSERT INTO `__LUCIA_GUARD`"];
    !passes.iter().any(|start| upper.starts_with(start))
}

fn sets_the_session(statement: &str) -> bool {
    statement.trim_start().to_ascii_uppercase().starts_with("SET ")
}

/// Whether a statement failed since what it would do has been done.
fn says_done(error: &diesel::result::Error) -> bool {
    let diesel::result::Error::DatabaseError(_, info) = error else { return false };
    let message = info.message();
    message.ends_with("already exists")
        || [
            "Duplicate column name",
            "Duplicate key name",
            "Unknown table",
            "Unknown column",
            "Can't DROP",
            "Duplicate foreign key",
        ]
        .iter()
        .any(|text| message.starts_with(text))
        || message.contains("check that column/key exists")
        || message.contains("check that it exists")
        || message.contains("doesn't exist")
}

fn stopped(migration: &EmbeddedMigration, error: diesel::result::Error) -> Error {
    let error = Error::from(error);
    if error.is_unavailable() {
        return error;
    }
    let message = format!(
        "the migration `{}` stopped at a statement; its error says why; what came before it is done, and once the reason is removed, \
         running again goes on from there",
        migration.name
    );
    Kind::Config(message, Some(Box::new(error))).into()
}
