//! Hashing within bounds: so many at once, never on an async worker, and the same work whether or not there is a hash.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::super::password::Normalized;
use super::super::random::random_bytes;
use super::super::{Password, Random};
use super::{HasherError, PasswordHash, PasswordHasher, Verification};
use crate::Result;
use crate::error::{Error, InputRule, Kind};

/// How many hashes may wait for each one that runs.
const QUEUE_PER_PERMIT: usize = 64;

/// Where a hash is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Where {
    /// At once, on the calling thread, with no bound: for a caller who is blocking anyway. The future is ready at its first
    /// poll.
    Inline,
    /// On Tokio's pool of blocking threads, as many at once as there are cores.
    BlockingPool,
}

/// Hashes and verifies passwords with one [`PasswordHasher`].
#[derive(Clone)]
pub(crate) struct Passwords {
    worker: Arc<Worker>,
    /// Held while a hash runs.
    running: Arc<Semaphore>,
    /// Held while a hash waits for the other.
    waiting: Arc<Semaphore>,
}

impl Passwords {
    /// Makes the hash that stands in for one that is not there, and proves that the hasher can read what it writes: two
    /// hashes of work on the calling thread.
    ///
    /// # Errors
    /// The hasher's own, those of `random`, and `is_config` when the hasher does not verify its own hash.
    pub(crate) fn new(
        hasher: Arc<dyn PasswordHasher>,
        random: Arc<dyn Random>,
        at_once: Option<usize>,
    ) -> Result<Self> {
        let cores = || available_parallelism().map_or(1, NonZeroUsize::get);
        let at_once = at_once.unwrap_or_else(cores);
        Self::with_limits(hasher, random, at_once, at_once.saturating_mul(QUEUE_PER_PERMIT))
    }

    fn with_limits(
        hasher: Arc<dyn PasswordHasher>,
        random: Arc<dyn Random>,
        at_once: usize,
        waiting: usize,
    ) -> Result<Self> {
        let semaphore = |permits: usize| Arc::new(Semaphore::new(permits.clamp(1, Semaphore::MAX_PERMITS)));
        Ok(Self {
            worker: Arc::new(Worker::new(hasher, random)?),
            running: semaphore(at_once),
            waiting: semaphore(waiting),
        })
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// `is_invalid_input` about `"password"`, without any work; `is_overloaded`; the hasher's own.
    pub(crate) async fn hash(
        &self,
        password: &Password,
        min_characters: u32,
        place: Where,
    ) -> Result<PasswordHash> {
        let password = password.to_be_set(min_characters)?;
        self.run(place, move |worker| worker.hash(&password)).await
    }

    /// A new hash of a password that has just been found right.
    ///
    /// # Errors
    /// `is_overloaded`; the hasher's own.
    pub(crate) async fn rehash(&self, password: &Password, place: Where) -> Result<PasswordHash> {
        let Some(password) = password.to_be_checked() else {
            return Err(Error::input("password", InputRule::NotEmpty));
        };
        self.run(place, move |worker| worker.hash(&password)).await
    }

    /// Whether it is the password of this hash, `None` being a key that does not exist or has no password.
    ///
    /// Every answer but one takes one hash of work, so that how long it took does not tell whether there was a hash. The
    /// exception depends on nothing but the password: one that is empty or too long is wrong at once. Never
    /// [`Verification::Foreign`].
    ///
    /// # Errors
    /// `is_overloaded`; the hasher's own.
    pub(crate) async fn verify(
        &self,
        password: &Password,
        stored: Option<&PasswordHash>,
        place: Where,
    ) -> Result<Verification> {
        let Some(password) = password.to_be_checked() else { return Ok(Verification::Wrong) };
        let stored = stored.map(|hash| PasswordHash::new(hash.expose()));
        self.run(place, move |worker| worker.verify(&password, stored.as_ref())).await
    }

    async fn run<T: Send + 'static>(
        &self,
        place: Where,
        work: impl FnOnce(&Worker) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        match place {
            Where::Inline => work(&self.worker),
            Where::BlockingPool => {
                let permit = self.permit().await?;
                let worker = Arc::clone(&self.worker);
                // The permit goes with the work: when the caller gives up, the hash still runs to its end, and the next
                // one may begin only then.
                let task = move || {
                    let _permit = permit;
                    work(&worker)
                };
                blocking(task).await
            }
        }
    }

    async fn permit(&self) -> Result<OwnedSemaphorePermit> {
        let overloaded = |_| Error::new(Kind::Overloaded);
        let _place_in_the_queue = Arc::clone(&self.waiting).try_acquire_owned().map_err(overloaded)?;
        // A semaphore that nobody closes.
        Arc::clone(&self.running).acquire_owned().await.map_err(|_| Error::new(Kind::Overloaded))
    }
}

