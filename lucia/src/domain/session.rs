//! A session: what a row of the session table means at a given instant.

use std::fmt;

use super::{Expiries, SessionId, SessionToken, UnixMillis, UserId};

/// Whether a session is used as it is or renewed on its next use. A *dead* one is no session at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SessionState {
    /// Used as it is.
    Active,
    /// Good, but validating it puts a new session in its place.
    Idle,
}

impl SessionState {
    /// The state at an instant, or `None` when the session is dead.
    ///
    /// An instant equal to an expiry still counts as before it. The idle expiry is looked at first: past it a session is
    /// dead whatever the active one says.
    ///
    /// ```
    /// use lucia::{SessionState, UnixMillis};
    ///
    /// let [active, idle, dead] = [1_000, 2_000, 2_001].map(UnixMillis::from_millis);
    /// assert_eq!(SessionState::at(active, active, idle), Some(SessionState::Active));
    /// assert_eq!(SessionState::at(idle, active, idle), Some(SessionState::Idle));
    /// assert_eq!(SessionState::at(dead, active, idle), None);
    /// ```
    #[must_use]
    pub fn at(now: UnixMillis, active_expires: UnixMillis, idle_expires: UnixMillis) -> Option<Self> {
        if now > idle_expires {
            None
        } else if now > active_expires {
            Some(Self::Idle)
        } else {
            Some(Self::Active)
        }
    }
}

/// A session that was not dead when it was read.
///
/// Its token is there only where the session was just created or renewed, since nothing else knows it.
#[derive(Debug)]
pub struct Session {
    id: SessionId,
    user_id: UserId,
    state: SessionState,
    active_expires: UnixMillis,
    idle_expires: UnixMillis,
    absolute_expires: Option<UnixMillis>,
    created_at: Option<UnixMillis>,
    renewed_from: Option<SessionId>,
    token: Option<SessionToken>,
}

impl Session {
    /// What a row means at an instant; `None` when the session is dead.
    ///
    /// It fails closed: a row with an instant before 1970 or after the year 9999, past its absolute end, or with an id
    /// that is neither a [`SessionId`] nor one of Lucia v1's is dead too.
    ///
    /// ```
    /// use lucia::{OsRandom, Session, SessionToken, StoredSession, UnixMillis, UserId};
    ///
    /// let row = StoredSession {
    ///     id: SessionToken::generate(&OsRandom)?.id().to_string(),
    ///     user_id: UserId::new("ada")?,
    ///     active_expires: UnixMillis::from_millis(1_000),
    ///     idle_expires: UnixMillis::from_millis(2_000),
    ///     created_at: None,
    ///     absolute_expires: Some(UnixMillis::from_millis(1_500)),
    ///     renewed_from: None,
    /// };
    /// assert!(Session::from_stored(row.clone(), UnixMillis::from_millis(1_500)).is_some());
    /// assert!(Session::from_stored(row, UnixMillis::from_millis(1_501)).is_none());
    /// # Ok::<(), lucia::Error>(())
    /// ```
    #[must_use]
    pub fn from_stored(row: StoredSession, now: UnixMillis) -> Option<Self> {
        if !row.is_sane() || row.absolute_expires.is_some_and(|end| now > end) {
            return None;
        }
        Some(Self {
            id: SessionId::from_stored(row.id)?,
            user_id: row.user_id,
            state: SessionState::at(now, row.active_expires, row.idle_expires)?,
            active_expires: row.active_expires,
            idle_expires: row.idle_expires,
            absolute_expires: row.absolute_expires,
            created_at: row.created_at,
            renewed_from: row.renewed_from.and_then(SessionId::from_stored),
            token: None,
        })
    }

    /// The same as one that was just created or renewed, with the token that opens it.
    pub(crate) fn with_token(self, token: SessionToken) -> Self {
        Self { token: Some(token), ..self }
    }

    /// Its id, which is public.
    #[must_use]
    pub fn id(&self) -> &SessionId {
        &self.id
    }

    /// The id of the user who is signed in.
    #[must_use]
    pub fn user_id(&self) -> &UserId {
        &self.user_id
    }

    /// Whether it was active or idle when it was read.
    #[must_use]
    pub fn state(&self) -> SessionState {
        self.state
    }

    /// The last instant at which it is active.
    #[must_use]
    pub fn active_expires(&self) -> UnixMillis {
        self.active_expires
    }

    /// The last instant at which it is good for anything.
    #[must_use]
    pub fn idle_expires(&self) -> UnixMillis {
        self.idle_expires
    }

    /// The last instant up to which it can be renewed; `None` when there is no end to that.
    #[must_use]
    pub fn absolute_expires(&self) -> Option<UnixMillis> {
        self.absolute_expires
    }

    /// When it began: the log-in, which a renewed session takes over when its token is presented for the first time. `None`
    /// until then, and in rows of Lucia v1.
    #[must_use]
    pub fn created_at(&self) -> Option<UnixMillis> {
        self.created_at
    }

