//! `diesel print-schema` against what the derive declares.

use std::fs;
use std::path::Path;

use lucia_migration_tests::command_line::App;
use lucia_migration_tests::database::Database as _;
use lucia_migration_tests::declared::{self, Declared};
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_migration_tests::{guide, rows};
use lucia_schema::{Dialect, UserStruct, sql};

use crate::{read, user};

/// What Diesel writes for a type of ours where it has another name for it, and why: on SQLite there is no such type. (On
/// PostgreSQL it writes `Int4` for `Integer`, on MySQL `Datetime` for `Timestamp`, and the like.)
const ALIASES: [(&str, &str); 0] = [];

/// Tables as Diesel reads them.
fn printed(app: &App, database: &Path) -> Declared {
    let text = app.diesel(database, &["print-schema"]).unwrap();
    let mut printed = declared::read(&text).unwrap();
    for column in printed.tables.iter_mut().flat_map(|table| &mut table.columns) {
        if let Some((_, ours)) = ALIASES.iter().find(|(diesels, _)| *diesels == column.ty) {
            column.ty = (*ours).to_owned();
        }
    }
    printed
}

/// What the derive declares, with the names in Rust that Diesel gives where it is asked for them: those of SQL. (In Rust a field
/// is called as the struct says, which no database knows.)
fn ours(user: &UserStruct) -> Declared {
    let mut ours = declared::read(&declared::schema_rs(user)).unwrap();
    let other = |name: &str| {
        let taken = syn::parse_str::<syn::Ident>(name).is_err() || ["table", "columns"].contains(&name);
        if taken { format!("{name}_") } else { name.to_owned() }
    };
    for table in &mut ours.tables {
        for column in &mut table.columns {
            column.ident = other(&column.name);
        }
    }
    ours
}

/// A table that was altered has its new columns last.
fn unordered(mut declared: Declared) -> Declared {
    declared.tables.iter_mut().for_each(|table| table.columns.sort());
    declared
}

#[test]
fn print_schema_reads_the_tables_that_the_derive_declares_after_each_kind_of_change() {
    let app = App::default();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    let mut migrated = 0;
    for case in lucia_migration_tests::cases() {
        if !case.dialects.contains(&Dialect::Sqlite) {
            continue;
        }
        let [old, new] = ["old", "new"].map(|section| lucia_migration_tests::user(&case, section));
        let [before, after] = [&old, &new].map(|user| user.as_ref().map(ours).unwrap_or_default());
        for (schema, expected) in [(&case.old, &before), (&case.new, &after)] {
            database.fresh(&sql::create(schema, Dialect::Sqlite), "");
            assert_eq!(printed(&app, &database.path()), *expected, "{}: made at once", case.name);
        }
        let Some(migration) = Walk::from(&case).migration(Dialect::Sqlite) else { continue };
        database.fresh(&sql::create(&case.old, Dialect::Sqlite), "");
        database.up(&migration).unwrap();
        let (found, expected) = (unordered(printed(&app, &database.path())), unordered(after));
        assert_eq!(found, expected, "{}: up", case.name);
        database.down(&migration).unwrap();
        let (found, expected) = (unordered(printed(&app, &database.path())), unordered(before));
        assert_eq!(found, expected, "{}: down", case.name);
        migrated += 1;
    }
    assert!(migrated > 50, "{migrated}");
}

#[test]
fn what_is_compared_is_what_the_derive_writes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lucia-macros/src/snapshots");
    for name in ["a_small_user", "a_wide_user", "the_user_of_the_quickstart"] {
        let text = fs::read_to_string(folder.join(format!("lucia_macros__tests__{name}.snap"))).unwrap();
        let (_, text) = text.split_once("---\n").unwrap().1.split_once("---\n").unwrap();
        let (source, expansion) = text.split_once("// becomes\n").unwrap();
        let (_, expansion) = expansion.split_once("::diesel::table! {").unwrap();
        let (table, _) = expansion.split_once("\n}\n").unwrap();
        let written = declared::read(&format!("diesel::table! {{{table}\n}}")).unwrap();
        let ours = declared::read(&declared::schema_rs(&read(source))).unwrap();
        let users =
            ours.tables.iter().filter(|table| written.tables.iter().any(|one| one.name == table.name));
        assert_eq!(users.collect::<Vec<_>>(), written.tables.iter().collect::<Vec<_>>(), "{name}");
    }
}

#[test]
fn the_declared_tables_of_sessions_and_keys_are_those_that_are_created() {
    let user = user("");
    let declared = declared::read(&declared::schema_rs(&user)).unwrap();
    for table in &user.schema().tables {
        let columns = table.columns.iter().map(|column| {
            (column.name.clone(), column.ty.diesel_name().unwrap().to_owned(), column.nullable)
        });
        let found = declared.tables.iter().find(|found| found.name == table.name).unwrap();
        let found = found.columns.iter();
        let found = found.map(|column| (column.name.clone(), column.ty.clone(), column.nullable));
        assert_eq!(found.collect::<Vec<_>>(), columns.collect::<Vec<_>>(), "{}", table.name);
    }
}

