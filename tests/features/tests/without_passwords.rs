//! With the feature `passwords` off there is no hasher: keys without passwords, tokens and sessions work as ever, and another
//! hasher can be given.

use std::time::Duration;

use lucia::diesel::{EmbeddedMigration, EmbeddedMigrations};
use lucia::{
    Auth, HasherError, LuciaUser, NewKey, PasswordHash, PasswordHasher, Random, UserId, Verification,
    provider,
};

#[derive(Clone, Debug, PartialEq, LuciaUser)]
struct User {
    id: UserId,
    name: String,
}

const SQL: &str = "
    CREATE TABLE auth_user (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE auth_session (id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id),
        active_expires BIGINT NOT NULL, idle_expires BIGINT NOT NULL, created_at BIGINT, absolute_expires BIGINT,
        renewed_from TEXT UNIQUE);
    CREATE TABLE auth_key (id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id),
        primary_key BOOLEAN NOT NULL, hashed_password TEXT, expires BIGINT);
";

const MIGRATIONS: EmbeddedMigrations =
    EmbeddedMigrations::new().sqlite(&[EmbeddedMigration::new("1", "1_users", SQL)]);

fn attributes() -> UserAttributes {
    UserAttributes { name: "Ada".to_owned() }
}

#[tokio::test]
async fn everything_but_passwords_works_and_a_password_says_what_is_missing() {
    let dir = tempfile::tempdir().unwrap();
    let auth: Auth<User> =
        lucia::sqlite(dir.path().join("a.db")).unwrap().migrate(MIGRATIONS).unwrap().development().unwrap();

    let github = provider!("github").id("583231").unwrap();
    let ada = auth.create_user(NewKey::without_password(github.clone()), attributes()).await.unwrap();
    assert_eq!(auth.user_by_key(&github).await.unwrap(), Some(ada.clone()));
    let session = auth.create_session(&ada.id).await.unwrap();
    assert_eq!(auth.validate_user(session.token().unwrap()).await.unwrap().user, ada);
    let token = auth.create_token(&ada.id, provider!("link"), Duration::from_secs(60)).await.unwrap();
    assert!(auth.use_token(provider!("link"), &token).await.unwrap().is_some());

    let name = provider!("username").id("ada").unwrap();
    let error = auth.create_key(&ada.id, NewKey::password(name, "correct horse")).await.unwrap_err();
    assert!(error.is_config() && error.to_string().contains("`passwords`"), "{error}");
}

/// For this test only: it hashes nothing.
struct Plain;

impl PasswordHasher for Plain {
    fn hash(&self, password: &str, _: &dyn Random) -> Result<PasswordHash, HasherError> {
        Ok(PasswordHash::new(format!("plain:{password}")))
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        let right = stored.expose().strip_prefix("plain:") == Some(password);
        Ok(if right { Verification::Right } else { Verification::Wrong })
    }
}

#[tokio::test]
async fn another_hasher_can_be_given() {
    let dir = tempfile::tempdir().unwrap();
    let builder = lucia::sqlite(dir.path().join("a.db")).unwrap().migrate(MIGRATIONS).unwrap();
    let auth: Auth<User> = builder.password_hasher(Plain).development().unwrap();

    let name = provider!("username").id("ada").unwrap();
    auth.create_user(NewKey::password(name.clone(), "correct horse"), attributes()).await.unwrap();
    assert!(auth.log_in(&name, &"correct horse".into()).await.unwrap().is_some());
    assert!(auth.log_in(&name, &"wrong horse".into()).await.unwrap().is_none());
}
