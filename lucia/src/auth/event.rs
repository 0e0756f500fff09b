//! One `tracing` event for each operation, also when it fails. No event holds a value that is secret or was typed.

use crate::error::{Error, Kind};
use crate::{Result, UserId};

/// The event of an operation that changes something.
pub(super) fn write(operation: &'static str) -> Event<'static> {
    Event { operation, writes: true, user: None }
}

/// The event of an operation that only reads: as frequent as requests, so at a level that is usually off.
pub(super) fn read(operation: &'static str) -> Event<'static> {
    Event { operation, writes: false, user: None }
}

/// An event to be emitted when the result is there.
#[derive(Clone, Copy)]
pub(super) struct Event<'a> {
    operation: &'static str,
    writes: bool,
    user: Option<&'a UserId>,
}

impl Event<'_> {
    /// The same, about this user.
    pub(super) fn about(self, user: &UserId) -> Event<'_> {
        Event { operation: self.operation, writes: self.writes, user: Some(user) }
    }

    /// Emits the event and gives the result on.
    pub(super) fn emit<T>(self, result: Result<T>) -> Result<T> {
        match &result {
            Ok(_) => self.emit_ok("ok"),
            Err(error) => self.emit_error(error),
        }
        result
    }

    /// As [`emit`](Self::emit), about the user that the result belongs to.
    pub(super) fn emit_about<T>(self, result: Result<T>, user: impl FnOnce(&T) -> &UserId) -> Result<T> {
        match &result {
            Ok(value) => self.about(user(value)).emit_ok("ok"),
            Err(error) => self.emit_error(error),
        }
        result
    }

    /// As [`emit`](Self::emit), for an operation that may come to nothing without an error.
    pub(super) fn emit_found<T>(self, result: Result<Option<T>>) -> Result<Option<T>> {
        match &result {
            Ok(Some(_)) => self.emit_ok("ok"),
            Ok(None) => self.emit_ok("refused"),
            Err(error) => self.emit_error(error),
        }
        result
    }

    /// As [`emit_found`](Self::emit_found), about the user that the result belongs to.
    pub(super) fn emit_found_about<T>(
        self,
        result: Result<Option<T>>,
        user: impl FnOnce(&T) -> &UserId,
    ) -> Result<Option<T>> {
        match &result {
            Ok(Some(value)) => self.about(user(value)).emit_ok("ok"),
            Ok(None) => self.emit_ok("refused"),
            Err(error) => self.emit_error(error),
        }
        result
    }

    fn emit_ok(self, outcome: &'static str) {
        let Self { operation, writes, user } = self;
        let user = user.map(UserId::as_str);
        if writes {
            tracing::info!(target: "lucia", operation, user, outcome);
        } else {
            tracing::debug!(target: "lucia", operation, user, outcome);
        }
    }

    fn emit_error(self, error: &Error) {
        let Self { operation, user, .. } = self;
        let user = user.map(UserId::as_str);
        let outcome = in_one_word(error);
        if is_trouble(error) {
            let error = error as &dyn std::error::Error;
            tracing::error!(target: "lucia", operation, user, outcome, error);
        } else {
            tracing::info!(target: "lucia", operation, user, outcome);
        }
    }
}

/// What happened to the database or the machine, and not because of what somebody asked for.
fn is_trouble(error: &Error) -> bool {
    matches!(error.kind(), Kind::Unavailable(_) | Kind::Overloaded | Kind::Storage(..) | Kind::Config(..))
}

fn in_one_word(error: &Error) -> &'static str {
    match error.kind() {
        Kind::AttributesTaken(_) | Kind::KeyTaken | Kind::UserIdTaken | Kind::SessionIdTaken => "taken",
        Kind::UnknownUser => "unknown user",
        Kind::UnknownKey => "unknown key",
        Kind::InvalidSession => "invalid session",
        Kind::Expired => "expired",
        Kind::InUse(_) => "in use",
        Kind::InvalidInput { .. } => "invalid input",
        Kind::Unavailable(_) => "unavailable",
        Kind::Overloaded => "overloaded",
        _ => "failed",
    }
}
