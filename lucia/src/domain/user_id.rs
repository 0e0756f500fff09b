//! The id of a user: made here or given by the app.

use std::fmt;
use std::str::FromStr;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::Random;
use crate::Result;
use crate::error::{Error, InputRule};

/// The id of a user.
///
/// It is text of 1 to 64 visible ASCII characters; a generated one has 26 of `a` to `z` and `2` to `7`, which is 130
/// random bits that no collation can mix up. It is not a secret, but hard to guess. In Diesel it stands for a `Text`
/// column, in serde for a string, and both refuse what [`UserId::new`] refuses, except that a row that is already there
/// is read as it is.
///
/// ```
/// use lucia::UserId;
///
/// let id = UserId::new("ada")?;
/// assert_eq!(id.as_str(), "ada");
/// assert!(UserId::new("").unwrap_err().is_invalid_input());
/// assert!("Ada Lovelace".parse::<UserId>().is_err());
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct UserId(String);

/// RFC 4648 base32 in lower case: 32 symbols, so that five bits of a random byte choose one with no bias, and none of
/// them differs from another by case only.
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

impl UserId {
    /// How many characters a generated id has unless told otherwise: 130 random bits.
    pub const DEFAULT_LENGTH: u8 = 26;
    /// The fewest characters that a generated id may have: 75 random bits.
    pub const MIN_GENERATED_LENGTH: u8 = 15;
    /// The most bytes that an id may have.
    pub const MAX_LENGTH: u8 = 64;

    /// An id that the app chose: 1 to 64 visible ASCII characters (`!` to `~`).
    ///
    /// # Errors
    /// [`is_invalid_input`](Error::is_invalid_input), about `"user id"`, when it is anything else.
    pub fn new(id: impl Into<String>) -> Result<Self> {
        let id = id.into();
        match broken_rule(&id) {
            None => Ok(Self(id)),
            Some(rule) => Err(Error::input("user id", rule)),
        }
    }

    /// A new random id of so many characters of `a` to `z` and `2` to `7`, five random bits each.
    ///
    /// ```
    /// use lucia::{OsRandom, UserId};
    ///
    /// let id = UserId::generate(UserId::DEFAULT_LENGTH, &OsRandom)?;
    /// assert_eq!(id.as_str().len(), 26);
    /// # Ok::<(), lucia::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) when the length is not 15 to 64, and the error of `random`.
    pub fn generate(length: u8, random: &dyn Random) -> Result<Self> {
        Self::check_generated_length(length)?;
        let mut bytes = vec![0; usize::from(length)];
        random.fill(&mut bytes)?;
        Ok(Self(bytes.iter().map(|&byte| letter(byte)).collect()))
    }

    /// Whether [`generate`](Self::generate) takes this length, so that a setting is refused where it is set.
    pub(crate) fn check_generated_length(length: u8) -> Result<()> {
        if (Self::MIN_GENERATED_LENGTH..=Self::MAX_LENGTH).contains(&length) {
            return Ok(());
        }
        Err(Error::config(format!(
            "generated user ids have {} to {} characters, not {length}",
            Self::MIN_GENERATED_LENGTH,
            Self::MAX_LENGTH
        )))
    }

    /// From a row: a table that was there before us may hold ids of any shape, and they have to stay readable.
    pub(crate) fn from_stored(id: String) -> Self {
        Self(id)
    }

    /// The text of the id.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn broken_rule(id: &str) -> Option<InputRule> {
    if id.is_empty() {
        Some(InputRule::NotEmpty)
    } else if id.len() > usize::from(UserId::MAX_LENGTH) {
        Some(InputRule::MaxBytes(UserId::MAX_LENGTH.into()))
    } else if !id.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some(InputRule::Ascii)
    } else {
        None
    }
}

fn letter(byte: u8) -> char {
    ALPHABET.get(usize::from(byte & 31)).copied().map_or('a', char::from)
}

impl fmt::Display for UserId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl AsRef<str> for UserId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<UserId> for String {
    fn from(id: UserId) -> Self {
        id.0
    }
}

impl FromStr for UserId {
    type Err = Error;

    fn from_str(id: &str) -> Result<Self> {
        Self::new(id)
    }
}

impl TryFrom<String> for UserId {
    type Error = Error;

