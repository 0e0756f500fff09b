//! `diesel migration generate --diff-schema` against databases that our migrations made.

use lucia_migration_tests::command_line::{App, PLAIN};
use lucia_migration_tests::database::Database as _;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_migration_tests::{declared, guide, rows};
use lucia_schema::sql::{self, Backfill};
use lucia_schema::{Dialect, Rename, UserStruct};

use crate::{read, user};

const SCHEMA: &str = "src/schema.rs";

const NOTHING: [&str; 0] = [];

/// What Diesel would do so that the database has the tables of the struct.
fn difference(app: &App, database: &Sqlite, user: &UserStruct) -> Vec<String> {
    app.write(SCHEMA, &declared::schema_rs(user));
    app.difference(&database.path(), SCHEMA).unwrap()
}

#[test]
fn diesels_diff_finds_nothing_to_do_after_each_kind_of_change() {
    let app = App::default();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    let mut migrated = 0;
    for case in lucia_migration_tests::cases() {
        let Some(migration) = Walk::from(&case).migration(Dialect::Sqlite) else { continue };
        let [old, new] = ["old", "new"].map(|section| lucia_migration_tests::user(&case, section));
        if !case.dialects.contains(&Dialect::Sqlite) {
            continue;
        }
        database.fresh(&sql::create(&case.old, Dialect::Sqlite), "");
        if let Some(old) = old {
            assert_eq!(difference(&app, &database, &old), NOTHING, "{}: before", case.name);
        }
        database.up(&migration).unwrap();
        if let Some(new) = new {
            assert_eq!(difference(&app, &database, &new), NOTHING, "{}: after", case.name);
        }
        migrated += 1;
    }
    assert!(migrated > 50, "{migrated}");
}

#[test]
fn diesels_diff_finds_nothing_to_do_after_several_changes() {
    let app = App::default();
    let rename = Rename { table: "auth_user".to_owned(), from: "nick".to_owned(), to: "alias".to_owned() };
    let backfill =
        Backfill { table: "auth_user".to_owned(), column: "logins".to_owned(), sql: "0".to_owned() };
    let steps = [
        ("pub nick: Option<String>,", None, None),
        ("pub nick: Option<String>, #[lucia(unique)] pub email: Option<String>,", None, None),
        ("pub alias: Option<String>, #[lucia(unique)] pub email: Option<String>,", Some(rename), None),
        (
            "#[lucia(index)] pub alias: Option<String>, pub logins: i32, pub email: Option<String>,",
            None,
            Some(backfill),
        ),
        ("pub logins: i64, pub alias: Option<String>,", None, None),
        ("#[lucia(default = now)] pub seen: NaiveDateTime, pub logins: i64,", None, None),
    ];
    let mut last = user("");
    let mut database = Sqlite::new(Runner::Harness);
    database.fresh(&sql::create(&last.schema(), Dialect::Sqlite), "");
    for (fields, rename, backfill) in steps {
        let next = user(fields);
        let (renames, backfills): (Vec<_>, Vec<_>) =
            (rename.into_iter().collect(), backfill.into_iter().collect());
        let migration =
            sql::migrate(&last.schema(), &next.schema(), &renames, &backfills, Dialect::Sqlite).unwrap();
        // It is one version over and over for Diesel's harness.
        database.execute("DROP TABLE IF EXISTS __diesel_schema_migrations").unwrap();
        database.up(&migration).unwrap();
        assert_eq!(difference(&app, &database, &next), NOTHING, "{fields}");
        assert_ne!(difference(&app, &database, &last), NOTHING, "{fields}");
        last = next;
    }
}

/// Which is why the struct is what a migration is made of, and not its `table!`.
#[test]
fn diesels_diff_sees_columns_and_their_types_and_neither_indexes_nor_defaults_nor_renames() {
    let app = App::default();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    let unique = user("#[lucia(unique)] pub name: String, #[lucia(default = 1)] pub level: i32,");
    let plain = user("pub name: String, pub level: i32,");
    database.fresh(&sql::create(&plain.schema(), Dialect::Sqlite), "");
    assert_eq!(difference(&app, &database, &unique), NOTHING);
    assert_eq!(
        difference(
            &app,
            &database,
            &user("#[lucia(renamed_from = \"name\")] pub nick: String, pub level: i64,")
        ),
        [
            "ALTER TABLE `auth_user` DROP COLUMN `name`",
            "ALTER TABLE `auth_user` DROP COLUMN `level`",
            "ALTER TABLE `auth_user` ADD COLUMN `nick` TEXT NOT NULL",
            "ALTER TABLE `auth_user` ADD COLUMN `level` BIGINT NOT NULL",
        ]
    );
}

/// Diesel looks for the name in SQL, in lower case, among the names in Rust.
#[test]
fn diesels_diff_does_not_find_a_table_whose_name_is_no_lower_case_name_in_rust_not_even_by_its_own_schema() {
    let app = App::default();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    for name in ["where", "Member"] {
        let user = read(&format!("#[lucia(user_table = \"{name}\")] pub struct User {{ pub id: UserId }}"));
        database.fresh(&sql::create(&user.schema(), Dialect::Sqlite), "");
        let lower = name.to_lowercase();
        let anew = [
            format!("DROP TABLE IF EXISTS `{lower}`"),
            format!("CREATE TABLE `{lower}`( `id` TEXT NOT NULL PRIMARY KEY )"),
        ];
        assert_eq!(difference(&app, &database, &user), anew);
        app.write(SCHEMA, &app.diesel(&database.path(), &["print-schema"]).unwrap());
        assert_eq!(app.difference(&database.path(), SCHEMA).unwrap(), anew);
    }
}

#[test]
fn with_the_lines_of_the_guide_the_diff_is_about_the_tables_of_the_app_and_without_them_it_drops_ours() {
    let schema = user("pub name: String").schema();
    let profile = rows::profile(&schema.tables[0], Dialect::Sqlite);
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    database.fresh(&(sql::create(&schema, Dialect::Sqlite) + &profile), "");
    let app = App::new(&guide::diesel_toml());
    app.write(SCHEMA, &app.diesel(&database.path(), &["print-schema"]).unwrap());
    assert_eq!(app.difference(&database.path(), SCHEMA).unwrap(), NOTHING);
    database.execute("ALTER TABLE profile ADD COLUMN motto TEXT").unwrap();
    assert_eq!(
        app.difference(&database.path(), SCHEMA).unwrap(),
        ["ALTER TABLE `profile` DROP COLUMN `motto`"]
    );
    app.write("diesel.toml", PLAIN);
    assert_eq!(
        app.difference(&database.path(), SCHEMA).unwrap(),
        [
            "DROP TABLE IF EXISTS `auth_key`",
            "DROP TABLE IF EXISTS `auth_session`",
            "DROP TABLE IF EXISTS `auth_user`",
            "ALTER TABLE `profile` DROP COLUMN `motto`",
        ]
    );
}
