//! [`Driver`]: what runs the queries, and [`Work`]: a step for a connection that is still to be had.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use crate::Result;
use crate::error::Error;

/// A kind of connection, and whether its queries block the thread that they are made on.
///
/// It is only ever named: [`Blocking`] for Diesel's own connections, `Async` for those of `diesel-async`.
pub trait Driver {
    /// The connection.
    type Connection: Send;
}

/// Diesel's own connections, or others that do as they: a query is done when it returns.
#[derive(Debug)]
pub struct Blocking<C>(PhantomData<fn() -> C>);

impl<C: Send> Driver for Blocking<C> {
    type Connection = C;
}

/// One step of the adapter, for a connection that is still to be had. From one statement to a transaction's worth of them;
/// it opens no transaction of its own, and it can be started again when nothing of it has happened.
pub struct Work<C, I, T> {
    input: I,
    body: for<'c> fn(&'c mut C, &'c I) -> Step<'c, T>,
}

impl<C, I, T> Work<C, I, T> {
    pub(super) const fn new(input: I, body: for<'c> fn(&'c mut C, &'c I) -> Step<'c, T>) -> Self {
        Self { input, body }
    }

    /// Begins it on a connection.
    pub fn start<'c>(&'c self, connection: &'c mut C) -> Step<'c, T> {
        (self.body)(connection, &self.input)
    }
}

impl<C, I, T> fmt::Debug for Work<C, I, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Work").finish_non_exhaustive()
    }
}

/// A step that is under way on a connection.
#[must_use = "nothing happens until it is awaited, or told `now`"]
pub struct Step<'c, T>(Pin<Box<dyn Future<Output = Result<T>> + Send + 'c>>);

impl<'c, T> Step<'c, T> {
    pub(super) fn new(step: impl Future<Output = Result<T>> + Send + 'c) -> Self {
        Self(Box::pin(step))
    }

    /// Does it on this thread, to its end, on a connection whose queries [block](Blocking).
    ///
    /// # Errors
    ///
    /// Those of the step.
    pub fn now(self) -> Result<T> {
        now(self.0)
    }
}

impl<T> Future for Step<'_, T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        self.0.as_mut().poll(context)
    }
}

impl<T> fmt::Debug for Step<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Step").finish_non_exhaustive()
    }
}

/// Runs what never waits to its end.
pub(crate) fn now<T>(operation: impl Future<Output = Result<T>>) -> Result<T> {
    match std::pin::pin!(operation).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        // Better an error than a thread that sleeps for ever.
        Poll::Pending => Err(Error::config(
            "an operation on a connection that blocks had to wait; this is a mistake in lucia",
        )),
    }
}
