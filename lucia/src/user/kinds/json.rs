//! Whatever serde can write and read, as JSON text.

use std::fmt;

use diesel::backend::Backend;
use diesel::expression::AsExpression;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::InputRule;
use crate::user::storage::sealed::Sealed;
use crate::user::{Attribute, Codec, Storage, StoredAs, Unreadable, Value, is_its_own_option};
use crate::{Error, Result};

/// What a JSON attribute is stored as: `#[lucia(stored_as = Json)]`.
///
/// The text in the column is what serde writes, letter by letter and on every database alike. What could not be read back is
/// refused when it is written.
#[derive(Clone, Copy, Debug)]
pub struct Json(());

/// The text of a value, if it can be written at all.
#[derive(Debug, AsExpression)]
#[diesel(sql_type = Text)]
#[doc(hidden)]
pub struct JsonText(Option<String>);

impl<DB> ToSql<Text, DB> for JsonText
where
    DB: Backend,
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        match &self.0 {
            Some(text) => text.as_str().to_sql(out),
            None => Err("the value cannot be written as JSON".into()),
        }
    }
}

impl Sealed for Json {}

impl Storage for Json {
    type Bound<'a> = JsonText;
    type Row = String;

    is_its_own_option!();

    fn to_value(bound: JsonText) -> Value {
        bound.0.map_or(Value::Null, Value::Text)
    }

    fn from_value(value: Value) -> Option<String> {
        match value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// What serde can write and read.
pub trait Serde: Serialize + DeserializeOwned + Clone + fmt::Debug + Send + Sync + 'static {}

impl<T: Serialize + DeserializeOwned + Clone + fmt::Debug + Send + Sync + 'static> Serde for T {}

fn bound<T: Serde>(value: &T) -> JsonText {
    JsonText(serde_json::to_string(value).ok())
}

fn read<T: Serde>(row: &str) -> std::result::Result<T, Unreadable> {
    Ok(serde_json::from_str(row)?)
}

/// What cannot be read back would make the user unreadable: a number that is not one, a map whose keys are no texts, a
/// hundred lists in one another.
fn check<T: Serde>(value: &T, attribute: &Attribute) -> Result<()> {
    match bound(value) {
        JsonText(Some(text)) if read::<T>(&text).is_ok() => Ok(()),
        _ => Err(Error::input(attribute.name, InputRule::Json)),
    }
}

// Not by `StoredAs<Json>`: an enum that serde knows too would then be stored in two ways, and `bound` be ambiguous.

impl<T: Serde> Codec<T, Json> {
    /// How such a type is kept as JSON.
    pub(crate) const JSON: Self = Self::new(bound, |row| read(&row), |value| value, check);
}

impl<T: Serde> Codec<Option<T>, Option<Json>> {
    /// The same where there may be no value.
    pub(crate) const JSON: Self = Self::new(
        |value| value.as_ref().map(bound),
        |row| row.map(|row| read(&row)).transpose(),
        |value| value,
        |value, attribute| value.as_ref().map_or(Ok(()), |value| check(value, attribute)),
    );
}

impl Sealed for serde_json::Value {}

/// The same, for a type that tells by itself.
impl Storage for serde_json::Value {
    type Bound<'a> = JsonText;
    type Row = String;

    is_its_own_option!();

    fn to_value(bound: JsonText) -> Value {
        Json::to_value(bound)
    }

    fn from_value(value: Value) -> Option<String> {
        Json::from_value(value)
    }
}

impl StoredAs<Self> for serde_json::Value {
    fn bound(&self) -> JsonText {
        bound(self)
    }

    fn from_row(row: String) -> std::result::Result<Self, Unreadable> {
        read(&row)
    }

    fn check(&self, attribute: &Attribute) -> Result<()> {
        check(self, attribute)
    }
}
