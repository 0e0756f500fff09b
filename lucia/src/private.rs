//! What derived code names. Not for anything else: no part of this is stable, not from one patch release to the next.

pub use ::diesel;
pub use ::diesel::backend::Backend;
pub use ::diesel::connection::LoadConnection;
pub use ::diesel::deserialize::{self, FromStaticSqlRow, Queryable};
pub use ::diesel::query_source::Table;
pub use ::diesel::result::QueryResult;
pub use ::diesel::{Selectable, SelectableHelper};

#[cfg(feature = "async")]
pub use ::diesel_async;
#[cfg(feature = "audit")]
pub use ::lucia_schema::Schema;

#[cfg(feature = "async")]
pub use crate::diesel::Async;
pub use crate::diesel::{
    ApartQueries, ApartQueriesOn, Exact, Folded, KeyRow, Loaded, Native, NativeCodec, NativeColumn, NativeOn,
    Queries, QueriesOn, SessionQueries, SessionQueriesOn, SessionRow, Unread, UserRow, folded,
};
pub use crate::domain::StoredKey;
pub use crate::user::{Codec, Column, Id, UserValues, stored_value};
pub use crate::{
    Attribute, AttributeDefault, AttributeKind, Error, LuciaUser, PasswordHash, Result, Storage, StoredAs,
    StoredSession, Tables, Unique, UniqueAttributes, UnixMillis, Unreadable, UserId, Value,
};

/// The names that a query template uses without saying where they come from: of traits only their methods.
pub mod prelude {
    pub use ::core::primitive::{bool, i64, str, u32, usize};
    pub use ::diesel::prelude::{
        ExpressionMethods as _, JoinOnDsl as _, NullableExpressionMethods as _, OptionalExtension as _,
        QueryDsl as _, SelectableHelper as _,
    };
    pub use ::std::clone::Clone as _;
    pub use ::std::convert::{From as _, Into as _};
    pub use ::std::iter::Iterator as _;
    pub use ::std::option::Option::{self, None, Some};
    pub use ::std::result::Result::{Err, Ok};
    pub use ::std::string::String;
    pub use ::std::vec::Vec;

    /// An app may have columns in scope by `use auth_user::dsl::*`. A binding of such a name would be taken for the column,
    /// which is a unit struct; it hides a function.
    macro_rules! bindings_of_the_templates {
        ($($name:ident)*) => {
            $(pub fn $name() {})*
        };
    }

    bindings_of_the_templates! {
        _changes _conn _values changes conn created_at dead ends expired hash id ids index key
        key_id limit live longer new now old owner password renewed_from row session
        unpresented user user_id value values
    }
}

/// The names that `table!` uses without saying where they come from: an app may do without the prelude, or shadow it.
pub mod table {
    pub use ::core::clone::Clone;
    pub use ::core::default::Default;
    pub use ::core::fmt::Debug;
    pub use ::core::marker::Copy;
    pub use ::core::result::Result::Ok;
}

/// The text of a password hash, for its column.
#[must_use]
pub fn hash_text(hash: &Option<PasswordHash>) -> Option<&str> {
    hash.as_ref().map(PasswordHash::expose)
}

/// An instant, for its column.
#[must_use]
pub fn millis(instant: Option<UnixMillis>) -> Option<i64> {
    instant.map(UnixMillis::as_millis)
}

/// The tables of a derived user, from what the derive has written about that of users.
///
/// # Errors
///
/// If it is not what this release reads.
#[cfg(feature = "audit")]
pub fn schema<U: LuciaUser>(users: &str) -> Result<Schema> {
    let users = ::lucia_schema::Table::from_json(users).map_err(|error| {
        let message =
            "`lucia` cannot read what the derive has written; it and `lucia-macros` are of two releases";
        Error::new(crate::error::Kind::Config(message.to_owned(), Some(Box::new(error))))
    })?;
    Ok(Schema::with_users(users, U::TABLES.session, U::TABLES.key))
}

/// The error for a text in the database that is none of an enum's.
#[must_use]
pub fn unknown_text<T: StoredAs<String>>(text: &str) -> Unreadable {
    format!("{text:?} is none of `{}`", T::TEXTS.join("`, `")).into()
}

/// Whether a struct has the fingerprint of its newest migration, as far as the build step has said which that is.
#[must_use]
pub const fn in_step(newest: Option<&str>, fingerprint: &str) -> bool {
    match newest {
        None => true,
        Some(newest) => same(newest.as_bytes(), fingerprint.as_bytes()),
    }
}

/// What to tell whoever has changed a struct.
#[must_use]
pub const fn drift(said: Option<&'static str>) -> &'static str {
    match said {
        Some(said) => said,
        None => "the build script reads another struct than this one; name this file in `build.rs`",
    }
}

/// Whether a lock file has this line, which is a table and the fingerprint of its struct.
#[must_use]
pub const fn is_locked(lock: &str, line: &str) -> bool {
    let mut rest = lock.as_bytes();
    loop {
        if begins_with(rest, line.as_bytes()) {
            return true;
        }
        match after_line(rest) {
            Some(next) => rest = next,
            None => return false,
        }
    }
}

/// Whether the first line of a text is this one.
const fn begins_with(mut text: &[u8], mut line: &[u8]) -> bool {
    while let ([a, after_a @ ..], [b, after_b @ ..]) = (text, line) {
        if *a != *b {
            return false;
        }
        (text, line) = (after_a, after_b);
    }
    line.is_empty() && matches!(text, [] | [b'\n' | b'\r', ..])
}

/// What follows the first line of a text.
const fn after_line(mut text: &[u8]) -> Option<&[u8]> {
    while let [byte, after @ ..] = text {
        if *byte == b'\n' {
            return Some(after);
        }
        text = after;
    }
    None
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    match (a, b) {
        ([], []) => true,
        ([a, rest_of_a @ ..], [b, rest_of_b @ ..]) => *a == *b && same(rest_of_a, rest_of_b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_locked;

    #[test]
    fn a_lock_file_has_a_line_or_not() {
        for (lock, is_there) in [
            ("auth_user 12", true),
            ("# words\nauth_user 12\n", true),
            ("member 34\r\nauth_user 12\r\n", true),
            ("", false),
            ("auth_user 1\n", false),
            ("auth_user 123\n", false),
            ("my_auth_user 12\n", false),
            ("# auth_user 12\n", false),
            ("<<<<<<< ours\nauth_user 34\n", false),
        ] {
            assert_eq!(is_locked(lock, "auth_user 12"), is_there, "{lock:?}");
        }
    }
}
