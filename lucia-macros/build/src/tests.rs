//! The step on packages of a moment: what it says to cargo, and what it leaves behind.

mod compared;
mod date;
mod embedded;
mod every_pair;
mod folder;
mod history;
mod lock;
mod next;
mod source;
mod written;

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

use lucia_schema::{Snapshot, UserStruct};
use tempfile::TempDir;

use crate::decisions::Decisions;
use crate::instruction::Instruction;
use crate::lock::Locked;
use crate::make::{Job, NotMade};
use crate::package::Package;
use crate::problem::Problem;
use crate::source::Source;
use crate::step::Script;
use crate::{Database, User, make, place, step, user, writing};

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
    out: PathBuf,
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
        let package = Package { root, cargo_home: None, date: Some("1767225600".into()) };
        let app = Self { dir, package, out, databases: vec![Database::Sqlite], user: user("src/user.rs") };
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
        fs::read_to_string(self.out.join(name)).unwrap()
    }

    fn build(&self) -> Said {
        self.step(None)
    }

    fn ordered(&self, order: &str) -> Said {
        self.step(Some(order.into()))
    }

    fn step(&self, order: Option<OsString>) -> Said {
        let script = Script { package: self.package.clone(), out: self.out.clone(), order };
        Said(step::run(&self.user, &self.databases, &script))
    }

    /// The snapshot of a migration.
    fn snapshot(&self, migration: &str) -> Snapshot {
        Snapshot::from_json(&self.read(&format!("{migration}/lucia.json"))).unwrap()
    }

    /// What was written last.
    fn newest(&self, folder: &str) -> String {
        let newest = self.list(folder).into_iter().max_by_key(|name| crate::folder::version(name));
        format!("{folder}/{}", newest.unwrap())
    }

    /// What the command does with these decisions, after which the app is in step.
    #[track_caller]
    fn make(&self, decisions: &Decisions) {
        let jobs = self.planned(decisions).unwrap();
        let lock = self.lock().unwrap();
        writing::write(&self.package, &jobs, lock.as_ref()).unwrap();
        self.build().assert_in_step();
    }

    fn planned(&self, decisions: &Decisions) -> Result<Vec<Job>, NotMade> {
        let places = place::all(&self.user, &self.databases);
        let folders = place::read(&self.user, &self.package, &places).unwrap();
        let decisions = Decisions { by_command: true, ..decisions.clone() };
        make::make(&self.found(), &self.package, &places, &folders, &decisions)
    }

    fn lock(&self) -> Result<Option<Locked>, Problem> {
        crate::lock::next(&self.user, &self.found(), &self.package)
    }

    fn found(&self) -> UserStruct {
        let text = self.read("src/user.rs");
        match crate::source::read(&self.user.file, &text, self.user.name.as_deref()).unwrap() {
            Source::User(user) => user,
            _ => panic!("{text}"),
        }
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
