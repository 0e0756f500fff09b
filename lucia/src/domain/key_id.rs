//! The id of a key: which provider vouches for somebody, and under which identifier.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::Result;
use crate::error::{Error, InputRule};

/// The provider part of a key id: the name of a way to sign in, such as `username`, `email` or `github`.
///
/// 1 to 32 characters of `a` to `z`, `0` to `9`, `_` and `-`. There is no colon among them, so that `provider:identifier`
/// can be read in one way only. Make it with [`provider!`](crate::provider), which checks the name while the app compiles.
///
/// ```
/// use lucia::Provider;
///
/// const USERNAME: Provider = lucia::provider!("username");
///
/// let id = USERNAME.id("ada")?;
/// assert_eq!((id.provider(), id.identifier()), ("username", "ada"));
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Provider(&'static str);

/// A [`Provider`] from a name that is checked while the app compiles.
///
/// ```
/// use lucia::{Provider, provider};
///
/// const GITHUB: Provider = provider!("github");
/// assert_eq!(GITHUB.as_str(), "github");
/// ```
///
/// A name that is none does not compile:
///
/// ```compile_fail
/// let provider = lucia::provider!("Git:Hub");
/// ```
#[macro_export]
macro_rules! provider {
    ($name:expr) => {{
        // An item and not a `const` block, so that `cargo check` and editors find the mistake too.
        const __LUCIA_PROVIDER: $crate::Provider = $crate::Provider::__in_const($name);
        __LUCIA_PROVIDER
    }};
}

impl Provider {
    /// A provider from a name that is not known before the program runs. For a constant use
    /// [`provider!`](crate::provider).
    ///
    /// # Errors
    /// [`is_invalid_input`](Error::is_invalid_input), about `"provider id"`, unless the name is 1 to 32 characters of
    /// `a` to `z`, `0` to `9`, `_` and `-`.
    pub fn new(name: &'static str) -> Result<Self> {
        if is_provider_name(name) {
            return Ok(Self(name));
        }
        let rule = match name.len() {
            0 => InputRule::NotEmpty,
            33.. => InputRule::MaxBytes(32),
            _ => InputRule::Characters("a to z, 0 to 9, _ and -"),
        };
        Err(Error::input("provider id", rule))
    }

    /// What [`provider!`](crate::provider) puts into a constant, where a panic is an error of the compiler.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn __in_const(name: &'static str) -> Self {
        assert!(
            is_provider_name(name),
            "a provider id is 1 to 32 characters of a to z, 0 to 9, _ and -, for example \"username\""
        );
        Self(name)
    }

    /// The name, as it was given.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }

    /// The id of the key by which this provider knows somebody.
    ///
    /// The identifier is kept exactly: nothing is trimmed, and `Ada` and `ada` are two. Whoever wants them to be one
    /// makes them one before calling this, on every way in.
    ///
    /// # Errors
    /// [`is_invalid_input`](Error::is_invalid_input), about `"identifier"`, unless it is 1 to 255 bytes without control
    /// characters.
    pub fn id(self, identifier: impl AsRef<str>) -> Result<KeyId> {
        let identifier = identifier.as_ref();
        match broken_rule(identifier) {
            None => Ok(KeyId::canonical(self, identifier)),
            Some(rule) => Err(Error::input("identifier", rule)),
        }
    }
}

const fn is_provider_name(name: &str) -> bool {
    let mut rest = name.as_bytes();
    if rest.is_empty() || rest.len() > 32 {
        return false;
    }
    while let Some((first, others)) = rest.split_first() {
        if !matches!(first, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-') {
            return false;
        }
        rest = others;
    }
    true
}

fn broken_rule(identifier: &str) -> Option<InputRule> {
    if identifier.is_empty() {
        Some(InputRule::NotEmpty)
    } else if identifier.len() > KeyId::MAX_IDENTIFIER_BYTES {
        Some(InputRule::MaxBytes(255))
    } else if identifier.chars().any(char::is_control) {
        // The databases disagree about them: one refuses NUL, one stores it and counts the text as shorter.
        Some(InputRule::NoControlCharacters)
    } else {
        None
    }
}

/// What is percent-encoded: everything but letters of both cases, digits and the punctuation of addresses.
///
/// `%` is, which makes the encoding injective. The space is, so that no column that pads or trims can make two
/// identifiers one, and so is everything that is not ASCII, so that no collation and no character set can.
const ENCODED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b'(')
    .add(b')')
    .add(b',')
    .add(b';')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']');

