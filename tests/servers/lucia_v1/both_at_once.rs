//! Both at the same time: every answer is one that is documented, and nobody is logged out.

use std::time::Duration;

use lucia::{NewKey, SessionToken, UserId, provider};
use serde_json::json;
use tokio::join;

use crate::both::{Both, session_token};
use crate::member::{PASSWORD, USERNAME, right};

const ROUNDS: usize = 20;

/// Presents sessions here, which renews those that are idle, and goes on with what it is given.
async fn present_here(both: &Both, tokens: &[SessionToken]) {
    for token in tokens.iter().cycle().take(ROUNDS) {
        let valid = both.here.validate_user(token).await.unwrap();
        if let Some(new) = valid.session.token() {
            assert_eq!(both.here.validate(new).await.unwrap().user_id(), &valid.user.id);
        }
    }
}

/// The same there.
async fn present_there(both: &Both, tokens: &[SessionToken]) {
    for token in tokens.iter().rev().cycle().take(ROUNDS) {
        let valid = both.there.ok("validateSession", json!([token.expose()])).await;
        both.there.ok("validateSessionUser", json!([valid["sessionId"]])).await;
    }
}

/// Logs in here, and looks around.
async fn log_in_here(both: &Both, name: &str) {
    for _ in 0..4 {
        let session = both.here.log_in(&USERNAME.id(name).unwrap(), &right()).await.unwrap().unwrap();
        both.here.sessions(session.user_id()).await.unwrap();
        both.here.invalidate_session(session.id()).await.unwrap();
    }
}

/// The same there.
async fn log_in_there(both: &Both, name: &str) {
    for _ in 0..4 {
        let key = both.there.ok("useKey", json!(["username", name, PASSWORD])).await;
        let session = both.there.ok("createSession", json!([key["userId"]])).await;
        both.there.ok("getAllUserSessions", json!([key["userId"]])).await;
        both.there.ok("invalidateSession", json!([session["sessionId"]])).await;
    }
}

on_each_database! {
    async fn both_renew_validate_and_log_in_and_nobody_is_logged_out(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let bob = both.sign_up_there("bob").await;
        let mut tokens = Vec::new();
        for id in [ada.id.as_str(), &*bob, ada.id.as_str(), &*bob] {
            tokens.push(both.session_there(id).await);
            let session = both.here.create_session(&UserId::new(id).unwrap()).await.unwrap();
            tokens.push(SessionToken::parse(session.token().unwrap().expose()).unwrap());
        }
        both.make_idle();
        join!(
            present_here(both, &tokens),
            present_here(both, &tokens[4..]),
            present_there(both, &tokens),
            present_there(both, &tokens[..4]),
            log_in_here(both, "ada"),
            log_in_here(both, "bob"),
            log_in_there(both, "ada"),
            log_in_there(both, "bob"),
        );
        for token in &tokens {
            assert!(both.here.validate(token).await.is_ok());
            assert!(both.there.call("validateSession", json!([token.expose()])).await.is_ok());
        }
    }

    async fn of_any_rivals_for_a_single_use_key_one_of_ours_gets_it_at_most(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        for round in 0..20 {
            let name = format!("{round}");
            let code = provider!("code").id(&name).unwrap();
            let key = NewKey::without_password(code.clone()).single_use(Duration::from_mins(1));
            both.here.create_key(&ada.id, key).await.unwrap();
            let here = || async { both.here.use_key(&code, None).await.unwrap().is_some() };
            let there = || async {
                match both.there.call("useKey", json!(["code", name, null])).await {
                    Ok(_) => true,
                    Err(error) => {
                        assert_eq!(error, "AUTH_INVALID_KEY_ID");
                        false
                    }
                }
            };
            let rivals = join!(here(), there(), here(), there(), here(), there());
            let (ours, theirs) = ([rivals.0, rivals.2, rivals.4], [rivals.1, rivals.3, rivals.5]);
            assert!(ours.iter().filter(|used| **used).count() <= 1, "{round}");
            assert!([ours, theirs].concat().contains(&true), "{round}: it is gone and nobody has used it");
            assert!(!here().await && !there().await);
        }
    }

    async fn a_user_is_deleted_here_while_sessions_start_on_both_sides(both: &Both) {
        for round in 0..10 {
            let user = both.here.create_user(None, crate::member::attributes(&format!("{round}"))).await.unwrap();
            let id = &user.id;
            let here = || async {
                match both.here.create_session(id).await {
                    Ok(_) => {}
                    Err(error) => assert!(error.is_unknown_user(), "{error:?}"),
                }
            };
            let there = || async {
                match both.there.call("createSession", json!([id])).await {
                    Ok(session) => drop(session_token(&session)),
                    Err(error) => assert!(["AUTH_INVALID_USER_ID", "ER_LOCK_DEADLOCK"].contains(&&*error), "{error}"),
                }
            };
            // On PostgreSQL a session that starts there after ours were deleted keeps the user, as a row of the app's own would.
            let delete = async {
                while let Err(error) = both.here.delete_user(id).await {
                    assert!(error.is_in_use(), "{error:?}");
                }
            };
            join!(here(), there(), delete, here(), there());
            assert!(both.here.user(id).await.unwrap_err().is_unknown_user());
            assert!(both.here.sessions(id).await.unwrap_err().is_unknown_user());
        }
    }
}
