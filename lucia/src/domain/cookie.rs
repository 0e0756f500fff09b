//! The session cookie: read on bytes, by one parser for every framework, and written from one set of attributes.

use std::time::Duration;

use ::cookie::time::{Duration as CookieDuration, OffsetDateTime};
use ::cookie::{Cookie, SameSite};

use super::{SessionToken, UnixMillis};
use crate::Result;
use crate::error::Error;

/// The name and the attributes of the session cookie.
///
/// It is always `HttpOnly; SameSite=Lax; Path=/` without a domain, so that no script reads it and no other host gets it.
/// In [`production`](Self::production) it is also `Secure` and has the prefix `__Host-`, by which browsers make sure that
/// no sub-domain and no plain connection can set it.
///
/// ```
/// use lucia::CookieSettings;
///
/// assert_eq!(CookieSettings::production().name(), "__Host-auth_session");
/// assert_eq!(CookieSettings::development().name(), "auth_session");
/// assert_eq!(CookieSettings::production().named("staff")?.name(), "__Host-staff");
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CookieSettings {
    name: String,
    secure: bool,
}

/// What a request brings along in place of a session cookie.
#[derive(Debug)]
pub enum Presented {
    /// No cookie of our name.
    None,
    /// One token.
    Token(SessionToken),
    /// Something of our name that is no token, or several things that differ: it counts as signed out, and may be cleared.
    Junk,
}

const DEFAULT_NAME: &str = "auth_session";
const HOST_PREFIX: &str = "__Host-";
const MAX_NAME_BYTES: usize = 64;

/// Browsers keep no cookie for longer.
const MAX_AGE: Duration = Duration::from_secs(400 * 24 * 60 * 60);

impl CookieSettings {
    /// For a site that is served over HTTPS: `__Host-auth_session`, `Secure`.
    #[must_use]
    pub fn production() -> Self {
        Self { name: format!("{HOST_PREFIX}{DEFAULT_NAME}"), secure: true }
    }

    /// For a developer's machine, over plain HTTP: `auth_session`, not `Secure`.
    #[must_use]
    pub fn development() -> Self {
        Self { name: DEFAULT_NAME.to_owned(), secure: false }
    }

