//! `migrate make` and `migrate check`.

use crate::package::{FIRST, Package, user};

#[test]
fn from_nothing_to_in_step() {
    let package = Package::new(&user(""));
    let check = package.run(&["migrate", "check"]);
    check.assert(1);
    assert_eq!(
        check.out,
        "The struct `User` in `src/user.rs` has no migration in `migrations` yet.\n\n\
         Run `cargo lucia migrate make`, which writes the first one.\n"
    );
    let make = package.run(&["migrate", "make"]);
    make.assert(0);
    assert_eq!(
        make.out,
        format!(
            "The struct `User` in `src/user.rs` has no migration in `migrations` yet.\n\n\
             Wrote `{FIRST}`\nLook at it, and commit it with the struct.\n"
        )
    );
    assert_eq!(package.list(FIRST), ["down.sql", "lucia.json", "up.sql"]);
    for command in ["make", "check"] {
        let run = package.run(&["migrate", command]);
        run.assert(0);
        assert_eq!(
            run.out,
            "The struct `User` in `src/user.rs` is in step with its migrations in `migrations`.\n"
        );
    }
}

#[test]
fn a_change_is_told_and_written() {
    let package = Package::changed("", "#[lucia(unique)] pub phone: Option<String>,");
    let told = "The struct `User` in `src/user.rs` has changed since its newest migration in `migrations`:\n\n  \
        * column `phone` (text of at most 255 characters, may be null) is new in `auth_user`\n    \
        rows that are there hold null in it\n  \
        * `phone` of `auth_user` must now be unique\n    \
        locks: nobody writes to the table on SQLite and PostgreSQL while it is made\n\n";
    let check = package.run(&["migrate", "check"]);
    check.assert(1);
    assert_eq!(check.out, format!("{told}Run `cargo lucia migrate make`, which writes the next one.\n"));
    let make = package.run(&["migrate", "make"]);
    make.assert(0);
    let written = "migrations/2026-01-01-000000-0001_lucia_add_phone_to_auth_user";
    assert_eq!(make.out, format!("{told}Wrote `{written}`\nLook at it, and commit it with the struct.\n"));
    assert!(package.read(&format!("{written}/up.sql")).contains("ADD COLUMN `phone`"));
}

#[test]
fn what_breaks_running_code_is_meant_by_who_runs_the_command() {
    let package =
        Package::changed("pub nick: String,", "#[lucia(renamed_from = \"nick\")] pub alias: String,");
    package.run(&["migrate", "check"]).assert(1);
    let make = package.run(&["migrate", "make"]);
    make.assert(0);
    assert!(make.out.contains("    breaks running code: "), "{}", make.out);
    assert_eq!(
        package.list("migrations")[1],
        "2026-01-01-000000-0001_lucia_rename_nick_to_alias_in_auth_user"
    );
}

/// Without the flags it ends with 3 and names them; with them it writes, and they are in the snapshot.
#[track_caller]
fn decided(package: &Package, says: &str, named: &str, flags: &[&str]) {
    let before = package.list("migrations");
    for command in ["check", "make"] {
        let run = package.run(&["migrate", command]);
        run.assert(3);
        assert!(run.out.contains(says), "{}", run.out);
        assert!(
            run.out.ends_with(&format!("\nRun `cargo lucia migrate make` with {named}.\n")),
            "{}",
            run.out
        );
    }
    assert_eq!(package.list("migrations"), before);
    package.run(&[&["migrate", "make"], flags].concat()).assert(0);
    package.run(&["migrate", "check"]).assert(0);
    let newest = package.list("migrations").pop().unwrap();
    let snapshot = package.read(&format!("migrations/{newest}/lucia.json"));
    assert!(snapshot.contains(&format!("\"{}\"", flags.join(" "))), "{snapshot}");
}

#[test]
fn a_rename_or_a_drop_is_a_question() {
    let says = "  column `nick` goes from `auth_user` and column `alias` comes: is it the same one?\n    \
        - yes, under a new name: write `#[lucia(renamed_from = \"nick\")]` above the field of `alias`, or pass \
        `--rename auth_user.nick=alias`\n    \
        - yes, and only the field has a new name: write `#[lucia(column = \"nick\")]` above it\n    \
        - no, and the values of `nick` are to go: pass `--drop auth_user.nick`\n";
    for flags in [["--rename", "auth_user.nick=alias"], ["--drop", "auth_user.nick"]] {
        let package = Package::changed("pub nick: Option<String>,", "pub alias: Option<String>,");
        decided(&package, says, "`--rename auth_user.nick=alias` or `--drop auth_user.nick`", &flags);
    }
}

