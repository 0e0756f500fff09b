//! Which struct is meant.

use crate::package::{Package, user};

const STAFF: &str = "#[derive(LuciaUser)]
#[lucia(user_table = \"staff\", session_table = \"staff_session\", key_table = \"staff_key\")]
pub struct Staff { pub id: UserId }
";

/// What `check` says when all is well: that there is no migration yet.
#[track_caller]
fn assert_finds(package: &Package, arguments: &[&str], found: &str) {
    let run = package.run(&[&["migrate", "check"], arguments].concat());
    run.assert(1);
    assert!(run.out.starts_with(&format!("The struct {found} has no migration in ")), "{run:#?}");
}

#[test]
fn a_build_script_names_file_struct_folder_and_databases() {
    let package = Package::new(&user(""));
    package.write("src/people.rs", &format!("{}{STAFF}", user("")));
    for (script, found) in [
        ("fn main() { lucia_build::user(\"src/user.rs\").sqlite() }", "`User` in `src/user.rs`"),
        (
            "use lucia_build::{Database, user};\nfn main() {\n    println!(\"cargo::rerun-if-changed=x\");\n    \
             user(\"src/people.rs\").named(\"Staff\").migrations(\"db\").databases(&[Database::Postgres]);\n}",
            "`Staff` in `src/people.rs`",
        ),
        (
            "fn main() { if true { { lucia_build::user(\"src/user.rs\").databases(lucia_build::Database::ALL) } } }",
            "`User` in `src/user.rs`",
        ),
    ] {
        package.write("build.rs", script);
        assert_finds(&package, &[], found);
    }
    package.write("build.rs", "fn main() { lucia_build::user(\"src/user.rs\").migrations(\"db\").mysql() }");
    package.run(&["migrate", "make"]).assert(0);
    let first = package.list("db").pop().unwrap();
    assert!(package.read(&format!("db/{first}/up.sql")).contains("ENGINE=InnoDB"));
}

#[test]
fn a_build_script_that_only_a_program_understands_is_told() {
    let package = Package::new(&user(""));
    for script in [
        "fn main() { lucia_build::user(file()).sqlite() }",
        "fn main() { for name in [\"A\", \"B\"] { lucia_build::user(\"src/user.rs\").named(name).sqlite() } }",
        "fn main() { lucia_build::user(\"src/user.rs\").databases(all()) }",
    ] {
        package.write("build.rs", script);
        let run = package.run(&["migrate", "check"]);
        assert!(
            run.error().starts_with(
                "`build.rs` calls `lucia_build::user` with something that is only known when it runs; "
            ),
            "{run:?}"
        );
    }
    package.write("build.rs", "fn main() {");
    let run = package.run(&["migrate", "check"]);
    assert!(run.error().starts_with("`build.rs` cannot be read: "), "{run:?}");
}

#[test]
fn without_a_build_script_the_only_struct_is_meant_and_the_database_is_said() {
    let package = Package::without_build_script(&user(""));
    package.write("src/deep/er.rs", "pub fn nothing() {}");
    let run = package.run(&["migrate", "check"]);
    assert_eq!(
        run.error(),
        "nothing says which database the migrations of `src/user.rs` are for; add a `build.rs` with \
         `lucia_build::user(\"src/user.rs\").sqlite()`, or say `--database sqlite`, `--database postgres` or `--database mysql`"
    );
    assert_finds(&package, &["--database", "postgres"], "`User` in `src/user.rs`");
    // A build script that is about something else is none.
    package.write("build.rs", "fn main() { println!(\"cargo::rerun-if-changed=x\"); }");
    package.run(&["migrate", "make", "--database", "sqlite", "--database", "postgres"]).assert(0);
    assert_eq!(package.list("migrations"), ["postgres", "sqlite"]);
}

#[test]
fn databases_are_for_the_build_script_to_name() {
    let package = Package::new(&user(""));
    let run = package.run(&["migrate", "make", "--database", "mysql"]);
    assert_eq!(
        run.error(),
        "the build script names the databases that migrations are for, `sqlite`; leave `--database` out, or change it there"
    );
    assert_finds(&package, &["--database", "sqlite"], "`User` in `src/user.rs`");
}

