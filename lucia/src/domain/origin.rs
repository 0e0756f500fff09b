//! Where a request that changes something may come from.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::Result;
use crate::error::Error;

/// An origin as browsers send it, such as `https://example.com` or `http://localhost:3000`.
///
/// Only the one exact form is taken, so that a request's header can be compared with it byte by byte: `http` or `https`,
/// the host in lower case and in ASCII, the port unless it is the scheme's own, and nothing after that.
///
/// ```
/// use lucia::Origin;
///
/// assert_eq!(Origin::new("https://example.com")?.as_str(), "https://example.com");
///
/// let error = Origin::new("HTTPS://Example.com:443/").unwrap_err();
/// assert!(error.is_config());
/// assert!(error.to_string().contains("write `https://example.com`"));
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl Origin {
    /// An origin in its exact form.
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) for everything else. The text says what the exact form would be.
    pub fn new(origin: &str) -> Result<Self> {
        match canonical(origin) {
            Some(exact) if exact == origin => Ok(Self(exact)),
            // What was given is not repeated: there may be a password in it.
            Some(exact) => Err(Error::config(format!(
                "an origin has to be given exactly as browsers send it; write `{exact}`"
            ))),
            None if !origin.is_ascii() => Err(Error::config(
                "an origin has to be given in ASCII, with its host as `xn--` labels, as browsers send it",
            )),
            None => Err(Error::config(
                "an origin is `https://` or `http://`, a host and perhaps a port, for example `https://example.com`",
            )),
        }
    }

    /// The text that browsers send.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = Error;

    fn from_str(origin: &str) -> Result<Self> {
        Self::new(origin)
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// The form that browsers send for the origin of this URL, as far as the text is one.
fn canonical(text: &str) -> Option<String> {
    let (scheme, rest) = text.trim().split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let default_port = match scheme.as_str() {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let authority = rest.split(['/', '\\', '?', '#']).next()?;
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, after)| after);
    let (host, port) = split_port(host_and_port)?;
    let host = canonical_host(&host.to_ascii_lowercase())?;
    Some(match port {
        Some(port) if port != default_port => format!("{scheme}://{host}:{port}"),
        _ => format!("{scheme}://{host}"),
    })
}

/// The colons of an IPv6 address are within brackets.
fn split_port(text: &str) -> Option<(&str, Option<u16>)> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => return Some((text, None)),
    };
    if port.is_empty() {
        return Some((host, None));
    }
    let is_number = port.bytes().all(|byte| byte.is_ascii_digit());
    let port = port.parse().ok().filter(|&port: &u16| is_number && port != 0)?;
    Some((host, Some(port)))
}

fn canonical_host(host: &str) -> Option<String> {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse().ok().map(bracketed);
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let labels_are_good = name.len() <= 253 && name.split('.').all(is_label);
    if !labels_are_good {
        return None;
    }
    // Browsers take a name whose last label is a number for an IPv4 address, and write that with four numbers.
    match name.rsplit('.').next() {
        Some(last) if is_number(last) => name.parse::<Ipv4Addr>().ok().map(|address| address.to_string()),
        _ => Some(name.to_owned()),
    }
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_'))
}

fn is_number(label: &str) -> bool {
    let hexadecimal = label.strip_prefix("0x");
    label.bytes().all(|byte| byte.is_ascii_digit())
        || hexadecimal.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// Browsers write an IPv4 address within an IPv6 one in hexadecimal, the standard library with dots.
fn bracketed(address: Ipv6Addr) -> String {
    match (address.to_ipv4_mapped(), address.segments()) {
        (Some(_), [.., high, low]) => format!("[::ffff:{high:x}:{low:x}]"),
        _ => format!("[{address}]"),
    }
}

/// Whether a request may change something: the defence against requests that another site makes a browser send.
///
/// `GET`, `HEAD` and `OPTIONS` pass, so they must not change anything. Any other method passes when the browser says in
/// `Sec-Fetch-Site` that the request comes from the same origin or from the user, or else when its `Origin` is a
/// configured one. The request's `Host` is never asked: it is whatever the client says.
///
/// ```
/// use lucia::{Origin, OriginCheck};
///
/// let check = OriginCheck::new([Origin::new("https://example.com")?]);
/// assert!(check.check("POST", &[b"same-origin"], &[]).is_ok());
/// assert!(check.check("POST", &[], &[b"https://example.com"]).is_ok());
/// assert!(check.check("POST", &[b"cross-site"], &[b"https://evil.example"]).is_err());
/// assert!(check.check("POST", &[], &[]).is_err());
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct OriginCheck {
    allowed: Vec<Origin>,
}

/// Why a request may not change anything. It is for the log: whoever sent the request learns nothing but the refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OriginRejection {
    /// The request comes from another site, or from an origin that is not configured.
    #[error("the request comes from an origin that is not configured")]
    ForeignOrigin,
    /// Neither `Sec-Fetch-Site` nor `Origin` says where it comes from.
    #[error("the request does not say where it comes from")]
    UnknownOrigin,
    /// One of the headers is there several times, with different values.
    #[error("the request says several things about where it comes from")]
    Contradiction,
}

