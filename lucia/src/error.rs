//! The one error of the library: opaque, with a predicate for each thing that a handler decides by.

use std::error::Error as StdError;
use std::fmt;

use crate::UniqueAttributes;

/// What the operations of this library return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation could not be done.
///
/// Nothing in it has to be parsed: ask the predicates. Its text says what to do next, names no value that
/// somebody typed and no secret, so that it is safe to show and to log. [`source`](StdError::source) leads to
/// the driver's own error where there is one; that one is for the log only.
pub struct Error(Box<Kind>);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Kind {
    #[error("the {} is taken; ask for another one", _0.join(" with this "))]
    AttributesTaken(&'static [&'static str]),
    #[error("the key is taken; log in with it, or ask for another one")]
    KeyTaken,
    #[error("the user id is taken")]
    UserIdTaken,
    #[error("there is no such user")]
    UnknownUser,
    #[error("there is no such key")]
    UnknownKey,
    #[error("the session is not valid; log in again")]
    InvalidSession,
    #[error("the key has expired; ask for a new one")]
    Expired,
    #[error("rows of the app still point to the user; delete those first, or let them go with the user")]
    InUse(#[source] Option<Source>),
    #[error("{what} {rule}")]
    InvalidInput { what: &'static str, rule: InputRule },
    #[error("the database cannot be reached; try again")]
    Unavailable(#[source] Option<Source>),
    #[error("too much is waiting already; try again in a moment")]
    Overloaded,
    #[error("the operating system gave no random bytes; try again")]
    Random(#[source] Option<Source>),
    #[error("the password could not be hashed")]
    Hashing(#[source] Option<Source>),
    #[error("{0}")]
    Config(String, #[source] Option<Source>),
    #[error("{0}")]
    Storage(&'static str, #[source] Option<Source>),
    /// Two random session ids were equal, or another request renewed first: told apart and handled inside.
    #[error("the session id is taken")]
    SessionIdTaken,
}

/// What a value must be like, as the end of a sentence that begins with the value's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InputRule {
    NotEmpty,
    MaxCharacters(u32),
    MinCharacters(u32),
    MaxBytes(u32),
    NoControlCharacters,
    NoNul,
    Finite,
    #[cfg(feature = "chrono")]
    Year,
    #[cfg(feature = "json")]
    Json,
    Ascii,
    Characters(&'static str),
}

type Source = Box<dyn StdError + Send + Sync>;

impl fmt::Display for InputRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotEmpty => f.write_str("must not be empty"),
            Self::MaxCharacters(n) => write!(f, "must be at most {n} characters long"),
            Self::MinCharacters(n) => write!(f, "must be at least {n} characters long"),
            Self::MaxBytes(n) => write!(f, "must be at most {n} bytes long"),
            Self::NoControlCharacters => f.write_str("must not contain control characters"),
            Self::NoNul => f.write_str("must not contain NUL characters"),
            Self::Finite => f.write_str("must be a finite number"),
            #[cfg(feature = "chrono")]
            Self::Year => f.write_str("must be in the years 1 to 9999"),
            #[cfg(feature = "json")]
            Self::Json => f.write_str("must be a value that JSON can hold and give back"),
            Self::Ascii => f.write_str("must consist of visible ASCII characters"),
            Self::Characters(set) => write!(f, "must consist of the characters {set}"),
        }
    }
}

impl Error {
    /// Somebody has it already: a unique attribute ([`taken_attribute`](Self::taken_attribute)), a key or a user id.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        matches!(*self.0, Kind::AttributesTaken(_) | Kind::KeyTaken | Kind::UserIdTaken)
    }

    /// The name of the unique attribute whose value another user has; of several that are unique together, the first.
    #[must_use]
    pub fn taken_attribute(&self) -> Option<&'static str> {
        self.taken_attributes().first().copied()
    }

    /// The names of the attributes that are unique together, or of the one that is alone, whose values another user has.
    #[must_use]
    pub fn taken_attributes(&self) -> &'static [&'static str] {
        match *self.0 {
            Kind::AttributesTaken(names) => names,
            _ => &[],
        }
    }

    /// Another key has the same id.
    #[must_use]
    pub fn is_key_taken(&self) -> bool {
        matches!(*self.0, Kind::KeyTaken)
    }

    /// The user id that was asked for belongs to somebody.
    #[must_use]
    pub fn is_user_id_taken(&self) -> bool {
        matches!(*self.0, Kind::UserIdTaken)
    }

    /// There is no user with this id.
    #[must_use]
    pub fn is_unknown_user(&self) -> bool {
        matches!(*self.0, Kind::UnknownUser)
    }

    /// There is no key with this id.
    #[must_use]
    pub fn is_unknown_key(&self) -> bool {
        matches!(*self.0, Kind::UnknownKey)
    }

    /// The session is unknown, dead, or its user is gone. Of all errors only this one may clear a cookie.
    #[must_use]
    pub fn is_invalid_session(&self) -> bool {
        matches!(*self.0, Kind::InvalidSession)
    }

    /// A single-use key was used after its time.
    #[must_use]
    pub fn is_expired(&self) -> bool {
        matches!(*self.0, Kind::Expired)
    }

    /// The user cannot be deleted, since rows of the app's own tables still point to the user.
    #[must_use]
    pub fn is_in_use(&self) -> bool {
        matches!(*self.0, Kind::InUse(_))
    }

    /// A value breaks a rule that its text spells out: too long, empty, control characters.
    #[must_use]
    pub fn is_invalid_input(&self) -> bool {
        matches!(*self.0, Kind::InvalidInput { .. })
    }

    /// What breaks the rule: the name of an attribute, `"password"`, `"provider id"`, `"identifier"`, `"user id"` or
    /// `"session id"`.
    #[must_use]
    pub fn invalid_input(&self) -> Option<&'static str> {
        match *self.0 {
            Kind::InvalidInput { what, .. } => Some(what),
            _ => None,
        }
    }

    /// The database did not answer: nothing is known about the session or user, so nobody may be logged out for it.
    #[must_use]
    pub fn is_unavailable(&self) -> bool {
        matches!(*self.0, Kind::Unavailable(_))
    }

    /// More password hashes or database calls wait than can be served in good time.
    #[must_use]
    pub fn is_overloaded(&self) -> bool {
        matches!(*self.0, Kind::Overloaded)
    }

    /// The settings given to the library contradict each other or are out of range.
    #[must_use]
    pub fn is_config(&self) -> bool {
        matches!(*self.0, Kind::Config(..))
    }

    /// For an adapter: another user has the values of these attributes.
    #[must_use]
    pub fn attributes_taken(unique: &UniqueAttributes) -> Self {
        Self::new(Kind::AttributesTaken(unique.attributes))
    }

    /// For an adapter: another user has the id.
    #[must_use]
    pub fn user_id_taken() -> Self {
        Self::new(Kind::UserIdTaken)
    }

    /// For an adapter: another key has the id.
    #[must_use]
    pub fn key_taken() -> Self {
        Self::new(Kind::KeyTaken)
    }

    /// For an adapter: another session has the id, or was renewed from the same one.
    #[must_use]
    pub fn session_id_taken() -> Self {
        Self::new(Kind::SessionIdTaken)
    }

    /// For an adapter: there is no user with the id.
    #[must_use]
    pub fn unknown_user() -> Self {
        Self::new(Kind::UnknownUser)
    }

    /// For an adapter: rows of the app still point to the user.
    #[must_use]
    pub fn in_use(source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::InUse(source))
    }

    /// For an adapter: the store answered, and a row could not be written or read. The text is shown to whoever reads
    /// errors, and names no value.
    #[must_use]
    pub fn storage(text: &'static str, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Storage(text, source))
    }

    /// For an adapter: the store did not answer.
    #[must_use]
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new(Kind::Unavailable(Some(source.into())))
    }

    pub(crate) fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    pub(crate) fn kind(&self) -> &Kind {
        &self.0
    }

    pub(crate) fn input(what: &'static str, rule: InputRule) -> Self {
        Self::new(Kind::InvalidInput { what, rule })
    }

    pub(crate) fn config(message: impl Into<String>) -> Self {
        Self::new(Kind::Config(message.into(), None))
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source()
    }
}
