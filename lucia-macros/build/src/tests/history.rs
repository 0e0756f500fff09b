//! Histories that teams have.

use std::fs;

use super::{App, user_with};
use crate::problem::InHistory;

const FIRST: &str = "migrations/2026-01-01-000000-0000_lucia_create_auth_user";
const AGE: &str = "pub age: Option<i32>,";
const AGE_AND_SIZE: &str = "pub age: Option<i32>, pub size: Option<i32>,";

/// An app with a first migration and one more for each struct.
fn with_history(structs: &[&str]) -> App {
    let app = App::in_step(&user_with(""));
    for fields in structs {
        go_on(&app, fields);
    }
    app
}

/// Changes the struct and writes the migration, whose directory is returned.
#[track_caller]
fn go_on(app: &App, fields: &str) -> String {
    app.write("src/user.rs", &user_with(fields));
    assert_eq!(app.ordered("write").errors(), Vec::<&str>::new());
    app.build().assert_in_step();
    app.newest("migrations")
}

fn rename(app: &App, from: &str, to: &str) {
    fs::rename(app.package.root.join(from), app.package.root.join(to)).unwrap();
}

fn remove(app: &App, path: &str) {
    fs::remove_dir_all(app.package.root.join(path)).unwrap();
}

/// Two branches that have each added a field, merged: the directory of either.
fn merged() -> (App, [String; 2]) {
    let app = with_history(&[]);
    let ours = go_on(&app, AGE);
    let aside = "aside";
    rename(&app, &ours, aside);
    let theirs = go_on(&app, "pub size: Option<i32>,");
    let later = theirs.replace("0001", "0002");
    rename(&app, &theirs, &later);
    rename(&app, aside, &ours);
    app.write("src/user.rs", &user_with(AGE_AND_SIZE));
    (app, [ours, later])
}

#[test]
fn two_branches_that_both_add_a_migration_are_a_conflict_that_says_what_to_do() {
    let (app, [ours, theirs]) = merged();
    let expected = "`2026-01-01-000000-0001_lucia_add_age_to_auth_user` and \
         `2026-01-01-000000-0002_lucia_add_size_to_auth_user` in `migrations` go on from the same tables, since two branches \
         have each changed the struct; choose one that has not run in production, revert it wherever else it has run, delete its \
         directory, and run `LUCIA_MIGRATIONS=write cargo build` or `cargo lucia migrate make`, which writes its change again, \
         after the other";
    for order in ["check", "write", "snapshot"] {
        assert_eq!(app.ordered(order).error(), expected);
    }
    // Whichever is chosen.
    for goes in [&theirs, &ours] {
        let (app, _) = merged();
        remove(&app, goes);
        let said = app.ordered("write");
        assert_eq!(said.errors(), Vec::<&str>::new(), "{goes}");
        app.build().assert_in_step();
        assert_eq!(app.list("migrations").len(), 3);
    }
}

#[test]
fn two_branches_that_add_the_same_are_a_conflict_too() {
    for goes_on in [false, true] {
        let app = with_history(&[AGE]);
        let one = app.newest("migrations");
        let twin = one.replace("0001", "0002");
        app.write(&format!("{twin}/up.sql"), &app.read(&format!("{one}/up.sql")));
        app.write(&format!("{twin}/down.sql"), &app.read(&format!("{one}/down.sql")));
        let snapshot = app.read(&format!("{one}/lucia.json"));
        if goes_on {
            go_on_after(&app, &one);
        }
        app.write(&format!("{twin}/lucia.json"), &snapshot);
        let said = app.build();
        assert!(said.error().contains("go on from the same tables"), "{said:?}");
    }
}

/// A migration by hand that follows, with a later date than any.
fn go_on_after(app: &App, parent: &str) {
    let hand = "migrations/2026-03-01-000000_size";
    app.write("src/user.rs", &user_with(AGE_AND_SIZE));
    app.write(&format!("{hand}/up.sql"), "SELECT 1;");
    let twin = parent.replace("0001", "0002");
    let aside = app.package.root.join("aside");
    fs::rename(app.package.root.join(&twin), &aside).unwrap();
    assert_eq!(app.ordered("snapshot").errors(), Vec::<&str>::new());
    fs::rename(&aside, app.package.root.join(&twin)).unwrap();
}

