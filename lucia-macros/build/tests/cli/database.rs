//! `migrate status` and `migrate run`, on databases of SQLite.

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel_migrations::{FileBasedMigrations, MigrationHarness};
use serde_json::json;

use crate::package::{FIRST, Package, Run, user};

/// The name of the first migration of [`user`].
pub(crate) const CREATE: &str = "2026-01-01-000000-0000_lucia_create_auth_user";

/// A migration of the app's own, after the first.
pub(crate) const POSTS: &str = "2026-01-02-000000_posts";

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// A command of `migrate` on the database `app.db`.
pub(crate) fn migrate(package: &Package, arguments: &[&str]) -> Run {
    package.run(&[&["migrate"], arguments, &["--database-url", "app.db"]].concat())
}

pub(crate) fn connect(package: &Package) -> SqliteConnection {
    SqliteConnection::establish(package.path("app.db").to_str().unwrap()).unwrap()
}

/// What a query of one column called `line` finds.
pub(crate) fn lines(package: &Package, sql: &str) -> Vec<String> {
    let lines: Vec<Line> = diesel::sql_query(sql).load(&mut connect(package)).unwrap();
    lines.into_iter().map(|line| line.line).collect()
}

/// Runs statements that somebody has written by hand.
pub(crate) fn execute(package: &Package, sql: &str) {
    connect(package).batch_execute(sql).unwrap();
}

/// All tables but Diesel's.
pub(crate) fn tables(package: &Package) -> Vec<String> {
    lines(
        package,
        "SELECT name AS line FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_%' ESCAPE '\\' ORDER BY name",
    )
}

/// In step with a struct, with a migration of the app's own beside ours.
pub(crate) fn with_posts() -> Package {
    let package = Package::in_step(&user(""));
    write(&package, POSTS, "CREATE TABLE posts (id INTEGER NOT NULL PRIMARY KEY);", "DROP TABLE posts;");
    package
}

pub(crate) fn write(package: &Package, name: &str, up: &str, down: &str) {
    package.write(&format!("migrations/{name}/up.sql"), up);
    package.write(&format!("migrations/{name}/down.sql"), down);
}

/// Whether Diesel finds something to run.
fn has_pending(package: &Package) -> bool {
    let source = FileBasedMigrations::from_path(package.path("migrations")).unwrap();
    connect(package).has_pending_migration(source).unwrap()
}

#[test]
fn from_an_empty_file_to_up_to_date() {
    let package = with_posts();
    package.write("app.db", "");
    let status = migrate(&package, &["status"]);
    status.assert(1);
    assert_eq!(
        status.out,
        format!(
            "The database `app.db` and the migrations in `migrations`:\n\n  \
             pending  {CREATE} (lucia)\n  \
             pending  {POSTS}\n\n\
             The struct `User` in `src/user.rs` is in step with its migrations in `migrations`.\n\
             Run `cargo lucia migrate run`, which runs what is pending.\n"
        )
    );
    assert_eq!(package.read("app.db"), "", "a look writes nothing");

    let run = migrate(&package, &["run"]);
    run.assert(0);
    assert_eq!(run.out, format!("Ran `{CREATE}`\nRan `{POSTS}`\n"));
    assert_eq!(tables(&package), ["auth_key", "auth_session", "auth_user", "posts"]);
    assert!(!has_pending(&package), "Diesel knows what has run");

    let status = migrate(&package, &["status"]);
    status.assert(0);
    assert_eq!(
        status.out,
        format!(
            "The database `app.db` and the migrations in `migrations`:\n\n  \
             run      {CREATE} (lucia)\n  \
             run      {POSTS}\n\n\
             The struct `User` in `src/user.rs` is in step with its migrations in `migrations`.\n"
        )
    );
    let again = migrate(&package, &["run"]);
    again.assert(0);
    assert_eq!(again.out, "All migrations in `migrations` have run already.\n");
}