#[test]
fn several_structs_are_told_apart_by_file_and_name() {
    let both = "fn main() { lucia_build::user(\"src/user.rs\").sqlite(); lucia_build::user(\"src/staff.rs\").named(\"Staff\").sqlite(); }";
    let package = Package::new(&user(""));
    package.write("src/staff.rs", STAFF);
    package.write("build.rs", both);
    let asked = package.run(&["migrate", "check"]);
    assert_eq!(
        asked.error(),
        "there are several user structs; say which is meant: `--user src/user.rs` or `--user src/staff.rs:Staff`"
    );
    assert_finds(&package, &["--user", "src/user.rs"], "`User` in `src/user.rs`");
    for name in ["src/staff.rs:Staff", "src/staff.rs"] {
        assert_finds(&package, &["--user", name], "`Staff` in `src/staff.rs`");
    }
    let other = package.run(&["migrate", "check", "--user", "src/staff.rs:Boss"]);
    assert!(
        other.error().starts_with("`--user src/staff.rs:Boss` names none of the user structs here; "),
        "{other:?}"
    );

    package.remove("build.rs");
    let asked = package.run(&["migrate", "check", "--database", "sqlite"]);
    assert!(asked.error().ends_with("`--user src/staff.rs:Staff` or `--user src/user.rs:User`"), "{asked:?}");
    assert_finds(&package, &["--user", "src/staff.rs", "--database", "sqlite"], "`Staff` in `src/staff.rs`");
}

#[test]
fn no_struct_is_told() {
    let package = Package::without_build_script("struct User;");
    let run = package.run(&["migrate", "check"]);
    assert!(
        run.error().starts_with("no struct in the source of `app` has `LuciaUser` in its `#[derive(..)]`"),
        "{run:?}"
    );
    let package = Package::new("struct User;");
    let run = package.run(&["migrate", "check"]);
    assert!(run.error().starts_with("no struct in `src/user.rs` has `LuciaUser`"), "{run:?}");
}

#[test]
fn a_struct_with_mistakes_is_no_struct_to_go_by() {
    let package = Package::new(&user("pub age: u128,"));
    let run = package.run(&["migrate", "make"]);
    let error = run.error();
    assert!(
        error.starts_with("the user struct in `src/user.rs` has mistakes: ") && error.contains("u128"),
        "{error}"
    );
    package.write("src/user.rs", "struct User {");
    let run = package.run(&["migrate", "make"]);
    assert!(run.error().starts_with("`src/user.rs` cannot be read as Rust: "), "{run:?}");
    assert!(package.list("migrations").is_empty());
}

#[test]
fn the_package_is_that_of_the_folder_of_the_manifest_or_of_the_name() {
    let package = Package::new("");
    package.write("Cargo.toml", "[workspace]\nmembers = [\"one\", \"two\", \"three\"]\nresolver = \"3\"\n");
    for name in ["one", "two", "three"] {
        package.write(
            &format!("{name}/Cargo.toml"),
            &format!("[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n"),
        );
        package.write(&format!("{name}/src/lib.rs"), "");
    }
    package.write("one/src/user.rs", &user(""));
    let check = ["migrate", "check", "--database", "sqlite"];
    assert_finds(&package, &check[2..], "`User` in `src/user.rs`");
    package.write("two/src/person.rs", &user("").replace("User {", "Person {"));
    let run = package.run(&check);
    assert_eq!(
        run.error(),
        "several packages of this workspace have a user struct: `one`, `two`; say which is meant: `-p one` or `-p two`"
    );
    assert_finds(&package, &["--database", "sqlite", "-p", "two"], "`Person` in `src/person.rs`");
    let manifest = package.path("two/Cargo.toml");
    let manifest = manifest.to_str().unwrap();
    assert_finds(
        &package,
        &["--database", "sqlite", "--manifest-path", manifest],
        "`Person` in `src/person.rs`",
    );
    let inside = package.run_in("one/src", &check, &[]);
    inside.assert(1);
    assert!(inside.out.contains("`User` in `src/user.rs`"), "{inside:?}");

    let run = package.run(&["migrate", "check", "-p", "four"]);
    assert_eq!(
        run.error(),
        "no package of this workspace is called `four`; these are in it: `one`, `two`, `three`"
    );
    let run = package.run(&["migrate", "check", "-p", "three"]);
    assert!(run.error().starts_with("no struct in the source of `three` has"), "{run:?}");
}

#[test]
fn outside_of_a_package_cargo_says_so() {
    let package = Package::new("");
    package.remove("Cargo.toml");
    let run = package.run(&["migrate", "check"]);
    run.assert(2);
    assert!(
        run.err.starts_with("error: cargo does not tell which package this is: could not find `Cargo.toml`"),
        "{run:?}"
    );
}
