//! Keys of either keep their meaning with the other.

use std::time::Duration;

use lucia::{KeyKind, NewKey, UserId, provider};
use serde_json::{Value, json};

use crate::both::Both;
use crate::member::{PASSWORD, USERNAME};

const CODE: lucia::Provider = provider!("code");
const HOUR: Duration = Duration::from_hours(1);

/// A single-use key of Lucia v1, good for so many seconds.
fn single_use(name: &str, password: Option<&str>, seconds: i64) -> Value {
    json!({
        "type": "single_use", "providerId": "code", "providerUserId": name, "password": password, "expiresIn": seconds,
    })
}

on_each_database! {
    async fn a_single_use_key_of_either_is_used_up_by_the_other(both: &Both) {
        let bob = both.sign_up_there("bob").await;
        let id = UserId::new(&*bob).unwrap();
        for (name, password) in [("with", Some("493028")), ("without é", None)] {
            let code = CODE.id(name).unwrap();
            let typed = password.map(Into::into);
            both.there.ok("createKey", json!([bob, single_use(name, password, 3600)])).await;
            let read = both.there.ok("getKey", json!(["code", name])).await;
            let key = both.here.key(&code).await.unwrap();
            let KeyKind::SingleUse { expires } = key.kind else { panic!("{key:?}") };
            assert_eq!((json!(expires.as_millis()), key.has_password), (read["expiresAt"].clone(), password.is_some()));
            assert!(both.here.use_key(&code, Some(&"000000".into())).await.unwrap().is_none());
            assert_eq!(both.here.use_key(&code, typed.as_ref()).await.unwrap().unwrap().user_id, id);
            let error = both.there.error("useKey", json!(["code", name, password])).await;
            assert_eq!(error, "AUTH_INVALID_KEY_ID");

            let new = match password {
                Some(password) => NewKey::password(code.clone(), password),
                None => NewKey::without_password(code.clone()),
            };
            both.here.create_key(&id, new.single_use(HOUR)).await.unwrap();
            let used = both.there.ok("useKey", json!(["code", name, password])).await;
            assert_eq!((&used["type"], &used["userId"], &used["expired"]), (&json!("single_use"), &json!(bob), &json!(false)));
            assert!(both.here.use_key(&code, typed.as_ref()).await.unwrap().is_none());
        }
    }

    async fn an_expired_single_use_key_of_either_is_expired_with_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        both.there.ok("createKey", json!([ada.id, single_use("theirs", None, -60)])).await;
        let theirs = CODE.id("theirs").unwrap();
        assert!(both.here.use_key(&theirs, None).await.unwrap_err().is_expired());
        assert!(both.here.key(&theirs).await.unwrap_err().is_unknown_key());

        let ours = NewKey::without_password(CODE.id("ours").unwrap()).single_use(Duration::ZERO);
        both.here.create_key(&ada.id, ours).await.unwrap();
        both.execute("UPDATE auth_key SET expires = expires - 1000 WHERE expires IS NOT NULL");
        assert_eq!(both.there.error("useKey", json!(["code", "ours", null])).await, "AUTH_EXPIRED_KEY");
        assert_eq!(both.there.error("useKey", json!(["code", "ours", null])).await, "AUTH_INVALID_KEY_ID");
    }

    async fn a_primary_key_of_either_is_primary_with_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let bob = UserId::new(both.sign_up_there("bob").await).unwrap();
        let names = ["ada", "bob"].map(|name| USERNAME.id(name).unwrap());
        for (id, name) in [&ada.id, &bob].into_iter().zip(&names) {
            assert!(both.here.key(name).await.unwrap().is_primary());
            let key = both.there.ok("getKey", json!(["username", name.identifier()])).await;
            assert_eq!((&key["type"], &key["primary"]), (&json!("persistent"), &json!(true)));
            assert!(!both.here.delete_key(name).await.unwrap());
            both.there.ok("deleteKey", json!(["username", name.identifier()])).await;
            assert!(both.here.key(name).await.is_ok(), "it is deleted");
            assert_eq!(both.here.keys(id).await.unwrap().len(), 1);
        }
    }

    async fn another_key_of_either_is_used_listed_and_deleted_by_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let github = provider!("github").id("583231").unwrap();
        let email = provider!("email").id("zoë@example.com").unwrap();
        both.here.create_key(&ada.id, NewKey::without_password(github.clone())).await.unwrap();
        let new = json!({
            "type": "persistent", "providerId": "email", "providerUserId": "zoë@example.com", "password": PASSWORD,
        });
        both.there.ok("createKey", json!([ada.id, new])).await;

        let keys = both.here.keys(&ada.id).await.unwrap();
        let told: Vec<_> =
            keys.iter().map(|key| (key.id.provider(), key.id.identifier(), key.is_primary(), key.has_password)).collect();
        let expected = [
            ("email", "zoë@example.com", false, true),
            ("github", "583231", false, false),
            ("username", "ada", true, true),
        ];
        assert_eq!(told, expected);
        let listed = both.there.ok("getAllUserKeys", json!([ada.id])).await;
        let mut listed: Vec<_> = listed
            .as_array()
            .unwrap()
            .iter()
            .map(|key| [&key["providerId"], &key["providerUserId"], &key["primary"], &key["passwordDefined"]].map(Value::clone))
            .collect();
        listed.sort_by_key(|key| key[0].to_string());
        let expected = expected.map(|(p, i, primary, password)| [json!(p), json!(i), json!(primary), json!(password)]);
        assert_eq!(listed, expected);

        both.there.ok("useKey", json!(["github", "583231", null])).await;
        both.there.ok("deleteKey", json!(["github", "583231"])).await;
        assert!(both.here.use_key(&github, None).await.unwrap().is_none());
        assert!(both.here.delete_key(&email).await.unwrap());
        assert_eq!(both.there.error("getKey", json!(["email", "zoë@example.com"])).await, "AUTH_INVALID_KEY_ID");
    }
}
