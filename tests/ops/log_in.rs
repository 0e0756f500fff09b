//! Logging in and changing a password: a check and a session with no gap between.

use std::time::Duration;

use lucia::{KeyId, NewKey, Password, SessionState};
use lucia_tests::attributes;

use crate::support::{EMAIL, MINUTE, PASSWORD, name, right, token, with_password, wrong};

fn new() -> Password {
    Password::from("battery staple")
}

fn email() -> KeyId {
    EMAIL.id("ada@example.com").unwrap()
}

on_both_faces! {
    fn the_right_password_starts_a_session(database, auth) {
        let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = get(auth.log_in(&name("ada"), &right())).unwrap().unwrap();
        assert_eq!((session.user_id(), session.state(), session.is_fresh()), (&user.id, SessionState::Active, true));
        assert_eq!(get(auth.validate_user(&token(&session))).unwrap().user, user);
    }

    fn a_wrong_password_an_unknown_key_and_a_key_without_a_password_are_one_answer(database, auth) {
        let user = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        get(auth.create_key(&user.id, NewKey::without_password(email()))).unwrap();
        for (key, typed) in [
            (name("ada"), wrong()),
            (name("ada"), "".into()),
            (name("ada"), "x".repeat(1 << 20).into()),
            (name("ADA"), right()),
            (name("bob"), right()),
            (name("bob"), "".into()),
            (email(), right()),
            (email(), "".into()),
        ] {
            assert!(get(auth.log_in(&key, &typed)).unwrap().is_none());
        }
        assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 0);
    }

    fn a_log_in_leaves_the_other_sessions(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let all = [(); 3].map(|()| get(auth.log_in(&name("ada"), &right())).unwrap().unwrap());
        for session in &all {
            assert!(get(auth.validate(&token(session))).is_ok());
        }
    }

    fn a_code_logs_in_once(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let code = NewKey::password(email(), "123456").single_use(Duration::from_secs(60));
        get(auth.create_key(&user.id, code)).unwrap();
        assert!(get(auth.log_in(&email(), &"654321".into())).unwrap().is_none());
        assert!(get(auth.log_in(&email(), &"123456".into())).unwrap().is_some());
        assert!(get(auth.log_in(&email(), &"123456".into())).unwrap().is_none());
        assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 1);
    }

    fn an_expired_code_starts_no_session_and_is_gone(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let code = NewKey::password(email(), "123456").single_use(Duration::from_secs(60));
        get(auth.create_key(&user.id, code)).unwrap();
        database.clock.advance(MINUTE + 1);
        assert!(get(auth.log_in(&email(), &"654321".into())).unwrap().is_none(), "wrong before expired");
        assert!(get(auth.key(&email())).is_ok());
        assert!(get(auth.log_in(&email(), &"123456".into())).unwrap_err().is_expired());
        assert!(get(auth.key(&email())).unwrap_err().is_unknown_key());
        assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 0);
    }

    fn a_changed_password_ends_every_session_and_starts_another(database, auth) {
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
        let before = [(); 2].map(|()| get(auth.log_in(&name("ada"), &right())).unwrap().unwrap());
        let renewed = get(auth.renew_session(&token(&before[0]))).unwrap();
        let bobs = get(auth.create_session(&bob.id)).unwrap();
        let session = get(auth.change_password(&name("ada"), &right(), new())).unwrap().unwrap();
        for gone in before.iter().chain([&renewed]) {
            assert!(get(auth.validate(&token(gone))).unwrap_err().is_invalid_session());
        }
        assert_eq!(get(auth.validate(&token(&session))).unwrap().user_id(), &ada.id);
        assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 1);
        assert!(get(auth.validate(&token(&bobs))).is_ok());
        assert!(get(auth.log_in(&name("ada"), &right())).unwrap().is_none());
        assert!(get(auth.log_in(&name("ada"), &new())).unwrap().is_some());
    }

    fn a_wrong_current_password_changes_nothing(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = get(auth.log_in(&name("ada"), &right())).unwrap().unwrap();
        assert!(get(auth.change_password(&name("ada"), &wrong(), new())).unwrap().is_none());
        assert!(get(auth.change_password(&name("bob"), &right(), new())).unwrap().is_none());
        for bad in ["", "seven77"] {
            let error = get(auth.change_password(&name("ada"), &right(), bad.into())).unwrap_err();
            assert_eq!(error.invalid_input(), Some("password"));
        }
        assert!(get(auth.validate(&token(&session))).is_ok());
        assert!(get(auth.log_in(&name("ada"), &right())).unwrap().is_some());
    }

    fn the_same_password_again_is_a_change_too(database, auth) {
        get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let session = get(auth.log_in(&name("ada"), &right())).unwrap().unwrap();
        assert!(get(auth.change_password(&name("ada"), &right(), PASSWORD.into())).unwrap().is_some());
        assert!(get(auth.validate(&token(&session))).unwrap_err().is_invalid_session());
    }
}
