//! In step and out of step.

use super::{App, user_with};
use crate::Database;
use crate::instruction::Instruction;

#[test]
fn a_fresh_project_is_told_what_writes_the_first_migration() {
    let app = App::new(&user_with(""));
    let said = app.build();
    assert_eq!(said.env("LUCIA_SCHEMA_AUTH_USER"), Some("none"));
    assert_eq!(
        said.drift(),
        Some(
            "there is no migration for the struct `User` in `migrations` yet; run `LUCIA_MIGRATIONS=write cargo build`, \
             which writes the first one"
        )
    );
    // The build script succeeds, and what the app includes is there.
    assert!(said.errors().is_empty());
    assert!(app.output("lucia_migrations.rs").contains("const MIGRATIONS"));
    assert!(app.list("migrations").is_empty());
}

#[test]
fn what_is_watched_comes_first_and_always() {
    let mut app = App::new("not Rust");
    for databases in [vec![Database::Sqlite], vec![]] {
        app.databases = databases;
        let said = app.build();
        assert_eq!(said.0[0], Instruction::RerunIfEnvChanged("LUCIA_MIGRATIONS"));
        assert_eq!(said.watched()[0], app.package.root.join("src/user.rs"));
    }
    app.databases = vec![Database::Mysql, Database::Sqlite];
    let folders =
        ["src/user.rs", "migrations/sqlite", "migrations/mysql"].map(|path| app.package.root.join(path));
    assert_eq!(app.build().watched(), folders);
}

#[test]
fn a_new_field_is_named_with_the_command() {
    let app = App::in_step(&user_with(""));
    app.build().assert_in_step();
    app.write("src/user.rs", &user_with("#[lucia(unique)] pub phone: Option<String>,"));
    let said = app.build();
    assert!(said.errors().is_empty());
    assert_eq!(
        said.drift(),
        Some(
            "the struct `User` has changed since its newest migration in `migrations`: \
             column `phone` (text of at most 255 characters, may be null) is new in `auth_user`; \
             `phone` of `auth_user` must now be unique; \
             run `LUCIA_MIGRATIONS=write cargo build`, which writes the next one"
        )
    );
    let claim = said.env("LUCIA_SCHEMA_AUTH_USER").unwrap();
    assert_eq!(claim.len(), 16);

    app.write("src/user.rs", &user_with(""));
    let again = app.build();
    again.assert_in_step();
    assert_eq!(again.env("LUCIA_SCHEMA_AUTH_USER"), Some(claim), "the claim was that of the folder");
}

#[test]
fn what_only_rust_sees_does_not_matter() {
    let app = App::in_step(&user_with("pub logins: i32,"));
    for same in [
        "/// Whom.\n#[derive(LuciaUser)] pub(crate) struct User { id: UserId, name: String, logins: i32 }",
        // Nor does the order of fields: a database that was migrated in steps has another one anyway.
        "#[derive(LuciaUser)] pub struct User { pub id: UserId, pub logins: i32, pub name: String }",
        "#[derive(LuciaUser)] pub struct Person { pub id: UserId, pub name: String, pub logins: i32 }",
    ] {
        app.write("src/user.rs", same);
        app.build().assert_in_step();
    }
}

#[test]
fn a_renamed_table_is_a_change_and_not_a_beginning() {
    let app = App::in_step(&user_with(""));
    app.write(
        "src/user.rs",
        &user_with("").replace("pub struct", "#[lucia(user_table = \"people\")] pub struct"),
    );
    let said = app.build();
    let drift = said.env("LUCIA_DRIFT_PEOPLE").unwrap();
    assert!(drift.contains("table `auth_user` is now called `people`"), "{drift}");
}