#[test]
fn two_first_migrations_are_a_conflict() {
    let app = with_history(&[]);
    let other = FIRST.replace("0000_", "0005_");
    for file in ["up.sql", "down.sql", "lucia.json"] {
        app.write(&format!("{other}/{file}"), &app.read(&format!("{FIRST}/{file}")));
    }
    let said = app.build();
    assert!(said.error().contains("go on from the same tables"), "{said:?}");
}

#[test]
fn sql_that_was_edited_is_told_with_the_file_and_both_ways_out() {
    for (file, order) in [("up.sql", "check"), ("down.sql", "check"), ("up.sql", "write")] {
        let app = with_history(&[AGE]);
        let path = format!("{FIRST}/{file}");
        let before = app.read(&path);
        app.write(&path, &format!("{before}\n"));
        assert_eq!(
            app.ordered(order).error(),
            format!(
                "`{path}` is not what it was when its `lucia.json` was written; restore it from version control if it has run \
                 anywhere: a database that has run it does not run it again. If it has not, and you mean the edit, run \
                 `LUCIA_MIGRATIONS=snapshot cargo build` or `cargo lucia migrate make --by-hand`, which takes it as it is"
            )
        );
        app.write(&path, &before);
        app.build().assert_in_step();
    }
}

#[test]
fn an_edit_that_is_meant_is_taken_as_it_is() {
    let app = with_history(&[AGE]);
    let second = app.newest("migrations");
    let before = app.snapshot(&second);
    app.write(&format!("{FIRST}/up.sql"), "CREATE TABLE by_hand (id INTEGER);");
    let said = app.ordered("snapshot");
    assert_eq!(said.errors(), Vec::<&str>::new());
    assert!(
        said.warnings()[0].starts_with(&format!("wrote `lucia.json` into the migration `{FIRST}`")),
        "{said:?}"
    );
    app.build().assert_in_step();
    assert_eq!(app.snapshot(&second), before, "what follows stays as it is");
}

#[test]
fn an_edit_for_a_changed_struct_is_taken_with_it_while_it_is_the_newest() {
    let app = with_history(&[AGE]);
    let second = app.newest("migrations");
    app.write("src/user.rs", &user_with(AGE_AND_SIZE));
    app.write(&format!("{second}/up.sql"), "ALTER TABLE auth_user ADD COLUMN age INTEGER; ALTER ..");
    assert_eq!(app.ordered("snapshot").errors(), Vec::<&str>::new());
    app.build().assert_in_step();
    let snapshot = app.snapshot(&second);
    assert!(snapshot.schema.tables[0].column("size").is_some());
    assert_eq!(snapshot.parent, Some(app.snapshot(FIRST).id()));
}

#[test]
fn line_endings_of_a_checkout_are_no_edit() {
    let app = with_history(&[AGE]);
    for migration in [FIRST.to_owned(), app.newest("migrations")] {
        for file in ["up.sql", "down.sql", "lucia.json"] {
            let path = format!("{migration}/{file}");
            app.write(&path, &app.read(&path).replace('\n', "\r\n"));
        }
    }
    app.build().assert_in_step();
}

#[test]
fn sql_that_is_gone_is_told() {
    let app = with_history(&[]);
    fs::remove_file(app.package.root.join(FIRST).join("down.sql")).unwrap();
    assert_eq!(app.build().error(), format!("`{FIRST}/down.sql` is gone; restore it from version control"));
}

#[test]
fn a_snapshot_that_is_gone_is_told() {
    let app = with_history(&[AGE]);
    let path = format!("{}/lucia.json", app.newest("migrations"));
    fs::remove_file(app.package.root.join(&path)).unwrap();
    for order in ["check", "write"] {
        assert_eq!(app.ordered(order).error(), format!("`{path}` is gone; restore it from version control"));
    }
    // Or have it written again, as for SQL by hand.
    assert_eq!(app.ordered("snapshot").errors(), Vec::<&str>::new());
    app.build().assert_in_step();
}

