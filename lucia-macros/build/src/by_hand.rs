//! SQL that a person wrote or edited, taken as it is: its snapshot says where it leads and what it was.

use lucia_schema::{Schema, Snapshot, UserStruct};

use crate::drift::{self, Comparison, State};
use crate::folder::Folder;
use crate::folder::{Migration, SNAPSHOT};
use crate::history::Link;
use crate::make::Job;
use crate::migration::Written;
use crate::place::Place;
use crate::problem::{self, InWriting, Problem};

/// A snapshot for the newest migration when that is not one of ours, and new checksums for what was edited.
pub(crate) fn take(
    user: &UserStruct,
    places: &[Place],
    folders: &[Folder],
) -> Result<Vec<Job>, Vec<Problem>> {
    let comparisons = drift::compare(user, folders, &user.renames)?;
    let jobs = problem::all(places.iter().zip(&comparisons).map(|(place, comparison)| {
        let snapshots = snapshots(user, comparison).map_err(|problem| vec![problem.into()])?;
        let job = |(migration, snapshot): (&Migration, Snapshot)| Job {
            folder: place.path.clone(),
            written: Written {
                name: migration.name.clone(),
                is_new: false,
                files: vec![(SNAPSHOT, snapshot.to_json())],
            },
        };
        Ok(snapshots.into_iter().map(job).collect::<Vec<_>>())
    }))?;
    Ok(jobs.into_iter().flatten().collect())
}

fn snapshots<'a>(
    user: &UserStruct,
    comparison: &Comparison<'a>,
) -> Result<Vec<(&'a Migration, Snapshot)>, InWriting> {
    let schema = user.schema();
    let edited = comparison.history.iter().filter(|link| is_edited(**link));
    let mut found: Vec<(&Migration, Snapshot)> =
        edited.map(|link| (link.migration, resummed(*link, link.snapshot.schema.clone()))).collect();
    let (struct_name, folder) = (user.ident.to_string(), comparison.folder.path.clone());
    let newest = match (&comparison.state, comparison.newest()) {
        (State::InStep, _) => return Ok(found),
        (State::Empty, _) | (State::Behind(_), None) => {
            return Err(InWriting::NoFirst { struct_name, folder });
        }
        (State::Behind(_), Some(newest)) => newest,
    };
    match comparison.folder.migrations.last() {
        Some(last) if last.snapshot.is_none() => {
            let snapshot = Snapshot::new(schema, &last.up, last.down.as_deref()).after(newest.snapshot);
            found.push((last, snapshot));
        }
        // What it was edited for is the struct as it is now.
        Some(_) if found.pop_if(|(migration, _)| migration.version == newest.migration.version).is_some() => {
            found.push((newest.migration, resummed(newest, schema)));
        }
        last => {
            let newest = last.map(|migration| migration.name.clone()).unwrap_or_default();
            return Err(InWriting::NothingByHand { struct_name, folder, newest });
        }
    }
    Ok(found)
}

fn is_edited(link: Link<'_>) -> bool {
    let Link { migration, snapshot } = link;
    let down = migration.down.as_deref().map(Snapshot::checksum);
    Snapshot::checksum(&migration.up) != snapshot.up || down != snapshot.down
}

/// The snapshot with the checksums of what is there now.
fn resummed(Link { migration, snapshot }: Link<'_>, schema: Schema) -> Snapshot {
    let fresh = Snapshot::new(schema, &migration.up, migration.down.as_deref());
    Snapshot { up: fresh.up, down: fresh.down, schema: fresh.schema, ..snapshot.clone() }
}
