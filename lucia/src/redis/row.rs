//! A session as the text of a hash field.
//!
//! `KEPT ACTIVE IDLE CREATED ABSOLUTE`, and then ` OLD` when it was renewed from the session `OLD`. The first is the
//! server's own time until which the field is kept, since a field has no expiry of its own; the others are the columns of the
//! session table, in milliseconds since 1970, with `-` for one that is not there. The scripts read and write it too.

use super::failure::Unreadable;
use crate::{Periods, StoredSession, UnixMillis, UserId};

/// How much longer than it is good for a session is kept, in milliseconds: the clocks of the app and of Redis differ.
const MARGIN: i64 = 60 * 60 * 1_000;

/// All but the time until which it is kept.
pub(super) fn write(session: &StoredSession) -> String {
    let optional =
        |at: Option<UnixMillis>| at.map_or_else(|| "-".to_owned(), |at| at.as_millis().to_string());
    let mut text = format!(
        "{} {} {} {}",
        session.active_expires.as_millis(),
        session.idle_expires.as_millis(),
        optional(session.created_at),
        optional(session.absolute_expires)
    );
    if let Some(old) = &session.renewed_from {
        text.push(' ');
        text.push_str(old);
    }
    text
}

/// The session with this id, from the text of its field.
pub(super) fn read(id: String, user_id: UserId, text: &str) -> Result<StoredSession, Unreadable> {
    let mut parts = text.splitn(6, ' ');
    let mut instant = || match parts.next() {
        None => Err(Unreadable),
        Some("-") => Ok(None),
        Some(millis) => {
            millis.parse().map(|millis| Some(UnixMillis::from_millis(millis))).map_err(|_| Unreadable)
        }
    };
    instant()?;
    Ok(StoredSession {
        active_expires: instant()?.ok_or(Unreadable)?,
        idle_expires: instant()?.ok_or(Unreadable)?,
        created_at: instant()?,
        absolute_expires: instant()?,
        renewed_from: parts.next().map(str::to_owned),
        id,
        user_id,
    })
}

/// How long what is good until `end` is kept, in milliseconds from `now` on.
///
/// It is a duration, not an instant: so Redis keeps it long enough whatever its clock says.
pub(super) fn kept_for(end: UnixMillis, now: Option<UnixMillis>) -> i64 {
    let longest = i64::try_from(Periods::MAX.as_millis()).unwrap_or(i64::MAX);
    // Nobody says when it began: it cannot be good for longer than the longest period.
    let good = now.map_or(longest, |now| end.as_millis().saturating_sub(now.as_millis()));
    good.clamp(0, longest).saturating_add(MARGIN)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_written_is_read(
            [active, idle] in any::<[i64; 2]>(),
            created in any::<Option<i64>>(),
            absolute in any::<Option<i64>>(),
            renewed_from in any::<Option<String>>(),
        ) {
            let session = StoredSession {
                id: "id".to_owned(),
                user_id: UserId::from_stored("ada".to_owned()),
                active_expires: UnixMillis::from_millis(active),
                idle_expires: UnixMillis::from_millis(idle),
                created_at: created.map(UnixMillis::from_millis),
                absolute_expires: absolute.map(UnixMillis::from_millis),
                renewed_from,
            };
            let text = format!("1767225600000 {}", write(&session));
            let again = read(session.id.clone(), session.user_id.clone(), &text);
            prop_assert_eq!(again.ok(), Some(session));
        }

        #[test]
        fn nothing_makes_reading_panic(text in "[-0-9 a]{0,40}") {
            let _ = read("id".to_owned(), UserId::from_stored("ada".to_owned()), &text);
        }
    }

    #[test]
    fn a_session_is_kept_an_hour_longer_than_it_is_good_and_at_most_400_days() {
        let at = UnixMillis::from_millis;
        let hour = 3_600_000;
        let longest = 400 * 24 * hour + hour;
        assert_eq!(kept_for(at(5_000), Some(at(1_000))), 4_000 + hour);
        assert_eq!(kept_for(at(1_000), Some(at(5_000))), hour);
        assert_eq!(kept_for(at(i64::MAX), Some(at(i64::MIN))), longest);
        assert_eq!(kept_for(at(i64::MIN), Some(at(i64::MAX))), hour);
        assert_eq!(kept_for(at(0), None), longest);
    }
}
