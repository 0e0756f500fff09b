//! The migrations after the first, as a build writes them.

use lucia_schema::{Change, Column, Rename, Schema, TableNames, sql::Backfill};

use super::{App, user_with};
use crate::Database;
use crate::decisions::{Decisions, Drop};
use crate::make::NotMade;
use crate::need::Need;

const FIRST: &str = "migrations/2026-01-01-000000-0000_lucia_create_auth_user";

/// An app that is in step with one struct, and then gets another.
fn changed(before: &str, after: &str) -> App {
    let app = App::in_step(&user_with(before));
    app.write("src/user.rs", &user_with(after));
    app
}

#[test]
fn a_change_without_danger_is_written_with_what_comes_of_it() {
    let app = changed("", "#[lucia(unique)] pub phone: Option<String>,");
    let said = app.ordered("write");
    let name = "migrations/2026-01-01-000000-0001_lucia_add_phone_to_auth_user";
    assert_eq!(
        said.warnings(),
        [format!("wrote the migration `{name}`; look at it, and commit it with the struct")]
    );
    assert_eq!(app.list(name), ["down.sql", "lucia.json", "up.sql"]);
    let up = app.read(&format!("{name}/up.sql"));
    assert!(
        up.starts_with(
            "-- Written by lucia 0.1 from the struct `User`.\n\
             -- Once it has run anywhere, leave it as it is: a change of the struct is a migration of its own.\n\
             --\n\
             -- * column `phone` (text of at most 255 characters, may be null) is new in `auth_user`\n\
             --   rows that are there hold null in it\n\
             -- * `phone` of `auth_user` must now be unique\n\
             --   locks: nobody writes to the table on SQLite and PostgreSQL while it is made\n"
        ),
        "{up}"
    );
    assert!(up.contains("\nALTER TABLE `auth_user` ADD COLUMN `phone` TEXT"), "{up}");
    let down = app.read(&format!("{name}/down.sql"));
    assert!(
        down.starts_with("-- Written by lucia 0.1. Takes back what `up.sql` does.\nDROP INDEX"),
        "{down}"
    );
    let snapshot = app.snapshot(name);
    assert_eq!(snapshot.parent, Some(app.snapshot(FIRST).id()));
    app.build().assert_in_step();
    app.ordered("write").assert_in_step();
}

#[test]
fn what_needs_a_decision_is_not_written_by_a_build() {
    for (before, after, needs, run) in [
        ("pub nick: String,", "", "column `nick` (text, not null) is gone", "with `--drop auth_user.nick`"),
        (
            "pub nick: String,",
            "pub alias: String,",
            "is it the same one?",
            "with `--rename auth_user.nick=alias` or `--drop auth_user.nick`",
        ),
        (
            "pub nick: String,",
            "#[lucia(renamed_from = \"nick\")] pub alias: String,",
            "column `nick` of `auth_user` is now called `alias`",
            "",
        ),
        (
            "",
            "pub age: i32,",
            "the rows that are there need a value for it",
            "with `--backfill auth_user.age=SQL`",
        ),
        (
            "#[lucia(unique)] pub mail: String,",
            "#[lucia(max_length = 255)] pub mail: String,",
            "`mail` of `auth_user` need no longer be unique",
            "with `--allow duplicates`",
        ),
    ] {
        let app = changed(before, after);
        let said = app.ordered("write");
        let error = said.error();
        assert!(
            error.starts_with("the next migration of the struct `User` in `migrations` needs a decision:\n"),
            "{error}"
        );
        assert!(error.contains(needs), "{error}");
        let command = format!("`cargo lucia migrate make` {run}").trim_end().to_owned();
        let end = format!("\nRun {command}; `cargo install lucia-build --features cli` brings the command.");
        assert!(error.ends_with(&end), "{error}");
        assert_eq!(app.list("migrations").len(), 1);
        // And a build that writes nothing names the same command.
        let said = app.build();
        assert!(said.drift().unwrap().ends_with(&format!("; run {command}")), "{said:?}");
    }
}