#[test]
fn a_migration_that_was_deleted_from_the_middle_is_told() {
    let app = with_history(&[AGE, AGE_AND_SIZE]);
    let third = app.newest("migrations").replace("migrations/", "");
    let second = "2026-01-01-000000-0001_lucia_add_age_to_auth_user";
    let put_aside = app.package.root.join("aside");
    fs::rename(app.package.root.join("migrations").join(second), &put_aside).unwrap();
    assert_eq!(
        app.build().error(),
        format!(
            "the migration that `{third}` in `migrations` follows is gone: it came after \
             `2026-01-01-000000-0000_lucia_create_auth_user`; restore its directory from version control or, if nothing from \
             there on has run anywhere, delete what follows it too"
        )
    );
    fs::rename(&put_aside, app.package.root.join("migrations").join(second)).unwrap();
    app.build().assert_in_step();
}

#[test]
fn a_first_migration_that_was_deleted_is_told() {
    let app = with_history(&[AGE]);
    remove(&app, FIRST);
    let said = app.build();
    assert!(
        said.error().starts_with(
            "the migration that `2026-01-01-000000-0001_lucia_add_age_to_auth_user` in `migrations` follows is gone; restore"
        ),
        "{said:?}"
    );
}

#[test]
fn the_newest_migration_may_be_deleted_and_written_again() {
    let app = with_history(&[AGE, AGE_AND_SIZE]);
    let newest = app.newest("migrations");
    let up = app.read(&format!("{newest}/up.sql"));
    remove(&app, &newest);
    assert!(app.build().drift().is_some());
    app.ordered("write");
    assert_eq!(app.newest("migrations"), newest);
    assert_eq!(app.read(&format!("{newest}/up.sql")), up);
}

#[test]
fn a_date_that_lets_a_migration_run_before_the_one_it_follows_is_told() {
    let app = with_history(&[AGE]);
    let newest = app.newest("migrations");
    rename(&app, &newest, "migrations/2025-01-01-000000_early");
    let expected = InHistory::Order {
        folder: "migrations".to_owned(),
        first: "2026-01-01-000000-0000_lucia_create_auth_user".to_owned(),
        second: "2025-01-01-000000_early".to_owned(),
    };
    assert_eq!(app.build().error(), expected.to_string());
}

#[test]
fn a_directory_may_be_renamed_as_long_as_the_order_stays() {
    let app = with_history(&[AGE]);
    rename(&app, &app.newest("migrations"), "migrations/2026-05-01-000000_age");
    app.build().assert_in_step();
}

#[test]
fn migrations_of_the_app_are_anywhere_between() {
    let app = App::new(&user_with(""));
    app.write("migrations/2024-01-01-000000_settings/up.sql", "SELECT 1;");
    app.ordered("write");
    app.write("migrations/2026-01-01-000000-0001_posts/up.sql", "SELECT 1;");
    app.build().assert_in_step();
    let added = go_on(&app, AGE);
    assert!(added.contains("-0002_lucia_add_age"), "{added}");
    app.write("migrations/2026-02-01-000000_more/up.sql", "SELECT 1;");
    app.build().assert_in_step();
    let last = go_on(&app, AGE_AND_SIZE);
    assert!(last.contains("2026-02-01-000000-0000_lucia_add_size"), "{last}");
    assert_eq!(app.snapshot(&last).parent, Some(app.snapshot(&added).id()));
}

const STAFF: &str =
    "#[lucia(user_table = \"staff\", session_table = \"staff_session\", key_table = \"staff_key\")]";

/// A file with two user types.
fn two(user: &str, staff: &str) -> String {
    format!(
        "#[derive(LuciaUser)] struct User {{ id: UserId, {user} }}\n#[derive(LuciaUser)] {STAFF} struct Staff {{ id: UserId, {staff} }}"
    )
}

