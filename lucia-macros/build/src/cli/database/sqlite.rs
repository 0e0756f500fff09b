//! SQLite: a file.

use std::borrow::Cow;

use diesel::Connection as _;
use diesel::connection::SimpleConnection as _;
use diesel::result::Error;
use diesel::sqlite::SqliteConnection;

use super::on_diesel::connected;
use super::{Connected, IfMissing, InDatabase, Url};

connected!(
    SqliteConnection,
    "EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '__diesel_schema_migrations')"
);

pub(super) fn open(url: &Url, if_missing: IfMissing) -> Result<Box<dyn Connected>, InDatabase> {
    let given = url.secret();
    if is_in_memory(given) {
        return Err(InDatabase::InMemory { url: url.to_string() });
    }
    let address = match if_missing {
        IfMissing::Create => Cow::Borrowed(given),
        IfMissing::Refuse => Cow::Owned(existing(given)),
    };
    let mut connection = SqliteConnection::establish(&address).map_err(|error| url.unopened(&error))?;
    // Somebody else may be writing.
    let waits = connection.batch_execute("PRAGMA busy_timeout = 5000");
    let unanswered = |error: Error| InDatabase::Unanswered { url: url.to_string(), error: error.to_string() };
    waits.map_err(unanswered)?;
    Ok(Box::new(connection))
}

/// What is gone when the command ends.
fn is_in_memory(url: &str) -> bool {
    let path = ["sqlite://", "file:"].iter().find_map(|scheme| url.strip_prefix(scheme)).unwrap_or(url);
    let (path, parameters) = path.split_once('?').unwrap_or((path, ""));
    path == ":memory:" || parameters.split('&').any(|parameter| parameter == "mode=memory")
}

/// The same file, which is not made by opening it.
fn existing(url: &str) -> String {
    let uri = match url.strip_prefix("sqlite://") {
        Some(path) => format!("file:{path}"),
        None if url.starts_with("file:") => url.to_owned(),
        None => format!("file:{}", url.replace('%', "%25").replace('?', "%3f").replace('#', "%23")),
    };
    // What comes after it is of no use in the name of a file.
    let uri = uri.split('#').next().unwrap_or_default();
    match uri.split_once('?') {
        Some((_, parameters)) if parameters.contains("mode=ro") => uri.to_owned(),
        Some((path, parameters)) => format!("{path}?{parameters}&mode=rw"),
        None => format!("{uri}?mode=rw"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_only_made_when_it_may_be() {
        for (url, opened) in [
            ("app.db", "file:app.db?mode=rw"),
            ("/data/a%b#c?d.db", "file:/data/a%25b%23c%3fd.db?mode=rw"),
            ("sqlite://app.db", "file:app.db?mode=rw"),
            ("file:app.db?cache=shared#x", "file:app.db?cache=shared&mode=rw"),
            ("file:app.db?mode=rwc", "file:app.db?mode=rwc&mode=rw"),
            ("file:app.db?mode=ro", "file:app.db?mode=ro"),
        ] {
            assert_eq!(existing(url), opened);
        }
    }

    #[test]
    fn what_is_in_memory_is_no_database_for_a_command() {
        for url in [":memory:", "file::memory:", "file:x?mode=memory&cache=shared", "sqlite://:memory:"] {
            assert!(is_in_memory(url), "{url}");
        }
        assert!(!is_in_memory("memory.db") && !is_in_memory("file:a?cache=shared"));
    }
}
