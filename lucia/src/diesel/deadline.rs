//! An end to waiting for an answer, by one timer for all that wait.
//!
//! A timer of the runtime for each call takes a lock and, when nobody else has one, a system call: a tenth of a validation. Here a call
//! counts itself in, and looks at the clock once a second, when the timer goes round. It is a thread, which stops when nobody waits.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::task::Poll;
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::Notify;

use crate::Result;
use crate::error::Error;

/// How long an answer of the database may take, give or take a round.
const ANSWER: Duration = Duration::from_secs(15);

/// How long the timer takes to go round.
const ROUND: Duration = Duration::from_secs(1);

static TIMER: Timer = Timer { waiting: AtomicU32::new(0), round: Notify::const_new() };

/// Waits for an answer of the database; [unavailable](Error::is_unavailable) when there is none within fifteen seconds.
///
/// It takes what is pinned already: what is handed from one `async fn` to the next has room in each of them, and moves.
pub(super) async fn within<T>(answer: Pin<&mut impl Future<Output = Result<T>>>) -> Result<T> {
    wait(ANSWER, answer).await
}

async fn wait<T>(patience: Duration, mut answer: Pin<&mut impl Future<Output = Result<T>>>) -> Result<T> {
    let _waiting = Waiting::begin();
    let mut round = pin!(TIMER.round.notified());
    let start = Instant::now();
    poll_fn(|context| {
        if let Poll::Ready(answer) = answer.as_mut().poll(context) {
            return Poll::Ready(answer);
        }
        while round.as_mut().poll(context).is_ready() {
            if start.elapsed() >= patience {
                let message = format!("the database has not answered for {} seconds", patience.as_secs());
                return Poll::Ready(Err(Error::unavailable(message)));
            }
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
    /// Lets it run, unless somebody else did just now.
    fn run(&'static self) {
        if self.waiting.fetch_or(RUNS, SeqCst) & RUNS != 0 {
            return;
        }
        let timer = thread::Builder::new().name("lucia-timer".to_owned());
        if timer.spawn(|| self.go_round()).is_err() {
            // There is no thread left on this machine; the next call tries again.
            self.waiting.fetch_and(!RUNS, SeqCst);
        }
    }

    /// Until nobody waits: whoever waits next lets it run again.
    fn go_round(&self) {
        loop {
            thread::sleep(ROUND);
            self.round.notify_waiters();
            if self.waiting.compare_exchange(RUNS, 0, SeqCst, SeqCst).is_ok() {
                return;
            }
        }
    }
}

/// A call that waits.
struct Waiting;

impl Waiting {
    fn begin() -> Self {
        if TIMER.waiting.fetch_add(1, SeqCst) & RUNS == 0 {
            TIMER.run();
        }
        Self
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        TIMER.waiting.fetch_sub(1, SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use std::future::pending;

    use tokio::runtime::Builder;

    use super::*;

    fn block_on<T>(answer: impl Future<Output = T>) -> T {
        Builder::new_current_thread().build().unwrap().block_on(answer)
    }

    #[test]
    fn what_is_there_is_answered_at_once() {
        assert_eq!(block_on(wait(Duration::ZERO, pin!(async { Ok(1) }))).unwrap(), 1);
    }

    #[test]
    fn waiting_in_vain_ends_in_a_round_or_two() {
        let start = Instant::now();
        let waiting = async || wait(Duration::from_millis(1_100), pin!(pending::<Result<()>>())).await;
        let (one, other) = block_on(async { tokio::join!(waiting(), waiting()) });
        assert!(one.unwrap_err().is_unavailable() && other.unwrap_err().is_unavailable());
        assert!(start.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn the_timer_runs_again_for_whoever_waits_after_it_has_stopped() {
        for _ in 0..3 {
            block_on(wait(Duration::ZERO, pin!(pending::<Result<()>>()))).unwrap_err();
            thread::sleep(ROUND * 3 / 2);
        }
    }
}
