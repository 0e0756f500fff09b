//! What tells users apart: byte for byte, but for the case of letters, and several attributes together.

use std::sync::Barrier;
use std::thread;

use diesel::connection::SimpleConnection;
use lucia::{Auth, LuciaUser, UserId};
use lucia_tests::{Database, schema_sql, with_source};
use proptest::prelude::*;
use proptest::test_runner::Config;

use crate::support::get;

with_source! { SOURCE:
    #[derive(Clone, Debug, PartialEq, LuciaUser)]
    #[lucia(unique(tenant, name))]
    #[lucia(unique(nick, exact))]
    pub(crate) struct Member {
        pub(crate) id: UserId,
        pub(crate) tenant: i64,
        #[lucia(max_length = 32)]
        pub(crate) name: String,
        #[lucia(max_length = 32, column = "alias")]
        pub(crate) nick: Option<String>,
        #[lucia(unique)]
        pub(crate) exact: String,
        #[lucia(unique(nocase), max_length = 32, column = "login")]
        pub(crate) username: String,
        #[lucia(unique(nocase))]
        pub(crate) email: Option<String>,
    }
}

fn member(tenant: i64, name: &str, username: &str) -> MemberAttributes {
    MemberAttributes {
        tenant,
        name: name.to_owned(),
        nick: None,
        exact: format!("{tenant} {name} {username}"),
        username: username.to_owned(),
        email: None,
    }
}

fn database() -> (Database, Auth<Member>) {
    let database = Database::with_schema(&schema_sql(SOURCE));
    database.connect().batch_execute("PRAGMA synchronous = OFF").unwrap();
    let auth = database.builder().development().unwrap();
    (database, auth)
}

fn taken(result: lucia::Result<Member>) -> &'static [&'static str] {
    result.map_or_else(|error| error.taken_attributes(), |member| panic!("{member:?}"))
}

#[test]
fn unique_compares_bytes() {
    let (_database, auth) = database();
    let spellings = ["ada", "Ada", "ada ", " ada", "adá", "ada\u{301}", "ａｄａ", "ada\u{200b}", ""];
    let mut members = Vec::new();
    for (place, exact) in spellings.into_iter().enumerate() {
        let username = format!("user{place}");
        let attributes = MemberAttributes { exact: exact.to_owned(), ..member(0, &username, &username) };
        members.push(get(auth.create_user(None, attributes)).unwrap());
    }
    for (exact, member) in spellings.into_iter().zip(&members) {
        assert_eq!(get(auth.user_by(auth_user::exact, exact)).unwrap().as_ref(), Some(member), "{exact:?}");
    }
    let again = MemberAttributes { exact: "ada ".to_owned(), ..member(1, "x", "x") };
    assert_eq!(taken(get(auth.create_user(None, again))), ["exact"]);
}

#[test]
fn nocase_takes_the_letters_of_ascii_for_equal_and_no_others() {
    let (_database, auth) = database();
    let ada = get(auth.create_user(None, member(0, "ada", "Ada Lovelace-É"))).unwrap();
    for same in ["Ada Lovelace-É", "ada lovelace-É", "ADA LOVELACE-É"] {
        assert_eq!(get(auth.user_by(auth_user::username, same)).unwrap().as_ref(), Some(&ada), "{same}");
        assert_eq!(taken(get(auth.create_user(None, member(1, "eve", same)))), ["username"], "{same}");
    }
    // As it was written it is kept.
    assert_eq!(get(auth.user(&ada.id)).unwrap().username, "Ada Lovelace-É");
    for (place, other) in ["ada lovelace-é", "ada lovelace-É ", "ada  lovelace-É"].into_iter().enumerate()
    {
        assert_eq!(get(auth.user_by(auth_user::username, other)).unwrap(), None, "{other}");
        let name = format!("other{place}");
        get(auth.create_user(None, member(1, &name, other))).unwrap();
    }
    let eve = get(auth.create_user(None, member(2, "eve", "eve"))).unwrap();
    let renamed = get(auth.set_attribute(&eve.id, auth_user::username, "ADA lovelace-É".to_owned()));
    assert_eq!(taken(renamed), ["username"]);
    // The same letters in another case are still one's own.
    let ada = get(auth.set_attribute(&ada.id, auth_user::username, "ada LOVELACE-É".to_owned())).unwrap();
    assert_eq!(ada.username, "ada LOVELACE-É");
}

