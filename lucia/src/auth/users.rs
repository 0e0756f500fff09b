//! The operations on users.

use std::sync::Arc;

use super::Auth;
use super::event::{read, write};
use crate::adapter::{Adapter, NewUser, UserLookup};
use crate::error::Kind;
use crate::{KeyId, LuciaUser, NewKey, Result, StoredKey, UserId};

/// How often a random id is made again when somebody has it already: never, unless the source of randomness is broken.
pub(super) const ATTEMPTS: u32 = 3;

impl<U: LuciaUser, A: Adapter<U>> Auth<U, A> {
    /// Creates a user, and the user's primary key when one is given: both or neither.
    ///
    /// The user's id is random: 26 characters unless [`Builder::user_id_length`](super::Builder::user_id_length) says
    /// otherwise. A user who is created without a primary key never gets one; other keys can be added by
    /// [`create_key`](Self::create_key).
    ///
    /// # Errors
    ///
    /// - [`taken_attribute`](crate::Error::taken_attribute): another user has the value of a unique attribute.
    /// - [`is_key_taken`](crate::Error::is_key_taken): the key is somebody's.
    /// - [`is_invalid_input`](crate::Error::is_invalid_input): an attribute or the password breaks a rule.
    /// - [`is_config`](crate::Error::is_config): the key is single-use; a primary key is not.
    /// - [`is_overloaded`](crate::Error::is_overloaded): too many passwords wait to be hashed.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, _| {
    /// let key = NewKey::password(USERNAME.id("grace")?, "correct horse");
    /// let grace = auth.create_user(key, UserAttributes { username: "grace".to_owned(), email: None }).await?;
    /// assert_eq!(grace.username, "grace");
    ///
    /// let error = auth.create_user(None, UserAttributes { username: "grace".to_owned(), email: None }).await.unwrap_err();
    /// assert_eq!(error.taken_attribute(), Some("username"));
    /// # Ok(()) }) }
    /// ```
    pub async fn create_user(&self, key: impl Into<Option<NewKey>>, attributes: U::Attributes) -> Result<U> {
        let result = self.create(None, key.into(), attributes).await;
        write("create_user").emit_about(result, LuciaUser::id)
    }

    /// As [`create_user`](Self::create_user), with an id of the app's own making.
    ///
    /// # Errors
    ///
    /// As [`create_user`](Self::create_user), and [`is_user_id_taken`](crate::Error::is_user_id_taken).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, _| {
    /// let id = UserId::new("employee-7")?;
    /// let attributes = UserAttributes { username: "grace".to_owned(), email: None };
    /// let grace = auth.create_user_with_id(id.clone(), None, attributes).await?;
    /// assert_eq!(grace.id, id);
    /// # Ok(()) }) }
    /// ```
    pub async fn create_user_with_id(
        &self,
        id: UserId,
        key: impl Into<Option<NewKey>>,
        attributes: U::Attributes,
    ) -> Result<U> {
        let result = self.create(Some(id.clone()), key.into(), attributes).await;
        write("create_user").about(&id).emit(result)
    }

    async fn create(
        &self,
        given_id: Option<UserId>,
        key: Option<NewKey>,
        attributes: U::Attributes,
    ) -> Result<U> {
        let now = self.now();
        let id = given_id.clone().map_or_else(|| self.random_user_id(), Ok)?;
        // What is wrong with the input is said before a password is hashed for nothing.
        let user = U::create(id, attributes, now)?;
        let key = match key {
            Some(key) => Some(self.hash_key(key, user.id().clone(), true).await?),
            None => None,
        };
        let mut new = Arc::new(NewUser { user, key });
        let mut attempt = 1;
        loop {
            match self.adapter.create_user(Arc::clone(&new)).await {
                Ok(()) => return self.created(new).await,
                Err(error) if error.is_user_id_taken() && given_id.is_none() && attempt < ATTEMPTS => {
                    attempt += 1;
                    new = Arc::new(with_id(&new, self.random_user_id()?).ok_or(error)?);
                }
                Err(error) => return Err(error),
            }
        }
    }

