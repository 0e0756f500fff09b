//! Folders that Diesel cannot run.

use super::{App, user_with};
use crate::Database;

/// What is said when a file is in the folder of an app that was in step.
#[track_caller]
fn with(files: &[(&str, &str)]) -> String {
    let app = App::in_step(&user_with(""));
    for (path, text) in files {
        app.write(path, text);
    }
    app.build().error().to_owned()
}

#[test]
fn files_and_hidden_directories_are_not_migrations() {
    let app = App::in_step(&user_with(""));
    app.write("migrations/.keep", "");
    app.write("migrations/.hidden/readme", "");
    app.write("migrations/README.md", "");
    app.write("migrations/2026-02-01-000000_posts/up.sql", "SELECT 1;");
    app.build().assert_in_step();
}

#[test]
fn a_directory_without_up() {
    assert_eq!(
        with(&[("migrations/2026-02-01-000000_posts/down.sql", "")]),
        "`migrations/2026-02-01-000000_posts` has no `up.sql`, and Diesel takes every directory there for a migration; \
         write one, or move the directory out"
    );
}

#[test]
fn an_empty_up() {
    let error = with(&[("migrations/2026-02-01-000000_posts/up.sql", "")]);
    assert!(error.starts_with("`migrations/2026-02-01-000000_posts/up.sql` is empty"), "{error}");
}

#[test]
fn a_version_given_twice() {
    assert_eq!(
        with(&[("migrations/20260201000000_b/up.sql", "1"), ("migrations/2026-02-01-000000_a/up.sql", "1")]),
        "`2026-02-01-000000_a` and `20260201000000_b` in `migrations` have the same version, `20260201000000`, so that \
         Diesel would run only one of them; give the one that has not run anywhere yet a later date"
    );
}

#[test]
fn no_version() {
    let error = with(&[("migrations/_posts/up.sql", "1")]);
    assert!(
        error.starts_with("`migrations/_posts` does not begin with the version of a migration; call it"),
        "{error}"
    );
}

#[test]
fn text_that_is_none() {
    let app = App::in_step(&user_with(""));
    let path = app.package.root.join("migrations/2026-02-01-000000_posts");
    std::fs::create_dir(&path).unwrap();
    std::fs::write(path.join("up.sql"), [0xff, 0xfe]).unwrap();
    let said = app.build();
    assert!(
        said.error().starts_with("`migrations/2026-02-01-000000_posts/up.sql` cannot be read: "),
        "{said:?}"
    );
}

#[test]
fn every_problem_is_told() {
    let app = App::in_step(&user_with(""));
    app.write("migrations/_a/up.sql", "1");
    app.write("migrations/2026-02-01-000000_b/up.sql", "");
    assert_eq!(app.build().errors().len(), 2);
}

#[test]
fn a_snapshot_that_is_none_or_of_a_later_release() {
    for (text, end) in [
        ("<<<<<<< HEAD", "or resolve the merge conflict in it"),
        ("{\"format\": 2}", "upgrade `lucia` and `lucia-build` to that one"),
    ] {
        let error = with(&[
            ("migrations/2026-02-01-000000_b/up.sql", "1"),
            ("migrations/2026-02-01-000000_b/lucia.json", text),
        ]);
        assert!(error.starts_with("`migrations/2026-02-01-000000_b/lucia.json`: the snapshot "), "{error}");
        assert!(error.ends_with(end), "{error}");
    }
}

#[test]
fn the_folder_of_one_database_is_not_that_of_several() {
    let mut app = App::in_step(&user_with(""));
    app.databases = vec![Database::Postgres, Database::Sqlite];
    let said = app.build();
    assert!(
        said.error().contains("is a migration beside the folders of the databases; move all"),
        "{said:?}"
    );
    assert!(said.error().ends_with("`migrations/sqlite`"), "{said:?}");

    let app = App::new(&user_with(""));
    app.write("migrations/postgres/1_a/up.sql", "1");
    let said = app.build();
    assert!(said.error().contains("or this folder by `.migrations(\"migrations/postgres\")`"), "{said:?}");
}

#[test]
fn a_file_in_the_place_of_the_folder() {
    let app = App::new(&user_with(""));
    app.write("migrations", "");
    let said = app.build();
    assert!(said.error().starts_with("`migrations` cannot be read: "), "{said:?}");
}
