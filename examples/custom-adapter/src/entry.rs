//! Rows as JSON.

use lucia::{
    Error, LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId, Value, chrono, uuid,
};
use serde::{Deserialize, Serialize};

/// A row that is there from now on, or the id of one that is gone.
#[derive(Serialize, Deserialize)]
pub(crate) enum Entry {
    User(String, Vec<Cell>),
    NoUser(String),
    Key(KeyRow),
    NoKey(String),
    Session(SessionRow),
    NoSession(String),
}

type KeyRow = (String, String, bool, Option<String>, Option<i64>);
type SessionRow = (String, String, i64, i64, Option<i64>, Option<i64>, Option<String>);

/// The value of one attribute, with its kind: a number alone would not say whether it is an `i16` or an `i64`.
#[derive(Serialize, Deserialize)]
pub(crate) enum Cell {
    Null,
    Bool(bool),
    I16(i16),
    I32(i32),
    I64(i64),
    F32(f32),
    F64(f64),
    Text(String),
    Bytes(Vec<u8>),
    Date(String),
    Time(String),
    Timestamp(String),
    Uuid(String),
}

impl Cell {
    fn of(value: Value) -> Result<Self> {
        Ok(match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::I16(value) => Self::I16(value),
            Value::I32(value) => Self::I32(value),
            Value::I64(value) => Self::I64(value),
            Value::F32(value) => Self::F32(value),
            Value::F64(value) => Self::F64(value),
            Value::Text(value) => Self::Text(value),
            Value::Bytes(value) => Self::Bytes(value),
            Value::Date(value) => Self::Date(value.to_string()),
            Value::Time(value) => Self::Time(value.to_string()),
            // Its `Display` has a space that its `FromStr` does not take.
            Value::Timestamp(value) => Self::Timestamp(format!("{value:?}")),
            Value::Uuid(value) => Self::Uuid(value.to_string()),
            // A value that only Diesel can write.
            _ => return Err(Error::storage("a user has an attribute that JSON cannot hold", None)),
        })
    }

    fn value(self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::I16(value) => Value::I16(value),
            Self::I32(value) => Value::I32(value),
            Self::I64(value) => Value::I64(value),
            Self::F32(value) => Value::F32(value),
            Self::F64(value) => Value::F64(value),
            Self::Text(value) => Value::Text(value),
            Self::Bytes(value) => Value::Bytes(value),
            Self::Date(text) => Value::Date(text.parse::<chrono::NaiveDate>().ok()?),
            Self::Time(text) => Value::Time(text.parse::<chrono::NaiveTime>().ok()?),
            Self::Timestamp(text) => Value::Timestamp(text.parse::<chrono::NaiveDateTime>().ok()?),
            Self::Uuid(text) => Value::Uuid(text.parse::<uuid::Uuid>().ok()?),
        })
    }
}

impl Entry {
    pub(crate) fn user<U: LuciaUser>(user: &U) -> Result<Self> {
        let cells = user.values().into_iter().map(Cell::of).collect::<Result<_>>()?;
        Ok(Self::User(user.id().to_string(), cells))
    }

    pub(crate) fn key(key: StoredKey) -> Self {
        let hash = key.hashed_password.map(|hash| hash.expose().to_owned());
        let expires = key.expires.map(UnixMillis::as_millis);
        Self::Key((key.id, key.user_id.to_string(), key.primary_key, hash, expires))
    }

    pub(crate) fn session(session: StoredSession) -> Self {
        Self::Session((
            session.id,
            session.user_id.to_string(),
            session.active_expires.as_millis(),
            session.idle_expires.as_millis(),
            session.created_at.map(UnixMillis::as_millis),
            session.absolute_expires.map(UnixMillis::as_millis),
            session.renewed_from,
        ))
    }
}

/// The user again, unless the struct has other attributes by now.
pub(crate) fn to_user<U: LuciaUser>(id: &str, cells: Vec<Cell>) -> Option<U> {
    U::from_values(UserId::new(id).ok()?, cells.into_iter().map(Cell::value).collect::<Option<_>>()?)
}

pub(crate) fn to_key((id, user_id, primary_key, hash, expires): KeyRow) -> Option<StoredKey> {
    Some(StoredKey {
        id,
        user_id: UserId::new(user_id).ok()?,
        primary_key,
        hashed_password: hash.map(PasswordHash::new),
        expires: expires.map(UnixMillis::from_millis),
    })
}

pub(crate) fn to_session(row: SessionRow) -> Option<StoredSession> {
    let (id, user_id, active, idle, created_at, absolute, renewed_from) = row;
    Some(StoredSession {
        id,
        user_id: UserId::new(user_id).ok()?,
        active_expires: UnixMillis::from_millis(active),
        idle_expires: UnixMillis::from_millis(idle),
        created_at: created_at.map(UnixMillis::from_millis),
        absolute_expires: absolute.map(UnixMillis::from_millis),
        renewed_from,
    })
}
