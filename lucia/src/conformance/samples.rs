//! Rows for the rules.

use crate::adapter::Renewal;
use crate::{PasswordHash, StoredKey, StoredSession, UnixMillis, UserId};

/// The time that most rules take for now: 2100-01-01, so that a store that goes by its own clock too finds nothing dead.
pub(super) const NOW: UnixMillis = UnixMillis::from_millis(4_102_444_800_000);

/// So many milliseconds after [`NOW`].
pub(super) fn at(millis: i64) -> UnixMillis {
    UnixMillis::from_millis(NOW.as_millis().saturating_add(millis))
}

/// Ids of keys that are four different ones, as they are stored: `alice`, `ALICE`, `alice` with a space, and `alicé`.
pub(super) const ALIKE: [&str; 4] =
    ["username:alice", "username:ALICE", "username:alice%20", "username:alic%C3%A9"];

pub(super) fn user_id(n: u32) -> UserId {
    UserId::from_stored(format!("user-{n}"))
}

#[expect(clippy::unnecessary_wraps, reason = "rows and steps have an optional one")]
pub(super) fn hash(text: &str) -> Option<PasswordHash> {
    Some(PasswordHash::new(text))
}

/// A persistent key with the password hash `old`.
pub(super) fn key(id: &str, user_id: &UserId) -> StoredKey {
    StoredKey {
        id: id.to_owned(),
        user_id: user_id.clone(),
        primary_key: false,
        hashed_password: hash("old"),
        expires: None,
    }
}

/// The same as the key that comes with a user.
pub(super) fn primary(id: &str, user_id: &UserId) -> StoredKey {
    StoredKey { primary_key: true, ..key(id, user_id) }
}

/// The same as a single-use key.
pub(super) fn single_use(id: &str, user_id: &UserId, expires: UnixMillis) -> StoredKey {
    StoredKey { expires: Some(expires), ..key(id, user_id) }
}

pub(super) fn same_key(a: &StoredKey, b: &StoredKey) -> bool {
    let text = |key: &StoredKey| key.hashed_password.as_ref().map(|hash| hash.expose().to_owned());
    (&a.id, &a.user_id, a.primary_key, a.expires) == (&b.id, &b.user_id, b.primary_key, b.expires)
        && text(a) == text(b)
}

pub(super) fn session_id(n: u32) -> String {
    format!("{n:064x}")
}

/// Session number `n`, which is active now. Their ids are in the order of their numbers.
pub(super) fn session(n: u32, user_id: &UserId) -> StoredSession {
    StoredSession {
        id: session_id(n),
        user_id: user_id.clone(),
        active_expires: at(1_000),
        idle_expires: at(2_000),
        created_at: Some(at(-1_000)),
        absolute_expires: Some(at(9_000)),
        renewed_from: None,
    }
}

/// The same, dead since a millisecond.
pub(super) fn dead(n: u32, user_id: &UserId) -> StoredSession {
    StoredSession { active_expires: at(-2), idle_expires: at(-1), ..session(n, user_id) }
}

/// Session number `n`, renewed from `old` and not presented yet.
pub(super) fn renewed(n: u32, old: &StoredSession) -> StoredSession {
    StoredSession {
        id: session_id(n),
        active_expires: at(3_000),
        idle_expires: at(4_000),
        created_at: None,
        renewed_from: Some(old.id.clone()),
        ..old.clone()
    }
}

/// The renewal of `old` by session number `n`; no earlier one is lost.
pub(super) fn renewal(n: u32, old: &StoredSession) -> Renewal {
    Renewal { old: old.id.clone(), new: renewed(n, old), now: NOW, lost_before: at(-100_000) }
}