#[test]
fn a_primary_key_that_changes_is_refused_whatever_is_decided() {
    let app = App::in_step(&user_with(""));
    let path = format!("{FIRST}/lucia.json");
    let edited = app.read(&path).replacen("\"primary_key\": [\"id\"]", "\"primary_key\": [\"name\"]", 1);
    app.write(&path, &edited);
    let said = app.ordered("write");
    assert!(
        said.error()
            .contains("the primary key of `auth_user` was `name` and is `id`, which is not written: "),
        "{said:?}"
    );
}

#[test]
fn the_name_says_what_the_only_change_is() {
    for (before, after, name) in [
        ("", "#[lucia(default = 0)] pub age: i32,", "lucia_add_age_to_auth_user"),
        ("pub age: i32,", "pub age: i64,", "lucia_change_age_of_auth_user"),
        ("pub age: i32,", "#[lucia(index)] pub age: i32,", "lucia_index_age_of_auth_user"),
        (
            "#[lucia(max_length = 9)] pub a: String,",
            "#[lucia(max_length = 9, unique)] pub a: String,",
            "lucia_make_a_of_auth_user_unique",
        ),
        ("", "pub a: Option<i32>, pub b: Option<i32>,", "lucia_change_auth_user"),
    ] {
        let app = changed(before, after);
        app.make(&Decisions::default());
        assert!(app.newest("migrations").ends_with(&format!("-0001_{name}")), "{:?}", app.list("migrations"));
    }
}

#[test]
fn a_script_without_a_transaction_says_so_in_both_directions() {
    let app = changed("pub age: i64,", "pub age: i16,");
    app.make(&Decisions::default());
    let newest = app.newest("migrations");
    assert!(app.read(&format!("{newest}/metadata.toml")).ends_with("\nrun_in_transaction = false\n"));
    for direction in ["up", "down"] {
        let sql = app.read(&format!("{newest}/{direction}.sql"));
        assert_eq!(sql.matches("\nBEGIN IMMEDIATE;\n").count(), 1, "{sql}");
        assert_eq!(sql.matches("\nCOMMIT;\n").count(), 1, "{sql}");
    }
}

#[test]
fn all_databases_or_none() {
    let mut app = App::new(&user_with(""));
    app.databases = Database::ALL.to_vec();
    app.ordered("write");
    app.write("src/user.rs", &user_with("pub age: Option<i32>,"));
    assert_eq!(app.ordered("write").errors(), Vec::<&str>::new());
    for database in Database::ALL {
        let newest = app.newest(&format!("migrations/{database}"));
        assert!(newest.ends_with("/2026-01-01-000000-0001_lucia_add_age_to_auth_user"), "{newest}");
    }
    app.build().assert_in_step();
    let ids = Database::ALL.map(|database| app.snapshot(&app.newest(&format!("migrations/{database}"))).id());
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");

    // One has a history that nobody can go on from: nothing is written for the others.
    app.write("src/user.rs", &user_with("pub age: Option<i32>, pub size: Option<i32>,"));
    let edited = format!("{}/up.sql", app.newest("migrations/mysql"));
    app.write(&edited, "SELECT 1;");
    let said = app.ordered("write");
    assert!(said.error().starts_with(&format!("`{edited}` is not what it was")), "{said:?}");
    for database in Database::ALL {
        assert_eq!(app.list(&format!("migrations/{database}")).len(), 2, "{database}");
    }
}

