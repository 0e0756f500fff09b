//! What `lucia::migrations!` includes.

use lucia_schema::sql::sqlite;

use super::{App, user_with};
use crate::Database;

#[test]
fn all_migrations_in_the_order_of_their_versions() {
    let app = App::in_step(&user_with(""));
    app.write("migrations/2026-02-01-000000_posts/up.sql", "CREATE TABLE \"posts\" (\n  \\ 'é'\n);");
    app.write("migrations/0_before/up.sql", "SELECT 1;");
    app.build().assert_in_step();
    let text = app.output("lucia_migrations.rs");
    let expression: syn::ExprMethodCall = syn::parse_str(&text).unwrap();
    assert_eq!(expression.method, "sqlite");
    let entries: Vec<&str> = text.lines().filter(|line| line.contains("::EmbeddedMigration::new(")).collect();
    assert_eq!(entries.len(), 3);
    assert!(
        entries[0].contains("::lucia::diesel::EmbeddedMigration::new(\"0\", \"0_before\", \"SELECT 1;\")")
    );
    assert!(
        entries[1].contains(
            "\"202601010000000000\", \"2026-01-01-000000-0000_lucia_create_auth_user\", \"-- Written"
        )
    );
    assert!(entries[2].contains(r#""CREATE TABLE \"posts\" (\n  \\ 'é'\n);""#), "{}", entries[2]);
}

#[test]
fn a_file_that_stays_the_same_is_not_touched() {
    let app = App::in_step(&user_with(""));
    let modified = || std::fs::metadata(app.out.join("lucia_migrations.rs")).unwrap().modified().unwrap();
    let before = modified();
    std::thread::sleep(std::time::Duration::from_millis(20));
    app.build();
    assert_eq!(modified(), before);
}

#[test]
fn the_crate_may_be_elsewhere() {
    let app =
        App::in_step(&user_with("").replace("pub struct", "#[lucia(crate = crate::auth::lucia)] pub struct"));
    let path = "crate::auth::lucia::diesel::EmbeddedMigration";
    assert!(app.output("lucia_migrations.rs").contains(path));
}

#[test]
fn every_database_that_is_named_has_its_own() {
    let mut app = App::in_step(&user_with(""));
    assert!(!app.output("lucia_migrations.rs").contains(".postgres("));
    app.user = app.user.migrations("db");
    app.databases = vec![Database::Sqlite, Database::Postgres];
    app.ordered("write").env("LUCIA_SCHEMA_AUTH_USER").unwrap();
    let text = app.output("lucia_migrations.rs");
    let (sqlite, postgres) = text.split_once(".postgres(").unwrap();
    assert!(sqlite.contains(".sqlite(") && sqlite.contains("CREATE TABLE `auth_user`"), "{sqlite}");
    assert!(postgres.contains("CREATE TABLE \\\"auth_user\\\""), "{postgres}");
}

#[test]
fn a_migration_without_a_transaction_is_refused_where_it_is_used() {
    let app = App::in_step(&user_with(""));
    let metadata = "migrations/2026-02-01-000000_index/metadata.toml";
    app.write("migrations/2026-02-01-000000_index/up.sql", "SELECT 1;");
    for on in ["run_in_transaction = true", "# why\nrun_in_transaction=true # yes\n"] {
        app.write(metadata, on);
        app.build().assert_in_step();
        assert!(app.output("lucia_migrations.rs").contains("const MIGRATIONS"));
    }
    for off in ["run_in_transaction = false", "", "# run_in_transaction = true"] {
        app.write(metadata, off);
        // Diesel's command line can run it, so that a build that does not embed it goes on.
        app.build().assert_in_step();
        let text = app.output("lucia_migrations.rs");
        assert!(
            text.contains("::core::compile_error!(\"`migrations/2026-02-01-000000_index/metadata.toml`"),
            "{text}"
        );
    }
}

#[test]
fn a_rebuild_leaves_its_transaction_to_the_program() {
    let app = App::in_step(&user_with(""));
    let name = "migrations/2026-02-01-000000_rebuild";
    let (opens, closes) = (sqlite::REBUILD_OPENS, sqlite::REBUILD_CLOSES);
    app.write(&format!("{name}/metadata.toml"), "run_in_transaction = false\n");
    app.write(&format!("{name}/up.sql"), &format!("-- Why.\n{opens}SELECT 1;\n{closes}"));
    app.build().assert_in_step();
    let text = app.output("lucia_migrations.rs");
    assert!(text.contains(r#""-- Why.\nSELECT 1;\n").without_foreign_keys(),"#), "{text}");

    // What comes after it would be in no transaction.
    app.write(&format!("{name}/up.sql"), &format!("{opens}SELECT 1;\n{closes}SELECT 2;\n"));
    app.build().assert_in_step();
    assert!(app.output("lucia_migrations.rs").contains("::core::compile_error!"));
}
