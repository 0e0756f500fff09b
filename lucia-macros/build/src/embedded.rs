//! The migrations of a folder as an expression, for `lucia::migrations!`.

use std::fmt::Write as _;

use crate::Database;
use crate::folder::Folder;

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
    if let Some(migration) = folder.migrations.iter().find(|migration| !migration.in_transaction) {
        return refusal(&format!(
            "`{}/{}/metadata.toml` does not say `run_in_transaction = true`, and lucia runs all migrations in one transaction: \
             delete that file if the migration can run in a transaction, else run the migrations with `diesel migration run` \
             and take `lucia::migrations!` out",
            folder.path, migration.name
        ));
    }
    let mut out = format!("{{\n    const MIGRATIONS: &[{krate}::diesel::EmbeddedMigration] = &[\n");
    for migration in &folder.migrations {
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            out,
            "        {krate}::diesel::EmbeddedMigration::new({:?}, {:?}, {:?}),",
            migration.version, migration.name, migration.up
        );
    }
    out.push_str("    ];\n    MIGRATIONS\n}\n");
    out
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
