//! The lock file of a struct that asks for one: `#[lucia(migrations = "..")]`.

use std::path::PathBuf;

use lucia_schema::{Lock, UserStruct};

use crate::package::Package;
use crate::problem::{InFolder, InSource, Problem};
use crate::{User, files};

/// A lock file that is to be written.
#[derive(Clone, Debug)]
pub(crate) struct Locked {
    /// As the app calls it.
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// The file as it is to be when all folders are in step; `None` when it is so, and for a struct without one.
pub(crate) fn next(user: &User, found: &UserStruct, package: &Package) -> Result<Option<Locked>, Problem> {
    if found.migrations.is_none() {
        return Ok(None);
    }
    let path = user.migrations.join(Lock::FILE);
    let text = files::lock(&package.root, &path)?.unwrap_or_default();
    let mut lock = Lock::parse(&text)
        .map_err(|error| InFolder::Lock { path: files::shown(&path), error: error.to_string() })?;
    let (table, fingerprint) = (&found.tables.user, found.schema().fingerprint());
    if lock.get(table) == Some(&fingerprint) {
        return Ok(None);
    }
    if let Some(before) = &found.renamed_table {
        lock.remove(before);
    }
    lock.set(table, &fingerprint);
    Ok(Some(Locked { path, text: lock.to_string() }))
}

/// The struct and the build script name the same folder.
pub(crate) fn check_folder(user: &User, found: &UserStruct) -> Result<(), Problem> {
    match &found.migrations {
        Some(folder) if PathBuf::from(&folder.path).components().ne(user.migrations.components()) => {
            let (file, said) = (user.file.clone(), folder.path.clone());
            Err(InSource::OtherFolder { file, said, named: files::shown(&user.migrations) }.into())
        }
        _ => Ok(()),
    }
}
