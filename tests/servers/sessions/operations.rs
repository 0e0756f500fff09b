//! The whole of `Auth`: users in SQLite, sessions in Redis.

use lucia::diesel::SqlitePool;
use lucia::{Auth, Builder, Error, KeyId, NewKey, Password, Session, SessionToken, Sessions, Split};
use lucia_tests::{Database, USERNAME, User, attributes, block_on, cheap_hasher};

use crate::support::DAY;
use lucia_server_tests::redis::Redis;

fn name() -> KeyId {
    USERNAME.id("ada").unwrap()
}

fn right() -> Password {
    Password::from("correct horse")
}

fn token(session: &Session) -> SessionToken {
    SessionToken::parse(session.token().unwrap().expose()).unwrap()
}

async fn auth(database: &Database, server: &Redis) -> Auth<User> {
    let user = SqlitePool::open(database.path()).unwrap();
    Builder::new(Split { user, session: server.sessions().await })
        .clock(database.clock.clone())
        .password_hasher(cheap_hasher())
        .development()
        .unwrap()
}

/// Runs a test on a database and a server of its own, in which Ada has signed up.
fn on_a_split(test: impl AsyncFnOnce(&Database, &mut Redis, Auth<User>, User)) {
    let (database, mut server) = (Database::new(), Redis::start());
    block_on(async {
        let auth = auth(&database, &server).await;
        let key = NewKey::password(name(), "correct horse");
        let ada = auth.create_user(key, attributes("ada")).await.unwrap();
        test(&database, &mut server, auth, ada).await;
    });
}

async fn log_in(auth: &Auth<User>) -> Session {
    auth.log_in(&name(), &right()).await.unwrap().unwrap()
}

async fn is_good(auth: &Auth<User>, token: &SessionToken) -> bool {
    match auth.validate(token).await {
        Ok(_) => true,
        Err(error) if error.is_invalid_session() => false,
        Err(error) => panic!("{error:?}"),
    }
}

#[test]
fn whoever_logs_in_is_known_until_the_log_out() {
    on_a_split(async |_, _, auth, ada| {
        assert!(auth.log_in(&name(), &"wrong horse".into()).await.unwrap().is_none());
        let session = log_in(&auth).await;
        assert_eq!(auth.validate_user(&token(&session)).await.unwrap().user, ada);
        assert_eq!(auth.sessions(&ada.id).await.unwrap().len(), 1);
        auth.invalidate_session(session.id()).await.unwrap();
        assert!(!is_good(&auth, &token(&session)).await);
        assert!(auth.sessions(&ada.id).await.unwrap().is_empty());
    });
}

#[test]
fn an_idle_session_is_renewed_and_the_old_one_ends_after_the_new_one_came_back() {
    on_a_split(async |database, _, auth, ada| {
        let old = log_in(&auth).await;
        database.clock.advance(2 * DAY);
        let new = auth.validate(&token(&old)).await.unwrap();
        assert!(new.is_fresh());
        assert!(is_good(&auth, &token(&old)).await && is_good(&auth, &token(&new)).await);
        assert_eq!(auth.sessions(&ada.id).await.unwrap().len(), 1);
        database.clock.advance(60_001);
        assert!(!is_good(&auth, &token(&old)).await);
        assert!(is_good(&auth, &token(&new)).await);
        let renewed = auth.renew_session(&token(&new)).await.unwrap();
        auth.invalidate_session(new.id()).await.unwrap();
        assert!(!is_good(&auth, &token(&renewed)).await, "a family ends together");
    });
}

#[test]
fn a_dead_session_is_invalid_and_is_swept() {
    on_a_split(async |database, server, auth, ada| {
        let session = log_in(&auth).await;
        database.clock.advance(16 * DAY);
        assert!(!is_good(&auth, &token(&session)).await);
        assert_eq!(auth.sweep_user(&ada.id).await.unwrap().sessions, 1);
        assert!(server.ask::<Vec<String>>(&["KEYS", "*"]).is_empty());
        assert_eq!(auth.sweep(10).await.unwrap().sessions, 0);
    });
}

