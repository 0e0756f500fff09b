//! [`Setup`]: what the rules need to be told about an adapter.

use std::future::Future;

use crate::adapter::Adapter;
use crate::{LuciaUser, UserId};

/// A store that is empty at first, adapters on it, and users to put into it.
///
/// Each rule begins with a store of its own, and drops it in the end.
pub trait Setup: Sized + Send + Sync + 'static {
    /// The users that are kept.
    ///
    /// Rules about unique attributes have something to check only where there are some. A struct that leaves nothing out
    /// has a text that is unique, one that is `unique(nocase)`, an optional one that is unique, and two that are unique
    /// together.
    type User: LuciaUser;

    /// The adapter that is examined.
    type Adapter: Adapter<Self::User> + 'static;

    /// Whether the store lets dead sessions go by itself, so that
    /// [`delete_dead_sessions`](crate::adapter::SessionAdapter::delete_dead_sessions) may leave them to it.
    const SESSIONS_EXPIRE: bool = false;

    /// A store with nothing in it.
    fn empty() -> impl Future<Output = Self> + Send;

    /// An adapter on this store. Every rule asks twice, and lets rivals use the one and the other, as two processes would.
    fn adapter(&self) -> impl Future<Output = Self::Adapter> + Send;

    /// The user with this id and the attributes of number `n`: other ones for each number, in every unique attribute too.
    fn user(id: UserId, n: u32) -> Self::User;

    /// Changes that give a user the attributes of number `n`, as far as they can be changed.
    fn changes(n: u32) -> <Self::User as LuciaUser>::Changes;
}
