//! Every way to sign in, side by side on one `Auth`.

use std::time::Duration;

use lucia::{KeyId, NewKey, Provider, Session, Token, provider};
use lucia_tests::{Database, attributes, auth_user};

use crate::support::{EMAIL, LINK, MINUTE, get, name, right, token, with_password};

const GITHUB: Provider = provider!("github");
const CODE: Provider = provider!("email-code");

fn github(id: &str) -> KeyId {
    GITHUB.id(id).unwrap()
}

#[test]
fn a_name_with_password_an_oauth_id_a_magic_link_and_a_one_time_code_are_one_user() {
    let database = Database::new();
    let auth = database.auth();
    let signed_in = |session: Session| get(auth.validate_user(&token(&session))).unwrap().user;

    // A name with a password.
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    assert_eq!(signed_in(get(auth.log_in(&name("ada"), &right())).unwrap().unwrap()), ada);

    // An OAuth provider says who it is: first seen, then linked, then known.
    assert!(get(auth.use_key(&github("583231"), None)).unwrap().is_none());
    get(auth.create_key(&ada.id, NewKey::without_password(github("583231")))).unwrap();
    let key = get(auth.use_key(&github("583231"), None)).unwrap().unwrap();
    assert_eq!(signed_in(get(auth.create_session(&key.user_id)).unwrap()), ada);
    assert!(
        get(auth.create_key(&ada.id, NewKey::without_password(github("583231")))).unwrap_err().is_key_taken()
    );

    // A link that was sent.
    let link = get(auth.create_token(&ada.id, LINK, Duration::from_secs(600))).unwrap();
    let opened = Token::parse(link.expose()).unwrap();
    let key = get(auth.use_token(LINK, &opened)).unwrap().unwrap();
    assert_eq!(signed_in(get(auth.create_session(&key.user_id)).unwrap()), ada);
    assert!(get(auth.use_token(LINK, &opened)).unwrap().is_none());

    // A code that was sent, bound to whom it was sent to.
    let code =
        NewKey::password(CODE.id("ada@example.com").unwrap(), "493017").single_use(Duration::from_secs(600));
    get(auth.create_key(&ada.id, code)).unwrap();
    assert!(get(auth.log_in(&CODE.id("bob@example.com").unwrap(), &"493017".into())).unwrap().is_none());
    let session = get(auth.log_in(&CODE.id("ada@example.com").unwrap(), &"493017".into())).unwrap().unwrap();
    assert_eq!(signed_in(session), ada);

    // All of them one user, and what was single-use is gone.
    let keys = get(auth.keys(&ada.id)).unwrap();
    assert_eq!(keys.iter().map(|key| key.id.provider()).collect::<Vec<_>>(), ["github", "username"]);
    assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 4);
}

#[test]
fn somebody_who_comes_by_oauth_first_has_no_password_and_may_add_one() {
    let database = Database::new();
    let auth = database.auth();
    let ada = get(auth.create_user(NewKey::without_password(github("583231")), attributes("ada"))).unwrap();
    assert!(get(auth.log_in(&github("583231"), &right())).unwrap().is_none());
    get(auth.create_key(&ada.id, with_password("ada"))).unwrap();
    assert!(get(auth.log_in(&name("ada"), &right())).unwrap().is_some());
    assert!(get(auth.delete_key(&name("ada"))).unwrap());
    assert!(get(auth.log_in(&name("ada"), &right())).unwrap().is_none());
    assert!(get(auth.use_key(&github("583231"), None)).unwrap().is_some());
}

#[test]
fn a_forgotten_password_is_set_by_a_link_and_everybody_else_is_out() {
    let database = Database::new();
    let auth = database.auth();
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let thief = get(auth.log_in(&name("ada"), &right())).unwrap().unwrap();
    let link = get(auth.create_token(&ada.id, LINK, Duration::from_secs(600))).unwrap();
    database.clock.advance(10 * MINUTE);
    let key = get(auth.use_token(LINK, &link)).unwrap().unwrap();
    assert_eq!(get(auth.user(&key.user_id)).unwrap(), ada);
    get(auth.set_password(&name("ada"), Some("battery staple".into()), lucia::Sessions::EndAll)).unwrap();
    assert!(get(auth.validate(&token(&thief))).unwrap_err().is_invalid_session());
    assert!(get(auth.log_in(&name("ada"), &"battery staple".into())).unwrap().is_some());
}

#[test]
fn users_found_by_attribute_or_address_are_who_gets_the_link() {
    let database = Database::new();
    let auth = database.auth();
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    get(auth.create_key(&ada.id, NewKey::without_password(EMAIL.id("ada@example.com").unwrap()))).unwrap();
    assert_eq!(get(auth.user_by(auth_user::username, "ada")).unwrap().unwrap(), ada);
    assert_eq!(get(auth.user_by_key(&EMAIL.id("ada@example.com").unwrap())).unwrap().unwrap(), ada);
    assert!(get(auth.user_by_key(&EMAIL.id("m\u{131}ke@example.com").unwrap())).unwrap().is_none());
}