#[test]
fn nobody_is_found_by_what_nobody_has() {
    let (_database, auth) = database();
    let with = |name: &str, email: Option<&str>| MemberAttributes {
        email: email.map(str::to_owned),
        ..member(0, name, name)
    };
    get(auth.create_user(None, with("a", None))).unwrap();
    get(auth.create_user(None, with("b", None))).unwrap();
    let ada = get(auth.create_user(None, with("c", Some("Ada@example.com")))).unwrap();
    assert_eq!(get(auth.user_by(auth_user::email, "ada@EXAMPLE.com")).unwrap(), Some(ada));
    assert_eq!(get(auth.user_by(auth_user::email, "")).unwrap(), None);
    assert_eq!(taken(get(auth.create_user(None, with("d", Some("ADA@example.com"))))), ["email"]);
}

#[test]
fn attributes_are_unique_together_and_look_a_user_up_together() {
    let (database, auth) = database();
    let first = get(auth.create_user(None, member(1, "ada", "a"))).unwrap();
    let second = get(auth.create_user(None, member(2, "ada", "b"))).unwrap();
    let third = get(auth.create_user(None, member(1, "Ada", "c"))).unwrap();
    assert_eq!(taken(get(auth.create_user(None, member(1, "ada", "d")))), ["tenant", "name"]);
    let error = get(auth.create_user(None, member(1, "ada", "d"))).unwrap_err();
    assert_eq!(error.to_string(), "the tenant with this name is taken; ask for another one");
    assert_eq!((error.taken_attribute(), error.is_taken()), (Some("tenant"), true));

    let by = |tenant: i64, name: &str| {
        get(auth.user_by((auth_user::tenant, auth_user::name), (tenant, name.to_owned()))).unwrap()
    };
    assert_eq!((by(1, "ada"), by(2, "ada"), by(1, "Ada")), (Some(first), Some(second.clone()), Some(third)));
    assert_eq!((by(3, "ada"), by(1, "ada ")), (None, None));
    let mut conn = database.connect();
    let found = auth.on(&mut conn).user_by((auth_user::tenant, auth_user::name), (2, "ada".to_owned()));
    assert_eq!(found.unwrap(), Some(second.clone()));

    // An absent value is equal to none.
    let nick = |nick: Option<&str>| {
        get(auth.set_attribute(&second.id, auth_user::nick, nick.map(str::to_owned))).unwrap();
        let by = ("al".to_owned(), second.exact.clone());
        get(auth.user_by((auth_user::nick, auth_user::exact), by)).unwrap()
    };
    assert_eq!(nick(None), None);
    assert!(nick(Some("al")).is_some());
}

#[test]
fn of_rivals_for_one_name_in_any_case_one_signs_up() {
    let (database, auth) = database();
    let barrier = Barrier::new(8);
    let won: usize = thread::scope(|scope| {
        let rivals: Vec<_> = (0..8_usize)
            .map(|place| {
                let (auth, barrier) = (&auth, &barrier);
                scope.spawn(move || {
                    let name: String = "rivals!"
                        .chars()
                        .enumerate()
                        .map(|(at, c)| if (place >> (at % 3)) & 1 == 0 { c } else { c.to_ascii_uppercase() })
                        .collect();
                    barrier.wait();
                    let id = i64::try_from(place).unwrap();
                    get(auth.create_user(None, member(id, &format!("n{place}"), &name)))
                })
            })
            .collect();
        let results = rivals.into_iter().map(|rival| rival.join().unwrap());
        results
            .filter(|result| match result {
                Ok(_) => true,
                Err(error) => {
                    assert_eq!(error.taken_attribute(), Some("username"));
                    false
                }
            })
            .count()
    });
    assert_eq!(won, 1);
    drop(database);
}

#[test]
fn a_look_up_finds_by_any_value_the_one_user_who_has_it() {
    let (database, auth) = database();
    let conn = std::cell::RefCell::new(database.connect());
    proptest!(Config { cases: 200, failure_persistence: None, ..Config::default() }, |(
        names in proptest::collection::vec("[aAbB éÉ]{0,3}", 1..6),
    )| {
        let conn = &mut *conn.borrow_mut();
        diesel::Connection::transaction(conn, |conn| {
            let auth = auth.on(conn);
            let mut members: Vec<Member> = Vec::new();
            for (place, name) in names.iter().enumerate() {
                let is_same = |other: &&Member| other.username.eq_ignore_ascii_case(name);
                let before = members.iter().find(is_same).cloned();
                assert_eq!(&auth.user_by(auth_user::username, name.as_str()).unwrap(), &before);
                let created = auth.create_user(None, member(0, &format!("n{place}"), name));
                assert_eq!(created.is_err(), before.is_some(), "{name:?}");
                members.extend(created);
            }
            for member in members {
                auth.delete_user(&member.id).unwrap();
            }
            diesel::QueryResult::Ok(())
        })
        .unwrap();
    });
}
