//! What can go wrong with a snapshot.

use std::fmt;

/// A snapshot could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SnapshotError {
    /// It is of a format that this release does not know.
    UnknownFormat {
        /// The format it names.
        found: u64,
    },
    /// It is not a snapshot.
    Malformed(serde_json::Error),
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownFormat { found } => write!(
                f,
                "the snapshot has format {found}, and this release of lucia reads format {known}; it was probably \
                 written by a later release: upgrade `lucia` and `lucia-build` to that one",
                known = crate::Snapshot::FORMAT,
            ),
            Self::Malformed(_) => f.write_str(
                "the snapshot is not what lucia wrote; restore the file from version control, or resolve the merge \
                 conflict in it",
            ),
        }
    }
}

impl std::error::Error for SnapshotError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::UnknownFormat { .. } => None,
            Self::Malformed(source) => Some(source),
        }
    }
}
