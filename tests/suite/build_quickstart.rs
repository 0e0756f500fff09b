//! The quickstart gets an attribute while it has accounts: what its author is told, does, and has in the end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use tempfile::TempDir;

use crate::build_project::{Build, workspace};
use crate::web_client::{PASSWORD, Server};

/// A copy of the quickstart that may be changed. It shares with the others what it depends on, built once.
struct Copy {
    root: TempDir,
    target: PathBuf,
}

const NAME: &str = "quickstart_with_phone";

impl Copy {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        let from = workspace();
        copy(&from.join("examples/quickstart"), &root.path().join("examples/quickstart"));
        copy(&from.join("migrations"), &root.path().join("migrations"));
        // What is built in the same way need not be built again.
        copy(&from.join(".cargo"), &root.path().join(".cargo"));
        fs::copy(from.join("Cargo.lock"), root.path().join("Cargo.lock")).unwrap();
        let manifest = fs::read_to_string(from.join("Cargo.toml")).unwrap();
        let (start, rest) = manifest.split_once("members = [").unwrap();
        let after = rest.split_once("[workspace.package]").unwrap().1;
        let paths = after.replace("path = \"lucia", &format!("path = \"{}/lucia", from.display()));
        let mut manifest =
            format!("{start}members = [\"examples/quickstart\"]\n\n[workspace.package]{paths}");
        // Cargo warns about what the quickstart does not use.
        for unused in ["scrypt", "salsa20", "pbkdf2", "hmac"] {
            manifest = manifest.replace(&format!("[profile.dev.package.{unused}]\nopt-level = 3\n"), "");
        }
        fs::write(root.path().join("Cargo.toml"), manifest).unwrap();
        let this = std::env::current_exe().unwrap();
        // This test is `<target>/debug/deps/suite-..`.
        let copy = Self { root, target: this.ancestors().nth(3).unwrap().to_owned() };
        copy.edit("Cargo.toml", "name = \"quickstart\"", &format!("name = \"{NAME}\""));
        copy
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let path = self.root.path().join("examples/quickstart").join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(from).count(), 1, "{from}");
        fs::write(path, text.replace(from, to)).unwrap();
    }

    fn build(&self, migrations: &str) -> Build {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(self.root.path()).args(["build", "--offline", "--color=never", "--target-dir"]);
        cargo.arg(&self.target).env("LUCIA_MIGRATIONS", migrations);
        Build::of(&cargo.output().unwrap())
    }

    fn program(&self) -> PathBuf {
        self.target.join("debug").join(NAME)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

#[test]
fn a_unique_attribute_is_added_to_the_running_quickstart_and_every_account_is_there() {
    // The program as it is, with people who have signed up.
    let server = Server::start();
    for name in ["ada", "grace"] {
        server.browser().sign_up(name);
    }
    server.signal("TERM");
    let (_, dir) = server.wait();

    // A field more, and the one place that makes users.
    let copy = Copy::new();
    copy.edit(
        "src/user.rs",
        "    pub email: Option<String>,\n",
        "    pub email: Option<String>,\n    /// To be called by.\n    #[lucia(unique)]\n    pub phone: Option<String>,\n",
    );
    copy.edit(
        "src/pages/sign_up.rs",
        "            logins: None,\n",
        "            logins: None,\n            phone: None,\n",
    );

    // The build tells what has changed and what to run ..
    let build = copy.build("");
    let told = build.only_error();
    assert!(
        told.contains("column `phone` (text of at most 255 characters, may be null) is new in `auth_user`"),
        "{told}"
    );
    assert!(
        told.ends_with("; run `LUCIA_MIGRATIONS=write cargo build`, which writes the next one"),
        "{told}"
    );
    // .. which is enough.
    copy.build("write").assert_succeeds();
    copy.build("").assert_silent();

    let server = Server::start_program(&copy.program(), dir, &[]);
    for name in ["ada", "grace"] {
        server.browser().log_in(name, PASSWORD).assert_to("/");
    }
    server.browser().sign_up("edsger");
    let mut connection = server.database();
    assert_eq!(names(&mut connection), ["ada", "edsger", "grace"]);
    let set = "UPDATE auth_user SET phone = '1' WHERE username = ";
    connection.batch_execute(&format!("{set} 'ada'")).unwrap();
    assert!(connection.batch_execute(&format!("{set} 'grace'")).is_err(), "two have one number");
}

fn names(connection: &mut SqliteConnection) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = Text)]
        username: String,
    }
    let sql = "SELECT username FROM auth_user ORDER BY username";
    diesel::sql_query(sql).load::<Name>(connection).unwrap().into_iter().map(|row| row.username).collect()
}