/// The id of a key, `provider:identifier`.
///
/// Made by [`Provider::id`]. It keeps the identifier exactly as given, and beside it the canonical ASCII text under which
/// the key is stored, in which no collation, padding or character set can make two identifiers one.
///
/// `Debug` shows the provider only: the identifier is somebody's address, or the hash of a token, and neither belongs in a
/// log.
///
/// ```
/// use lucia::provider;
///
/// let id = provider!("email").id("zoë@example.com")?;
/// assert_eq!(id.identifier(), "zoë@example.com");
/// assert_eq!(id.as_stored(), "email:zo%C3%AB@example.com");
/// assert_eq!(format!("{id:?}"), r#"KeyId("email:[redacted]")"#);
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct KeyId {
    provider: Cow<'static, str>,
    identifier: String,
    stored: String,
}

impl KeyId {
    /// The most bytes that an identifier may have.
    pub const MAX_IDENTIFIER_BYTES: usize = 255;
    /// The most bytes, all ASCII, that the stored form of a key id has: 32 of the provider, a colon, and the identifier
    /// with each byte encoded as three.
    pub const MAX_STORED_BYTES: usize = 32 + 1 + 3 * Self::MAX_IDENTIFIER_BYTES;

    fn canonical(provider: Provider, identifier: &str) -> Self {
        Self {
            provider: Cow::Borrowed(provider.0),
            identifier: identifier.to_owned(),
            stored: format!("{}:{}", provider.0, utf8_percent_encode(identifier, ENCODED)),
        }
    }

    /// The id of a key whose identifier is hexadecimal text that we made, which breaks no rule.
    pub(crate) fn of_hash(provider: Provider, hash: &str) -> Self {
        Self::canonical(provider, hash)
    }

    /// Reads what a row of the key table holds, splitting it at the first colon; `None` when there is no colon.
    ///
    /// Text that is not in canonical form, as Lucia v1 wrote it, is readable too, and [`as_stored`](Self::as_stored) is
    /// then that very text, so that the row can be found again.
    ///
    /// ```
    /// use lucia::KeyId;
    ///
    /// let id = KeyId::from_stored("username:Ada Lovelace: countess").unwrap();
    /// assert_eq!((id.provider(), id.identifier()), ("username", "Ada Lovelace: countess"));
    /// assert_eq!(id.as_stored(), "username:Ada Lovelace: countess");
    /// ```
    #[must_use]
    pub fn from_stored(stored: &str) -> Option<Self> {
        let (provider, encoded) = stored.split_once(':')?;
        // What does not decode was not encoded by us: it is the identifier itself.
        let identifier = percent_decode_str(encoded).decode_utf8().unwrap_or(Cow::Borrowed(encoded));
        Some(Self {
            provider: Cow::Owned(provider.to_owned()),
            identifier: identifier.into_owned(),
            stored: stored.to_owned(),
        })
    }

    /// Reads what a row of a table shared with Lucia v1 holds: the identifier stands there as it is.
    pub(crate) fn from_plain(stored: &str) -> Option<Self> {
        let (_, identifier) = stored.split_once(':')?;
        Some(Self { identifier: identifier.to_owned(), ..Self::from_stored(stored)? })
    }

    /// The provider id.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The identifier, the *provider user id*: exactly what was given, or what the stored form decodes to.
    #[must_use]
    pub fn identifier(&self) -> &str {
        &self.identifier
    }

