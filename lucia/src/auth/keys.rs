//! The operations on keys.

use super::Auth;
use super::event::{read, write};
use crate::adapter::{Adapter, ChangePassword, Consumed, Proof};
use crate::domain::{PasswordHash, Passwords, Verification};
use crate::error::{Error, Kind};
use crate::{Key, KeyId, LuciaUser, NewKey, Password, Provider, Result, StoredKey, Token, UserId};

/// A key whose password was right, or that asks for none.
pub(super) struct Verified {
    pub(super) key: Key,
    pub(super) stored: StoredKey,
}

impl Verified {
    /// What has to hold still when something is done because of it.
    pub(super) fn proof(&self) -> Proof {
        Proof::Key {
            id: self.stored.id.clone(),
            hashed_password: self.stored.hashed_password.clone(),
            single_use: self.stored.expires.is_some(),
        }
    }
}

impl<U: LuciaUser, A: Adapter<U>> Auth<U, A> {
    /// Gives a user another key, persistent or single-use. It is never primary.
    ///
    /// # Errors
    ///
    /// - [`is_unknown_user`](Error::is_unknown_user): there is no such user.
    /// - [`is_key_taken`](Error::is_key_taken): the key is somebody's.
    /// - [`is_invalid_input`](Error::is_invalid_input): the password breaks a rule.
    /// - [`is_overloaded`](Error::is_overloaded): too many passwords wait to be hashed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let github = provider!("github").id("583231")?;
    /// let key = auth.create_key(&ada.id, NewKey::without_password(github)).await?;
    /// assert!(!key.is_primary());
    /// # Ok(()) }) }
    /// ```
    pub async fn create_key(&self, user_id: &UserId, key: NewKey) -> Result<Key> {
        let result = self.add_key(user_id, key).await;
        write("create_key").about(user_id).emit(result)
    }

    async fn add_key(&self, user_id: &UserId, key: NewKey) -> Result<Key> {
        let stored = self.hash_key(key, user_id.clone(), false).await?;
        self.adapter.create_key(stored.clone()).await?;
        self.settings.ids.read_key(&stored).ok_or_else(|| Kind::UnknownKey.into())
    }

    /// The row of a new key, its password hashed.
    pub(super) async fn hash_key(&self, key: NewKey, user_id: UserId, primary: bool) -> Result<StoredKey> {
        if primary && key.single_use.is_some() {
            return Err(Error::config(
                "a primary key is persistent; create the user, then the single-use key",
            ));
        }
        let expires = key.single_use.map(|lifetime| self.now().saturating_add(lifetime));
        let hashed_password = match key.password {
            Some(password) => {
                let least =
                    if expires.is_some() { Password::MIN_CODE_CHARACTERS } else { Password::MIN_CHARACTERS };
                Some(self.passwords()?.hash(&password, least, self.hashing).await?)
            }
            None => None,
        };
        Ok(StoredKey {
            id: self.settings.ids.of_key(&key.id),
            user_id,
            primary_key: primary,
            hashed_password,
            expires,
        })
    }

    pub(super) fn passwords(&self) -> Result<&Passwords> {
        self.settings.passwords.as_ref().ok_or_else(|| {
            Error::config(
                "no password hasher; turn on lucia's feature `passwords` or give the builder a hasher",
            )
        })
    }

    /// Makes a single-use token for a user, good for `lifetime`: the secret part of a magic link or of an invitation.
    ///
    /// The database keeps its SHA-256 only. [`use_token`](Self::use_token) takes it back.
    ///
    /// # Errors
    ///
    /// [`is_unknown_user`](Error::is_unknown_user): there is no such user.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let token = auth.create_token(&ada.id, provider!("reset"), std::time::Duration::from_secs(3600)).await?;
    /// let link = format!("https://example.com/reset?token={}", token.expose());
    /// assert!(link.len() > 43);
    /// # Ok(()) }) }
    /// ```
    pub async fn create_token(
        &self,
        user_id: &UserId,
        provider: Provider,
        lifetime: std::time::Duration,
    ) -> Result<Token> {
        let result = async {
            let token = Token::generate(&*self.settings.random)?;
            let key = NewKey::without_password(token.key_id(provider)).single_use(lifetime);
            self.add_key(user_id, key).await?;
            Ok(token)
        }
        .await;
        write("create_token").about(user_id).emit(result)
    }

    /// Uses a single-use token up and returns its key, which says whose it is; `None` when it is unknown or was used.
    ///
    /// Of any number of rivals one gets the key.
    ///
    /// # Errors
    ///
    /// [`is_expired`](Error::is_expired): the token was used after its time; it is deleted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// use lucia::Token;
    ///
    /// let token = auth.create_token(&ada.id, provider!("reset"), std::time::Duration::from_secs(3600)).await?;
    ///
    /// let presented = Token::parse(token.expose()).expect("it has the shape of a token");
    /// let key = auth.use_token(provider!("reset"), &presented).await?.expect("it was not used before");
    /// assert_eq!(key.user_id, ada.id);
    /// assert!(auth.use_token(provider!("reset"), &presented).await?.is_none());
    /// # Ok(()) }) }
    /// ```
    pub async fn use_token(&self, provider: Provider, token: &Token) -> Result<Option<Key>> {
        let result = self.use_up(&token.key_id(provider), None).await;
        write("use_token").emit_found(result)
    }