/// `spawn_blocking` would panic outside a Tokio runtime.
async fn blocking<T: Send + 'static>(task: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let runtime = Handle::try_current().map_err(|error| {
        let message =
            "password hashing needs a Tokio runtime; call it within one, or on a borrowed connection";
        Error::new(Kind::Config(message.to_owned(), Some(Box::new(error))))
    })?;
    // A hasher that panicked, or a runtime that is going down.
    runtime.spawn_blocking(task).await.map_err(|error| Error::new(Kind::Hashing(Some(Box::new(error)))))?
}

/// What runs on whichever thread it is given.
struct Worker {
    hasher: Arc<dyn PasswordHasher>,
    random: Arc<dyn Random>,
    dummy: PasswordHash,
}

impl Worker {
    fn new(hasher: Arc<dyn PasswordHasher>, random: Arc<dyn Random>) -> Result<Self> {
        // Nobody's password, so that nothing ever matches. Made by the hasher itself: a text that only looks like a hash
        // would be refused at once and take no time.
        let nobodys = data_encoding::HEXLOWER.encode(&random_bytes::<32>(&random)?);
        let dummy = hasher.hash(&nobodys, &random).map_err(failed)?;
        match hasher.verify(&nobodys, &dummy).map_err(failed)? {
            Verification::Right => Ok(Self { hasher, random, dummy }),
            _ => {
                Err(Error::config("the password hasher does not verify its own hash as right and up to date"))
            }
        }
    }

    fn hash(&self, password: &Normalized) -> Result<PasswordHash> {
        self.hasher.hash(password.as_str(), &self.random).map_err(failed)
    }

    fn verify(&self, password: &Normalized, stored: Option<&PasswordHash>) -> Result<Verification> {
        if let Some(stored) = stored {
            let verification = self.hasher.verify(password.as_str(), stored).map_err(failed)?;
            if verification != Verification::Foreign {
                return Ok(verification);
            }
            tracing::warn!("a stored password hash cannot be read; its password counts as wrong");
        }
        let _never_right = self.hasher.verify(password.as_str(), &self.dummy).map_err(failed)?;
        Ok(Verification::Wrong)
    }
}

