//! Attributes that say how they are stored: enums, newtypes, UUIDs, JSON, and types of the database.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use diesel::connection::SimpleConnection;
use diesel::deserialize::{self, FromSql};
use diesel::prelude::*;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::Text;
use diesel::sqlite::{Sqlite, SqliteValue};
use lucia::{
    Attribute, AttributeKind, Auth, Clock, LuciaAttribute, LuciaUser, StoredAs, Unreadable, UserId, Value,
};
use lucia_tests::everything::{Email, Role, Settings, json, role, settings};
use lucia_tests::{Database, schema_sql, with_source};
use proptest::prelude::*;
use proptest::test_runner::Config;
use uuid::Uuid;

use crate::support::get;

#[derive(Clone, Copy, Debug, PartialEq, LuciaAttribute)]
pub(crate) struct Level {
    value: i16,
}

#[derive(Clone, Copy, Debug, PartialEq, LuciaAttribute)]
pub(crate) struct Since(DateTime<Utc>);

/// Stored by hand, and checked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Even(i32);

impl StoredAs<i32> for Even {
    fn bound(&self) -> i32 {
        self.0
    }

    fn from_row(row: i32) -> Result<Self, Unreadable> {
        if row % 2 == 0 { Ok(Self(row)) } else { Err("odd".into()) }
    }
}

/// A type that only Diesel knows.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Locale(String, String);

impl ToSql<Text, Sqlite> for Locale {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(format!("{}-{}", self.0, self.1));
        Ok(IsNull::No)
    }
}

impl FromSql<Text, Sqlite> for Locale {
    fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
        let (language, region) = text.split_once('-').ok_or("no locale")?;
        Ok(Self(language.to_owned(), region.to_owned()))
    }
}

with_source! { SOURCE:
    #[derive(Clone, Debug, PartialEq, LuciaUser)]
    pub(crate) struct Person {
        pub(crate) id: UserId,
        #[lucia(stored_as = String, default = "super_user")]
        pub(crate) role: Role,
        #[lucia(stored_as = String)]
        pub(crate) maybe_role: Option<Role>,
        #[lucia(stored_as = String, unique, max_length = 64)]
        pub(crate) email: Email,
        #[lucia(stored_as = i16, default = 3)]
        pub(crate) level: Level,
        #[lucia(stored_as = DateTime<Utc>, default = now)]
        pub(crate) since: Since,
        #[lucia(stored_as = i32)]
        pub(crate) even: Option<Even>,
        #[lucia(unique)]
        pub(crate) tag: Uuid,
        pub(crate) maybe_tag: Option<Uuid>,
        pub(crate) anything: serde_json::Value,
        #[lucia(stored_as = Json)]
        pub(crate) settings: Settings,
        #[lucia(stored_as = Json)]
        pub(crate) words: Option<Vec<String>>,
        #[lucia(sql_type = Text, sqlite = "TEXT")]
        pub(crate) locale: Locale,
        #[lucia(sql_type = Text, sqlite = "VARCHAR(8)")]
        pub(crate) maybe_locale: Option<Locale>,
    }
}

fn plain(email: &str) -> PersonAttributes {
    PersonAttributes {
        role: Some(Role::Member),
        maybe_role: None,
        email: Email(email.to_owned()),
        level: Some(Level { value: 0 }),
        since: None,
        even: None,
        tag: Uuid::from_u128(email.len() as u128),
        maybe_tag: None,
        anything: serde_json::Value::Null,
        settings: Settings { theme: String::new(), sizes: Vec::new(), seen: BTreeMap::new() },
        words: None,
        locale: Locale("en".to_owned(), "GB".to_owned()),
        maybe_locale: None,
    }
}

fn database() -> (Database, Auth<Person>) {
    let database = Database::with_schema(&schema_sql(SOURCE));
    database.connect().batch_execute("PRAGMA synchronous = OFF").unwrap();
    let auth = database.builder().development().unwrap();
    (database, auth)
}

fn locale() -> impl Strategy<Value = Locale> {
    ("[a-z]{2}", "[A-Z]{2}").prop_map(|(language, region)| Locale(language, region))
}

fn since() -> impl Strategy<Value = Since> {
    (0..4_000_000_000_i64, 0..1_000_000_000_u32)
        .prop_filter_map("a time", |(seconds, nanos)| DateTime::from_timestamp(seconds, nanos).map(Since))
}

prop_compose! {
    fn person()(
        (role, maybe_role, email, level) in
            (role(), proptest::option::of(role()), "[^\0]{0,64}", any::<i16>()),
        (since, even, tag, maybe_tag) in
            (since(), any::<Option<i16>>(), any::<u128>(), any::<Option<u128>>()),
        (anything, settings, words) in (json(), settings(), any::<Option<Vec<String>>>()),
        (locale, maybe_locale) in (locale(), proptest::option::of(locale())),
    ) -> PersonAttributes {
        PersonAttributes {
            role: Some(role),
            maybe_role,
            email: Email(email),
            level: Some(Level { value: level }),
            since: Some(since),
            even: even.map(|n| Even(i32::from(n) * 2)),
            tag: Uuid::from_u128(tag),
            maybe_tag: maybe_tag.map(Uuid::from_u128),
            anything,
            settings,
            words,
            locale,
            maybe_locale,
        }
    }
}

