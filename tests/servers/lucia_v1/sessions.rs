//! Sessions of either are sessions of the other, in every state.

use lucia::{CookieSettings, Presented, SessionState, UserId};
use serde_json::json;

use crate::both::{Both, session_token, text};

const INVALID: &str = "AUTH_INVALID_SESSION_ID";

on_each_database! {
    async fn an_active_session_of_either_validates_with_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let session = both.here.create_session(&ada.id).await.unwrap();
        let token = session.token().unwrap().expose();
        let seen = both.there.ok("validateSession", json!([token])).await;
        let expected = json!({
            "sessionId": token,
            "userId": ada.id,
            "state": "active",
            "fresh": false,
            "activePeriodExpiresAt": session.active_expires().as_millis(),
            "idlePeriodExpiresAt": session.idle_expires().as_millis(),
        });
        assert_eq!(seen, expected);

        let began = both.there.ok("createSession", json!([ada.id])).await;
        let valid = both.here.validate_user(&session_token(&began)).await.unwrap();
        assert_eq!((&valid.user, valid.session.is_fresh(), valid.session.state()), (&ada, false, SessionState::Active));
        assert_eq!(json!(valid.session.idle_expires().as_millis()), began["idlePeriodExpiresAt"]);
        assert_eq!(both.here.sessions(&ada.id).await.unwrap().len(), 2);
        assert_eq!(both.there.ok("getAllUserSessions", json!([ada.id])).await.as_array().unwrap().len(), 2);
    }

    async fn an_idle_session_of_either_is_renewed_by_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let ours = both.here.create_session(&ada.id).await.unwrap();
        let theirs = both.session_there(ada.id.as_str()).await;
        both.make_idle();

        let ours = ours.token().unwrap();
        let renewed = both.there.ok("validateSession", json!([ours.expose()])).await;
        assert_eq!((&renewed["state"], &renewed["fresh"]), (&json!("active"), &json!(true)));
        assert_ne!(text(&renewed["sessionId"]), ours.expose());
        let valid = both.here.validate_user(&session_token(&renewed)).await.unwrap();
        assert_eq!((&valid.user, valid.session.is_fresh()), (&ada, false));

        let renewed = both.here.validate_user(&theirs).await.unwrap().session;
        let token = renewed.token().expect("it was idle").expose();
        let seen = both.there.ok("validateSessionUser", json!([token])).await;
        assert_eq!((&seen["session"]["fresh"], &seen["user"]["userId"]), (&json!(false), &json!(ada.id)));
        // The response may be lost: until the new token comes back to us, the old one goes on.
        assert!(both.here.validate(&theirs).await.is_ok());
        assert_eq!(both.there.ok("getSession", json!([theirs.expose()])).await["state"], json!("idle"));
    }

    async fn a_session_that_either_has_renewed_is_renewed_again_by_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let mut token = both.session_there(ada.id.as_str()).await;
        for round in 0..6 {
            token = if round % 2 == 0 {
                let renewed = both.here.renew_session(&token).await.unwrap();
                assert!(renewed.is_fresh(), "{round}");
                lucia::SessionToken::parse(renewed.token().unwrap().expose()).unwrap()
            } else {
                session_token(&both.there.ok("renewSession", json!([token.expose()])).await)
            };
            assert_eq!(both.here.validate_user(&token).await.unwrap().user, ada);
            assert_eq!(both.there.ok("validateSession", json!([token.expose()])).await["userId"], json!(ada.id));
        }
    }

    async fn a_dead_session_of_either_is_dead_with_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let ours = both.here.create_session(&ada.id).await.unwrap();
        let theirs = both.session_there(ada.id.as_str()).await;
        both.execute("UPDATE auth_session SET active_expires = 1, idle_expires = 2");
        assert!(both.here.validate(&theirs).await.unwrap_err().is_invalid_session());
        assert!(both.here.sessions(&ada.id).await.unwrap().is_empty());
        assert_eq!(both.there.error("validateSession", json!([ours.token().unwrap().expose()])).await, INVALID);
        // Which has swept it; the other one is left for us.
        assert_eq!(both.here.sweep(10).await.unwrap().sessions, 1);
    }

    async fn a_session_that_either_ends_is_over_with_the_other(both: &Both) {
        let bob = both.sign_up_there("bob").await;
        let id = UserId::new(&*bob).unwrap();
        let [first, second, third] = [
            both.session_there(&bob).await,
            both.session_there(&bob).await,
            both.session_there(&bob).await,
        ];
        both.here.invalidate_session(&first.id()).await.unwrap();
        assert_eq!(both.there.error("validateSession", json!([first.expose()])).await, INVALID);
        both.there.ok("invalidateSession", json!([second.expose()])).await;
        assert!(both.here.validate(&second).await.unwrap_err().is_invalid_session());
        let left = both.here.sessions(&id).await.unwrap();
        assert_eq!(left.iter().map(lucia::Session::id).collect::<Vec<_>>(), [&third.id()]);

        both.there.ok("invalidateAllUserSessions", json!([bob])).await;
        assert!(both.here.validate(&third).await.unwrap_err().is_invalid_session());
        let last = both.session_there(&bob).await;
        both.here.invalidate_sessions(&id).await.unwrap();
        assert_eq!(both.there.error("validateSession", json!([last.expose()])).await, INVALID);
    }

    async fn the_columns_that_are_ours_do_not_disturb_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let session = both.here.create_session(&ada.id).await.unwrap();
        both.here.renew_session(session.token().unwrap()).await.unwrap();
        let sessions = both.there.ok("getAllUserSessions", json!([ada.id])).await;
        assert_eq!(sessions.as_array().unwrap().len(), 2);
        for session in sessions.as_array().unwrap() {
            let names: Vec<&String> = session.as_object().unwrap().keys().collect();
            let known = ["activePeriodExpiresAt", "fresh", "idlePeriodExpiresAt", "sessionId", "state", "userId"];
            assert_eq!(names, known);
        }
        both.there.ok("deleteDeadUserSessions", json!([ada.id])).await;
        assert_eq!(both.here.sessions(&ada.id).await.unwrap().len(), 1);
    }

    async fn the_cookie_of_either_is_read_by_the_other(both: &Both) {
        let ada = both.sign_up_here("ada").await;
        let theirs = both.session_there(ada.id.as_str()).await;
        let set = text(&both.there.ok("setCookie", json!([theirs.expose()])).await);
        let pair = set.split(';').next().unwrap();
        let Presented::Token(read) = both.here.cookie().read([pair.as_bytes()]) else { panic!("{pair}") };
        assert!(read.is_same(&theirs));

        let ours = both.here.create_session(&ada.id).await.unwrap();
        let token = ours.token().unwrap();
        let set = both.here.cookie().write(token, ours.idle_expires(), both.here.now());
        let pair = set.split(';').next().unwrap();
        assert_eq!(both.there.ok("readCookie", json!([pair])).await, json!(token.expose()));
        assert_eq!(both.here.cookie(), &CookieSettings::development());
    }
}
