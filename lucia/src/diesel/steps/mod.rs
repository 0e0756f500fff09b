//! The steps of the adapter on Diesel, each made of queries on one connection, and written once for every kind of it.
//!
//! A step of several statements runs inside one transaction, which its caller has opened, and takes the row of the user first,
//! then keys, then sessions: so two steps about one user come one after the other, on every database alike, and none waits
//! for the other in a circle. The lock is an update that changes nothing. It is a write, since in SQLite a transaction that
//! has read cannot begin to write when somebody else has written meanwhile, and its row count says whether there is such a row.
//! It comes before any read, since what a transaction of MySQL has read once it goes on reading.
//!
//! Where sessions have a database of their own, another row takes its place: see `apart`.

mod apart;
mod keys;
mod sessions;
mod users;

use std::fmt;
use std::marker::PhantomData;

use super::driver::Driver;
use super::queries::QueriesOn;
use crate::{PasswordHash, Result, UserId};

/// The steps on one connection.
pub(super) struct Steps<'c, U, D: Driver> {
    conn: &'c mut D::Connection,
    users: PhantomData<fn() -> U>,
}

impl<'c, U, D: Driver> Steps<'c, U, D> {
    pub(super) fn new(conn: &'c mut D::Connection) -> Self {
        Self { conn, users: PhantomData }
    }
}

impl<U, D: Driver> fmt::Debug for Steps<'_, U, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Steps").finish_non_exhaustive()
    }
}

impl<U: QueriesOn<D>, D: Driver> Steps<'_, U, D> {
    /// Holds the row of a user until the transaction ends; `false` when there is none.
    async fn lock_user(&mut self, id: &UserId) -> Result<bool> {
        Ok(U::lock_user(self.conn, id.as_ref()).await? == 1)
    }
}

/// A step on what is of a type, for a connection of `D`: what it is given, and what it does with that.
macro_rules! work {
    ($of:ty, $input:expr, |$steps:ident, $given:pat_param| $step:expr) => {
        $crate::diesel::driver::Work::new($input, |connection, $given| {
            $crate::diesel::driver::Step::new(async move {
                let mut $steps = $crate::diesel::steps::Steps::<$of, D::Driver>::new(connection);
                $step.await
            })
        })
    };
}
pub(super) use work;

fn text(hash: Option<&PasswordHash>) -> Option<&str> {
    hash.map(PasswordHash::expose)
}

/// How many ids go into one statement: SQLite takes 32,766 values, PostgreSQL and MySQL 65,535.
const AT_ONCE: usize = 1_000;

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
