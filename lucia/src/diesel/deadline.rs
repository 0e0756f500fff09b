//! An end to waiting for an answer, by one timer for all that wait.
//!
//! A timer for each call takes a lock and, when nobody else has one, a system call: a tenth of a validation. Here a call counts
//! itself in and looks at the clock once a second, when the timer goes round.

use std::future::{Future, poll_fn};
use std::mem;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::task::Poll;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::runtime::runtime;
use crate::Result;
use crate::error::Error;

/// How long an answer of the database may take, give or take a round.
const ANSWER: Duration = Duration::from_secs(15);

/// How long the timer takes to go round.
const ROUND: Duration = Duration::from_secs(1);

static TIMER: Timer = Timer { waiting: AtomicU32::new(0), round: Notify::const_new() };

/// Waits for an answer of the database; [unavailable](Error::is_unavailable) when there is none within fifteen seconds.
pub(super) async fn within<T>(answer: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = runtime()?;
    let _waiting = Waiting::begin(&runtime);
    let (mut answer, mut round) = (pin!(answer), pin!(TIMER.round.notified()));
    let start = Instant::now();
    poll_fn(|context| {
        if let Poll::Ready(answer) = answer.as_mut().poll(context) {
            return Poll::Ready(answer);
        }
        while round.as_mut().poll(context).is_ready() {
            if start.elapsed() >= ANSWER {
                return Poll::Ready(Err(Error::unavailable("the database has not answered for 15 seconds")));
            }
            // It stands still when the runtime that it ran on has ended.
            TIMER.run_on(&runtime);
            round.set(TIMER.round.notified());
        }
        Poll::Pending
    })
    .await
}

struct Timer {
    /// How many calls wait, and whether the timer runs.
    waiting: AtomicU32,
    round: Notify,
}

/// Set while the timer runs.
const RUNS: u32 = 1 << 31;

impl Timer {
    /// Lets it run, unless it does.
    fn run_on(&'static self, runtime: &Handle) {
        if self.waiting.fetch_or(RUNS, SeqCst) & RUNS == 0 {
            let running = Running(self);
            drop(runtime.spawn(running.go_round()));
        }
    }
}

/// A call that waits.
struct Waiting;

impl Waiting {
    fn begin(runtime: &Handle) -> Self {
        if TIMER.waiting.fetch_add(1, SeqCst) & RUNS == 0 {
            TIMER.run_on(runtime);
        }
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        TIMER.waiting.fetch_sub(1, SeqCst);
    }
}

/// The timer as it runs. When its runtime ends before the waiting does, those who wait let it run on theirs.
struct Running(&'static Timer);

impl Running {
    async fn go_round(self) {
        loop {
            tokio::time::sleep(ROUND).await;
            self.0.round.notify_waiters();
            // When nobody waits it stops, and the next who does lets it run again.
            if self.0.waiting.compare_exchange(RUNS, 0, SeqCst, SeqCst).is_ok() {
                return mem::forget(self);
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.waiting.fetch_and(!RUNS, SeqCst);
        self.0.round.notify_waiters();
    }
}
