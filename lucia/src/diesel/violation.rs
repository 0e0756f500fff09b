//! Reads Diesel's errors: which constraint refused a row, and whether the database answered at all.
//!
//! This is the only place that looks at a driver's text, and it is needed where Diesel gives no more than the text.

use diesel::result::{DatabaseErrorInformation, DatabaseErrorKind, Error as DieselError};

use crate::LuciaUser;
use crate::error::{Error, Kind};

/// The constraint that refused a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Violation {
    UserId,
    Attribute(&'static str),
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
    let (table, refused) = refused(info)?;
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
    let attribute = U::ATTRIBUTES.iter().find(|attribute| match refused {
        Refused::Column(column) => attribute.column == column,
        Refused::Constraint(constraint) => attribute.unique == Some(constraint),
    });
    match (attribute, refused) {
        (Some(attribute), _) => Some(Violation::Attribute(attribute.name)),
        // A constraint of the app's own, over several columns.
        (None, Refused::Column("id")) => Some(Violation::UserId),
        (None, Refused::Constraint(name)) if name == format!("{table}_pkey") => Some(Violation::UserId),
        (None, _) => None,
    }
}

/// What a driver says of a unique constraint that refused a row.
#[derive(Clone, Copy)]
enum Refused<'a> {
    Column(&'a str),
    Constraint(&'a str),
}

/// SQLite names table and column in its message only, PostgreSQL names table and constraint.
fn refused(info: &dyn DatabaseErrorInformation) -> Option<(&str, Refused<'_>)> {
    if let Some(column) = info.message().strip_prefix("UNIQUE constraint failed: ") {
        let (table, column) = column.split_once('.')?;
        return Some((table, Refused::Column(column)));
    }
    Some((info.table_name()?, Refused::Constraint(info.constraint_name()?)))
}

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        if is_unavailable(&error) {
            Kind::Unavailable(Some(Box::new(error))).into()
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
