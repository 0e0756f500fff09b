//! Argon2id, the default algorithm, on the `argon2` crate.

use ::argon2::password_hash::PasswordHasher as _;
use ::argon2::password_hash::phc;
use ::argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq;

use super::super::random::random_bytes;
use super::{HasherError, PasswordHash, PasswordHasher, Random, Verification};
use crate::Result;
use crate::error::Error;

/// Argon2id, with 19 MiB of memory, two passes and one lane unless told otherwise: the OWASP recommendation, about 15
/// milliseconds of one core.
///
/// Hashes are PHC strings with 16 random bytes of salt and a tag of 32. A hash with other parameters verifies too and is
/// made anew after a successful log-in; what is not Argon2id in its version 19, or would take more than 256 MiB, 10 passes or
/// 16 lanes, is foreign: a row in the database does not decide how much memory the server takes.
///
/// ```
/// use lucia::{Argon2id, OsRandom, PasswordHasher, Verification};
///
/// let hasher = Argon2id::default();
/// let hash = hasher.hash("correct horse", &OsRandom)?;
/// assert!(hash.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
/// assert_eq!(hasher.verify("correct horse", &hash)?, Verification::Right);
/// assert_eq!(hasher.verify("wrong horse", &hash)?, Verification::Wrong);
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Argon2id {
    params: Params,
}

const TAG_BYTES: usize = 32;
const SALT_BYTES: usize = 16;

impl Argon2id {
    /// How much memory one hash takes unless told otherwise, in KiB: 19 MiB.
    pub const DEFAULT_MEMORY_KIB: u32 = 19 * 1024;
    /// How many passes over the memory there are unless told otherwise.
    pub const DEFAULT_PASSES: u32 = 2;
    /// How many lanes there are unless told otherwise.
    pub const DEFAULT_LANES: u32 = 1;
    /// The most memory that a hash may take, in KiB: 256 MiB.
    pub const MAX_MEMORY_KIB: u32 = 256 * 1024;
    /// The most passes that a hash may take.
    pub const MAX_PASSES: u32 = 10;
    /// The most lanes that a hash may have.
    pub const MAX_LANES: u32 = 16;

    /// Other parameters: memory in KiB (at least 8 for each lane, at most 256 MiB), passes (1 to 10) and lanes (1 to
    /// 16, run one after the other).
    ///
    /// Less than the default is weaker than any current recommendation and is for tests only.
    ///
    /// ```
    /// use lucia::Argon2id;
    ///
    /// let twice_the_work = Argon2id::with_parameters(46 * 1024, 2, 1)?;
    /// assert!(Argon2id::with_parameters(4 * 1024 * 1024, 2, 1).unwrap_err().is_config());
    /// # Ok::<(), lucia::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) when one is out of range.
    pub fn with_parameters(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self> {
        Params::new(memory_kib, passes, lanes, Some(TAG_BYTES))
            .ok()
            .filter(is_affordable)
            .map(|params| Self { params })
            .ok_or_else(|| {
                Error::config(
                    "Argon2id takes 8 KiB of memory for each lane to 256 MiB, 1 to 10 passes and 1 to 16 lanes",
                )
            })
    }

    /// Whether today's hashes look different.
    fn is_outdated(&self, stored: &Stored) -> bool {
        let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
        costs(&stored.params) != costs(&self.params)
            || stored.tag.len() != TAG_BYTES
            || stored.salt.len() < SALT_BYTES
    }
}

impl Default for Argon2id {
    fn default() -> Self {
        // The same as `with_parameters` of the three defaults, which a test proves, but cannot fail.
        Self { params: Params::DEFAULT }
    }
}

fn is_affordable(params: &Params) -> bool {
    params.m_cost() <= Argon2id::MAX_MEMORY_KIB
        && params.t_cost() <= Argon2id::MAX_PASSES
        && params.p_cost() <= Argon2id::MAX_LANES
}

/// A stored hash that we are willing to compute.
struct Stored {
    params: Params,
    salt: phc::Salt,
    tag: phc::Output,
}

impl Stored {
    /// `None` for whatever is not Argon2id version 19 within the bounds. The parser bounds the tag (10 to 64 bytes) and
    /// the salt (8 to 48).
    fn parse(text: &str) -> Option<Self> {
        let hash = phc::PasswordHash::new(text).ok()?;
        let is_ours =
            hash.algorithm == Algorithm::Argon2id.ident() && hash.version == Some(Version::V0x13.into());
        let params = Params::try_from(&hash).ok()?;
        // The crate reads a key id and associated data but leaves them out of the hash: such a hash never matches.
        let is_plain = params.keyid().is_empty() && params.data().is_empty();
        if !(is_ours && is_plain && is_affordable(&params)) {
            return None;
        }
        Some(Self { params, salt: hash.salt?, tag: hash.hash? })
    }
}

fn argon2(params: &Params) -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone())
}