#[test]
fn what_diesel_has_run_has_run() {
    let package = with_posts();
    let source = FileBasedMigrations::from_path(package.path("migrations")).unwrap();
    connect(&package).run_next_migration(source).unwrap();
    let status = migrate(&package, &["status"]);
    status.assert(1);
    assert!(
        status.out.contains(&format!("  run      {CREATE} (lucia)\n  pending  {POSTS}\n")),
        "{}",
        status.out
    );
    let run = migrate(&package, &["run"]);
    assert_eq!((run.code, run.out), (0, format!("Ran `{POSTS}`\n")));
}

#[test]
fn only_run_makes_a_database() {
    let package = with_posts();
    for command in
        [&["migrate", "status"] as &[&str], &["migrate", "revert"], &["migrate", "baseline"], &["audit"]]
    {
        let run = package.run(&[command, &["--database-url", "app.db"]].concat());
        let says = "the database `app.db` does not open: unable to open database file; look whether the file and its \
             folder are there and yours to write; only `cargo lucia migrate run` makes a file that is not there";
        assert_eq!(run.error(), says);
        assert!(!package.path("app.db").exists());
    }
    migrate(&package, &["run"]).assert(0);
    assert!(package.path("app.db").exists());
    let nowhere = package.run(&["migrate", "run", "--database-url", "no/such/app.db"]);
    assert!(nowhere.error().starts_with("the database `no/such/app.db` does not open: "), "{nowhere:?}");
}

#[test]
fn a_struct_that_has_changed_is_told_beside() {
    let package = with_posts();
    migrate(&package, &["run"]).assert(0);
    package.write("src/user.rs", &user("pub age: Option<i32>,"));
    let status = migrate(&package, &["status"]);
    status.assert(1);
    let end = "The struct `User` in `src/user.rs` has changed since its newest migration in `migrations`:\n\n  \
         * column `age` (32-bit number, may be null) is new in `auth_user`\n\
         Run `cargo lucia migrate make`, which writes the migration to the struct.\n";
    assert!(status.out.ends_with(end), "{}", status.out);
    // What is there runs all the same.
    migrate(&package, &["run"]).assert(0);
}

#[test]
fn what_has_run_and_is_not_in_the_folder_is_told() {
    let package = with_posts();
    let other = "2026-01-03-000000_other";
    write(&package, other, "SELECT 1;", "SELECT 1;");
    migrate(&package, &["run"]).assert(0);
    std::fs::remove_dir_all(package.path(&format!("migrations/{other}"))).unwrap();
    let status = migrate(&package, &["status"]);
    status.assert(1);
    assert!(status.out.contains("\n  run      20260103000000 (not in `migrations`)\n"), "{}", status.out);
    assert!(
        status.out.contains("What has run and is not in `migrations` is on another branch"),
        "{}",
        status.out
    );
    let revert = migrate(&package, &["revert"]);
    let says = "the newest migration that has run, of version `20260103000000`, is not in `migrations`; ";
    assert!(revert.error().starts_with(says), "{revert:?}");
    assert!(tables(&package).contains(&"posts".to_owned()));
}

#[test]
fn a_statement_that_fails_names_its_migration_and_leaves_nothing_of_it() {
    let package = with_posts();
    let bad = "2026-01-03-000000_bad";
    write(&package, bad, "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY); SELECT absent;", "");
    let run = migrate(&package, &["run"]);
    assert_eq!(
        run.error(),
        format!(
            "`{bad}` failed: no such column: absent; nothing of it is left in the database; run this again when the cause is \
             gone. Done before it: `{CREATE}`, `{POSTS}`"
        )
    );
    assert_eq!(tables(&package), ["auth_key", "auth_session", "auth_user", "posts"]);
    let status = migrate(&package, &["status"]);
    assert!(status.out.contains(&format!("  run      {POSTS}\n  pending  {bad}\n")), "{}", status.out);

    package
        .write(&format!("migrations/{bad}/up.sql"), "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY);");
    migrate(&package, &["run"]).assert(0);
}

