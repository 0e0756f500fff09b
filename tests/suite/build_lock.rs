//! A struct that compiles by the lock file beside its migrations, in an app whose build script says nothing of them: real builds.

use std::fs;

use crate::build_project::Project;
use crate::build_walk::MANIFEST;

const STEP: &str = "fn main() {\n    lucia_build::user(\"src/user.rs\").migrations(\"db\").sqlite();\n}\n";
const NO_STEP: &str = "fn main() {}\n";
const MAIN: &str = "#![allow(dead_code)]\nmod user;\n\nfn main() {}\n";

const USER: &str = "use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug, LuciaUser)]
#[lucia(migrations = \"db\")]
pub struct User {
    pub id: UserId,
    pub email: Option<String>,
}
";

const OUT_OF_STEP: &str = "error[E0080]: evaluation panicked: the struct `User` is not what its migrations lead to, as `db/lucia.lock` has \
                           it; run `cargo lucia migrate make`, which tells what has changed and writes the next migration";

#[test]
fn without_a_build_step_the_lock_file_says_whether_a_struct_is_in_step() {
    let app = Project::new("locked", MANIFEST, NO_STEP);
    app.write("src/main.rs", MAIN);
    app.write("src/user.rs", USER);

    // Nothing is there yet: one error, at the folder, with the command.
    let build = app.build(&[], "");
    assert_eq!(
        build.only_error(),
        "error: `db/lucia.lock` is not there, which says what the newest migration leads to; run `cargo lucia migrate make`, with \
         `--database sqlite`, `postgres` or `mysql`, which writes it, and the first migration if there is none"
    );
    assert!(build.text.contains("--> src/user.rs:4:22\n"), "{}", build.text);

    // With a build step it is that which speaks, and once.
    app.write("build.rs", STEP);
    assert!(app.build(&[], "").only_error().contains("there is no migration for the struct `User`"));
    app.build(&[], "write").assert_succeeds();
    app.build(&[], "").assert_silent();

    app.write("build.rs", NO_STEP);
    app.build(&[], "").assert_silent();
    let (lock, changed) = (app.read("db/lucia.lock"), USER.replace("Option<String>", "String"));
    app.write("src/user.rs", &changed);
    let build = app.build(&[], "");
    assert_eq!(build.only_error(), OUT_OF_STEP);
    assert!(build.text.contains("--> src/user.rs:5:12\n"), "{}", build.text);

    // The file alone changes, and the struct is compiled again.
    app.write("src/user.rs", USER);
    app.build(&[], "").assert_silent();
    app.write("db/lucia.lock", &lock.replace("auth_user ", "auth_user 0"));
    assert_eq!(app.build(&[], "").only_error(), OUT_OF_STEP);
    app.write("db/lucia.lock", &lock.replace('\n', "\r\n"));
    app.build(&[], "").assert_silent();
    fs::remove_file(app.path("db/lucia.lock")).unwrap();
    assert!(app.build(&[], "").only_error().starts_with("error: `db/lucia.lock` is not there"));
}
