//! Password hashes of either verify with the other, until the setting is turned off.

use lucia::Sessions;
use serde_json::{Value, json};

use crate::both::Both;
use crate::member::{PASSWORD, USERNAME, right};

/// `hunter2` as Lucia hashed it before 0.2.1.
const UNTAGGED: &str = "abcdefghijklmnop:9f7b9d8c23db4ae9fb941fb6320d39b24d9ad41e15f65d9530cb23c35b8bd951\
                        fb8a0b59cf656203d2bd5380ccb400c5a8d2aa243bb2b2914aab6335bec77fee";

/// Whether a password is right there.
async fn is_right_there(both: &Both, name: &str, password: &str) -> bool {
    match both.there.call("useKey", json!(["username", name, password])).await {
        Ok(_) => true,
        Err(code) => {
            assert_eq!(code, "AUTH_INVALID_PASSWORD");
            false
        }
    }
}

/// Whether a password is right here.
async fn is_right_here(both: &Both, name: &str, password: &str) -> bool {
    both.here.log_in(&USERNAME.id(name).unwrap(), &password.into()).await.unwrap().is_some()
}

on_each_database! {
    async fn a_password_that_either_has_changed_is_the_one_for_both(both: &Both) {
        both.sign_up_here("ada").await;
        both.sign_up_there("bob").await;
        both.there.ok("updateKeyPassword", json!(["username", "ada", "battery staple"])).await;
        let bob = USERNAME.id("bob").unwrap();
        both.here.change_password(&bob, &right(), "battery staple".into()).await.unwrap().unwrap();
        for name in ["ada", "bob"] {
            for (password, expected) in [(PASSWORD, false), ("battery staple", true)] {
                assert_eq!(is_right_here(both, name, password).await, expected, "{name} {password}");
                assert_eq!(is_right_there(both, name, password).await, expected, "{name} {password}");
            }
        }
        both.here.set_password(&bob, Some("pony express".into()), Sessions::EndAll).await.unwrap();
        assert!(is_right_there(both, "bob", "pony express").await);
    }

    async fn a_hash_of_the_oldest_form_verifies_with_both_and_stays_one_that_both_can_read(both: &Both) {
        both.sign_up_here("ada").await;
        both.execute(&format!("UPDATE auth_key SET hashed_password = '{UNTAGGED}'"));
        assert!(is_right_there(both, "ada", "hunter2").await);
        assert!(is_right_here(both, "ada", "hunter2").await);
        assert!(is_right_there(both, "ada", "hunter2").await);
        assert!(!is_right_there(both, "ada", PASSWORD).await);
    }

    async fn without_the_setting_a_log_in_replaces_the_hash_and_with_it_the_hash_comes_back(both: &Both) {
        let bob = both.sign_up_there("bob").await;
        let name = USERNAME.id("bob").unwrap();
        let session = both.after.log_in(&name, &right()).await.unwrap().unwrap();
        assert_eq!(session.user_id().as_str(), bob);
        assert!(!is_right_there(both, "bob", PASSWORD).await, "Lucia v1 can read Argon2");
        // The session is none for it either.
        let token = session.token().unwrap();
        let error = both.there.error("validateSession", json!([token.expose()])).await;
        assert_eq!(error, "AUTH_INVALID_SESSION_ID");
        assert_eq!(both.there.ok("getAllUserKeys", json!([bob])).await.as_array().map(Vec::len), Some(1));

        assert!(is_right_here(both, "bob", PASSWORD).await);
        assert!(is_right_there(both, "bob", PASSWORD).await);
    }

    async fn without_the_setting_sessions_of_lucia_v1_are_none_and_its_users_are_still_there(both: &Both) {
        let bob = both.sign_up_there("bob").await;
        let token = both.session_there(&bob).await;
        assert!(both.after.validate(&token).await.unwrap_err().is_invalid_session());
        let found = both.after.user_by_key(&USERNAME.id("bob").unwrap()).await.unwrap().unwrap();
        assert!(both.after.sessions(&found.id).await.unwrap().is_empty());
        let read: Value = both.there.ok("validateSession", json!([token.expose()])).await;
        assert_eq!(read["userId"], json!(found.id));
    }
}
