//! The build step as an app lives with it, from the first build on: real builds, the real command line of Diesel.

use std::fs;
use std::path::Path;

use diesel::prelude::*;
use diesel::sql_types::Text;
use tempfile::TempDir;

use crate::build_project::Project;

/// An app on SQLite with a build step.
pub(crate) const MANIFEST: &str = r#"
[dependencies]
diesel = { version = "2.3.14", default-features = false, features = ["sqlite"] }
libsqlite3-sys = { version = "0.38", features = ["bundled"] }
lucia = { path = "{workspace}/lucia", default-features = false, features = ["sqlite"] }

[build-dependencies]
lucia-build = { path = "{workspace}/lucia-macros/build" }
"#;

const BUILD: &str = "fn main() {\n    lucia_build::user(\"src/user.rs\").sqlite();\n}\n";

/// Runs its migrations on the database that it is given, and names those that it has run.
const MAIN: &str = r#"
#![allow(dead_code)]
mod user;

use diesel::Connection;

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let mut connection = diesel::SqliteConnection::establish(&path).unwrap();
    for name in lucia::diesel::run_migrations(&mut connection, &lucia::migrations!()).unwrap() {
        println!("{name}");
    }
}
"#;

const USER: &str = "use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 32)]
    pub username: String,
    pub email: Option<String>,
    #[lucia(default = 0)]
    pub logins: i32,
}
";

const FIRST: &str = "2026-01-01-000000-0000_lucia_create_auth_user";
const PHONE: &str = "2026-01-01-000000-0001_lucia_add_phone_to_auth_user";

#[test]
fn from_the_first_build_to_a_changed_struct() {
    let app = Project::new("app", MANIFEST, BUILD);
    app.write("src/main.rs", MAIN);
    app.write("src/user.rs", USER);

    // A fresh project: one error, at the struct, with the command that writes the first migration.
    let build = app.build(&[], "");
    assert_eq!(
        build.only_error(),
        "error[E0080]: evaluation panicked: there is no migration for the struct `User` in `migrations` yet; run \
         `LUCIA_MIGRATIONS=write cargo build`, which writes the first one"
    );
    assert!(build.text.contains("--> src/user.rs:4:12\n"), "{}", build.text);
    assert!(app.list("migrations").is_empty());

    let build = app.build(&[], "write");
    build.assert_succeeds();
    assert!(build.text.contains(&format!("wrote the migration `migrations/{FIRST}`")), "{}", build.text);
    assert_eq!(app.list(&format!("migrations/{FIRST}")), ["down.sql", "lucia.json", "up.sql"]);

    // In step: silence, and, as long as nothing changes, no work.
    app.build(&[], "").assert_silent();
    let build = app.build(&["-v"], "");
    assert!(build.text.contains("Fresh app v0.0.0") && !build.text.contains("Running"), "{}", build.text);
    same_database_by_all_roads(&app, &[FIRST]);

    // A new field: one error again, that names the column and the command that writes the next migration.
    let with_phone =
        USER.replace("    #[lucia(default", "    pub phone: Option<String>,\n    #[lucia(default");
    app.write("src/user.rs", &with_phone);
    let build = app.build(&[], "");
    assert_eq!(
        build.only_error(),
        "error[E0080]: evaluation panicked: the struct `User` has changed since its newest migration in `migrations`: column \
         `phone` (text, may be null) is new in `auth_user`; run `LUCIA_MIGRATIONS=write cargo build`, which writes the next one"
    );
    let build = app.build(&[], "write");
    build.assert_succeeds();
    assert!(build.text.contains(&format!("wrote the migration `migrations/{PHONE}`")), "{}", build.text);
    app.build(&[], "").assert_silent();
    same_database_by_all_roads(&app, &[FIRST, PHONE]);

    // A field that goes needs a decision, which a build does not take: it names the command that does.
    app.write("src/user.rs", USER);
    assert!(
        app.build(&[], "")
            .only_error()
            .ends_with("; run `cargo lucia migrate make` with `--drop auth_user.phone`")
    );
    let build = app.build(&[], "write");
    assert!(!build.succeeded);
    assert!(
        build
            .text
            .contains("error: app@0.0.0: column `phone` (text, may be null) is gone from `auth_user`\n"),
        "{}",
        build.text
    );

    // With what only Rust sees changed, the struct is in step again. So it is with a mistake, which is told once, by the
    // derive.
    app.write("src/user.rs", &with_phone.replace("pub struct", "/// Whoever signs up.\npub(crate) struct"));
    app.build(&[], "").assert_silent();
    app.write("src/user.rs", &with_phone.replace("pub logins: i32", "pub logins: u128"));
    let build = app.build(&[], "");
    assert!(build.only_error().contains("u128"), "{}", build.text);

    // Migrations by hand, the app's own among them, are in the program and run in the order of their dates.
    app.write("src/user.rs", &with_phone.replace("pub phone", "pub age: Option<i32>,\n    pub phone"));
    app.write(
        "migrations/2026-01-02-000000_posts/up.sql",
        "CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY, author TEXT NOT NULL REFERENCES auth_user (id));\n",
    );
    app.write("migrations/2026-01-02-000000_posts/down.sql", "DROP TABLE posts;\n");
    app.write(
        "migrations/2025-12-31-000000_settings/up.sql",
        "CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY);\n",
    );
    app.write("migrations/2025-12-31-000000_settings/down.sql", "DROP TABLE settings;\n");
    app.write("migrations/2026-01-03-000000_age/up.sql", "ALTER TABLE auth_user ADD COLUMN age INTEGER;\n");
    app.write("migrations/2026-01-03-000000_age/down.sql", "ALTER TABLE auth_user DROP COLUMN age;\n");
    app.build(&[], "snapshot").assert_succeeds();
    assert!(app.read("migrations/2026-01-03-000000_age/lucia.json").contains("\"name\":\"age\""));
    app.build(&[], "").assert_silent();
    same_database_by_all_roads(
        &app,
        &["2025-12-31-000000_settings", FIRST, PHONE, "2026-01-02-000000_posts", "2026-01-03-000000_age"],
    );

    // What is taken out of the folder is noticed as well, and so is what is edited there.
    fs::remove_dir_all(app.path("migrations/2026-01-03-000000_age")).unwrap();
    assert!(app.build(&[], "").only_error().contains("column `age`"));
    app.write(&format!("migrations/{PHONE}/up.sql"), "ALTER TABLE auth_user ADD COLUMN phone INTEGER;\n");
    let build = app.build(&[], "");
    assert!(
        !build.succeeded
            && build
                .text
                .contains(&format!("error: app@0.0.0: `migrations/{PHONE}/up.sql` is not what it was")),
        "{}",
        build.text
    );
    fs::remove_dir_all(app.path("migrations")).unwrap();
    assert!(app.build(&[], "").only_error().contains("there is no migration for the struct `User`"));
}

