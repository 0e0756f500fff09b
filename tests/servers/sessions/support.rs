//! Sessions to store, and rivals.

use std::pin::Pin;
use std::sync::Arc;

use lucia::adapter::Renewal;
use lucia::{StoredSession, UnixMillis, UserId};
use tokio::sync::Barrier;

/// When the sessions of the tests begin. It is in the past, which is no matter to the store.
pub(crate) const BEGUN: i64 = 1_767_225_600_000;
pub(crate) const DAY: i64 = 86_400_000;

pub(crate) fn at(millis: i64) -> UnixMillis {
    UnixMillis::from_millis(millis)
}

pub(crate) fn user(id: &str) -> UserId {
    UserId::new(id).unwrap()
}

/// A session that begins at [`BEGUN`], is active for a day and idle for fourteen.
pub(crate) fn session(id: &str, user_id: &str) -> StoredSession {
    StoredSession {
        id: id.to_owned(),
        user_id: user(user_id),
        active_expires: at(BEGUN + DAY),
        idle_expires: at(BEGUN + 15 * DAY),
        created_at: Some(at(BEGUN)),
        absolute_expires: Some(at(BEGUN + 30 * DAY)),
        renewed_from: None,
    }
}

/// What comes beside a session when it is renewed two days after it began.
pub(crate) fn renewed(old: &StoredSession, id: &str) -> StoredSession {
    StoredSession {
        id: id.to_owned(),
        active_expires: at(BEGUN + 3 * DAY),
        idle_expires: at(BEGUN + 17 * DAY),
        created_at: None,
        renewed_from: Some(old.id.clone()),
        ..old.clone()
    }
}

pub(crate) fn renewal(old: &StoredSession, id: &str) -> Renewal {
    let now = BEGUN + 2 * DAY;
    Renewal { old: old.id.clone(), new: renewed(old, id), now: at(now), lost_before: at(now + DAY - 60_000) }
}

pub(crate) fn ids(sessions: &[StoredSession]) -> Vec<&str> {
    sessions.iter().map(|session| session.id.as_str()).collect()
}

pub(crate) type Operation<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The operations, all begun at once.
pub(crate) async fn at_once<T: Send + 'static>(operations: Vec<Operation<T>>) -> Vec<T> {
    let barrier = Arc::new(Barrier::new(operations.len()));
    let begin = |operation: Operation<T>| {
        let barrier = Arc::clone(&barrier);
        tokio::spawn(async move {
            barrier.wait().await;
            operation.await
        })
    };
    let tasks: Vec<_> = operations.into_iter().map(begin).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}
