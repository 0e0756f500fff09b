//! Password hashing: the trait for an algorithm, what it makes, and the service that runs it within bounds.

#[cfg(feature = "passwords")]
mod argon2;
#[cfg(feature = "lucia-v1")]
mod lucia_v1;
mod service;

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use subtle::ConstantTimeEq;

#[cfg(feature = "passwords")]
pub use self::argon2::Argon2id;
#[cfg(feature = "lucia-v1")]
pub use self::lucia_v1::LuciaV1;
pub(crate) use self::service::{Passwords, Where};
use super::Random;

/// Why a hasher could not do its work: no memory, no random bytes, a service that does not answer.
pub type HasherError = Box<dyn StdError + Send + Sync>;

/// A password hash as it is stored, in whatever text form its algorithm writes.
///
/// `Debug` does not show it: whoever has it can try passwords at their own speed. It cannot be compared by `==`.
///
/// ```
/// use lucia::PasswordHash;
///
/// let hash = PasswordHash::new("$argon2id$v=19$...");
/// assert_eq!(format!("{hash:?}"), "PasswordHash([secret])");
/// ```
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// What a hasher wrote or a row holds. Nothing is checked: that is up to the hasher that verifies with it.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the row and for the hasher.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether it is the same text, compared in constant time.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash([secret])")
    }
}

/// What became of checking a password against a stored hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a password that is wrong has to be refused"]
pub enum Verification {
    /// It is another password.
    Wrong,
    /// It is the password.
    Right,
    /// It is the password, but the hash is of an older kind or has other parameters than today's: hash it anew.
    RightButOutdated,
    /// This hasher cannot check such a hash (another algorithm, damaged, or far too expensive), and has done no work.
    Foreign,
}

/// An algorithm for hashing passwords. `Argon2id`, under the feature `passwords`, is the one to use.
///
/// The password that it is given is normalised and has at most 256 characters. Both methods do their work on the calling
/// thread; the library calls them where that is allowed and bounds how many run at once.
pub trait PasswordHasher: Send + Sync + 'static {
    /// Hashes a new password, with a salt from `random` and everything that verifying needs in the text.
    ///
    /// # Errors
    /// When it cannot be done at all, such as for lack of memory. [`Random`] errors are passed on as they are.
    fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError>;

    /// Checks a password against a stored hash, comparing in constant time.
    ///
    /// A stored hash can be anything that the column holds. What this hasher did not write, or what would cost far more
    /// than today's parameters, is [`Foreign`](Verification::Foreign) and is found to be so without work.
    ///
    /// # Errors
    /// When it cannot be done at all, such as for lack of memory. A hash that cannot be read is not an error.
    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError>;
}

impl<H: PasswordHasher + ?Sized> PasswordHasher for Arc<H> {
    fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError> {
        H::hash(self, password, random)
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        H::verify(self, password, stored)
    }
}