/// The program's own runner and Diesel's command line make the same database, know of each other, and the way back
/// leads to an empty one.
fn same_database_by_all_roads(app: &Project, names: &[&str]) {
    let dir = TempDir::new().unwrap();
    let (ours, diesels) = (dir.path().join("ours.db"), dir.path().join("diesels.db"));

    assert_eq!(app.run(&[&ours]).lines().collect::<Vec<_>>(), names);
    assert_eq!(app.run(&[&ours]), "", "nothing runs twice");
    app.diesel(&["run"], &diesels);
    assert_eq!(app.run(&[&diesels]), "", "what Diesel has run is not run again");
    assert!(!app.diesel(&["list"], &ours).contains("[ ]"), "what we have run is not pending for Diesel");

    let made = contents(&ours);
    assert!(made.iter().any(|line| line.contains("CREATE TABLE `auth_session`")), "{made:#?}");
    assert_eq!(made, contents(&diesels));

    for database in [&ours, &diesels] {
        app.diesel(&["redo", "--all"], database);
        assert_eq!(contents(database), made);
        app.diesel(&["revert", "--all"], database);
        let left: Vec<String> =
            contents(database).into_iter().filter(|line| !line.contains("__diesel")).collect();
        assert_eq!(left, Vec::<String>::new());
    }
    assert_eq!(app.run(&[&ours]).lines().collect::<Vec<_>>(), names);
    assert_eq!(contents(&ours), made);
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Every table and index of a database, every column as SQLite describes it, every foreign key, and what has run.
fn contents(database: &Path) -> Vec<String> {
    let mut connection = SqliteConnection::establish(database.to_str().unwrap()).unwrap();
    let queries = [
        "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master ORDER BY name",
        "SELECT t.name || ' ' || c.cid || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || \
         coalesce(c.dflt_value, '-') || ' ' || c.pk AS line \
         FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY t.name, c.cid",
        "SELECT t.name || ' ' || f.\"table\" || ' ' || f.\"from\" || ' ' || f.\"to\" || ' ' || f.on_delete AS line \
         FROM sqlite_master t, pragma_foreign_key_list(t.name) f WHERE t.type = 'table' ORDER BY 1",
        "SELECT '__diesel ' || version AS line FROM __diesel_schema_migrations ORDER BY version",
    ];
    let lines =
        queries.iter().flat_map(|query| diesel::sql_query(*query).load::<Line>(&mut connection).unwrap());
    lines.map(|line| line.line).collect()
}