    /// Whether the two are one session to whoever is signed in: the same, or one renewed from the other. In a
    /// list of a user's sessions this finds the one that a request came with.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let is_from = |new: &Self, old: &Self| new.renewed_from.as_ref() == Some(&old.id);
        self.id == other.id || is_from(self, other) || is_from(other, self)
    }

    /// The token to put in the cookie, when the session was just created or renewed.
    #[must_use]
    pub fn token(&self) -> Option<&SessionToken> {
        self.token.as_ref()
    }

    /// Whether the session was just created or renewed, so that its token has to be sent.
    #[must_use]
    pub fn is_fresh(&self) -> bool {
        self.token.is_some()
    }
}

/// A row of the session table, column by column: what an adapter writes and reads.
///
/// Renewing puts a new row beside the old one. The new row is *unpresented* until its token comes back for the first time,
/// for the response that carries the token may be lost; until then the old row stays good, and from then on for 60
/// seconds, for requests that were on their way.
///
/// `Debug` leaves out the ids: in a table that is shared with Lucia v1 the id is the secret itself.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredSession {
    /// The id, [`SessionId`]; in a database that is shared with Lucia v1 the token itself.
    pub id: String,
    /// The user who is signed in.
    pub user_id: UserId,
    /// The last instant at which it is active.
    pub active_expires: UnixMillis,
    /// The last instant at which it is good for anything.
    pub idle_expires: UnixMillis,
    /// When it began. `None` in a renewed session until its token is presented for the first time, and in a row that Lucia
    /// v1 wrote.
    pub created_at: Option<UnixMillis>,
    /// The last instant up to which it can be renewed, carried from row to row; `None` when there is no end to that.
    pub absolute_expires: Option<UnixMillis>,
    /// The id of the row that this one was renewed from. No two rows have the same, so that only one renewal wins.
    pub renewed_from: Option<String>,
}

impl StoredSession {
    /// The row of a session that begins now.
    pub(crate) fn begun(id: &str, user_id: UserId, expiries: Expiries, now: UnixMillis) -> Self {
        Self {
            id: id.to_owned(),
            user_id,
            active_expires: expiries.active_expires,
            idle_expires: expiries.idle_expires,
            created_at: Some(now),
            absolute_expires: expiries.absolute_expires,
            renewed_from: None,
        }
    }

    /// The row that comes beside this one when it is renewed, not presented yet.
    pub(crate) fn renewed(&self, id: &str, expiries: Expiries) -> Self {
        Self {
            id: id.to_owned(),
            user_id: self.user_id.clone(),
            active_expires: expiries.active_expires,
            idle_expires: expiries.idle_expires,
            created_at: None,
            absolute_expires: expiries.absolute_expires,
            renewed_from: Some(self.id.clone()),
        }
    }

    /// Whether it was renewed from another row and its token has not come back yet.
    #[must_use]
    pub fn is_unpresented(&self) -> bool {
        self.renewed_from.is_some() && self.created_at.is_none()
    }

    /// Instants from 1970 to 9999 only. SQLite may hand over the largest number there is for one that did not fit, which
    /// must not mean a session without end.
    fn is_sane(&self) -> bool {
        let sane = UnixMillis::EPOCH..=UnixMillis::END_OF_YEAR_9999;
        [Some(self.active_expires), Some(self.idle_expires), self.created_at, self.absolute_expires]
            .iter()
            .flatten()
            .all(|instant| sane.contains(instant))
    }
}

