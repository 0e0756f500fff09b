//! `migrate revert`, on databases of SQLite.

use serde_json::json;

use crate::database::{CREATE, POSTS, connect, forked, migrate, tables, with_posts, write};
use crate::package::{FIRST, Package, Run, user};

use diesel_migrations::{FileBasedMigrations, MigrationHarness as _};

/// Without the flag it ends with 3, says this and reverts nothing.
#[track_caller]
fn asks(package: &Package, arguments: &[&str], says: &str) {
    let before = tables(package);
    let run = migrate(package, &[&["revert"], arguments].concat());
    run.assert(3);
    assert!(run.out.starts_with("To decide, before anything is reverted:\n\n"), "{}", run.out);
    assert!(run.out.contains(says), "{}", run.out);
    assert!(
        run.out.ends_with("\nRun `cargo lucia migrate revert` with `--allow destructive`.\n"),
        "{}",
        run.out
    );
    assert_eq!(tables(package), before);
}

fn allowed(package: &Package, arguments: &[&str]) -> Run {
    let run = migrate(package, &[&["revert", "--allow", "destructive"], arguments].concat());
    run.assert(0);
    run
}

#[test]
fn what_is_lost_is_named_and_allowed() {
    let package = with_posts();
    migrate(&package, &["run"]).assert(0);
    asks(
        &package,
        &[],
        &format!(
            "  `{POSTS}`: what its `down.sql` removes, the app alone knows\n    \
             it was not written by lucia; read it\n    \
             - that is meant: pass `--allow destructive`\n"
        ),
    );
    assert_eq!(allowed(&package, &[]).out, format!("Reverted `{POSTS}`\n"));
    assert_eq!(tables(&package), ["auth_key", "auth_session", "auth_user"]);
    asks(
        &package,
        &[],
        &format!(
            "  `{CREATE}`: the tables `auth_user`, `auth_session`, `auth_key` go\n    \
             all users, sessions and keys are gone for good\n"
        ),
    );
    assert_eq!(allowed(&package, &[]).out, format!("Reverted `{CREATE}`\n"));
    assert_eq!(allowed(&package, &[]).out, "No migration has run in `app.db`.\n");
    let status = migrate(&package, &["status"]);
    assert_eq!(status.out.matches("  pending  ").count(), 2, "{}", status.out);
}

#[test]
fn several_are_reverted_the_newest_first() {
    let package = with_posts();
    migrate(&package, &["run"]).assert(0);
    asks(&package, &["--last", "2"], CREATE);
    let run = allowed(&package, &["--last", "2"]);
    assert_eq!(run.out, format!("Reverted `{POSTS}`\nReverted `{CREATE}`\n"));
    assert!(tables(&package).is_empty());
    let none = migrate(&package, &["revert", "--last", "0"]);
    assert_eq!(none.code, 2);
}

/// In step with the second struct, and all has run.
fn run_from(before: &str, after: &str, flags: &[&str]) -> Package {
    let package = Package::changed(before, after);
    package.run(&[&["migrate", "make"], flags].concat()).assert(0);
    migrate(&package, &["run"]).assert(0);
    package
}

#[test]
fn a_column_that_goes_is_named() {
    let package = run_from("", "pub age: Option<i32>,", &[]);
    let says = ": column `age` (32-bit number, may be null) is gone from `auth_user`\n    its values are gone for good, and running";
    asks(&package, &[], says);
    allowed(&package, &[]);
}

#[test]
fn sql_by_hand_is_judged_by_its_tables() {
    let package = Package::changed("", "pub age: Option<i32>,");
    let hand = "2026-02-01-000000_age";
    write(
        &package,
        hand,
        "ALTER TABLE auth_user ADD COLUMN age INTEGER;",
        "ALTER TABLE auth_user DROP COLUMN age;",
    );
    package.run(&["migrate", "make", "--by-hand"]).assert(0);
    migrate(&package, &["run"]).assert(0);
    asks(
        &package,
        &[],
        &format!("  `{hand}`: column `age` (32-bit number, may be null) is gone from `auth_user`\n"),
    );
    allowed(&package, &[]);
}

#[test]
fn a_type_that_holds_less_is_a_loss() {
    let package = run_from("pub size: f32,", "pub size: f64,", &[]);
    asks(&package, &[], ": column `size` of `auth_user` was number in double precision");
    allowed(&package, &[]);
}