#[test]
fn tables_that_all_have_other_names_are_found_by_what_the_struct_says() {
    let renamed = |more: &str| {
        let tables =
            "user_table = \"people\", session_table = \"people_session\", key_table = \"people_key\"";
        user_with("").replace("pub struct", &format!("#[lucia({tables}{more})] pub struct"))
    };
    let app = App::in_step(&user_with(""));
    app.write("src/user.rs", &renamed(""));
    assert_eq!(
        app.build().env("LUCIA_SCHEMA_PEOPLE"),
        Some("none"),
        "another user type, as far as one can see"
    );
    app.write("src/user.rs", &renamed(", renamed_from = \"auth_user\""));
    let said = app.build();
    let drift = said.env("LUCIA_DRIFT_PEOPLE").unwrap();
    assert!(drift.contains("table `auth_key` is now called `people_key`"), "{drift}");
    // Once there are tables of the new name, those are meant.
    let app = App::in_step(&renamed(""));
    app.write("src/user.rs", &renamed(", renamed_from = \"auth_user\""));
    assert!(app.build().env("LUCIA_DRIFT_PEOPLE").is_none());
}

#[test]
fn a_renamed_column_is_named_as_one_until_the_folder_has_the_new_name() {
    let app = App::in_step(&user_with("pub mail: String,"));
    let renamed = user_with("#[lucia(renamed_from = \"mail\")] pub email: String,");
    app.write("src/user.rs", &renamed);
    let said = app.build();
    let drift = said.drift().unwrap();
    assert!(
        drift.ends_with(
            ": column `mail` of `auth_user` is now called `email` (breaks running code); run `cargo lucia migrate make`"
        ),
        "{drift}"
    );
    App::in_step(&renamed).build().assert_in_step();
}

#[test]
fn two_user_types_share_a_folder() {
    let both = "#[derive(LuciaUser)] struct User { id: UserId }
        #[derive(LuciaUser)]
        #[lucia(user_table = \"staff\", session_table = \"staff_session\", key_table = \"staff_key\")]
        struct Staff { id: UserId, badge: String }";
    let mut app = App::new(both);
    for name in ["User", "Staff"] {
        app.user = app.user.named(name);
        assert_eq!(app.ordered("write").errors(), Vec::<&str>::new());
    }
    assert_eq!(
        app.list("migrations"),
        ["2026-01-01-000000-0000_lucia_create_auth_user", "2026-01-01-000000-0001_lucia_create_staff"]
    );
    let said = app.build();
    assert_eq!(said.env("LUCIA_SCHEMA_STAFF").unwrap().len(), 16);
    assert!(said.env("LUCIA_DRIFT_STAFF").is_none());
    app.user = app.user.named("User");
    app.build().assert_in_step();
}

#[test]
fn databases_that_differ_alike_are_told_about_once() {
    let mut app = App::new(&user_with(""));
    app.databases = Database::ALL.to_vec();
    let said = app.build();
    assert_eq!(
        said.drift(),
        Some(
            "there is no migration for the struct `User` in `migrations/sqlite`, `migrations/postgres`, `migrations/mysql` \
             yet; run `LUCIA_MIGRATIONS=write cargo build`, which writes the first one"
        )
    );

    app.databases = vec![Database::Sqlite, Database::Mysql];
    app.ordered("write");
    app.build().assert_in_step();
    app.databases = Database::ALL.to_vec();
    let said = app.build();
    assert_eq!(said.env("LUCIA_SCHEMA_AUTH_USER"), Some("none"), "one that is behind is enough");
    assert!(
        said.drift()
            .unwrap()
            .starts_with("there is no migration for the struct `User` in `migrations/postgres` yet")
    );
}

#[test]
fn a_value_of_the_variable_that_is_unknown_is_not_taken_for_any() {
    let app = App::in_step(&user_with(""));
    for nothing in ["", "check"] {
        app.ordered(nothing).assert_in_step();
    }
    let said = app.ordered("Write");
    assert!(said.error().contains("`LUCIA_MIGRATIONS` is `Write`; set it to `write`"), "{said:?}");
}

#[test]
fn instructions_are_lines() {
    let error = Instruction::Error("one\n  two".to_owned());
    assert_eq!(error.to_string(), "cargo::error=one\ncargo::error=  two");
    let env = Instruction::Env { name: "A".to_owned(), value: "b\nc".to_owned() };
    assert_eq!(env.to_string(), "cargo::rustc-env=A=b c");
}
