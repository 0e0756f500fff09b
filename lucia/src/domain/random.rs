//! Where random bytes come from.

use std::sync::Arc;

use crate::Result;
use crate::error::{Error, Kind};

/// A source of random bytes for session ids, user ids, tokens and salts.
///
/// [`OsRandom`] is the one to use. Another one has to be as unpredictable as that, or be for tests only: whoever can
/// guess its bytes can guess sessions.
pub trait Random: Send + Sync + 'static {
    /// Fills all of `bytes`.
    ///
    /// # Errors
    /// When there are no random bytes to be had. `bytes` may then be filled in part, and nothing may be made of them.
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

impl<R: Random + ?Sized> Random for Arc<R> {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        R::fill(self, bytes)
    }
}

/// The random number generator of the operating system.
///
/// ```
/// use lucia::{OsRandom, Random};
///
/// let mut bytes = [0; 32];
/// OsRandom.fill(&mut bytes)?;
/// assert_ne!(bytes, [0; 32]);
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|error| Error::new(Kind::Random(Some(Box::new(error)))))
    }
}

/// `N` random bytes.
pub(crate) fn random_bytes<const N: usize>(random: &dyn Random) -> Result<[u8; N]> {
    let mut bytes = [0; N];
    random.fill(&mut bytes)?;
    Ok(bytes)
}

/// So many letters and digits, each as likely as any other: bytes that would favour some of the 62 are left out.
pub(crate) fn random_alphanumerics(length: usize, random: &dyn Random) -> Result<String> {
    const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let mut text = String::with_capacity(length);
    // One is enough nearly always. A source that gives nothing else than what is left out must not hang us.
    for _ in 0..100 {
        let bytes = random_bytes::<64>(random)?;
        // Six bits choose one of 64; `get` finds none for two of them.
        let letters = bytes.iter().filter_map(|byte| ALPHABET.get(usize::from(byte & 63)));
        text.extend(letters.take(length.saturating_sub(text.len())).copied().map(char::from));
        if text.len() >= length {
            return Ok(text);
        }
    }
    Err(Error::new(Kind::Random(None)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_gives_different_bytes_each_time() {
        assert_ne!(random_bytes::<32>(&OsRandom).unwrap(), random_bytes::<32>(&OsRandom).unwrap());
    }

    #[test]
    fn letters_and_digits_are_as_many_as_asked_for() {
        for length in [0, 1, 16, 40, 64, 200] {
            let text = random_alphanumerics(length, &OsRandom).unwrap();
            assert!(text.len() == length && text.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
    }

    #[test]
    fn a_source_of_one_byte_only_does_not_hang() {
        struct Stuck;
        impl Random for Stuck {
            fn fill(&self, bytes: &mut [u8]) -> Result<()> {
                bytes.fill(0xff);
                Ok(())
            }
        }
        assert!(random_alphanumerics(16, &Stuck).is_err());
    }

    #[test]
    fn a_failing_source_is_an_error_and_no_bytes() {
        let error = random_bytes::<32>(&super::super::testing::NoRandom).unwrap_err();
        assert!(matches!(error.kind(), Kind::Random(_)));
    }
}