    /// The key with this id, expired or not.
    ///
    /// # Errors
    ///
    /// [`is_unknown_key`](Error::is_unknown_key): there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, _| {
    /// let key = auth.key(&USERNAME.id("ada")?).await?;
    /// assert!(key.is_primary() && key.has_password);
    /// # Ok(()) }) }
    /// ```
    pub async fn key(&self, id: &KeyId) -> Result<Key> {
        let result = async {
            let stored = self.adapter.find_key(self.settings.ids.of_key(id)).await?;
            stored
                .as_ref()
                .and_then(|stored| self.settings.ids.read_key(stored))
                .ok_or_else(|| Kind::UnknownKey.into())
        }
        .await;
        read("key").emit(result)
    }

    /// All keys of a user, expired ones too.
    ///
    /// # Errors
    ///
    /// [`is_unknown_user`](Error::is_unknown_user): there is no such user.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// assert_eq!(auth.keys(&ada.id).await?.len(), 1);
    /// # Ok(()) }) }
    /// ```
    pub async fn keys(&self, user_id: &UserId) -> Result<Vec<Key>> {
        let result = async {
            let stored = self.adapter.keys_of(user_id.clone()).await?;
            let stored = stored.ok_or(Kind::UnknownUser)?;
            Ok(stored.iter().filter_map(|stored| self.settings.ids.read_key(stored)).collect())
        }
        .await;
        read("keys").about(user_id).emit(result)
    }

    /// Checks a password against a key, uses the key up when it is single-use, and returns it; `None` when the key is
    /// unknown or the password is wrong, missing, or given for a key without one. Which of them it was is not told, and
    /// costs the same time.
    ///
    /// It starts no session: [`log_in`](Self::log_in) does both, with no gap between.
    ///
    /// # Errors
    ///
    /// - [`is_expired`](Error::is_expired): the password was right, but the single-use key was past its time; it is deleted.
    /// - [`is_overloaded`](Error::is_overloaded): too many passwords wait to be hashed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let code = provider!("code").id("ada@example.com")?;
    /// let key = NewKey::password(code.clone(), "493028").single_use(std::time::Duration::from_secs(600));
    /// auth.create_key(&ada.id, key).await?;
    ///
    /// assert!(auth.use_key(&code, Some(&"000000".into())).await?.is_none());
    /// assert!(auth.use_key(&code, Some(&"493028".into())).await?.is_some());
    /// assert!(auth.use_key(&code, Some(&"493028".into())).await?.is_none());
    /// # Ok(()) }) }
    /// ```
    pub async fn use_key(&self, id: &KeyId, password: Option<&Password>) -> Result<Option<Key>> {
        let result = self.use_up(id, password).await;
        write("use_key").emit_found(result)
    }

    async fn use_up(&self, id: &KeyId, password: Option<&Password>) -> Result<Option<Key>> {
        match self.verify(id, password).await? {
            Some(verified) => self.use_verified(verified).await,
            None => Ok(None),
        }
    }

    pub(super) async fn use_verified(&self, verified: Verified) -> Result<Option<Key>> {
        let Verified { key, stored } = verified;
        if stored.expires.is_none() {
            return Ok(Some(key));
        }
        match self.adapter.consume_key(stored.id, stored.hashed_password, self.now()).await? {
            Consumed::Now => Ok(Some(key)),
            Consumed::Expired => Err(Kind::Expired.into()),
            Consumed::Gone => Ok(None),
        }
    }

    /// Reads a key and checks its password, by one hash of work whatever is wrong.
    pub(super) async fn verify(&self, id: &KeyId, password: Option<&Password>) -> Result<Option<Verified>> {
        for _ in 0..super::users::ATTEMPTS {
            let stored = self.adapter.find_key(self.settings.ids.of_key(id)).await?;
            let found = stored
                .and_then(|stored| Some(Verified { key: self.settings.ids.read_key(&stored)?, stored }));
            let Some(password) = password else {
                return Ok(found.filter(|found| found.stored.hashed_password.is_none()));
            };
            let hash = found.as_ref().and_then(|found| found.stored.hashed_password.as_ref());
            match (self.passwords()?.verify(password, hash, self.hashing).await?, found) {
                (Verification::Right, found) => return Ok(found),
                (Verification::RightButOutdated, Some(found)) => {
                    if let Some(found) = self.rehash(found, password).await {
                        return Ok(Some(found));
                    }
                    // Somebody else replaced the hash meanwhile: a rival with the same password, or with a new one.
                }
                _ => return Ok(None),
            }
        }
        Err(Kind::Overloaded.into())
    }