#[test]
fn two_columns_swap_their_names_by_flags() {
    let package = Package::in_step(&user("pub a: Option<String>, pub b: Option<String>,"));
    let swap = ["migrate", "make", "--rename", "auth_user.a=b", "--rename", "auth_user.b=a"];
    let make = package.run(&swap);
    make.assert(0);
    assert!(make.out.contains("column `a` of `auth_user` is now called `b`"), "{}", make.out);
    package.run(&["migrate", "check"]).assert(0);
    let newest = package.list("migrations").pop().unwrap();
    assert!(package.read(&format!("migrations/{newest}/up.sql")).matches("RENAME COLUMN").count() >= 2);
}

#[test]
fn everything_that_is_to_be_decided_is_told_at_once() {
    let package = Package::changed(
        "pub nick: bool, #[lucia(unique)] pub mail: String, pub size: f64,",
        "pub age: i32, #[lucia(max_length = 255)] pub mail: String, pub size: f32,",
    );
    let run = package.run(&["migrate", "make", "--drop", "auth_user.nick"]);
    run.assert(3);
    let end = "with `--allow duplicates`, and with `--backfill auth_user.age=SQL`, and with `--allow destructive`.\n";
    assert!(run.out.ends_with(end), "{}", run.out);
}

#[test]
fn a_column_that_may_be_one_of_several_is_one_question() {
    let package =
        Package::changed("pub nick: Option<String>,", "pub a: Option<String>, pub b: Option<String>,");
    let says = "  column `nick` goes from `auth_user` and these columns come: `a`, `b`: is it one of them?\n";
    let named = "`--rename auth_user.nick=a` or `--rename auth_user.nick=b` or `--drop auth_user.nick`";
    decided(&package, says, named, &["--rename", "auth_user.nick=b"]);
}

#[test]
fn a_drop_is_allowed_by_its_name_or_with_all_that_loses_data() {
    for flags in [["--drop", "auth_user.nick"], ["--allow", "destructive"]] {
        let package = Package::changed("pub nick: String,", "");
        let says =
            "  column `nick` (text, not null) is gone from `auth_user`\n    its values are gone for good";
        decided(&package, says, "`--drop auth_user.nick`", &flags);
    }
}

#[test]
fn a_required_column_needs_a_value_for_those_who_are_there() {
    let package = Package::changed("", "pub age: i32,");
    let says = "the rows that are there need a value for it\n    \
        - one for these rows only, as SQL: pass `--backfill auth_user.age=SQL`\n    \
        - one that lasts: write `#[lucia(default = ..)]` above the field\n    \
        - none: make the field an `Option`\n";
    decided(&package, says, "`--backfill auth_user.age=SQL`", &["--backfill", "auth_user.age=length(name)"]);
}

#[test]
fn uniqueness_goes_by_a_flag_of_its_own() {
    let package = Package::changed(
        "#[lucia(unique)] pub mail: String,",
        "#[lucia(max_length = 255)] pub mail: String,",
    );
    package.run(&["migrate", "make", "--allow", "destructive"]).assert(3);
    let says = "  `mail` of `auth_user` need no longer be unique\n";
    decided(&package, says, "`--allow duplicates`", &["--allow", "duplicates"]);
}

#[test]
fn a_dry_run_writes_nothing_and_shows_all() {
    let package = Package::changed("pub age: i64,", "pub age: i16,");
    let run = package.run(&["migrate", "make", "--dry-run"]);
    run.assert(0);
    let folder = "migrations/2026-01-01-000000-0001_lucia_change_age_of_auth_user";
    for file in ["up.sql", "down.sql", "lucia.json", "metadata.toml"] {
        assert!(run.out.contains(&format!("== {folder}/{file}\n")), "{}", run.out);
    }
    assert!(run.out.contains("\nrun_in_transaction = false\n"), "{}", run.out);
    assert!(run.out.ends_with("\nNothing is written, since this is a dry run.\n"), "{}", run.out);
    assert_eq!(package.list("migrations").len(), 1);
    package.run(&["migrate", "make"]).assert(0);
    let up = package.read(&format!("{folder}/up.sql"));
    assert!(run.out.contains(&up), "what is shown is what is written");
}

#[test]
fn a_name_of_ones_own() {
    let package = Package::changed("", "pub age: Option<i32>,");
    let bad = package.run(&["migrate", "make", "--name", "../age"]);
    assert!(bad.error().starts_with("`--name ../age` is no name for a migration"), "{bad:?}");
    package.run(&["migrate", "make", "--name", "birthdays"]).assert(0);
    assert_eq!(package.list("migrations")[1], "2026-01-01-000000-0001_birthdays");
}

