//! Reads Diesel's errors: which constraint refused a row, and whether the database answered at all.
//!
//! This is the only place that looks at a driver's text, and it is needed where Diesel gives no more than the text.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

use crate::error::{Error, Kind};
use crate::{LuciaUser, UniqueAttributes};

/// The constraint that refused a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Violation {
    UserId,
    Attributes(&'static [&'static str]),
    Key,
    ForeignKey,
}

/// Which constraint of users or keys an error is about that a statement on `table`, one of those of `U`, ended with, if it is
/// about one.
pub(super) fn violation<U: LuciaUser>(error: &DieselError, table: &str) -> Option<Violation> {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => unique::<U>(&**info, table),
        error if is_foreign_key(error) => Some(Violation::ForeignKey),
        _ => None,
    }
}

/// Whether a row was refused since what it refers to is not there, or since others refer to it.
pub(super) const fn is_foreign_key(error: &DieselError) -> bool {
    matches!(
        error,
        DieselError::DatabaseError(
            DatabaseErrorKind::ForeignKeyViolation | DatabaseErrorKind::RestrictViolation,
            _,
        )
    )
}

/// Whether a session was refused by one of the two unique columns of its table: its id, and the session that it was renewed from.
pub(super) fn is_session_taken(error: &DieselError, table: &str) -> bool {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => {
            refused(&**info, table).is_some_and(|(refusing, _)| refusing == Some(table))
        }
        _ => false,
    }
}

fn unique<U: LuciaUser>(info: &dyn DatabaseErrorInformation, written: &str) -> Option<Violation> {
    let (table, refused) = refused(info, written)?;
    // Only users have an index on an expression.
    let table = table.unwrap_or(U::TABLES.user);
    if table == U::TABLES.key {
        return Some(Violation::Key);
    }
    if table != U::TABLES.user {
        return None;
    }
    let unique = U::UNIQUE.iter().find(|unique| match &refused {
        Refused::Columns(columns) => columns_of::<U>(unique).is_some_and(|own| own == *columns),
        Refused::Constraint(constraint) => unique.index == *constraint,
    });
    match (unique, &refused) {
        (Some(unique), _) => Some(Violation::Attributes(unique.attributes)),
        (None, Refused::Columns(columns)) if *columns == ["id"] => Some(Violation::UserId),
        (None, Refused::Constraint(name)) if *name == format!("{table}_pkey") => Some(Violation::UserId),
        // A constraint of the app's own.
        (None, _) => None,
    }
}

/// The columns of attributes that are unique.
fn columns_of<U: LuciaUser>(unique: &UniqueAttributes) -> Option<Vec<&'static str>> {
    let named = |name: &&str| U::ATTRIBUTES.iter().find(|attribute| attribute.name == *name);
    unique.attributes.iter().map(|name| named(name).map(|attribute| attribute.column)).collect()
}

/// What a driver says of a unique constraint that refused a row.
enum Refused<'a> {
    Columns(Vec<&'a str>),
    Constraint(&'a str),
}

/// The table, and what refused. SQLite names table and columns in its message only, or the index without the table if that is on
/// an expression; PostgreSQL names table and constraint; MySQL the constraint at the end of its message, in MariaDB without the
/// table, and `PRIMARY` for what is the primary key of any.
fn refused<'a>(
    info: &'a dyn DatabaseErrorInformation,
    written: &'a str,
) -> Option<(Option<&'a str>, Refused<'a>)> {
    if let (Some(table), Some(constraint)) = (info.table_name(), info.constraint_name()) {
        return Some((Some(table), Refused::Constraint(constraint)));
    }
    let Some(columns) = info.message().strip_prefix("UNIQUE constraint failed: ") else {
        let (_, key) = info.message().strip_suffix('\'')?.rsplit_once('\'')?;
        let (table, constraint) = key.split_once('.').unwrap_or((written, key));
        let columns = (constraint == "PRIMARY").then(|| Refused::Columns(vec!["id"]));
        return Some((Some(table), columns.unwrap_or(Refused::Constraint(constraint))));
    };
    if let Some(index) = columns.strip_prefix("index '") {
        return Some((None, Refused::Constraint(index.strip_suffix('\'')?)));
    }
    let named: Option<Vec<(&str, &str)>> = columns.split(", ").map(|column| column.split_once('.')).collect();
    let named = named?;
    let (table, _) = named.first()?;
    Some((Some(table), Refused::Columns(named.iter().map(|(_, column)| *column).collect())))
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        if is_unavailable(&error) {
            Kind::Unavailable(Some(Box::new(error))).into()
        } else if matches!(error, DieselError::DeserializationError(_)) {
            Kind::Storage(
                "a stored row cannot be read; the source of this error says why",
                Some(Box::new(error)),
            )
            .into()
        } else {
            Kind::Storage("the database refused a statement; its own error says why", Some(Box::new(error)))
                .into()
        }
    }
}

fn is_unavailable(error: &DieselError) -> bool {
    match error {
        DieselError::BrokenTransactionManager
        | DieselError::RollbackErrorOnCommit { .. }
        | DieselError::DatabaseError(
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        ) => true,
        DieselError::DatabaseError(DatabaseErrorKind::Unknown, info) => {
            is_sqlite_unavailable(info.message())
                || is_conflict_text(info.message())
                || is_server_unavailable(info.message())
        }
        _ => false,
    }
}

/// A server has undone the transaction because another one was in its way: PostgreSQL, MySQL, MariaDB.
pub(super) fn is_conflict_text(message: &str) -> bool {
    ["deadlock detected", "Deadlock found when trying to get lock", "Record has changed since last read"]
        .iter()
        .any(|text| message.starts_with(text))
}

/// Where Diesel gives no more than the text: the server is not there, is going away, or did not answer in time.
fn is_server_unavailable(message: &str) -> bool {
    [
        // PostgreSQL
        "terminating connection",
        "the database system is",
        "canceling statement due to",
        "sorry, too many clients",
        "remaining connection slots are reserved",
        "connection to server",
        "server closed the connection",
        "could not receive data from server",
        "no connection to the server",
        // MySQL and MariaDB, server and both clients
        "Lost connection to",
        "Lock wait timeout exceeded",
        "Too many connections",
        "Server shutdown in progress",
        "Connection was killed",
        "Query execution was interrupted",
        "Can't connect to",
        "Input/output error",
        "Driver error: `Connection closed",
    ]
    .iter()
    .any(|text| message.starts_with(text))
        || message.ends_with("has gone away")
}

/// SQLite's result codes do not reach us through Diesel; these are the texts of the ones that pass.
///
/// A full disk or a failing one ends the transaction, so that Diesel's own rollback fails and hides the first error.
pub(super) fn is_sqlite_unavailable(message: &str) -> bool {
    is_busy_text(message)
        || [
            "disk I/O error",
            "unable to open database file",
            "database or disk is full",
            "cannot rollback - no transaction is active",
        ]
        .contains(&message)
}

fn is_busy_text(message: &str) -> bool {
    ["database is locked", "database table is locked", "database schema is locked"]
        .iter()
        .any(|text| message.starts_with(text))
}

/// Whether SQLite refused because somebody else holds a lock.
#[cfg(feature = "sqlite")]
pub(super) fn is_busy(error: &Error) -> bool {
    match error.kind() {
        Kind::Unavailable(Some(source)) => match source.downcast_ref::<DieselError>() {
            Some(DieselError::DatabaseError(_, info)) => is_busy_text(info.message()),
            _ => false,
        },
        _ => false,
    }
}
