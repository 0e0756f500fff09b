//! Finding the struct.

use super::{App, user_with};

#[track_caller]
fn error_of(source: &str, name: Option<&str>) -> String {
    let mut app = App::new(source);
    if let Some(name) = name {
        app.user = app.user.named(name);
    }
    app.build().error().to_owned()
}

#[test]
fn wherever_it_is_and_however_the_derive_is_spelt() {
    for source in [
        "use lucia::LuciaUser; #[derive(Debug, LuciaUser, Clone)] struct User { id: UserId }",
        "#[derive(lucia::LuciaUser)] struct User { id: UserId }",
        "#[derive(Debug)] #[derive(::lucia::LuciaUser)] struct User { id: UserId }",
        "mod a { mod b { #[derive(LuciaUser)] struct User { id: UserId } } } mod c;",
        "#!/usr/bin/env x\n//! Docs.\n#[derive(LuciaUser)] struct User { id: UserId } #[derive(Debug)] struct Post; fn f() {}",
    ] {
        let said = App::new(source).build();
        assert!(
            said.drift().is_some_and(|drift| drift.starts_with("there is no migration")),
            "{source}: {said:?}"
        );
    }
}

#[test]
fn a_file_that_is_not_there() {
    let mut app = App::new("");
    app.user = crate::user("src/usr.rs");
    let said = app.build();
    assert!(
        said.error().starts_with("the file of the user struct, `src/usr.rs`, cannot be read: "),
        "{said:?}"
    );
    assert!(
        said.error()
            .ends_with("; name the right one in `build.rs`, as it is called from the folder of `Cargo.toml`")
    );
}

#[test]
fn no_struct() {
    for source in ["", "struct User;", "#[cfg_attr(all(), derive(LuciaUser))] struct User { id: UserId }"] {
        assert_eq!(
            error_of(source, None),
            "no struct in `src/user.rs` has `LuciaUser` in its `#[derive(..)]`; name the file of your user struct in `build.rs`, \
             and write the `derive` there as it is, not by a macro or `cfg_attr`"
        );
    }
}

#[test]
fn several_structs() {
    let two = "#[derive(LuciaUser)] struct Member { id: UserId } mod m { #[derive(LuciaUser)] struct Staff { id: UserId } }";
    assert_eq!(
        error_of(two, None),
        "several structs in `src/user.rs` derive `LuciaUser`: `Member`, `Staff`; say in `build.rs` which is meant, for \
         example `.named(\"Member\")`"
    );
    assert_eq!(
        error_of(two, Some("User")),
        "`User` in `src/user.rs` does not derive `LuciaUser`, and these do: `Member`, `Staff`; name one of them in \
         `build.rs`, for example `.named(\"Member\")`"
    );
    let same = two.replace("Staff", "Member");
    assert!(error_of(&same, Some("Member")).starts_with("several structs called `Member` in"));
}

#[test]
fn mistakes_in_the_struct_are_for_the_derive_to_tell() {
    for source in [
        &user_with("pub x: Foo,"),
        "#[derive(LuciaUser)] enum User { A }",
        "#[derive(LuciaUser)] struct User(i32);",
    ] {
        let app = App::new(source);
        for said in [app.build(), app.ordered("write")] {
            assert_eq!((said.errors(), said.warnings(), said.drift()), (vec![], vec![], None));
            assert_eq!(said.env("LUCIA_SCHEMA_AUTH_USER"), None);
        }
        assert!(app.list("migrations").is_empty());
        assert!(app.output("lucia_migrations.rs").contains("const MIGRATIONS"));
    }
}

#[test]
fn text_that_is_not_rust_is_for_the_compiler_to_tell() {
    let app = App::in_step(&user_with(""));
    app.write("src/user.rs", "struct User {");
    let said = app.build();
    assert!(said.errors().is_empty());
    assert!(
        said.warnings()[0].starts_with(
            "`src/user.rs` is not compared with its migrations, since it cannot be read as Rust"
        )
    );
    assert!(app.output("lucia_migrations.rs").contains("CREATE TABLE"));
}

#[test]
fn a_database_that_an_attribute_has_no_column_type_for() {
    let mut app =
        App::new(&user_with("#[lucia(sql_type = Inet, postgres = \"INET\")] pub address: IpNetwork,"));
    assert_eq!(
        app.build().error(),
        "the attribute with the column `address` in `src/user.rs` has a `sql_type` and no column type for sqlite, which \
         `build.rs` names; write `sqlite = \"..\"` beside its `sql_type`, or do not name that database"
    );
    app.databases = vec![crate::Database::Postgres];
    app.ordered("write");
    app.build().assert_in_step();
    let folder = app.list("migrations").remove(0);
    assert!(app.read(&format!("migrations/{folder}/up.sql")).contains("\"address\" INET NOT NULL"));
}
