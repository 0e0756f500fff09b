//! What a connection or a whole database is set to.

use super::{Code, Finding, Severity, Words};
use crate::Dialect;
use crate::audit::Live;

pub(crate) fn settings(live: &Live, dialect: Dialect) -> Vec<Finding> {
    let found = match dialect {
        Dialect::Sqlite => vec![foreign_keys(live, "foreign_keys", "PRAGMA foreign_keys = ON;")],
        Dialect::Postgres => vec![encoding(live)],
        Dialect::Mysql => {
            vec![sql_mode(live), foreign_keys(live, "foreign_key_checks", "SET foreign_key_checks = 1;")]
        }
    };
    found.into_iter().flatten().collect()
}

fn setting<'a>(live: &'a Live, name: &str) -> Option<&'a str> {
    live.settings.get(name).map(String::as_str)
}

fn foreign_keys(live: &Live, name: &str, sql: &str) -> Option<Finding> {
    let value = setting(live, name).filter(|value| ["0", "off"].contains(&value.to_lowercase().as_str()))?;
    let words = Words {
        is: format!("off (`{name}` is `{value}`)"),
        should_be: "on".to_owned(),
        consequence: "a session or a key of a user who is gone can be stored, and what the app's own rows refer to is not checked either",
        mend: "Turn it on for every connection of the app, right after it is made",
    };
    Some(Finding::new(Code::ForeignKeysOff, Severity::Error, None, words).sql(Some(sql.to_owned())))
}

fn encoding(live: &Live) -> Option<Finding> {
    let value = setting(live, "server_encoding").filter(|value| *value != "UTF8")?;
    let words = Words {
        is: format!("`{value}`"),
        should_be: "`UTF8`".to_owned(),
        consequence: "text in a script that it does not know cannot be stored",
        mend: "An encoding stays for ever: make a database with `CREATE DATABASE .. ENCODING 'UTF8' TEMPLATE template0`, and move \
               the data with `pg_dump` and `psql`",
    };
    Some(Finding::new(Code::Encoding, Severity::Error, None, words))
}

fn sql_mode(live: &Live) -> Option<Finding> {
    let value = setting(live, "sql_mode")?;
    let strict = |mode: &str| ["STRICT_TRANS_TABLES", "STRICT_ALL_TABLES"].contains(&mode.trim());
    if value.to_uppercase().split(',').any(strict) {
        return None;
    }
    let words = Words {
        is: if value.is_empty() { "empty".to_owned() } else { format!("`{value}`") },
        should_be: "one with `STRICT_TRANS_TABLES`".to_owned(),
        consequence: "the server cuts what does not fit and stores the rest, ids and password hashes included, and puts 0 or an \
                      empty text where a value is missing",
        mend: "Set it for the server, and in its configuration, so that it lasts",
    };
    let sql = "SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',STRICT_TRANS_TABLES');".to_owned();
    Some(Finding::new(Code::SqlMode, Severity::Error, None, words).sql(Some(sql)))
}
