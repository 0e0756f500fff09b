//! Everything that the step reads from and writes to the disk.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use crate::Database;
use crate::folder::{Entry, Folder, SNAPSHOT};
use crate::migration::Written;
use crate::problem::{InFolder, InSource, InWriting, Problem};

/// The text of a file that must be there.
pub(crate) fn source(root: &Path, file: &Path) -> Result<String, Problem> {
    fs::read_to_string(root.join(file))
        .map_err(|error| InSource::Unreadable { file: file.to_owned(), error: error.to_string() }.into())
}

/// The folder of migrations for a database; one that is not there is empty.
pub(crate) fn folder(root: &Path, path: &Path, database: Database) -> Result<Folder, Vec<Problem>> {
    let shown = shown(path);
    let names = directories(&root.join(path), &shown).map_err(|problem| vec![problem])?;
    let mut entries = Vec::new();
    let mut problems = Vec::new();
    for name in names {
        match entry(&root.join(path).join(&name), &shown, name) {
            Ok(entry) => entries.push(entry),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Folder::of(database, &shown, entries)
}

/// The names of what Diesel takes for migrations: everything but files and hidden directories, in order.
pub(crate) fn directories(path: &Path, shown: &str) -> Result<Vec<String>, Problem> {
    let unreadable =
        |error: io::Error| InFolder::Unreadable { path: shown.to_owned(), error: error.to_string() };
    let listing = match fs::read_dir(path) {
        Ok(listing) => listing,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(error).into()),
    };
    let mut names = Vec::new();
    for entry in listing {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') && !entry.metadata().map_err(unreadable)?.is_file() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

/// The text of a lock file, if there is one.
pub(crate) fn lock(root: &Path, path: &Path) -> Result<Option<String>, Problem> {
    match fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(InFolder::Unreadable { path: shown(path), error: error.to_string() }.into()),
    }
}

/// Writes a lock file.
pub(crate) fn write_lock(root: &Path, path: &Path, text: &str) -> Result<(), Problem> {
    fs::write(root.join(path), text).map_err(|error| refused(path, &error))
}

fn entry(path: &Path, folder: &str, name: String) -> Result<Entry, Problem> {
    let text = |file: &str| match fs::read_to_string(path.join(file)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => {
            Err(InFolder::Unreadable { path: format!("{folder}/{name}/{file}"), error: error.to_string() })
        }
    };
    Ok(Entry {
        up: text("up.sql")?,
        down: text("down.sql")?,
        metadata: text("metadata.toml")?,
        snapshot: text(SNAPSHOT)?,
        name,
    })
}

/// Writes a migration: whole, or not at all. Its directory is hidden, so that Diesel does not see it, until it is complete.
pub(crate) fn write_migration(root: &Path, path: &Path, written: &Written) -> Result<(), Problem> {
    let folder = root.join(path);
    let hidden = folder.join(format!(".{}", written.name));
    let done = write_all(&hidden, written).and_then(|()| fs::rename(&hidden, folder.join(&written.name)));
    done.map_err(|error| {
        // What is left of it harms nobody, so that failing to clean up is not worth another message.
        let _ = fs::remove_dir_all(&hidden);
        refused(&path.join(&written.name), &error)
    })
}

fn write_all(directory: &Path, written: &Written) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    written.files.iter().try_for_each(|(name, text)| fs::write(directory.join(name), text))
}

/// Writes files into the directory of a migration that is there.
pub(crate) fn write_into(root: &Path, path: &Path, written: &Written) -> Result<(), Problem> {
    let directory = path.join(&written.name);
    write_all(&root.join(&directory), written).map_err(|error| refused(&directory, &error))
}

/// Writes into cargo's folder for this build script, if that changes anything: what includes the file is not built again
/// without need.
pub(crate) fn write_output(out: &Path, name: &str, text: &str) -> Result<(), Problem> {
    let path = out.join(name);
    if fs::read_to_string(&path).is_ok_and(|before| before == text) {
        return Ok(());
    }
    fs::write(&path, text).map_err(|error| refused(&path, &error))
}

fn refused(path: &Path, error: &io::Error) -> Problem {
    InWriting::Refused { path: shown(path), error: error.to_string() }.into()
}

/// A path as messages have it, on every system.
pub(crate) fn shown(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
