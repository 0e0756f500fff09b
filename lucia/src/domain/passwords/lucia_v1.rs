//! Password hashes of Lucia v1 and its successors: scrypt, tagged `s2:` or not tagged. They verify, and are made only for a
//! database that Lucia v1 uses too.

use data_encoding::HEXLOWER;
use scrypt::{Params, scrypt};
use subtle::ConstantTimeEq;

use super::super::random::random_alphanumerics;
use super::{HasherError, PasswordHash, PasswordHasher, Random, Verification};

/// A hasher that can also check the hashes of Lucia v1, v2 and v3, and has them made anew with another one, which is given
/// to it, after a successful log-in.
///
/// It reads `s2:salt:key` and, from before Lucia 0.2.1, `salt:key`. The latter were made without normalising, and are
/// found only for passwords that NFKC leaves as they are. Hashes of the releases 1.2.1 and 1.2.2, which swapped password and
/// salt, verify in no other release either. Bcrypt hashes from before 0.1 are left to the other hasher.
///
/// An scrypt of theirs costs another time than a hash of today, so that until an account has logged in once, how long a
/// wrong password takes can tell that it has an old hash.
///
/// ```
/// use lucia::{Argon2id, LuciaV1, PasswordHash, PasswordHasher, Verification};
///
/// let hasher = LuciaV1::or(Argon2id::default());
/// let stored = PasswordHash::new(concat!(
///     "s2:abcdefghijklmnop:732bd5c478953983828d4b32f3a1670a120a4ae2fceabec953fe4dc51b37d0e7",
///     "c32022cdbec7055de0afc05f8774a525321876b7fcd007bdb56c8cb943e4a94a",
/// ));
/// assert_eq!(hasher.verify("hunter2", &stored)?, Verification::RightButOutdated);
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// ```
#[derive(Clone, Debug)]
pub struct LuciaV1<H> {
    other: H,
    /// Whether new hashes are scrypt, for Lucia v1 to read.
    writes: bool,
}

impl<H: PasswordHasher> LuciaV1<H> {
    /// Checks the hashes of Lucia v1 itself, and leaves everything else, and all new hashes, to the hasher of today.
    #[must_use]
    pub fn or(today: H) -> Self {
        Self { other: today, writes: false }
    }

    /// Makes hashes that Lucia v1 can check, whatever the other hasher does. Its hashes verify, and are outdated.
    pub(crate) fn shared(other: H) -> Self {
        Self { other, writes: true }
    }
}

impl<H: PasswordHasher> PasswordHasher for LuciaV1<H> {
    fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError> {
        if !self.writes {
            return self.other.hash(password, random);
        }
        let salt = random_alphanumerics(SALT_CHARACTERS, random)?;
        let key = derive_key(password, &salt, R)?;
        Ok(PasswordHash::new(format!("{TAG}:{salt}:{}", HEXLOWER.encode(&key))))
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        let Some(theirs) = Stored::parse(stored.expose()) else {
            return match self.other.verify(password, stored)? {
                Verification::Right if self.writes => Ok(Verification::RightButOutdated),
                verification => Ok(verification),
            };
        };
        match theirs.matches(password)? {
            true if self.writes && theirs.r == R => Ok(Verification::Right),
            true => Ok(Verification::RightButOutdated),
            false => Ok(Verification::Wrong),
        }
    }
}

const KEY_BYTES: usize = 64;
const LOG_N: u8 = 14;
const P: u32 = 1;
/// The block size of a tagged hash, and of one that is not.
const R: u32 = 16;
const R_UNTAGGED: u32 = 8;
const TAG: &str = "s2";
/// As many as Lucia v1 gives a new hash: 95 random bits.
const SALT_CHARACTERS: usize = 16;

/// The parts of a hash. Its cost is fixed but for the block size, so that nothing in it has to be bounded but the salt.
struct Stored<'a> {
    /// The salt is the text itself, not what it would decode to. Its length differs from release to release.
    salt: &'a str,
    key: Vec<u8>,
    r: u32,
}

impl<'a> Stored<'a> {
    fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.split(':');
        let (salt, key, r) = match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
            (TAG, salt, Some(key), None) => (salt, key, R),
            (salt, key, None, None) => (salt, key, R_UNTAGGED),
            _ => return None,
        };
        let is_salt = (1..=64).contains(&salt.len()) && salt.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let key = HEXLOWER.decode(key.as_bytes()).ok()?;
        (is_salt && key.len() == KEY_BYTES).then_some(Self { salt, key, r })
    }

    fn matches(&self, password: &str) -> Result<bool, HasherError> {
        Ok(derive_key(password, self.salt, self.r)?.ct_eq(self.key.as_slice()).into())
    }
}

