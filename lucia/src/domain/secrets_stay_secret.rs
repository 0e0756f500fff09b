//! One test for all: no `Debug` of a public type, and no text of an error, shows a secret.

use super::*;
use crate::error::Error;
use crate::provider;

const SECRET: &str = "canary-canary-canary-canary-canary-canary-0";
const PLAIN: &str = "canarycanarycanarycanarycanarycanary0123";
const PASSWORD: &str = "canary\u{301}-password";

fn token() -> SessionToken {
    SessionToken::parse(SECRET).unwrap()
}

fn row() -> StoredSession {
    StoredSession {
        id: token().id().to_string(),
        user_id: UserId::new("ada").unwrap(),
        active_expires: UnixMillis::from_millis(1),
        idle_expires: UnixMillis::from_millis(2),
        created_at: None,
        absolute_expires: None,
        renewed_from: None,
    }
}

#[test]
fn no_debug_of_a_public_type_shows_a_secret() {
    let key_id = provider!("email").id("canary@example.com").unwrap();
    let stored_key = || StoredKey {
        id: key_id.as_stored().to_owned(),
        user_id: UserId::new("ada").unwrap(),
        primary_key: true,
        hashed_password: Some(PasswordHash::new("canary")),
        expires: None,
    };
    let presented = CookieSettings::development().read([format!("auth_session={SECRET}").as_bytes()]);
    assert!(matches!(presented, Presented::Token(_)));
    // The id column of a table that is shared with Lucia v1 holds the secret itself.
    let plain = StoredSession { id: PLAIN.to_owned(), renewed_from: Some(PLAIN.to_owned()), ..row() };
    let shown = [
        format!("{:?}", Token::parse(SECRET)),
        format!("{:?}", token()),
        format!("{presented:?}"),
        format!("{:?}", Session::from_stored(row(), UnixMillis::EPOCH).map(|s| s.with_token(token()))),
        format!("{plain:?}"),
        format!("{:?}", Session::from_stored(plain, UnixMillis::EPOCH)),
        format!("{:?}", SessionToken::parse(PLAIN).map(|token| token.id())),
        SessionToken::parse(PLAIN).unwrap().id().to_string(),
        format!("{:?}", Password::from(PASSWORD)),
        format!("{:?}", PasswordHash::new("canary")),
        format!("{key_id:?}"),
        format!("{:?}", stored_key()),
        format!("{:?}", Key::from_stored(&stored_key())),
        format!("{:?}", NewKey::password(key_id.clone(), PASSWORD)),
        format!("{:#?}", NewKey::without_password(key_id)),
    ];
    for text in shown {
        assert!(!text.is_empty() && !text.contains("canary"), "{text}");
    }
}

#[test]
fn no_error_shows_what_was_typed() {
    let errors: Vec<Error> = vec![
        UserId::new("canary canary").unwrap_err(),
        provider!("email").id("canary\0").unwrap_err(),
        Password::from("canary\0canary").to_be_set(Password::MIN_CHARACTERS).err().unwrap(),
        "canary".parse::<SessionId>().unwrap_err(),
        Origin::new("https://ada:canary@example.com").unwrap_err(),
        CookieSettings::production().named("canary canary").unwrap_err(),
    ];
    for error in errors {
        assert!(!format!("{error} {error:?} {error:#?}").contains("canary"), "{error}");
    }
}
