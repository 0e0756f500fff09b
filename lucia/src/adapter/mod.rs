//! The contract between the operations and what stores users, keys and sessions.
//!
//! Every method is one step: it happens whole or not at all, and beside any other step as if one came after the other.
//! What a step compares and then writes is one statement or one transaction. Steps know no clock, no random
//! numbers and no settings; they are given the instants and rows that they need.
//!
//! # An adapter of one's own
//!
//! 1. Implement [`UserAdapter`] and [`SessionAdapter`], twenty steps. Each says in its documentation what it compares, what
//!    it changes and which errors it owes; `Error` has a function for each of them, such as
//!    [`Error::key_taken`](crate::Error::key_taken). A store that does not answer is
//!    [`Error::unavailable`](crate::Error::unavailable), whatever the step: then nobody is logged out.
//! 2. A user of any struct is stored by [`LuciaUser::id`] and [`LuciaUser::values`], and made again by
//!    [`LuciaUser::from_values`]. [`LuciaUser::change`] makes changes, and
//!    [`UniqueAttributes::are_shared`](crate::UniqueAttributes::are_shared) says whether two users may be there at once.
//! 3. Implement [`Adapter`], whose four steps have bodies for two stores without a common transaction. A store that keeps
//!    everything in one place does well to override them: `session_and_user`, which every request takes, is one query then.
//! 4. Make a test of each rule of the contract by one macro, `lucia::conformance!`, under the feature
//!    `conformance`.
//! 5. Hand the adapter to a [`Builder`](crate::Builder) by [`Custom`].
//!
//! Ids are compared byte for byte. Those of keys are ASCII as they are stored ([`KeyId::as_stored`](crate::KeyId::as_stored)),
//! those of sessions are what [`SessionId`](crate::SessionId) shows, and neither belongs into an error or a log. Expiries may be
//! any `i64`, and an instant equal to an expiry still counts as before it. [`MemoryAdapter`](crate::MemoryAdapter) is the whole
//! contract in its shortest form, and `examples/custom-adapter` shows one on files.

mod any;
mod cross;
mod family;
mod rows;
mod split;
mod store;

use std::future::Future;
use std::sync::Arc;

pub use any::AnyAdapter;
pub use cross::Adapter;
pub use family::family;
pub use rows::{
    ChangePassword, Consumed, NewUser, Proof, Removed, Renewal, Renewed, StartSession, UserLookup,
};
pub use split::Split;
pub use store::{Custom, Store};