fn derive_key(password: &str, salt: &str, r: u32) -> Result<[u8; KEY_BYTES], HasherError> {
    let params = Params::new(LOG_N, r, P)?;
    let mut key = [0; KEY_BYTES];
    scrypt(password.as_bytes(), salt.as_bytes(), &params, &mut key)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::super::super::{OsRandom, Password};
    use super::super::Argon2id;
    use super::*;
    use proptest::prelude::*;

    const HUNTER2: &str = concat!(
        "s2:abcdefghijklmnop:732bd5c478953983828d4b32f3a1670a120a4ae2fceabec953fe4dc51b37d0e7",
        "c32022cdbec7055de0afc05f8774a525321876b7fcd007bdb56c8cb943e4a94a"
    );
    const HUNTER2_UNTAGGED: &str = concat!(
        "abcdefghijklmnop:9f7b9d8c23db4ae9fb941fb6320d39b24d9ad41e15f65d9530cb23c35b8bd951",
        "fb8a0b59cf656203d2bd5380ccb400c5a8d2aa243bb2b2914aab6335bec77fee"
    );

    fn hasher() -> LuciaV1<Argon2id> {
        LuciaV1::or(Argon2id::with_parameters(16, 1, 1).unwrap())
    }

    fn verify(password: &str, stored: &str) -> Verification {
        hasher().verify(password, &PasswordHash::new(stored)).unwrap()
    }

    #[test]
    fn the_vectors_of_lucia_v1_are_right_but_outdated() {
        for (password, stored) in [
            ("hunter2", HUNTER2),
            ("hunter2", HUNTER2_UNTAGGED),
            (
                "correct horse battery staple",
                concat!(
                    "s2:A1b2C3d4E5f6G7h8:f4138bf0c8c151203ee0dbc227d9eed7ee88aacc3ca20007a83d5b34756825b2",
                    "1413dbe61dde8eae2dedcac3425d9eaf219d410d223ed6314055266c9121f056"
                ),
            ),
            (
                "\u{212b}ngstr\u{f6}m\u{fb01}",
                concat!(
                    "s2:Zz9Yy8Xx7Ww6Vv5U:869513ca1822c0cfb29e9cecf28518d420ad8bc4c1526b21ded03dbd81d082be",
                    "fc64685761bf44848fcc1f7b61d455dc6b74524809f7df9be2ae5757487f0980"
                ),
            ),
            (
                "",
                concat!(
                    "s2:0000000000000000:fc67cbdcdbd4f5c77534b6bce9f305722702e082dad70c063672144962c6afad",
                    "e6b483a9ffff5be62fe96ab2c5544dd37dab0a24c8bf6f2270766c58bef20a57"
                ),
            ),
        ] {
            // As the service gives it to the hasher; it refuses the empty one before.
            let normalized = Password::from(password).to_be_checked();
            let given = normalized.as_ref().map_or("", |normalized| normalized.as_str());
            assert_eq!(verify(given, stored), Verification::RightButOutdated, "{stored}");
        }
    }

    #[test]
    fn another_password_is_wrong() {
        for stored in [HUNTER2, HUNTER2_UNTAGGED] {
            assert_eq!(verify("hunter3", stored), Verification::Wrong);
        }
    }

    #[test]
    fn the_two_forms_are_not_taken_for_each_other() {
        let untagged = HUNTER2.strip_prefix("s2:").unwrap();
        assert_eq!(verify("hunter2", untagged), Verification::Wrong);
        assert_eq!(verify("hunter2", &format!("s2:{HUNTER2_UNTAGGED}")), Verification::Wrong);
    }

    #[test]
    fn what_has_another_shape_is_left_to_the_hasher_of_today() {
        for stored in [
            "",
            ":",
            "s2::",
            "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
            &HUNTER2.replace("s2", "s3"),
            &format!("{HUNTER2}:x"),
            &HUNTER2.to_uppercase(),
            &HUNTER2[..HUNTER2.len() - 2],
            &format!("{HUNTER2}00"),
            &HUNTER2.replace("abcdefghijklmnop", &"a".repeat(65)),
        ] {
            assert_eq!(verify("hunter2", stored), Verification::Foreign, "{stored}");
        }
    }

    #[test]
    fn salts_of_the_successors_have_other_lengths() {
        let stored = Stored { salt: "0123456789abcdef0123456789abcdef", key: vec![0; KEY_BYTES], r: 16 };
        assert!(!stored.matches("hunter2").unwrap());
        let text = format!("s2:{}:{}", stored.salt, HEXLOWER.encode(&stored.key));
        assert!(Stored::parse(&text).is_some());
    }

    #[test]
    fn new_hashes_are_made_by_the_hasher_of_today_and_are_up_to_date() {
        let hash = hasher().hash("correct horse", &OsRandom).unwrap();
        assert!(hash.expose().starts_with("$argon2id$"));
        assert_eq!(hasher().verify("correct horse", &hash).unwrap(), Verification::Right);
    }

    fn shared() -> LuciaV1<LuciaV1<Argon2id>> {
        LuciaV1::shared(hasher())
    }

    #[test]
    fn for_a_shared_database_hashes_are_made_as_lucia_v1_makes_them() {
        let hashes = [(); 2].map(|()| shared().hash("correct horse", &OsRandom).unwrap());
        for hash in &hashes {
            let parts: Vec<&str> = hash.expose().split(':').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [2, 16, 128]);
            assert_eq!(shared().verify("correct horse", hash).unwrap(), Verification::Right);
            assert_eq!(shared().verify("wrong horse", hash).unwrap(), Verification::Wrong);
            assert_eq!(hasher().verify("correct horse", hash).unwrap(), Verification::RightButOutdated);
        }
        assert!(!hashes[0].is_same(&hashes[1]), "the salts are the same");
        assert!(shared().hash("correct horse", &super::super::super::testing::NoRandom).is_err());
    }

    #[test]
    fn for_a_shared_database_every_other_hash_is_outdated() {
        let argon2 = hasher().hash("hunter2", &OsRandom).unwrap();
        for (stored, expected) in [
            (HUNTER2, Verification::Right),
            (HUNTER2_UNTAGGED, Verification::RightButOutdated),
            (argon2.expose(), Verification::RightButOutdated),
            ("", Verification::Foreign),
        ] {
            assert_eq!(shared().verify("hunter2", &PasswordHash::new(stored)).unwrap(), expected, "{stored}");
        }
        assert_eq!(shared().verify("hunter3", &argon2).unwrap(), Verification::Wrong);
    }

    proptest! {
        #[test]
        fn no_stored_text_makes_the_parser_panic(stored in "(s2:)?[a-z:]{0,20}[0-9a-f:]{0,140}|.*") {
            let _ = Stored::parse(&stored);
        }
    }
}
