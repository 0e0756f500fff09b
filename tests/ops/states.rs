//! The table of session states: every state and the instants on its edges, against every operation on one session.

use lucia::{Auth, SessionState, UnixMillis};
use lucia_tests::{Database, User, attributes};

use crate::support::{DAY, get, token};

/// What a session is at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    Active,
    Idle,
    Dead,
}

use State::{Active, Dead, Idle};

impl State {
    fn read(self) -> Option<SessionState> {
        match self {
            Active => Some(SessionState::Active),
            Idle => Some(SessionState::Idle),
            Dead => None,
        }
    }
}

/// Active for 1 day, idle for 14 more.
const EDGES: [(i64, State); 9] = [
    (-1, Active),
    (0, Active),
    (DAY - 1, Active),
    (DAY, Active),
    (DAY + 1, Idle),
    (15 * DAY - 1, Idle),
    (15 * DAY, Idle),
    (15 * DAY + 1, Dead),
    (400 * DAY, Dead),
];

/// A session that was renewed after 14 and 28 days, which leaves it active up to its absolute end and not idle after that.
const EDGES_OF_THE_ABSOLUTE_END: [(i64, State); 5] =
    [(29 * DAY, Active), (29 * DAY + 1, Idle), (30 * DAY - 1, Idle), (30 * DAY, Idle), (30 * DAY + 1, Dead)];

struct Case {
    database: Database,
    auth: Auth<User>,
    session: lucia::Session,
    user: User,
    at: i64,
    expected: State,
}

impl Case {
    /// The session, and the clock, at every edge.
    fn all() -> Vec<Self> {
        let plain = EDGES.map(|edge| (edge, &[][..]));
        let renewed = EDGES_OF_THE_ABSOLUTE_END.map(|edge| (edge, &[14 * DAY, 28 * DAY][..]));
        plain
            .into_iter()
            .chain(renewed)
            .map(|((at, state), renewals)| Self::new(at, state, renewals))
            .collect()
    }

    fn new(at: i64, expected: State, renewals: &[i64]) -> Self {
        let database = Database::new();
        let auth = database.auth();
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let mut session = get(auth.create_session(&user.id)).unwrap();
        let start = session.created_at().unwrap().as_millis();
        let set = |at: i64| database.clock.set(UnixMillis::from_millis(start + at));
        for renewal in renewals {
            set(*renewal);
            session = get(auth.validate(&token(&session))).unwrap();
            // The browser comes back with it.
            get(auth.validate(&token(&session))).unwrap();
        }
        set(at);
        Self { database, auth, session, user, at, expected }
    }

    fn rows(&self) -> usize {
        crate::support::session_rows(&mut self.database.connect()).len()
    }
}

#[test]
fn session_reads_what_is_alive_and_changes_nothing() {
    for case in Case::all() {
        let rows = case.rows();
        let read = get(case.auth.session(&token(&case.session)));
        assert_eq!(read.as_ref().ok().map(lucia::Session::state), case.expected.read(), "at {}", case.at);
        match read {
            Ok(read) => assert!(read.id() == case.session.id() && !read.is_fresh()),
            Err(error) => assert!(error.is_invalid_session()),
        }
        assert_eq!(case.rows(), rows);
    }
}

#[test]
fn validate_takes_active_as_it_is_renews_idle_and_refuses_dead() {
    for case in Case::all() {
        let rows = case.rows();
        let valid = get(case.auth.validate(&token(&case.session)));
        match case.expected {
            Active => {
                let valid = valid.unwrap();
                assert!(valid.id() == case.session.id() && !valid.is_fresh(), "at {}", case.at);
                assert_eq!(case.rows(), rows);
            }
            Idle => {
                let valid = valid.unwrap();
                assert!(valid.id() != case.session.id() && valid.is_fresh(), "at {}", case.at);
                assert_eq!(valid.state(), SessionState::Active);
                assert_eq!(valid.absolute_expires(), case.session.absolute_expires());
                assert!(valid.idle_expires() <= valid.absolute_expires().unwrap());
                assert_eq!(case.rows(), rows + 1);
            }
            Dead => assert!(valid.unwrap_err().is_invalid_session(), "at {}", case.at),
        }
    }
}

#[test]
fn validate_user_does_the_same_and_brings_the_user() {
    for case in Case::all() {
        let valid = get(case.auth.validate_user(&token(&case.session)));
        match case.expected {
            Dead => assert!(valid.unwrap_err().is_invalid_session(), "at {}", case.at),
            state => {
                let valid = valid.unwrap();
                assert_eq!(valid.session.is_fresh(), state == Idle, "at {}", case.at);
                assert_eq!(valid.user, case.user);
            }
        }
    }
}

#[test]
fn renew_session_renews_what_is_alive() {
    for case in Case::all() {
        let renewed = get(case.auth.renew_session(&token(&case.session)));
        match case.expected {
            Dead => assert!(renewed.unwrap_err().is_invalid_session(), "at {}", case.at),
            Active | Idle => {
                let renewed = renewed.unwrap();
                assert!(renewed.is_fresh() && renewed.id() != case.session.id(), "at {}", case.at);
                let again = get(case.auth.renew_session(&token(&case.session))).unwrap();
                assert!(again.id() == case.session.id() && !again.is_fresh(), "one renewal of one session");
            }
        }
    }
}

