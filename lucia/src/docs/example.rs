// What the examples of `Auth` share: a user, and a database of their own in which Ada has signed up.

use lucia::{Auth, LuciaUser, NewKey, Password, Provider, UserId, provider};

#[derive(Clone, Debug, PartialEq, LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 32)]
    pub username: String,
    pub email: Option<String>,
}

const USERNAME: Provider = provider!("username");

const SQL: &str = "
    CREATE TABLE auth_user (id TEXT NOT NULL PRIMARY KEY, username TEXT NOT NULL, email TEXT);
    CREATE UNIQUE INDEX auth_user_username_key ON auth_user (username);
    CREATE TABLE auth_session (id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id),
        active_expires BIGINT NOT NULL, idle_expires BIGINT NOT NULL, created_at BIGINT, absolute_expires BIGINT,
        renewed_from TEXT UNIQUE);
    CREATE TABLE auth_key (id TEXT NOT NULL PRIMARY KEY, user_id TEXT NOT NULL REFERENCES auth_user (id),
        primary_key BOOLEAN NOT NULL, hashed_password TEXT, expires BIGINT);
";

fn example(body: impl AsyncFnOnce(Auth<User>, User) -> lucia::Result<()>) -> lucia::Result<()> {
    let dir = tempfile::tempdir().map_err(lucia::Error::unavailable)?;
    use lucia::diesel::{EmbeddedMigration, EmbeddedMigrations};
    const MIGRATIONS: &[EmbeddedMigration] = &[EmbeddedMigration::new("1", "1_example", SQL)];
    let auth: Auth<User> = lucia::sqlite(dir.path().join("example.db"))?
        .migrate(EmbeddedMigrations::new().sqlite(MIGRATIONS))?
        .password_hasher(lucia::Argon2id::with_parameters(8, 1, 1)?)
        .development()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.map_err(lucia::Error::unavailable)?.block_on(async {
        let key = NewKey::password(USERNAME.id("ada")?, Password::from("correct horse"));
        let attributes = UserAttributes { username: "ada".to_owned(), email: None };
        let ada = auth.create_user(key, attributes).await?;
        body(auth, ada).await
    })
}
