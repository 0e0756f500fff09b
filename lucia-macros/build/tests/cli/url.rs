//! Where the database is, and which one it is of.

use crate::package::{Package, user};

/// Commands that use a database.
const COMMANDS: [&[&str]; 5] = [
    &["migrate", "status"],
    &["migrate", "run"],
    &["migrate", "revert"],
    &["migrate", "baseline"],
    &["audit"],
];

#[test]
fn a_database_is_named_by_the_flag_or_by_the_environment() {
    let package = Package::in_step(&user(""));
    for command in COMMANDS {
        for variables in [&[] as &[_], &[("DATABASE_URL", "")]] {
            let run = package.run_in("", command, variables);
            let says = "nothing says where the database is; pass `--database-url`, ";
            assert!(run.error().starts_with(says), "{run:?}");
        }
    }
}

#[test]
#[cfg(feature = "sqlite")]
fn the_flag_goes_before_the_environment() {
    let package = Package::in_step(&user(""));
    let variables = [("DATABASE_URL", "by-variable.db")];
    package.run_in("", &["migrate", "run"], &variables).assert(0);
    assert!(package.path("by-variable.db").exists());
    package.run_in("", &["migrate", "run", "--database-url", "sqlite://by-flag.db"], &variables).assert(0);
    assert!(package.path("by-flag.db").exists());
    let status =
        package.run_in("", &["migrate", "status", "--database-url", "file:by-flag.db?cache=private"], &[]);
    status.assert(0);
    assert!(status.out.starts_with("The database `file:by-flag.db` and "), "{}", status.out);
}

#[test]
fn a_database_without_migrations_is_told() {
    let package = Package::in_step(&user(""));
    for command in COMMANDS {
        let run = package.run(&[command, &["--database-url", "mysql://localhost/app"]].concat());
        assert_eq!(
            run.error(),
            "the URL is that of a database of `mysql`, and the migrations are for `sqlite`; name another database, or add this one in `build.rs`"
        );
    }
}

/// A package with migrations for this database.
fn of(database: &str) -> Package {
    let package = Package::new(&user(""));
    package.write("build.rs", &format!("fn main() {{ lucia_build::user(\"src/user.rs\").{database}() }}"));
    package.run(&["migrate", "make"]).assert(0);
    package
}

#[test]
#[cfg(not(feature = "mysql"))]
fn a_database_whose_feature_is_off_says_what_to_install() {
    let package = of("mysql");
    for command in COMMANDS {
        let run = package.run(&[command, &["--database-url", "mysql://ada:s3cret@localhost/app"]].concat());
        assert_eq!(
            run.error(),
            "this `cargo lucia` was installed without what it takes to speak to MySQL and MariaDB; run \
             `cargo install lucia-build --features cli,mysql`"
        );
    }
}

#[test]
fn a_password_is_not_printed() {
    for (database, scheme) in [("mysql", "mysql"), ("postgres", "postgres"), ("postgres", "postgresql")] {
        let package = of(database);
        // Nobody listens there.
        let url = format!("{scheme}://ada:s3cret@127.0.0.1:1/app?password=s3cret");
        for command in COMMANDS {
            for more in [&["--database-url", &url] as &[&str], &["--json", "--database-url", &url]] {
                let run = package.run(&[command, more].concat());
                assert_eq!(run.code, 2, "{run:?}");
                assert!(!run.out.contains("s3cret") && !run.err.contains("s3cret"), "{run:?}");
            }
        }
    }
}

#[test]
#[cfg(feature = "sqlite")]
fn a_database_in_memory_is_none() {
    let package = Package::in_step(&user(""));
    for url in [":memory:", "file:app?mode=memory"] {
        let run = package.run(&["migrate", "run", "--database-url", url]);
        assert!(
            run.error().contains("is a database in memory, which is gone when the command ends"),
            "{run:?}"
        );
    }
}

#[test]
#[cfg(feature = "sqlite")]
fn a_file_that_is_no_database_is_told() {
    let package = Package::in_step(&user(""));
    package.write(
        "notes.txt",
        "not a database, but a text that is long enough to be taken for one by its length",
    );
    let run = package.run(&["migrate", "status", "--database-url", "notes.txt"]);
    assert!(
        run.error().starts_with("the database `notes.txt` does not answer: file is not a database; "),
        "{run:?}"
    );
}