#[test]
fn flags_that_are_not_written_right_say_how() {
    let package = Package::changed("pub nick: String,", "pub alias: String,");
    for (flag, value, right) in [
        ("--rename", "nick=alias", "--rename TABLE.OLD=NEW"),
        ("--rename", "auth_user.nick", "--rename TABLE.OLD=NEW"),
        ("--rename", "auth_user.nick=", "--rename TABLE.OLD=NEW"),
        ("--rename", "auth_user.nick=auth_user.alias", "--rename TABLE.OLD=NEW"),
        ("--drop", "nick", "--drop TABLE.COLUMN"),
        ("--drop", "a.b.c", "--drop TABLE.COLUMN"),
        ("--backfill", "auth_user.alias", "--backfill TABLE.COLUMN=SQL"),
        ("--backfill", "alias='x'", "--backfill TABLE.COLUMN=SQL"),
        ("--backfill", "auth_user.alias= ", "--backfill TABLE.COLUMN=SQL"),
    ] {
        let run = package.run(&["migrate", "make", flag, value]);
        assert_eq!(
            run.error(),
            format!("`{value}` is not what the flag takes; write it like this: `{right}`")
        );
    }
    assert_eq!(package.list("migrations").len(), 1);
}

#[test]
fn flags_with_nothing_to_decide_are_mistakes() {
    let package = Package::changed("", "pub age: Option<i32>,");
    for (flags, says) in [
        (["--rename", "auth_user.nick=age"], "had no column `nick`"),
        (["--drop", "auth_user.name"], "has nothing to drop"),
        (["--backfill", "auth_user.age=0"], "has nothing to fill"),
    ] {
        let run = package.run(&[&["migrate", "make"], &flags as &[&str]].concat());
        assert!(run.error().contains(says), "{run:?}");
    }
}

#[test]
fn sql_may_have_anything_in_it() {
    let package = Package::changed("", "pub tag: String,");
    let sql = "auth_user.tag='a=b.c' || name";
    package.run(&["migrate", "make", "--backfill", sql]).assert(0);
    let newest = package.list("migrations").pop().unwrap();
    assert!(package.read(&format!("migrations/{newest}/up.sql")).contains("'a=b.c' || name"));
}

#[test]
fn sql_by_hand_is_taken_as_it_is() {
    let package = Package::changed("", "pub age: Option<i32>,");
    let nothing = package.run(&["migrate", "make", "--by-hand"]);
    assert!(nothing.error().starts_with("the newest migration in `migrations`"), "{nothing:?}");
    let hand = "migrations/2026-02-01-000000_age";
    package.write(&format!("{hand}/up.sql"), "ALTER TABLE auth_user ADD COLUMN age INTEGER;");
    let make = package.run(&["migrate", "make", "--by-hand"]);
    make.assert(0);
    assert!(make.out.contains(&format!("Wrote `lucia.json` into `{hand}`\n")), "{}", make.out);
    package.run(&["migrate", "check"]).assert(0);

    package.write(&format!("{hand}/up.sql"), "ALTER TABLE auth_user ADD COLUMN age INTEGER; SELECT 1;");
    let edited = package.run(&["migrate", "check"]);
    assert!(edited.error().contains(&format!("`{hand}/up.sql` is not what it was")), "{edited:?}");
    package.run(&["migrate", "make", "--by-hand", "--dry-run"]).assert(0);
    package.run(&["migrate", "check"]).assert(2);
    package.run(&["migrate", "make", "--by-hand"]).assert(0);
    package.run(&["migrate", "check"]).assert(0);
    package.run(&["migrate", "make", "--by-hand"]).assert(0);
}

#[test]
fn several_databases_are_written_together() {
    let package = Package::new(&user(""));
    package.write(
        "build.rs",
        "use lucia_build::Database::{Mysql, Sqlite};\nfn main() { lucia_build::user(\"src/user.rs\").databases([Sqlite, Mysql]); }",
    );
    let make = package.run(&["migrate", "make"]);
    make.assert(0);
    assert_eq!(package.list("migrations"), ["mysql", "sqlite"]);
    assert!(make.out.ends_with("Look at them, and commit them with the struct.\n"), "{}", make.out);
    package.write("src/user.rs", &user("pub age: Option<i32>,"));
    let check = package.run(&["migrate", "check"]);
    check.assert(1);
    let once = "has changed since its newest migration in `migrations/sqlite`, `migrations/mysql`:\n";
    assert!(check.out.contains(once) && check.out.matches("column `age`").count() == 1, "{}", check.out);

    // What cannot be done for one is done for none.
    package.write("migrations/mysql/x/up.sql", "");
    package.run(&["migrate", "make"]).assert(2);
    assert_eq!(package.list("migrations/sqlite").len(), 1);
}

#[test]
fn the_source_of_others_is_left_alone() {
    let package = Package::new(&user(""));
    package.write(".cargo-checksum.json", "{}");
    let make = package.run(&["migrate", "make"]);
    assert!(make.error().contains("it is a vendored dependency"), "{make:?}");
    package.run(&["migrate", "make", "--dry-run"]).assert(0);
    assert!(package.list("migrations").is_empty());
}
