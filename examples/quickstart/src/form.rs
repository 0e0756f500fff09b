//! Reads a submitted form, whatever it is that was submitted.

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use percent_encoding::percent_decode;

const MAX_BYTES: usize = 2 * 1024 * 1024;
const MAX_FIELDS: usize = 32;

/// A form as it was submitted. Reading it never fails: [`problem`](Self::problem) says what was wrong with it as a
/// whole, so that the page can show the form again.
#[derive(Debug, Default)]
pub struct Form {
    fields: Vec<(String, Result<String, NotText>)>,
    problem: Option<Problem>,
}

/// What is wrong with a form as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Not the content type of a form.
    ContentType,
    /// More bytes than any form here needs.
    TooLarge,
}

/// The bytes of a value are not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText;

impl Form {
    /// What is wrong with it as a whole, if anything is.
    pub fn problem(&self) -> Option<Problem> {
        self.problem
    }

    /// The value of a field as it was typed; nothing when the field is missing.
    pub fn value(&self, name: &str) -> Result<&str, NotText> {
        match self.fields.iter().find(|(field, _)| field == name) {
            Some((_, value)) => value.as_deref().map_err(|error| *error),
            None => Ok(""),
        }
    }

    /// Whether the field is there at all, be it empty.
    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(field, _)| field == name)
    }

    fn parse(body: &[u8]) -> Self {
        let pairs = body.split(|&byte| byte == b'&').filter(|pair| !pair.is_empty()).take(MAX_FIELDS);
        let fields = pairs.filter_map(|pair| {
            let mut sides = pair.splitn(2, |&byte| byte == b'=');
            let name = decode(sides.next()?).ok()?;
            Some((name, decode(sides.next().unwrap_or_default())))
        });
        Self { fields: fields.collect(), problem: None }
    }

    fn broken(problem: Problem) -> Self {
        Self { fields: Vec::new(), problem: Some(problem) }
    }
}

/// Exactly what was typed or nothing: bytes that are no text are not replaced by something that looks like it.
fn decode(bytes: &[u8]) -> Result<String, NotText> {
    let spaced: Vec<u8> = bytes.iter().map(|&byte| if byte == b'+' { b' ' } else { byte }).collect();
    percent_decode(&spaced).decode_utf8().map(std::borrow::Cow::into_owned).map_err(|_| NotText)
}

impl Problem {
    /// The status of the answer.
    pub fn status(self) -> StatusCode {
        match self {
            Self::ContentType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        }
    }

    /// What to change.
    pub fn advice(self) -> &'static str {
        match self {
            Self::ContentType => {
                "This did not arrive as a form. Please fill it in here, \
                 or send it as application/x-www-form-urlencoded."
            }
            Self::TooLarge => "This was too much to read. Please fill in less, 2 MB at most in all.",
        }
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = std::convert::Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        if !is_form(request.headers()) {
            return Ok(Self::broken(Problem::ContentType));
        }
        let body: Result<Bytes, _> = to_bytes(request.into_body(), MAX_BYTES).await;
        Ok(body.map_or_else(|_| Self::broken(Problem::TooLarge), |body| Self::parse(&body)))
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_exactly() {
        let form = Form::parse(b"a=1+2&b=%2B%26%3D&c=%C3%A9&d&=x&a=second&&e=a=b");
        let value = |name| form.value(name).unwrap();
        assert_eq!(
            [value("a"), value("b"), value("c"), value("d"), value("e")],
            ["1 2", "+&=", "é", "", "a=b"]
        );
        assert_eq!(value("missing"), "");
    }

    #[test]
    fn what_is_not_utf_8_is_said_to_be_so_and_spoils_nothing_else() {
        for body in [b"a=%FF&b=1".as_slice(), b"a=\xff&b=1", b"a=%C3&b=1", b"a=%ED%A0%80&b=1"] {
            let form = Form::parse(body);
            assert_eq!((form.value("a"), form.value("b")), (Err(NotText), Ok("1")));
        }
    }

    #[test]
    fn a_replacement_character_that_was_typed_stays() {
        assert_eq!(Form::parse(b"a=%EF%BF%BD").value("a"), Ok("\u{fffd}"));
    }

    #[test]
    fn a_percent_sign_alone_is_itself() {
        assert_eq!(Form::parse(b"a=100%&b=%zz").value("a"), Ok("100%"));
    }
}