#[test]
fn what_runs_in_no_transaction_may_stay() {
    let package = with_posts();
    let bad = "2026-01-03-000000_bad";
    write(&package, bad, "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY); SELECT absent;", "");
    package.write(&format!("migrations/{bad}/metadata.toml"), "run_in_transaction = false");
    let run = migrate(&package, &["run"]);
    assert!(run.error().contains("no such column: absent; it runs in no transaction, so that"), "{run:?}");
    assert!(tables(&package).contains(&"half".to_owned()));
}

#[test]
fn what_is_done_and_not_entered_is_told() {
    let package = with_posts();
    let odd = "2026-01-03-000000_odd";
    write(&package, odd, "INSERT INTO __diesel_schema_migrations (version) VALUES ('20260103000000');", "");
    package.write(&format!("migrations/{odd}/metadata.toml"), "run_in_transaction = false");
    let run = migrate(&package, &["run"]);
    assert!(run.error().contains("; all of its statements are done, and only its entry in "), "{run:?}");
}

/// One whose next migration rebuilds the user table, with a row of it.
fn with_a_rebuild() -> (Package, String) {
    let package = Package::in_step(&user("pub age: i64,"));
    migrate(&package, &["run"]).assert(0);
    lines(&package, "INSERT INTO auth_user (id, name, age) VALUES ('u', 'Ada', 36) RETURNING id AS line");
    lines(
        &package,
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('s', 'u', 1, 2) RETURNING id AS line",
    );
    package.write("src/user.rs", &user("pub age: i16,"));
    package.run(&["migrate", "make"]).assert(0);
    let newest = package.list("migrations").pop().unwrap();
    assert!(package.list(&format!("migrations/{newest}")).contains(&"metadata.toml".to_owned()));
    (package, newest)
}

#[test]
fn a_rebuild_keeps_every_row() {
    let (package, newest) = with_a_rebuild();
    let run = migrate(&package, &["run"]);
    run.assert(0);
    assert_eq!(run.out, format!("Ran `{newest}`\n"));
    assert_eq!(lines(&package, "SELECT age || name AS line FROM auth_user"), ["36Ada"]);
    assert_eq!(lines(&package, "SELECT user_id AS line FROM auth_session"), ["u"]);
    migrate(&package, &["revert"]).assert(0);
    assert_eq!(lines(&package, "SELECT age || name AS line FROM auth_user"), ["36Ada"]);
}

#[test]
fn a_rebuild_that_fails_leaves_nothing() {
    let (package, newest) = with_a_rebuild();
    lines(&package, "UPDATE auth_user SET age = 70000 RETURNING id AS line");
    let run = migrate(&package, &["run"]);
    let error = run.error();
    assert!(error.starts_with(&format!("`{newest}` failed: ")), "{error}");
    assert!(error.contains("; nothing of it is left in the database; "), "{error}");
    assert_eq!(lines(&package, "SELECT age AS line FROM auth_user"), ["70000"]);
    assert_eq!(tables(&package), ["auth_key", "auth_session", "auth_user"]);
}

#[test]
fn an_edited_migration_is_not_run() {
    let package = with_posts();
    let up = package.read(&format!("{FIRST}/up.sql"));
    package.write(&format!("{FIRST}/up.sql"), &format!("{up}\nSELECT 1;\n"));
    let run = migrate(&package, &["run"]);
    assert!(run.error().starts_with(&format!("`{FIRST}/up.sql` is not what it was")), "{run:?}");
    package.write("app.db", "");
    let status = migrate(&package, &["status"]);
    status.assert(1);
    assert!(status.out.contains(&format!("\nwrong: `{FIRST}/up.sql` is not what it was")), "{}", status.out);
}

