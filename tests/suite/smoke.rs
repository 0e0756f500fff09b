use lucia::{NewKey, Password};
use lucia_tests::{Database, USERNAME, attributes, auth_user, block_on};

#[test]
fn sign_up_log_in_validate() {
    let database = Database::new();
    let auth = database.auth();
    block_on(async {
        let key = NewKey::password(USERNAME.id("ada").unwrap(), "correct horse");
        let user = auth.create_user(key, attributes("ada")).await.unwrap();
        let session = auth
            .log_in(&USERNAME.id("ada").unwrap(), &Password::from("correct horse"))
            .await
            .unwrap()
            .unwrap();
        let valid = auth.validate_user(session.token().unwrap()).await.unwrap();
        assert_eq!(valid.user, user);
        let found = auth.user_by(auth_user::username, "ada").await.unwrap().unwrap();
        assert_eq!(found, user);
    });
    let mut conn = database.connect();
    let on = auth.on(&mut conn);
    assert!(on.user_by(auth_user::username, "ada").unwrap().is_some());
}
