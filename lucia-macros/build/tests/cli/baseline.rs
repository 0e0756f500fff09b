//! `migrate baseline`, on databases of SQLite that had their tables before.

use serde_json::json;

use crate::database::{CREATE, POSTS, execute, lines, migrate, tables, with_posts};
use crate::package::{FIRST, Package, user};

/// The tables of a user with a name, as Lucia v1 documents them.
const LUCIA_V1: &str = "
    CREATE TABLE auth_user (id VARCHAR(15) NOT NULL PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE auth_session (
        id VARCHAR(127) NOT NULL PRIMARY KEY, user_id VARCHAR(15) NOT NULL, active_expires BIGINT NOT NULL,
        idle_expires BIGINT NOT NULL, FOREIGN KEY (user_id) REFERENCES auth_user(id));
    CREATE TABLE auth_key (
        id VARCHAR(255) NOT NULL PRIMARY KEY, user_id VARCHAR(15) NOT NULL, primary_key INT NOT NULL, hashed_password VARCHAR(255),
        expires BIGINT, FOREIGN KEY (user_id) REFERENCES auth_user(id));
    INSERT INTO auth_user VALUES ('u', 'Ada');";

fn marked(package: &Package) -> Vec<String> {
    lines(package, "SELECT version AS line FROM __diesel_schema_migrations")
}

#[test]
fn tables_that_are_there_as_they_should_be_are_marked_and_not_made() {
    let package = with_posts();
    execute(&package, &package.read(&format!("{FIRST}/up.sql")));
    let run = migrate(&package, &["run"]);
    assert!(
        run.error().ends_with("`cargo lucia migrate baseline` compares them and marks it as run"),
        "{run:?}"
    );
    let baseline = migrate(&package, &["baseline"]);
    baseline.assert(0);
    assert_eq!(baseline.out, format!("Marked `{CREATE}` as run, without running it.\n"));
    assert_eq!(marked(&package), ["202601010000000000"]);
    let again = migrate(&package, &["baseline"]);
    assert_eq!((again.code, again.out), (0, format!("`{CREATE}` has run already, or was marked as run.\n")));

    let run = migrate(&package, &["run"]);
    assert_eq!((run.code, run.out), (0, format!("Ran `{POSTS}`\n")));
    migrate(&package, &["status"]).assert(0);
}

#[test]
fn tables_that_differ_are_told_and_allowed() {
    let package = Package::in_step(&user(""));
    execute(&package, LUCIA_V1);
    let told = migrate(&package, &["baseline"]);
    told.assert(3);
    let start = format!("The tables in `app.db` are not those that `{CREATE}` makes:\n\n  ");
    assert!(told.out.starts_with(&start), "{}", told.out);
    assert!(told.out.contains("`auth_session.renewed_from` is missing and should be "), "{}", told.out);
    let end = "\nMend them, or run `cargo lucia migrate baseline` with `--allow differences`, which changes no table.\n";
    assert!(told.out.ends_with(end), "{}", told.out);
    assert_eq!(tables(&package), ["auth_key", "auth_session", "auth_user"]);
    assert!(lines(&package, "SELECT name AS line FROM sqlite_master WHERE name LIKE '%diesel%'").is_empty());

    migrate(&package, &["baseline", "--allow", "differences"]).assert(0);
    assert_eq!(marked(&package), ["202601010000000000"]);
    assert_eq!(lines(&package, "SELECT name AS line FROM auth_user"), ["Ada"]);
    migrate(&package, &["run"]).assert(0);
}

#[test]
fn it_is_the_first_migration_that_is_marked() {
    let package = Package::changed("", "pub age: Option<i32>,");
    package.run(&["migrate", "make"]).assert(0);
    execute(&package, &package.read(&format!("{FIRST}/up.sql")));
    migrate(&package, &["baseline"]).assert(0);
    migrate(&package, &["status"]).assert(1);
    let run = migrate(&package, &["run"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "Ran `2026-01-01-000000-0001_lucia_add_age_to_auth_user`\n")
    );
    migrate(&package, &["status"]).assert(0);
}

#[test]
fn without_a_migration_there_is_nothing_to_mark() {
    let package = Package::new(&user(""));
    execute(&package, LUCIA_V1);
    let run = migrate(&package, &["baseline"]);
    let says = "`migrations` has no migration of the struct that could be marked as run; write the first one by \
                `cargo lucia migrate make`";
    assert_eq!(run.error(), says);
}

#[test]
fn an_edited_migration_is_not_marked() {
    let package = with_posts();
    execute(&package, &package.read(&format!("{FIRST}/up.sql")));
    package.write(&format!("{FIRST}/up.sql"), "SELECT 1;");
    let run = migrate(&package, &["baseline", "--allow", "differences"]);
    assert!(run.error().starts_with(&format!("`{FIRST}/up.sql` is not what it was")), "{run:?}");
}

#[test]
fn as_json() {
    let package = Package::in_step(&user(""));
    execute(&package, LUCIA_V1);
    let baseline = ["migrate", "baseline", "--database-url", "app.db"];
    let said = package.json(&baseline, 3);
    assert_eq!(said["status"], "undecided");
    assert_eq!(said["needs"][0]["flags"], json!(["--allow differences"]));
    let findings = said["findings"].as_array().unwrap();
    let is_missing = |finding: &&serde_json::Value| {
        finding["code"] == "missing_column" && finding["column"] == "renewed_from"
    };
    assert_eq!(findings.iter().filter(is_missing).count(), 1, "{said}");
    let said = package.json(&[&baseline as &[&str], &["--allow", "differences"]].concat(), 0);
    assert_eq!((&said["status"], &said["migrations"]), (&json!("marked"), &json!([CREATE])));
    assert_eq!(said["findings"].as_array(), Some(findings));
    let said = package.json(&baseline, 0);
    assert_eq!((&said["migrations"], &said["findings"]), (&json!([]), &json!([])));
}
