//! [`On`]: the operations on a connection of the caller's.

use std::fmt;
use std::time::Duration;

use diesel::connection::LoadConnection;

use super::{Auth, SessionUser, Sessions};
use crate::adapter::Removed;
use crate::diesel::{Borrowed, DieselAdapter, Queries, now};
use crate::{
    Changeable, Key, KeyId, NewKey, Password, Provider, Result, Session, SessionId, SessionToken, Token,
    Unique, UserId,
};

/// The operations of [`Auth`] on a connection of the caller's, inside the caller's transaction; from [`Auth::on`].
///
/// Each does what the method of the same name does there, and is done when it returns. Where sessions are kept in another
/// store than users, as in a [`Split`](crate::Split), what is about sessions is [`is_config`](crate::Error::is_config), and nothing
/// is done.
pub struct On<'c, U, C> {
    auth: Auth<U, DieselAdapter<U, Borrowed<'c, C>>>,
}

impl<'c, U, C> On<'c, U, C>
where
    C: LoadConnection + Send,
    U: Queries<C::Backend>,
{
    pub(super) fn new(auth: Auth<U, DieselAdapter<U, Borrowed<'c, C>>>) -> Self {
        Self { auth }
    }
}

/// The forwarding methods: a name, its arguments and its result.
macro_rules! forward {
    ($($name:ident($($arg:ident: $type:ty),*) -> $output:ty;)*) => {
        impl<U, C> On<'_, U, C>
        where
            C: LoadConnection + Send,
            U: Queries<C::Backend>,
        {
            $(
                #[doc = concat!("[`Auth::", stringify!($name), "`] on this connection.")]
                ///
                /// # Errors
                ///
                #[doc = concat!("Those of [`Auth::", stringify!($name), "`].")]
                pub fn $name(&self, $($arg: $type),*) -> Result<$output> {
                    now(self.auth.$name($($arg),*))
                }
            )*
        }
    };
}

forward! {
    create_user(key: impl Into<Option<NewKey>>, attributes: U::Attributes) -> U;
    create_user_with_id(id: UserId, key: impl Into<Option<NewKey>>, attributes: U::Attributes) -> U;
    user(id: &UserId) -> U;
    user_by_key(key: &KeyId) -> Option<U>;
    update_user(id: &UserId, changes: U::Changes) -> U;
    delete_user(id: &UserId) -> ();
    create_key(user_id: &UserId, key: NewKey) -> Key;
    create_token(user_id: &UserId, provider: Provider, lifetime: Duration) -> Token;
    use_token(provider: Provider, token: &Token) -> Option<Key>;
    key(id: &KeyId) -> Key;
    keys(user_id: &UserId) -> Vec<Key>;
    use_key(id: &KeyId, password: Option<&Password>) -> Option<Key>;
    set_password(id: &KeyId, password: Option<Password>, sessions: Sessions) -> ();
    change_password(key: &KeyId, current: &Password, new: Password) -> Option<Session>;
    rename_key(id: &KeyId, new: &KeyId) -> ();
    delete_key(id: &KeyId) -> bool;
    log_in(key: &KeyId, password: &Password) -> Option<Session>;
    create_session(user_id: &UserId) -> Session;
    session(token: &SessionToken) -> Session;
    validate(token: &SessionToken) -> Session;
    validate_user(token: &SessionToken) -> SessionUser<U>;
    renew_session(token: &SessionToken) -> Session;
    sessions(user_id: &UserId) -> Vec<Session>;
    invalidate_session(id: &SessionId) -> ();
    invalidate_sessions(user_id: &UserId) -> ();
    invalidate_other_sessions(user_id: &UserId, keep: &SessionId) -> ();
    sweep_user(user_id: &UserId) -> Removed;
    sweep(limit: u32) -> Removed;
}

impl<U, C> On<'_, U, C>
where
    C: LoadConnection + Send,
    U: Queries<C::Backend>,
{
    /// [`Auth::user_by`] on this connection.
    ///
    /// # Errors
    ///
    /// Those of [`Auth::user_by`].
    pub fn user_by<A: Unique<U>>(&self, attribute: A, value: impl Into<A::Value>) -> Result<Option<U>> {
        now(self.auth.user_by(attribute, value))
    }

    /// [`Auth::set_attribute`] on this connection.
    ///
    /// # Errors
    ///
    /// Those of [`Auth::set_attribute`].
    pub fn set_attribute<A: Changeable<U>>(&self, id: &UserId, attribute: A, value: A::Value) -> Result<U> {
        now(self.auth.set_attribute(id, attribute, value))
    }
}

impl<U, C> fmt::Debug for On<'_, U, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("On")
    }
}