/// Two branches have each added a migration.
pub(crate) fn forked() -> Package {
    let package = Package::changed("", "pub age: Option<i32>,");
    package.run(&["migrate", "make", "--name", "age"]).assert(0);
    let kept = package.path("age");
    std::fs::rename(package.path("migrations/2026-01-01-000000-0001_age"), &kept).unwrap();
    package.write("src/user.rs", &user("pub tall: Option<bool>,"));
    package.run(&["migrate", "make", "--name", "tall"]).assert(0);
    std::fs::rename(kept, package.path("migrations/2026-01-02-000000_age")).unwrap();
    package
}

#[test]
fn a_history_that_forks_is_not_run_and_its_status_is_told() {
    let package = forked();
    let run = migrate(&package, &["run"]);
    assert!(run.error().contains("go on from the same tables, since two branches"), "{run:?}");
    let source = FileBasedMigrations::from_path(package.path("migrations")).unwrap();
    connect(&package).run_next_migration(source).unwrap();
    let status = migrate(&package, &["status"]);
    status.assert(1);
    let listed = format!(
        "  run      {CREATE} (lucia)\n  \
           pending  2026-01-01-000000-0001_tall (lucia)\n  \
           pending  2026-01-02-000000_age (lucia)\n\nwrong: "
    );
    assert!(status.out.contains(&listed), "{}", status.out);
}

#[test]
fn as_json() {
    let package = with_posts();
    migrate(&package, &["run"]).assert(0);
    let of_status = ["migrate", "status", "--database-url", "app.db"];
    let expected = json!({
        "status": "up_to_date",
        "user": "User",
        "file": "src/user.rs",
        "database": "sqlite",
        "url": "app.db",
        "folder": {
            "database": "sqlite",
            "path": "migrations",
            "newest": CREATE,
            "status": "in_step",
            "changes": [],
        },
        "migrations": [
            { "version": "202601010000000000", "name": CREATE, "state": "run", "of": "lucia" },
            { "version": "20260102000000", "name": POSTS, "state": "run", "of": "app" },
        ],
        "problems": [],
    });
    assert_eq!(package.json(&of_status, 0), expected);

    let more = "2026-01-03-000000_more";
    write(&package, more, "SELECT 1;", "SELECT 1;");
    let behind = package.json(&of_status, 1);
    assert_eq!(behind["status"], "behind");
    assert_eq!(behind["migrations"][2]["state"], "pending");
    let ran = package.json(&["migrate", "run", "--database-url", "app.db"], 0);
    assert_eq!((&ran["status"], &ran["migrations"]), (&json!("ran"), &json!([more])));
    std::fs::remove_dir_all(package.path(&format!("migrations/{more}"))).unwrap();
    let elsewhere = package.json(&of_status, 1);
    let expected = json!({ "version": "20260103000000", "name": null, "state": "not_in_folder", "of": null });
    assert_eq!(elsewhere["migrations"][2], expected);
}

#[test]
fn without_a_build_script_the_url_tells_the_database() {
    let package = Package::without_build_script(&user(""));
    package.run(&["migrate", "make", "--database", "sqlite"]).assert(0);
    migrate(&package, &["run"]).assert(0);
    migrate(&package, &["status"]).assert(0);
}

#[test]
fn of_several_folders_the_one_for_the_database_is_meant() {
    let package = Package::new(&user(""));
    package.write(
        "build.rs",
        "use lucia_build::Database::{Mysql, Sqlite};\nfn main() { lucia_build::user(\"src/user.rs\").databases([Sqlite, Mysql]); }",
    );
    package.run(&["migrate", "make"]).assert(0);
    let run = migrate(&package, &["run"]);
    assert_eq!((run.code, run.out), (0, format!("Ran `{CREATE}`\n")));
    let status = migrate(&package, &["status"]);
    assert!(status.out.contains("the migrations in `migrations/sqlite`:\n"), "{}", status.out);
}
