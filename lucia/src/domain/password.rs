//! A password that somebody typed, and the one way in which it is made ready for hashing.

use std::fmt;

use unicode_normalization::UnicodeNormalization;

use crate::Result;
use crate::error::{Error, InputRule};

/// A password that somebody typed.
///
/// It cannot be printed, cloned or compared. It holds whatever was typed; whether that can be a password is decided when
/// it is used: to be set, it has to have 8 to 256 characters after Unicode normalisation (NFKC), none of them a control
/// character, in at most 1,024 bytes before. Nothing is trimmed and no case is folded. To be checked, it may be shorter,
/// because an older rule may have allowed that.
///
/// ```
/// use lucia::Password;
///
/// let password = Password::from("correct horse");
/// assert_eq!(format!("{password:?}"), "Password([secret])");
/// ```
pub struct Password(String);

impl Password {
    /// The fewest characters that a new password may have, counted after normalisation.
    pub const MIN_CHARACTERS: u32 = 8;
    /// The fewest characters of a one-time code, which is the password of a single-use key.
    pub const MIN_CODE_CHARACTERS: u32 = 6;
    /// The most characters that a password may have, counted after normalisation.
    pub const MAX_CHARACTERS: u32 = 256;
    /// The most bytes of UTF-8 that a password may have as it was typed.
    pub const MAX_BYTES: u32 = 1_024;

    /// Whether it may be set, for a form that wants to tell everything at once.
    ///
    /// # Errors
    /// [`is_invalid_input`](Error::is_invalid_input) about `"password"`, whose text says what a password must be like.
    pub fn check_new(&self) -> Result<()> {
        self.to_be_set(Self::MIN_CHARACTERS).map(drop)
    }

    /// What is hashed when the password is set.
    pub(crate) fn to_be_set(&self, min_characters: u32) -> Result<Normalized> {
        self.normalized()
            .and_then(|normalized| normalized.check_new(min_characters))
            .map_err(|rule| Error::input("password", rule))
    }

    /// What is hashed when the password is checked; `None` when no password that was ever set can be like this.
    pub(crate) fn to_be_checked(&self) -> Option<Normalized> {
        self.normalized().ok()
    }

    /// The one function that both sides go through, so that whatever a keyboard makes of the same text is the same
    /// password. NFKC and not NFC, as Lucia v1 has it and NIST SP 800-63B recommends.
    fn normalized(&self) -> Result<Normalized, InputRule> {
        if self.0.is_empty() {
            return Err(InputRule::NotEmpty);
        }
        // Before any work is done with it.
        if exceeds(self.0.len(), Self::MAX_BYTES) {
            return Err(InputRule::MaxBytes(Self::MAX_BYTES));
        }
        // One character can become eighteen.
        let normalized: String = self.0.nfkc().collect();
        if exceeds(normalized.chars().count(), Self::MAX_CHARACTERS) {
            return Err(InputRule::MaxCharacters(Self::MAX_CHARACTERS));
        }
        Ok(Normalized(normalized))
    }
}

fn exceeds(found: usize, limit: u32) -> bool {
    u32::try_from(found).map_or(true, |found| found > limit)
}

impl From<String> for Password {
    fn from(password: String) -> Self {
        Self(password)
    }
}

impl From<&str> for Password {
    fn from(password: &str) -> Self {
        Self(password.to_owned())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password([secret])")
    }
}

/// A password of bounded length in NFKC: the only thing that a hasher is given.
pub(crate) struct Normalized(String);

