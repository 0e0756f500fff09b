//! Instants as the tables keep them, and the clock that the operations ask.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ::cookie::time::OffsetDateTime;

/// An instant: milliseconds since 1970-01-01 00:00:00 UTC, as the tables keep it.
///
/// There is no way to mix it up with a duration or with seconds: a bare integer has to be named
/// [`from_millis`](Self::from_millis). `Display` writes it in RFC 3339, in UTC.
///
/// An instant equal to an expiry still counts as before it, everywhere in this library.
///
/// ```
/// use lucia::UnixMillis;
/// use std::time::Duration;
///
/// let issued = UnixMillis::from_millis(1_700_000_000_000);
/// let expires = issued.saturating_add(Duration::from_secs(60));
/// assert_eq!(expires.as_millis(), 1_700_000_060_000);
/// assert_eq!(expires.to_string(), "2023-11-14T22:14:20.000Z");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(i64);

impl UnixMillis {
    /// 1970-01-01 00:00:00 UTC.
    pub const EPOCH: Self = Self(0);

    /// The last millisecond of the year 9999, which is also the last one that a cookie can name.
    pub(crate) const END_OF_YEAR_9999: Self = Self(253_402_300_799_999);

    /// The instant so many milliseconds after 1970-01-01 00:00:00 UTC, or before it when negative.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01 00:00:00 UTC.
    #[must_use]
    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// The instant that much later, in whole milliseconds; `None` when no `i64` can hold it.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Self> {
        self.0.checked_add(whole_millis(duration)?).map(Self)
    }

    /// The instant that much later, in whole milliseconds; the largest there is when no `i64` can hold it.
    #[must_use]
    pub fn saturating_add(self, duration: Duration) -> Self {
        self.checked_add(duration).unwrap_or(Self(i64::MAX))
    }

    /// The time from `earlier` to this instant; zero when `earlier` is in fact later.
    #[must_use]
    pub fn saturating_since(self, earlier: Self) -> Duration {
        let is_later = self.0 > earlier.0;
        Duration::from_millis(if is_later { self.0.abs_diff(earlier.0) } else { 0 })
    }

    /// The same instant for the standard library; `None` when the platform's clock cannot hold it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_millis(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }

    /// The same instant for chrono; `None` outside the years it knows (about 262,000 both ways).
    #[cfg(feature = "chrono")]
    #[must_use]
    pub fn to_datetime(self) -> Option<chrono::DateTime<chrono::Utc>> {
        chrono::DateTime::from_timestamp_millis(self.0)
    }

    /// The same instant as the cookie crate wants it; `None` outside the years -9999 to 9999.
    pub(crate) fn to_offset_date_time(self) -> Option<OffsetDateTime> {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0).checked_mul(1_000_000)?).ok()
    }
}

fn whole_millis(duration: Duration) -> Option<i64> {
    i64::try_from(duration.as_millis()).ok()
}

impl fmt::Display for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_offset_date_time() {
            Some(t) if (0..=9999).contains(&t.year()) => write!(
                f,
                "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
                t.year(),
                u8::from(t.month()),
                t.day(),
                t.hour(),
                t.minute(),
                t.second(),
                t.millisecond()
            ),
            // RFC 3339 has no year beyond these.
            _ => write!(f, "{} ms since 1970", self.0),
        }
    }
}

/// Fractions of a millisecond are cut off; a time that no `i64` can hold becomes the nearest that it can.
impl From<SystemTime> for UnixMillis {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(whole_millis(after).unwrap_or(i64::MAX)),
            Err(before) => Self(whole_millis(before.duration()).map_or(i64::MIN, i64::saturating_neg)),
        }
    }
}

/// Fractions of a millisecond are cut off.
#[cfg(feature = "chrono")]
impl From<chrono::DateTime<chrono::Utc>> for UnixMillis {
    fn from(time: chrono::DateTime<chrono::Utc>) -> Self {
        Self(time.timestamp_millis())
    }
}

