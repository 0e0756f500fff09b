//! The step on packages of a moment: what it says to cargo, and what it leaves behind.

mod compared;
mod dates;
mod embedded;
mod folder;
mod source;
mod written;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::instruction::Instruction;
use crate::package::Package;
use crate::{Database, User, step, user};

/// A user struct with one more field.
fn user_with(field: &str) -> String {
    format!(
        "#[derive(Debug, LuciaUser)]\npub struct User {{\n    pub id: UserId,\n    pub name: String,\n{field}}}\n"
    )
}

/// A package in a folder of its own.
struct App {
    dir: TempDir,
    package: Package,
    databases: Vec<Database>,
    user: User,
}

impl App {
    /// One with this user struct, and no migrations.
    fn new(source: &str) -> Self {
        let dir = TempDir::new().unwrap();
        let root = dir.path().join("app");
        let out = dir.path().join("out");
        fs::create_dir_all(&out).unwrap();
        let package = Package { root, out, cargo_home: None, order: None, date: Some("1767225600".into()) };
        let app = Self { dir, package, databases: vec![Database::Sqlite], user: user("src/user.rs") };
        app.write("src/user.rs", source);
        app
    }

    /// One that is in step.
    fn in_step(source: &str) -> Self {
        let app = Self::new(source);
        app.ordered("write");
        app
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.package.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.package.root.join(path)).unwrap()
    }

    /// The names in a folder, in order.
    fn list(&self, path: &str) -> Vec<String> {
        let Ok(listing) = fs::read_dir(self.package.root.join(path)) else { return Vec::new() };
        let mut names: Vec<String> =
            listing.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    fn output(&self, name: &str) -> String {
        fs::read_to_string(self.package.out.join(name)).unwrap()
    }

    fn build(&self) -> Said {
        Said(step::run(&self.user, &self.databases, &self.package))
    }

    fn ordered(&self, order: &str) -> Said {
        let package = Package { order: Some(order.into()), ..self.package.clone() };
        Said(step::run(&self.user, &self.databases, &package))
    }
}

/// What was said to cargo.
#[derive(Debug)]
struct Said(Vec<Instruction>);

impl Said {
    fn env(&self, name: &str) -> Option<&str> {
        self.0.iter().find_map(|said| match said {
            Instruction::Env { name: n, value } if n == name => Some(value.as_str()),
            _ => None,
        })
    }

    fn watched(&self) -> Vec<PathBuf> {
        let paths = self.0.iter().filter_map(|said| match said {
            Instruction::RerunIfChanged(path) => Some(path.clone()),
            _ => None,
        });
        paths.collect()
    }

    fn errors(&self) -> Vec<&str> {
        let errors = self.0.iter().filter_map(|said| match said {
            Instruction::Error(text) => Some(text.as_str()),
            _ => None,
        });
        errors.collect()
    }

    fn warnings(&self) -> Vec<&str> {
        let warnings = self.0.iter().filter_map(|said| match said {
            Instruction::Warning(text) => Some(text.as_str()),
            _ => None,
        });
        warnings.collect()
    }

    /// The only error.
    #[track_caller]
    fn error(&self) -> &str {
        match self.errors().as_slice() {
            [only] => only,
            other => panic!("{other:#?}"),
        }
    }

    fn drift(&self) -> Option<&str> {
        self.env("LUCIA_DRIFT_AUTH_USER")
    }

    /// A claim, and no complaint of any kind.
    #[track_caller]
    fn assert_in_step(&self) {
        assert!(self.env("LUCIA_SCHEMA_AUTH_USER").is_some_and(|claim| claim.len() == 16), "{self:#?}");
        assert_eq!((self.drift(), self.errors(), self.warnings()), (None, vec![], vec![]));
    }
}
