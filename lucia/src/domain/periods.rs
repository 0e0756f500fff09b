//! How long sessions last.

use std::time::Duration;

use super::UnixMillis;
use crate::Result;
use crate::error::Error;

/// How long sessions last.
///
/// A session is *active* for the active period: it is used as it is. Then it is *idle* for the idle period: its next use
/// renews it, with new periods. After that it is *dead*. However often it is renewed, it ends with the absolute period,
/// counted from when somebody logged in.
///
/// The default is 24 hours active, 14 days idle and 30 days in all. Each period is 1 second to 400 days long.
///
/// ```
/// use lucia::Periods;
/// use std::time::Duration;
///
/// const HOUR: Duration = Duration::from_secs(3600);
///
/// let periods = Periods::default().active(HOUR)?.idle(8 * HOUR)?.absolute(None)?;
/// assert_eq!(periods, Periods::new(HOUR, 8 * HOUR, None)?);
/// assert!(periods.active(Duration::ZERO).unwrap_err().is_config());
/// # Ok::<(), lucia::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods {
    active: Duration,
    idle: Duration,
    absolute: Option<Duration>,
}

impl Periods {
    /// How long a session is active unless told otherwise: 24 hours.
    pub const DEFAULT_ACTIVE: Duration = Duration::from_secs(24 * 60 * 60);
    /// How long a session is idle after that unless told otherwise: 14 days.
    pub const DEFAULT_IDLE: Duration = Duration::from_secs(14 * 24 * 60 * 60);
    /// How long a session can be renewed unless told otherwise: 30 days.
    pub const DEFAULT_ABSOLUTE: Duration = Duration::from_secs(30 * 24 * 60 * 60);
    /// The shortest that a period can be: 1 second.
    pub const MIN: Duration = Duration::from_secs(1);
    /// The longest that a period can be: 400 days, the longest that a browser keeps a cookie.
    pub const MAX: Duration = Duration::from_secs(400 * 24 * 60 * 60);

    /// Periods of these lengths: active, idle counted from the end of active, and absolute counted from the log-in, or
    /// `None` for sessions that can be renewed for ever.
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) unless each is 1 second to 400 days long.
    pub fn new(active: Duration, idle: Duration, absolute: Option<Duration>) -> Result<Self> {
        Self::default().active(active)?.idle(idle)?.absolute(absolute)
    }

    /// For what must not be left unattended: a session ends after 25 to 30 minutes without a request (5 minutes
    /// active, 25 idle), and after 12 hours whatever happens.
    #[must_use]
    pub const fn strict() -> Self {
        Self {
            active: Duration::from_secs(5 * 60),
            idle: Duration::from_secs(25 * 60),
            absolute: Some(Duration::from_secs(12 * 60 * 60)),
        }
    }

    /// The same with another active period.
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) unless it is 1 second to 400 days long.
    pub fn active(self, active: Duration) -> Result<Self> {
        Ok(Self { active: checked("active", active)?, ..self })
    }

    /// The same with another idle period, counted from the end of the active one.
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) unless it is 1 second to 400 days long.
    pub fn idle(self, idle: Duration) -> Result<Self> {
        Ok(Self { idle: checked("idle", idle)?, ..self })
    }

    /// The same with another absolute period, counted from the log-in; `None` turns it off for sessions that begin from
    /// now on.
    ///
    /// # Errors
    /// [`is_config`](Error::is_config) unless it is 1 second to 400 days long.
    pub fn absolute(self, absolute: Option<Duration>) -> Result<Self> {
        Ok(Self { absolute: absolute.map(|period| checked("absolute", period)).transpose()?, ..self })
    }

    /// When a session that begins now is over.
    pub(crate) fn start(&self, now: UnixMillis) -> Expiries {
        self.renew(now, None)
    }

    /// When a session that is renewed now is over. Its absolute end stays where it is. One that has none, because it
    /// began under Lucia v1 or while the period was off, gets one now, lest it live for ever.
    pub(crate) fn renew(&self, now: UnixMillis, absolute_expires: Option<UnixMillis>) -> Expiries {
        let absolute_expires =
            absolute_expires.or_else(|| self.absolute.map(|period| now.saturating_add(period)));
        let active_expires = now.saturating_add(self.active);
        let idle_expires = active_expires.saturating_add(self.idle);
        Expiries {
            active_expires,
            // Clamping this one is enough: past it a session is dead whatever `active_expires` says.
            idle_expires: absolute_expires.map_or(idle_expires, |end| end.min(idle_expires)),
            absolute_expires,
        }
    }
}