impl Normalized {
    fn check_new(self, min_characters: u32) -> Result<Self, InputRule> {
        if !exceeds(self.0.chars().count(), min_characters.saturating_sub(1)) {
            return Err(InputRule::MinCharacters(min_characters));
        }
        // No keyboard types them, and some hash functions stop at the first NUL (RFC 8265 forbids them all).
        if self.0.chars().any(char::is_control) {
            return Err(InputRule::NoControlCharacters);
        }
        Ok(self)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn set(password: &str) -> Result<String> {
        Password::from(password).to_be_set(Password::MIN_CHARACTERS).map(|normalized| normalized.0)
    }

    fn checked(password: &str) -> Option<String> {
        Password::from(password).to_be_checked().map(|normalized| normalized.0)
    }

    #[test]
    fn a_new_password_has_8_to_256_characters() {
        for good in ["12345678", &"é".repeat(256), &"x".repeat(256), "𐍈𐍈𐍈𐍈𐍈𐍈𐍈𐍈"] {
            assert!(set(good).is_ok());
        }
        for bad in ["", "1234567", "éééé", &"x".repeat(257)] {
            assert_eq!(set(bad).unwrap_err().invalid_input(), Some("password"));
        }
    }

    #[test]
    fn a_password_is_at_most_1024_bytes_before_normalising() {
        assert!(set(&"𐍈".repeat(256)).is_ok());
        assert!(set(&"x".repeat(1_025)).is_err());
        // A megabyte of it would be eleven times as much when normalised.
        assert!(checked(&"\u{fdfa}".repeat(350_000)).is_none());
    }

    #[test]
    fn what_grows_past_256_characters_in_normalising_is_refused() {
        assert!(set(&"\u{fdfa}".repeat(14)).is_ok(), "18 characters each");
        assert!(set(&"\u{fdfa}".repeat(15)).is_err());
        assert!(checked(&"\u{fdfa}".repeat(15)).is_none());
    }

    #[test]
    fn a_password_that_is_checked_may_be_short_but_not_empty_or_long() {
        assert_eq!(checked("x").as_deref(), Some("x"));
        assert_eq!(checked("a\0b").as_deref(), Some("a\0b"));
        assert!(checked("").is_none());
        assert!(checked(&"x".repeat(257)).is_none());
    }

    #[test]
    fn nothing_is_trimmed_and_no_case_is_folded() {
        assert_eq!(set("  Secret Word  ").unwrap(), "  Secret Word  ");
        assert_ne!(set("PASSWORD").unwrap(), set("password").unwrap());
    }

    #[test]
    fn a_new_password_has_no_control_characters() {
        for bad in ["1234567\0", "1234\t5678", "1234\n5678", "1234\u{85}5678"] {
            assert_eq!(set(bad).unwrap_err().to_string(), "password must not contain control characters");
        }
        assert!(set("👩\u{200d}👩\u{200d}👧 family").is_ok(), "a joiner is none");
    }

    #[test]
    fn compatible_spellings_are_one_password() {
        for (a, b) in [
            ("\u{e9}tudiante", "e\u{301}tudiante"),
            ("\u{212b}ngstr\u{f6}m\u{fb01}", "\u{c5}ngstro\u{308}mfi"),
            ("ｐａｓｓｗｏｒｄ", "password"),
            ("\u{ac00}passwort", "\u{1100}\u{1161}passwort"),
        ] {
            assert_eq!(set(a).unwrap(), checked(b).unwrap());
        }
    }

    proptest! {
        #[test]
        fn canonical_equivalents_are_one_password(password in "\\PC{8,60}") {
            let (nfc, nfd): (String, String) = (password.nfc().collect(), password.nfd().collect());
            let expected = checked(&password);
            prop_assert_eq!(&checked(&nfc), &expected);
            if nfd.len() <= 1_024 {
                prop_assert_eq!(&checked(&nfd), &expected);
            }
        }

        #[test]
        fn whatever_can_be_set_can_be_checked_and_is_bounded(password in any::<String>()) {
            if let Ok(normalized) = set(&password) {
                prop_assert!((8..=256).contains(&normalized.chars().count()));
                prop_assert_eq!(checked(&password), Some(normalized));
            }
        }

        #[test]
        fn normalising_twice_changes_nothing(password in "\\PC{8,60}") {
            if let Some(once) = checked(&password) {
                prop_assert_eq!(checked(&once), Some(once));
            }
        }
    }
}
