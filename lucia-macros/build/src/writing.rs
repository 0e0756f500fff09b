//! Writes into the source what `LUCIA_MIGRATIONS` asks for.

use std::path::Path;

use lucia_schema::{Schema, Snapshot, UserStruct};

use crate::drift::State;
use crate::folder::Folder;
use crate::instruction::Instruction;
use crate::order::Order;
use crate::package::Package;
use crate::problem::{InWriting, Problem};
use crate::step::{Place, all, one};
use crate::{drift, files, first};

/// A file to write into the source.
enum Job<'a> {
    Migration(&'a Path, first::Written),
    Snapshot(&'a Path, String),
}

/// Writes what is asked for: for every database or, when one of them has a problem, for none.
pub(crate) fn obey(
    order: Order,
    user: &UserStruct,
    package: &Package,
    places: &[Place],
    folders: &[Folder],
) -> Result<Vec<Instruction>, Vec<Problem>> {
    if order == Order::Check {
        return Ok(Vec::new());
    }
    let schema = user.schema();
    // One date for all databases, so that their folders read alike.
    let versions = folders.iter().filter_map(|folder| folder.migrations.last());
    let newest = versions.map(|migration| migration.version.as_str()).max();
    let date = || -> Result<String, Problem> { Ok(first::date(package.seconds()?, newest)?) };
    let jobs = all(places
        .iter()
        .zip(folders)
        .map(|(place, folder)| job(order, user, &schema, place, folder, &date).map_err(one)))?;
    let jobs: Vec<Job<'_>> = jobs.into_iter().flatten().collect();
    if !jobs.is_empty() {
        package.check_own().map_err(one)?;
    }
    let snapshot = Snapshot::new(schema).to_json();
    jobs.iter().map(|job| write(package, job, &snapshot)).collect::<Result<_, _>>().map_err(one)
}

fn job<'a>(
    order: Order,
    user: &UserStruct,
    schema: &Schema,
    place: &'a Place,
    folder: &Folder,
    date: &dyn Fn() -> Result<String, Problem>,
) -> Result<Option<Job<'a>>, Problem> {
    let struct_name = user.ident.to_string();
    let path = place.path.as_path();
    match (order, drift::state(folder, user)) {
        (Order::Check, _) | (_, State::InStep) => Ok(None),
        (Order::Write, State::Empty) => {
            let written = first::migration(&struct_name, schema, place.database, &date()?);
            Ok(Some(Job::Migration(path, written)))
        }
        (Order::Write, State::Behind { changes, .. }) => {
            Err(InWriting::Change { struct_name, folder: folder.path.clone(), changes }.into())
        }
        (Order::Snapshot, State::Empty) => {
            Err(InWriting::NoFirst { struct_name, folder: folder.path.clone() }.into())
        }
        (Order::Snapshot, State::Behind { .. }) => match folder.migrations.last() {
            Some(last) if last.snapshot.is_none() => Ok(Some(Job::Snapshot(path, last.name.clone()))),
            last => {
                let newest = last.map(|migration| migration.name.clone()).unwrap_or_default();
                Err(InWriting::NothingByHand { struct_name, folder: folder.path.clone(), newest }.into())
            }
        },
    }
}

fn write(package: &Package, job: &Job<'_>, snapshot: &str) -> Result<Instruction, Problem> {
    let (path, migration) = match job {
        Job::Migration(path, written) => {
            files::write_migration(&package.root, path, written)?;
            (path, &written.name)
        }
        Job::Snapshot(path, migration) => {
            files::write_snapshot(&package.root, path, migration, snapshot)?;
            (path, migration)
        }
    };
    let done = match job {
        Job::Migration(..) => "wrote the migration",
        Job::Snapshot(..) => "wrote `lucia.json` into the migration",
    };
    let shown = files::shown(&path.join(migration));
    Ok(Instruction::Warning(format!("{done} `{shown}`; look at it, and commit it with the struct")))
}
