//! Attributes of every type: what goes in comes back, from the database and without one.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::{Auth, Clock, LuciaUser, UserId, Value};
use lucia_tests::everything::{EVERYTHING, Everything, EverythingAttributes, changes, everything, plain};
use lucia_tests::{Database, schema_sql, with_source};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::support::get;

fn database() -> Database {
    let database = Database::with_schema(&schema_sql(EVERYTHING));
    database.connect().batch_execute("PRAGMA synchronous = OFF").unwrap();
    database
}

#[test]
fn every_value_comes_back_from_the_database_and_without_it() {
    let database = database();
    let auth: Auth<Everything> = database.builder().development().unwrap();
    let conn = std::cell::RefCell::new(database.connect());
    let now = database.clock.now();
    proptest!(Config { cases: 300, failure_persistence: None, ..Config::default() }, |(
        first in everything(),
        second in everything(),
    )| {
        let conn = &mut *conn.borrow_mut();
        conn.transaction(|conn| {
            let auth = auth.on(conn);
            let user = auth.create_user(None, first.clone()).unwrap();
            // As the library makes it, as the database keeps it, and as any other store would.
            assert_eq!(&Everything::create(user.id.clone(), first, now).unwrap(), &user);
            assert_eq!(&auth.user(&user.id).unwrap(), &user);
            assert_eq!(Everything::from_values(user.id.clone(), user.values()).as_ref(), Some(&user));

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
fn times_lose_what_is_finer_than_a_microsecond_on_every_way_in() {
    let database = database();
    let auth: Auth<Everything> = database.builder().development().unwrap();
    let fine =
        NaiveDate::from_ymd_opt(2026, 1, 1).unwrap().and_hms_nano_opt(23, 59, 59, 123_456_789).unwrap();
    let leap =
        NaiveDate::from_ymd_opt(2016, 12, 31).unwrap().and_hms_nano_opt(23, 59, 59, 1_999_999_999).unwrap();
    for (given, nanos) in [(fine, 123_456_000), (leap, 999_999_000)] {
        let expected = given.with_nanosecond(nanos).unwrap();
        let all = EverythingAttributes {
            time: given.time(),
            naive: given,
            utc: given.and_utc(),
            maybe_time: Some(given.time()),
            maybe_naive: Some(given),
            maybe_utc: Some(given.and_utc()),
            ..plain()
        };
        let created = get(auth.create_user(None, all.clone())).unwrap();
        let other = get(auth.create_user(None, plain())).unwrap();
        let updated = get(auth.update_user(&other.id, changes(all))).unwrap();
        for user in [created, updated] {
            assert_eq!((user.time, user.maybe_time), (expected.time(), Some(expected.time())));
            assert_eq!((user.naive, user.maybe_naive), (expected, Some(expected)));
            assert_eq!((user.utc, user.maybe_utc), (expected.and_utc(), Some(expected.and_utc())));
        }
    }
}

#[test]
fn what_one_database_could_not_keep_is_refused_by_name() {
    let database = database();
    let auth: Auth<Everything> = database.builder().development().unwrap();
    let user = get(auth.create_user(None, plain())).unwrap();
    let year = |year: i32| plain().date.with_year(year).unwrap();
    let at = |year_: i32| year(year_).and_time(NaiveTime::MIN);
    for (attribute, bad) in [
        ("text", EverythingAttributes { text: "a\0".to_owned(), ..plain() }),
        ("maybe_text", EverythingAttributes { maybe_text: Some("\0".to_owned()), ..plain() }),
        ("single", EverythingAttributes { single: f32::NAN, ..plain() }),
        ("double", EverythingAttributes { double: f64::INFINITY, ..plain() }),
        ("maybe_single", EverythingAttributes { maybe_single: Some(f32::NEG_INFINITY), ..plain() }),
        ("maybe_double", EverythingAttributes { maybe_double: Some(f64::NAN), ..plain() }),
        ("date", EverythingAttributes { date: year(0), ..plain() }),
        ("maybe_date", EverythingAttributes { maybe_date: Some(year(10_000)), ..plain() }),
        ("naive", EverythingAttributes { naive: at(-1), ..plain() }),
        ("maybe_naive", EverythingAttributes { maybe_naive: Some(NaiveDateTime::MAX), ..plain() }),
        ("utc", EverythingAttributes { utc: DateTime::<Utc>::MIN_UTC, ..plain() }),
        ("maybe_utc", EverythingAttributes { maybe_utc: Some(at(10_000).and_utc()), ..plain() }),
    ] {
        let created = get(auth.create_user(None, bad.clone())).unwrap_err();
        assert_eq!(created.invalid_input(), Some(attribute));
        let updated = get(auth.update_user(&user.id, changes(bad))).unwrap_err();
        assert_eq!(updated.invalid_input(), Some(attribute));
    }
    assert_eq!(get(auth.user(&user.id)).unwrap(), user);
}

#[test]
fn values_of_another_kind_or_number_make_no_user() {
    let id = UserId::new("ada").unwrap();
    let now = lucia_tests::TestClock::default().now();
    let user = Everything::create(id.clone(), plain(), now).unwrap();
    let values = user.values();
    for i in 0..values.len() {
        let mut other = values.clone();
        other[i] = if Everything::ATTRIBUTES[i].nullable { Value::Bool(true) } else { Value::Null };
        let fits = other[i] == Value::Bool(true) && Everything::ATTRIBUTES[i].name == "maybe_truth";
        assert_eq!(Everything::from_values(id.clone(), other).is_some(), fits, "{i}");
    }
    assert_eq!(Everything::from_values(id.clone(), values[1..].to_vec()), None);
    assert_eq!(Everything::from_values(id, [values, vec![Value::Null]].concat()), None);
}

mod defaults {
    use super::*;

    with_source! { DEFAULTS:
        #[derive(Clone, Debug, PartialEq, LuciaUser)]
        pub struct Defaults {
            pub id: UserId,
            #[lucia(default = "it's \"so\"; --")]
            pub text: String,
            #[lucia(default = true)]
            pub truth: bool,
            #[lucia(default = -7)]
            pub small: i16,
            #[lucia(default = -9223372036854775808)]
            pub large: i64,
            #[lucia(default = -0.5)]
            pub double: f64,
            #[lucia(default = now)]
            pub naive: NaiveDateTime,
            #[lucia(readonly, default = now)]
            pub utc: DateTime<Utc>,
            #[lucia(readonly)]
            pub later: Option<i32>,
            #[lucia(default = "x", max_length = 3)]
            pub short: String,
            #[lucia(max_length = 3)]
            pub tiny: Option<Vec<u8>>,
        }
    }

    fn none() -> DefaultsAttributes {
        DefaultsAttributes {
            text: None,
            truth: None,
            small: None,
            large: None,
            double: None,
            naive: None,
            short: None,
            tiny: None,
        }
    }

    fn database() -> (Database, Auth<Defaults>) {
        let database = Database::with_schema(&schema_sql(DEFAULTS));
        let auth = database.builder().development().unwrap();
        (database, auth)
    }

    #[test]
    fn what_is_not_given_is_the_default_and_what_is_given_is_not() {
        let (database, auth) = database();
        let now = database.clock.now().to_datetime().unwrap();
        let user = get(auth.create_user(None, none())).unwrap();
        let expected = Defaults {
            id: user.id.clone(),
            text: "it's \"so\"; --".to_owned(),
            truth: true,
            small: -7,
            large: i64::MIN,
            double: -0.5,
            naive: now.naive_utc(),
            utc: now,
            later: None,
            short: "x".to_owned(),
            tiny: None,
        };
        assert_eq!(user, expected);
        assert_eq!(get(auth.user(&user.id)).unwrap(), expected);
        let earlier = now.naive_utc() - TimeDelta::days(1);
        let given = DefaultsAttributes { truth: Some(false), naive: Some(earlier), ..none() };
        let user = get(auth.create_user(None, given)).unwrap();
        assert_eq!((user.truth, user.naive, user.utc), (false, earlier, now));
    }

    #[test]
    fn a_row_that_the_app_inserts_takes_the_same_defaults() {
        let (database, auth) = database();
        database.connect().batch_execute("INSERT INTO auth_user (id) VALUES ('ada')").unwrap();
        let user = get(auth.user(&UserId::new("ada").unwrap())).unwrap();
        let ours = get(auth.create_user(None, none())).unwrap();
        assert_eq!(user, Defaults { id: user.id.clone(), naive: user.naive, utc: user.utc, ..ours });
    }

    #[test]
    fn lengths_are_characters_of_texts_and_bytes_of_bytes() {
        let (_database, auth) = database();
        let with = |short: &str, tiny: &[u8]| DefaultsAttributes {
            short: Some(short.to_owned()),
            tiny: Some(tiny.to_vec()),
            ..none()
        };
        for (short, tiny, bad) in [
            ("ééé", &[0; 3][..], None),
            ("éééé", &[0; 3][..], Some("short")),
            ("", &[0; 4][..], Some("tiny")),
        ] {
            let outcome = get(auth.create_user(None, with(short, tiny)));
            assert_eq!(outcome.err().and_then(|error| error.invalid_input()), bad);
        }
    }
}

mod unique {
    use super::*;

    with_source! { UNIQUE:
        #[derive(Clone, Debug, PartialEq, LuciaUser)]
        pub struct Member {
            pub id: UserId,
            #[lucia(unique)]
            pub name: Option<String>,
            #[lucia(unique)]
            pub number: i64,
            #[lucia(unique)]
            pub since: DateTime<Utc>,
        }
    }

    #[test]
    fn users_are_found_by_unique_values_of_any_type_as_they_were_given() {
        let database = Database::with_schema(&schema_sql(UNIQUE));
        let auth: Auth<Member> = database.builder().development().unwrap();
        let since = plain().naive.with_nanosecond(123_456_789).unwrap().and_utc();
        let member = |name: Option<&str>, number| MemberAttributes {
            name: name.map(str::to_owned),
            number,
            since: since + TimeDelta::seconds(number),
        };
        let ada = get(auth.create_user(None, member(Some("ada"), 0))).unwrap();
        let bob = get(auth.create_user(None, member(None, 1))).unwrap();
        get(auth.create_user(None, member(None, 2))).unwrap();
        assert_eq!(get(auth.user_by(auth_user::number, 1)).unwrap(), Some(bob));
        assert_eq!(
            get(auth.user_by(auth_user::since, since)).unwrap(),
            Some(ada.clone()),
            "finer than a microsecond"
        );
        assert_eq!(get(auth.user_by(auth_user::name, "ada")).unwrap(), Some(ada));
        for (again, attribute) in [
            (member(Some("ada"), 3), "name"),
            (MemberAttributes { since: since + TimeDelta::days(1), ..member(Some("eve"), 1) }, "number"),
            (MemberAttributes { number: 9, ..member(Some("eve"), 2) }, "since"),
        ] {
            assert_eq!(get(auth.create_user(None, again)).unwrap_err().taken_attribute(), Some(attribute));
        }
    }
}
