//! Keys: the ways in which one user can sign in, as they are made, stored and read.

use std::fmt;
use std::time::Duration;

use super::{KeyId, Password, PasswordHash, UnixMillis, UserId};

/// A key as it is read back. Whether there is a password is told, the hash is not.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Key {
    /// The id of the key, `provider:identifier`.
    pub id: KeyId,
    /// The user who signs in by it.
    pub user_id: UserId,
    /// Whether it stays or is used up.
    pub kind: KeyKind,
    /// Whether a password is asked for.
    pub has_password: bool,
}

/// Whether a key stays or is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// It stays until it is deleted.
    Persistent {
        /// Whether it was made together with its user; such a key goes only with the user.
        primary: bool,
    },
    /// It is gone after one use.
    SingleUse {
        /// The last instant at which it can be used.
        expires: UnixMillis,
    },
}

impl Key {
    /// Whether its time is over. Never for a persistent key; an instant equal to the expiry still counts as before it.
    #[must_use]
    pub fn is_expired(&self, now: UnixMillis) -> bool {
        match self.kind {
            KeyKind::Persistent { .. } => false,
            KeyKind::SingleUse { expires } => now > expires,
        }
    }

    /// Whether it was made together with its user.
    #[must_use]
    pub fn is_primary(&self) -> bool {
        matches!(self.kind, KeyKind::Persistent { primary: true })
    }

    /// Reads a row. A row with an expiry is a single-use key whatever else it says; `None` when the id has no colon.
    #[must_use]
    pub fn from_stored(row: &StoredKey) -> Option<Self> {
        Some(Self {
            id: KeyId::from_stored(&row.id)?,
            user_id: row.user_id.clone(),
            kind: match row.expires {
                Some(expires) => KeyKind::SingleUse { expires },
                None => KeyKind::Persistent { primary: row.primary_key },
            },
            has_password: row.hashed_password.is_some(),
        })
    }
}

/// A row of the key table, column by column: what an adapter writes and reads.
///
/// `Debug` leaves out the id, as that of [`KeyId`] does.
#[derive(Clone)]
pub struct StoredKey {
    /// `provider:identifier` in its stored form, [`KeyId::as_stored`].
    pub id: String,
    /// The user who signs in by it.
    pub user_id: UserId,
    /// Whether it was made together with its user.
    pub primary_key: bool,
    /// The hash of its password. There is none when no password is asked for.
    pub hashed_password: Option<PasswordHash>,
    /// The last instant at which a single-use key can be used; nothing in a persistent key.
    pub expires: Option<UnixMillis>,
}

impl fmt::Debug for StoredKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredKey")
            .field("user_id", &self.user_id)
            .field("primary_key", &self.primary_key)
            .field("hashed_password", &self.hashed_password)
            .field("expires", &self.expires)
            .finish_non_exhaustive()
    }
}

/// A key to be made.
///
/// ```
/// use lucia::{NewKey, provider};
/// use std::time::Duration;
///
/// let by_name = NewKey::password(provider!("username").id("ada")?, "correct horse");
/// let by_github = NewKey::without_password(provider!("github").id("583231")?);
/// let invitation = NewKey::without_password(provider!("invitation").id("4711")?).single_use(Duration::from_secs(600));
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "a new key is only a description; give it to an operation that makes it"]
pub struct NewKey {
    pub(crate) id: KeyId,
    pub(crate) password: Option<Password>,
    pub(crate) single_use: Option<Duration>,
}

impl NewKey {
    /// A persistent key that asks for this password.
    pub fn password(id: KeyId, password: impl Into<Password>) -> Self {
        Self { id, password: Some(password.into()), single_use: None }
    }

    /// A persistent key that asks for no password: somebody else vouches for the user, or the identifier is a secret.
    pub fn without_password(id: KeyId) -> Self {
        Self { id, password: None, single_use: None }
    }

    /// The same as a single-use key, good for so long from the moment it is made (in whole milliseconds). With zero it
    /// is good at that one instant, which is to say that it expires at once.
    pub fn single_use(mut self, lifetime: Duration) -> Self {
        self.single_use = Some(lifetime);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(primary_key: bool, expires: Option<i64>) -> StoredKey {
        StoredKey {
            id: "username:ada".to_owned(),
            user_id: UserId::new("1").unwrap(),
            primary_key,
            hashed_password: None,
            expires: expires.map(UnixMillis::from_millis),
        }
    }

    #[test]
    fn a_key_is_single_use_exactly_when_it_has_an_expiry() {
        for primary in [false, true] {
            let key = Key::from_stored(&row(primary, None)).unwrap();
            assert_eq!(key.kind, KeyKind::Persistent { primary });
            assert_eq!(key.is_primary(), primary);
            for expires in [0, 5, -1] {
                let key = Key::from_stored(&row(primary, Some(expires))).unwrap();
                assert_eq!(key.kind, KeyKind::SingleUse { expires: UnixMillis::from_millis(expires) });
                assert!(!key.is_primary());
            }
        }
    }

    #[test]
    fn the_instant_of_expiry_still_counts_as_before_it() {
        let key = Key::from_stored(&row(false, Some(1_000))).unwrap();
        assert!(!key.is_expired(UnixMillis::from_millis(999)));
        assert!(!key.is_expired(UnixMillis::from_millis(1_000)));
        assert!(key.is_expired(UnixMillis::from_millis(1_001)));
    }

    #[test]
    fn a_persistent_key_never_expires() {
        assert!(!Key::from_stored(&row(true, None)).unwrap().is_expired(UnixMillis::from_millis(i64::MAX)));
    }

    #[test]
    fn a_row_without_a_colon_is_no_key() {
        assert_eq!(Key::from_stored(&StoredKey { id: "ada".to_owned(), ..row(false, None) }), None);
    }

    #[test]
    fn has_password_says_whether_there_is_a_hash() {
        assert!(!Key::from_stored(&row(false, None)).unwrap().has_password);
        let with = StoredKey { hashed_password: Some(PasswordHash::new("$x")), ..row(false, None) };
        assert!(Key::from_stored(&with).unwrap().has_password);
    }
}
