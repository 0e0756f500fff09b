//! [`AsyncPooled`]: the adapter's connections out of a pool of `diesel-async`.

use std::fmt;
use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

#[cfg(feature = "audit")]
use diesel_async::AsyncConnectionCore;

use super::{Async, AsyncPool, discard, in_transaction};
use crate::Result;
use crate::adapter::{AnyAdapter, Store};
#[cfg(feature = "audit")]
use crate::audit::{AuditBackend, Audited, Finding, findings, query};
use crate::diesel::attempts::{Attempts, Begun, is_lost};
use crate::diesel::deadline::within;
#[cfg(feature = "audit")]
use crate::diesel::driver::Step;
use crate::diesel::driver::Work;
use crate::diesel::runtime::runtime;
use crate::diesel::{Connect, DieselAdapter, QueriesOn};
use crate::error::Error;

/// The database that a pool is of.
#[cfg(feature = "audit")]
type BackendOf<P> = <<P as AsyncPool>::Connection as AsyncConnectionCore>::Backend;

/// How long a call waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// A pool of `diesel-async`, of ours or of the app's making. A call waits for a connection for five seconds.
///
/// What the server has undone since another transaction was in the way is begun again, up to twenty times; so is what was to be
/// begun on a connection that had been lost. Whatever was lost later is [unavailable](Error::is_unavailable), since it may have
/// happened: nothing is done twice. An answer that does not come within fifteen seconds is unavailable too.
///
/// Should the caller go away, a step that writes still runs to its end: the server may be waiting for a lock on that connection,
/// and would not notice that it was closed. So there are never more connections in use than the pool has.
///
/// Of a pool that the app made itself the rest is the app's affair: how long a server waits for a lock, and that MySQL's
/// `sql_mode` is a strict one. With any recycling method but `RecyclingMethod::Fast` the pool asks the server once more for each
/// call.
#[derive(Clone)]
pub struct AsyncPooled<P>(P);

impl<P: AsyncPool> AsyncPooled<P> {
    /// Connections of this pool.
    #[must_use]
    pub const fn new(pool: P) -> Self {
        Self(pool)
    }

    pub(in crate::diesel) const fn pool(&self) -> &P {
        &self.0
    }

    /// What is not as it should be in the database for the tables of `U`: see [`lucia::audit`](crate::audit).
    ///
    /// # Errors
    ///
    /// Those of [`audit`](crate::audit::audit()).
    #[cfg(feature = "audit")]
    pub async fn audit<U: Audited>(&self) -> Result<Vec<Finding>>
    where
        BackendOf<P>: AuditBackend,
    {
        let query = query::<U, BackendOf<P>>()?;
        let work = Work::new(query, |connection: &mut P::Connection, query: &String| {
            Step::new(async move { Ok(BackendOf::<P>::rows_async(connection, query).await?) })
        });
        findings::<U, BackendOf<P>>(self.read(work).await?)
    }

    async fn attempt<I, T>(&self, work: &Work<P::Connection, I, T>, kind: Kind) -> Result<T>
    where
        I: Send + Sync,
        T: Send,
    {
        let mut attempts = Attempts::new(self.0.size());
        loop {
            let mut connection = InUse::<P>(Some(self.connection().await?));
            let mut begun = Begun::No;
            let outcome = connection.work(work, kind, &mut begun).await;
            if outcome.as_ref().err().is_some_and(is_lost) {
                drop(connection);
            } else {
                connection.give_back();
            }
            let Err(error) = outcome else { return outcome };
            let Some(pause) = attempts.again(&error, begun) else { return Err(error) };
            tokio::time::sleep(pause).await;
        }
    }

    /// Mostly one is free, and no timer is needed: to set one wakes the thread that waits for the next to be due.
    async fn connection(&self) -> Result<P::Lent> {
        let mut get = pin!(self.0.get());
        let at_once = poll_fn(|context| Poll::Ready(get.as_mut().poll(context))).await;
        match at_once {
            Poll::Ready(connection) => connection,
            Poll::Pending => tokio::time::timeout(PATIENCE, get).await.map_err(Error::unavailable)?,
        }
    }

    /// As a task of its own, which goes on when nobody waits for it any more.
    async fn to_the_end<I, T>(&self, work: Work<P::Connection, I, T>, kind: Kind) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        let pool = self.clone();
        let task = runtime()?.spawn(async move { within(pin!(pool.attempt(&work, kind))).await });
        task.await.map_err(Error::unavailable)?
    }
}

/// How a piece of work is done.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Read,
    Statement,
    Transaction,
}

/// A connection that is closed and not given back to its pool, unless what was begun on it has come to its end.
struct InUse<P: AsyncPool>(Option<P::Lent>);

impl<P: AsyncPool> InUse<P> {
    async fn work<I, T>(
        &mut self,
        work: &Work<P::Connection, I, T>,
        kind: Kind,
        begun: &mut Begun,
    ) -> Result<T>
    where
        I: Sync,
        T: Send,
    {
        let Some(connection) = self.0.as_deref_mut() else {
            return Err(Error::unavailable("the connection was given back"));
        };
        match kind {
            Kind::Read => work.start(connection).await,
            Kind::Statement => {
                *begun = Begun::Yes;
                work.start(connection).await
            }
            Kind::Transaction => in_transaction(connection, work, begun).await,
        }
    }

    fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl<P: AsyncPool> Drop for InUse<P> {
    fn drop(&mut self) {
        if let Some(mut connection) = self.0.take() {
            discard(&mut *connection);
            P::close(connection);
        }
    }
}

impl<U, P> Store<U> for AsyncPooled<P>
where
    P: AsyncPool,
    U: QueriesOn<Async<P::Connection>>,
{
    fn into_adapter(self) -> AnyAdapter<U> {
        AnyAdapter::new(DieselAdapter::new(self))
    }
}

impl<P: AsyncPool> fmt::Debug for AsyncPooled<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AsyncPooled").field("connections", &self.0.size()).finish_non_exhaustive()
    }
}

impl<P: AsyncPool> Connect for AsyncPooled<P> {
    type Driver = Async<P::Connection>;

    async fn read<I, T>(&self, work: Work<P::Connection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        runtime()?;
        within(pin!(self.attempt(&work, Kind::Read))).await
    }

    async fn statement<I, T>(&self, work: Work<P::Connection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.to_the_end(work, Kind::Statement).await
    }

    async fn write<I, T>(&self, work: Work<P::Connection, I, T>) -> Result<T>
    where
        I: Send + Sync + 'static,
        T: Send + 'static,
    {
        self.to_the_end(work, Kind::Transaction).await
    }
}
