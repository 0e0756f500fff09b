//! Users of either are users of the other.

use lucia::{NewKey, UserId};
use lucia_schema::Dialect;
use serde_json::json;

use crate::both::{Both, text};
use crate::member::{MemberAttributes, PASSWORD, USERNAME, attributes, right, with_password};

/// Names that some collation, encoding or separator could take for one another.
const NAMES: [&str; 9] = ["alice", "Alice", "alice ", "a:b", "a", "é", "e", "100%", "%41"];

on_each_database! {
    async fn whoever_signs_up_with_either_logs_in_with_the_other(both: &Both) {
        let mut ids = Vec::new();
        for (index, name) in NAMES.into_iter().enumerate() {
            // As many of them here as there, and `Alice` and `alice` not with the same one.
            ids.push(if index % 2 == 0 {
                both.sign_up_here(name).await.id.to_string()
            } else {
                both.sign_up_there(name).await
            });
        }
        for (name, id) in NAMES.into_iter().zip(&ids) {
            let session = both.here.log_in(&USERNAME.id(name).unwrap(), &right()).await.unwrap();
            assert_eq!(session.expect(name).user_id().as_str(), id, "{name:?}");
            let key = both.there.ok("useKey", json!(["username", name, PASSWORD])).await;
            assert_eq!((&text(&key["userId"]), key["providerUserId"].as_str()), (id, Some(name)));
            let found = both.here.user_by_key(&USERNAME.id(name).unwrap()).await.unwrap().unwrap();
            assert_eq!((found.id.as_str(), found.username.as_str()), (id.as_str(), name));
        }
        for name in ["ALICE", " alice", "É", "A"] {
            assert!(both.here.log_in(&USERNAME.id(name).unwrap(), &right()).await.unwrap().is_none());
            let error = both.there.error("useKey", json!(["username", name, PASSWORD])).await;
            assert_eq!(error, "AUTH_INVALID_KEY_ID", "{name:?}");
        }
        for (index, name) in [(0, "alice"), (1, "Alice")] {
            assert!(both.here.log_in(&USERNAME.id(name).unwrap(), &"wrong horse".into()).await.unwrap().is_none());
            let error = both.there.error("useKey", json!(["username", name, "wrong horse"])).await;
            assert_eq!(error, "AUTH_INVALID_PASSWORD", "{index}");
        }
    }

    async fn a_name_that_is_taken_with_either_is_taken_with_the_other(both: &Both) {
        both.sign_up_here("ada").await;
        both.sign_up_there("bob").await;
        let taken = NewKey::without_password(USERNAME.id("bob").unwrap());
        assert!(both.here.create_user(taken, attributes("bob2")).await.unwrap_err().is_key_taken());
        let error = both.here.create_user(None, attributes("bob")).await.unwrap_err();
        assert_eq!(error.taken_attribute(), Some("username"));
        let key = json!({ "providerId": "username", "providerUserId": "ada", "password": PASSWORD });
        let user = json!([{ "primaryKey": key, "attributes": { "username": "ada2" } }]);
        assert_eq!(both.there.error("createUser", user).await, "AUTH_DUPLICATE_KEY_ID");
    }

    async fn attributes_are_read_by_either_as_the_other_wrote_them(both: &Both) {
        let given = MemberAttributes {
            email: Some("zoë@example.com".to_owned()),
            admin: Some(true),
            visits: Some(5_000_000_000),
            ..attributes("ada")
        };
        let ada = both.here.create_user(None, given).await.unwrap();
        let seen = both.there.ok("getUser", json!([ada.id])).await;
        // What each driver of Node makes of the columns.
        let (yes, visits) = match both.dialect {
            Dialect::Sqlite | Dialect::Mysql => (json!(1), json!(5_000_000_000_i64)),
            Dialect::Postgres => (json!(true), json!("5000000000")),
        };
        let expected = json!({
            "userId": ada.id, "username": "ada", "email": "zoë@example.com", "admin": yes, "visits": visits,
        });
        assert_eq!(seen, expected);

        let changes = json!({ "email": null, "visits": 7 });
        both.there.ok("updateUserAttributes", json!([ada.id, changes])).await;
        let ada = both.here.user(&ada.id).await.unwrap();
        assert_eq!((ada.email, ada.admin, ada.visits), (None, true, 7));

        // What it leaves out has the default of the column.
        let attributes = json!({ "username": "Bob", "admin": yes });
        let bob = both.there.ok("createUser", json!([{ "primaryKey": null, "attributes": attributes }])).await;
        let bob = both.here.user(&UserId::new(text(&bob["userId"])).unwrap()).await.unwrap();
        assert_eq!((bob.username.as_str(), bob.email, bob.admin, bob.visits), ("Bob", None, true, 0));
    }

    async fn a_user_whom_either_deletes_is_gone_with_all_keys_and_sessions(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let bob = UserId::new(both.sign_up_there("bob").await).unwrap();
        let mut tokens = Vec::new();
        for id in [&ada.id, &bob] {
            both.here.create_key(id, NewKey::without_password(USERNAME.id(format!("2{id}")).unwrap())).await.unwrap();
            let session = both.here.create_session(id).await.unwrap();
            both.here.renew_session(session.token().unwrap()).await.unwrap();
            tokens.push(both.session_there(id.as_str()).await);
        }
        both.there.ok("deleteUser", json!([ada.id])).await;
        both.here.delete_user(&bob).await.unwrap();
        for (id, token) in [&ada.id, &bob].into_iter().zip(&tokens) {
            assert!(both.here.user(id).await.unwrap_err().is_unknown_user());
            assert!(both.here.validate(token).await.unwrap_err().is_invalid_session());
            assert_eq!(both.there.error("getUser", json!([id])).await, "AUTH_INVALID_USER_ID");
            let error = both.there.error("validateSession", json!([token.expose()])).await;
            assert_eq!(error, "AUTH_INVALID_SESSION_ID");
        }
        // The names are free again.
        both.here.create_user(with_password("ada"), attributes("ada")).await.unwrap();
        both.sign_up_there("bob").await;
    }
}