fn changes(to: PersonAttributes) -> PersonChanges {
    PersonChanges {
        role: to.role,
        maybe_role: Some(to.maybe_role),
        email: Some(to.email),
        level: to.level,
        since: to.since,
        even: Some(to.even),
        tag: Some(to.tag),
        maybe_tag: Some(to.maybe_tag),
        anything: Some(to.anything),
        settings: Some(to.settings),
        words: Some(to.words),
        locale: Some(to.locale),
        maybe_locale: Some(to.maybe_locale),
    }
}

#[test]
fn every_value_comes_back_from_the_database_and_without_it() {
    let (database, auth) = database();
    let conn = std::cell::RefCell::new(database.connect());
    let now = database.clock.now();
    proptest!(Config { cases: 300, failure_persistence: None, ..Config::default() }, |(
        first in person(),
        second in person(),
    )| {
        let conn = &mut *conn.borrow_mut();
        conn.transaction(|conn| {
            let auth = auth.on(conn);
            let user = auth.create_user(None, first.clone()).unwrap();
            assert_eq!(&Person::create(user.id.clone(), first, now).unwrap(), &user);
            assert_eq!(&auth.user(&user.id).unwrap(), &user);
            assert_eq!(Person::from_values(user.id.clone(), user.values()).as_ref(), Some(&user));
            assert_eq!(auth.user_by(auth_user::tag, user.tag).unwrap().as_ref(), Some(&user));
            assert_eq!(auth.user_by(auth_user::email, user.email.clone()).unwrap().as_ref(), Some(&user));

            let changed = auth.update_user(&user.id, changes(second.clone())).unwrap();
            assert_eq!(&user.change(changes(second)).unwrap(), &changed);
            assert_eq!(&auth.user(&changed.id).unwrap(), &changed);
            auth.delete_user(&changed.id).unwrap();
            QueryResult::Ok(())
        })
        .unwrap();
    });
}

