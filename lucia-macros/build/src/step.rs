//! The build step: read, write what was asked for, compare, put the migrations into the program, tell.

use std::path::PathBuf;

use lucia_schema::UserStruct;
use quote::ToTokens;

use crate::drift::State;
use crate::folder::Folder;
use crate::instruction::Instruction;
use crate::order::{self, Order};
use crate::package::Package;
use crate::problem::{InFolder, InSource, Problem};
use crate::source::Source;
use crate::{Database, User, drift, embedded, files, source, writing};

/// Where an app of which nothing else is known has the crate.
const KRATE: &str = "::lucia";

/// Runs the step, and returns what to tell cargo. What to watch comes first, whatever happens later.
pub(crate) fn run(user: &User, databases: &[Database], package: &Package) -> Vec<Instruction> {
    let places = places(user, databases);
    let mut said = watched(user, package, &places);
    match compare(user, databases, package, &places) {
        Ok(more) => said.extend(more),
        Err(problems) => said.extend(problems.iter().map(|problem| Instruction::Error(problem.to_string()))),
    }
    said
}

/// A folder of migrations that is to be, as the app calls it.
pub(crate) struct Place {
    pub(crate) database: Database,
    pub(crate) path: PathBuf,
}

/// Each database once. Several have a folder each.
fn places(user: &User, databases: &[Database]) -> Vec<Place> {
    let named = Database::ALL.into_iter().filter(|database| databases.contains(database));
    let mut places: Vec<Place> =
        named.map(|database| Place { database, path: user.migrations.join(database.name()) }).collect();
    if let [only] = places.as_mut_slice() {
        only.path.clone_from(&user.migrations);
    }
    places
}

/// A folder that is not there is watched too. Cargo then runs the script with every build; but without the folder there is
/// no migration, and the build fails until there is.
fn watched(user: &User, package: &Package, places: &[Place]) -> Vec<Instruction> {
    let mut said = vec![
        Instruction::RerunIfEnvChanged(order::VARIABLE),
        Instruction::RerunIfChanged(package.root.join(&user.file)),
    ];
    said.extend(places.iter().map(|place| Instruction::RerunIfChanged(package.root.join(&place.path))));
    said
}

fn compare(
    user: &User,
    databases: &[Database],
    package: &Package,
    places: &[Place],
) -> Result<Vec<Instruction>, Vec<Problem>> {
    let order = Order::parse(package.order.as_deref()).map_err(one)?;
    if databases.is_empty() {
        return Err(one(Problem::NoDatabase));
    }
    check_parent(user, package, places)?;
    let text = files::source(&package.root, &user.file).map_err(one)?;
    let source = source::read(&user.file, &text, user.name.as_deref()).map_err(one)?;
    let folders = read(package, places)?;
    match source {
        Source::User(found) => {
            check_column_types(user, &found, places)?;
            let mut said = writing::obey(order, &found, package, places, &folders)?;
            // What was written is read again: that is what later builds will read.
            let folders = if said.is_empty() { folders } else { read(package, places)? };
            embed(&krate(&found), package, &folders).map_err(one)?;
            said.extend(verdict(&found, &folders));
            Ok(said)
        }
        Source::Mistaken(found) => {
            embed(&krate(&found), package, &folders).map_err(one)?;
            Ok(Vec::new())
        }
        Source::NotRust { why } => {
            embed(KRATE, package, &folders).map_err(one)?;
            Ok(vec![Instruction::Warning(format!(
                "`{}` is not compared with its migrations, since it cannot be read as Rust: {why}; build again when it can",
                files::shown(&user.file)
            ))])
        }
    }
}

/// The path of the crate as a person would write it.
fn krate(user: &UserStruct) -> String {
    user.krate.to_token_stream().to_string().replace(' ', "")
}

pub(crate) fn one(problem: impl Into<Problem>) -> Vec<Problem> {
    vec![problem.into()]
}

/// An attribute with a `sql_type` has a column on the databases that it names.
fn check_column_types(user: &User, found: &UserStruct, places: &[Place]) -> Result<(), Vec<Problem>> {
    let schema = found.schema();
    let missing = places.iter().filter_map(|Place { database, .. }| {
        let (_, column) = schema.missing_type(*database)?;
        let (file, column) = (user.file.clone(), column.name.clone());
        Some(InSource::NoColumnType { file, column, database: *database }.into())
    });
    let missing: Vec<Problem> = missing.collect();
    if missing.is_empty() { Ok(()) } else { Err(missing) }
}

/// The folder that holds those of several databases may have been that of one.
fn check_parent(user: &User, package: &Package, places: &[Place]) -> Result<(), Vec<Problem>> {
    let [first, _, ..] = places else { return Ok(()) };
    let shown = files::shown(&user.migrations);
    let names = files::directories(&package.root.join(&user.migrations), &shown).map_err(one)?;
    let beside = |name: &String| package.root.join(&user.migrations).join(name).join("up.sql").exists();
    match names.into_iter().find(beside) {
        Some(name) => {
            let first = first.database.name().to_owned();
            Err(one(InFolder::BesideDatabases { folder: shown, name, first }))
        }
        None => Ok(()),
    }
}

fn read(package: &Package, places: &[Place]) -> Result<Vec<Folder>, Vec<Problem>> {
    all(places.iter().map(|place| files::folder(&package.root, &place.path, place.database)))
}

/// All of them, or all problems.
pub(crate) fn all<T>(results: impl Iterator<Item = Result<T, Vec<Problem>>>) -> Result<Vec<T>, Vec<Problem>> {
    let (mut good, mut problems) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(value) => good.push(value),
            Err(more) => problems.extend(more),
        }
    }
    if problems.is_empty() { Ok(good) } else { Err(problems) }
}

/// A file for every database, so that none is left over from an earlier `build.rs`.
fn embed(krate: &str, package: &Package, folders: &[Folder]) -> Result<(), Problem> {
    let output =
        |database, text: &str| files::write_output(&package.out, &embedded::file_name(database), text);
    for database in Database::ALL {
        let folder = folders.iter().find(|folder| folder.database == database);
        let text = folder
            .map_or_else(|| embedded::not_named(database), |folder| embedded::expression(folder, krate));
        output(Some(database), &text)?;
    }
    match folders {
        [only] => output(None, &embedded::expression(only, krate)),
        several => {
            let databases: Vec<Database> = several.iter().map(|folder| folder.database).collect();
            output(None, &embedded::several(&databases))
        }
    }
}

/// What the derive compares with: the fingerprint of the struct, or that of what the folder has instead, and why.
fn verdict(user: &UserStruct, folders: &[Folder]) -> Vec<Instruction> {
    let schema = user.schema();
    let states: Vec<(&Folder, State)> =
        folders.iter().map(|folder| (folder, drift::state(folder, user))).collect();
    let table = user.tables.user.to_uppercase();
    let claim = |value| Instruction::Env { name: format!("LUCIA_SCHEMA_{table}"), value };
    let Some(message) = drift::message(&user.ident.to_string(), &states) else {
        return vec![claim(schema.fingerprint())];
    };
    let other = states.into_iter().find_map(|(_, state)| match state {
        State::Behind { fingerprint, .. } => Some(fingerprint),
        State::InStep | State::Empty => None,
    });
    vec![
        claim(other.unwrap_or_else(|| "none".to_owned())),
        Instruction::Env { name: format!("LUCIA_DRIFT_{table}"), value: message },
    ]
}
