//! A crate of a workspace of its own, on disk, with the dependencies that both contestants have.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

pub(crate) struct Project {
    name: String,
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    pub(crate) fn new(root: &Path, name: &str, attributes: usize) -> Self {
        // A feature decides how wide a table may be, and the id is a column too.
        let columns = if attributes < 32 { 32 } else { 64 };
        let name = format!("{}_{attributes}", name.replace(' ', "_"));
        let project = Self { root: root.join(&name), target: root.join(format!("target_{columns}")), name };
        fs::create_dir_all(project.root.join("src")).unwrap();
        fs::write(project.root.join("Cargo.toml"), manifest(&project.name, columns)).unwrap();
        fs::copy(workspace().join("Cargo.lock"), project.root.join("Cargo.lock")).unwrap();
        project
    }

    pub(crate) fn write(&self, source: &str) {
        fs::write(self.root.join("src/lib.rs"), source).unwrap();
    }

    /// Checks everything, so that no later check needs to look at a dependency.
    pub(crate) fn build_dependencies(&self) {
        self.cargo_check();
    }

    /// Checks the crate, which must have been edited, and returns how many seconds that took.
    pub(crate) fn check(&self) -> f64 {
        let start = Instant::now();
        let said = self.cargo_check();
        let seconds = start.elapsed().as_secs_f64();
        // Neither a check that found nothing to do nor one that compiled a dependency says anything about the crate.
        let checked: Vec<_> = said.lines().filter(|line| line.trim_start().starts_with("Checking")).collect();
        assert!(checked.len() == 1 && checked[0].contains(&self.name), "{said}");
        seconds
    }

    /// What cargo said; a warning would have been paid for with time.
    fn cargo_check(&self) -> String {
        let output = Command::new(env!("CARGO"))
            .args(["check", "--offline"])
            .current_dir(&self.root)
            .env("CARGO_TARGET_DIR", &self.target)
            .env("CARGO_TERM_COLOR", "never")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success() && !said.contains("warning"), "{said}");
        said
    }
}

fn workspace() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The lock file, a copy of the repository's, says which versions.
fn manifest(name: &str, columns: usize) -> String {
    let lucia = workspace().join("lucia");
    // The derive asks for lucia's feature, which turns Diesel's on; by hand Diesel's is enough.
    let wide = if columns > 32 { ", \"64-column-tables\"" } else { "" };
    format!(
        r#"[workspace]

[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

[dependencies]
chrono = {{ version = "*", default-features = false }}
diesel = {{ version = "*", default-features = false, features = ["{columns}-column-tables", "sqlite"] }}
lucia = {{ path = '{lucia}', features = ["chrono", "sqlite-bundled"{wide}] }}
"#,
        lucia = lucia.display()
    )
}