    /// The text in the `id` column of the key table. An adapter writes it, looks it up, and compares it byte for byte
    /// with the row that it found.
    ///
    /// In a database that is [shared with Lucia v1](crate::_lucia_v1) the column has the identifier as it is instead.
    #[must_use]
    pub fn as_stored(&self) -> &str {
        &self.stored
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId(\"{}:[redacted]\")", self.provider.escape_debug())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const P: Provider = crate::provider!("username");

    fn stored(identifier: &str) -> String {
        P.id(identifier).unwrap().as_stored().to_owned()
    }

    #[test]
    fn provider_names_are_1_to_32_of_a_small_alphabet() {
        for good in ["a", "username", "oauth_2-x", "0123456789abcdef0123456789abcdef"] {
            assert_eq!(Provider::new(good).unwrap().as_str(), good);
        }
        for bad in
            ["", "a:b", "Username", "a b", "é", "a\0", "0123456789abcdef0123456789abcdef0", "a.b", "a/b"]
        {
            let error = Provider::new(bad).unwrap_err();
            assert_eq!(error.invalid_input(), Some("provider id"), "{bad:?}");
        }
    }

    #[test]
    fn a_b_and_c_is_not_a_and_b_c() {
        assert!(Provider::new("a:b").is_err());
        let id = KeyId::from_stored("a:b:c").unwrap();
        assert_eq!((id.provider(), id.identifier()), ("a", "b:c"));
    }

    #[test]
    fn identifiers_are_1_to_255_bytes_without_control_characters() {
        for good in ["x", " ", "a b", &"x".repeat(255), &"é".repeat(127), "😀", "100%", "\u{202e}"] {
            assert_eq!(P.id(good).unwrap().identifier(), good);
        }
        for bad in ["", &"x".repeat(256), &"é".repeat(128), "x\0y", "a\n", "\u{7f}", "\u{85}", "\u{9f}"] {
            assert_eq!(P.id(bad).unwrap_err().invalid_input(), Some("identifier"), "{bad:?}");
        }
    }

    #[test]
    fn letters_digits_and_the_punctuation_of_addresses_stay_as_they_are() {
        let plain = "AZaz09._-+@:/!#$&'*=?^`{|}~";
        assert_eq!(stored(plain), format!("username:{plain}"));
    }

    #[test]
    fn everything_else_is_percent_encoded() {
        assert_eq!(stored(" \"%(),;<>[\\]é"), "username:%20%22%25%28%29%2C%3B%3C%3E%5B%5C%5D%C3%A9");
    }

    #[test]
    fn look_alikes_are_stored_as_different_ascii() {
        let forms: Vec<String> =
            ["alice", "ALICE", "alice ", " alice", "alicé", "alice\u{301}", "аlice"].map(stored).into();
        for (i, form) in forms.iter().enumerate() {
            assert!(form.is_ascii() && !form.contains(' '));
            assert!(!forms[i + 1..].contains(form));
        }
    }

    #[test]
    fn the_longest_stored_form_is_within_its_bound() {
        let longest = Provider::new("0123456789abcdef0123456789abcdef").unwrap().id("%".repeat(255)).unwrap();
        assert_eq!(longest.as_stored().len(), KeyId::MAX_STORED_BYTES);
    }

    #[test]
    fn a_row_of_lucia_v1_is_readable_and_found_again_by_its_own_text() {
        for (row, identifier) in [
            ("email:zoë@example.com", "zoë@example.com"),
            ("username:Ada Lovelace", "Ada Lovelace"),
            ("GitHub:100%", "100%"),
            ("x:%FF", "%FF"),
            (":x", "x"),
            ("x:", ""),
        ] {
            let id = KeyId::from_stored(row).unwrap();
            assert_eq!((id.identifier(), id.as_stored()), (identifier, row));
        }
        assert_eq!(KeyId::from_stored("no colon"), None);
    }

    #[test]
    fn debug_shows_no_identifier() {
        let id = P.id("canary").unwrap();
        assert_eq!(format!("{id:?}"), "KeyId(\"username:[redacted]\")");
    }

    proptest! {
        #[test]
        fn decode_of_encode_is_the_same(identifier in "[^\\p{Cc}]{1,60}") {
            let id = P.id(&identifier).unwrap();
            prop_assert!(id.as_stored().bytes().all(|b| b.is_ascii_graphic()));
            prop_assert!(id.as_stored().len() <= KeyId::MAX_STORED_BYTES);
            prop_assert_eq!(KeyId::from_stored(id.as_stored()), Some(id));
        }

        #[test]
        fn encoding_is_injective(a in "[a%2 5\u{e9}C]{1,6}", b in "[a%2 5\u{e9}C]{1,6}") {
            prop_assert_eq!(stored(&a) == stored(&b), a == b);
        }

        #[test]
        fn any_stored_text_is_read_without_a_panic(text in any::<String>()) {
            let read = KeyId::from_stored(&text);
            prop_assert_eq!(read.is_some(), text.contains(':'));
            prop_assert_eq!(read.as_ref().map(KeyId::as_stored), text.contains(':').then_some(text.as_str()));
        }

        #[test]
        fn the_compile_time_check_and_the_other_agree(name in "[a-z:A_-]{0,34}") {
            let name: &'static str = Box::leak(name.into_boxed_str());
            let checked = std::panic::catch_unwind(|| Provider::__in_const(name)).ok();
            prop_assert_eq!(Provider::new(name).ok(), checked);
        }
    }
}