/// What time it is. Everything in this library that depends on the time asks one of these.
///
/// [`SystemClock`] is the one to use; another one is for tests that move the time.
///
/// ```
/// use lucia::{Clock, UnixMillis};
/// use std::sync::Arc;
/// use std::sync::atomic::{AtomicI64, Ordering};
///
/// struct HandMoved(AtomicI64);
///
/// impl Clock for HandMoved {
///     fn now(&self) -> UnixMillis {
///         UnixMillis::from_millis(self.0.load(Ordering::SeqCst))
///     }
/// }
///
/// let clock = Arc::new(HandMoved(AtomicI64::new(1_000)));
/// clock.0.store(2_000, Ordering::SeqCst);
/// assert_eq!(clock.now(), UnixMillis::from_millis(2_000));
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The present instant.
    fn now(&self) -> UnixMillis;
}

impl<C: Clock + ?Sized> Clock for Arc<C> {
    fn now(&self) -> UnixMillis {
        C::now(self)
    }
}

/// The wall clock of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> UnixMillis {
        UnixMillis::from(SystemTime::now())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const EXTREMES: [i64; 7] = [i64::MIN, i64::MIN + 1, -1, 0, 1, i64::MAX - 1, i64::MAX];

    #[test]
    fn adding_never_wraps() {
        for millis in EXTREMES {
            let instant = UnixMillis::from_millis(millis);
            assert!(instant.saturating_add(Duration::MAX) >= instant);
            assert_eq!(instant.checked_add(Duration::MAX), None);
            assert_eq!(instant.saturating_add(Duration::ZERO), instant);
        }
        assert_eq!(UnixMillis(i64::MAX).checked_add(Duration::from_millis(1)), None);
    }

    #[test]
    fn fractions_of_a_millisecond_do_not_add_one() {
        assert_eq!(UnixMillis(5).saturating_add(Duration::from_nanos(999_999)), UnixMillis(5));
    }

    #[test]
    fn extremes_are_displayed_and_converted_without_a_panic() {
        for millis in EXTREMES {
            let instant = UnixMillis(millis);
            assert!(!instant.to_string().is_empty());
            if let Some(time) = instant.to_system_time() {
                assert_eq!(UnixMillis::from(time), instant);
            }
            let _ = instant.to_offset_date_time();
            assert!(instant.saturating_since(UnixMillis(i64::MIN)) >= Duration::ZERO);
            assert_eq!(instant.saturating_since(UnixMillis(i64::MAX)), Duration::ZERO);
        }
    }

    #[test]
    fn display_is_rfc_3339_within_its_years() {
        assert_eq!(UnixMillis(0).to_string(), "1970-01-01T00:00:00.000Z");
        assert_eq!(UnixMillis(951_782_400_007).to_string(), "2000-02-29T00:00:00.007Z");
        assert_eq!(UnixMillis::END_OF_YEAR_9999.to_string(), "9999-12-31T23:59:59.999Z");
        assert_eq!(UnixMillis(253_402_300_800_000).to_string(), "253402300800000 ms since 1970");
    }

    #[test]
    fn a_shared_clock_is_a_clock() {
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        assert!(clock.now() > UnixMillis(1_700_000_000_000));
    }

    #[cfg(feature = "chrono")]
    #[test]
    fn chrono_and_back() {
        for millis in [-1, 0, 1_700_000_000_123] {
            assert_eq!(UnixMillis(millis).to_datetime().map(UnixMillis::from), Some(UnixMillis(millis)));
        }
        assert_eq!(UnixMillis(i64::MAX).to_datetime(), None);
    }

    proptest! {
        #[test]
        fn later_is_later(start in any::<i64>(), millis in 0..=i64::MAX.unsigned_abs()) {
            let start = UnixMillis(start);
            let end = start.saturating_add(Duration::from_millis(millis));
            prop_assert!(end >= start);
            prop_assert!(end.saturating_since(start) <= Duration::from_millis(millis));
        }
    }
}