impl OriginCheck {
    /// A check that knows these origins. With none it still lets through what a browser says is from the same origin.
    #[must_use]
    pub fn new(allowed: impl IntoIterator<Item = Origin>) -> Self {
        Self { allowed: allowed.into_iter().collect() }
    }

    /// Checks a request by its method and all the values of its headers `Sec-Fetch-Site` and `Origin`.
    ///
    /// # Errors
    /// Why the request has to be refused (403), before anything else is done with it.
    pub fn check(
        &self,
        method: &str,
        sec_fetch_site: &[&[u8]],
        origin: &[&[u8]],
    ) -> Result<(), OriginRejection> {
        // Methods are case-sensitive: `get` is another one, and an unknown one is no safe one.
        if matches!(method, "GET" | "HEAD" | "OPTIONS") {
            return Ok(());
        }
        let site = the_one_value(sec_fetch_site)?;
        let origin = the_one_value(origin)?;
        let is_allowed = origin.is_some_and(|origin| self.is_allowed(origin));
        match site {
            Some(b"same-origin" | b"none") => Ok(()),
            _ if is_allowed => Ok(()),
            Some(b"same-site" | b"cross-site") => Err(OriginRejection::ForeignOrigin),
            // Absent, or a value that some later browser invents: the origin alone decides.
            _ if origin.is_some() => Err(OriginRejection::ForeignOrigin),
            _ => Err(OriginRejection::UnknownOrigin),
        }
    }

    /// Byte by byte: nothing that a stranger sent is parsed.
    fn is_allowed(&self, origin: &[u8]) -> bool {
        self.allowed.iter().any(|allowed| allowed.0.as_bytes() == origin)
    }
}

