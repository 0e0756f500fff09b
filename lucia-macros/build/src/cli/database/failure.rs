//! Why a migration did not run, and what is left of it.

use std::fmt;

use crate::Database;
use crate::problem::list;

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Failure {
    /// In the words of the database.
    pub(in crate::cli) error: String,
    /// Whether it was the entry of the migration in Diesel's table, after all of its statements.
    pub(in crate::cli) is_entry: bool,
}

/// How much of a migration that has failed is in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Left {
    /// It was in a transaction, which is rolled back.
    Nothing,
    /// It had none, so that what it had committed stays.
    Unknown,
    /// The database commits each change of a table on its own.
    Statements,
    /// All statements are done; that they are is not written down.
    Unentered,
}

impl Left {
    /// What is left of a migration for this database, which ran in a transaction, its own or Diesel's, or in none.
    pub(in crate::cli) fn of(failure: &Failure, database: Database, transaction: Transaction) -> Self {
        match (database, transaction) {
            (Database::Sqlite | Database::Postgres, Transaction::Diesel) => Self::Nothing,
            _ if failure.is_entry => Self::Unentered,
            (Database::Mysql, _) => Self::Statements,
            (_, Transaction::None) => Self::Unknown,
            (_, _) => Self::Nothing,
        }
    }
}

/// What a migration runs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Transaction {
    /// Diesel begins one, and the entry is in it.
    Diesel,
    /// The file begins and ends one, as a rebuild on SQLite does.
    Own,
    /// None.
    None,
}

impl fmt::Display for Left {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Nothing => "nothing of it is left in the database; run this again when the cause is gone",
            Self::Unknown => {
                "it runs in no transaction, so that what it had committed before stays; compare the tables with its text, and \
                 undo that by hand before you run this again"
            }
            Self::Statements => {
                "this database commits each change of a table on its own, so that those before the one that failed are done; \
                 compare the tables with its text, take what is done out of it or undo it by hand, and run this again"
            }
            Self::Unentered => {
                "all of its statements are done, and only its entry in `__diesel_schema_migrations` is as it was; correct that \
                 by hand"
            }
        })
    }
}

/// The sentence about a migration that has failed, and about those before it.
pub(in crate::cli) fn sentence(name: &str, failure: &Failure, left: Left, before: &[String]) -> String {
    let mut out = format!("`{name}` failed: {}; {left}", super::problem::sentence(&failure.error));
    if !before.is_empty() {
        out.push_str(". Done before it: ");
        out.push_str(&list(before));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_depends_on_the_database_and_the_transaction() {
        let (script, entry) = (false, true);
        for (database, transaction, is_entry, left) in [
            (Database::Sqlite, Transaction::Diesel, script, Left::Nothing),
            (Database::Sqlite, Transaction::Diesel, entry, Left::Nothing),
            (Database::Sqlite, Transaction::Own, script, Left::Nothing),
            (Database::Sqlite, Transaction::Own, entry, Left::Unentered),
            (Database::Sqlite, Transaction::None, script, Left::Unknown),
            (Database::Sqlite, Transaction::None, entry, Left::Unentered),
            (Database::Postgres, Transaction::Diesel, entry, Left::Nothing),
            (Database::Postgres, Transaction::None, script, Left::Unknown),
            (Database::Mysql, Transaction::Diesel, script, Left::Statements),
            (Database::Mysql, Transaction::Diesel, entry, Left::Unentered),
            (Database::Mysql, Transaction::None, script, Left::Statements),
        ] {
            let failure = Failure { error: String::new(), is_entry };
            assert_eq!(
                Left::of(&failure, database, transaction),
                left,
                "{database} {transaction:?} {is_entry}"
            );
        }
    }
}