impl Default for Periods {
    fn default() -> Self {
        Self {
            active: Self::DEFAULT_ACTIVE,
            idle: Self::DEFAULT_IDLE,
            absolute: Some(Self::DEFAULT_ABSOLUTE),
        }
    }
}

fn checked(name: &str, period: Duration) -> Result<Duration> {
    if (Periods::MIN..=Periods::MAX).contains(&period) {
        return Ok(period);
    }
    Err(Error::config(format!("the {name} period of a session is 1 second to 400 days long, not {period:?}")))
}

/// When a session is over, as its row says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_field_names, reason = "the names of the columns")]
pub(crate) struct Expiries {
    pub(crate) active_expires: UnixMillis,
    pub(crate) idle_expires: UnixMillis,
    pub(crate) absolute_expires: Option<UnixMillis>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const T: UnixMillis = UnixMillis::from_millis(1_700_000_000_000);
    const MINUTE: Duration = Duration::from_secs(60);
    const HOUR: Duration = Duration::from_secs(60 * 60);
    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    fn after(duration: Duration) -> UnixMillis {
        T.saturating_add(duration)
    }

    #[test]
    fn by_default_24_hours_active_then_14_days_idle_and_30_days_in_all() {
        let expiries = Periods::default().start(T);
        assert_eq!(expiries.active_expires.as_millis(), T.as_millis() + 86_400_000);
        assert_eq!(expiries.idle_expires.as_millis(), T.as_millis() + 86_400_000 + 1_209_600_000);
        assert_eq!(expiries.absolute_expires, Some(after(30 * DAY)));
    }

    #[test]
    fn idle_is_counted_from_the_end_of_active() {
        let expiries = Periods::new(HOUR, MINUTE, None).unwrap().start(T);
        assert_eq!(expiries.idle_expires, after(HOUR + MINUTE));
        assert_eq!(expiries.absolute_expires, None);
    }

    #[test]
    fn only_idle_is_clamped_to_the_absolute_end() {
        let expiries = Periods::new(DAY, DAY, Some(HOUR)).unwrap().start(T);
        assert_eq!(
            expiries,
            Expiries {
                active_expires: after(DAY),
                idle_expires: after(HOUR),
                absolute_expires: Some(after(HOUR)),
            }
        );
    }

    #[test]
    fn the_absolute_end_is_carried_through_renewals() {
        let periods = Periods::default();
        let end = periods.start(T).absolute_expires;
        assert_eq!(periods.renew(after(20 * DAY), end).absolute_expires, end);
        assert_eq!(periods.renew(after(20 * DAY), end).idle_expires, after(30 * DAY));
        assert_eq!(periods.absolute(None).unwrap().renew(T, end).absolute_expires, end);
    }

    #[test]
    fn a_session_without_an_absolute_end_gets_one_when_renewed_unless_it_is_off() {
        assert_eq!(Periods::default().renew(T, None).absolute_expires, Some(after(30 * DAY)));
        assert_eq!(Periods::default().absolute(None).unwrap().renew(T, None).absolute_expires, None);
    }

    #[test]
    fn strict_ends_within_30_minutes_and_12_hours() {
        let expiries = Periods::strict().start(T);
        assert_eq!(expiries.idle_expires, after(30 * MINUTE));
        assert_eq!(expiries.absolute_expires, Some(after(12 * HOUR)));
    }

    #[test]
    fn a_period_is_1_second_to_400_days() {
        let just_too_short = Periods::MIN.checked_sub(Duration::from_nanos(1)).unwrap();
        for bad in [Duration::ZERO, just_too_short, Periods::MAX + Duration::from_nanos(1), Duration::MAX] {
            let periods = Periods::default();
            assert!(periods.active(bad).unwrap_err().is_config());
            assert!(periods.idle(bad).unwrap_err().is_config());
            assert!(periods.absolute(Some(bad)).unwrap_err().is_config());
        }
        for good in [Periods::MIN, Periods::MAX] {
            assert!(Periods::new(good, good, Some(good)).is_ok());
        }
    }

    proptest! {
        #[test]
        fn no_clock_makes_it_overflow_and_no_session_outlives_its_absolute_end(
            now in any::<i64>(),
            carried in proptest::option::of(any::<i64>()),
        ) {
            let now = UnixMillis::from_millis(now);
            let expiries = Periods::default().renew(now, carried.map(UnixMillis::from_millis));
            prop_assert!(expiries.active_expires >= now);
            prop_assert!(expiries.idle_expires <= expiries.absolute_expires.unwrap());
        }
    }
}
