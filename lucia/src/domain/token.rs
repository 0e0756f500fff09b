//! A single-use token: the secret in a link that somebody is sent.

use super::secret_text::SecretText;
use super::{KeyId, Provider, Random};
use crate::Result;

/// The secret of a single-use key whose random part is made here: 43 characters of `A` to `Z`, `a` to `z`, `0` to `9`,
/// `-` and `_`, which are 256 random bits and need no encoding in a link.
///
/// The database sees its SHA-256 only, so that whoever reads the database has no links. It cannot be printed, cloned or
/// compared: [`expose`](Self::expose) is the one way to its text.
///
/// ```
/// use lucia::{OsRandom, Provider, Token, provider};
///
/// const RESET: Provider = provider!("password-reset");
///
/// let token = Token::generate(&OsRandom)?;
/// let link = format!("https://example.com/reset/{}", token.expose());
///
/// // What comes back with the link leads to the same key.
/// let presented = Token::parse(&link[link.len() - 43..]).unwrap();
/// assert_eq!(presented.key_id(RESET), token.key_id(RESET));
/// assert_eq!(format!("{token:?}"), "Token([secret])");
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Debug)]
pub struct Token(SecretText);

impl Token {
    /// A new random token.
    ///
    /// # Errors
    /// The error of `random`.
    pub fn generate(random: &dyn Random) -> Result<Self> {
        SecretText::generate(random).map(Self)
    }

    /// What somebody presents, as text or bytes; `None` unless it has the exact shape of a token. Nothing is trimmed or
    /// decoded.
    #[must_use]
    pub fn parse(text: impl AsRef<[u8]>) -> Option<Self> {
        SecretText::parse(text.as_ref()).map(Self)
    }

    /// The text itself, for the link and for nothing else.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose()
    }

    /// The id of the key that the token opens: the provider and the SHA-256 of the text in hexadecimal.
    #[must_use]
    pub fn key_id(&self, provider: Provider) -> KeyId {
        KeyId::of_hash(provider, &self.0.sha256_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::super::OsRandom;
    use super::*;

    const P: Provider = crate::provider!("magic-link");

    #[test]
    fn the_key_holds_the_sha_256_and_not_the_text() {
        let token = Token::parse([b'A'; 43]).unwrap();
        assert_eq!(
            token.key_id(P).as_stored(),
            "magic-link:0f007385b6f9d4b7eeb2748605afe1a984a0a3bfa3f014d09e2a784ce9e5cd1a"
        );
    }

    #[test]
    fn its_key_id_is_the_one_that_the_checked_way_makes() {
        let id = Token::generate(&OsRandom).unwrap().key_id(P);
        assert_eq!(P.id(id.identifier()).unwrap(), id);
        assert_eq!(id.identifier().len(), 64);
    }

    #[test]
    fn only_the_exact_shape_is_a_token() {
        let token = Token::generate(&OsRandom).unwrap();
        assert!(Token::parse(token.expose()).is_some());
        for bad in ["", " ", &token.expose()[1..], &format!("{} ", token.expose()), &"=".repeat(43)] {
            assert!(Token::parse(bad).is_none());
        }
    }
}