#[test]
fn a_database_added_later_begins_with_the_struct_as_it_is() {
    let mut app = App::new(&user_with(""));
    app.user = app.user.migrations("migrations/sqlite");
    app.ordered("write");
    app.write("src/user.rs", &user_with("pub age: Option<i32>,"));
    app.ordered("write");
    app.user = app.user.migrations("migrations");
    app.databases = vec![Database::Sqlite, Database::Postgres];
    let said = app.ordered("write");
    assert_eq!(said.errors(), Vec::<&str>::new());
    let postgres = app.list("migrations/postgres");
    assert_eq!(postgres, ["2026-01-01-000000-0002_lucia_create_auth_user"], "after what there is anywhere");
    let first = format!("migrations/postgres/{}", postgres[0]);
    assert!(app.read(&format!("{first}/up.sql")).contains("\"age\" INTEGER"));
    assert_eq!(app.snapshot(&first).parent, None);
    app.build().assert_in_step();

    // From then on the two go on together.
    app.write("src/user.rs", &user_with("pub age: Option<i32>, pub size: Option<i32>,"));
    app.ordered("write");
    app.build().assert_in_step();
    assert_eq!(app.list("migrations/sqlite").len(), 3);
    assert_eq!(app.list("migrations/postgres").len(), 2);
}

#[test]
fn what_a_release_of_lucia_changes_is_told_apart() {
    let app = App::in_step(&user_with(""));
    // As a release wrote it that did not have the column yet.
    let path = format!("{FIRST}/lucia.json");
    let json = app.read(&path);
    let before: Vec<&str> =
        json.lines().filter(|line| !line.contains("{\"name\":\"absolute_expires\"")).collect();
    app.write(&path, &before.join("\n"));
    let said = app.build();
    assert!(
        said.drift().unwrap().contains(
            "column `absolute_expires` (64-bit number, may be null) is new in `auth_session` (comes with lucia 0.1); run"
        ),
        "{said:?}"
    );
    app.write("src/user.rs", &user_with("pub age: Option<i32>,"));
    assert_eq!(app.ordered("write").errors(), Vec::<&str>::new());
    let up = app.read(&format!("{}/up.sql", app.newest("migrations")));
    let place = |text: &str| up.find(text).unwrap_or_else(|| panic!("{text}: {up}"));
    let heading = place("-- Not from the struct, but from lucia 0.1, for tables of its own:\n");
    assert!(
        place("-- * column `age`") < heading && heading < place("-- * column `absolute_expires`"),
        "{up}"
    );
}

#[test]
fn nothing_in_a_snapshot_leads_out_of_the_folder_or_out_of_a_comment() {
    let schema = Schema::of(&TableNames::default(), &[], &[]);
    let column = schema.tables[0].columns[0].clone();
    let column = Column { name: "../../a\n; DROP TABLE auth_user".to_owned(), ..column };
    let change = Change::DropColumn { table: "auth_user".to_owned(), column };
    assert_eq!(
        crate::name::next(&schema, &[change]),
        "lucia_drop_______a___DROP_TABLE_auth_user_from_auth_user"
    );

    let app = App::in_step(&user_with("pub a: i32,"));
    let path = format!("{FIRST}/lucia.json");
    app.write(&path, &app.read(&path).replace("\"name\":\"a\"", "\"name\":\"a\\n; DROP TABLE auth_user\""));
    app.write("src/user.rs", &user_with(""));
    app.make(&Decisions { destructive: true, ..Decisions::default() });
    let up = app.read(&format!("{}/up.sql", app.newest("migrations")));
    assert!(up.contains("-- * column `a ; DROP TABLE auth_user`"), "{up}");
    let head: Vec<&str> = up.lines().take_while(|line| line.starts_with("--")).collect();
    assert!(head.len() >= 5, "{up}");
}

fn backfill(table: &str, column: &str, sql: &str) -> Backfill {
    Backfill { table: table.to_owned(), column: column.to_owned(), sql: sql.to_owned() }
}

