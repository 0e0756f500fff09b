//! How the ids of sessions and keys stand in the tables.

use super::{Key, KeyId, Random, SessionId, SessionToken, StoredKey, StoredSession};
use crate::Result;
use crate::error::Error;

/// How the ids of sessions and keys stand in the tables: as nobody but us reads them, or as Lucia v1 does too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ids {
    /// A session's is the SHA-256 of its token; a key's has its identifier percent-encoded.
    Ours,
    /// A session's is its token itself; a key's has its identifier as it is.
    #[cfg_attr(not(feature = "lucia-v1"), expect(dead_code, reason = "the setting belongs to the feature"))]
    LuciaV1,
}

impl Ids {
    /// The token of a new session.
    pub(crate) fn new_token(self, random: &dyn Random) -> Result<SessionToken> {
        match self {
            Self::Ours => SessionToken::generate(random),
            Self::LuciaV1 => SessionToken::generate_of_lucia_v1(random),
        }
    }

    /// What the row of a session has as its id.
    ///
    /// # Errors
    ///
    /// `is_config` where the row may have the token itself, and the id came as text, by which the row cannot be found: taking it
    /// for an unknown one would leave a session good that was to end.
    pub(crate) fn of_session(self, id: &SessionId) -> Result<&str> {
        match self {
            Self::Ours => Ok(id.as_str()),
            Self::LuciaV1 => id.in_shared_row().ok_or_else(|| {
                Error::config(
                    "in a database that is shared with Lucia v1 no session is found by the text of its id; look for the id \
                     among those that `sessions` returns",
                )
            }),
        }
    }

    /// Whether some token leads to this row.
    pub(crate) fn lead_to(self, row: &StoredSession) -> bool {
        match self {
            Self::Ours => row.id.len() != SessionToken::LENGTH_IN_LUCIA_V1,
            Self::LuciaV1 => true,
        }
    }

    /// What the row of a key has as its id.
    pub(crate) fn of_key(self, id: &KeyId) -> String {
        match self {
            Self::Ours => id.as_stored().to_owned(),
            Self::LuciaV1 => format!("{}:{}", id.provider(), id.identifier()),
        }
    }

    /// Reads the row of a key; `None` when its id has no colon.
    pub(crate) fn read_key(self, row: &StoredKey) -> Option<Key> {
        let key = Key::from_stored(row)?;
        match self {
            Self::Ours => Some(key),
            Self::LuciaV1 => Some(Key { id: KeyId::from_plain(&row.id)?, ..key }),
        }
    }
}

#[cfg(all(test, feature = "lucia-v1"))]
mod tests {
    use super::super::{OsRandom, UnixMillis, UserId};
    use super::*;
    use crate::provider;
    use proptest::prelude::*;

    fn row(id: &str) -> StoredKey {
        StoredKey {
            id: id.to_owned(),
            user_id: UserId::from_stored("ada".to_owned()),
            primary_key: true,
            hashed_password: None,
            expires: None,
        }
    }

    #[test]
    fn the_row_of_a_session_has_the_hash_of_the_token_or_the_token() {
        for (ids, length) in [(Ids::Ours, 64), (Ids::LuciaV1, 40)] {
            let token = ids.new_token(&OsRandom).unwrap();
            let id = token.id();
            let stored = ids.of_session(&id).unwrap();
            assert_eq!(stored.len(), length);
            assert_eq!(stored == token.expose(), ids == Ids::LuciaV1);
        }
    }

    #[test]
    fn a_token_of_either_shape_leads_to_the_row_that_was_made_for_it() {
        let hashed = Ids::Ours.new_token(&OsRandom).unwrap();
        assert_eq!(Ids::LuciaV1.of_session(&hashed.id()).unwrap(), hashed.id().as_str());
        // Without the setting a token of Lucia v1 leads to a row that nobody writes, and never to the token itself.
        let plain = Ids::LuciaV1.new_token(&OsRandom).unwrap();
        assert_eq!(Ids::Ours.of_session(&plain.id()).unwrap(), plain.id().as_str());
    }

    #[test]
    fn the_text_of_an_id_finds_no_row_that_may_have_the_token() {
        let id: SessionId = Ids::LuciaV1.new_token(&OsRandom).unwrap().id().to_string().parse().unwrap();
        assert!(Ids::LuciaV1.of_session(&id).unwrap_err().is_config());
        assert_eq!(Ids::Ours.of_session(&id).unwrap(), id.as_str());
    }

    #[test]
    fn only_a_shared_database_has_sessions_of_lucia_v1() {
        let expiry = UnixMillis::from_millis(1);
        for (id, by_ours) in [("a".repeat(40), false), ("a".repeat(64), true)] {
            let row = StoredSession {
                id,
                user_id: UserId::from_stored("ada".to_owned()),
                active_expires: expiry,
                idle_expires: expiry,
                created_at: None,
                absolute_expires: None,
                renewed_from: None,
            };
            assert_eq!((Ids::Ours.lead_to(&row), Ids::LuciaV1.lead_to(&row)), (by_ours, true));
        }
    }

    #[test]
    fn identifiers_stand_as_they_are_in_a_shared_row() {
        for identifier in ["Alice", "a:b", "é", "100%", "%41", " a b "] {
            let id = provider!("username").id(identifier).unwrap();
            let stored = Ids::LuciaV1.of_key(&id);
            assert_eq!(stored, format!("username:{identifier}"));
            let read = Ids::LuciaV1.read_key(&row(&stored)).unwrap();
            assert_eq!((read.id.identifier(), Ids::LuciaV1.of_key(&read.id)), (identifier, stored));
        }
    }

    proptest! {
        #[test]
        fn two_keys_never_have_one_row(a in "[a:%4 1é]{1,6}", b in "[a:%4 1é]{1,6}") {
            let [first, second] = [&a, &b].map(|identifier| provider!("p").id(identifier).unwrap());
            for ids in [Ids::Ours, Ids::LuciaV1] {
                prop_assert_eq!(ids.of_key(&first) == ids.of_key(&second), a == b);
            }
        }
    }
}
