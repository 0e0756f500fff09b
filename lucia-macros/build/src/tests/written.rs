//! Writing into the source, when asked.

use super::{App, user_with};
use crate::Database;
use crate::package::Package;

const FIRST: &str = "migrations/2026-01-01-000000-0000_lucia_create_auth_user";

#[test]
fn the_first_migration() {
    let app = App::new(&user_with(""));
    let said = app.ordered("write");
    assert!(said.errors().is_empty() && said.drift().is_none(), "{said:?}");
    assert_eq!(
        said.warnings(),
        [format!("wrote the migration `{FIRST}`; look at it, and commit it with the struct")]
    );
    assert_eq!(app.list("migrations").len(), 1, "nothing hidden is left");
    assert_eq!(app.list(FIRST), ["down.sql", "lucia.json", "up.sql"]);
    let up = app.read(&format!("{FIRST}/up.sql"));
    assert!(up.starts_with("-- Written by lucia 0.1 from the struct `User`: the tables"), "{up}");
    assert!(up.contains("\nCREATE TABLE `auth_user` (\n"), "{up}");
    assert!(app.read(&format!("{FIRST}/down.sql")).contains("\nDROP TABLE `auth_key`;\n"));
    assert!(app.output("lucia_migrations.rs").contains(&up.lines().next().unwrap().replace('"', "\\\"")));
    app.build().assert_in_step();
    app.ordered("write").assert_in_step();
    assert_eq!(app.list("migrations").len(), 1);
}

#[test]
fn it_comes_after_what_is_there() {
    let app = App::new(&user_with(""));
    app.write("migrations/2030-01-01-000000_posts/up.sql", "SELECT 1;");
    app.ordered("write");
    assert_eq!(
        app.list("migrations"),
        ["2030-01-01-000000-0000_lucia_create_auth_user", "2030-01-01-000000_posts"]
    );
    let text = app.output("lucia_migrations.rs");
    assert!(text.find("2030-01-01-000000_posts").unwrap() < text.find("lucia_create").unwrap());
}

#[test]
fn several_databases_have_a_folder_each_and_one_date() {
    let mut app = App::new(&user_with(""));
    app.databases = Database::ALL.to_vec();
    app.write("migrations/mysql/2030-01-01-000000_posts/up.sql", "SELECT 1;");
    app.ordered("write");
    app.build().assert_in_step();
    assert_eq!(app.list("migrations"), ["mysql", "postgres", "sqlite"]);
    for database in ["mysql", "postgres", "sqlite"] {
        let name = format!("migrations/{database}/2030-01-01-000000-0000_lucia_create_auth_user");
        assert_eq!(app.list(&name).len(), 3, "{name}");
    }
}

#[test]
fn a_change_by_hand_gets_its_snapshot() {
    let app = App::in_step(&user_with(""));
    app.ordered("snapshot").assert_in_step();
    app.write("src/user.rs", &user_with("pub phone: Option<String>,"));
    let said = app.ordered("snapshot");
    assert!(
        said.error()
            .starts_with("the newest migration in `migrations`, `2026-01-01-000000-0000_lucia_create_")
    );

    let hand = "migrations/2026-02-01-000000_phone";
    app.write(&format!("{hand}/up.sql"), "ALTER TABLE `auth_user` ADD COLUMN `phone` TEXT;");
    assert!(app.build().drift().is_some());
    let said = app.ordered("snapshot");
    assert_eq!(
        said.warnings(),
        [format!(
            "wrote `lucia.json` into the migration `{hand}`; look at it, and commit it with the struct"
        )]
    );
    app.build().assert_in_step();
    let snapshot = app.snapshot(hand);
    assert!(snapshot.schema.tables[0].column("phone").is_some());
    assert_eq!(snapshot.parent, Some(app.snapshot(FIRST).id()));
    assert_eq!((snapshot.down, snapshot.decisions), (None, vec![]));
}

#[test]
fn a_snapshot_needs_a_first_migration() {
    let app = App::new(&user_with(""));
    app.write("migrations/2026-02-01-000000_posts/up.sql", "SELECT 1;");
    let said = app.ordered("snapshot");
    assert!(said.error().contains("run `LUCIA_MIGRATIONS=write cargo build`"), "{said:?}");
}

#[test]
fn the_source_of_others_is_left_alone() {
    let source = user_with("");
    let home = |app: &App| Package { cargo_home: Some(app.dir.path().to_owned()), ..app.package.clone() };

    let mut app = App::new(&source);
    app.package.root = app.dir.path().join("registry/src/app-1.0.0");
    app.write("src/user.rs", &source);
    app.package = home(&app);
    assert!(
        app.ordered("write")
            .error()
            .contains("it is a dependency that cargo has downloaded; unset `LUCIA_MIGRATIONS`")
    );

    let app = App::new(&source);
    app.write(".cargo-checksum.json", "{}");
    assert!(app.ordered("write").error().contains("it is a vendored dependency"));

    let app = App::new(&source);
    app.write("Cargo.toml.orig", "");
    assert!(app.ordered("write").error().contains("it is the copy that `cargo package` makes"));

    let mut app = App::new(&source);
    app.package.root = app.dir.path().join("target/package/app-1.0.0");
    app.write("src/user.rs", &source);
    assert!(app.ordered("write").error().contains("it is the copy that `cargo package` makes"));
    assert!(app.list("migrations").is_empty());
    // Comparing is as good there as elsewhere.
    assert!(app.build().errors().is_empty());
}

#[test]
fn a_folder_that_cannot_be_written() {
    let app = App::new(&user_with(""));
    // A file in the place of a directory is in the way of everybody, whatever the rights of who tests.
    app.write(&FIRST.replace('/', "/."), "");
    let said = app.ordered("write");
    assert!(said.error().starts_with(&format!("`{FIRST}` cannot be written: ")), "{said:?}");
    assert!(said.error().ends_with("; build where the source may be changed"), "{said:?}");
}

#[test]
fn a_date_that_is_none() {
    let mut app = App::new(&user_with(""));
    app.package.date = Some("today".into());
    assert!(app.ordered("write").error().contains("`SOURCE_DATE_EPOCH` is `today`"));
    app.package.date = None;
    assert_eq!(app.ordered("write").errors(), Vec::<&str>::new());
    assert!(app.list("migrations")[0].as_str() > "2026");
}
