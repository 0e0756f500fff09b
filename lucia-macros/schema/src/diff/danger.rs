//! How dangerous an operation is to data, and to programs that run meanwhile.

use std::fmt;

/// What there is to think about before a migration runs. An operation with several of them has the gravest, which is the
/// last here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Danger {
    /// Nothing.
    Safe,
    /// It keeps others from the table for as long as it takes to read or copy it, or fails on rows that it cannot take.
    Locks,
    /// Programs of the version before that still run fail, or read something else.
    BreaksRunningCode,
    /// Rows that are there lack a value: it needs a lasting default or a one-off backfill.
    NeedsBackfill,
    /// Values are gone, and nothing brings them back.
    LosesData,
    /// It is not written at all.
    Refused,
}

impl Danger {
    /// Every danger, the least first.
    pub const ALL: [Self; 6] = [
        Self::Safe,
        Self::Locks,
        Self::BreaksRunningCode,
        Self::NeedsBackfill,
        Self::LosesData,
        Self::Refused,
    ];

    /// One word, for machines: `safe`, `locks`, `breaks_running_code`, `needs_backfill`, `loses_data` or `refused`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Locks => "locks",
            Self::BreaksRunningCode => "breaks_running_code",
            Self::NeedsBackfill => "needs_backfill",
            Self::LosesData => "loses_data",
            Self::Refused => "refused",
        }
    }
}

/// A few words, for people.
impl fmt::Display for Danger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Safe => "safe",
            Self::Locks => "locks",
            Self::BreaksRunningCode => "breaks running code",
            Self::NeedsBackfill => "needs a backfill",
            Self::LosesData => "loses data",
            Self::Refused => "refused",
        })
    }
}
