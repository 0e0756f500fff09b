//! The migrations of all folders as an expression, for `lucia::migrations!`.

use std::borrow::Cow;
use std::fmt::Write as _;

use lucia_schema::sql::sqlite;

use crate::folder::{Folder, Migration};

/// The file that holds the expression.
pub(crate) const FILE: &str = "lucia_migrations.rs";

/// The migrations of all folders, those of each in the order in which they run.
pub(crate) fn expression(folders: &[Folder], krate: &str) -> String {
    let mut out = format!("{krate}::diesel::EmbeddedMigrations::new()\n");
    for folder in folders {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "    .{}({})", folder.database, list(folder, krate));
    }
    out
}

/// The texts are literals, so that the program does not depend on where its source was, and the list is a constant, so that
/// it lives as long as the program.
fn list(folder: &Folder, krate: &str) -> String {
    let mut out = format!("{{\n        const MIGRATIONS: &[{krate}::diesel::EmbeddedMigration] = &[\n");
    for migration in &folder.migrations {
        let Some((up, rest)) = runnable(migration) else { return refusal(&not_runnable(folder, migration)) };
        let _ = writeln!(
            out,
            "            {krate}::diesel::EmbeddedMigration::new({:?}, {:?}, {up:?}){rest},",
            migration.version, migration.name
        );
    }
    out.push_str("        ];\n        MIGRATIONS\n    }");
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

/// An expression that does not compile, for who uses it only.
fn refusal(message: &str) -> String {
    format!("::core::compile_error!({message:?})")
}