#[test]
fn decisions_are_followed_and_written_down() {
    let app = changed(
        "pub nick: String, pub old: i32, #[lucia(unique)] pub mail: String,",
        "pub alias: String, pub age: i32, #[lucia(max_length = 255)] pub mail: String,",
    );
    let decisions = Decisions {
        renames: vec![Rename::new("auth_user", "nick", "alias")],
        drops: vec![Drop { table: "auth_user".to_owned(), column: "old".to_owned() }],
        backfills: vec![backfill("auth_user", "age", "length(alias)")],
        duplicates: true,
        ..Decisions::default()
    };
    app.make(&decisions);
    let newest = app.newest("migrations");
    assert_eq!(
        app.snapshot(&newest).decisions,
        [
            "--rename auth_user.nick=alias",
            "--drop auth_user.old",
            "--backfill auth_user.age=length(alias)",
            "--allow duplicates"
        ]
    );
    let up = app.read(&format!("{newest}/up.sql"));
    assert!(up.contains("-- * column `nick` of `auth_user` is now called `alias`\n"), "{up}");
    assert!(up.contains("rows that have no value get `length(alias)`"), "{up}");
    let down = app.read(&format!("{newest}/down.sql"));
    assert!(down.contains("\n-- Data that is gone does not come back.\n"), "{down}");
}

#[test]
fn a_name_that_was_chosen_is_the_name() {
    let app = changed("", "pub age: Option<i32>,");
    app.make(&Decisions { name: Some("birthdays".to_owned()), ..Decisions::default() });
    assert_eq!(app.newest("migrations"), "migrations/2026-01-01-000000-0001_birthdays");
    for bad in ["", "a b", "../a", "a/b", "ä"] {
        app.write("src/user.rs", &user_with("pub age: Option<i32>, pub size: Option<i32>,"));
        let problem = problem(&app, &Decisions { name: Some(bad.to_owned()), ..Decisions::default() });
        assert!(problem.starts_with(&format!("`--name {bad}` is no name for a migration; use")), "{problem}");
    }
}

/// The only problem with these decisions.
#[track_caller]
fn problem(app: &App, decisions: &Decisions) -> String {
    match app.planned(decisions).unwrap_err() {
        NotMade::Problems(problems) if problems.len() == 1 => problems[0].to_string(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn decisions_with_nothing_to_decide_are_mistakes() {
    let app = changed("pub nick: String,", "pub nick: String, pub age: Option<i32>,");
    let rename =
        |from, to| Decisions { renames: vec![Rename::new("auth_user", from, to)], ..Decisions::default() };
    assert!(problem(&app, &rename("nope", "age")).contains("had no column `nope`"));
    assert!(problem(&app, &rename("nick", "nope")).contains("has no column `nope`"));
    let drop = Drop { table: "auth_user".to_owned(), column: "nick".to_owned() };
    assert_eq!(
        problem(&app, &Decisions { drops: vec![drop], ..Decisions::default() }),
        "`--drop auth_user.nick` has nothing to drop: no column `nick` goes from the table that is now called `auth_user`; \
         leave it out"
    );
    let backfills = vec![backfill("auth_user", "age", "0")];
    assert!(
        problem(&app, &Decisions { backfills, ..Decisions::default() })
            .starts_with("`--backfill auth_user.age` has nothing to fill: ")
    );
    // And so they are where there is nothing to do at all.
    let app = App::in_step(&user_with(""));
    assert!(problem(&app, &rename("a", "b")).contains("or in step with its migrations; leave it out"));
}

#[test]
fn sql_that_is_no_expression_is_refused() {
    let app = changed("", "pub age: i32,");
    let backfills = vec![backfill("auth_user", "age", "0; DROP TABLE auth_user")];
    let problem = problem(&app, &Decisions { backfills, ..Decisions::default() });
    assert!(problem.contains("is not one SQL expression"), "{problem}");
    assert_eq!(app.list("migrations").len(), 1);
}

#[test]
fn what_a_table_without_questions_loses_is_asked_for() {
    let app = changed("pub size: f64,", "pub size: f32,");
    let needs = match app.planned(&Decisions::default()) {
        Err(NotMade::Undecided(needs)) => needs,
        other => panic!("{other:?}"),
    };
    assert_eq!(needs.iter().flat_map(Need::flags).collect::<Vec<_>>(), ["--allow destructive"]);
    app.make(&Decisions { destructive: true, ..Decisions::default() });
}