#[test]
fn a_changed_password_ends_every_session_but_the_new_one() {
    on_a_split(async |_, _, auth, ada| {
        let before = [log_in(&auth).await, log_in(&auth).await];
        let new = Password::from("battery staple");
        let session = auth.change_password(&name(), &right(), new).await.unwrap().unwrap();
        for old in &before {
            assert!(!is_good(&auth, &token(old)).await);
        }
        assert!(is_good(&auth, &token(&session)).await);
        assert!(auth.log_in(&name(), &right()).await.unwrap().is_none());
        auth.set_password(&name(), Some(right()), Sessions::EndAll).await.unwrap();
        assert!(!is_good(&auth, &token(&session)).await);
        let [this, other] = [log_in(&auth).await, log_in(&auth).await];
        auth.invalidate_other_sessions(&ada.id, this.id()).await.unwrap();
        assert!(is_good(&auth, &token(&this)).await && !is_good(&auth, &token(&other)).await);
    });
}

#[test]
fn a_deleted_user_is_signed_in_nowhere_and_leaves_nothing_behind() {
    on_a_split(async |_, server, auth, ada| {
        let session = log_in(&auth).await;
        auth.delete_user(&ada.id).await.unwrap();
        assert!(!is_good(&auth, &token(&session)).await);
        assert!(auth.create_session(&ada.id).await.unwrap_err().is_unknown_user());
        assert!(server.ask::<Vec<String>>(&["KEYS", "*"]).is_empty());
    });
}

#[test]
fn an_orphan_is_invalid_and_nobodys() {
    on_a_split(async |database, _, auth, ada| {
        let session = log_in(&auth).await;
        let sql = "DELETE FROM auth_key; DELETE FROM auth_user";
        diesel::connection::SimpleConnection::batch_execute(&mut database.connect(), sql).unwrap();
        assert!(!is_good(&auth, &token(&session)).await);
        assert!(auth.session(&token(&session)).await.unwrap_err().is_invalid_session());
        assert!(auth.renew_session(&token(&session)).await.unwrap_err().is_invalid_session());
        assert!(auth.sessions(&ada.id).await.unwrap_err().is_unknown_user());
    });
}

#[test]
fn no_outage_of_either_store_logs_anybody_out() {
    on_a_split(async |_, server, auth, ada| {
        let session = log_in(&auth).await;
        server.pause();
        let errors = [
            auth.validate(&token(&session)).await.unwrap_err(),
            auth.log_in(&name(), &right()).await.unwrap_err(),
            auth.change_password(&name(), &right(), "battery staple".into()).await.unwrap_err(),
            auth.delete_user(&ada.id).await.unwrap_err(),
        ];
        server.resume();
        assert!(errors.iter().all(Error::is_unavailable), "{errors:?}");
        // What was on its way when the server stopped may have ended the session; nothing has changed the password or the user.
        let session = log_in(&auth).await;
        assert!(is_good(&auth, &token(&session)).await);
    });
}

#[test]
fn on_a_connection_users_and_keys_are_there_and_sessions_are_refused() {
    use diesel::connection::Connection;
    on_a_split(async |database, _, auth, ada| {
        let session = log_in(&auth).await;
        let mut conn = database.connect();
        let here = auth.on(&mut conn);
        let token = token(&session);
        let refused = [
            here.log_in(&name(), &right()).unwrap_err(),
            here.create_session(&ada.id).unwrap_err(),
            here.session(&token).unwrap_err(),
            here.validate(&token).unwrap_err(),
            here.validate_user(&token).unwrap_err(),
            here.renew_session(&token).unwrap_err(),
            here.sessions(&ada.id).unwrap_err(),
            here.invalidate_session(session.id()).unwrap_err(),
            here.invalidate_sessions(&ada.id).unwrap_err(),
            here.invalidate_other_sessions(&ada.id, session.id()).unwrap_err(),
            here.change_password(&name(), &right(), "battery staple".into()).unwrap_err(),
            here.set_password(&name(), Some("battery staple".into()), Sessions::EndAll).unwrap_err(),
            here.delete_user(&ada.id).unwrap_err(),
            here.sweep_user(&ada.id).unwrap_err(),
            here.sweep(1).unwrap_err(),
        ];
        assert!(refused.iter().all(|error| error.is_config() && !error.is_invalid_session()), "{refused:?}");
        assert!(
            is_good(&auth, &token).await && auth.use_key(&name(), Some(&right())).await.unwrap().is_some()
        );

        let bob = conn.transaction(|conn| {
            let key = NewKey::password(USERNAME.id("bob").unwrap(), "correct horse");
            auth.on(conn).create_user(key, attributes("bob"))
        });
        let bob = bob.unwrap();
        auth.on(&mut conn).set_password(&name(), Some("battery staple".into()), Sessions::Keep).unwrap();
        assert!(is_good(&auth, &token).await);
        assert_eq!(auth.create_session(&bob.id).await.unwrap().user_id(), &bob.id);
    });
}