impl fmt::Debug for StoredSession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredSession")
            .field("user_id", &self.user_id)
            .field("active_expires", &self.active_expires)
            .field("idle_expires", &self.idle_expires)
            .field("created_at", &self.created_at)
            .field("absolute_expires", &self.absolute_expires)
            .field("is_unpresented", &self.is_unpresented())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{OsRandom, Periods};
    use super::*;
    use proptest::prelude::*;

    fn at(millis: i64) -> UnixMillis {
        UnixMillis::from_millis(millis)
    }

    fn row(active: i64, idle: i64) -> StoredSession {
        StoredSession {
            id: SessionToken::parse([b'A'; 43]).unwrap().id().to_string(),
            user_id: UserId::new("ada").unwrap(),
            active_expires: at(active),
            idle_expires: at(idle),
            created_at: Some(at(0)),
            absolute_expires: None,
            renewed_from: None,
        }
    }

    fn state_of(row: StoredSession, now: i64) -> Option<SessionState> {
        Session::from_stored(row, at(now)).map(|session| session.state())
    }

    #[test]
    fn the_states_and_the_instants_on_their_edges() {
        use SessionState::{Active, Idle};
        for (now, expected) in [
            (0, Some(Active)),
            (999, Some(Active)),
            (1_000, Some(Active)),
            (1_001, Some(Idle)),
            (1_999, Some(Idle)),
            (2_000, Some(Idle)),
            (2_001, None),
            (i64::MAX, None),
        ] {
            assert_eq!(state_of(row(1_000, 2_000), now), expected, "at {now}");
        }
    }

    #[test]
    fn past_the_idle_expiry_a_session_is_dead_though_active_lies_ahead() {
        assert_eq!(state_of(row(3_000, 2_000), 2_000), Some(SessionState::Active));
        assert_eq!(state_of(row(3_000, 2_000), 2_001), None);
    }

    #[test]
    fn past_its_absolute_end_a_session_is_dead_though_active() {
        let row = StoredSession { absolute_expires: Some(at(500)), ..row(1_000, 2_000) };
        assert_eq!(state_of(row.clone(), 500), Some(SessionState::Active));
        assert_eq!(state_of(row, 501), None);
    }

    #[test]
    fn values_out_of_range_are_dead_in_every_column() {
        for insane in [i64::MIN, -1, UnixMillis::END_OF_YEAR_9999.as_millis() + 1, i64::MAX] {
            let good = row(1_000, 2_000);
            for bad in [
                StoredSession { active_expires: at(insane), ..good.clone() },
                StoredSession { idle_expires: at(insane), ..good.clone() },
                StoredSession { created_at: Some(at(insane)), ..good.clone() },
                StoredSession { absolute_expires: Some(at(insane)), ..good.clone() },
            ] {
                assert_eq!(state_of(bad, 1), None, "{insane}");
            }
        }
    }

    #[test]
    fn an_id_that_is_none_is_dead() {
        for id in ["", "x", &"A".repeat(43), &"F".repeat(64), &"a".repeat(39), &"-".repeat(40)] {
            assert_eq!(state_of(StoredSession { id: id.to_owned(), ..row(1, 2) }, 0), None);
        }
    }

    #[test]
    fn a_renewed_row_is_unpresented_until_it_has_begun() {
        let now = at(5_000);
        let [old, new] = [(); 2].map(|()| SessionToken::generate(&OsRandom).unwrap().id().to_string());
        let periods = Periods::default();
        let begun = StoredSession::begun(&old, UserId::new("ada").unwrap(), periods.start(now), now);
        assert!(!begun.is_unpresented());
        assert_eq!(begun.created_at, Some(now));

        let mut renewed = begun.renewed(&new, periods.renew(now, begun.absolute_expires));
        assert!(renewed.is_unpresented());
        assert_eq!(renewed.renewed_from, Some(old));
        assert_eq!((&renewed.id, &renewed.user_id), (&new, &begun.user_id));
        assert_eq!(renewed.absolute_expires, begun.absolute_expires);

        renewed.created_at = Some(now);
        assert!(!renewed.is_unpresented());
    }

    #[test]
    fn a_row_of_lucia_v1_is_not_unpresented() {
        assert!(!StoredSession { created_at: None, ..row(1, 2) }.is_unpresented());
    }

    #[test]
    fn a_session_is_the_same_as_the_one_that_it_was_renewed_from() {
        let [old, new, another] =
            [(); 3].map(|()| SessionToken::generate(&OsRandom).unwrap().id().to_string());
        let old_row = StoredSession { id: old, ..row(1_000, 2_000) };
        let expiries = Periods::default().renew(at(0), None);
        let rows = [old_row.renewed(&new, expiries), StoredSession { id: another, ..row(1, 2) }];
        let [new, another] = rows.map(|row| Session::from_stored(row, at(0)).unwrap());
        let old = Session::from_stored(old_row, at(0)).unwrap();
        assert!(old.is_same(&old) && old.is_same(&new) && new.is_same(&old));
        assert!(!old.is_same(&another) && !another.is_same(&new));
    }

    #[test]
    fn only_a_session_with_its_token_is_fresh() {
        let token = SessionToken::parse([b'A'; 43]).unwrap();
        let read = Session::from_stored(row(1_000, 2_000), at(0)).unwrap();
        assert!(!read.is_fresh() && read.token().is_none());
        assert_eq!(read.id(), &token.id());
        let fresh = read.with_token(token);
        assert!(fresh.is_fresh() && fresh.token().is_some());
    }

    proptest! {
        #[test]
        fn a_session_is_read_exactly_while_everything_says_so(
            now in -10_i64..40,
            active in -2_i64..30,
            idle in -2_i64..30,
            absolute in proptest::option::of(-2_i64..30),
        ) {
            let row = StoredSession { absolute_expires: absolute.map(at), ..row(active, idle) };
            let sane = active >= 0 && idle >= 0 && absolute.is_none_or(|a| a >= 0);
            let alive = sane && now <= idle && absolute.is_none_or(|a| now <= a);
            let expected = alive.then_some(if now <= active { SessionState::Active } else { SessionState::Idle });
            prop_assert_eq!(state_of(row, now), expected);
        }

        #[test]
        fn no_values_make_it_panic(now in any::<i64>(), active in any::<i64>(), idle in any::<i64>()) {
            let _ = state_of(row(active, idle), now);
        }
    }
}