#[test]
fn columns_hold_what_the_attribute_says() {
    let (database, auth) = database();
    let attributes = PersonAttributes {
        role: Some(Role::Admin),
        settings: Settings { theme: "dark".into(), sizes: vec![0.1], seen: BTreeMap::new() },
        ..plain("ada@example.com")
    };
    get(auth.create_user(None, attributes)).unwrap();
    let stored: (String, String, Vec<u8>, String, String) = auth_user::table
        .select((auth_user::role, auth_user::email, auth_user::tag, auth_user::settings, auth_user::anything))
        .get_result(&mut database.connect())
        .unwrap();
    assert_eq!(stored.0, "it's \"root\"");
    assert_eq!(stored.1, "ada@example.com");
    assert_eq!(stored.2, Uuid::from_u128(15).as_bytes());
    assert_eq!(stored.3, r#"{"theme":"dark","sizes":[0.1],"seen":{}}"#);
    assert_eq!(stored.4, "null");
}

#[test]
fn defaults_are_values_of_the_type() {
    let (database, auth) = database();
    let given = PersonAttributes { role: None, level: None, ..plain("ada") };
    let user = get(auth.create_user(None, given)).unwrap();
    let now = database.clock.now().to_datetime().unwrap();
    assert_eq!((user.role, user.level, user.since), (Role::SuperUser, Level { value: 3 }, Since(now)));
}

#[test]
fn a_newtype_around_a_time_loses_what_is_finer_than_a_microsecond() {
    let (_database, auth) = database();
    let fine = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_nano_opt(1, 2, 3, 123_456_789).unwrap();
    let given = PersonAttributes { since: Some(Since(fine.and_utc())), ..plain("ada") };
    let user = get(auth.create_user(None, given)).unwrap();
    assert_eq!(user.since.0.nanosecond(), 123_456_000);
    assert_eq!(get(auth.user(&user.id)).unwrap().since, user.since);
}

#[test]
fn what_the_database_holds_and_no_value_is_is_an_error_and_no_panic() {
    let (database, auth) = database();
    let ada = get(auth.create_user(None, plain("ada"))).unwrap();
    for (column, value) in [
        ("role", "'owner'"),
        ("maybe_role", "''"),
        ("even", "3"),
        ("anything", "'{'"),
        ("settings", "'{\"theme\":1}'"),
        ("words", "'[1]'"),
        ("locale", "'english'"),
    ] {
        let mut conn = database.connect();
        conn.batch_execute("BEGIN; SAVEPOINT before").unwrap();
        let update = format!("UPDATE auth_user SET {column} = {value}");
        conn.batch_execute(&update).unwrap();
        let error = auth.on(&mut conn).user(&ada.id).unwrap_err();
        // What is in the database is not for everybody; the source is for the log.
        assert_eq!(error.to_string(), "a stored row cannot be read; the source of this error says why");
        assert!(!error.is_unavailable() && !error.is_unknown_user(), "{column}");
        let mut sources = Vec::new();
        let mut source = std::error::Error::source(&error);
        while let Some(error) = source {
            sources.push(error.to_string());
            source = error.source();
        }
        let sources = sources.join("\n");
        assert!(sources.contains(column) || column == "locale", "{column}: {sources}");
        conn.batch_execute("ROLLBACK").unwrap();
    }
    assert_eq!(get(auth.user(&ada.id)).unwrap(), ada);
}

#[test]
fn sqlite_refuses_a_uuid_of_another_length() {
    let (database, auth) = database();
    get(auth.create_user(None, plain("ada"))).unwrap();
    let error = database.connect().batch_execute("UPDATE auth_user SET tag = x'00'").unwrap_err();
    assert!(error.to_string().contains("CHECK"), "{error}");
}

#[test]
fn what_could_not_be_read_back_is_refused_on_the_way_in() {
    let (_database, auth) = database();
    let ada = get(auth.create_user(None, plain("ada"))).unwrap();
    let nan = Settings { theme: String::new(), sizes: vec![f64::NAN], seen: BTreeMap::new() };
    let mut deep = serde_json::Value::Null;
    for _ in 0..200 {
        deep = serde_json::Value::Array(vec![deep]);
    }
    for (attribute, bad) in [
        ("settings", PersonAttributes { settings: nan, ..plain("eve") }),
        ("anything", PersonAttributes { anything: deep, ..plain("eve") }),
        ("email", PersonAttributes { email: Email("é".repeat(65)), ..plain("eve") }),
        ("email", PersonAttributes { email: Email("\0".to_owned()), ..plain("eve") }),
        ("since", PersonAttributes { since: Some(Since(DateTime::<Utc>::MAX_UTC)), ..plain("eve") }),
    ] {
        let created = get(auth.create_user(None, bad.clone())).unwrap_err();
        assert_eq!(created.invalid_input(), Some(attribute));
        let updated = get(auth.update_user(&ada.id, changes(bad))).unwrap_err();
        assert_eq!(updated.invalid_input(), Some(attribute));
    }
    assert_eq!(get(auth.user(&ada.id)).unwrap(), ada);
}

#[test]
fn a_text_that_is_too_long_for_its_newtype_never_reaches_the_database() {
    let attribute = Attribute::new("email", "email", AttributeKind::Text).max_length(3);
    assert!(Email("abc".to_owned()).check(&attribute).is_ok());
    assert_eq!(Email("abcd".to_owned()).check(&attribute).unwrap_err().invalid_input(), Some("email"));
}

#[test]
fn a_value_of_a_type_of_the_database_is_opaque() {
    let (_database, auth) = database();
    let ada = get(auth.create_user(None, plain("ada"))).unwrap();
    let values = ada.values();
    let place = Person::ATTRIBUTES.iter().position(|attribute| attribute.name == "locale").unwrap();
    let Value::Native(opaque) = &values[place] else { panic!("{values:?}") };
    assert_eq!(opaque.downcast_ref::<Locale>(), Some(&ada.locale));
    assert_eq!(opaque.downcast_ref::<String>(), None);
    assert_eq!(values[place + 1], Value::Null);
    assert!(!format!("{opaque:?}").contains("GB"));
}

#[test]
fn one_attribute_is_set_alone_and_by_its_own_type() {
    let (database, auth) = database();
    let ada = get(auth.create_user(None, plain("ada"))).unwrap();
    let changed = get(auth.set_attribute(&ada.id, auth_user::role, Role::Admin)).unwrap();
    assert_eq!(changed, Person { role: Role::Admin, ..ada.clone() });
    let tag = Some(Uuid::from_u128(9));
    let changed = get(auth.set_attribute(&ada.id, auth_user::maybe_tag, tag)).unwrap();
    assert_eq!(changed.maybe_tag, tag);
    let mut conn = database.connect();
    let changed = auth.on(&mut conn).set_attribute(&ada.id, auth_user::maybe_tag, None).unwrap();
    assert_eq!(changed, Person { role: Role::Admin, ..ada.clone() });

    let bob = get(auth.create_user(None, plain("bob!"))).unwrap();
    let taken = get(auth.set_attribute(&bob.id, auth_user::email, ada.email)).unwrap_err();
    assert_eq!(taken.taken_attribute(), Some("email"));
    let long = get(auth.set_attribute(&bob.id, auth_user::email, Email("x".repeat(65)))).unwrap_err();
    assert_eq!(long.invalid_input(), Some("email"));
    let nobody = UserId::new("nobody").unwrap();
    let unknown = get(auth.set_attribute(&nobody, auth_user::role, Role::Admin)).unwrap_err();
    assert!(unknown.is_unknown_user());
    let later = Since(database.clock.now().to_datetime().unwrap() + TimeDelta::days(1));
    assert_eq!(get(auth.set_attribute(&bob.id, auth_user::since, later)).unwrap().since, later);
}
