//! What an operation leaves alone: a one-time code is nobody's password to change, and a user whom the app still points to
//! is not deleted.

use std::time::Duration;

use diesel::prelude::*;
use lucia::{KeyId, NewKey};
use lucia_tests::{Database, attributes};

use crate::support::{EMAIL, MINUTE, counts, dump, get, name, rolled_back, token, with_password};

fn email() -> KeyId {
    EMAIL.id("ada@example.com").unwrap()
}

on_both_faces! {
    fn the_password_of_a_single_use_key_is_not_changed_whether_expired_or_not(database, auth) {
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let code = NewKey::password(email(), "123456").single_use(Duration::from_secs(60));
        get(auth.create_key(&ada.id, code)).unwrap();
        let session = get(auth.create_session(&ada.id)).unwrap();
        let hashed = get(auth.keys(&ada.id)).unwrap();
        for now in [0, 60_000, 1, MINUTE] {
            database.clock.advance(now);
            for typed in ["123456", "654321"] {
                let changed = get(auth.change_password(&email(), &typed.into(), "battery staple".into()));
                assert!(changed.unwrap().is_none(), "{typed}");
            }
            assert_eq!(get(auth.keys(&ada.id)).unwrap(), hashed);
            assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 1);
            assert!(get(auth.session(&token(&session))).is_ok());
        }
        // It still is what it was: past its time, and told so to whoever knows it.
        assert!(get(auth.use_key(&email(), Some(&"battery staple".into()))).unwrap().is_none());
        assert!(get(auth.use_key(&email(), Some(&"123456".into()))).unwrap_err().is_expired());
    }

    fn a_code_is_good_still_after_somebody_tried_to_change_it(database, auth) {
        let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
        let code = NewKey::password(email(), "123456").single_use(Duration::from_secs(60));
        get(auth.create_key(&ada.id, code)).unwrap();
        assert!(get(auth.change_password(&email(), &"123456".into(), "battery staple".into())).unwrap().is_none());
        assert!(get(auth.log_in(&email(), &"123456".into())).unwrap().is_some());
    }
}

#[test]
fn a_password_change_on_a_single_use_key_writes_nothing() {
    let database = Database::new();
    let auth = database.auth();
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    get(auth.create_session(&ada.id)).unwrap();
    let code = NewKey::password(email(), "123456").single_use(Duration::from_secs(60));
    get(auth.create_key(&ada.id, code)).unwrap();
    let before = dump(&mut database.connect());
    for _ in 0..2 {
        assert!(
            get(auth.change_password(&email(), &"123456".into(), "battery staple".into())).unwrap().is_none()
        );
        assert_eq!(dump(&mut database.connect()), before);
        database.clock.advance(MINUTE + 1);
    }
}

#[test]
fn a_user_whom_a_row_of_the_app_points_to_is_in_use_and_nothing_is_deleted() {
    let database = Database::new();
    let auth = database.auth();
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
    let session = get(auth.create_session(&ada.id)).unwrap();
    get(auth.create_key(&ada.id, NewKey::without_password(email()))).unwrap();
    let mut conn = database.connect();
    diesel::sql_query("CREATE TABLE profile (user_id TEXT NOT NULL REFERENCES auth_user (id))")
        .execute(&mut conn)
        .unwrap();
    diesel::sql_query("INSERT INTO profile SELECT id FROM auth_user WHERE username = 'ada'")
        .execute(&mut conn)
        .unwrap();
    let before = dump(&mut conn);

    let error = get(auth.delete_user(&ada.id)).unwrap_err();
    assert!(error.is_in_use(), "{error:?}");
    assert!(!error.is_unknown_user() && !error.is_unavailable() && !error.is_taken());
    assert!(std::error::Error::source(&error).is_some(), "what the database said, for the log");
    assert_eq!(dump(&mut conn), before);
    // In a transaction of the caller's, which goes on.
    rolled_back(&mut conn, |conn| {
        assert!(auth.on(conn).delete_user(&ada.id).unwrap_err().is_in_use());
        assert_eq!(dump(conn), before);
    });
    assert!(get(auth.validate(&token(&session))).is_ok());
    assert!(get(auth.key(&name("ada"))).is_ok());

    get(auth.delete_user(&bob.id)).unwrap();
    diesel::sql_query("DELETE FROM profile").execute(&mut conn).unwrap();
    get(auth.delete_user(&ada.id)).unwrap();
    assert_eq!(counts(&mut conn), (0, 0, 0));
}
