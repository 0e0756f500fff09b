//! A user with attributes of every type that all databases have, and values for them.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use lucia::{LuciaAttribute, LuciaUser, UserId};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The struct, and the same as text for the one that writes its tables.
#[macro_export]
macro_rules! with_source {
    ($vis:vis $source:ident: $($item:tt)*) => {
        $($item)*

        $vis const $source: &str = stringify!($($item)*);
    };
}

/// Stored as text.
#[derive(Clone, Copy, Debug, PartialEq, LuciaAttribute)]
pub enum Role {
    Member,
    SuperUser,
    #[lucia(rename = "it's \"root\"")]
    Admin,
}

/// Stored as what it is around.
#[derive(Clone, Debug, PartialEq, LuciaAttribute)]
pub struct Email(pub String);

/// Stored as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub theme: String,
    pub sizes: Vec<f64>,
    pub seen: BTreeMap<String, Option<i64>>,
}

with_source! { pub EVERYTHING:
    #[derive(Clone, Debug, PartialEq, LuciaUser)]
    pub struct Everything {
        pub id: UserId,
        pub text: String,
        pub truth: bool,
        pub small: i16,
        pub medium: i32,
        pub large: i64,
        pub single: f32,
        pub double: f64,
        pub bytes: Vec<u8>,
        pub date: NaiveDate,
        pub time: NaiveTime,
        pub naive: NaiveDateTime,
        pub utc: DateTime<Utc>,
        pub maybe_text: Option<String>,
        pub maybe_truth: Option<bool>,
        pub maybe_small: Option<i16>,
        pub maybe_medium: Option<i32>,
        pub maybe_large: Option<i64>,
        pub maybe_single: Option<f32>,
        pub maybe_double: Option<f64>,
        pub maybe_bytes: Option<Vec<u8>>,
        pub maybe_date: Option<NaiveDate>,
        pub maybe_time: Option<NaiveTime>,
        pub maybe_naive: Option<NaiveDateTime>,
        pub maybe_utc: Option<DateTime<Utc>>,
        pub uuid: Uuid,
        pub maybe_uuid: Option<Uuid>,
        #[lucia(stored_as = String)]
        pub role: Role,
        #[lucia(stored_as = String)]
        pub maybe_email: Option<Email>,
        pub json: serde_json::Value,
        #[lucia(stored_as = Json)]
        pub settings: Settings,
        #[lucia(stored_as = Json)]
        pub maybe_words: Option<Vec<String>>,
    }
}

fn text() -> impl Strategy<Value = String> {
    "[^\0]{0,20}"
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(any::<u8>(), 0..20)
}

fn single() -> impl Strategy<Value = f32> {
    any::<f32>().prop_filter("finite", |value| value.is_finite())
}

fn double() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("finite", |value| value.is_finite())
}

fn date() -> impl Strategy<Value = NaiveDate> {
    (1..=9999_i32, 1..=366_u32).prop_filter_map("a day", |(year, day)| NaiveDate::from_yo_opt(year, day))
}

fn time() -> impl Strategy<Value = NaiveTime> {
    (0..86_400_u32, prop_oneof![Just(0), Just(999_999_999), 0..1_000_000_000_u32])
        .prop_filter_map("a time", |(seconds, nanos)| {
            NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos)
        })
}

fn naive() -> impl Strategy<Value = NaiveDateTime> {
    (date(), time()).prop_map(|(date, time)| date.and_time(time))
}

fn utc() -> impl Strategy<Value = DateTime<Utc>> {
    naive().prop_map(|naive| naive.and_utc())
}

pub fn role() -> impl Strategy<Value = Role> {
    prop_oneof![Just(Role::Member), Just(Role::SuperUser), Just(Role::Admin)]
}

