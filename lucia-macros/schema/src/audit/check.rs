//! The checks, one file for each thing that is looked at.

mod columns;
mod default;
mod folded;
mod indexes;
mod keys;
mod settings;
mod text;

pub(super) use settings::settings;

use super::finding::{Code, Finding, Severity};
use super::live;
use crate::{Dialect, Table};

/// A table as it should be beside the same one as it is.
#[derive(Clone, Copy)]
pub(super) struct Check<'a> {
    /// As it should be.
    pub(super) table: &'a Table,
    /// As it is.
    pub(super) live: &'a live::Table,
    /// What the database speaks.
    pub(super) dialect: Dialect,
    /// What it is a table of.
    pub(super) rows: Rows,
}

/// What a table is one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// Users.
    Users,
    /// Sessions, beside users.
    Sessions,
    /// Keys.
    Keys,
    /// Sessions, in a database that has no users.
    SessionsApart,
    /// Those whose sessions are there.
    UsersApart,
}

/// The words of a finding.
struct Words<'a> {
    is: String,
    should_be: String,
    consequence: &'a str,
    mend: &'a str,
}

/// What to do on SQLite, which changes little that is there.
const REBUILD: &str = "SQLite cannot change that in place: make a new table as it should be, copy the rows, and exchange the two, all \
                       with `PRAGMA foreign_keys = OFF`";

impl Rows {
    /// What to do about whatever our own migrations would have made.
    const fn run_only(self) -> &'static str {
        match self {
            Self::Users | Self::Sessions | Self::Keys => {
                "Run the migrations that have not run here, which `cargo lucia migrate status` lists"
            }
            Self::SessionsApart | Self::UsersApart => "Run `SESSION_MIGRATIONS` of lucia here",
        }
    }

    /// The same with a statement that follows, which is for tables made by hand.
    const fn run(self) -> &'static str {
        match self {
            Self::Users | Self::Sessions | Self::Keys => {
                "Run the migrations that have not run here, which `cargo lucia migrate status` lists; or, if the tables were made \
                 by hand"
            }
            Self::SessionsApart | Self::UsersApart => {
                "Run `SESSION_MIGRATIONS` of lucia here; or, if the tables were made by hand"
            }
        }
    }
}

impl Finding {
    fn new(code: Code, severity: Severity, table: Option<&str>, words: Words<'_>) -> Self {
        Self {
            code,
            severity,
            table: table.map(str::to_owned),
            column: None,
            index: None,
            is: words.is,
            should_be: words.should_be,
            consequence: words.consequence.to_owned(),
            mend: words.mend.to_owned(),
            sql: None,
        }
    }

    fn column(self, column: &str) -> Self {
        Self { column: Some(column.to_owned()), ..self }
    }

    fn index(self, index: &str) -> Self {
        Self { index: Some(index.to_owned()), ..self }
    }

    fn sql(self, sql: Option<String>) -> Self {
        Self { sql, ..self }
    }

    /// The statement that mends a column, which MySQL refuses to run while a foreign key joins the column with another one.
    fn modify(self, sql: Option<String>, joined: bool) -> Self {
        match sql {
            Some(sql) if joined => Self {
                mend: format!(
                    "Drop all foreign keys that join it with other columns, change those columns too, and add the keys again; for \
                     this one run: {}",
                    sql.trim_end_matches(';')
                ),
                ..self
            },
            sql => self.sql(sql),
        }
    }
}

impl Check<'_> {
    pub(super) fn findings(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        found.extend(self.engine());
        found.extend(self.columns());
        found.extend(self.primary_key());
        found.extend(self.indexes());
        found.extend(self.foreign_keys());
        found
    }

    fn finding(&self, code: Code, severity: Severity, words: Words<'_>) -> Finding {
        Finding::new(code, severity, Some(&self.table.name), words)
    }

    /// Whether MySQL refuses to change the column for the sake of a foreign key.
    fn joined(&self, column: &str) -> bool {
        let covers = |columns: &[String]| columns.iter().any(|name| name == column);
        let refers = self.table.foreign_keys.iter().any(|key| covers(&key.columns));
        self.dialect == Dialect::Mysql
            && (refers || self.rows == Rows::Users && covers(&self.table.primary_key))
    }

    /// Whether a column is there that belongs to us.
    fn has(&self, column: &str) -> bool {
        self.live.column(column, self.dialect).is_some()
    }

    fn engine(&self) -> Option<Finding> {
        let engine = self.live.engine.as_deref().filter(|engine| !engine.eq_ignore_ascii_case("innodb"))?;
        let words = Words {
            is: format!("`{engine}`"),
            should_be: "`InnoDB`".to_owned(),
            consequence: "no other engine of MySQL keeps a transaction and a foreign key, so that a sign-up that fails in the \
                          middle leaves half a user behind",
            mend: "Run",
        };
        Some(
            self.finding(Code::Engine, Severity::Error, words)
                .sql(Some(crate::sql::mend::set_engine(self.table))),
        )
    }
}

/// A table that is not there.
pub(super) fn missing(table: &Table, rows: Rows) -> Finding {
    let of = match rows {
        Rows::Users => "users",
        Rows::Sessions | Rows::SessionsApart => "sessions",
        Rows::Keys => "keys",
        Rows::UsersApart => "those who have sessions",
    };
    let words = Words {
        is: "missing".to_owned(),
        should_be: format!("the table of {of}"),
        consequence: "every operation that reads or writes it fails",
        mend: rows.run_only(),
    };
    Finding::new(Code::MissingTable, Severity::Error, Some(&table.name), words)
}
