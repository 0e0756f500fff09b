// rule: types/not_native
// A value of a type of Diesel's is copied and shown.
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::Text;
use diesel::sqlite::{Sqlite, SqliteValue};
use lucia::{LuciaUser, UserId};

#[derive(Debug)]
pub struct Locale(String);

impl ToSql<Text, Sqlite> for Locale {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        <str as ToSql<Text, Sqlite>>::to_sql(&self.0, out)
    }
}

impl FromSql<Text, Sqlite> for Locale {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        <String as FromSql<Text, Sqlite>>::from_sql(value).map(Self)
    }
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Text, sqlite = "TEXT")]
    pub locale: Locale,
    //          ^^^^^^
}

include!("../../app.rs");
app!(given: locale; unique:);
