//! The life of a user, on every database by every driver.

use lucia::diesel::{AsyncPooled, Pooled};
use lucia::{Auth, Builder, NewKey, Password};
use lucia_server_tests::Database;
use lucia_tests::{USERNAME, User, attributes, auth_user, block_on, cheap_hasher};

async fn the_life_of_a_user(auth: Auth<User>) {
    let name = USERNAME.id("ada").unwrap();
    let (first, second) = (Password::from("correct horse"), Password::from("battery staple"));
    let ada =
        auth.create_user(NewKey::password(name.clone(), "correct horse"), attributes("ada")).await.unwrap();
    assert_eq!(auth.user(&ada.id).await.unwrap(), ada);
    assert_eq!(auth.user_by(auth_user::username, "ada").await.unwrap(), Some(ada.clone()));
    assert_eq!(auth.user_by(auth_user::username, "Ada").await.unwrap(), None);
    let error = auth.create_user(None, attributes("ada")).await.unwrap_err();
    assert_eq!(error.taken_attribute(), Some("username"), "{error:?}");
    let error =
        auth.create_user(NewKey::without_password(name.clone()), attributes("bob")).await.unwrap_err();
    assert!(error.is_key_taken(), "{error:?}");
    assert_eq!(auth.user_by(auth_user::username, "bob").await.unwrap(), None, "half a user is left");
    let error = auth.create_user_with_id(ada.id.clone(), None, attributes("bob")).await.unwrap_err();
    assert!(error.is_user_id_taken(), "{error:?}");

    assert!(auth.log_in(&name, &second).await.unwrap().is_none());
    let session = auth.log_in(&name, &first).await.unwrap().unwrap();
    let token = session.token().unwrap();
    assert_eq!(auth.validate_user(token).await.unwrap().user, ada);
    let renewed = auth.renew_session(token).await.unwrap();
    let renewed = renewed.token().unwrap();
    assert_eq!(auth.validate_user(renewed).await.unwrap().user, ada);
    let after = auth.change_password(&name, &first, Password::from("battery staple")).await.unwrap().unwrap();
    assert!(auth.validate(renewed).await.unwrap_err().is_invalid_session());
    assert_eq!(auth.sessions(&ada.id).await.unwrap().len(), 1);
    auth.invalidate_session(after.id()).await.unwrap();
    assert!(auth.sessions(&ada.id).await.unwrap().is_empty());
    auth.log_in(&name, &second).await.unwrap().unwrap();
    assert_eq!(auth.sweep(100).await.unwrap().sessions, 0);
    auth.delete_user(&ada.id).await.unwrap();
    assert_eq!(auth.user_by(auth_user::username, "ada").await.unwrap(), None);
    assert!(auth.key(&name).await.unwrap_err().is_unknown_key());
}

#[test]
fn of_a_user_on_postgres() {
    let database = Database::postgres();
    block_on(async {
        let pool = Pooled::postgres(&database.url()).unwrap();
        the_life_of_a_user(Builder::new(pool).password_hasher(cheap_hasher()).development().unwrap()).await;
    });
}

#[test]
fn of_a_user_on_postgres_by_diesel_async() {
    let database = Database::postgres();
    block_on(async {
        let pool = AsyncPooled::postgres(&database.async_url()).await.unwrap();
        the_life_of_a_user(Builder::new(pool).password_hasher(cheap_hasher()).development().unwrap()).await;
    });
}

#[test]
fn of_a_user_on_mariadb() {
    let database = Database::mariadb();
    block_on(async {
        let pool = Pooled::mysql(&database.url()).unwrap();
        the_life_of_a_user(Builder::new(pool).password_hasher(cheap_hasher()).development().unwrap()).await;
    });
}

#[test]
fn of_a_user_on_mariadb_by_diesel_async() {
    let database = Database::mariadb();
    block_on(async {
        let pool = AsyncPooled::mysql(&database.async_url()).await.unwrap();
        the_life_of_a_user(Builder::new(pool).password_hasher(cheap_hasher()).development().unwrap()).await;
    });
}
