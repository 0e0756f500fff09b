//! Ids: made here, given by the app, and made again when somebody has them.

use std::sync::atomic::{AtomicU8, Ordering::SeqCst};

use diesel::prelude::*;
use lucia::{Auth, Random, Result, UserId};
use lucia_tests::{Database, User, attributes, auth_user};

use crate::support::{again, counts, get, token, with_password};

/// The same bytes three times, then the next ones.
#[derive(Default)]
struct Repeating(AtomicU8);

impl Random for Repeating {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        bytes.fill(self.0.fetch_add(1, SeqCst) / 3);
        Ok(())
    }
}

/// The same bytes for ever.
struct Stuck;

impl Random for Stuck {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        bytes.fill(7);
        Ok(())
    }
}

#[test]
fn a_user_id_that_somebody_has_is_made_again() {
    let database = Database::new();
    let auth: Auth<User> = database.builder().random(Repeating::default()).development().unwrap();
    let users: Vec<User> = (0..5)
        .map(|n| get(auth.create_user(with_password(&n.to_string()), attributes(&n.to_string()))).unwrap())
        .collect();
    for user in &users {
        assert_eq!(&get(auth.user(&user.id)).unwrap(), user, "the first is untouched");
    }
    assert_eq!(counts(&mut database.connect()), (5, 5, 0));
}

#[test]
fn a_session_id_that_somebody_has_is_made_again() {
    let database = Database::new();
    let auth: Auth<User> = database.builder().random(Repeating::default()).development().unwrap();
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
    let first = get(auth.create_session(&ada.id)).unwrap();
    let others: Vec<_> = (0..4).map(|_| get(auth.create_session(&bob.id)).unwrap()).collect();
    assert_eq!(get(auth.validate_user(&token(&first))).unwrap().user, ada);
    for other in others {
        assert_eq!(get(auth.validate_user(&token(&other))).unwrap().user, bob);
    }
}

#[test]
fn a_source_of_randomness_that_is_stuck_is_an_error_and_takes_nobodys_session() {
    let database = Database::new();
    let auth: Auth<User> = database.builder().random(Stuck).development().unwrap();
    let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
    assert!(get(auth.create_user(None, attributes("bob"))).unwrap_err().is_user_id_taken());
    let session = get(auth.create_session(&ada.id)).unwrap();
    assert!(get(auth.create_session(&ada.id)).is_err());
    assert_eq!(get(auth.validate_user(&again(session.token().unwrap()))).unwrap().user, ada);
    assert_eq!(counts(&mut database.connect()), (1, 0, 1));
}

#[test]
fn generated_ids_are_as_long_as_an_adopted_table_takes() {
    for length in [15, 26, 64] {
        let database = Database::new();
        let auth: Auth<User> = database.builder().user_id_length(length).unwrap().development().unwrap();
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        assert_eq!(user.id.as_str().len(), usize::from(length));
    }
    for length in [0, 14, 65] {
        assert!(Database::new().builder().user_id_length(length).unwrap_err().is_config());
    }
}

#[test]
fn a_user_id_works_in_diesel_expressions_in_serde_and_in_paths() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let mut conn = database.connect();
    let found: (UserId, String) = auth_user::table
        .filter(auth_user::id.eq(&user.id).and(auth_user::id.eq_any([&user.id])))
        .select((auth_user::id, auth_user::username))
        .get_result(&mut conn)
        .unwrap();
    assert_eq!(found, (user.id.clone(), "ada".to_owned()));
    assert_eq!(
        auth_user::table.find(&user.id).select(User::as_select()).get_result(&mut conn),
        Ok(user.clone())
    );

    let json = serde_json::to_string(&user.id).unwrap();
    assert_eq!(serde_json::from_str::<UserId>(&json).unwrap(), user.id);
    assert!(serde_json::from_str::<UserId>("\"\"").is_err());
    assert_eq!(
        format!("/users/{}", user.id).strip_prefix("/users/").unwrap().parse::<UserId>().unwrap(),
        user.id
    );
    for bad in ["", " ", "a b", "\0", "é", &"x".repeat(65)] {
        assert_eq!(bad.parse::<UserId>().unwrap_err().invalid_input(), Some("user id"));
    }
}
