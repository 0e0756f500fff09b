//! [`Auth`]: the operations that an app calls.

mod builder;
mod event;
mod keys;
mod log_in;
mod on;
mod sessions;
mod settings;
mod users;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

pub use builder::Builder;
pub use keys::Sessions;
pub use on::On;
pub use sessions::SessionUser;

use crate::adapter::{Adapter, AnyAdapter, UserLookup};
use crate::diesel::{Borrowed, DieselAdapter, Queries};
use crate::domain::{CookieSettings, OriginCheck, Where};
use crate::{Changeable, LuciaUser, Periods, Result, Unique, UnixMillis, UserId};
use settings::Settings;

/// Users of type `U`, their keys and their sessions.
///
/// Every operation is a method here. What it changes, it changes in one step that happens whole or not at all, but for sweeps,
/// which delete in batches, and for an outdated hash, which is replaced before the log-in that it was found by. The same operations
/// on one's own connection, inside one's own transaction, are behind [`on`](Self::on). Cloning it is cheap, and the clones are the
/// same thing: keep one in the state of the app.
///
/// Each operation emits one `tracing` event in the target `lucia`, without secrets.
///
/// # Errors
///
/// Beside those that a method names, every operation can fail with [`is_unavailable`](crate::Error::is_unavailable)
/// when the database does not answer: that says nothing about a session or a user, and must log nobody out. What has to do with
/// passwords can fail with [`is_config`](crate::Error::is_config) when there is no hasher, and with the hasher's own error.
pub struct Auth<U, A = AnyAdapter<U>> {
    adapter: A,
    settings: Arc<Settings>,
    hashing: Where,
    users: std::marker::PhantomData<fn() -> U>,
}

impl<U: LuciaUser, A> Auth<U, A> {
    fn new(adapter: A, settings: Arc<Settings>, hashing: Where) -> Self {
        Self { adapter, settings, hashing, users: std::marker::PhantomData }
    }

    /// The same operations on a connection of one's own.
    ///
    /// They run on the calling thread and are done when they return. In a transaction of the caller they are part of
    /// it: what they did is undone when it is rolled back, and nothing is retried inside it. On SQLite, begin it by
    /// `immediate_transaction`: some operations read before they write, and a transaction that began by reading cannot write
    /// when somebody else has written meanwhile.
    ///
    /// Hashing a password takes some 20 milliseconds of this thread, during which the caller's transaction stays open.
    ///
    /// On a [`Split`](crate::Split) it is for users and keys only: what is about sessions is
    /// [`is_config`](crate::Error::is_config).
    pub fn on<'c, C>(&self, connection: &'c mut C) -> On<'c, U, C>
    where
        C: diesel::connection::LoadConnection + Send,
        U: Queries<C::Backend>,
        A: Adapter<U>,
    {
        let adapter = self.borrowing(Borrowed::new(connection));
        On::new(Auth::new(adapter, Arc::clone(&self.settings), Where::Inline))
    }

    /// The same operations on a connection of `diesel-async` that is the caller's own.
    ///
    /// In a transaction of the caller they are part of it: what they did is undone when it is rolled back, and nothing is retried
    /// inside it. Passwords are hashed on another thread, while the transaction stays open.
    ///
    /// On a [`Split`](crate::Split) it is for users and keys only, as [`on`](Self::on) is.
    #[cfg(feature = "async")]
    pub fn on_async<'c, C>(
        &self,
        connection: &'c mut C,
    ) -> Auth<U, DieselAdapter<U, crate::diesel::AsyncBorrowed<'c, C>>>
    where
        C: diesel_async::AsyncConnection,
        U: crate::diesel::QueriesOn<crate::diesel::Async<C>>,
        A: Adapter<U>,
    {
        let adapter = self.borrowing(crate::diesel::AsyncBorrowed::new(connection));
        Auth::new(adapter, Arc::clone(&self.settings), self.hashing)
    }

    /// An adapter on one connection, for sessions too unless they are elsewhere.
    fn borrowing<D>(&self, connection: D) -> DieselAdapter<U, D>
    where
        A: Adapter<U>,
    {
        let adapter = DieselAdapter::new(connection);
        if self.adapter.keeps_sessions_apart() { adapter.without_sessions() } else { adapter }
    }

    /// How long sessions last.
    #[must_use]
    pub fn periods(&self) -> &Periods {
        &self.settings.periods
    }

    /// The session cookie: how it is read and written.
    #[must_use]
    pub fn cookie(&self) -> &CookieSettings {
        &self.settings.cookie
    }

    /// Which origins may send requests that change something.
    #[must_use]
    pub fn origin_check(&self) -> &OriginCheck {
        &self.settings.origins
    }

    /// The time by this library's clock.
    #[must_use]
    pub fn now(&self) -> UnixMillis {
        self.settings.clock.now()
    }
}