/// An error of ours that came through the hasher stays what it is.
fn failed(error: HasherError) -> Error {
    match error.downcast::<Error>() {
        Ok(ours) => *ours,
        Err(theirs) => Error::new(Kind::Hashing(Some(theirs))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::testing::{NoRandom, SeededRandom};
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::{Condvar, Mutex};
    use std::task::{Context, Poll, Waker};
    use std::time::Duration;

    /// Hashes a password as `new:` and itself, counts what it does, and can be held.
    #[derive(Default)]
    struct Counting {
        hashed: AtomicUsize,
        verified: AtomicUsize,
        running: AtomicUsize,
        most_at_once: AtomicUsize,
        held: Mutex<bool>,
        released: Condvar,
    }

    impl Counting {
        fn work(&self, counter: &AtomicUsize) {
            counter.fetch_add(1, SeqCst);
            let running = self.running.fetch_add(1, SeqCst) + 1;
            self.most_at_once.fetch_max(running, SeqCst);
            let held = self.held.lock().unwrap();
            drop(self.released.wait_while(held, |held| *held).unwrap());
            self.running.fetch_sub(1, SeqCst);
        }

        fn hold(&self, held: bool) {
            *self.held.lock().unwrap() = held;
            self.released.notify_all();
        }

        fn work_done(&self) -> usize {
            self.hashed.load(SeqCst) + self.verified.load(SeqCst)
        }
    }

    impl PasswordHasher for Counting {
        fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError> {
            random.fill(&mut [0; 16])?;
            self.work(&self.hashed);
            assert!(!password.contains("panic"), "asked for");
            Ok(PasswordHash::new(format!("new:{password}")))
        }

        fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
            let Some((age, right)) = stored.expose().split_once(':') else {
                return Ok(Verification::Foreign);
            };
            self.work(&self.verified);
            Ok(match (right == password, age) {
                (true, "new") => Verification::Right,
                (true, _) => Verification::RightButOutdated,
                (false, "broken") => return Err("no memory".into()),
                (false, _) => Verification::Wrong,
            })
        }
    }

    fn service(at_once: usize, waiting: usize) -> (Passwords, Arc<Counting>) {
        let hasher = Arc::new(Counting::default());
        let random = Arc::new(SeededRandom::new(5));
        let passwords = Passwords::with_limits(hasher.clone(), random, at_once, waiting).unwrap();
        hasher.hashed.store(0, SeqCst);
        hasher.verified.store(0, SeqCst);
        (passwords, hasher)
    }

    fn at_first_poll<T>(future: impl Future<Output = T>) -> Option<T> {
        match std::pin::pin!(future).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => Some(value),
            Poll::Pending => None,
        }
    }

    fn verify_inline(passwords: &Passwords, password: &str, stored: Option<&str>) -> Result<Verification> {
        let stored = stored.map(PasswordHash::new);
        at_first_poll(passwords.verify(&Password::from(password), stored.as_ref(), Where::Inline)).unwrap()
    }

    async fn hash(passwords: &Passwords, password: &str, place: Where) -> Result<PasswordHash> {
        passwords.hash(&Password::from(password), Password::MIN_CHARACTERS, place).await
    }

    async fn until(condition: impl Fn() -> bool) {
        while !condition() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    #[test]
    fn every_failing_path_takes_exactly_one_hash_of_work() {
        let long = "x".repeat(257);
        for (what, password, stored, expected, work) in [
            ("right", "password", Some("new:password"), Verification::Right, 1),
            ("outdated", "password", Some("old:password"), Verification::RightButOutdated, 1),
            ("wrong", "passwort", Some("new:password"), Verification::Wrong, 1),
            ("wrong and outdated", "passwort", Some("old:password"), Verification::Wrong, 1),
            ("no key or no password", "password", None, Verification::Wrong, 1),
            ("damaged hash", "password", Some("damaged"), Verification::Wrong, 1),
            ("empty hash", "password", Some(""), Verification::Wrong, 1),
            ("too long", long.as_str(), Some("new:password"), Verification::Wrong, 0),
            ("too long and no key", long.as_str(), None, Verification::Wrong, 0),
            ("empty", "", Some("new:"), Verification::Wrong, 0),
        ] {
            let (passwords, hasher) = service(1, 1);
            assert_eq!(verify_inline(&passwords, password, stored).unwrap(), expected, "{what}");
            assert_eq!((hasher.hashed.load(SeqCst), hasher.verified.load(SeqCst)), (0, work), "{what}");
        }
    }

    #[test]
    fn setting_and_checking_go_through_one_normalisation() {
        let (passwords, _) = service(1, 1);
        let hash = at_first_poll(hash(&passwords, "e\u{301}tudiante", Where::Inline)).unwrap().unwrap();
        for typed in ["e\u{301}tudiante", "\u{e9}tudiante"] {
            assert_eq!(verify_inline(&passwords, typed, Some(hash.expose())).unwrap(), Verification::Right);
        }
    }

    #[test]
    fn a_password_that_cannot_be_set_takes_no_work() {
        let (passwords, hasher) = service(1, 1);
        for bad in [String::new(), "short".to_owned(), "x".repeat(1 << 20)] {
            let error = at_first_poll(hash(&passwords, &bad, Where::Inline)).unwrap().unwrap_err();
            assert_eq!(error.invalid_input(), Some("password"));
        }
        assert_eq!(hasher.work_done(), 0);
    }

    #[test]
    fn a_code_may_be_shorter_than_a_password_and_what_was_right_is_hashed_again_whatever_its_length() {
        let (passwords, _) = service(1, 1);
        let [six, five] = ["123456", "12345"].map(Password::from);
        let set = |password, least| at_first_poll(passwords.hash(password, least, Where::Inline)).unwrap();
        assert!(set(&six, Password::MIN_CHARACTERS).is_err());
        assert!(set(&six, Password::MIN_CODE_CHARACTERS).is_ok());
        assert!(set(&five, Password::MIN_CODE_CHARACTERS).is_err());
        assert!(at_first_poll(passwords.rehash(&five, Where::Inline)).unwrap().is_ok());
    }

    #[test]
    fn an_error_of_the_hasher_is_not_a_wrong_password() {
        let (passwords, _) = service(1, 1);
        let error = verify_inline(&passwords, "password", Some("broken:x")).unwrap_err();
        assert!(matches!(error.kind(), Kind::Hashing(Some(_))));
    }

    #[test]
    fn a_hasher_that_cannot_read_what_it_writes_is_refused() {
        struct Confused;
        impl PasswordHasher for Confused {
            fn hash(&self, _: &str, _: &dyn Random) -> Result<PasswordHash, HasherError> {
                Ok(PasswordHash::new("?"))
            }
            fn verify(&self, _: &str, _: &PasswordHash) -> Result<Verification, HasherError> {
                Ok(Verification::Foreign)
            }
        }
        let made = Passwords::new(Arc::new(Confused), Arc::new(SeededRandom::new(6)), None);
        assert!(made.err().unwrap().is_config());
    }

    /// Without random bytes when it hashes.
    struct Salted;
    impl PasswordHasher for Salted {
        fn hash(&self, _: &str, _: &dyn Random) -> Result<PasswordHash, HasherError> {
            Ok(NoRandom.fill(&mut []).map(|()| PasswordHash::new(""))?)
        }
        fn verify(&self, _: &str, _: &PasswordHash) -> Result<Verification, HasherError> {
            Ok(Verification::Right)
        }
    }

    #[test]
    fn no_random_bytes_no_service_and_the_error_stays_what_it_is() {
        let made = Passwords::new(Arc::new(Counting::default()), Arc::new(NoRandom), None);
        assert!(matches!(made.err().unwrap().kind(), Kind::Random(_)));
        let made = Passwords::new(Arc::new(Salted), Arc::new(SeededRandom::new(7)), None);
        assert!(matches!(made.err().unwrap().kind(), Kind::Random(_)));
    }

    #[test]
    fn inline_is_done_at_the_first_poll_though_every_permit_is_taken() {
        let (passwords, _) = service(1, 1);
        let _taken = passwords.running.try_acquire().unwrap();
        let _full = passwords.waiting.try_acquire().unwrap();
        assert_eq!(verify_inline(&passwords, "password", None).unwrap(), Verification::Wrong);
    }

    #[test]
    fn outside_a_runtime_the_blocking_pool_is_an_error_and_no_panic() {
        let (passwords, _) = service(1, 1);
        let outcome = at_first_poll(hash(&passwords, "password", Where::BlockingPool)).unwrap();
        assert!(outcome.unwrap_err().is_config());
        assert_eq!(passwords.running.available_permits(), 1);
    }

    #[tokio::test]
    async fn no_more_run_at_once_than_there_are_permits_and_the_worker_stays_free() {
        let (passwords, hasher) = service(2, 64);
        hasher.hold(true);
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let passwords = passwords.clone();
                tokio::spawn(async move { hash(&passwords, "password", Where::BlockingPool).await })
            })
            .collect();
        // On a current-thread runtime this would never return if a hash ran on it.
        until(|| hasher.running.load(SeqCst) == 2).await;
        tokio::time::sleep(Duration::from_millis(20)).await;
        hasher.hold(false);
        for task in tasks {
            task.await.unwrap().unwrap();
        }
        assert_eq!((hasher.hashed.load(SeqCst), hasher.most_at_once.load(SeqCst)), (20, 2));
    }

    #[tokio::test]
    async fn a_full_queue_is_overloaded_at_once_and_recovers() {
        let (passwords, hasher) = service(1, 3);
        hasher.hold(true);
        let spawn = || {
            let passwords = passwords.clone();
            tokio::spawn(async move { hash(&passwords, "password", Where::BlockingPool).await })
        };
        let first = spawn();
        until(|| hasher.running.load(SeqCst) == 1).await;
        let waiting: Vec<_> = (0..3).map(|_| spawn()).collect();
        until(|| passwords.waiting.available_permits() == 0).await;
        for _ in 0..5 {
            let refused = passwords.verify(&"password".into(), None, Where::BlockingPool).await;
            assert!(refused.unwrap_err().is_overloaded());
        }
        hasher.hold(false);
        for task in waiting.into_iter().chain([first]) {
            task.await.unwrap().unwrap();
        }
        assert!(hash(&passwords, "password", Where::BlockingPool).await.is_ok());
    }

    #[tokio::test]
    async fn a_caller_who_gives_up_neither_leaks_a_permit_nor_lets_more_run() {
        let (passwords, hasher) = service(2, 8);
        hasher.hold(true);
        for _ in 0..2 {
            let hash = hash(&passwords, "password", Where::BlockingPool);
            // Polled until its work has begun or it waits, then dropped.
            let _ = tokio::time::timeout(Duration::from_millis(20), hash).await;
        }
        until(|| hasher.running.load(SeqCst) == 2).await;
        for _ in 0..20 {
            let hash = hash(&passwords, "password", Where::BlockingPool);
            assert!(tokio::time::timeout(Duration::from_millis(1), hash).await.is_err());
        }
        assert_eq!(passwords.waiting.available_permits(), 8);
        hasher.hold(false);
        until(|| passwords.running.available_permits() == 2).await;
        assert_eq!((hasher.hashed.load(SeqCst), hasher.most_at_once.load(SeqCst)), (2, 2));
    }

    #[tokio::test]
    async fn a_hasher_that_panics_is_an_error_and_gives_its_permit_back() {
        let (passwords, _) = service(1, 1);
        for _ in 0..3 {
            let outcome = hash(&passwords, "please panic", Where::BlockingPool).await;
            assert!(matches!(outcome.unwrap_err().kind(), Kind::Hashing(Some(_))));
        }
        assert!(hash(&passwords, "password", Where::BlockingPool).await.is_ok());
    }
}