fn the_one_value<'a>(values: &[&'a [u8]]) -> Result<Option<&'a [u8]>, OriginRejection> {
    match values.split_first() {
        None => Ok(None),
        Some((first, others)) if others.iter().all(|other| other == first) => Ok(Some(first)),
        Some(_) => Err(OriginRejection::Contradiction),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OURS: &[u8] = b"https://example.com";
    const SECOND: &[u8] = b"http://localhost:3000";
    const THEIRS: &[u8] = b"https://evil.example";

    fn check() -> OriginCheck {
        OriginCheck::new(["https://example.com", "http://localhost:3000"].map(|o| Origin::new(o).unwrap()))
    }

    #[test]
    fn exact_origins_are_taken() {
        for exact in [
            "https://example.com",
            "http://example.com",
            "http://localhost",
            "http://localhost:3000",
            "https://example.com:8443",
            "https://example.com:80",
            "http://example.com:443",
            "https://a-b.c_d.example",
            "https://xn--mnchen-3ya.example",
            "http://127.0.0.1:3000",
            "http://[::1]:3000",
            "https://[2001:db8::1]",
            "https://[::ffff:7f00:1]",
            "https://1.example",
        ] {
            assert_eq!(Origin::new(exact).unwrap().as_str(), exact);
        }
    }

    #[test]
    fn near_misses_are_refused_with_the_exact_form() {
        for (given, exact) in [
            ("https://example.com/", "https://example.com"),
            ("https://example.com/app?x#y", "https://example.com"),
            ("https://example.com:443", "https://example.com"),
            ("https://example.com:", "https://example.com"),
            ("http://example.com:80", "http://example.com"),
            ("https://example.com:08443", "https://example.com:8443"),
            ("https://EXAMPLE.com", "https://example.com"),
            ("HTTPS://example.com", "https://example.com"),
            ("https://example.com.", "https://example.com"),
            ("https://user:password@example.com", "https://example.com"),
            (" https://example.com\n", "https://example.com"),
            ("https:///", ""),
            ("http://[2001:DB8:0:0::1]", "http://[2001:db8::1]"),
            ("http://[::ffff:127.0.0.1]", "http://[::ffff:7f00:1]"),
        ] {
            let error = Origin::new(given).unwrap_err();
            assert!(error.is_config());
            if !exact.is_empty() {
                assert!(error.to_string().ends_with(&format!("write `{exact}`")), "{given}: {error}");
            }
            assert!(!error.to_string().contains("password"), "{given}");
        }
    }

    #[test]
    fn what_is_no_origin_is_refused() {
        for bad in [
            "",
            "null",
            "*",
            "example.com",
            "//example.com",
            "https:example.com",
            "https://",
            "https://*.example.com",
            "https://exa mple.com",
            "https://example..com",
            "https://-example.com:x",
            "https://example.com:0",
            "https://example.com:65536",
            "https://example.com:+1",
            "https://münchen.example",
            "https://[::1",
            "https://::1",
            "https://127.0.0.1.2",
            "https://127.1",
            "https://0x7f.1",
            "https://0177.0.0.1",
            "ftp://example.com",
            "file:///x",
            "https://example.com,https://other.example",
            "https://%65xample.com",
        ] {
            assert!(Origin::new(bad).unwrap_err().is_config(), "{bad}");
        }
    }

    #[test]
    fn get_head_and_options_pass_whatever_they_say() {
        for method in ["GET", "HEAD", "OPTIONS"] {
            for site in [[].as_slice(), &[b"cross-site".as_slice()], &[b"same-site", b"none"]] {
                for origin in [[].as_slice(), &[THEIRS], &[b"null"], &[OURS, THEIRS]] {
                    assert_eq!(check().check(method, site, origin), Ok(()));
                }
            }
        }
    }

    #[test]
    fn the_full_matrix_of_unsafe_methods() {
        use OriginRejection::{Contradiction, ForeignOrigin, UnknownOrigin};
        type Headers<'a> = &'a [&'a [u8]];
        const PASSES: Result<(), OriginRejection> = Ok(());
        let origins: [Headers<'_>; 6] =
            [&[], &[OURS], &[SECOND, SECOND], &[THEIRS], &[b"null"], &[OURS, THEIRS]];
        let foreign = Err(ForeignOrigin);
        let unknown = Err(UnknownOrigin);
        let split = Err(Contradiction);
        // One row for each `Sec-Fetch-Site`, one column for each `Origin` above.
        let table: [(Headers<'_>, [Result<(), OriginRejection>; 6]); 11] = [
            (&[b"same-origin"], [PASSES, PASSES, PASSES, PASSES, PASSES, split]),
            (&[b"none"], [PASSES, PASSES, PASSES, PASSES, PASSES, split]),
            (&[b"none", b"none"], [PASSES, PASSES, PASSES, PASSES, PASSES, split]),
            (&[b"same-site"], [foreign, PASSES, PASSES, foreign, foreign, split]),
            (&[b"cross-site"], [foreign, PASSES, PASSES, foreign, foreign, split]),
            (&[], [unknown, PASSES, PASSES, foreign, foreign, split]),
            (&[b""], [unknown, PASSES, PASSES, foreign, foreign, split]),
            (&[b"Same-Origin"], [unknown, PASSES, PASSES, foreign, foreign, split]),
            (&[b"same-origin, cross-site"], [unknown, PASSES, PASSES, foreign, foreign, split]),
            (&[b"\xff"], [unknown, PASSES, PASSES, foreign, foreign, split]),
            (&[b"same-origin", b"cross-site"], [split, split, split, split, split, split]),
        ];
        for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "get", "Options", "QUERY", ""] {
            for (site, expected) in table {
                for (origin, expected) in origins.into_iter().zip(expected) {
                    assert_eq!(check().check(method, site, origin), expected, "{method} {site:?} {origin:?}");
                }
            }
        }
    }

    #[test]
    fn look_alikes_of_a_configured_origin_are_foreign() {
        for look_alike in [
            "https://example.com.evil",
            "https://example.com@evil.example",
            "https://evil.example/https://example.com",
            "https://EXAMPLE.com",
            "https://example.com.",
            "https://example.com/",
            "https://example.com:443",
            "https://example.com:8443",
            "http://example.com",
            "https://sub.example.com",
            "https://notexample.com",
            "https://example.co",
            "https://example.com ",
            " https://example.com",
            "https://example.com\0",
            "https://еxample.com",
            "https://[::1]",
            "http://localhost",
            "http://127.0.0.1:3000",
            "null",
            "",
            "*",
        ] {
            let outcome = check().check("POST", &[], &[look_alike.as_bytes()]);
            assert_eq!(outcome, Err(OriginRejection::ForeignOrigin), "{look_alike}");
        }
    }

    #[test]
    fn without_a_configured_origin_only_the_same_origin_passes() {
        let check = OriginCheck::new([]);
        assert!(check.check("POST", &[b"same-origin"], &[]).is_ok());
        assert!(check.check("POST", &[], &[OURS]).is_err());
    }

    proptest! {
        #[test]
        fn what_is_suggested_is_taken(text in "(https?|HTTP)://[a-zA-Z0-9.:@\\[\\]/-]{1,30}") {
            if let Some(exact) = canonical(&text) {
                prop_assert_eq!(Origin::new(&exact).map(|origin| origin.0).unwrap(), exact);
            }
        }

        #[test]
        fn only_the_exact_bytes_pass(origin in any::<Vec<u8>>()) {
            prop_assert!(check().check("POST", &[], &[&origin]).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            let _ = Origin::new(&text);
        }
    }
}