#[test]
fn user_types_in_one_folder_have_histories_of_their_own() {
    let mut app = App::new(&two("", ""));
    let write = |app: &mut App, name: &str| {
        app.user = app.user.clone().named(name);
        assert_eq!(app.ordered("write").errors(), Vec::<&str>::new());
        app.newest("migrations")
    };
    let users = write(&mut app, "User");
    let staff = write(&mut app, "Staff");
    app.write("src/user.rs", &two("age: Option<i32>", "badge: Option<String>"));
    let more_staff = write(&mut app, "Staff");
    let more_users = write(&mut app, "User");
    assert_eq!(app.snapshot(&more_staff).parent, Some(app.snapshot(&staff).id()));
    assert_eq!(app.snapshot(&more_users).parent, Some(app.snapshot(&users).id()));
    app.build().assert_in_step();
    // An edit is told to those whom it concerns.
    app.write(&format!("{staff}/up.sql"), "SELECT 1;");
    app.build().assert_in_step();
    app.user = app.user.named("Staff");
    assert!(app.build().error().contains("lucia_create_staff/up.sql` is not what it was"));
}

#[test]
fn a_struct_whose_tables_all_have_other_names_says_which_history_is_its() {
    let tables = |more: &str| {
        let names = "user_table = \"member\", session_table = \"member_session\", key_table = \"member_key\"";
        user_with("").replace("pub struct", &format!("#[lucia({names}{more})] pub struct"))
    };
    let app = with_history(&[]);
    app.write("src/user.rs", &tables(""));
    let said = app.build();
    let drift = said.env("LUCIA_DRIFT_MEMBER").unwrap();
    assert_eq!(
        drift,
        "there is no migration for the struct `User` in `migrations` yet; run `LUCIA_MIGRATIONS=write cargo build`, which writes \
         the first one; if its user table was called `auth_user` before, write `#[lucia(renamed_from = \"auth_user\")]` above \
         the struct first"
    );
    app.write("src/user.rs", &tables(", renamed_from = \"auth_user\""));
    let said = app.build();
    let drift = said.env("LUCIA_DRIFT_MEMBER").unwrap();
    assert!(drift.contains("table `auth_user` is now called `member` (breaks running code)"), "{drift}");
    assert!(drift.ends_with("; run `cargo lucia migrate make`"), "{drift}");
}

#[test]
fn a_name_that_has_become_free_belongs_to_whoever_takes_it() {
    // The tables of one type are renamed, and another type takes the old names.
    let mut app = App::new(&two("", "").replace("staff", "member"));
    app.user = app.user.named("Staff");
    app.ordered("write");
    let first = app.newest("migrations");
    let json = app.read(&format!("{first}/lucia.json"));
    // As if a later migration had led from `auth_user` to `member`.
    let old = json
        .replace("member_session", "auth_session")
        .replace("member_key", "auth_key")
        .replace("\"member\"", "\"auth_user\"");
    app.write(&format!("{first}/lucia.json"), &old);
    let hand = "migrations/2026-02-01-000000_rename";
    app.write(&format!("{hand}/up.sql"), "SELECT 1;");
    app.write(
        "src/user.rs",
        &two("", "")
            .replace("staff", "member")
            .replace("key_table", "renamed_from = \"auth_user\", key_table"),
    );
    assert_eq!(app.ordered("snapshot").errors(), Vec::<&str>::new());
    assert!(app.build().env("LUCIA_DRIFT_MEMBER").is_none());
    app.user = app.user.named("User");
    let said = app.build();
    assert!(said.drift().unwrap().starts_with("there is no migration for the struct `User`"), "{said:?}");
}

#[test]
fn a_parent_that_leads_in_a_circle_ends() {
    let app = with_history(&[AGE]);
    let newest = app.newest("migrations");
    let (json, id) = (app.read(&format!("{newest}/lucia.json")), app.snapshot(&newest).id());
    let parent = app.snapshot(FIRST).id();
    app.write(&format!("{newest}/lucia.json"), &json.replace(&parent, &id));
    assert!(app.build().error().contains("is gone"));
}