    /// The same with another name, for the second user type in one app. In production `__Host-` is put before it.
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) unless the name is 1 to 64 characters that RFC 6265 allows and has no prefix
    /// `__Host-` or `__Secure-` of its own.
    pub fn named(self, name: &str) -> Result<Self> {
        check_name(name)?;
        let prefix = if self.secure { HOST_PREFIX } else { "" };
        Ok(Self { name: format!("{prefix}{name}"), ..self })
    }

    /// The same without the prefix, which Lucia v1 does not put there. It stays `Secure`.
    #[cfg(feature = "lucia-v1")]
    pub(crate) fn without_prefix(mut self) -> Self {
        if let Some(name) = self.name.strip_prefix(HOST_PREFIX) {
            self.name = name.to_owned();
        }
        self
    }

    /// The whole name of the cookie, with its prefix.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it goes over HTTPS only.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Reads all `Cookie` headers of a request.
    ///
    /// Names are compared byte by byte and only spaces and tabs are trimmed, since browsers do not take other white space
    /// for such and could be made to send a cookie without the prefix as one with it. Values are neither decoded nor
    /// unquoted. The same token several times is that token; anything else beside it is [`Junk`](Presented::Junk), for
    /// nobody can tell which one the server set.
    ///
    /// ```
    /// use lucia::{CookieSettings, Presented};
    ///
    /// let header = format!("theme=dark; auth_session={}", "x".repeat(43));
    /// let presented = CookieSettings::development().read([header.as_bytes()]);
    /// assert!(matches!(presented, Presented::Token(_)));
    /// assert!(matches!(CookieSettings::development().read([]), Presented::None));
    /// ```
    #[must_use]
    #[expect(single_use_lifetimes, reason = "an anonymous lifetime cannot stand within `impl Trait`")]
    pub fn read<'a>(&self, header_values: impl IntoIterator<Item = &'a [u8]>) -> Presented {
        let mut ours = header_values
            .into_iter()
            .flat_map(|header| header.split(|&byte| byte == b';'))
            .filter_map(name_and_value)
            .filter(|&(name, _)| name == self.name.as_bytes())
            .map(|(_, value)| value);
        let Some(first) = ours.next() else { return Presented::None };
        if !ours.all(|another| another == first) {
            return Presented::Junk;
        }
        SessionToken::parse(first).map_or(Presented::Junk, Presented::Token)
    }

    /// The value of the `Set-Cookie` header that gives the browser a token until the session's idle expiry, for at most
    /// 400 days.
    ///
    /// ```
    /// use lucia::{CookieSettings, SessionToken, UnixMillis};
    ///
    /// let token = SessionToken::parse("x".repeat(43)).unwrap();
    /// let [now, idle_expires] = [0, 3_600_000].map(UnixMillis::from_millis);
    /// assert_eq!(
    ///     CookieSettings::production().write(&token, idle_expires, now),
    ///     "__Host-auth_session=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; HttpOnly; SameSite=Lax; Secure; Path=/; \
    ///      Max-Age=3600; Expires=Thu, 01 Jan 1970 01:00:00 GMT",
    /// );
    /// ```
    #[must_use]
    pub fn write(&self, token: &SessionToken, idle_expires: UnixMillis, now: UnixMillis) -> String {
        let lifetime = idle_expires.saturating_since(now).min(MAX_AGE);
        self.header(token.expose(), lifetime, now.saturating_add(lifetime))
    }

    /// The value of the `Set-Cookie` header that makes the browser forget the cookie. It has the same attributes as the one
    /// that set it; otherwise the browser would take it for another one.
    #[must_use]
    pub fn delete(&self) -> String {
        self.header("", Duration::ZERO, UnixMillis::EPOCH)
    }

    fn header(&self, value: &str, lifetime: Duration, expires: UnixMillis) -> String {
        // A date before 1970 or after 9999 cannot be written; that is a clock gone wrong.
        let expires = expires.clamp(UnixMillis::EPOCH, UnixMillis::END_OF_YEAR_9999);
        Cookie::build((self.name.as_str(), value))
            .path("/")
            .http_only(true)
            .secure(self.secure)
            .same_site(SameSite::Lax)
            .max_age(CookieDuration::seconds(i64::try_from(lifetime.as_secs()).unwrap_or(0)))
            .expires(expires.to_offset_date_time().unwrap_or(OffsetDateTime::UNIX_EPOCH))
            .to_string()
    }
}

fn check_name(name: &str) -> Result<()> {
    let is_token = (1..=MAX_NAME_BYTES).contains(&name.len()) && name.bytes().all(is_token_byte);
    if !is_token {
        return Err(Error::config(
            "the name of a cookie is 1 to 64 letters, digits or characters out of !#$%&'*+-.^_`|~",
        ));
    }
    // Browsers look at the prefix in any case and drop the cookie that does not keep its promise.
    let lower = name.to_ascii_lowercase();
    if lower.starts_with("__host-") || lower.starts_with("__secure-") {
        return Err(Error::config(
            "leave out the prefix of the cookie's name; in production `__Host-` is added",
        ));
    }
    Ok(())
}

/// The `token` of RFC 9110, which RFC 6265 takes for names.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// The two sides of the first `=`. What has none is no cookie of ours.
fn name_and_value(pair: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut sides = pair.splitn(2, |&byte| byte == b'=');
    Some((trim(sides.next()?), trim(sides.next()?)))
}