impl PasswordHasher for Argon2id {
    fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError> {
        let salt = random_bytes::<SALT_BYTES>(random)?;
        let hash = argon2(&self.params).hash_password_with_salt(password.as_bytes(), &salt)?;
        Ok(PasswordHash::new(hash.to_string()))
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        let Some(stored) = Stored::parse(stored.expose()) else { return Ok(Verification::Foreign) };
        let mut tag = vec![0; stored.tag.len()];
        argon2(&stored.params).hash_password_into(password.as_bytes(), &stored.salt, &mut tag)?;
        Ok(if !bool::from(tag.ct_eq(stored.tag.as_bytes())) {
            Verification::Wrong
        } else if self.is_outdated(&stored) {
            Verification::RightButOutdated
        } else {
            Verification::Right
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::OsRandom;
    use super::super::super::testing::NoRandom;
    use super::*;
    use crate::error::Kind;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    fn cheap() -> Argon2id {
        Argon2id::with_parameters(16, 1, 1).unwrap()
    }

    fn verify(hasher: &Argon2id, password: &str, stored: &str) -> Verification {
        hasher.verify(password, &PasswordHash::new(stored)).unwrap()
    }

    #[test]
    fn by_default_19_mib_two_passes_one_lane_16_bytes_of_salt_and_32_of_tag() {
        let hash = Argon2id::default().hash("correct horse", &OsRandom).unwrap();
        let parsed = phc::PasswordHash::new(hash.expose()).unwrap();
        assert_eq!(parsed.params.to_string(), "m=19456,t=2,p=1");
        assert_eq!((parsed.salt.unwrap().len(), parsed.hash.unwrap().len()), (16, 32));
        let explicit = Argon2id::with_parameters(
            Argon2id::DEFAULT_MEMORY_KIB,
            Argon2id::DEFAULT_PASSES,
            Argon2id::DEFAULT_LANES,
        )
        .unwrap();
        assert_eq!(explicit.verify("correct horse", &hash).unwrap(), Verification::Right);
    }

    #[test]
    fn equal_passwords_have_different_hashes() {
        let [a, b] = [(); 2].map(|()| cheap().hash("correct horse", &OsRandom).unwrap());
        assert_ne!(a.expose(), b.expose());
        for hash in [a, b] {
            assert_eq!(cheap().verify("correct horse", &hash).unwrap(), Verification::Right);
            assert_eq!(cheap().verify("correct hors", &hash).unwrap(), Verification::Wrong);
        }
    }

    #[test]
    fn a_hash_with_other_parameters_is_right_but_outdated() {
        for (memory, passes, lanes) in [(17, 1, 1), (16, 2, 1), (32, 1, 2)] {
            let other = Argon2id::with_parameters(memory, passes, lanes).unwrap();
            let hash = other.hash("correct horse", &OsRandom).unwrap();
            assert_eq!(cheap().verify("correct horse", &hash).unwrap(), Verification::RightButOutdated);
            assert_eq!(cheap().verify("wrong", &hash).unwrap(), Verification::Wrong);
        }
    }

    #[test]
    fn a_hash_with_a_shorter_salt_or_tag_is_right_but_outdated() {
        let params = Params::new(16, 1, 1, Some(16)).unwrap();
        for (params, salt) in [(params, [1; 16].as_slice()), (cheap().params, [1; 8].as_slice())] {
            let hash = argon2(&params).hash_password_with_salt(b"correct horse", salt).unwrap().to_string();
            assert_eq!(verify(&cheap(), "correct horse", &hash), Verification::RightButOutdated);
        }
    }

    #[test]
    fn other_algorithms_and_damaged_hashes_are_foreign() {
        let good = cheap().hash("correct horse", &OsRandom).unwrap();
        let good = good.expose();
        for stored in [
            String::new(),
            "plain".to_owned(),
            "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy".to_owned(),
            good.replace("argon2id", "argon2i"),
            good.replace("argon2id", "argon2d"),
            good.replace("v=19", "v=16"),
            good.replace("v=19$", ""),
            good.replace("p=1", "p=1,keyid=AAAA"),
            good.replace("p=1", "p=1,data=AAAA"),
            good.replace("p=1", "p=1,x=1"),
            good.replace("m=16", "m=7"),
            format!("{good}$"),
            format!("{good} "),
            good.rsplit_once('$').unwrap().0.to_owned(),
            "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$".to_owned(),
        ] {
            assert_eq!(verify(&cheap(), "correct horse", &stored), Verification::Foreign, "{stored}");
        }
    }

    #[test]
    fn a_hash_that_would_cost_too_much_is_foreign_at_once() {
        let good = cheap().hash("correct horse", &OsRandom).unwrap();
        let started = Instant::now();
        for costs in [
            "m=262145,t=1,p=1",
            "m=4294967295,t=1,p=1",
            "m=1048576,t=8,p=1",
            "m=16,t=11,p=1",
            "m=16,t=4294967295,p=1",
            "m=262144,t=1,p=17",
            "m=4294967295,t=1,p=16777215",
        ] {
            let hostile = good.expose().replace("m=16,t=1,p=1", costs);
            assert_eq!(verify(&cheap(), "correct horse", &hostile), Verification::Foreign, "{costs}");
        }
        let long_tag = format!("{}{}", good.expose(), "A".repeat(60));
        assert_eq!(verify(&cheap(), "correct horse", &long_tag), Verification::Foreign);
        assert!(started.elapsed() < Duration::from_millis(100));
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        for (memory, passes, lanes) in [
            (7, 1, 1),
            (15, 1, 2),
            (0, 1, 1),
            (16, 0, 1),
            (16, 1, 0),
            (262_145, 1, 1),
            (16, 11, 1),
            (1_024, 1, 17),
            (u32::MAX, u32::MAX, u32::MAX),
        ] {
            assert!(Argon2id::with_parameters(memory, passes, lanes).unwrap_err().is_config());
        }
    }

    #[test]
    fn a_known_answer_of_the_reference_implementation() {
        let stored = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        assert_eq!(verify(&cheap(), "password", stored), Verification::RightButOutdated);
    }

    #[test]
    fn no_random_bytes_no_hash() {
        let error = cheap().hash("correct horse", &NoRandom).unwrap_err();
        assert!(matches!(error.downcast_ref::<Error>().unwrap().kind(), Kind::Random(_)));
    }

    proptest! {
        #[test]
        fn no_stored_text_panics_or_lets_anybody_in(
            stored in "(\\$argon2id\\$v=19\\$m=[0-9]{1,2},t=[0-9],p=[0-9]\\$[A-Za-z0-9+/]{0,30}\\$[A-Za-z0-9+/]{0,50})|[$=,a-z0-9]{0,60}|.*",
        ) {
            let verification = verify(&cheap(), "correct horse", &stored);
            prop_assert!(matches!(verification, Verification::Wrong | Verification::Foreign));
        }
    }
}