#[test]
fn a_migration_that_loses_nothing_asks_nothing() {
    for (before, after, flags) in [
        ("pub nick: String,", "pub alias: String,", &["--rename", "auth_user.nick=alias"] as &[&str]),
        ("pub nick: String,", "#[lucia(renamed_from = \"nick\")] pub alias: String,", &[]),
        ("pub nick: Option<String>,", "", &["--drop", "auth_user.nick"]),
        (
            "#[lucia(max_length = 9)] pub nick: String,",
            "#[lucia(unique, max_length = 9)] pub nick: String,",
            &[],
        ),
    ] {
        let package = run_from(before, after, flags);
        let run = migrate(&package, &["revert"]);
        run.assert(0);
        assert!(run.out.starts_with("Reverted `2026-01-01-000000-0001_lucia_"), "{}", run.out);
    }
}

#[test]
fn a_rename_that_is_no_longer_in_the_struct_is_no_loss() {
    let package = run_from("pub nick: String,", "#[lucia(renamed_from = \"nick\")] pub alias: String,", &[]);
    package.write("src/user.rs", &user("pub alias: String,"));
    migrate(&package, &["revert"]).assert(0);
}

#[test]
fn a_way_back_that_is_not_there_or_was_edited_is_not_gone() {
    let package = with_posts();
    migrate(&package, &["run"]).assert(0);
    package.remove(&format!("migrations/{POSTS}/down.sql"));
    let run = migrate(&package, &["revert", "--allow", "destructive"]);
    let says = format!(
        "`migrations/{POSTS}/down.sql` is not there, so that the migration cannot be reverted; write it"
    );
    assert_eq!(run.error(), says);
    write(&package, POSTS, "SELECT 1;", "DROP TABLE posts;");
    let down = package.read(&format!("{FIRST}/down.sql"));
    package.write(&format!("{FIRST}/down.sql"), &format!("{down}SELECT 1;\n"));
    let run = migrate(&package, &["revert", "--last", "2", "--allow", "destructive"]);
    assert!(run.error().starts_with(&format!("`{FIRST}/down.sql` is not what it was")), "{run:?}");
    assert_eq!(tables(&package).len(), 4, "nothing is reverted before all can be");
}

#[test]
fn a_way_back_that_fails_leaves_the_migration_as_it_was() {
    let package = with_posts();
    let bad = "2026-01-03-000000_bad";
    write(
        &package,
        bad,
        "CREATE TABLE half (id INTEGER NOT NULL PRIMARY KEY);",
        "DROP TABLE half; SELECT absent;",
    );
    migrate(&package, &["run"]).assert(0);
    let run = migrate(&package, &["revert", "--allow", "destructive"]);
    let error = run.error();
    assert!(
        error.starts_with(&format!("`{bad}` failed: no such column: absent; nothing of it is left")),
        "{error}"
    );
    assert!(tables(&package).contains(&"half".to_owned()));
    migrate(&package, &["status"]).assert(0);
}

#[test]
fn one_of_two_branches_is_reverted() {
    let package = forked();
    let source = FileBasedMigrations::from_path(package.path("migrations")).unwrap();
    connect(&package).run_pending_migrations(source).unwrap();
    let run = allowed(&package, &[]);
    assert_eq!(run.out, "Reverted `2026-01-02-000000_age`\n");
}

#[test]
fn as_json() {
    let package = with_posts();
    migrate(&package, &["run"]).assert(0);
    let revert = ["migrate", "revert", "--database-url", "app.db"];
    let said = package.json(&revert, 3);
    assert_eq!(said["status"], "undecided");
    let need = json!({
        "what": format!("`{POSTS}`: what its `down.sql` removes, the app alone knows"),
        "reason": "it was not written by lucia; read it",
        "flags": ["--allow destructive"],
        "answers": ["that is meant: pass `--allow destructive`"],
    });
    assert_eq!(said["needs"], json!([need]));
    let said = package.json(&[&revert as &[&str], &["--allow", "destructive"]].concat(), 0);
    assert_eq!((&said["status"], &said["migrations"]), (&json!("reverted"), &json!([POSTS])));
    assert_eq!((&said["database"], &said["url"]), (&json!("sqlite"), &json!("app.db")));
}
