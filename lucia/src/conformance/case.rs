//! [`Case`]: the store of one rule with two adapters on it, and rivals who are let go at once.

use std::any::Any;
use std::env;
use std::future::Future;
use std::sync::Arc;

use tokio::sync::Barrier;

use super::failure::{call, ensure};
use super::samples::{same_key, user_id};
use super::{Failure, Outcome, Setup};
use crate::adapter::{AnyAdapter, NewUser, SessionAdapter, UserAdapter, UserLookup};
use crate::{Error, LuciaUser, StoredKey, StoredSession, UserId};

/// How many rivals there are in a race.
pub(super) const RIVALS: u32 = 16;

/// How often a race is run, unless the environment asks for more.
const ROUNDS: u32 = 50;

/// It is the same for every adapter, and the rules are compiled once for each type of users.
pub(super) struct Case<U: LuciaUser> {
    pub(super) adapter: AnyAdapter<U>,
    /// Another adapter on the same store.
    other: AnyAdapter<U>,
    pub(super) rounds: u32,
    pub(super) sessions_expire: bool,
    user: fn(UserId, u32) -> U,
    changes: Changes<U>,
    /// Dropped last.
    _setup: Box<dyn Any + Send + Sync>,
}

type Changes<U> = fn(u32) -> <U as LuciaUser>::Changes;

impl<U: LuciaUser> Case<U> {
    pub(super) async fn of<S: Setup<User = U>>() -> Result<Self, Failure> {
        let rounds = rounds(env::var("LUCIA_CONFORMANCE_ROUNDS").ok().as_deref())?;
        let setup = S::empty().await;
        Ok(Self {
            adapter: AnyAdapter::new(setup.adapter().await),
            other: AnyAdapter::new(setup.adapter().await),
            rounds,
            sessions_expire: S::SESSIONS_EXPIRE,
            user: S::user,
            changes: S::changes,
            _setup: Box::new(setup),
        })
    }

    /// The user with this id and the attributes of number `n`, not stored.
    pub(super) fn user_as(&self, id: UserId, n: u32) -> U {
        (self.user)(id, n)
    }

    /// The changes that give a user the attributes of number `n`.
    pub(super) fn changes(&self, n: u32) -> U::Changes {
        (self.changes)(n)
    }

    /// Creates user number `n` without a key.
    pub(super) async fn user(&self, n: u32) -> Result<UserId, Failure> {
        let id = user_id(n);
        self.create(self.user_as(id.clone(), n), None).await?;
        Ok(id)
    }

    /// Creates user number `n` with a primary key.
    pub(super) async fn user_with(&self, n: u32, key: &StoredKey) -> Result<UserId, Failure> {
        let id = user_id(n);
        self.create(self.user_as(id.clone(), n), Some(key.clone())).await?;
        Ok(id)
    }

    pub(super) async fn create(&self, user: U, key: Option<StoredKey>) -> Outcome {
        let adapter = &self.adapter;
        let new = Arc::new(NewUser { user, key });
        call!(adapter.create_user(new));
        Ok(())
    }

    pub(super) async fn create_key(&self, key: &StoredKey) -> Outcome {
        let adapter = &self.adapter;
        call!(adapter.create_key(key.clone()));
        Ok(())
    }

    pub(super) async fn create_session(&self, session: &StoredSession) -> Outcome {
        let adapter = &self.adapter;
        call!(adapter.create_session(session.clone()));
        Ok(())
    }

    pub(super) async fn find(&self, id: &UserId) -> Result<Option<U>, Failure> {
        let adapter = &self.adapter;
        Ok(call!(adapter.find_user(UserLookup::Id(id.clone()))))
    }

    pub(super) async fn sessions(&self, user_id: &UserId) -> Result<Vec<StoredSession>, Failure> {
        let adapter = &self.adapter;
        Ok(call!(adapter.sessions_of(user_id.clone())))
    }

    /// The user is there as `user` is.
    pub(super) async fn expect_user(&self, step: &str, user: &U) -> Outcome {
        let found = self.find(user.id()).await?;
        let is_same = found.is_some_and(|found| same_user(&found, user));
        ensure!(is_same, "{step}: the user should be stored as {:?} {:?}", user.id(), user.values());
        Ok(())
    }