    fn try_from(id: String) -> Result<Self> {
        Self::new(id)
    }
}

impl TryFrom<&str> for UserId {
    type Error = Error;

    fn try_from(id: &str) -> Result<Self> {
        Self::new(id)
    }
}

impl Serialize for UserId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for UserId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl<DB> ToSql<Text, DB> for UserId
where
    DB: Backend,
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <str as ToSql<Text, DB>>::to_sql(&self.0, out)
    }
}

impl<DB> FromSql<Text, DB> for UserId
where
    DB: Backend,
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        String::from_sql(bytes).map(Self::from_stored)
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{NoRandom, SeededRandom, assert_uniform};
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn custom_ids_are_1_to_64_visible_ascii_characters() {
        let longest = "x".repeat(64);
        for good in ["a", "!", "~", "0", "user:1/2", longest.as_str()] {
            assert_eq!(UserId::new(good).unwrap().as_str(), good);
        }
        let too_long = "x".repeat(65);
        for bad in ["", " ", "a b", "a\n", "\0", "\u{7f}", "é", "\u{a0}", too_long.as_str()] {
            let error = UserId::new(bad).unwrap_err();
            assert_eq!(error.invalid_input(), Some("user id"), "{bad:?}");
        }
    }

    #[test]
    fn generated_ids_are_uniform_and_none_comes_twice() {
        let random = SeededRandom::new(3);
        let ids: Vec<String> = (0..100_000).map(|_| UserId::generate(26, &random).unwrap().0).collect();
        assert_uniform(&ids, ALPHABET, 0..26);
        assert_eq!(ids.iter().collect::<HashSet<_>>().len(), ids.len());
    }

    #[test]
    fn generated_ids_have_the_length_asked_for_and_never_less_than_15() {
        for length in 15..=64 {
            let id = UserId::generate(length, &SeededRandom::new(4)).unwrap();
            assert_eq!(id.as_str().len(), usize::from(length));
            assert_eq!(UserId::new(id.as_str()).unwrap(), id);
        }
        for length in [0, 1, 14, 65, 255] {
            assert!(UserId::generate(length, &SeededRandom::new(4)).unwrap_err().is_config());
        }
    }

    #[test]
    fn no_random_bytes_no_id() {
        assert!(UserId::generate(26, &NoRandom).is_err());
    }

    #[test]
    fn serde_reads_and_writes_a_string_and_validates_it() {
        let id: UserId = serde_json::from_str("\"ada\"").unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"ada\"");
        assert!(serde_json::from_str::<UserId>("\"a b\"").is_err());
        assert!(serde_json::from_str::<UserId>("1").is_err());
    }

    #[test]
    fn a_stored_id_of_any_shape_is_readable() {
        assert_eq!(UserId::from_stored("Zoë 1".to_owned()).as_str(), "Zoë 1");
    }

    #[cfg(feature = "sqlite")]
    #[test]
    fn it_works_in_diesel_expressions_and_in_nullable_ones() {
        use diesel::prelude::*;

        diesel::table! {
            people (id) { id -> Text, invited_by -> Nullable<Text>, }
        }

        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        diesel::sql_query("CREATE TABLE people (id TEXT NOT NULL PRIMARY KEY, invited_by TEXT)")
            .execute(&mut conn)
            .unwrap();
        let (ada, bob) = (UserId::new("ada").unwrap(), UserId::new("bob").unwrap());
        diesel::insert_into(people::table)
            .values((people::id.eq(&ada), people::invited_by.eq(Some(&bob))))
            .execute(&mut conn)
            .unwrap();
        let found: (UserId, Option<UserId>) = people::table
            .filter(people::id.eq(&ada))
            .filter(people::invited_by.eq(bob.clone()))
            .get_result(&mut conn)
            .unwrap();
        assert_eq!(found, (ada, Some(bob)));
    }

    #[cfg(all(feature = "postgres-backend", feature = "mysql-backend"))]
    #[test]
    fn it_is_bound_as_text_on_the_other_databases() {
        use diesel::prelude::*;

        fn bind<DB: Backend>()
        where
            UserId: ToSql<Text, DB> + FromSql<Text, DB> + Queryable<Text, DB>,
        {
        }
        bind::<diesel::pg::Pg>();
        bind::<diesel::mysql::Mysql>();
    }
}
