//! What an app says in `build.rs`.

use std::path::{Path, PathBuf};

use crate::{Database, cargo};

/// The user struct in this file, given from the folder of the app's `Cargo.toml`.
///
/// Nothing happens until a database is named.
///
/// # Errors
///
/// None of the methods panics or returns an error. What is wrong fails the build with a message that says what to do: the
/// file is not there or holds no such struct, the folder of migrations is not one that Diesel can run, or a migration
/// that was asked for cannot be written.
///
/// # Example
///
/// ```no_run
/// lucia_build::user("src/user.rs").sqlite();
/// ```
pub fn user(file: impl AsRef<Path>) -> User {
    User { file: file.as_ref().to_owned(), name: None, migrations: PathBuf::from("migrations") }
}

/// A user struct and its migrations. See [`user`].
#[derive(Clone, Debug)]
#[must_use = "nothing is compared until a database is named, for example by `.sqlite()`"]
pub struct User {
    pub(crate) file: PathBuf,
    pub(crate) name: Option<String>,
    pub(crate) migrations: PathBuf,
}

impl User {
    /// Which struct of the file is meant. Only needed when several of them derive `LuciaUser`.
    ///
    /// # Example
    ///
    /// ```no_run
    /// lucia_build::user("src/people.rs").named("Member").sqlite();
    /// lucia_build::user("src/people.rs").named("Staff").sqlite();
    /// ```
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Where the migrations are, given from the folder of the app's `Cargo.toml`: `migrations` unless said otherwise.
    ///
    /// With one database it is this very folder, with several it holds one for each.
    ///
    /// # Example
    ///
    /// ```no_run
    /// lucia_build::user("src/user.rs").migrations("db/migrations").postgres();
    /// ```
    pub fn migrations(mut self, folder: impl AsRef<Path>) -> Self {
        folder.as_ref().clone_into(&mut self.migrations);
        self
    }

    /// Compares with migrations for SQLite.
    pub fn sqlite(self) {
        self.databases([Database::Sqlite]);
    }

    /// Compares with migrations for PostgreSQL.
    pub fn postgres(self) {
        self.databases([Database::Postgres]);
    }

    /// Compares with migrations for MySQL and MariaDB.
    pub fn mysql(self) {
        self.databases([Database::Mysql]);
    }

    /// Compares with migrations for several databases, each of which has a folder of its own.
    ///
    /// # Example
    ///
    /// ```no_run
    /// use lucia_build::Database::{Postgres, Sqlite};
    ///
    /// lucia_build::user("src/user.rs").databases([Sqlite, Postgres]);
    /// ```
    pub fn databases(self, databases: impl IntoIterator<Item = Database>) {
        let databases: Vec<Database> = databases.into_iter().collect();
        cargo::run(&self, &databases);
    }
}