    pub(super) async fn expect_no_user(&self, step: &str, id: &UserId) -> Outcome {
        ensure!(self.find(id).await?.is_none(), "{step}: there should be no user {id}");
        Ok(())
    }

    /// The key is there as it is here.
    pub(super) async fn expect_key(&self, step: &str, key: &StoredKey) -> Outcome {
        let adapter = &self.adapter;
        let found = call!(adapter.find_key(key.id.clone()));
        let is_same = found.as_ref().is_some_and(|found| same_key(found, key));
        ensure!(is_same, "{step}: the key {} should be stored as {key:?}, not as {found:?}", key.id);
        Ok(())
    }

    pub(super) async fn expect_no_key(&self, step: &str, id: &str) -> Outcome {
        let adapter = &self.adapter;
        let found = call!(adapter.find_key(id.to_owned()));
        ensure!(found.is_none(), "{step}: there should be no key {id}");
        Ok(())
    }

    /// The session is there as it is here.
    pub(super) async fn expect_session(&self, step: &str, session: &StoredSession) -> Outcome {
        let adapter = &self.adapter;
        let found = call!(adapter.find_session(session.id.clone()));
        ensure!(
            found.as_ref() == Some(session),
            "{step}: the session {} should be stored as {session:?}, not as {found:?}",
            session.id
        );
        Ok(())
    }

    /// These are all sessions of the user, in this order.
    pub(super) async fn expect_sessions(
        &self,
        step: &str,
        user_id: &UserId,
        expected: &[StoredSession],
    ) -> Outcome {
        let found = self.sessions(user_id).await?;
        let ids = |sessions: &[StoredSession]| -> Vec<String> {
            sessions.iter().map(|session| session.id.clone()).collect()
        };
        ensure!(
            found == expected,
            "{step}: the sessions of {user_id} should be {:?}, not {:?}, each as it was stored: {expected:?}, not {found:?}",
            ids(expected),
            ids(&found)
        );
        Ok(())
    }

    /// What each of the rivals gets who are let go at once. Every other one uses the second adapter.
    pub(super) async fn race<T, F>(
        &self,
        operation: impl Fn(AnyAdapter<U>, u32) -> F,
    ) -> Result<Vec<T>, Failure>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let barrier = Arc::new(Barrier::new(RIVALS as usize));
        let tasks: Vec<_> = (0..RIVALS)
            .map(|n| {
                let adapter = if n % 2 == 0 { &self.adapter } else { &self.other };
                let (barrier, rival) = (Arc::clone(&barrier), operation(adapter.clone(), n));
                tokio::spawn(async move {
                    barrier.wait().await;
                    rival.await
                })
            })
            .collect();
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await.map_err(|_| Failure::new("a rival has panicked"))?);
        }
        Ok(results)
    }
}

/// How many of the rivals got this answer.
pub(super) fn count<T: PartialEq>(answers: &[T], answer: &T) -> usize {
    answers.iter().filter(|got| *got == answer).count()
}

/// What the rivals got, where no error is owed to any of them.
pub(super) fn all<T>(step: &str, answers: Vec<Result<T, Error>>) -> Result<Vec<T>, Failure> {
    answers.into_iter().collect::<Result<_, _>>().map_err(|error| Failure::not_owed(step, &error))
}

/// Whether two users are the same in every attribute of which that can be told.
pub(super) fn same_user<U: LuciaUser>(a: &U, b: &U) -> bool {
    use crate::Value;
    let same_value =
        |(a, b): (&Value, &Value)| a == b || matches!((a, b), (Value::Native(_), Value::Native(_)));
    a.id() == b.id() && a.values().iter().zip(&b.values()).all(same_value)
}

fn rounds(asked: Option<&str>) -> Result<u32, Failure> {
    let Some(asked) = asked else { return Ok(ROUNDS) };
    match asked.parse::<u32>() {
        Ok(asked) => Ok(asked.max(ROUNDS)),
        Err(_) => Err(Failure::new(format!("LUCIA_CONFORMANCE_ROUNDS should be a number, not {asked:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_can_be_raised_and_not_lowered() {
        assert_eq!(rounds(None), Ok(50));
        assert_eq!(rounds(Some("500")), Ok(500));
        assert_eq!(rounds(Some("3")), Ok(50));
        assert!(rounds(Some("many")).is_err());
    }
}
