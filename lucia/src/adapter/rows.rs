//! What adapters are given and what they answer with.

use std::fmt;

use crate::{PasswordHash, StoredKey, StoredSession, UniqueAttributes, UnixMillis, UserId, Value};

/// A user to insert.
#[derive(Debug)]
pub struct NewUser<U> {
    /// The user, complete.
    pub user: U,
    /// The primary key of the user.
    pub key: Option<StoredKey>,
}

/// What names one user.
#[derive(Clone)]
pub enum UserLookup {
    /// The user's id.
    Id(UserId),
    /// The id of one of the user's keys.
    Key(String),
    /// The values of unique attributes: [`UniqueAttributes::are_of`] says of a user whether they match.
    Unique {
        /// Where they stand in [`LuciaUser::UNIQUE`](crate::LuciaUser::UNIQUE).
        index: usize,
        /// The attributes.
        unique: &'static UniqueAttributes,
        /// Their values, one for each.
        values: Vec<Value>,
    },
}

/// What became of an attempt to consume a single-use key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consumed {
    /// This attempt consumed it.
    Now,
    /// It had expired, and is deleted.
    Expired,
    /// It is gone, or is not what it was.
    Gone,
}

/// What was checked before a session may start.
#[derive(Clone)]
pub enum Proof {
    /// Nothing in the database: somebody else knows who it is. The user has to exist.
    User,
    /// A key with the password hash that it had. Should either have changed meanwhile, no session starts.
    Key {
        /// The key's id.
        id: String,
        /// The hash that was compared with the password, if the key had one.
        hashed_password: Option<PasswordHash>,
        /// Whether the key is single-use, and is to be consumed.
        single_use: bool,
    },
}

/// A session to start.
#[derive(Clone, Debug)]
pub struct StartSession {
    /// The new session.
    pub session: StoredSession,
    /// Why it may start.
    pub proof: Proof,
    /// The time now, before which no single-use key may have expired.
    pub now: UnixMillis,
}

/// A password to change together with the sessions of its user.
#[derive(Clone)]
pub struct ChangePassword {
    /// The key's id.
    pub key_id: String,
    /// Whose key it is.
    pub user_id: UserId,
    /// The hash that the key has to have still.
    pub old: Option<PasswordHash>,
    /// The hash that it gets.
    pub new: Option<PasswordHash>,
    /// The session that takes the place of all sessions of the user.
    pub session: Option<StoredSession>,
}

/// A session to renew.
#[derive(Clone)]
pub struct Renewal {
    /// The id of the old session.
    pub old: String,
    /// The new session; its `renewed_from` is the old one.
    pub new: StoredSession,
    /// The time now: the old session must not be dead.
    pub now: UnixMillis,
    /// An earlier renewal whose token was never presented is taken for lost, and replaced, when its `active_expires`
    /// is before this.
    pub lost_before: UnixMillis,
}

/// What became of an attempt to renew a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewed {
    /// This attempt renewed it: the new row is stored.
    Now,
    /// It was renewed before; the old session goes on.
    Before,
    /// The old session is dead or gone.
    Gone,
}

/// How many rows a sweep has deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Removed {
    /// Dead sessions.
    pub sessions: u32,
    /// Expired single-use keys.
    pub keys: u32,
}

// The ids of keys and sessions stay out of `Debug`: a key's may be what somebody typed or the hash of a token, and in a table that
// is shared with Lucia v1 a session's is the secret itself.

impl fmt::Debug for UserLookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.debug_tuple("Id").field(id).finish(),
            Self::Key(_) => f.debug_tuple("Key").finish_non_exhaustive(),
            Self::Unique { unique, .. } => {
                f.debug_struct("Unique").field("attributes", &unique.attributes).finish_non_exhaustive()
            }
        }
    }
}

impl fmt::Debug for Proof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User => f.write_str("User"),
            Self::Key { single_use, .. } => {
                f.debug_struct("Key").field("single_use", single_use).finish_non_exhaustive()
            }
        }
    }
}

impl fmt::Debug for ChangePassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChangePassword").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

impl fmt::Debug for Renewal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renewal").field("new", &self.new).field("now", &self.now).finish_non_exhaustive()
    }
}