use crate::{LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

/// Stores users and their keys.
pub trait UserAdapter<U: LuciaUser>: Send + Sync {
    /// Inserts a user, and the primary key when there is one: both or neither.
    ///
    /// # Errors
    ///
    /// Another user has the id, [`user_id_taken`](crate::Error::user_id_taken), or the values of unique attributes,
    /// [`attributes_taken`](crate::Error::attributes_taken), or another key has the key's id,
    /// [`key_taken`](crate::Error::key_taken). Where it is several of them, any one is told.
    fn create_user(&self, new: Arc<NewUser<U>>) -> impl Future<Output = Result<()>> + Send;

    /// The user that the look-up names, in one query. Ids and texts match byte for byte.
    fn find_user(&self, by: UserLookup) -> impl Future<Output = Result<Option<U>>> + Send;

    /// Makes the changes and returns the user as it is then, or `None` when there is no such user. There is at least one
    /// change, perhaps to what is there already.
    ///
    /// # Errors
    ///
    /// [`taken_attribute`](crate::Error::taken_attribute): another user has the value of a unique attribute; nothing is
    /// changed.
    fn update_user(&self, id: UserId, changes: U::Changes) -> impl Future<Output = Result<Option<U>>> + Send;

    /// Deletes a user and all keys of the user. An unknown user is no error. Sessions are deleted by
    /// [`remove_user`](Adapter::remove_user) before.
    ///
    /// # Errors
    ///
    /// [`is_in_use`](crate::Error::is_in_use): rows of the app still point to the user; nothing is deleted.
    fn delete_user(&self, id: UserId) -> impl Future<Output = Result<()>> + Send;

    /// Inserts a key.
    ///
    /// # Errors
    ///
    /// [`is_key_taken`](crate::Error::is_key_taken), [`is_unknown_user`](crate::Error::is_unknown_user).
    fn create_key(&self, key: StoredKey) -> impl Future<Output = Result<()>> + Send;

    /// The key with this id, expired or not.
    fn find_key(&self, id: String) -> impl Future<Output = Result<Option<StoredKey>>> + Send;

    /// All keys of a user, expired ones too, in order of the bytes of their ids; `None` when there is no such user.
    fn keys_of(&self, user_id: UserId) -> impl Future<Output = Result<Option<Vec<StoredKey>>>> + Send;

    /// Deletes a single-use key whose password hash still is `password` and whose expiry is not before `now`. Of any
    /// number of rivals one gets [`Consumed::Now`]. A key past its expiry is deleted too, whatever its hash, and one rival
    /// gets [`Consumed::Expired`]. A persistent key is [`Consumed::Gone`] and stays.
    fn consume_key(
        &self,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> impl Future<Output = Result<Consumed>> + Send;

    /// Replaces the password hash if it still is `old`; `false` when it is not, or the key is gone. No hash is a hash too:
    /// it is the same as none only. `new` may be the same as `old`.
    fn replace_password(
        &self,
        id: String,
        old: Option<PasswordHash>,
        new: Option<PasswordHash>,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// Gives a key another id; `false` when there is no such key. The id that it has already is no error.
    ///
    /// # Errors
    ///
    /// [`is_key_taken`](crate::Error::is_key_taken).
    fn rename_key(&self, id: String, new: String) -> impl Future<Output = Result<bool>> + Send;

    /// Deletes a key that is not primary; `false` when it is primary or unknown.
    fn delete_key(&self, id: String) -> impl Future<Output = Result<bool>> + Send;

    /// Deletes at most `limit` keys, of one user or of everybody, whose expiry is before `now`; returns how many.
    fn delete_expired_keys(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> impl Future<Output = Result<u32>> + Send;
}

/// Stores sessions.
///
/// A renewed session and the one it was renewed from are one *family*: ending either ends both.
pub trait SessionAdapter: Send + Sync {
    /// Inserts a session.
    ///
    /// # Errors
    ///
    /// - [`session_id_taken`](crate::Error::session_id_taken): another session has the id; whose it is does not matter.
    /// - [`is_unknown_user`](crate::Error::is_unknown_user), where the store can tell.
    fn create_session(&self, session: StoredSession) -> impl Future<Output = Result<()>> + Send;

    /// The session with this id, dead or alive.
    fn find_session(&self, id: String) -> impl Future<Output = Result<Option<StoredSession>>> + Send;

    /// All sessions of a user, dead ones too, in order of the bytes of their ids.
    fn sessions_of(&self, user_id: UserId) -> impl Future<Output = Result<Vec<StoredSession>>> + Send;

    /// Puts a new session beside an old one that is not dead, unless that was done before: of any number of rivals one
    /// gets [`Renewed::Now`], and one row is added. An old session whose `idle_expires` is before `now` is dead.
    ///
    /// # Errors
    ///
    /// None. A store that tells rivals apart by the uniqueness of `renewed_from` may return
    /// [`session_id_taken`](crate::Error::session_id_taken) in place of [`Renewed::Before`], and one that knows the users
    /// [`unknown_user`](crate::Error::unknown_user) in place of [`Renewed::Gone`].
    fn renew_session(&self, renewal: Renewal) -> impl Future<Output = Result<Renewed>> + Send;

    /// Notes that a renewed session's token has been presented: sets `created_at`, carried over from the old session or
    /// else `now`, and lets the old session end at `old_ends` if it would end later. Done once; again it does nothing. A
    /// session that is gone is no error.
    fn present_session(
        &self,
        id: String,
        user_id: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Deletes a session and its family. An unknown one is no error.
    fn delete_session(&self, id: String) -> impl Future<Output = Result<()>> + Send;

    /// Deletes the sessions of a user, all but the family of `keep`, which keeps nothing if it is nobody's or somebody
    /// else's.
    fn delete_sessions_of(
        &self,
        user_id: UserId,
        keep: Option<String>,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Deletes at most `limit` sessions, of one user or of everybody, whose `idle_expires` is before `now`; returns how many.
    /// A store that lets dead sessions go by itself may leave them to it.
    fn delete_dead_sessions(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> impl Future<Output = Result<u32>> + Send;
}