/// The operations that take an attribute. They stand here, beside the type, so that rustc calls them by it when it says that
/// an attribute is not one for them.
impl<U: LuciaUser, A: Adapter<U>> Auth<U, A> {
    /// The user whose unique attribute has this value, byte for byte; `None` when nobody's has.
    ///
    /// `attribute` is the Diesel column of an attribute marked `#[lucia(unique)]`; no other column is accepted, and no
    /// value of another type. Where the mark is `unique(nocase)`, the letters A to Z and a to z are equal to each other.
    /// Attributes that are unique together are given as a tuple, in the order in which `unique(..)` names them, and so are
    /// their values.
    ///
    /// # Errors
    ///
    /// None but those of every operation.
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// assert_eq!(auth.user_by(auth_user::username, "ada").await?, Some(ada));
    /// assert_eq!(auth.user_by(auth_user::username, "Ada").await?, None);
    /// # Ok(()) }) }
    /// ```
    // Not an `async fn`, whose type would name the attribute: each mistake in a call would be told three times.
    pub fn user_by<C: Unique<U>>(
        &self,
        attribute: C,
        value: impl Into<C::Value>,
    ) -> Pin<Box<dyn Future<Output = Result<Option<U>>> + Send + '_>> {
        // A column is nothing but its type.
        drop(attribute);
        let index = C::INDEX;
        let by = U::UNIQUE.get(index).map(|unique| UserLookup::Unique {
            index,
            unique,
            values: C::values(value.into()),
        });
        Box::pin(async move {
            let found = match by {
                Some(by) => self.adapter.find_user(by).await,
                None => Ok(None),
            };
            event::read("user_by").emit_found(found)
        })
    }

    /// Sets one attribute and returns the user as it is then.
    ///
    /// `attribute` is the Diesel column of an attribute that is not read-only, and `value` is of the field's type. Several are
    /// changed at once by [`update_user`](Self::update_user).
    ///
    /// # Errors
    ///
    /// Those of [`update_user`](Self::update_user).
    ///
    /// ```
    /// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/example.rs"));
    /// # fn main() -> lucia::Result<()> { example(async |auth, ada| {
    /// let ada = auth.set_attribute(&ada.id, auth_user::email, Some("ada@example.com".to_owned())).await?;
    /// assert_eq!(ada.email.as_deref(), Some("ada@example.com"));
    /// # Ok(()) }) }
    /// ```
    // As above: not an `async fn`.
    pub fn set_attribute<'a, C: Changeable<U>>(
        &'a self,
        id: &'a UserId,
        attribute: C,
        value: C::Value,
    ) -> Pin<Box<dyn Future<Output = Result<U>> + Send + 'a>> {
        drop(attribute);
        let mut changes = U::Changes::default();
        *C::slot(&mut changes) = Some(value);
        Box::pin(self.update_user(id, changes))
    }
}

impl<U, A: Clone> Clone for Auth<U, A> {
    fn clone(&self) -> Self {
        Self {
            adapter: self.adapter.clone(),
            settings: Arc::clone(&self.settings),
            hashing: self.hashing,
            users: std::marker::PhantomData,
        }
    }
}

impl<U, A: fmt::Debug> fmt::Debug for Auth<U, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Auth").field("adapter", &self.adapter).finish_non_exhaustive()
    }
}