#[test]
fn a_type_of_the_database_is_read_by_its_spelling_or_stops_print_schema() {
    let app = App::default();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    for (spelling, read) in [
        ("DOUBLE", Some("Double")),
        ("NUMERIC", Some("Double")),
        ("REAL", Some("Float")),
        ("VARCHAR(32)", Some("Text")),
        ("DATETIME", Some("Timestamp")),
        ("BLOB", Some("Binary")),
        ("INTEGER", Some("Integer")),
        ("JSON", None),
        ("JSONB", None),
        ("UUID", None),
        ("TIMESTAMPTZ", None),
        ("TIMESTAMP WITH TIME ZONE", None),
    ] {
        let user = user(&format!("#[lucia(sql_type = Text, sqlite = \"{spelling}\")] pub field: Anything,"));
        database.fresh(&sql::create(&user.schema(), Dialect::Sqlite), "");
        let found = app.diesel(&database.path(), &["print-schema"]);
        match (found, read) {
            (Ok(text), Some(read)) => {
                assert!(text.contains(&format!("        field -> {read},\n")), "{spelling}: {text}");
            }
            (Err(error), None) => {
                assert!(
                    error.contains(&format!("Unsupported type: `{}`", spelling.to_lowercase())),
                    "{spelling}: {error}"
                );
            }
            (found, _) => panic!("{spelling}: {found:?}"),
        }
        // The tables that the app keeps out cannot stop it.
        let app = App::new(&guide::diesel_toml());
        assert_eq!(printed(&app, &database.path()), Declared::default(), "{spelling}");
    }
}

/// The table of the app that the guide shows, on a database that has ours too.
fn with_profile(app: &App) -> (Sqlite, Declared) {
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    let schema = user("pub name: String").schema();
    let profile = rows::profile(&schema.tables[0], Dialect::Sqlite);
    let others = "ALTER TABLE profile ADD COLUMN motto TEXT NOT NULL DEFAULT '';
        CREATE TABLE auth_user_note (id INTEGER NOT NULL PRIMARY KEY);
        CREATE TABLE api_auth_key (id INTEGER NOT NULL PRIMARY KEY);";
    database.fresh(&(sql::create(&schema, Dialect::Sqlite) + &profile + others), "");
    let found = printed(app, &database.path());
    (database, found)
}

fn names(declared: &Declared) -> Vec<&str> {
    declared.tables.iter().map(|table| table.name.as_str()).collect()
}

#[test]
fn the_lines_of_the_guide_keep_our_tables_out_of_the_schema_of_the_app_and_no_others() {
    let app = App::new(&guide::diesel_toml());
    let (_, found) = with_profile(&app);
    assert_eq!(names(&found), ["api_auth_key", "auth_user_note", "profile"]);
    let without = with_profile(&App::default()).1;
    assert_eq!(without.tables.len(), 6, "the lines are not needed any more");
}

#[test]
fn the_guide_shows_the_table_of_the_app_as_diesel_prints_it_and_adds_only_what_diesel_leaves_out() {
    let app = App::new(&guide::diesel_toml());
    let (_, found) = with_profile(&app);
    let [shown] = guide::examples("Diesel's `schema.rs`", "");
    let place = shown.find("diesel::table!").unwrap();
    let shown = declared::read(&shown[place..]).unwrap();
    let profile: Vec<_> = found.tables.into_iter().filter(|table| table.name == "profile").collect();
    assert_eq!(profile, shown.tables);
    // Diesel knows how to join tables only if it prints both.
    assert!(found.joinable.is_empty(), "{:?}", found.joinable);
    let whole = with_profile(&App::default()).1;
    assert!(shown.joinable.is_subset(&whole.joinable), "{:?}", whole.joinable);
    assert_eq!(shown.joinable.len(), 1);
}

#[test]
fn whatever_runs_a_migration_writes_the_schema_of_the_app_without_our_tables() {
    let app = App::new(&guide::diesel_toml());
    let database = app.path("db");
    let schema = user("pub name: String").schema();
    app.add_own("1_users", &sql::create(&schema, Dialect::Sqlite), &sql::drop(&schema, Dialect::Sqlite));
    let profile = rows::profile(&schema.tables[0], Dialect::Sqlite);
    app.add_own("2_profile", &profile, "DROP TABLE profile;");
    app.diesel(&database, &["migration", "run"]).unwrap();
    assert_eq!(names(&declared::read(&app.read("src/schema.rs")).unwrap()), ["profile"]);
    app.diesel(&database, &["migration", "redo", "--all", "--locked-schema"]).unwrap();
    app.diesel(&database, &["migration", "revert"]).unwrap();
    assert_eq!(declared::read(&app.read("src/schema.rs")).unwrap(), Declared::default());
}
