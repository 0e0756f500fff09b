//! An app without a build script, whose struct asks for a lock file.

use crate::package::{Package, user};

fn locked(fields: &str) -> String {
    format!("#[lucia(migrations = \"db\")]\n{}", user(fields))
}

#[test]
fn the_struct_names_the_folder_and_the_lock_file_goes_with_its_migrations() {
    let package = Package::without_build_script(&locked(""));
    let make = package.run(&["migrate", "make", "--database", "sqlite"]);
    make.assert(0);
    assert!(
        make.out.ends_with("\nWrote `db/lucia.lock`\nLook at them, and commit them with the struct.\n"),
        "{}",
        make.out
    );
    let check = ["migrate", "check", "--database", "sqlite"];
    package.run(&check).assert(0);

    package.write("src/user.rs", &locked("pub age: Option<i32>,"));
    let before = package.read("db/lucia.lock");
    let dry = package.run(&["migrate", "make", "--database", "sqlite", "--dry-run"]);
    dry.assert(0);
    assert!(dry.out.contains("== db/lucia.lock\n# What the migrations here lead to."), "{}", dry.out);
    assert_eq!(package.read("db/lucia.lock"), before);
    let written = package.json(&["migrate", "make", "--database", "sqlite"], 0);
    assert_eq!(written["lock"], "db/lucia.lock");
    assert_ne!(package.read("db/lucia.lock"), before);
}

#[test]
fn one_that_is_not_of_these_migrations_is_told_and_written_again() {
    let package = Package::without_build_script(&locked(""));
    let (make, check) =
        (["migrate", "make", "--database", "sqlite"], ["migrate", "check", "--database", "sqlite"]);
    package.run(&make).assert(0);
    let right = package.read("db/lucia.lock");
    package.remove("db/lucia.lock");
    let run = package.run(&check);
    run.assert(1);
    assert_eq!(
        run.out,
        "The struct `User` in `src/user.rs` is in step with its migrations in `db`, and `db/lucia.lock` does not say so.\n\
         Run `cargo lucia migrate make`, which writes it.\n"
    );
    assert_eq!(package.json(&check, 1)["lock"], "db/lucia.lock");
    let run = package.run(&make);
    run.assert(0);
    assert_eq!(run.out, "Wrote `db/lucia.lock`\nLook at it, and commit it with the struct.\n");
    assert_eq!(package.read("db/lucia.lock"), right);
    package.run(&check).assert(0);
}
