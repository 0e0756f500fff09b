//! The migrations of a folder as an expression, for `lucia::migrations!`.

use std::borrow::Cow;
use std::fmt::Write as _;

use lucia_schema::sql::sqlite;

use crate::Database;
use crate::folder::{Folder, Migration};

/// The file that holds the expression for a database, or for the only one.
pub(crate) fn file_name(database: Option<Database>) -> String {
    database.map_or_else(
        || "lucia_migrations.rs".to_owned(),
        |database| format!("lucia_migrations_{database}.rs"),
    )
}

/// All migrations of the folder, in the order in which they run.
///
/// The texts are literals, so that the program does not depend on where its source was, and the list is a constant, so that
/// it lives as long as the program.
pub(crate) fn expression(folder: &Folder, krate: &str) -> String {
    let mut out = format!("{{\n    const MIGRATIONS: &[{krate}::diesel::EmbeddedMigration] = &[\n");
    for migration in &folder.migrations {
        let Some((up, rest)) = runnable(migration) else { return refusal(&not_runnable(folder, migration)) };
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            out,
            "        {krate}::diesel::EmbeddedMigration::new({:?}, {:?}, {up:?}){rest},",
            migration.version, migration.name
        );
    }
    out.push_str("    ];\n    MIGRATIONS\n}\n");
    out
}

/// What the program runs in a transaction of its own, and what else it has to know.
fn runnable(migration: &Migration) -> Option<(Cow<'_, str>, &'static str)> {
    if migration.in_transaction {
        return Some((Cow::Borrowed(&migration.up), ""));
    }
    // A rebuild brings a transaction, which must also hold the entry that it has run.
    let (before, body) = migration.up.split_once(sqlite::REBUILD_OPENS)?;
    let body = body.strip_suffix(sqlite::REBUILD_CLOSES)?;
    Some((Cow::Owned(format!("{before}{body}")), ".without_foreign_keys()"))
}

fn not_runnable(folder: &Folder, migration: &Migration) -> String {
    format!(
        "`{}/{}/metadata.toml` does not say `run_in_transaction = true`, and lucia runs each migration in a transaction: delete \
         that file if the migration can run in one, else run the migrations with `diesel migration run` and take \
         `lucia::migrations!` out",
        folder.path, migration.name
    )
}

/// For `lucia::migrations!()` when there are several databases.
pub(crate) fn several(databases: &[Database]) -> String {
    let calls: Vec<String> =
        databases.iter().map(|database| format!("`lucia::migrations!(\"{database}\")`")).collect();
    refusal(&format!("`build.rs` names several databases; write {}", calls.join(" or ")))
}

/// For a database that `build.rs` does not name.
pub(crate) fn not_named(database: Database) -> String {
    refusal(&format!(
        "`build.rs` does not name this database; add it there, for example \
         `lucia_build::user(\"src/user.rs\").{database}()`"
    ))
}

/// An expression that does not compile, for who uses it only.
fn refusal(message: &str) -> String {
    format!("::core::compile_error!({message:?})\n")
}
