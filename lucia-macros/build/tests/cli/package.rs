//! A package of a moment, and the command in it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const BUILD: &str = "fn main() { lucia_build::user(\"src/user.rs\").sqlite(); }";

/// The directory of the first migration of [`user`].
pub(crate) const FIRST: &str = "migrations/2026-01-01-000000-0000_lucia_create_auth_user";

/// A user struct with these fields besides the id and a name.
pub(crate) fn user(fields: &str) -> String {
    format!(
        "#[derive(LuciaUser)]\npub struct User {{\n    pub id: UserId,\n    pub name: String,\n{fields}}}\n"
    )
}

pub(crate) struct Package {
    dir: TempDir,
}

/// What the command did.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Package {
    /// One with this user struct, a build script and no migrations.
    pub(crate) fn new(source: &str) -> Self {
        let package = Self::without_build_script(source);
        package.write("build.rs", BUILD);
        package
    }

    pub(crate) fn without_build_script(source: &str) -> Self {
        let package = Self { dir: TempDir::new().unwrap() };
        package.write(
            "Cargo.toml",
            "[package]\nname = \"app\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n",
        );
        package.write("src/main.rs", "fn main() {}\n");
        package.write("src/user.rs", source);
        package
    }

    /// One whose migrations lead to this struct.
    pub(crate) fn in_step(source: &str) -> Self {
        let package = Self::new(source);
        package.run(&["migrate", "make"]).assert(0);
        package
    }

    /// One that is in step with one struct, and then gets another.
    pub(crate) fn changed(before: &str, after: &str) -> Self {
        let package = Self::in_step(&user(before));
        package.write("src/user.rs", &user(after));
        package
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.dir.path().join(file)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    pub(crate) fn remove(&self, file: &str) {
        fs::remove_file(self.path(file)).unwrap();
    }

    /// The names in a folder, in order.
    pub(crate) fn list(&self, folder: &str) -> Vec<String> {
        let Ok(listing) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut names: Vec<String> =
            listing.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// The command in the folder of the package.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_in("", arguments, &[])
    }

    pub(crate) fn run_in(&self, folder: &str, arguments: &[&str], variables: &[(&str, &str)]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-lucia"));
        command.current_dir(self.path(folder)).args(arguments).stdin(Stdio::null());
        // 2026-01-01, so that names do not depend on the day.
        command.env("SOURCE_DATE_EPOCH", "1767225600");
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CARGO_TARGET_DIR", "DATABASE_URL"] {
            command.env_remove(variable);
        }
        let output = command.envs(variables.iter().copied()).output().unwrap();
        Run {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The same with `--json`, and what it says.
    #[track_caller]
    pub(crate) fn json(&self, arguments: &[&str], code: i32) -> Value {
        let run = self.run(&[arguments, &["--json"]].concat());
        assert_eq!((run.code, run.err.as_str()), (code, ""), "{run:#?}");
        serde_json::from_str(&run.out).unwrap()
    }
}

impl Run {
    /// It ended so, and what is good news is not mixed with what is not.
    #[track_caller]
    pub(crate) fn assert(&self, code: i32) {
        assert_eq!(self.code, code, "{self:#?}");
        let (quiet, loud) = if code == 2 { (&self.out, &self.err) } else { (&self.err, &self.out) };
        assert!(quiet.is_empty() && loud.ends_with('\n'), "{self:#?}");
    }

    /// The only error.
    #[track_caller]
    pub(crate) fn error(&self) -> &str {
        self.assert(2);
        assert_eq!(self.err.lines().count(), 1, "{self:#?}");
        self.err.trim_end().strip_prefix("error: ").unwrap()
    }
}
