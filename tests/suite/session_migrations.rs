//! The migrations for sessions in a database of their own are what the model of that table says, on every database.
//!
//! `LUCIA_GOLDEN=write` writes them; a difference otherwise fails.

use std::fs;

use lucia_schema::{Dialect, Schema, VERSION, sql};

use crate::build_project::workspace;

#[test]
fn the_migrations_of_sessions_are_what_is_written_today() {
    for (dialect, file) in
        [(Dialect::Sqlite, "sqlite.sql"), (Dialect::Postgres, "postgres.sql"), (Dialect::Mysql, "mysql.sql")]
    {
        let path = workspace().join("lucia/src/diesel/sessions").join(file);
        let table = sql::create(&Schema::sessions(), dialect);
        let today = format!(
            "-- Written by lucia {VERSION}: the tables of sessions, for a database that has no users.\n{table}"
        );
        if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
            fs::write(&path, &today).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), today, "LUCIA_GOLDEN=write writes them");
    }
}