pub fn json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<u64>().prop_map(Into::into),
        any::<f64>().prop_filter_map("finite", |n| serde_json::Number::from_f64(n).map(Into::into)),
        any::<String>().prop_map(Into::into),
    ];
    leaf.prop_recursive(4, 20, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            proptest::collection::btree_map(any::<String>(), inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    })
}

pub fn settings() -> impl Strategy<Value = Settings> {
    let sizes = proptest::collection::vec(double(), 0..5);
    let seen = proptest::collection::btree_map(any::<String>(), any::<Option<i64>>(), 0..5);
    (any::<String>(), sizes, seen).prop_map(|(theme, sizes, seen)| Settings { theme, sizes, seen })
}

fn maybe<T: std::fmt::Debug>(value: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(value)
}

prop_compose! {
    /// Any values of all of them.
    pub fn everything()(
        (text, truth, small, medium) in (text(), any::<bool>(), any::<i16>(), any::<i32>()),
        (large, single, double, bytes) in (any::<i64>(), single(), double(), bytes()),
        (date, time, naive, utc) in (date(), time(), naive(), utc()),
        (maybe_text, maybe_truth, maybe_small, maybe_medium) in
            (maybe(text()), any::<Option<bool>>(), any::<Option<i16>>(), any::<Option<i32>>()),
        (maybe_large, maybe_single, maybe_double, maybe_bytes) in
            (any::<Option<i64>>(), maybe(single()), maybe(double()), maybe(bytes())),
        (maybe_date, maybe_time, maybe_naive, maybe_utc) in
            (maybe(date()), maybe(time()), maybe(naive()), maybe(utc())),
        (uuid, maybe_uuid, role, maybe_email) in
            (any::<u128>(), any::<Option<u128>>(), role(), maybe(text())),
        (json, settings, maybe_words) in (json(), settings(), any::<Option<Vec<String>>>()),
    ) -> EverythingAttributes {
        EverythingAttributes {
            text, truth, small, medium, large, single, double, bytes, date, time, naive, utc, maybe_text,
            maybe_truth, maybe_small, maybe_medium, maybe_large, maybe_single, maybe_double, maybe_bytes,
            maybe_date, maybe_time, maybe_naive, maybe_utc, uuid: Uuid::from_u128(uuid),
            maybe_uuid: maybe_uuid.map(Uuid::from_u128), role, maybe_email: maybe_email.map(Email), json, settings,
            maybe_words,
        }
    }
}

/// A change to all of them.
pub fn changes(to: EverythingAttributes) -> EverythingChanges {
    macro_rules! all {
        ($($field:ident)*) => { EverythingChanges { $($field: Some(to.$field),)* } };
    }
    all! {
        text truth small medium large single double bytes date time naive utc maybe_text maybe_truth maybe_small
        maybe_medium maybe_large maybe_single maybe_double maybe_bytes maybe_date maybe_time maybe_naive maybe_utc uuid maybe_uuid role maybe_email
        json settings maybe_words
    }
}

/// The simplest value of each.
pub fn plain() -> EverythingAttributes {
    let date = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    EverythingAttributes {
        text: String::new(),
        truth: false,
        small: 0,
        medium: 0,
        large: 0,
        single: 0.0,
        double: 0.0,
        bytes: Vec::new(),
        date,
        time: NaiveTime::MIN,
        naive: date.and_time(NaiveTime::MIN),
        utc: date.and_time(NaiveTime::MIN).and_utc(),
        maybe_text: None,
        maybe_truth: None,
        maybe_small: None,
        maybe_medium: None,
        maybe_large: None,
        maybe_single: None,
        maybe_double: None,
        maybe_bytes: None,
        maybe_date: None,
        maybe_time: None,
        maybe_naive: None,
        maybe_utc: None,
        uuid: Uuid::nil(),
        maybe_uuid: None,
        role: Role::Member,
        maybe_email: None,
        json: serde_json::Value::Null,
        settings: Settings { theme: String::new(), sizes: Vec::new(), seen: BTreeMap::new() },
        maybe_words: None,
    }
}
