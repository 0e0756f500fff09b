//! The folders of migrations that an app has: one, or one for each of several databases.

use std::path::PathBuf;

use lucia_schema::UserStruct;

use crate::folder::Folder;
use crate::package::Package;
use crate::problem::{InFolder, InSource, Problem};
use crate::{Database, User, files};

/// A folder of migrations that is to be, as the app calls it.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) database: Database,
    pub(crate) path: PathBuf,
}

/// Each database once. Several have a folder each.
pub(crate) fn all(user: &User, databases: &[Database]) -> Vec<Place> {
    let named = Database::ALL.into_iter().filter(|database| databases.contains(database));
    let mut places: Vec<Place> =
        named.map(|database| Place { database, path: user.migrations.join(database.name()) }).collect();
    if let [only] = places.as_mut_slice() {
        only.path.clone_from(&user.migrations);
    }
    places
}

pub(crate) fn databases(places: &[Place]) -> Vec<Database> {
    places.iter().map(|place| place.database).collect()
}

/// What is in them.
pub(crate) fn read(user: &User, package: &Package, places: &[Place]) -> Result<Vec<Folder>, Vec<Problem>> {
    check_parent(user, package, places)?;
    crate::problem::all(places.iter().map(|place| files::folder(&package.root, &place.path, place.database)))
}

/// The folder that holds those of several databases may have been that of one.
fn check_parent(user: &User, package: &Package, places: &[Place]) -> Result<(), Vec<Problem>> {
    let [first, _, ..] = places else { return Ok(()) };
    let shown = files::shown(&user.migrations);
    let one = |problem: Problem| vec![problem];
    let names = files::directories(&package.root.join(&user.migrations), &shown).map_err(one)?;
    let beside = |name: &String| package.root.join(&user.migrations).join(name).join("up.sql").exists();
    match names.into_iter().find(beside) {
        Some(name) => {
            let first = first.database.name().to_owned();
            Err(one(InFolder::BesideDatabases { folder: shown, name, first }.into()))
        }
        None => Ok(()),
    }
}

/// An attribute with a `sql_type` has a column on the databases that it names.
pub(crate) fn check_column_types(
    user: &User,
    found: &UserStruct,
    databases: &[Database],
) -> Result<(), Vec<Problem>> {
    let schema = found.schema();
    let missing = databases.iter().filter_map(|database| {
        let (_, column) = schema.missing_type(*database)?;
        let (file, column) = (user.file.clone(), column.name.clone());
        Some(InSource::NoColumnType { file, column, database: *database }.into())
    });
    let missing: Vec<Problem> = missing.collect();
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}
