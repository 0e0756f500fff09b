//! A database that Lucia v1 uses at the same time, as far as that is seen without it: what is in the rows, and what the setting
//! changes for the app.

use lucia::{Auth, LuciaV1, Origin, Sessions};
use lucia_tests::{Database, User, attributes, cheap_hasher};

use crate::support::{again, get, key_rows, name, right, session_rows, token, with_password};

fn shared(database: &Database) -> Auth<User> {
    database.builder().shared_with_lucia_v1().development().unwrap()
}

/// The same database once Lucia v1 is switched off.
fn ours(database: &Database) -> Auth<User> {
    database.builder().password_hasher(LuciaV1::or(cheap_hasher())).development().unwrap()
}

#[test]
fn rows_hold_what_lucia_v1_reads() {
    let database = Database::new();
    let auth = shared(&database);
    get(auth.create_user(with_password("Zoë: 100%"), attributes("zoë"))).unwrap();
    let session = get(auth.log_in(&name("Zoë: 100%"), &right())).unwrap().unwrap();
    let renewed = get(auth.renew_session(&token(&session))).unwrap();

    let keys = key_rows(&mut database.connect());
    assert_eq!(keys[0].0, "username:Zoë: 100%");
    assert!(keys[0].3.as_ref().unwrap().starts_with("s2:"));
    let old = session.token().unwrap().expose();
    let sessions = session_rows(&mut database.connect());
    let new = sessions.iter().find(|row| row.6.as_deref() == Some(old)).unwrap();
    assert_eq!((sessions.len(), new.0.as_str(), old.len()), (2, renewed.token().unwrap().expose(), 40));
}

#[test]
fn the_id_of_a_session_is_still_no_secret() {
    let database = Database::new();
    let auth = shared(&database);
    let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&ada.id)).unwrap();
    let token = token(&session);
    let listed = &get(auth.sessions(&ada.id)).unwrap()[0];
    assert_eq!((listed.id(), session.id()), (&token.id(), &token.id()));
    for shown in [session.id().to_string(), format!("{:?}", listed.id()), format!("{listed:?}")] {
        assert!(!shown.contains(token.expose()), "{shown}");
    }
}

#[test]
fn a_session_is_ended_by_an_id_that_was_read_and_not_by_its_text() {
    let database = Database::new();
    let auth = shared(&database);
    let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
    let [first, second] = [(); 2].map(|()| token(&get(auth.create_session(&ada.id)).unwrap()));
    let typed = first.id().to_string().parse().unwrap();
    assert!(get(auth.invalidate_session(&typed)).unwrap_err().is_config());
    assert!(get(auth.invalidate_other_sessions(&ada.id, &typed)).unwrap_err().is_config());
    assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 2);

    get(auth.invalidate_other_sessions(&ada.id, &first.id())).unwrap();
    assert!(get(auth.validate(&second)).unwrap_err().is_invalid_session());
    let sessions = get(auth.sessions(&ada.id)).unwrap();
    let found = sessions.iter().find(|session| session.id() == &typed).unwrap();
    get(auth.invalidate_session(found.id())).unwrap();
    assert!(get(auth.validate(&first)).unwrap_err().is_invalid_session());
}

#[test]
fn keys_are_renamed_and_deleted_and_have_their_passwords_set_by_what_they_are_called() {
    let database = Database::new();
    let auth = shared(&database);
    let ada = get(auth.create_user(with_password("ë"), attributes("ada"))).unwrap();
    get(auth.create_key(&ada.id, with_password("e"))).unwrap();
    get(auth.set_password(&name("ë"), Some("battery staple".into()), Sessions::EndAll)).unwrap();
    get(auth.rename_key(&name("ë"), &name("%C3%AB"))).unwrap();
    assert_eq!(get(auth.user_by_key(&name("%C3%AB"))).unwrap(), Some(ada.clone()));
    assert!(get(auth.key(&name("ë"))).unwrap_err().is_unknown_key());
    let keys = get(auth.keys(&ada.id)).unwrap();
    assert_eq!(keys.iter().map(|key| key.id.identifier()).collect::<Vec<_>>(), ["%C3%AB", "e"]);
    assert!(get(auth.delete_key(&keys[1].id)).unwrap());
    assert!(get(auth.log_in(&keys[0].id, &"battery staple".into())).unwrap().is_some());
}

#[test]
fn sessions_from_before_the_setting_go_on_and_hashes_are_made_anew() {
    let database = Database::new();
    let before = database.auth();
    let ada = get(before.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = token(&get(before.create_session(&ada.id)).unwrap());
    let auth = shared(&database);
    assert_eq!(get(auth.validate_user(&session)).unwrap().user, ada);
    assert!(get(auth.log_in(&name("ada"), &right())).unwrap().is_some());
    assert!(key_rows(&mut database.connect())[0].3.as_ref().unwrap().starts_with("s2:"));
    get(auth.invalidate_session(&session.id())).unwrap();
    assert!(get(auth.validate(&session)).unwrap_err().is_invalid_session());
}

#[test]
fn without_the_setting_its_sessions_are_over_and_its_hashes_are_made_anew() {
    let database = Database::new();
    let auth = shared(&database);
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = token(&get(auth.create_session(&ada.id)).unwrap());
    let after = ours(&database);
    assert!(get(after.validate(&session)).unwrap_err().is_invalid_session());
    assert!(get(after.sessions(&ada.id)).unwrap().is_empty());
    assert!(get(after.log_in(&name("ada"), &right())).unwrap().is_some());
    assert!(key_rows(&mut database.connect())[0].3.as_ref().unwrap().starts_with("$argon2id$"));
}

#[test]
fn in_a_transaction_of_the_app_it_is_the_same() {
    let database = Database::new();
    let auth = shared(&database);
    let mut connection = database.connect();
    let on = auth.on(&mut connection);
    let ada = on.create_user(with_password("é"), attributes("ada")).unwrap();
    let session = on.log_in(&name("é"), &right()).unwrap().unwrap();
    let presented = again(session.token().unwrap());
    assert_eq!(get(auth.validate_user(&presented)).unwrap().user, ada);
    assert_eq!(presented.expose().len(), 40);
}

#[test]
fn the_cookie_is_the_one_that_lucia_v1_reads() {
    let database = Database::new();
    let origins = || [Origin::new("https://example.com").unwrap()];
    let auth: Auth<User> = database.builder().origins(origins()).shared_with_lucia_v1().production().unwrap();
    assert_eq!((auth.cookie().name(), auth.cookie().is_secure()), ("auth_session", true));
    let auth: Auth<User> = database.builder().origins(origins()).production().unwrap();
    assert_eq!(auth.cookie().name(), "__Host-auth_session");
}