    /// Replaces an outdated hash; `None` when it was replaced or removed meanwhile. What fails here is not the caller's
    /// trouble: the password was right.
    async fn rehash(&self, mut verified: Verified, password: &Password) -> Option<Verified> {
        let result = async {
            let new = self.passwords()?.rehash(password, self.hashing).await?;
            let (id, old) = (verified.stored.id.clone(), verified.stored.hashed_password.clone());
            Ok(self.adapter.replace_password(id, old, Some(new.clone())).await?.then_some(new))
        }
        .await;
        let result: Result<Option<PasswordHash>> = write("rehash_password").emit_found(result);
        match result {
            Ok(Some(new)) => verified.stored.hashed_password = Some(new),
            Ok(None) => return None,
            Err(_) => {}
        }
        Some(verified)
    }

    /// Sets the password of a key, or takes it away, without asking for the current one: after a reset link, or by an
    /// administrator. All sessions of the user end, unless `sessions` is
    /// [`Sessions::Keep`].
    ///
    /// A key without a password is proof by itself: only for keys whose identifier is vouched for by somebody else.
    ///
    /// # Errors
    ///
    /// - [`is_unknown_key`](Error::is_unknown_key): there is no such key.
    /// - [`is_invalid_input`](Error::is_invalid_input): the password breaks a rule.
    /// - [`is_overloaded`](Error::is_overloaded): too many passwords wait to be hashed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, _| {
    /// use lucia::Sessions;
    ///
    /// let name = USERNAME.id("ada")?;
    /// auth.set_password(&name, Some("battery staple".into()), Sessions::EndAll).await?;
    /// assert!(auth.log_in(&name, &"battery staple".into()).await?.is_some());
    /// # Ok(()) }) }
    /// ```
    pub async fn set_password(
        &self,
        id: &KeyId,
        password: Option<Password>,
        sessions: Sessions,
    ) -> Result<()> {
        let result = self.set(id, password, sessions).await;
        write("set_password").emit(result)
    }

    async fn set(&self, id: &KeyId, password: Option<Password>, sessions: Sessions) -> Result<()> {
        let new = match password {
            Some(password) => {
                let least = Password::MIN_CHARACTERS;
                Some(self.passwords()?.hash(&password, least, self.hashing).await?)
            }
            None => None,
        };
        // Somebody else may set it between the read and the write; then theirs was first, and ours still comes.
        for _ in 0..super::users::ATTEMPTS {
            let stored =
                self.adapter.find_key(self.settings.ids.of_key(id)).await?.ok_or(Kind::UnknownKey)?;
            let (key_id, user_id, old) = (stored.id, stored.user_id, stored.hashed_password);
            let done = match sessions {
                Sessions::Keep => self.adapter.replace_password(key_id, old, new.clone()).await?,
                Sessions::EndAll => {
                    let change = ChangePassword { key_id, user_id, old, new: new.clone(), session: None };
                    self.adapter.change_password(change).await?
                }
            };
            if done {
                return Ok(());
            }
        }
        Err(Kind::Overloaded.into())
    }

    /// Gives a key another identifier: somebody's name or address has changed. Its password and sessions stay.
    ///
    /// # Errors
    ///
    /// [`is_unknown_key`](Error::is_unknown_key), [`is_key_taken`](Error::is_key_taken).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, _| {
    /// auth.rename_key(&USERNAME.id("ada")?, &USERNAME.id("lovelace")?).await?;
    /// assert!(auth.log_in(&USERNAME.id("lovelace")?, &"correct horse".into()).await?.is_some());
    /// # Ok(()) }) }
    /// ```
    pub async fn rename_key(&self, id: &KeyId, new: &KeyId) -> Result<()> {
        let ids = self.settings.ids;
        let renamed = self.adapter.rename_key(ids.of_key(id), ids.of_key(new)).await;
        let result = renamed.and_then(|found| if found { Ok(()) } else { Err(Kind::UnknownKey.into()) });
        write("rename_key").emit(result)
    }

    /// Deletes a key that is not primary; `false` when it is primary or unknown. A primary key goes with its user only.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let github = provider!("github").id("583231")?;
    /// auth.create_key(&ada.id, NewKey::without_password(github.clone())).await?;
    /// assert!(auth.delete_key(&github).await?);
    /// assert!(!auth.delete_key(&USERNAME.id("ada")?).await?, "it is primary");
    /// # Ok(()) }) }
    /// ```
    pub async fn delete_key(&self, id: &KeyId) -> Result<bool> {
        let result = self.adapter.delete_key(self.settings.ids.of_key(id)).await;
        write("delete_key").emit(result)
    }
}

/// What happens to the sessions of a user whose password is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sessions {
    /// They end: whoever was signed in with the old password is no longer.
    EndAll,
    /// They go on.
    Keep,
}
