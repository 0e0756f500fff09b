//! What a session token and a single-use token have in common: text that only its holder may know.

use std::fmt;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Random;
use super::random::{random_alphanumerics, random_bytes};
use crate::Result;

/// The base64url text of 32 random bytes, or, in a session token, a text as Lucia v1 makes them. It cannot be printed, cloned
/// or compared with `==`.
pub(crate) struct SecretText(String);

impl SecretText {
    pub(crate) const LENGTH: usize = 43;
    pub(crate) const LENGTH_IN_LUCIA_V1: usize = 40;

    pub(crate) fn generate(random: &dyn Random) -> Result<Self> {
        Ok(Self(BASE64URL_NOPAD.encode(&random_bytes::<32>(random)?)))
    }

    /// As Lucia v1 makes its session ids: 40 letters and digits, which are 238 random bits.
    pub(crate) fn generate_of_lucia_v1(random: &dyn Random) -> Result<Self> {
        random_alphanumerics(Self::LENGTH_IN_LUCIA_V1, random).map(Self)
    }

    /// By its shape alone: every text of 43 characters of the alphabet is one. Nothing is decoded, so that there is
    /// exactly one text for one hash.
    pub(crate) fn parse(text: &[u8]) -> Option<Self> {
        let well_formed = text.len() == Self::LENGTH
            && text.iter().all(|&b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
        if !well_formed {
            return None;
        }
        std::str::from_utf8(text).ok().map(|text| Self(text.to_owned()))
    }

    /// A session id of Lucia v1, by its shape alone.
    pub(crate) fn parse_of_lucia_v1(text: &[u8]) -> Option<Self> {
        let well_formed =
            text.len() == Self::LENGTH_IN_LUCIA_V1 && text.iter().all(u8::is_ascii_alphanumeric);
        if !well_formed {
            return None;
        }
        std::str::from_utf8(text).ok().map(|text| Self(text.to_owned()))
    }

    pub(crate) fn is_of_lucia_v1(&self) -> bool {
        self.0.len() == Self::LENGTH_IN_LUCIA_V1
    }

    pub(crate) fn expose(&self) -> &str {
        &self.0
    }

    /// The SHA-256 of the text, 64 lower-case hexadecimal digits: all that the database ever sees of it. A fast hash is
    /// right here: there are 256 random bits to guess, not a password.
    pub(crate) fn sha256_hex(&self) -> String {
        HEXLOWER.encode(&Sha256::digest(self.0.as_bytes()))
    }

    /// In a time that does not depend on where the two differ.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{SeededRandom, assert_uniform};
    use super::super::{OsRandom, testing::NoRandom};
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    #[test]
    fn every_character_is_equally_likely_at_every_position_and_none_comes_twice() {
        let random = SeededRandom::new(2);
        let texts: Vec<String> = (0..100_000).map(|_| SecretText::generate(&random).unwrap().0).collect();
        assert_uniform(&texts, ALPHABET, 0..42);
        // The last character carries the last four of the 256 bits.
        assert_uniform(&texts, b"AEIMQUYcgkosw048", 42..43);
        assert_eq!(texts.iter().collect::<HashSet<_>>().len(), texts.len());
        assert!(texts.iter().all(|t| BASE64URL_NOPAD.decode(t.as_bytes()).unwrap().len() == 32));
    }

    #[test]
    fn one_as_lucia_v1_makes_them_is_40_letters_and_digits_each_equally_likely() {
        const ALPHANUMERIC: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let random = SeededRandom::new(3);
        let texts: Vec<String> =
            (0..50_000).map(|_| SecretText::generate_of_lucia_v1(&random).unwrap().0).collect();
        assert_uniform(&texts, ALPHANUMERIC, 0..40);
        assert_eq!(texts.iter().collect::<HashSet<_>>().len(), texts.len());
    }

    #[test]
    fn what_the_system_gives_is_parsed_again() {
        let made = SecretText::generate(&OsRandom).unwrap();
        assert!(SecretText::parse(made.expose().as_bytes()).unwrap().is_same(&made));
        assert!(!SecretText::generate(&OsRandom).unwrap().is_same(&made));
        let made = SecretText::generate_of_lucia_v1(&OsRandom).unwrap();
        assert!(SecretText::parse_of_lucia_v1(made.expose().as_bytes()).unwrap().is_same(&made));
        assert!(made.is_of_lucia_v1() && SecretText::parse(made.expose().as_bytes()).is_none());
    }

    #[test]
    fn no_random_bytes_no_secret() {
        assert!(SecretText::generate(&NoRandom).is_err());
        assert!(SecretText::generate_of_lucia_v1(&NoRandom).is_err());
    }

    #[test]
    fn the_hash_is_sha_256_of_the_text_and_not_of_what_it_decodes_to() {
        let text = SecretText::parse(&[b'A'; 43]).unwrap();
        assert_eq!(text.sha256_hex(), HEXLOWER.encode(&Sha256::digest([b'A'; 43])));
    }

    proptest! {
        #[test]
        fn only_the_exact_shape_is_parsed(text in proptest::collection::vec(any::<u8>(), 40..46)) {
            let shape = text.len() == 43 && text.iter().all(|b| ALPHABET.contains(b));
            prop_assert_eq!(SecretText::parse(&text).is_some(), shape);
        }

        #[test]
        fn only_40_letters_and_digits_are_one_of_lucia_v1(text in "[A-Za-z0-9]{38,42}|[A-Za-z0-9é_]{40}|.*") {
            let shape = text.len() == 40 && text.bytes().all(|b| b.is_ascii_alphanumeric());
            prop_assert_eq!(SecretText::parse_of_lucia_v1(text.as_bytes()).is_some(), shape);
        }

        #[test]
        fn every_text_of_the_shape_is_parsed_as_it_is(text in "[A-Za-z0-9_-]{43}") {
            let parsed = SecretText::parse(text.as_bytes());
            prop_assert_eq!(parsed.as_ref().map(SecretText::expose), Some(text.as_str()));
        }
    }
}
