//! The operations on users.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::{Clock, Error, LuciaUser, NewKey, Password, UserId};
use lucia_tests::{Database, TestClock, User, UserAttributes, UserChanges, attributes, auth_user};

use crate::support::{EMAIL, PASSWORD, counts, dump, get, key_rows, name, nobody, right, with_password};

fn changes() -> UserChanges {
    UserChanges::default()
}

fn today(clock: &TestClock) -> DateTime<Utc> {
    clock.now().to_datetime().unwrap()
}

on_both_faces! {
    fn a_generated_id_has_26_characters_that_no_collation_mixes_up(database, auth) {
        let ids: Vec<UserId> =
            (0..20).map(|n| get(auth.create_user(None, attributes(&n.to_string()))).unwrap().id).collect();
        for id in &ids {
            assert_eq!(id.as_str().len(), 26);
            assert!(id.as_str().bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7')));
        }
    }

    fn an_id_of_the_apps_own_is_taken_as_it_is(database, auth) {
        for id in ["1", "a/b:c~", &"x".repeat(64)] {
            let id = UserId::new(id).unwrap();
            let user = get(auth.create_user_with_id(id.clone(), None, attributes(id.as_str().get(..1).unwrap())));
            assert_eq!(user.unwrap().id, id);
            assert_eq!(get(auth.user(&id)).unwrap().id, id);
        }
    }

    fn an_id_that_somebody_has_is_told_apart_from_a_key_and_an_attribute(database, auth) {
        let id = UserId::new("ada").unwrap();
        get(auth.create_user_with_id(id.clone(), with_password("ada"), attributes("ada"))).unwrap();
        let kind_of = |error: Error| {
            assert!(error.is_taken());
            (error.is_user_id_taken(), error.is_key_taken(), error.taken_attribute())
        };
        let again = get(auth.create_user_with_id(id, with_password("bob"), attributes("bob")));
        assert_eq!(kind_of(again.unwrap_err()), (true, false, None));
        let again = get(auth.create_user(with_password("ada"), attributes("bob")));
        assert_eq!(kind_of(again.unwrap_err()), (false, true, None));
        let again = get(auth.create_user(with_password("bob"), attributes("ada")));
        assert_eq!(kind_of(again.unwrap_err()), (false, false, Some("username")));
    }

    fn a_refused_user_leaves_no_trace_and_what_was_refused_can_be_made_later(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        get(auth.create_user(with_password("ada"), attributes("bob"))).unwrap_err();
        get(auth.create_user(with_password("bob"), attributes("ada"))).unwrap_err();
        assert!(get(auth.user_by(auth_user::username, "bob")).unwrap().is_none());
        assert!(get(auth.key(&name("bob"))).unwrap_err().is_unknown_key());
        get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
    }

    fn a_password_that_cannot_be_one_creates_nobody(database, auth) {
        for bad in ["", "seven77", "tab\ttab\ttab", &"x".repeat(257), &"x".repeat(1 << 20)] {
            let error = get(auth.create_user(NewKey::password(name("ada"), bad), attributes("ada"))).unwrap_err();
            assert_eq!(error.invalid_input(), Some("password"));
        }
        assert!(get(auth.user_by(auth_user::username, "ada")).unwrap().is_none());
        assert!(get(auth.key(&name("ada"))).unwrap_err().is_unknown_key());
    }

    fn an_attribute_that_breaks_its_rule_is_named(database, auth) {
        for bad in ["x".repeat(33), "a\0b".to_owned()] {
            let error = get(auth.create_user(with_password("ada"), attributes(&bad))).unwrap_err();
            assert_eq!(error.invalid_input(), Some("username"));
        }
        get(auth.create_user(with_password("ada"), attributes(&"é".repeat(32)))).unwrap();
        let user = get(auth.user_by_key(&name("ada"))).unwrap().unwrap();
        let too_long = UserChanges { username: Some("x".repeat(33)), ..changes() };
        assert_eq!(get(auth.update_user(&user.id, too_long)).unwrap_err().invalid_input(), Some("username"));
        let nul = UserChanges { email: Some(Some("\0".to_owned())), ..changes() };
        assert_eq!(get(auth.update_user(&user.id, nul)).unwrap_err().invalid_input(), Some("email"));
        assert_eq!(get(auth.user(&user.id)).unwrap(), user);
    }

    fn a_single_use_key_is_no_primary_key(database, auth) {
        let key = with_password("ada").single_use(std::time::Duration::from_secs(60));
        assert!(get(auth.create_user(key, attributes("ada"))).unwrap_err().is_config());
    }

    fn every_call_that_returns_a_user_returns_the_same(database, auth) {
        let given = UserAttributes {
            username: "Ada 'the' \u{1f98a}; --".to_owned(),
            email: Some(String::new()),
            logins: Some(-1),
        };
        let user = get(auth.create_user(with_password("ada"), given.clone())).unwrap();
        assert_eq!((&user.username, &user.email, user.logins), (&given.username, &given.email, -1));
        assert_eq!(user.created_at, today(&database.clock));
        let session = get(auth.create_session(&user.id)).unwrap();
        for found in [
            get(auth.user(&user.id)).unwrap(),
            get(auth.user_by(auth_user::username, given.username.as_str())).unwrap().unwrap(),
            get(auth.user_by_key(&name("ada"))).unwrap().unwrap(),
            get(auth.update_user(&user.id, changes())).unwrap(),
            get(auth.update_user(&user.id, UserChanges { logins: Some(-1), ..changes() })).unwrap(),
            get(auth.validate_user(session.token().unwrap())).unwrap().user,
        ] {
            assert_eq!(found, user);
        }
    }

    fn what_is_not_given_takes_its_default(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        assert_eq!((user.logins, user.created_at, user.email), (0, today(&database.clock), None));
    }

    fn a_user_who_is_not_there_is_unknown_or_none(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        assert!(get(auth.user(&nobody())).unwrap_err().is_unknown_user());
        for other in ["Ada", "ADA", "ada ", " ada", "", "a%", "\u{e4}da"] {
            assert_eq!(get(auth.user_by(auth_user::username, other)).unwrap(), None, "{other:?}");
        }
        for other in ["Ada", "ada ", "adа"] {
            assert_eq!(get(auth.user_by_key(&name(other))).unwrap(), None, "{other:?}");
        }
        assert_eq!(get(auth.user_by_key(&EMAIL.id("ada").unwrap())).unwrap(), None);
    }

    fn finding_a_user_by_a_key_uses_nothing_up(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let code = NewKey::password(EMAIL.id("ada").unwrap(), "123456").single_use(std::time::Duration::ZERO);
        get(auth.create_key(&user.id, code)).unwrap();
        database.clock.advance(1);
        for _ in 0..3 {
            assert_eq!(get(auth.user_by_key(&EMAIL.id("ada").unwrap())).unwrap().unwrap(), user);
        }
        assert_eq!(get(auth.keys(&user.id)).unwrap().len(), 1);
    }

    fn an_update_changes_what_it_names_and_nothing_else(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        database.clock.advance(5_000);
        let with_email = UserChanges { email: Some(Some("ada@example.com".to_owned())), ..changes() };
        let expected = User { email: Some("ada@example.com".to_owned()), ..user.clone() };
        assert_eq!(get(auth.update_user(&user.id, with_email)).unwrap(), expected);
        assert_eq!(get(auth.user(&user.id)).unwrap(), expected);
        let without = UserChanges { email: Some(None), logins: Some(7), ..changes() };
        assert_eq!(get(auth.update_user(&user.id, without)).unwrap(), User { logins: 7, ..user });
    }

    fn an_empty_update_changes_nothing(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        assert_eq!(get(auth.update_user(&user.id, changes())).unwrap(), user);
    }

    fn updating_an_unknown_user_is_an_error(database, auth) {
        for update in [changes(), UserChanges { logins: Some(1), ..changes() }] {
            assert!(get(auth.update_user(&nobody(), update)).unwrap_err().is_unknown_user());
        }
    }

    fn an_update_to_what_somebody_else_has_names_the_attribute(database, auth) {
        let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_user(None, attributes("bob"))).unwrap();
        let rename = |name: &str| UserChanges { username: Some(name.to_owned()), ..changes() };
        let error = get(auth.update_user(&ada.id, rename("bob"))).unwrap_err();
        assert_eq!(error.taken_attribute(), Some("username"));
        assert_eq!(get(auth.update_user(&ada.id, rename("ada"))).unwrap(), ada, "one's own is not taken");
        assert_eq!(get(auth.update_user(&ada.id, rename("Bob"))).unwrap().username, "Bob", "byte for byte");
    }

    fn updating_a_user_leaves_dead_sessions_alone(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_session(&user.id)).unwrap();
        database.clock.advance(31 * crate::support::DAY);
        get(auth.update_user(&user.id, UserChanges { logins: Some(1), ..changes() })).unwrap();
        assert_eq!(get(auth.sweep_user(&user.id)).unwrap().sessions, 1);
    }

    fn deleting_a_user_deletes_every_session_and_key_of_that_user_only(database, auth) {
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
        get(auth.create_key(&ada.id, NewKey::without_password(EMAIL.id("ada").unwrap()))).unwrap();
        let tokens = [(); 3].map(|()| crate::support::token(&get(auth.create_session(&ada.id)).unwrap()));
        let bobs = get(auth.create_session(&bob.id)).unwrap();
        get(auth.delete_user(&ada.id)).unwrap();
        assert!(get(auth.user(&ada.id)).unwrap_err().is_unknown_user());
        for key in [name("ada"), EMAIL.id("ada").unwrap()] {
            assert!(get(auth.key(&key)).unwrap_err().is_unknown_key());
        }
        for token in &tokens {
            assert!(get(auth.validate(token)).unwrap_err().is_invalid_session());
        }
        assert!(get(auth.log_in(&name("ada"), &right())).unwrap().is_none());
        assert_eq!(get(auth.validate_user(bobs.token().unwrap())).unwrap().user, bob);
        assert!(get(auth.key(&name("bob"))).is_ok());
    }

    fn deleting_an_unknown_user_is_no_error(database, auth) {
        get(auth.delete_user(&nobody())).unwrap();
        let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.delete_user(&ada.id)).unwrap();
        get(auth.delete_user(&ada.id)).unwrap();
    }
}

