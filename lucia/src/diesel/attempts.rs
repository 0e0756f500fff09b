//! When a step that failed is begun again.
//!
//! Only where nothing of it has happened: the server has undone it, since it was in the way of another one, or the connection
//! was lost before it had begun. Whatever was lost in the middle may have happened, and is not done twice.

use std::time::Duration;

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use super::violation::is_conflict_text;
use crate::error::{Error, Kind};

/// How often a step gives way to others before it gives up.
const CONFLICTS: u32 = 20;

/// The longest pause before the next attempt.
const LONGEST: Duration = Duration::from_millis(100);

/// Whether a step may have had an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Begun {
    No,
    Yes,
}

/// What is left of the attempts at one step.
#[derive(Debug)]
pub(super) struct Attempts {
    conflicts: u32,
    /// The connections of the pool, each of which may have been lost while nobody used it.
    stale: u32,
}

impl Attempts {
    pub(super) const fn new(connections: u32) -> Self {
        Self { conflicts: 0, stale: connections }
    }

    /// How long to wait before the next attempt; `None` when there is to be none.
    pub(super) fn again(&mut self, error: &Error, begun: Begun) -> Option<Duration> {
        if is_conflict(error) && self.conflicts < CONFLICTS {
            self.conflicts += 1;
            return Some(pause(self.conflicts));
        }
        if is_lost(error) && begun == Begun::No && self.stale > 0 {
            self.stale -= 1;
            return Some(Duration::ZERO);
        }
        None
    }
}

/// Longer each time, and not the same for two that are in each other's way.
fn pause(attempt: u32) -> Duration {
    let most = Duration::from_millis(1 << attempt.min(10)).min(LONGEST);
    most.mul_f64(f64::from(random_byte()) / 255.0)
}

fn random_byte() -> u8 {
    let mut byte = [0];
    // Without randomness all wait equally long, which does no harm.
    if getrandom::fill(&mut byte).is_err() {
        return u8::MAX;
    }
    byte[0]
}

/// Whether the server has undone the transaction because another one was in its way.
pub(super) fn is_conflict(error: &Error) -> bool {
    match source(error) {
        Some(DieselError::DatabaseError(DatabaseErrorKind::SerializationFailure, _)) => true,
        Some(DieselError::DatabaseError(_, info)) => is_conflict_text(info.message()),
        _ => false,
    }
}

/// Whether the connection is of no use any more.
pub(super) fn is_lost(error: &Error) -> bool {
    error.is_unavailable() && !is_conflict(error)
}

fn source(error: &Error) -> Option<&DieselError> {
    match error.kind() {
        Kind::Unavailable(Some(source)) => source.downcast_ref(),
        _ => None,
    }
}