#[test]
fn sessions_lists_what_is_alive() {
    for case in Case::all() {
        let listed = get(case.auth.sessions(&case.user.id)).unwrap();
        let listed: Vec<_> = listed.iter().map(|session| (session.id().clone(), session.state())).collect();
        let expected: Vec<_> =
            case.expected.read().map(|state| (case.session.id().clone(), state)).into_iter().collect();
        assert_eq!(listed, expected, "at {}", case.at);
    }
}

#[test]
fn invalidate_session_ends_it_in_every_state() {
    for case in Case::all() {
        get(case.auth.invalidate_session(case.session.id())).unwrap();
        assert!(get(case.auth.session(&token(&case.session))).unwrap_err().is_invalid_session());
        get(case.auth.invalidate_session(case.session.id())).unwrap();
    }
}

#[test]
fn logging_out_everywhere_ends_it_in_every_state() {
    for case in Case::all() {
        get(case.auth.invalidate_sessions(&case.user.id)).unwrap();
        assert!(get(case.auth.session(&token(&case.session))).unwrap_err().is_invalid_session());
        assert_eq!(case.rows(), 0);
    }
}

#[test]
fn past_its_absolute_end_an_active_session_is_dead() {
    let database = Database::new();
    let periods = lucia::Periods::default().absolute(Some(std::time::Duration::from_secs(60))).unwrap();
    let auth: Auth<User> = database.builder().periods(periods).development().unwrap();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    for (late, valid) in [(-1, true), (0, true), (1, false)] {
        database
            .clock
            .set(UnixMillis::from_millis(session.created_at().unwrap().as_millis() + 60_000 + late));
        assert_eq!(get(auth.validate(&token(&session))).is_ok(), valid, "{late}");
        assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), usize::from(valid));
    }
}

#[test]
fn a_session_that_is_renewed_for_ever_ends_after_30_days() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let first = get(auth.create_session(&user.id)).unwrap();
    let mut cookie = token(&first);
    for day in 1..=40 {
        database.clock.advance(DAY);
        match get(auth.validate(&cookie)) {
            Ok(session) => {
                assert!(day <= 30);
                if let Some(token) = session.token() {
                    cookie = crate::support::again(token);
                }
            }
            Err(error) => assert!(error.is_invalid_session() && day > 30, "{day}"),
        }
    }
}

#[test]
fn the_old_token_is_good_for_a_minute_after_the_new_one_was_presented() {
    for (late, valid) in [(-1, true), (0, true), (1, false)] {
        let database = Database::new();
        let auth = database.auth();
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let old = get(auth.create_session(&user.id)).unwrap();
        database.clock.advance(2 * DAY);
        let new = get(auth.validate(&token(&old))).unwrap();
        // However long that takes.
        database.clock.advance(50_000);
        assert!(get(auth.validate(&token(&old))).is_ok());
        get(auth.validate(&token(&new))).unwrap();
        database.clock.advance(60_000 + late);
        assert_eq!(get(auth.validate(&token(&old))).is_ok(), valid, "{late}");
        assert!(get(auth.validate(&token(&new))).is_ok());
    }
}

#[test]
fn a_renewal_whose_response_was_lost_logs_nobody_out() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let old = get(auth.create_session(&user.id)).unwrap();
    for _ in 0..10 {
        database.clock.advance(DAY);
        assert!(get(auth.validate(&token(&old))).is_ok(), "up to its own end");
    }
    assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 1);
}

#[test]
fn a_lost_renewal_is_replaced_after_a_minute_and_not_before() {
    for (later, replaced) in [(59_999, false), (60_000, false), (60_001, true)] {
        let database = Database::new();
        let auth = database.auth();
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let old = get(auth.create_session(&user.id)).unwrap();
        database.clock.advance(2 * DAY);
        let lost = get(auth.validate(&token(&old))).unwrap();
        database.clock.advance(later);
        let next = get(auth.validate(&token(&old))).unwrap();
        assert_eq!(next.is_fresh(), replaced, "{later}");
        assert_eq!(get(auth.validate(&token(&lost))).is_ok(), !replaced, "{later}");
    }
}

#[test]
fn presenting_the_new_token_to_be_renewed_counts_as_presenting_it() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let first = get(auth.create_session(&user.id)).unwrap();
    let second = get(auth.renew_session(&token(&first))).unwrap();
    let third = get(auth.renew_session(&token(&second))).unwrap();
    get(auth.validate(&token(&third))).unwrap();
    assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 1);
    database.clock.advance(60_001);
    for old in [&first, &second] {
        assert!(get(auth.validate(&token(old))).unwrap_err().is_invalid_session());
    }
    assert!(get(auth.validate(&token(&third))).is_ok());
}
