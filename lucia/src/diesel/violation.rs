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
    /// The id of a session, or the session that it was renewed from.
    Session,
    ForeignKey,
}

/// Which constraint of the tables of `U` an error is about, if it is about one.
pub(super) fn violation<U: LuciaUser>(error: &DieselError) -> Option<Violation> {
    match error {
        DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => Some(Violation::ForeignKey),
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info) => unique::<U>(&**info),
        _ => None,
    }
}

fn unique<U: LuciaUser>(info: &dyn DatabaseErrorInformation) -> Option<Violation> {
    let (table, refused) = refused::<U>(info)?;
    if table == U::TABLES.session {
        // Its two unique columns are the id and the session that it was renewed from.
        return Some(Violation::Session);
    }
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

/// SQLite names table and columns in its message only, or the index if that is on an expression; PostgreSQL names table and
/// constraint.
fn refused<U: LuciaUser>(info: &dyn DatabaseErrorInformation) -> Option<(&str, Refused<'_>)> {
    let Some(columns) = info.message().strip_prefix("UNIQUE constraint failed: ") else {
        return Some((info.table_name()?, Refused::Constraint(info.constraint_name()?)));
    };
    // Only users have an index on an expression.
    if let Some(index) = columns.strip_prefix("index '") {
        return Some((U::TABLES.user, Refused::Constraint(index.strip_suffix('\'')?)));
    }
    let named: Option<Vec<(&str, &str)>> = columns.split(", ").map(|column| column.split_once('.')).collect();
    let named = named?;
    let (table, _) = named.first()?;
    Some((table, Refused::Columns(named.iter().map(|(_, column)| *column).collect())))
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
        | DieselError::DatabaseError(
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::SerializationFailure,
            _,
        ) => true,
        DieselError::DatabaseError(_, info) => is_sqlite_unavailable(info.message()),
        _ => false,
    }
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
