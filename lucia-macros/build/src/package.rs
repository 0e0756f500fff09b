//! The package that is worked on, and whether its source may be written to.

use std::env;
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::problem::{InWriting, Problem};

/// The variable by which builds that must be repeatable set the date, in seconds since 1970.
pub(crate) const DATE: &str = "SOURCE_DATE_EPOCH";

/// What is known besides what the app says.
#[derive(Clone, Debug)]
pub(crate) struct Package {
    /// The folder of `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Where cargo keeps what it has downloaded.
    pub(crate) cargo_home: Option<PathBuf>,
    /// The value of `SOURCE_DATE_EPOCH`.
    pub(crate) date: Option<OsString>,
}

impl Package {
    /// The package in this folder, in the environment of this process.
    pub(crate) fn at(root: PathBuf) -> Self {
        let home = || Some(path("HOME").or_else(|| path("USERPROFILE"))?.join(".cargo"));
        Self { root, cargo_home: path("CARGO_HOME").or_else(home), date: env::var_os(DATE) }
    }

    /// Refuses when the source is somebody else's copy: what is written there is lost, and cargo takes it for a fault.
    pub(crate) fn check_own(&self) -> Result<(), InWriting> {
        let downloaded = self.cargo_home.as_deref().is_some_and(|home| {
            ["registry", "git"].iter().any(|part| self.root.starts_with(home.join(part)))
        });
        let why = if downloaded {
            "it is a dependency that cargo has downloaded"
        } else if self.root.join(".cargo-checksum.json").exists() {
            "it is a vendored dependency"
        } else if is_packaged(&self.root) {
            "it is the copy that `cargo package` makes"
        } else {
            return Ok(());
        };
        Err(InWriting::NotOwn { root: self.root.clone(), why })
    }

    /// The date of what is written, in seconds since 1970.
    pub(crate) fn seconds(&self) -> Result<u64, Problem> {
        let Some(given) = &self.date else {
            // A clock that is set to before 1970 is as good as one that stands there.
            return Ok(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs()));
        };
        let given = given.to_string_lossy();
        given.parse().map_err(|_| Problem::Date { value: given.into_owned() })
    }
}

/// The path in a variable that is set.
pub(crate) fn path(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// `cargo package` builds what it has packed in `target/package/name-version/`, and leaves the manifest as it was beside.
fn is_packaged(root: &Path) -> bool {
    let names: Vec<_> = root.components().map(Component::as_os_str).collect();
    let in_target = names.iter().zip(names.iter().skip(1)).any(|(a, b)| *a == "target" && *b == "package");
    in_target || root.join("Cargo.toml.orig").exists()
}
