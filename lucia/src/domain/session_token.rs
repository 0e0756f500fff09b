//! The two names of a session: the secret in the cookie and the public id in the database.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Random;
use super::secret_text::SecretText;
use crate::Result;
use crate::error::{Error, InputRule};

/// The secret in the cookie: whoever has it is signed in.
///
/// 43 characters of `A` to `Z`, `a` to `z`, `0` to `9`, `-` and `_`, which are 256 random bits. The database sees
/// its SHA-256 only, the [`SessionId`]. It cannot be printed, cloned or compared with `==`.
///
/// In a database that is [shared with Lucia v1](crate::_lucia_v1) it is 40 letters and digits, and the database sees them.
///
/// ```
/// use lucia::{OsRandom, SessionToken};
///
/// let token = SessionToken::generate(&OsRandom)?;
/// let presented = SessionToken::parse(token.expose()).unwrap();
/// assert_eq!(presented.id(), token.id());
/// assert_eq!(format!("{token:?}"), "SessionToken([secret])");
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Debug)]
pub struct SessionToken(SecretText);

impl SessionToken {
    /// How long one is that Lucia v1 knows.
    pub(crate) const LENGTH_IN_LUCIA_V1: usize = SecretText::LENGTH_IN_LUCIA_V1;

    /// A new random token.
    ///
    /// # Errors
    /// The error of `random`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        SecretText::generate(random).map(Self)
    }

    /// One of the shape that Lucia v1 knows.
    pub(crate) fn generate_of_lucia_v1(random: &dyn Random) -> Result<Self> {
        SecretText::generate_of_lucia_v1(random).map(Self)
    }

    /// What a request presents, as text or bytes; `None` unless it has the exact shape of a token, ours or Lucia v1's. Nothing
    /// is trimmed, unquoted or decoded.
    #[must_use]
    pub fn parse(text: impl AsRef<[u8]>) -> Option<Self> {
        let text = text.as_ref();
        SecretText::parse(text).or_else(|| SecretText::parse_of_lucia_v1(text)).map(Self)
    }

    /// The text itself, for the cookie and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The id of the session that it opens.
    #[must_use]
    pub fn id(&self) -> SessionId {
        let plain = self.0.is_of_lucia_v1().then(|| self.0.expose().to_owned());
        SessionId { text: self.0.sha256_hex(), row: plain.map_or(Row::Same, Row::Plain) }
    }

    /// Whether the two are the same, found out in a time that does not depend on where they differ.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.is_same(&other.0)
    }
}

/// The id of a session: 64 lower-case hexadecimal digits, the SHA-256 of its [`SessionToken`].
///
/// It is no secret: it names a session in a list, a path or a log, and cannot be turned back into the token.
///
/// ```
/// use lucia::{OsRandom, SessionId, SessionToken};
///
/// let id = SessionToken::generate(&OsRandom)?.id();
/// assert_eq!(id.to_string().parse::<SessionId>()?, id);
/// assert!("not an id".parse::<SessionId>().unwrap_err().is_invalid_input());
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone)]
pub struct SessionId {
    text: String,
    row: Row,
}

/// What the database has as the id of the session.
#[derive(Clone)]
enum Row {
    /// The same text.
    Same,
    /// The token itself, in a database that is shared with Lucia v1: a secret.
    Plain(String),
    /// Either: the id came as text, of which a token cannot be made.
    Unknown,
}

impl SessionId {
    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Reads the `id` column; `None` unless it has the shape of an id of ours or of Lucia v1's.
    pub(crate) fn from_stored(id: String) -> Option<Self> {
        if is_id(&id) {
            return Some(Self { text: id, row: Row::Same });
        }
        SecretText::parse_of_lucia_v1(id.as_bytes()).map(|token| SessionToken(token).id())
    }

    /// What the `id` column holds if it may hold tokens; `None` when this id came as text, which does not say.
    pub(crate) fn in_shared_row(&self) -> Option<&str> {
        match &self.row {
            Row::Same => Some(&self.text),
            Row::Plain(token) => Some(token),
            Row::Unknown => None,
        }
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

impl TryFrom<String> for SessionId {
    type Error = Error;

    fn try_from(id: String) -> Result<Self> {
        if is_id(&id) {
            return Ok(Self { text: id, row: Row::Unknown });
        }
        Err(Error::input("session id", InputRule::Characters("0 to 9 and a to f, 64 of them")))
    }
}

impl fmt::Debug for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SessionId").field(&self.text).finish()
    }
}

impl PartialEq for SessionId {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for SessionId {}

impl PartialOrd for SessionId {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for SessionId {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl Hash for SessionId {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl FromStr for SessionId {
    type Err = Error;

    fn from_str(id: &str) -> Result<Self> {
        Self::try_from(id.to_owned())
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl AsRef<str> for SessionId {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Serialize for SessionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for SessionId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::super::OsRandom;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_id_is_the_sha_256_of_the_text() {
        let id = SessionToken::parse([b'A'; 43]).unwrap().id();
        assert_eq!(id.as_str(), "0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a");
    }

    #[test]
    fn the_id_in_the_cookie_opens_nothing() {
        let id = SessionToken::generate(&OsRandom).unwrap().id();
        assert!(SessionToken::parse(id.as_str()).is_none());
    }

    #[test]
    fn the_id_of_a_token_of_lucia_v1_shows_its_hash_and_keeps_the_token_for_the_row() {
        let token = SessionToken::parse([b'A'; 40]).unwrap();
        let id = token.id();
        assert_eq!(id.in_shared_row(), Some(token.expose()));
        assert_eq!(id.as_str().len(), 64);
        assert!(!format!("{id} {id:?} {}", serde_json::to_string(&id).unwrap()).contains(token.expose()));
        let read = SessionId::from_stored(token.expose().to_owned()).unwrap();
        assert_eq!((read.in_shared_row(), &read), (Some(token.expose()), &id));
    }

    #[test]
    fn an_id_that_came_as_text_is_the_same_id_but_does_not_say_what_its_row_has() {
        for token in [SessionToken::parse([b'A'; 43]).unwrap(), SessionToken::parse([b'A'; 40]).unwrap()] {
            let typed: SessionId = token.id().to_string().parse().unwrap();
            assert_eq!(typed, token.id());
            assert_eq!(typed.cmp(&token.id()), Ordering::Equal);
            assert_eq!(typed.in_shared_row(), None);
        }
        assert_eq!(SessionToken::parse([b'A'; 43]).unwrap().id().in_shared_row().map(str::len), Some(64));
    }

    #[test]
    fn tokens_are_compared_without_the_operator() {
        let token = SessionToken::generate(&OsRandom).unwrap();
        assert!(token.is_same(&SessionToken::parse(token.expose()).unwrap()));
        assert!(!token.is_same(&SessionToken::generate(&OsRandom).unwrap()));
    }

    #[test]
    fn serde_reads_and_writes_a_string_and_validates_it() {
        let id = SessionToken::generate(&OsRandom).unwrap().id();
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, format!("\"{id}\""));
        assert_eq!(serde_json::from_str::<SessionId>(&json).unwrap(), id);
        assert!(serde_json::from_str::<SessionId>(&json.to_uppercase()).is_err());
    }

    proptest! {
        #[test]
        fn only_64_lower_case_hexadecimal_digits_are_an_id(text in "[0-9a-fg:A]{62,66}|.*") {
            let shape = text.len() == 64 && text.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'));
            prop_assert_eq!(text.parse::<SessionId>().is_ok(), shape);
        }
    }
}