#[test]
fn without_a_key_there_is_one_user_row_and_no_key_row() {
    let database = Database::new();
    get(database.auth().create_user(None, attributes("ada"))).unwrap();
    assert_eq!(counts(&mut database.connect()), (1, 0, 0));
}

#[test]
fn the_primary_key_is_a_row_with_a_hash_and_no_expiry() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let [(id, user_id, primary, hash, expires)] = &key_rows(&mut database.connect())[..] else { panic!() };
    assert_eq!(
        (id.as_str(), user_id.as_str(), *primary, *expires),
        ("username:ada", user.id.as_str(), true, None)
    );
    let hash = hash.as_deref().unwrap();
    assert!(hash.starts_with("$argon2id$v=19$") && !hash.contains(PASSWORD), "{hash}");
}

#[test]
fn a_primary_key_without_a_password_has_no_hash() {
    let database = Database::new();
    let key = NewKey::without_password(name("ada"));
    get(database.auth().create_user(key, attributes("ada"))).unwrap();
    let [(_, _, primary, hash, _)] = &key_rows(&mut database.connect())[..] else { panic!() };
    assert_eq!((*primary, hash), (true, &None));
}

#[test]
fn a_taken_key_leaves_no_user_behind() {
    let database = Database::new();
    let auth = database.auth();
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let before = dump(&mut database.connect());
    for n in 0..20 {
        assert!(
            get(auth.create_user(with_password("ada"), attributes(&n.to_string())))
                .unwrap_err()
                .is_key_taken()
        );
    }
    assert_eq!(dump(&mut database.connect()), before);
}

