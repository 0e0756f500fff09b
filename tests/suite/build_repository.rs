//! The migrations of this repository are what the build step writes for the user of the quickstart, on every database.
//!
//! `LUCIA_GOLDEN=write` writes them; a difference otherwise fails.

use std::fs;
use std::path::Path;

use crate::build_project::{Project, workspace};

const MANIFEST: &str = "[build-dependencies]\nlucia-build = { path = \"{workspace}/lucia-macros/build\" }\n";

const BUILD: &str = r#"fn main() {
    lucia_build::user("src/user.rs").databases(lucia_build::Database::ALL);
}
"#;

#[test]
fn the_migrations_of_the_repository_are_what_is_written_today() {
    // The build step reads text: the struct need not be part of the program.
    let project = Project::new("repository", MANIFEST, BUILD);
    project.write("src/main.rs", "fn main() {}\n");
    let user = fs::read_to_string(workspace().join("examples/quickstart/src/user.rs")).unwrap();
    project.write("src/user.rs", &user);
    project.build(&[], "write").assert_succeeds();

    let committed = workspace().join("migrations");
    if std::env::var_os("LUCIA_GOLDEN").is_some_and(|value| value == "write") {
        for database in ["mysql", "postgres", "sqlite"] {
            let _ = fs::remove_dir_all(committed.join(database));
        }
        copy(&project.path("migrations"), &committed);
    }
    assert_eq!(texts(&project.path("migrations")), texts(&committed), "LUCIA_GOLDEN=write writes them");
}

/// Every file below a folder, by its path there.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for path in entries(folder) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.is_dir() {
            found.extend(texts(&path).into_iter().map(|(below, text)| (format!("{name}/{below}"), text)));
        } else {
            found.push((name, fs::read_to_string(path).unwrap()));
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for path in entries(from) {
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
