//! The operations on keys.

use std::time::Duration;

use lucia::{Clock, KeyId, KeyKind, NewKey, Password, Provider, Sessions, UnixMillis};
use lucia_tests::{Database, attributes};

use crate::support::{
    EMAIL, LINK, MINUTE, PASSWORD, get, key_rows, name, nobody, right, token, with_password, wrong,
};

const SOON: Duration = Duration::from_secs(60);

fn email() -> KeyId {
    EMAIL.id("ada@example.com").unwrap()
}

/// A one-time code.
fn code() -> NewKey {
    NewKey::password(email(), "123456").single_use(SOON)
}

on_both_faces! {
    fn an_added_key_is_never_primary(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let key = get(auth.create_key(&user.id, with_password("ada"))).unwrap();
        assert_eq!((key.kind, key.is_primary()), (KeyKind::Persistent { primary: false }, false));
        assert_eq!((&key.id, &key.user_id, key.has_password), (&name("ada"), &user.id, true));
        assert_eq!(get(auth.key(&name("ada"))).unwrap(), key);
        let code = get(auth.create_key(&user.id, code())).unwrap();
        assert!(!code.is_primary());
    }

    fn a_single_use_key_expires_so_long_after_it_was_made(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let key = get(auth.create_key(&user.id, code())).unwrap();
        let expires = UnixMillis::from_millis(database.clock.now().as_millis() + MINUTE);
        assert_eq!(key.kind, KeyKind::SingleUse { expires });
        assert!(!key.is_expired(auth_now(&database)));
        assert_eq!(get(auth.key(&email())).unwrap(), key);
    }

    fn a_lifetime_of_zero_is_over_a_millisecond_later(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, code().single_use(Duration::ZERO))).unwrap();
        database.clock.advance(1);
        assert!(get(auth.key(&email())).unwrap().is_expired(auth_now(&database)));
        assert!(get(auth.use_key(&email(), Some(&"123456".into()))).unwrap_err().is_expired());
    }

    fn a_lifetime_beyond_all_bounds_neither_panics_nor_expires(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, code().single_use(Duration::MAX))).unwrap();
        assert!(get(auth.use_key(&email(), Some(&"123456".into()))).unwrap().is_some());
    }

    fn a_key_needs_a_user(database, auth) {
        assert!(get(auth.create_key(&nobody(), with_password("ada"))).unwrap_err().is_unknown_user());
        assert!(get(auth.create_token(&nobody(), LINK, SOON)).unwrap_err().is_unknown_user());
        assert!(get(auth.keys(&nobody())).unwrap_err().is_unknown_user());
    }

    fn a_key_id_belongs_to_one_key_whatever_its_kind(database, auth) {
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let bob = get(auth.create_user(None, attributes("bob"))).unwrap();
        get(auth.create_key(&ada.id, code())).unwrap();
        for user in [&ada, &bob] {
            for key in [with_password("ada"), NewKey::without_password(email()), code()] {
                assert!(get(auth.create_key(&user.id, key)).unwrap_err().is_key_taken());
            }
        }
        assert_eq!(get(auth.keys(&bob.id)).unwrap(), []);
    }

    fn a_password_that_cannot_be_one_makes_no_key(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        for (key, bad) in [(name("ada"), ""), (name("ada"), "seven77"), (name("ada"), "control\u{7}bell")] {
            let error = get(auth.create_key(&user.id, NewKey::password(key, bad))).unwrap_err();
            assert_eq!(error.invalid_input(), Some("password"));
        }
        let short = NewKey::password(email(), "12345").single_use(SOON);
        assert_eq!(get(auth.create_key(&user.id, short)).unwrap_err().invalid_input(), Some("password"));
        assert_eq!(get(auth.keys(&user.id)).unwrap(), []);
    }

    fn a_key_id_is_split_at_its_first_colon(database, auth) {
        let user = get(auth.create_user(NewKey::without_password(EMAIL.id("b:c").unwrap()), attributes("ada")));
        let keys = get(auth.keys(&user.unwrap().id)).unwrap();
        assert_eq!((keys[0].id.provider(), keys[0].id.identifier()), ("email", "b:c"));
        assert!(Provider::new("email:b").is_err());
    }

    fn an_identifier_is_kept_exactly(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let all = ["alice", "ALICE", "alice ", " alice", "alicé", "alice\u{301}", "%41", "a%", "\u{1f98a}", "'; --"];
        for identifier in all {
            get(auth.create_key(&user.id, NewKey::without_password(EMAIL.id(identifier).unwrap()))).unwrap();
        }
        for identifier in all {
            assert_eq!(get(auth.key(&EMAIL.id(identifier).unwrap())).unwrap().id.identifier(), identifier);
        }
        assert_eq!(get(auth.keys(&user.id)).unwrap().len(), all.len());
    }

    fn an_unknown_key_is_an_error_to_get_and_nothing_to_use_or_delete(database, auth) {
        assert!(get(auth.key(&email())).unwrap_err().is_unknown_key());
        assert!(get(auth.use_key(&email(), None)).unwrap().is_none());
        assert!(get(auth.use_key(&email(), Some(&right()))).unwrap().is_none());
        assert!(!get(auth.delete_key(&email())).unwrap());
        for sessions in [Sessions::EndAll, Sessions::Keep] {
            for password in [Some(right()), None] {
                assert!(get(auth.set_password(&email(), password, sessions)).unwrap_err().is_unknown_key());
            }
        }
        assert!(get(auth.rename_key(&email(), &name("ada"))).unwrap_err().is_unknown_key());
    }

    fn an_expired_key_is_listed_and_got_and_not_deleted_by_it(database, auth) {
        let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, code())).unwrap();
        database.clock.advance(MINUTE + 1);
        for _ in 0..2 {
            assert!(get(auth.key(&email())).unwrap().is_expired(auth_now(&database)));
            let keys = get(auth.keys(&user.id)).unwrap();
            assert_eq!(keys.iter().map(|key| &key.id).collect::<Vec<_>>(), [&email(), &name("ada")]);
        }
    }

    fn a_persistent_key_stays_when_it_is_used(database, auth) {
        let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        for _ in 0..2 {
            let key = get(auth.use_key(&name("ada"), Some(&right()))).unwrap().unwrap();
            assert_eq!((key.user_id, key.has_password), (user.id.clone(), true));
        }
    }

    fn a_wrong_or_missing_password_is_the_same_as_no_key(database, auth) {
        let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, code())).unwrap();
        for typed in ["wrong horse", "", "CORRECT HORSE", "correct horse ", "correct hors", "correct horse\0"] {
            assert!(get(auth.use_key(&name("ada"), Some(&typed.into()))).unwrap().is_none(), "{typed:?}");
            assert!(get(auth.use_key(&email(), Some(&typed.into()))).unwrap().is_none(), "{typed:?}");
        }
        assert!(get(auth.use_key(&name("ada"), None)).unwrap().is_none());
        assert!(get(auth.use_key(&email(), None)).unwrap().is_none());
        assert_eq!(get(auth.keys(&user.id)).unwrap().len(), 2, "nothing was used up");
        assert!(get(auth.use_key(&email(), Some(&"123456".into()))).unwrap().is_some());
    }

    fn a_key_without_a_password_is_used_without_one_and_by_no_password(database, auth) {
        get(auth.create_user(NewKey::without_password(email()), attributes("ada"))).unwrap();
        for typed in ["", "x", PASSWORD] {
            assert!(get(auth.use_key(&email(), Some(&typed.into()))).unwrap().is_none());
        }
        assert!(get(auth.use_key(&email(), None)).unwrap().is_some());
    }

    fn a_single_use_key_is_good_once(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, code())).unwrap();
        let key = get(auth.use_key(&email(), Some(&"123456".into()))).unwrap().unwrap();
        assert_eq!(key.user_id, user.id);
        assert!(get(auth.use_key(&email(), Some(&"123456".into()))).unwrap().is_none());
        assert!(get(auth.key(&email())).unwrap_err().is_unknown_key());
    }

    fn the_instant_of_expiry_still_counts_as_before_it(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let lifetime = Duration::from_millis(1_000);
        for (late, good) in [(-1, true), (0, true), (1, false)] {
            get(auth.create_key(&user.id, code().single_use(lifetime))).unwrap();
            let link = get(auth.create_token(&user.id, LINK, lifetime)).unwrap();
            database.clock.advance(1_000 + late);
            for outcome in [get(auth.use_key(&email(), Some(&"123456".into()))), get(auth.use_token(LINK, &link))] {
                match outcome {
                    Ok(key) => assert!(good && key.is_some(), "{late}"),
                    Err(error) => assert!(!good && error.is_expired(), "{late}"),
                }
            }
        }
    }

    fn an_expired_key_is_deleted_when_it_is_used_and_unknown_from_then_on(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, code())).unwrap();
        let link = get(auth.create_token(&user.id, LINK, SOON)).unwrap();
        database.clock.advance(MINUTE + 1);
        assert!(get(auth.use_key(&email(), Some(&"123456".into()))).unwrap_err().is_expired());
        assert!(get(auth.use_key(&email(), Some(&"123456".into()))).unwrap().is_none());
        assert!(get(auth.use_token(LINK, &link)).unwrap_err().is_expired());
        assert!(get(auth.use_token(LINK, &link)).unwrap().is_none());
        assert_eq!(get(auth.keys(&user.id)).unwrap(), []);
    }

    fn an_expired_key_and_a_wrong_password_is_a_wrong_password_and_the_key_stays(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, code())).unwrap();
        database.clock.advance(MINUTE + 1);
        assert!(get(auth.use_key(&email(), Some(&wrong()))).unwrap().is_none());
        assert!(get(auth.key(&email())).is_ok());
    }

    fn a_token_is_good_once_and_for_its_provider_only(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let link = get(auth.create_token(&user.id, LINK, SOON)).unwrap();
        let other = get(auth.create_token(&user.id, LINK, SOON)).unwrap();
        assert!(get(auth.use_token(EMAIL, &link)).unwrap().is_none());
        let typed = lucia::Token::parse(link.expose()).unwrap();
        assert_eq!(get(auth.use_token(LINK, &typed)).unwrap().unwrap().user_id, user.id);
        assert!(get(auth.use_token(LINK, &link)).unwrap().is_none());
        assert!(get(auth.use_token(LINK, &other)).unwrap().is_some());
    }

    fn a_password_that_is_set_replaces_the_old_one(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let new = || Password::from("battery staple");
        get(auth.set_password(&name("ada"), Some(new()), Sessions::EndAll)).unwrap();
        assert!(get(auth.use_key(&name("ada"), Some(&right()))).unwrap().is_none());
        assert!(get(auth.use_key(&name("ada"), Some(&new()))).unwrap().is_some());
    }

    fn a_password_that_is_taken_away_is_no_longer_asked_for(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        get(auth.set_password(&name("ada"), None, Sessions::Keep)).unwrap();
        assert!(!get(auth.key(&name("ada"))).unwrap().has_password);
        assert!(get(auth.use_key(&name("ada"), Some(&right()))).unwrap().is_none());
        assert!(get(auth.use_key(&name("ada"), None)).unwrap().is_some());
        get(auth.set_password(&name("ada"), Some(right()), Sessions::Keep)).unwrap();
        assert!(get(auth.use_key(&name("ada"), Some(&right()))).unwrap().is_some());
    }

    fn a_password_that_cannot_be_one_is_not_set(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        for bad in ["", "seven77"] {
            let error = get(auth.set_password(&name("ada"), Some(bad.into()), Sessions::EndAll)).unwrap_err();
            assert_eq!(error.invalid_input(), Some("password"));
        }
        assert!(get(auth.use_key(&name("ada"), Some(&right()))).unwrap().is_some());
    }

    fn setting_a_password_ends_all_sessions_unless_they_are_kept(database, auth) {
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
        let (adas, bobs) = (get(auth.create_session(&ada.id)).unwrap(), get(auth.create_session(&bob.id)).unwrap());
        get(auth.set_password(&name("ada"), Some(right()), Sessions::Keep)).unwrap();
        assert!(get(auth.validate(&token(&adas))).is_ok());
        get(auth.set_password(&name("ada"), Some(right()), Sessions::EndAll)).unwrap();
        assert!(get(auth.validate(&token(&adas))).unwrap_err().is_invalid_session());
        assert!(get(auth.validate(&token(&bobs))).is_ok());
    }

    fn a_renamed_key_keeps_password_kind_and_sessions(database, auth) {
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = get(auth.create_session(&ada.id)).unwrap();
        get(auth.rename_key(&name("ada"), &name("countess"))).unwrap();
        assert!(get(auth.use_key(&name("ada"), Some(&right()))).unwrap().is_none());
        let key = get(auth.use_key(&name("countess"), Some(&right()))).unwrap().unwrap();
        assert!(key.is_primary());
        assert!(get(auth.validate(&token(&session))).is_ok());
        get(auth.rename_key(&name("countess"), &name("countess"))).unwrap();
    }

    fn a_key_is_not_renamed_to_what_somebody_has(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
        assert!(get(auth.rename_key(&name("ada"), &name("bob"))).unwrap_err().is_key_taken());
        assert_eq!(get(auth.user_by_key(&name("bob"))).unwrap().unwrap(), bob);
        assert!(get(auth.key(&name("ada"))).is_ok());
    }

    fn a_primary_key_is_not_deleted_alone(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        assert!(!get(auth.delete_key(&name("ada"))).unwrap());
        assert!(get(auth.key(&name("ada"))).is_ok());
    }

    fn any_other_key_is_deleted(database, auth) {
        let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        for key in [code(), NewKey::without_password(email())] {
            get(auth.create_key(&user.id, key)).unwrap();
            assert!(get(auth.delete_key(&email())).unwrap());
            assert!(get(auth.key(&email())).unwrap_err().is_unknown_key());
            assert!(!get(auth.delete_key(&email())).unwrap());
        }
        assert_eq!(get(auth.keys(&user.id)).unwrap().len(), 1);
    }
}

fn auth_now(database: &Database) -> UnixMillis {
    database.clock.now()
}

#[test]
fn an_added_key_is_a_row_that_is_not_primary() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    get(auth.create_key(&user.id, NewKey::without_password(name("ada")))).unwrap();
    let expected = ("username:ada".to_owned(), user.id.to_string(), false, None, None);
    assert_eq!(key_rows(&mut database.connect()), [expected]);
}

#[test]
fn the_row_of_a_token_holds_the_hash_of_its_random_part() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let link = get(auth.create_token(&user.id, LINK, SOON)).unwrap();
    let [(id, _, _, hash, expires)] = &key_rows(&mut database.connect())[..] else { panic!() };
    assert_eq!(id, link.key_id(LINK).as_stored());
    assert!(!id.contains(link.expose()));
    assert_eq!((hash, *expires), (&None, Some(database.clock.now().as_millis() + MINUTE)));
}
