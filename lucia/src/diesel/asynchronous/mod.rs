//! PostgreSQL and MySQL by `diesel-async`: nothing here blocks a thread.

mod borrowed;
mod open;
mod pool;
mod pooled;

use std::marker::PhantomData;

use diesel_async::{AsyncConnection, TransactionManager};

pub use borrowed::AsyncBorrowed;
pub use pool::AsyncPool;
pub use pooled::AsyncPooled;

use super::attempts::Begun;
use super::driver::{Driver, Work};
use crate::Result;

/// Connections of `diesel-async`.
#[derive(Debug)]
pub struct Async<C>(PhantomData<fn() -> C>);

impl<C: Send> Driver for Async<C> {
    type Connection = C;
}

/// Does work in a transaction, or in a savepoint of one.
///
/// Not by `transaction` of `diesel-async`, whose closure would have to be `Send` for connections of every lifetime.
async fn in_transaction<C, I, T>(connection: &mut C, work: &Work<C, I, T>, begun: &mut Begun) -> Result<T>
where
    C: AsyncConnection,
    I: Sync,
    T: Send,
{
    C::TransactionManager::begin_transaction(connection).await?;
    *begun = Begun::Yes;
    match work.start(connection).await {
        Ok(outcome) => {
            C::TransactionManager::commit_transaction(connection).await?;
            Ok(outcome)
        }
        Err(error) => {
            // Should it fail, the connection knows that it is broken; why we are here is the first error.
            let _: diesel::QueryResult<()> = C::TransactionManager::rollback_transaction(connection).await;
            Err(error)
        }
    }
}

/// Sees to it that no pool gives the connection out again.
fn discard<C: AsyncConnection>(connection: &mut C) {
    C::TransactionManager::transaction_manager_status_mut(connection).set_in_error();
}
