//! Finds the user struct: by the build script, else by looking into the source.

use std::fs;
use std::path::{Path, PathBuf};

use lucia_schema::UserStruct;

use super::build_script::{self, Statement};
use super::package::{self, Member};
use super::problem::CliProblem;
use super::{Stop, arguments::Which};
use crate::package::Package;
use crate::place::{self, Place};
use crate::source::{self, Source};
use crate::{Database, User, files, lock, user};

/// A user struct, and where its migrations are.
pub(super) struct Found {
    pub(super) package: Package,
    pub(super) user: User,
    pub(super) structure: UserStruct,
    /// Empty when nothing names a database.
    pub(super) places: Vec<Place>,
    /// The databases were asked for, and the build script names others.
    contradiction: Option<CliProblem>,
}

impl Found {
    /// As a person would write it: from the folder of `Cargo.toml`.
    pub(super) fn file(&self) -> String {
        files::shown(&self.user.file)
    }

    /// The same for this database, if nothing else names one.
    pub(super) fn or_for(mut self, database: Database) -> Self {
        if self.places.is_empty() {
            self.places = place::all(&self.user, &[database]);
        }
        self
    }

    /// The same, when it is clear which databases it is for.
    pub(super) fn with_databases(mut self) -> Result<Self, Stop> {
        if let Some(contradiction) = self.contradiction.take() {
            return Err(contradiction.into());
        }
        if self.places.is_empty() {
            return Err(CliProblem::NoDatabase { file: self.file() }.into());
        }
        place::check_column_types(&self.user, &self.structure, &place::databases(&self.places))?;
        Ok(self)
    }
}

/// Something that may be meant.
struct Candidate {
    root: PathBuf,
    user: User,
    databases: Vec<Database>,
}

impl Candidate {
    /// As `--user` names it.
    fn name(&self) -> String {
        let file = files::shown(&self.user.file);
        self.user.name.as_ref().map_or_else(|| file.clone(), |name| format!("{file}:{name}"))
    }

    fn is(&self, wanted: &str) -> bool {
        self.name() == wanted || files::shown(&self.user.file) == wanted
    }
}

/// The user struct that is meant.
pub(super) fn find(which: &Which) -> Result<Found, Stop> {
    let members = package::candidates(which.manifest_path.as_deref(), which.package.as_deref())?;
    let mut all: Vec<(String, Vec<Candidate>)> = Vec::new();
    for member in &members {
        let candidates = candidates(member)?;
        if !candidates.is_empty() {
            all.push((member.name.clone(), candidates));
        }
    }
    if all.len() > 1 {
        return Err(CliProblem::Packages { names: all.into_iter().map(|(name, _)| name).collect() }.into());
    }
    let Some((_, candidates)) = all.pop() else {
        return Err(CliProblem::NoUser { names: package::names(&members) }.into());
    };
    let candidate = choose(candidates, which.user.as_deref())?;
    read(candidate, &which.databases())
}

fn candidates(member: &Member) -> Result<Vec<Candidate>, Stop> {
    let root = member.root();
    let said = statements(&root, member.build_script())?;
    if !said.is_empty() {
        let candidate = |Statement { user, databases }| Candidate { root: root.clone(), user, databases };
        return Ok(said.into_iter().map(candidate).collect());
    }
    let mut found = Vec::new();
    for file in rust_files(&root.join("src")) {
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let relative = file.strip_prefix(&root).unwrap_or(&file);
        found.extend(source::names(&text).into_iter().map(|name| Candidate {
            root: root.clone(),
            user: user(files::shown(relative)).named(name),
            databases: Vec::new(),
        }));
    }
    Ok(found)
}

fn statements(root: &Path, script: Option<&Path>) -> Result<Vec<Statement>, Stop> {
    let Some(script) = script else { return Ok(Vec::new()) };
    let shown = files::shown(script.strip_prefix(root).unwrap_or(script));
    let text = fs::read_to_string(script)
        .map_err(|error| CliProblem::BuildScript { file: shown.clone(), error: error.to_string() })?;
    Ok(build_script::read(&shown, &text)?)
}

/// Every file of Rust below a folder, in order.
fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(listing) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = listing.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    let below = |path: PathBuf| match path.extension() {
        _ if path.is_dir() => rust_files(&path),
        Some(extension) if extension == "rs" => vec![path],
        _ => Vec::new(),
    };
    paths.into_iter().flat_map(below).collect()
}

fn choose(mut candidates: Vec<Candidate>, wanted: Option<&str>) -> Result<Candidate, CliProblem> {
    let found: Vec<String> = candidates.iter().map(Candidate::name).collect();
    if let Some(wanted) = wanted {
        candidates.retain(|candidate| candidate.is(wanted));
    }
    match (candidates.pop(), candidates.is_empty(), wanted) {
        (Some(only), true, _) => Ok(only),
        (None, _, wanted) => {
            Err(CliProblem::OtherUser { wanted: wanted.unwrap_or_default().to_owned(), found })
        }
        _ => Err(CliProblem::Users { found }),
    }
}

fn read(candidate: Candidate, databases: &[Database]) -> Result<Found, Stop> {
    let Candidate { root, mut user, databases: named } = candidate;
    let text = files::source(&root, &user.file)?;
    let file = files::shown(&user.file);
    let structure = match source::read(&user.file, &text, user.name.as_deref())? {
        Source::User(structure) => structure,
        Source::Mistaken { mistakes, .. } => return Err(CliProblem::Mistaken { file, mistakes }.into()),
        Source::NotRust { why } => return Err(CliProblem::NotRust { file, why }.into()),
    };
    if named.is_empty() {
        // No build script names a folder.
        user.migrations =
            structure.migrations.as_ref().map_or(user.migrations, |said| PathBuf::from(&said.path));
    }
    lock::check_folder(&user, &structure)?;
    let places = place::all(&user, if named.is_empty() { databases } else { &named });
    let named = place::databases(&places);
    let contradiction =
        (!databases.is_empty() && databases != named).then_some(CliProblem::Databases { databases: named });
    Ok(Found { package: Package::at(root), user, structure, places, contradiction })
}
