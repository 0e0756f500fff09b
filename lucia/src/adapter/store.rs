//! [`Store`]: where users, keys and sessions are kept, before it is known of which type the users are.

use super::{Adapter, AnyAdapter};
use crate::LuciaUser;

/// Where users, keys and sessions are kept, before it is known of which type the users are: what a
/// [`Builder`](crate::Builder) is made of.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep users of type `{U}`",
    note = "give the builder a `SqlitePool`, a `Pooled` around a pool of the app's own, or a `Custom` around an adapter"
)]
pub trait Store<U: LuciaUser> {
    /// The adapter for users of type `U`.
    fn into_adapter(self) -> AnyAdapter<U>;
}

/// An adapter of the app's own, or one of this library's that is put together by hand.
#[derive(Clone, Debug)]
pub struct Custom<A>(pub A);

impl<U: LuciaUser, A: Adapter<U> + 'static> Store<U> for Custom<A> {
    fn into_adapter(self) -> AnyAdapter<U> {
        AnyAdapter::new(self.0)
    }
}
