//! `schema`, in each of its formats.

use crate::package::{Package, user};

const FIELDS: &str = "    #[lucia(unique(nocase))]
    pub mail: Option<String>,
    #[lucia(default = 0)]
    pub logins: i32,
    pub tenant: i64,
    #[lucia(index)]
    pub born: Option<NaiveDate>,
";

fn package() -> Package {
    Package::new(&user(FIELDS).replace("pub struct", "#[lucia(unique(tenant, logins))]\npub struct"))
}

#[test]
fn as_text() {
    let run = package().run(&["schema"]);
    run.assert(0);
    insta::assert_snapshot!(run.out);
}

#[test]
fn as_a_diagram() {
    let run = package().run(&["schema", "--format", "mermaid"]);
    run.assert(0);
    insta::assert_snapshot!(run.out);
}

#[test]
fn as_a_picture() {
    let run = package().run(&["schema", "--format", "svg"]);
    run.assert(0);
    insta::assert_snapshot!(run.out);
    // Nothing in it comes from elsewhere.
    assert_eq!(run.out.matches("http").count(), 1, "but for the name of the format");
}

#[test]
fn as_sql_of_the_databases_of_the_app_or_of_any() {
    let package = package();
    let sqlite = package.run(&["schema", "--format", "sql"]);
    sqlite.assert(0);
    assert!(sqlite.out.starts_with("CREATE TABLE `auth_user` (\n"), "{}", sqlite.out);
    let mysql = package.run(&["schema", "--format", "sql", "--database", "mysql"]);
    assert!(mysql.out.contains("ENGINE=InnoDB"), "{}", mysql.out);
    package.run(&["migrate", "make"]).assert(0);
    let first = package.list("migrations").pop().unwrap();
    assert!(package.read(&format!("migrations/{first}/up.sql")).ends_with(&sqlite.out));

    package.write(
        "build.rs",
        "fn main() { lucia_build::user(\"src/user.rs\").databases([lucia_build::Database::Postgres, lucia_build::Database::Sqlite]) }",
    );
    let both = package.run(&["schema", "--format", "sql"]);
    assert!(both.out.starts_with("-- sqlite\nCREATE TABLE `auth_user`"), "{}", both.out);
    assert!(both.out.contains("\n\n-- postgres\nCREATE TABLE \"auth_user\""), "{}", both.out);
}

#[test]
fn sql_needs_a_database_and_the_others_do_not() {
    let package = Package::without_build_script(&user(FIELDS));
    package.run(&["schema"]).assert(0);
    package.run(&["schema", "--format", "svg"]).assert(0);
    let run = package.run(&["schema", "--format", "sql"]);
    assert!(run.error().starts_with("nothing says which database"), "{run:?}");
    package.run(&["schema", "--format", "sql", "--database", "sqlite"]).assert(0);
}

#[test]
fn a_column_without_a_type_there_is_told() {
    let package =
        Package::new(&user("#[lucia(sql_type = Inet, postgres = \"INET\")] pub address: IpNetwork,"));
    let run = package.run(&["schema", "--format", "sql"]);
    assert!(run.error().contains("has a `sql_type` and no column type for sqlite"), "{run:?}");
    package.run(&["schema", "--format", "sql", "--database", "postgres"]).assert(0);
    let text = package.run(&["schema"]);
    text.assert(0);
    assert!(text.out.contains("`INET` on postgres"), "{}", text.out);
}
