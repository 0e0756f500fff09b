//! The lock file that a struct asks for.

use super::{App, user_with};
use crate::decisions::Decisions;
use crate::problem::Problem;
use crate::{Database, lock};

const FILE: &str = "migrations/lucia.lock";

/// A user struct that asks for one, with one more field.
fn locked_with(field: &str) -> String {
    format!("#[lucia(migrations = \"migrations\")]\n{}", user_with(field))
}

/// What the file says of the user type.
fn said(app: &App) -> String {
    app.read(FILE).lines().last().unwrap().to_owned()
}

#[test]
fn it_is_written_with_the_migration_and_follows_the_struct() {
    let app = App::new(&locked_with(""));
    assert_eq!(
        app.ordered("write").warnings().last().unwrap(),
        &format!("wrote the lock file `{FILE}`; commit it with the migrations")
    );
    let claim = app.build().env("LUCIA_SCHEMA_AUTH_USER").unwrap().to_owned();
    assert_eq!(said(&app), format!("auth_user {claim}"));
    // Diesel takes no file for a migration.
    assert_eq!(app.list("migrations").len(), 2);

    let before = said(&app);
    app.write("src/user.rs", &locked_with("pub phone: Option<String>,"));
    app.build();
    assert_eq!(said(&app), before, "a build writes nothing");
    app.make(&Decisions::default());
    assert_ne!(said(&app), before);
    app.ordered("write").assert_in_step();
}

#[test]
fn it_is_written_beside_migrations_that_were_there_before() {
    let app = App::in_step(&user_with(""));
    assert!(!app.list("migrations").contains(&"lucia.lock".to_owned()), "nobody asked for it");
    app.write("src/user.rs", &locked_with(""));
    app.build().assert_in_step();
    assert_eq!(app.ordered("write").warnings().len(), 1);
    assert!(said(&app).starts_with("auth_user "));
}

#[test]
fn it_is_written_for_sql_that_was_written_by_hand() {
    let app = App::in_step(&locked_with(""));
    let before = said(&app);
    app.write("src/user.rs", &locked_with("pub age: Option<i32>,"));
    app.write("migrations/2026-01-02-000000_age/up.sql", "ALTER TABLE auth_user ADD COLUMN age INTEGER;\n");
    app.ordered("snapshot");
    assert_ne!(said(&app), before);
}

#[test]
fn several_databases_have_one_and_several_user_types_a_line_each() {
    let mut app = App::new(&locked_with(""));
    app.databases = vec![Database::Sqlite, Database::Postgres];
    app.ordered("write");
    assert_eq!(app.list("migrations"), ["lucia.lock", "postgres", "sqlite"]);

    let tables = "user_table = \"staff\", session_table = \"staff_session\", key_table = \"staff_key\"";
    app.write("src/user.rs", &locked_with("").replace("migrations = ", &format!("{tables}, migrations = ")));
    app.ordered("write");
    let text = app.read(FILE);
    let tables: Vec<&str> = text.lines().skip(1).map(|line| line.split_once(' ').unwrap().0).collect();
    assert_eq!(tables, ["auth_user", "staff"]);
}

#[test]
fn a_renamed_table_leaves_no_line_behind() {
    let app = App::in_step(&locked_with(""));
    let tables = "user_table = \"member\", session_table = \"member_session\", key_table = \"member_key\", \
                  renamed_from = \"auth_user\"";
    app.write("src/user.rs", &locked_with("").replace("migrations = ", &format!("{tables}, migrations = ")));
    let jobs = app.planned(&Decisions::default());
    assert!(jobs.is_ok(), "{jobs:?}");
    let lock = app.lock().unwrap().unwrap();
    assert!(lock.text.contains("\nmember ") && !lock.text.contains("auth_user"), "{}", lock.text);
}

#[test]
fn what_a_merge_leaves_in_it_is_told() {
    let app = App::in_step(&locked_with(""));
    app.write(FILE, &format!("<<<<<<< ours\n{}", app.read(FILE)));
    assert_eq!(
        app.lock().unwrap_err().to_string(),
        "`migrations/lucia.lock`: line 1 is not one that lucia wrote; delete the file, and have it written again by `cargo lucia \
         migrate make`, which also tells when two branches have each added a migration"
    );
}

#[test]
fn the_struct_and_the_build_script_name_one_folder() {
    let mut app = App::new(&locked_with("").replace("= \"migrations\"", "= \"db/migrations\""));
    assert_eq!(
        app.ordered("write").error(),
        "the struct in `src/user.rs` has `#[lucia(migrations = \"db/migrations\")]`, and `build.rs` the folder `migrations`; write \
         `.migrations(\"db/migrations\")` there, or leave the attribute out, since a build script says the same without it"
    );
    app.user = app.user.clone().migrations("db/migrations/");
    app.ordered("write");
    assert!(app.list("db/migrations").contains(&"lucia.lock".to_owned()));
    let none: Result<(), Problem> = lock::check_folder(&app.user, &app.found());
    assert_eq!(none, Ok(()));
}
