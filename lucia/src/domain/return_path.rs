//! Where to go after logging in, when a request says so.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// A path on this site that is safe to redirect to, with its query.
///
/// Whoever makes a link to the log-in page can write anything into it. What passes here leads to this site and nowhere
/// else, however a browser reads it.
///
/// ```
/// use lucia::ReturnPath;
///
/// let path = ReturnPath::parse("/account?tab=keys").unwrap();
/// assert_eq!(path.as_str(), "/account?tab=keys");
/// assert_eq!(format!("/log-in?next={}", path.query_value()), "/log-in?next=/account%3Ftab%3Dkeys");
/// assert!(ReturnPath::parse("//evil.example").is_none());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPath(String);

/// What may stand in the value of a query parameter as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

impl ReturnPath {
    /// The most bytes that a path may have, with its query.
    pub const MAX_BYTES: usize = 1_024;

    /// A path, or `None` unless it begins with one `/`, has at most 1,024 bytes, and consists of visible ASCII characters
    /// without a backslash. Two slashes in a row are allowed in the query only.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let is_short = path.len() <= Self::MAX_BYTES;
        // Browsers drop tabs and line ends, and take a backslash for a slash: `/\t/evil.example` is another site.
        let is_plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
        // Not in the middle either: `/.//evil.example` becomes `//evil.example` where dots are resolved.
        let is_one_path = path.starts_with('/') && !before_query(path).contains("//");
        (is_short && is_plain && is_one_path).then(|| Self(path.to_owned()))
    }

    /// The path with its query, for the `Location` header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path with its query, percent-encoded as the value of a query parameter.
    #[must_use]
    pub fn query_value(&self) -> String {
        utf8_percent_encode(&self.0, ENCODED).to_string()
    }
}

fn before_query(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or(path)
}

impl fmt::Display for ReturnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn paths_of_this_site_pass_as_they_are() {
        let longest = format!("/{}", "a".repeat(1_023));
        for good in [
            "/",
            "/a",
            "/a/b?x=1&y=%2F",
            "/a?next=https://x.example//",
            "/%2F%2Fx",
            "/a:b@c",
            "/a#b",
            longest.as_str(),
        ] {
            assert_eq!(ReturnPath::parse(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn what_leads_elsewhere_or_could_be_read_so_does_not() {
        let too_long = format!("/{}", "a".repeat(1_024));
        for bad in [
            "",
            "a",
            "?x",
            "//",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "\\/evil.example",
            "/a\\b",
            "/\t/evil.example",
            "/\n/evil.example",
            "/ /evil.example",
            "\t//evil.example",
            " /a",
            "/a ",
            "/a\0",
            "/\u{7f}",
            "/\u{a0}",
            "/é",
            "/.//evil.example",
            "/a/..//evil.example",
            "https://evil.example",
            "https:/evil.example",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: x=y",
            too_long.as_str(),
        ] {
            assert_eq!(ReturnPath::parse(bad), None, "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_passes_is_a_path_for_every_reader(path in "[/a\\\\\t\n .?#:@é%]{0,12}|.*") {
            if let Some(path) = ReturnPath::parse(&path) {
                // As a URL parser does first: drop tabs and line ends, take a backslash for a slash.
                let seen = path.as_str().replace(['\t', '\n', '\r'], "").replace('\\', "/");
                prop_assert_eq!(&seen, path.as_str());
                prop_assert!(seen.starts_with('/') && !seen.starts_with("//"));
            }
        }

        #[test]
        fn the_query_value_is_read_back_and_ends_no_parameter(rest in "[!-\\[\\]-~]{0,40}") {
            if let Some(path) = ReturnPath::parse(&format!("/{rest}")) {
                let value = path.query_value();
                prop_assert!(!value.contains(['&', '#', '+', '=', '"', '<', '>', '\'']));
                let decoded = percent_encoding::percent_decode_str(&value).decode_utf8().unwrap().into_owned();
                prop_assert_eq!(ReturnPath::parse(&decoded), Some(path));
            }
        }
    }
}
