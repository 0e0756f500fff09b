//! From the errors of the `redis` crate to ours.

use redis::{ErrorKind, RedisError};

use crate::error::{Error, Kind};

/// What Redis answered. Its own text is left out: it may repeat the command, and so the id of a session.
#[derive(Debug, thiserror::Error)]
#[error("Redis answered {code}")]
struct Answered {
    code: String,
}

/// Something that cannot be a session of ours is stored under the key of one.
#[derive(Debug, thiserror::Error)]
#[error("it is not as lucia writes it")]
pub(super) struct Unreadable;

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Self {
        Kind::Storage("a session in Redis cannot be read", Some(Box::new(unreadable))).into()
    }
}

/// Whatever Redis does not do, nothing is known about the session.
pub(super) fn failure(error: RedisError) -> Error {
    match error.code() {
        Some(code) => Error::unavailable(Answered { code: code.to_owned() }),
        None if error.kind() == ErrorKind::Io => Error::unavailable(error),
        None => Error::unavailable(Answered { code: error.category().to_owned() }),
    }
}

/// A URL that is none. The URL itself is left out, for it may hold a password.
pub(super) fn wrong_url(error: &RedisError) -> Error {
    Error::config(format!(
        "the URL of Redis cannot be used ({}); give one like `redis://127.0.0.1/`",
        error.category()
    ))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;

    use super::*;

    fn answered(line: &[u8]) -> RedisError {
        redis::parse_redis_value(line).unwrap().extract_error().unwrap_err()
    }

    #[test]
    fn whatever_redis_answers_says_nothing_about_a_session() {
        for code in [
            "LOADING",
            "READONLY",
            "OOM",
            "MASTERDOWN",
            "CLUSTERDOWN",
            "MISCONF",
            "NOREPLICAS",
            "BUSY",
            "NOAUTH",
            "NOPERM",
            "MOVED",
            "WRONGTYPE",
            "ERR",
        ] {
            let error = failure(answered(format!("-{code} canary lucia:session:canary\r\n").as_bytes()));
            assert!(error.is_unavailable() && !error.is_invalid_session(), "{code}");
            let source = error.source().unwrap().to_string();
            assert!(source.ends_with(code), "{source}");
            assert!(!format!("{error:?} {error}").contains("canary"), "{error:?}");
        }
    }
}
