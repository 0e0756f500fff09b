//! The two names of a session: the secret in the cookie and the public id in the database.

use std::fmt;
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
    /// A new random token.
    ///
    /// # Errors
    /// The error of `random`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        SecretText::generate(random).map(Self)
    }

    /// What a request presents, as text or bytes; `None` unless it has the exact shape of a token. Nothing is trimmed,
    /// unquoted or decoded.
    #[must_use]
    pub fn parse(text: impl AsRef<[u8]>) -> Option<Self> {
        SecretText::parse(text.as_ref()).map(Self)
    }

    /// The text itself, for the cookie and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The id of the session that it opens.
    #[must_use]
    pub fn id(&self) -> SessionId {
        SessionId(self.0.sha256_hex())
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(String);

impl SessionId {
    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn into_string(self) -> String {
        self.0
    }
}

impl TryFrom<String> for SessionId {
    type Error = Error;

    fn try_from(id: String) -> Result<Self> {
        if id.len() == 64 && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) {
            return Ok(Self(id));
        }
        Err(Error::input("session id", InputRule::Characters("0 to 9 and a to f, 64 of them")))
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
        f.pad(&self.0)
    }
}

impl AsRef<str> for SessionId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Serialize for SessionId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
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
