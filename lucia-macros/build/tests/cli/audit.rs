//! `audit`, on databases of SQLite.

use serde_json::json;

use crate::database::{execute, migrate, with_posts};
use crate::package::{Package, Run, user};

fn audit(package: &Package) -> Run {
    package.run(&["audit", "--database-url", "app.db"])
}

#[test]
fn what_migrations_have_made_is_as_it_should_be() {
    let package = with_posts();
    migrate(&package, &["run"]).assert(0);
    let run = audit(&package);
    run.assert(0);
    assert_eq!(
        run.out,
        "The tables in `app.db` are as they should be for the struct `User` in `src/user.rs`.\n"
    );
}

#[test]
fn each_finding_says_what_is_and_what_should_be_and_what_follows() {
    let package = Package::in_step(&user("#[lucia(unique)] pub mail: String,"));
    migrate(&package, &["run"]).assert(0);
    execute(&package, "DROP INDEX auth_user_mail_key; DROP INDEX auth_session_user_id_idx;");
    let run = audit(&package);
    run.assert(1);
    let lines: Vec<&str> = run.out.lines().collect();
    assert_eq!(
        lines[0],
        "The tables in `app.db` are not as they should be for the struct `User` in `src/user.rs`:"
    );
    assert!(
        lines[2]
            .starts_with("  error: The index `auth_user_mail_key` of `auth_user` is missing and should be ")
    );
    assert!(lines[3].starts_with("    CREATE UNIQUE INDEX `auth_user_mail_key` ON "), "{}", run.out);
    assert!(
        lines[4].starts_with("  warning: The index `auth_session_user_id_idx` of `auth_session` is missing")
    );
    assert_eq!(lines.len(), 6, "{}", run.out);
}

#[test]
fn what_is_pending_is_to_be_run_before() {
    let package = Package::in_step(&user(""));
    package.write("app.db", "");
    let run = audit(&package);
    run.assert(1);
    assert!(run.out.contains("\n  error: `auth_user` is missing and should be "), "{}", run.out);
    let end = "\nMigrations are pending: run `cargo lucia migrate run` first, or, if the tables were there before, `cargo lucia migrate baseline`.\n";
    assert!(run.out.ends_with(end), "{}", run.out);
    assert_eq!(package.read("app.db"), "", "a look writes nothing");
}

#[test]
fn without_migrations_it_is_a_look_all_the_same() {
    let package = Package::without_build_script(&user(""));
    execute(&package, "CREATE TABLE auth_user (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL)");
    let run = audit(&package);
    run.assert(1);
    assert!(run.out.contains("  error: `auth_key` is missing"), "{}", run.out);
    assert!(!run.out.contains("pending"), "{}", run.out);
}

#[test]
fn as_json() {
    let package = Package::in_step(&user(""));
    migrate(&package, &["run"]).assert(0);
    let audit = ["audit", "--database-url", "app.db"];
    let expected = json!({
        "status": "in_step",
        "user": "User",
        "file": "src/user.rs",
        "database": "sqlite",
        "url": "app.db",
        "findings": [],
    });
    assert_eq!(package.json(&audit, 0), expected);
    execute(&package, "DROP TABLE auth_key");
    let said = package.json(&audit, 1);
    assert_eq!(said["status"], "differs");
    let finding = &said["findings"][0];
    assert_eq!(
        (&finding["code"], &finding["severity"], &finding["table"], &finding["column"]),
        (&json!("missing_table"), &json!("error"), &json!("auth_key"), &json!(null))
    );
    for part in ["is", "should_be", "consequence", "mend"] {
        assert!(finding[part].is_string(), "{finding}");
    }
}