#[test]
fn a_user_who_cannot_be_deleted_keeps_everything() {
    let database = Database::new();
    let auth = database.auth();
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    get(auth.create_session(&ada.id)).unwrap();
    let mut conn = database.connect();
    conn.batch_execute("CREATE TABLE profile (user_id TEXT NOT NULL REFERENCES auth_user (id))").unwrap();
    diesel::sql_query("INSERT INTO profile SELECT id FROM auth_user").execute(&mut conn).unwrap();
    let before = dump(&mut conn);
    let error = get(auth.delete_user(&ada.id)).unwrap_err();
    assert!(error.is_in_use() && !error.is_unavailable() && !error.is_unknown_user(), "{error:?}");
    assert_eq!(dump(&mut conn), before);
    assert!(auth.on(&mut conn).delete_user(&ada.id).is_err());
    assert_eq!(dump(&mut conn), before);
    // A foreign key of the app's own is not mistaken for an unknown user.
    conn.batch_execute("DROP TABLE profile").unwrap();
    get(auth.delete_user(&ada.id)).unwrap();
    assert_eq!(counts(&mut conn), (0, 0, 0));
}

#[test]
fn deleting_a_user_needs_no_foreign_keys() {
    let database = Database::new();
    let auth = database.auth();
    let mut conn = database.connect();
    conn.batch_execute("PRAGMA foreign_keys = OFF").unwrap();
    let auth = auth.on(&mut conn);
    let ada = auth.create_user(with_password("ada"), attributes("ada")).unwrap();
    auth.create_session(&ada.id).unwrap();
    auth.delete_user(&ada.id).unwrap();
    drop(auth);
    assert_eq!(counts(&mut conn), (0, 0, 0));
}

#[test]
fn a_constraint_of_the_apps_own_is_not_mistaken_for_the_user_id() {
    let database = Database::new();
    let auth = database.auth();
    database.connect().batch_execute("CREATE UNIQUE INDEX own ON auth_user (email, logins)").unwrap();
    let both = |name: &str| UserAttributes { email: Some("x".to_owned()), ..attributes(name) };
    get(auth.create_user(None, both("ada"))).unwrap();
    let error = get(auth.create_user(None, both("bob"))).unwrap_err();
    assert!(!error.is_taken() && !error.is_unavailable(), "{error:?}");
}

#[test]
fn attributes_are_described_and_read_without_diesel() {
    let names: Vec<&str> = User::ATTRIBUTES.iter().map(|attribute| attribute.name).collect();
    assert_eq!(names, ["username", "email", "logins", "created_at"]);
    let user =
        User::create(UserId::new("ada").unwrap(), attributes("ada"), TestClock::default().now()).unwrap();
    assert_eq!(User::from_values(user.id.clone(), user.values()), Some(user.clone()));
    assert_eq!(User::from_values(user.id.clone(), user.values().split_off(1)), None);
}

#[test]
fn without_a_password_a_password_is_never_asked_for() {
    let database = Database::new();
    let auth = database.auth();
    get(auth.create_user(NewKey::without_password(name("ada")), attributes("ada"))).unwrap();
    for typed in ["", "x", PASSWORD] {
        assert!(get(auth.log_in(&name("ada"), &Password::from(typed))).unwrap().is_none());
    }
}