fn trim(mut bytes: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = bytes {
        bytes = rest;
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb_";

    const NONE: &str = "none";
    const JUNK: &str = "junk";

    /// The token that is found, or one of the two words above.
    fn read(headers: &[&[u8]]) -> String {
        match CookieSettings::development().read(headers.iter().copied()) {
            Presented::None => NONE.to_owned(),
            Presented::Junk => JUNK.to_owned(),
            Presented::Token(token) => token.expose().to_owned(),
        }
    }

    fn pairs(template: &str) -> String {
        template.replace("{A}", A).replace("{B}", B)
    }

    #[test]
    fn one_token_is_found_among_other_cookies() {
        for header in [
            "auth_session={A}",
            " auth_session={A} ",
            "\tauth_session \t=\t {A}\t",
            "a=b; auth_session={A}; c=d",
            "a=b;auth_session={A};c=d",
            ";;auth_session={A};",
            "valueless; auth_session={A}",
            "x=auth_session; auth_session={A}",
            "auth_session={A}; auth_session={A}",
            "AUTH_SESSION={B}; auth_session={A}",
            "__Host-auth_session={B}; auth_session={A}",
            "auth_session2={B}; auth_session={A}",
            "auth_session; auth_session={A}",
        ] {
            assert_eq!(read(&[pairs(header).as_bytes()]), A, "{header}");
        }
    }

    #[test]
    fn our_name_twice_with_different_values_is_junk() {
        for header in [
            "auth_session={A}; auth_session={B}",
            "auth_session={A}; auth_session=",
            "auth_session=x; auth_session={A}",
            "auth_session={A}; auth_session=\u{e9}",
        ] {
            assert_eq!(read(&[pairs(header).as_bytes()]), JUNK, "{header}");
        }
        let [a, b] = [A, B].map(|value| format!("auth_session={value}"));
        assert_eq!(read(&[a.as_bytes(), b.as_bytes()]), JUNK);
        assert_eq!(read(&[a.as_bytes(), a.as_bytes()]), A);
    }

    #[test]
    fn what_is_no_token_is_junk_and_not_repaired() {
        for value in [
            "",
            "\"{A}\"",
            "{A}%20",
            "%61{A}",
            "{A}=",
            "{A}x",
            "={A}",
            "{A},{B}",
            "{A} {B}",
            "[]",
            "\u{a0}{A}",
        ] {
            assert_eq!(read(&[pairs(&format!("auth_session={value}")).as_bytes()]), JUNK, "{value}");
        }
        assert_eq!(read(&[b"auth_session=\xff\xfe"]), JUNK);
        assert_eq!(read(&[b"auth_session=\0"]), JUNK);
        let megabyte = vec![b'a'; 1 << 20];
        assert_eq!(read(&[&[b"auth_session=".as_slice(), &megabyte].concat()]), JUNK);
    }

    #[test]
    fn other_white_space_before_the_name_makes_it_another_name() {
        for space in ["\u{2000}", "\u{85}", "\u{a0}", "\u{b}", "\u{c}", "\n", "\r", "\u{feff}"] {
            let header = format!("{space}auth_session={B}; auth_session={A}");
            assert_eq!(read(&[header.as_bytes()]), A, "{space:?}");
            assert_eq!(read(&[format!("{space}auth_session={B}").as_bytes()]), NONE, "{space:?}");
        }
        assert_eq!(
            read(&[&[b"\xa0auth_session=", B.as_bytes(), b"; auth_session=", A.as_bytes()].concat()]),
            A
        );
    }

    #[test]
    fn no_cookie_of_our_name_is_none() {
        for header in ["", ";", "=", "=x", "auth_session", "a=b", "auth_sessio=n"] {
            assert_eq!(read(&[header.as_bytes()]), NONE, "{header}");
        }
        assert_eq!(read(&[]), NONE);
    }

    #[test]
    fn production_and_development_do_not_read_each_others() {
        let header = format!("__Host-auth_session={A}");
        assert_eq!(read(&[header.as_bytes()]), NONE);
        assert!(matches!(CookieSettings::production().read([header.as_bytes()]), Presented::Token(_)));
        let header = format!("auth_session={A}");
        assert!(matches!(CookieSettings::production().read([header.as_bytes()]), Presented::None));
    }

    #[test]
    fn deletion_differs_in_value_and_expiry_only() {
        for settings in [CookieSettings::development(), CookieSettings::production()] {
            let token = SessionToken::parse(A).unwrap();
            let written =
                settings.write(&token, UnixMillis::from_millis(9_000_000), UnixMillis::from_millis(0));
            let deleted = settings.delete();
            let [mut set, mut gone] = [&written, &deleted].map(|text| Cookie::parse(text.clone()).unwrap());
            assert_eq!((gone.value(), gone.max_age()), ("", Some(CookieDuration::ZERO)));
            assert_eq!(gone.expires_datetime(), Some(OffsetDateTime::UNIX_EPOCH));
            for cookie in [&mut set, &mut gone] {
                cookie.set_value("");
                cookie.set_max_age(None);
                cookie.set_expires(None);
            }
            assert_eq!(set, gone);
        }
    }

    #[test]
    fn the_two_forms_of_the_header() {
        assert_eq!(
            CookieSettings::development().delete(),
            "auth_session=; HttpOnly; SameSite=Lax; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT"
        );
        assert_eq!(
            CookieSettings::production().delete(),
            "__Host-auth_session=; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=0; \
             Expires=Thu, 01 Jan 1970 00:00:00 GMT"
        );
    }

    #[test]
    fn expires_and_max_age_agree_and_are_clamped_to_400_days() {
        const NOW: i64 = 1_700_000_000_000;
        const DAYS: i64 = 86_400;
        for (idle_expires, seconds) in [
            (NOW + 15 * DAYS * 1_000, 15 * DAYS),
            (NOW + 400 * DAYS * 1_000, 400 * DAYS),
            (NOW + 401 * DAYS * 1_000, 400 * DAYS),
            (i64::MAX, 400 * DAYS),
            (NOW, 0),
            (NOW - 1, 0),
            (i64::MIN, 0),
        ] {
            let token = SessionToken::parse(A).unwrap();
            let [now, idle_expires] = [NOW, idle_expires].map(UnixMillis::from_millis);
            let text = CookieSettings::production().write(&token, idle_expires, now);
            let cookie = Cookie::parse(text).unwrap();
            assert_eq!(cookie.max_age(), Some(CookieDuration::seconds(seconds)));
            assert_eq!(cookie.expires_datetime().unwrap().unix_timestamp(), NOW / 1_000 + seconds);
        }
    }

    #[test]
    fn custom_names_are_tokens_without_a_prefix_of_their_own() {
        let settings = [CookieSettings::development(), CookieSettings::production()];
        for (settings, expected) in settings.into_iter().zip(["staff", "__Host-staff"]) {
            assert_eq!(settings.clone().named("staff").unwrap().name(), expected);
            assert_eq!(settings.clone().named("other").unwrap().named("staff").unwrap().name(), expected);
            for bad in
                ["", "a b", "a=b", "a;b", "a,b", "a\r\nb", "é", "a\"", "__Host-a", "__HOST-a", "__Secure-a"]
            {
                assert!(settings.clone().named(bad).unwrap_err().is_config(), "{bad:?}");
            }
            assert!(settings.named(&"a".repeat(65)).is_err());
        }
    }

    #[cfg(feature = "lucia-v1")]
    #[test]
    fn lucia_v1_gets_its_cookie_without_the_prefix_and_still_over_tls_only() {
        let settings = CookieSettings::production().without_prefix();
        assert_eq!((settings.name(), settings.is_secure()), ("auth_session", true));
        let plain = "x".repeat(40);
        let header = format!("auth_session={plain}");
        assert!(
            matches!(settings.read([header.as_bytes()]), Presented::Token(token) if token.expose() == plain)
        );
        assert!(settings.delete().contains("; Secure"));
        let staff = CookieSettings::development().named("staff").unwrap();
        assert_eq!(staff.clone().without_prefix(), staff);
    }

    proptest! {
        #[test]
        fn only_the_exact_language_comes_out(headers in proptest::collection::vec(
            proptest::collection::vec(
                prop_oneof![
                    any::<Vec<u8>>(),
                    Just(b"auth_session=".to_vec()),
                    Just(b"; ".to_vec()),
                    Just(A.as_bytes().to_vec()),
                    Just(B.as_bytes().to_vec()),
                ],
                0..6,
            ),
            0..3,
        )) {
            let headers: Vec<Vec<u8>> = headers.iter().map(|parts| parts.concat()).collect();
            let slices: Vec<&[u8]> = headers.iter().map(Vec::as_slice).collect();
            let token = read(&slices);
            if token != NONE && token != JUNK {
                prop_assert_eq!(token.len(), 43);
                prop_assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
                let needle = token.as_bytes();
                prop_assert!(slices.iter().any(|header| header.windows(43).any(|window| window == needle)));
            }
        }

        #[test]
        fn what_is_written_is_read(token in "[A-Za-z0-9_-]{43}", idle in any::<i64>(), now in any::<i64>()) {
            let secret = SessionToken::parse(&token).unwrap();
            let [idle, now] = [idle, now].map(UnixMillis::from_millis);
            let header = CookieSettings::development().write(&secret, idle, now);
            prop_assert!(header.bytes().all(|b| (0x20..0x7f).contains(&b)));
            let pair = header.split(';').next().unwrap();
            prop_assert_eq!(read(&[pair.as_bytes()]), token);
        }
    }
}