    /// The user that has just been stored.
    async fn created(&self, new: Arc<NewUser<U>>) -> Result<U> {
        let id = new.user.id().clone();
        match Arc::into_inner(new) {
            Some(new) => Ok(new.user),
            // The adapter has kept a hold of it.
            None => self.adapter.find_user(UserLookup::Id(id)).await?.ok_or_else(|| Kind::UnknownUser.into()),
        }
    }

    fn random_user_id(&self) -> Result<UserId> {
        UserId::generate(self.settings.user_id_length, &*self.settings.random)
    }

    /// The user with this id.
    ///
    /// # Errors
    ///
    /// [`is_unknown_user`](crate::Error::is_unknown_user): there is none.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// assert_eq!(auth.user(&ada.id).await?, ada);
    /// assert!(auth.user(&UserId::new("nobody")?).await.unwrap_err().is_unknown_user());
    /// # Ok(()) }) }
    /// ```
    pub async fn user(&self, id: &UserId) -> Result<U> {
        let found = self.adapter.find_user(UserLookup::Id(id.clone())).await;
        let found = found.and_then(|user| user.ok_or_else(|| Kind::UnknownUser.into()));
        read("user").about(id).emit(found)
    }

    /// The user whose key this is, by one query; `None` when nobody has it.
    ///
    /// It checks no password and uses nothing up: a single-use key is still there afterwards, expired or not.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// assert_eq!(auth.user_by_key(&USERNAME.id("ada")?).await?, Some(ada));
    /// # Ok(()) }) }
    /// ```
    pub async fn user_by_key(&self, key: &KeyId) -> Result<Option<U>> {
        let by = UserLookup::Key(self.settings.ids.of_key(key));
        let found = self.adapter.find_user(by).await;
        read("user_by_key").emit_found(found)
    }

    /// Changes the attributes that `changes` names and returns the user as it is then.
    ///
    /// One attribute alone is set by [`set_attribute`](Self::set_attribute).
    ///
    /// # Errors
    ///
    /// - [`is_unknown_user`](crate::Error::is_unknown_user): there is no such user.
    /// - [`taken_attribute`](crate::Error::taken_attribute): another user has the value of a unique attribute.
    /// - [`is_invalid_input`](crate::Error::is_invalid_input): a value breaks a rule of its attribute.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let changes = UserChanges { email: Some(Some("ada@example.com".to_owned())), ..UserChanges::default() };
    /// let ada = auth.update_user(&ada.id, changes).await?;
    /// assert_eq!(ada.email.as_deref(), Some("ada@example.com"));
    /// # Ok(()) }) }
    /// ```
    pub async fn update_user(&self, id: &UserId, changes: U::Changes) -> Result<U> {
        let result = self.update(id, changes).await;
        let result = result.and_then(|user| user.ok_or_else(|| Kind::UnknownUser.into()));
        write("update_user").about(id).emit(result)
    }

    async fn update(&self, id: &UserId, changes: U::Changes) -> Result<Option<U>> {
        U::check(&changes)?;
        if U::is_unchanged(&changes) {
            return self.adapter.find_user(UserLookup::Id(id.clone())).await;
        }
        self.adapter.update_user(id.clone(), changes).await
    }

    /// Deletes a user with all sessions and keys. An unknown user is no error.
    ///
    /// # Errors
    ///
    /// [`is_in_use`](crate::Error::is_in_use): rows of the app still point to the user; nothing is deleted.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// auth.delete_user(&ada.id).await?;
    /// assert!(auth.log_in(&USERNAME.id("ada")?, &"correct horse".into()).await?.is_none());
    /// # Ok(()) }) }
    /// ```
    pub async fn delete_user(&self, id: &UserId) -> Result<()> {
        let result = self.adapter.remove_user(id.clone()).await;
        write("delete_user").about(id).emit(result)
    }
}

/// The same user under another id.
fn with_id<U: LuciaUser>(new: &NewUser<U>, id: UserId) -> Option<NewUser<U>> {
    let key = new.key.as_ref().map(|key| StoredKey { user_id: id.clone(), ..key.clone() });
    Some(NewUser { user: U::from_values(id, new.user.values())?, key })
}
