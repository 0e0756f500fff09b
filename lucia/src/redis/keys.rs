//! The names of the keys.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::error::Error;
use crate::{Result, UserId};

/// What has a meaning in a key, and what a person could not read in one. Other than ASCII is always encoded.
const ENCODED: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b':').add(b'{').add(b'}');

/// The names of the keys of one app or one type of users.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    prefix: String,
}

impl Keys {
    /// Names that begin with this.
    ///
    /// A colon is not allowed, so that no key of one prefix is a key of another.
    pub(super) fn new(prefix: &str) -> Result<Self> {
        let allowed = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_');
        if prefix.is_empty() || prefix.len() > 32 || !prefix.bytes().all(allowed) {
            return Err(Error::config("a prefix has 1 to 32 of the characters a to z, 0 to 9, - and _"));
        }
        Ok(Self { prefix: prefix.to_owned() })
    }

    /// The hash with the sessions of a user. A cluster keeps it by what stands in the braces, which is never empty.
    pub(super) fn sessions_of(&self, user_id: &UserId) -> String {
        format!("{}:{{{}}}:sessions", self.prefix, utf8_percent_encode(user_id.as_str(), ENCODED))
    }

    /// A pattern that all of those match, and nothing else of ours.
    pub(super) fn all_sessions(&self) -> String {
        format!("{}:{{*}}:sessions", self.prefix)
    }

    /// The index: whose the session with this id is.
    pub(super) fn owner_of(&self, id: &str) -> String {
        format!("{}:session:{}", self.prefix, utf8_percent_encode(id, ENCODED))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn keys() -> Keys {
        Keys::new("lucia").unwrap()
    }

    fn user(id: &str) -> UserId {
        UserId::from_stored(id.to_owned())
    }

    #[test]
    fn plain_ids_are_read_as_they_are() {
        assert_eq!(keys().sessions_of(&user("ada")), "lucia:{ada}:sessions");
        assert_eq!(keys().owner_of("0f00"), "lucia:session:0f00");
    }

    #[test]
    fn braces_and_colons_are_not_taken_for_those_of_the_name() {
        assert_eq!(keys().sessions_of(&user("a}:{b")), "lucia:{a%7D%3A%7Bb}:sessions");
        assert_eq!(keys().owner_of("{x}:sessions"), "lucia:session:%7Bx%7D%3Asessions");
    }

    #[test]
    fn a_prefix_is_short_and_has_no_colon() {
        for prefix in ["", "a:b", "{a}", "Shop", "é", &"a".repeat(33)] {
            assert!(Keys::new(prefix).unwrap_err().is_config(), "{prefix}");
        }
        assert!(Keys::new("shop-2_staff").is_ok());
    }

    proptest! {
        #[test]
        fn different_ids_have_different_keys(a in any::<String>(), b in any::<String>()) {
            let same = a == b;
            prop_assert_eq!(keys().owner_of(&a) == keys().owner_of(&b), same);
            prop_assert_eq!(keys().sessions_of(&user(&a)) == keys().sessions_of(&user(&b)), same);
            prop_assert_ne!(keys().sessions_of(&user(&a)), keys().owner_of(&b));
        }

        #[test]
        fn what_stands_in_the_braces_is_the_user(id in any::<String>()) {
            let key = keys().sessions_of(&user(&id));
            prop_assert_eq!(key.matches('{').count(), 1);
            prop_assert_eq!(key.matches('}').count(), 1);
        }
    }
}
