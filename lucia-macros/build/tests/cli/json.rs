//! What programs read: one object, whatever happens.

use serde_json::json;

use crate::package::{FIRST, Package, user};

#[test]
fn in_step() {
    let package = Package::in_step(&user(""));
    let expected = json!({
        "status": "in_step",
        "user": "User",
        "file": "src/user.rs",
        "folders": [{
            "database": "sqlite",
            "path": "migrations",
            "newest": "2026-01-01-000000-0000_lucia_create_auth_user",
            "status": "in_step",
            "changes": [],
        }],
    });
    assert_eq!(package.json(&["migrate", "check"], 0), expected);
    assert_eq!(package.json(&["migrate", "make"], 0), expected);
}

#[test]
fn behind_and_written() {
    let package = Package::changed("", "pub age: Option<i32>,");
    let changes = json!([{
        "what": "column `age` (32-bit number, may be null) is new in `auth_user`",
        "danger": "safe",
        "reason": "rows that are there hold null in it",
    }]);
    let check = package.json(&["migrate", "check"], 1);
    assert_eq!((&check["status"], &check["needs"]), (&json!("behind"), &json!([])));
    assert_eq!(
        (&check["folders"][0]["status"], &check["folders"][0]["changes"]),
        (&json!("behind"), &changes)
    );

    let planned = package.json(&["migrate", "make", "--dry-run"], 0);
    assert_eq!(planned["status"], "planned");
    assert_eq!(package.list("migrations").len(), 1);
    let written = package.json(&["migrate", "make"], 0);
    assert_eq!(written["status"], "written");
    assert_eq!(written["migrations"], planned["migrations"]);
    let path = written["migrations"][0]["path"].as_str().unwrap();
    assert_eq!(path, "migrations/2026-01-01-000000-0001_lucia_add_age_to_auth_user");
    for file in ["up.sql", "down.sql", "lucia.json"] {
        assert_eq!(written["migrations"][0]["files"][file], package.read(&format!("{path}/{file}")));
    }
}

#[test]
fn nothing_yet() {
    let check = Package::new(&user("")).json(&["migrate", "check"], 1);
    assert_eq!(check["folders"][0]["status"], "empty");
    assert_eq!(check["folders"][0]["newest"], json!(null));
}

#[test]
fn undecided() {
    let package = Package::changed("pub nick: String,", "pub alias: String,");
    let needs = json!([{
        "what": "column `nick` goes from `auth_user` and column `alias` comes: is it the same one?",
        "reason": null,
        "flags": ["--rename auth_user.nick=alias", "--drop auth_user.nick"],
        "answers": [
            "yes, under a new name: write `#[lucia(renamed_from = \"nick\")]` above the field of `alias`, or pass \
             `--rename auth_user.nick=alias`",
            "yes, and only the field has a new name: write `#[lucia(column = \"nick\")]` above it",
            "no, and the values of `nick` are to go: pass `--drop auth_user.nick`",
        ],
    }]);
    for command in ["check", "make"] {
        let said = package.json(&["migrate", command], 3);
        assert_eq!((&said["status"], &said["needs"]), (&json!("undecided"), &needs));
    }
}

#[test]
fn errors() {
    let package = Package::in_step(&user(""));
    package.write(&format!("{FIRST}/up.sql"), "SELECT 1;");
    package.write(&format!("{FIRST}/down.sql"), "SELECT 1;");
    let said = package.json(&["migrate", "check"], 2);
    assert_eq!(said["status"], "error");
    let errors = said["errors"].as_array().unwrap();
    assert!(
        errors.len() == 2
            && errors.iter().all(|error| error.as_str().unwrap().contains("is not what it was"))
    );
}

#[test]
fn schema() {
    let package = Package::new(&user(""));
    let said = package.json(&["schema"], 0);
    assert_eq!(
        (&said["status"], &said["user"], &said["file"]),
        (&json!("shown"), &json!("User"), &json!("src/user.rs"))
    );
    assert_eq!(said["fingerprint"].as_str().unwrap().len(), 16);
    assert_eq!(said["tables"][0]["columns"][1]["name"], "name");
    assert_eq!(said["shown"], package.run(&["schema"]).out);
    let svg = package.json(&["schema", "--format", "svg"], 0);
    assert!(svg["shown"].as_str().unwrap().starts_with("<svg "));
}
