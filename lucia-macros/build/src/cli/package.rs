//! The package that is meant, as cargo tells it.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::problem::CliProblem;

/// A package of the workspace.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Member {
    pub(super) name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Clone, Debug, Deserialize)]
struct Target {
    kind: Vec<String>,
    src_path: PathBuf,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Member>,
}

impl Member {
    /// The folder of its `Cargo.toml`.
    pub(super) fn root(&self) -> PathBuf {
        self.manifest_path.parent().map(Path::to_path_buf).unwrap_or_default()
    }

    /// Its `build.rs`, whatever it is called.
    pub(super) fn build_script(&self) -> Option<&Path> {
        let is_script = |target: &&Target| target.kind.iter().any(|kind| kind == "custom-build");
        self.targets.iter().find(is_script).map(|target| target.src_path.as_path())
    }
}

/// The packages that may be meant: the one that is named, the one in whose folder this runs, or all of the workspace.
pub(super) fn candidates(manifest: Option<&Path>, name: Option<&str>) -> Result<Vec<Member>, CliProblem> {
    let members = metadata(manifest)?;
    if let Some(name) = name {
        let names = names(&members);
        let found = members.into_iter().find(|member| member.name == name);
        let unknown = || CliProblem::NoPackage { name: name.to_owned(), names };
        return found.map(|member| vec![member]).ok_or_else(unknown);
    }
    let here = match manifest {
        Some(manifest) => manifest.canonicalize().ok(),
        None => nearest_manifest(),
    };
    let is_here = |member: &&Member| member.manifest_path.canonicalize().ok() == here;
    match members.iter().find(is_here) {
        Some(member) if here.is_some() => Ok(vec![member.clone()]),
        _ => Ok(members),
    }
}

pub(super) fn names(members: &[Member]) -> Vec<String> {
    members.iter().map(|member| member.name.clone()).collect()
}

/// What cargo takes for the manifest: the nearest one, from here upwards.
fn nearest_manifest() -> Option<PathBuf> {
    let here = env::current_dir().ok()?.canonicalize().ok()?;
    here.ancestors().map(|folder| folder.join("Cargo.toml")).find(|path| path.is_file())
}

fn metadata(manifest: Option<&Path>) -> Result<Vec<Member>, CliProblem> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["metadata", "--no-deps", "--format-version=1", "--color=never"]);
    if let Some(manifest) = manifest {
        cargo.arg("--manifest-path").arg(manifest);
    }
    let output = cargo.output().map_err(|error| CliProblem::Cargo { said: error.to_string() })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).trim().trim_start_matches("error: ").to_owned();
        return Err(CliProblem::Cargo { said });
    }
    let metadata: Metadata = serde_json::from_slice(&output.stdout)
        .map_err(|error| CliProblem::Cargo { said: format!("its metadata cannot be read: {error}") })?;
    Ok(metadata.packages)
}
