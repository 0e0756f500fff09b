//! Cargo projects of a moment, which depend on the crates of this workspace as an app does.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A package in a folder of its own. All of them share what they depend on, built once.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// A package with these lines in its manifest, this `build.rs`, and nothing in it from an earlier run.
    pub(crate) fn new(name: &str, manifest: &str, build: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("build-step").join(name);
        let _ = fs::remove_dir_all(&root);
        let project = Self { root };
        let head = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [profile.dev]\ndebug = false\nincremental = false\n\n"
        );
        project.write(
            "Cargo.toml",
            &format!("{head}{}", manifest.replace("{workspace}", workspace().to_str().unwrap())),
        );
        project.write("build.rs", build);
        // The versions of the workspace, so that nothing has to be looked up.
        project.write("Cargo.lock", &fs::read_to_string(workspace().join("Cargo.lock")).unwrap());
        project
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.path(file)).unwrap()
    }

    /// The names in a folder, in order.
    pub(crate) fn list(&self, folder: &str) -> Vec<String> {
        let Ok(listing) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let mut names: Vec<String> =
            listing.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// `cargo build` with this value of `LUCIA_MIGRATIONS`.
    pub(crate) fn build(&self, arguments: &[&str], migrations: &str) -> Build {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root).args(["build", "--offline", "--color=never"]).args(arguments);
        cargo.env("CARGO_TARGET_DIR", target().join("build-step")).env("LUCIA_MIGRATIONS", migrations);
        // 2026-01-01, so that names do not depend on the day. In every build, since C code is built anew when it changes.
        cargo.env("SOURCE_DATE_EPOCH", "1767225600");
        Build::of(&cargo.output().unwrap())
    }

    /// The program that was built.
    pub(crate) fn run(&self, arguments: &[&Path]) -> String {
        let name = self.root.file_name().unwrap();
        let output =
            Command::new(target().join("build-step/debug").join(name)).args(arguments).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Diesel's own command line on the migrations of this project.
    pub(crate) fn diesel(&self, arguments: &[&str], database: &Path) -> String {
        let mut diesel = Command::new(diesel_cli());
        diesel.current_dir(&self.root).arg("migration").args(arguments);
        diesel.args(["--migration-dir", "migrations", "--database-url", database.to_str().unwrap()]);
        let output = diesel.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }
}

/// What a build said.
#[derive(Debug)]
pub(crate) struct Build {
    pub(crate) succeeded: bool,
    pub(crate) text: String,
}

impl Build {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            succeeded: output.status.success(),
            text: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    #[track_caller]
    pub(crate) fn assert_succeeds(&self) {
        assert!(self.succeeded, "{}", self.text);
    }

    /// It succeeds and has nothing to say.
    #[track_caller]
    pub(crate) fn assert_silent(&self) {
        self.assert_succeeds();
        assert!(self.complaints().is_empty(), "{}", self.text);
    }

    /// It fails, and this is all that it has to say, apart from cargo's own last word.
    #[track_caller]
    pub(crate) fn only_error(&self) -> &str {
        assert!(!self.succeeded, "{}", self.text);
        match self.complaints().as_slice() {
            [only] => only,
            _ => panic!("{}", self.text),
        }
    }

    fn complaints(&self) -> Vec<&str> {
        let lines = self.text.lines().filter(|line| line.starts_with("error") || line.starts_with("warning"));
        lines.filter(|line| !line.starts_with("error: could not compile")).collect()
    }
}

pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Where cargo puts what it builds here.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

fn diesel_cli() -> PathBuf {
    let installed = [target(), workspace().join("target")].map(|target| target.join("tools/bin/diesel"));
    std::env::var_os("LUCIA_DIESEL_CLI")
        .map(PathBuf::from)
        .or_else(|| installed.into_iter().find(|path| path.exists()))
        .expect(
            "Diesel's command line is not installed; run `cargo install diesel_cli --version ~2.3 --no-default-features \
             --features sqlite-bundled --root target/tools`, or name it in `LUCIA_DIESEL_CLI`",
        )
}
