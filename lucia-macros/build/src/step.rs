//! The build step: read, write what was asked for, compare, put the migrations into the program, tell.

use std::ffi::OsString;
use std::path::PathBuf;

use lucia_schema::UserStruct;
use quote::ToTokens;

use crate::decisions::Decisions;
use crate::drift::{Comparison, State};
use crate::folder::Folder;
use crate::instruction::Instruction;
use crate::make::NotMade;
use crate::order::{self, Order};
use crate::package::Package;
use crate::place::{self, Place};
use crate::problem::{self, InWriting, Problem};
use crate::source::{self, Source};
use crate::{Database, User, by_hand, drift, embedded, files, history, lock, make, message, writing};

/// Where an app of which nothing else is known has the crate.
const KRATE: &str = "::lucia";

/// What a build script is given.
#[derive(Clone, Debug)]
pub(crate) struct Script {
    /// Its package.
    pub(crate) package: Package,
    /// The folder that it may write to.
    pub(crate) out: PathBuf,
    /// The value of `LUCIA_MIGRATIONS`.
    pub(crate) order: Option<OsString>,
}

/// Runs the step, and returns what to tell cargo. What to watch comes first, whatever happens later.
pub(crate) fn run(user: &User, databases: &[Database], script: &Script) -> Vec<Instruction> {
    let places = place::all(user, databases);
    let mut said = watched(user, &script.package, &places);
    match compare(user, databases, script, &places) {
        Ok(more) => said.extend(more),
        Err(problems) => said.extend(problems.iter().map(|problem| Instruction::Error(problem.to_string()))),
    }
    said
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
    script: &Script,
    places: &[Place],
) -> Result<Vec<Instruction>, Vec<Problem>> {
    let package = &script.package;
    let order = Order::parse(script.order.as_deref()).map_err(one)?;
    if databases.is_empty() {
        return Err(one(Problem::NoDatabase));
    }
    let folders = place::read(user, package, places)?;
    let text = files::source(&package.root, &user.file).map_err(one)?;
    match source::read(&user.file, &text, user.name.as_deref()).map_err(one)? {
        Source::User(found) => {
            place::check_column_types(user, &found, &place::databases(places))?;
            lock::check_folder(user, &found).map_err(one)?;
            let mut said = obey(order, user, &found, package, places, &folders)?;
            // What was written is read again: that is what later builds will read.
            let folders = if said.is_empty() { folders } else { place::read(user, package, places)? };
            embed(&krate(&found), script, &folders).map_err(one)?;
            said.extend(verdict(&found, &folders)?);
            Ok(said)
        }
        Source::Mistaken { user: found, .. } => {
            embed(&krate(&found), script, &folders).map_err(one)?;
            Ok(Vec::new())
        }
        Source::NotRust { why } => {
            embed(KRATE, script, &folders).map_err(one)?;
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

fn one(problem: impl Into<Problem>) -> Vec<Problem> {
    vec![problem.into()]
}

/// Writes what is asked for: for every database or, when one of them has a problem, for none.
fn obey(
    order: Order,
    user: &User,
    found: &UserStruct,
    package: &Package,
    places: &[Place],
    folders: &[Folder],
) -> Result<Vec<Instruction>, Vec<Problem>> {
    let jobs = match order {
        Order::Check => return Ok(Vec::new()),
        Order::Snapshot => by_hand::take(found, places, folders)?,
        Order::Write => make::make(found, package, places, folders, &Decisions::default())
            .map_err(|not_made| refused(found, folders, not_made))?,
    };
    let lock = lock::next(user, found, package).map_err(one)?;
    let done = writing::write(package, &jobs, lock.as_ref()).map_err(one)?;
    Ok(done.into_iter().map(Instruction::Warning).collect())
}

fn refused(user: &UserStruct, folders: &[Folder], not_made: NotMade) -> Vec<Problem> {
    match not_made {
        NotMade::Problems(problems) => problems,
        NotMade::Undecided(needs) => {
            let folders = folders.iter().map(|folder| folder.path.clone()).collect();
            one(InWriting::Undecided { struct_name: user.ident.to_string(), folders, needs })
        }
    }
}

fn embed(krate: &str, script: &Script, folders: &[Folder]) -> Result<(), Problem> {
    files::write_output(&script.out, embedded::FILE, &embedded::expression(folders, krate))
}

/// What the derive compares with: the fingerprint of the struct, or that of what the folder has instead, and why.
fn verdict(user: &UserStruct, folders: &[Folder]) -> Result<Vec<Instruction>, Vec<Problem>> {
    let comparisons = drift::compare(user, folders, &user.renames)?;
    problem::none_of(comparisons.iter().flat_map(history::edited))?;
    let table = user.tables.user.to_uppercase();
    let claim = |value| Instruction::Env { name: format!("LUCIA_SCHEMA_{table}"), value };
    let Some(message) = message::drift(user, &comparisons) else {
        return Ok(vec![claim(user.schema().fingerprint())]);
    };
    let behind = comparisons.iter().find(|comparison| matches!(comparison.state, State::Behind(_)));
    let other = behind.and_then(Comparison::newest).map(|newest| newest.snapshot.schema.fingerprint());
    Ok(vec![
        claim(other.unwrap_or_else(|| "none".to_owned())),
        Instruction::Env { name: format!("LUCIA_DRIFT_{table}"), value: message },
    ])
}
