//! The operations on sessions. Their states are in `states` and `model`.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::{Clock, NewKey, Periods, Session, SessionState, SessionToken, UnixMillis};
use lucia_tests::{Database, User, attributes, auth_session, auth_user};

use crate::support::{
    DAY, EMAIL, LINK, MINUTE, again, counts, dump, get, nobody, session_rows, token, with_password,
};

fn later(database: &Database, millis: i64) -> UnixMillis {
    UnixMillis::from_millis(database.clock.now().as_millis() + millis)
}

/// What a session says of itself, without its token.
fn told(session: &Session) -> (String, String, SessionState, [Option<UnixMillis>; 4]) {
    let instants = [
        Some(session.active_expires()),
        Some(session.idle_expires()),
        session.absolute_expires(),
        session.created_at(),
    ];
    (session.id().to_string(), session.user_id().to_string(), session.state(), instants)
}

on_both_faces! {
    fn a_new_session_is_active_for_a_day_then_idle_for_two_weeks_and_ends_after_30_days(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let session = get(auth.create_session(&user.id)).unwrap();
        let expected = [
            Some(later(&database, DAY)),
            Some(later(&database, 15 * DAY)),
            Some(later(&database, 30 * DAY)),
            Some(database.clock.now()),
        ];
        let id = session.id().to_string();
        assert_eq!(told(&session), (id, user.id.to_string(), SessionState::Active, expected));
        assert!(session.is_fresh());
        let shape = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        let token = session.token().unwrap();
        assert!(token.expose().len() == 43 && token.expose().bytes().all(shape));
    }

    fn a_session_that_is_read_back_is_the_same_and_not_fresh(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let session = get(auth.create_session(&user.id)).unwrap();
        for read in [
            get(auth.session(&token(&session))).unwrap(),
            get(auth.validate(&token(&session))).unwrap(),
            get(auth.validate_user(&token(&session))).unwrap().session,
            get(auth.sessions(&user.id)).unwrap().remove(0),
        ] {
            assert_eq!(told(&read), told(&session));
            assert!(!read.is_fresh());
        }
    }

    fn an_unknown_user_gets_no_session_and_the_next_one_does(database, auth) {
        for _ in 0..3 {
            assert!(get(auth.create_session(&nobody())).unwrap_err().is_unknown_user());
        }
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        assert!(get(auth.create_session(&user.id)).is_ok());
    }

    fn an_unknown_token_is_an_invalid_session_for_every_operation(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        get(auth.create_session(&user.id)).unwrap();
        let unknown = SessionToken::parse([b'A'; 43]).unwrap();
        for error in [
            get(auth.session(&unknown)).unwrap_err(),
            get(auth.validate(&unknown)).unwrap_err(),
            get(auth.validate_user(&unknown)).unwrap_err(),
            get(auth.renew_session(&unknown)).unwrap_err(),
        ] {
            assert!(error.is_invalid_session());
        }
        assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 1, "no row was made of it");
    }

    fn an_active_session_may_be_renewed_early(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let old = get(auth.create_session(&user.id)).unwrap();
        database.clock.advance(MINUTE);
        let new = get(auth.renew_session(&token(&old))).unwrap();
        assert!(new.is_fresh() && new.id() != old.id());
        assert_eq!(new.active_expires(), later(&database, DAY));
        assert_eq!(new.absolute_expires(), old.absolute_expires(), "which is carried over");
        assert_eq!(get(auth.validate(&token(&new))).unwrap().user_id(), &user.id);
    }

    fn an_idle_session_is_renewed_with_its_user(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let old = get(auth.create_session(&user.id)).unwrap();
        database.clock.advance(2 * DAY);
        let valid = get(auth.validate_user(&token(&old))).unwrap();
        assert_eq!(valid.user, user);
        assert!(valid.session.is_fresh() && valid.session.id() != old.id());
        assert_eq!(valid.session.state(), SessionState::Active);
    }

    fn the_list_has_the_active_and_the_idle_sessions_of_one_user(database, auth) {
        let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
        let bob = get(auth.create_user(None, attributes("bob"))).unwrap();
        assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 0);
        get(auth.create_session(&ada.id)).unwrap();
        database.clock.advance(14 * DAY);
        let idle = get(auth.create_session(&ada.id)).unwrap();
        database.clock.advance(2 * DAY);
        let active = get(auth.create_session(&ada.id)).unwrap();
        get(auth.create_session(&bob.id)).unwrap();
        let mut listed: Vec<_> =
            get(auth.sessions(&ada.id)).unwrap().iter().map(|s| (s.id().to_string(), s.state())).collect();
        listed.sort_by(|a, b| a.0.cmp(&b.0));
        let mut expected =
            vec![(idle.id().to_string(), SessionState::Idle), (active.id().to_string(), SessionState::Active)];
        expected.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(listed, expected);
        assert!(get(auth.sessions(&nobody())).unwrap_err().is_unknown_user());
    }

    fn a_session_that_is_being_renewed_is_listed_once(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let old = get(auth.create_session(&user.id)).unwrap();
        let new = get(auth.renew_session(&token(&old))).unwrap();
        assert_eq!(get(auth.sessions(&user.id)).unwrap()[0].id(), old.id(), "the new one may never arrive");
        assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 1);
        get(auth.validate(&token(&new))).unwrap();
        assert_eq!(get(auth.sessions(&user.id)).unwrap()[0].id(), new.id());
        assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 1);
    }

    fn a_renewed_session_began_when_somebody_logged_in_which_is_known_once_it_arrives(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let first = get(auth.create_session(&user.id)).unwrap();
        let mut cookie = token(&first);
        for _ in 0..3 {
            database.clock.advance(2 * DAY);
            let renewed = get(auth.validate(&cookie)).unwrap();
            assert_eq!((renewed.is_fresh(), renewed.created_at()), (true, None));
            cookie = token(&renewed);
            get(auth.validate(&cookie)).unwrap();
            assert_eq!(get(auth.session(&cookie)).unwrap().created_at(), first.created_at());
        }
    }

    fn ending_one_session_leaves_the_others(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        let [one, other] = [(); 2].map(|()| get(auth.create_session(&user.id)).unwrap());
        for _ in 0..2 {
            get(auth.invalidate_session(one.id())).unwrap();
            assert!(get(auth.validate(&token(&one))).unwrap_err().is_invalid_session());
            assert!(get(auth.validate(&token(&other))).is_ok());
        }
        get(auth.invalidate_session(&SessionToken::parse([b'A'; 43]).unwrap().id())).unwrap();
    }

    fn ending_a_renewed_session_ends_the_one_before_and_the_one_after(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        for ended in 0..3 {
            let first = get(auth.create_session(&user.id)).unwrap();
            let second = get(auth.renew_session(&token(&first))).unwrap();
            let third = get(auth.renew_session(&token(&second))).unwrap();
            let all = [first, second, third];
            get(auth.invalidate_session(all[ended].id())).unwrap();
            for session in &all {
                assert!(get(auth.validate(&token(session))).unwrap_err().is_invalid_session(), "{ended}");
            }
        }
    }

    fn ending_all_sessions_is_about_one_user(database, auth) {
        let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
        let bob = get(auth.create_user(None, attributes("bob"))).unwrap();
        let adas = [(); 3].map(|()| get(auth.create_session(&ada.id)).unwrap());
        let bobs = get(auth.create_session(&bob.id)).unwrap();
        get(auth.invalidate_sessions(&ada.id)).unwrap();
        for session in &adas {
            assert!(get(auth.validate(&token(session))).unwrap_err().is_invalid_session());
        }
        assert!(get(auth.validate(&token(&bobs))).is_ok());
        get(auth.invalidate_sessions(&nobody())).unwrap();
    }

    fn ending_all_but_one_keeps_that_one_and_what_it_was_renewed_to(database, auth) {
        let ada = get(auth.create_user(None, attributes("ada"))).unwrap();
        let bob = get(auth.create_user(None, attributes("bob"))).unwrap();
        let [kept, other] = [(); 2].map(|()| get(auth.create_session(&ada.id)).unwrap());
        let renewed = get(auth.renew_session(&token(&kept))).unwrap();
        let others_renewal = get(auth.renew_session(&token(&other))).unwrap();
        let bobs = get(auth.create_session(&bob.id)).unwrap();
        get(auth.invalidate_other_sessions(&ada.id, kept.id())).unwrap();
        for gone in [&other, &others_renewal] {
            assert!(get(auth.validate(&token(gone))).unwrap_err().is_invalid_session());
        }
        for good in [&kept, &renewed, &bobs] {
            assert!(get(auth.validate(&token(good))).is_ok());
        }
        // A session of somebody else is none of this user's, so that nothing is kept.
        get(auth.invalidate_other_sessions(&ada.id, bobs.id())).unwrap();
        assert_eq!(get(auth.sessions(&ada.id)).unwrap().len(), 0);
        assert!(get(auth.validate(&token(&bobs))).is_ok());
    }

    fn a_sweep_removes_what_is_dead_and_has_finished_when_it_returns(database, auth) {
        let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
        let bob = get(auth.create_user(with_password("bob"), attributes("bob"))).unwrap();
        for user in [&ada, &bob] {
            get(auth.create_session(&user.id)).unwrap();
            get(auth.create_token(&user.id, LINK, Duration::from_secs(60))).unwrap();
        }
        database.clock.advance(15 * DAY);
        let idle = get(auth.create_session(&ada.id)).unwrap();
        let good = get(auth.create_token(&ada.id, LINK, Duration::from_secs(60))).unwrap();
        let removed = |sessions, keys| lucia::Removed { sessions, keys };
        assert_eq!(get(auth.sweep_user(&ada.id)).unwrap(), removed(0, 1), "the instant itself is not past it");
        database.clock.advance(1);
        assert_eq!(get(auth.sweep_user(&ada.id)).unwrap(), removed(1, 0));
        assert_eq!(get(auth.sweep_user(&ada.id)).unwrap(), removed(0, 0));
        assert_eq!(get(auth.sweep_user(&nobody())).unwrap(), removed(0, 0));
        assert_eq!(get(auth.sweep(100)).unwrap(), removed(1, 1), "the other user's");
        assert!(get(auth.validate(&token(&idle))).is_ok());
        assert!(get(auth.use_token(LINK, &good)).unwrap().is_some());
        assert_eq!(get(auth.keys(&bob.id)).unwrap().len(), 1, "the primary key");
    }

    fn a_sweep_goes_no_further_than_its_limit(database, auth) {
        let user = get(auth.create_user(None, attributes("ada"))).unwrap();
        for _ in 0..5 {
            get(auth.create_session(&user.id)).unwrap();
        }
        database.clock.advance(31 * DAY);
        let counts: Vec<u32> = (0..4).map(|_| get(auth.sweep(2)).unwrap().sessions).collect();
        assert_eq!(counts, [2, 2, 1, 0]);
        assert_eq!(get(auth.sweep(0)).unwrap().sessions, 0);
    }
}

#[test]
fn other_periods_move_both_expiries_and_idle_counts_from_the_end_of_active() {
    let database = Database::new();
    let periods = Periods::new(Duration::from_secs(60), Duration::from_secs(120), None).unwrap();
    let auth: lucia::Auth<User> = database.builder().periods(periods).development().unwrap();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let expected = (later(&database, MINUTE), later(&database, 3 * MINUTE), None);
    assert_eq!((session.active_expires(), session.idle_expires(), session.absolute_expires()), expected);
}

#[test]
fn creating_a_session_inserts_one_row_and_touches_no_other() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    get(auth.create_session(&user.id)).unwrap();
    database.clock.advance(31 * DAY);
    let mut conn = database.connect();
    let before = dump(&mut conn);
    get(auth.create_session(&user.id)).unwrap();
    let after = dump(&mut conn);
    assert_eq!(after.len(), before.len() + 1);
    assert!(before.iter().all(|row| after.contains(row)), "the dead one too");
}

#[test]
fn reading_and_validating_an_active_session_writes_nothing() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let mut conn = database.connect();
    conn.batch_execute(
        "CREATE TRIGGER no BEFORE UPDATE ON auth_session BEGIN SELECT raise(ABORT, 'no'); END;",
    )
    .unwrap();
    let before = dump(&mut conn);
    for _ in 0..10 {
        get(auth.session(&token(&session))).unwrap();
        get(auth.validate(&token(&session))).unwrap();
        get(auth.validate_user(&token(&session))).unwrap();
    }
    assert_eq!(dump(&mut conn), before);
}

#[test]
fn a_dead_session_is_invalid_and_its_row_stays_for_the_sweep() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    database.clock.advance(15 * DAY + 1);
    let mut conn = database.connect();
    let before = dump(&mut conn);
    assert!(get(auth.session(&token(&session))).unwrap_err().is_invalid_session());
    assert!(get(auth.validate(&token(&session))).unwrap_err().is_invalid_session());
    assert!(get(auth.renew_session(&token(&session))).unwrap_err().is_invalid_session());
    assert_eq!(get(auth.sessions(&user.id)).unwrap().len(), 0);
    assert_eq!(dump(&mut conn), before);
}

#[test]
fn a_session_whose_user_row_is_gone_is_invalid() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let mut conn = database.connect();
    conn.batch_execute("PRAGMA foreign_keys = OFF; DELETE FROM auth_user").unwrap();
    assert_eq!(counts(&mut conn), (0, 0, 1));
    for error in [
        get(auth.session(&token(&session))).unwrap_err(),
        get(auth.validate(&token(&session))).unwrap_err(),
        get(auth.validate_user(&token(&session))).unwrap_err(),
        get(auth.renew_session(&token(&session))).unwrap_err(),
    ] {
        assert!(error.is_invalid_session());
    }
}

#[test]
fn the_id_in_the_table_is_the_hash_of_the_token_and_opens_nothing() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let stored = session_rows(&mut database.connect()).remove(0).0;
    assert_eq!(stored, session.id().as_str());
    assert_ne!(stored, session.token().unwrap().expose());
    assert!(SessionToken::parse(&stored).is_none());
    assert!(SessionToken::parse(&stored[..43]).is_some_and(|token| get(auth.session(&token)).is_err()));
}

#[test]
fn a_token_in_other_letters_is_another_token() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let text = session.token().unwrap().expose();
    let flipped: String = text
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    assert!(get(auth.session(&SessionToken::parse(flipped).unwrap())).unwrap_err().is_invalid_session());
}

#[test]
fn instants_out_of_range_are_a_dead_session_and_never_a_panic() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let mut conn = database.connect();
    for instant in [i64::MAX, i64::MIN, -1, 253_402_300_800_000] {
        for column in ["active_expires", "idle_expires", "absolute_expires", "created_at"] {
            let before = session_rows(&mut conn).remove(0);
            conn.batch_execute(&format!("UPDATE auth_session SET {column} = {instant}")).unwrap();
            for error in [
                get(auth.session(&token(&session))).unwrap_err(),
                get(auth.validate(&token(&session))).unwrap_err(),
                get(auth.renew_session(&token(&session))).unwrap_err(),
            ] {
                assert!(error.is_invalid_session(), "{column} = {instant}");
            }
            diesel::update(auth_session::table)
                .set((
                    auth_session::active_expires.eq(before.2),
                    auth_session::idle_expires.eq(before.3),
                    auth_session::created_at.eq(before.4),
                    auth_session::absolute_expires.eq(before.5),
                ))
                .execute(&mut conn)
                .unwrap();
        }
    }
    assert!(get(auth.validate(&token(&session))).is_ok());
}

#[test]
fn a_clock_that_jumps_makes_nothing_panic_and_nothing_outlive_its_absolute_end() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let start = database.clock.now().as_millis();
    for (now, valid) in [
        (start - 3_600_000, true),
        (start - 10 * 365 * DAY, true),
        (0, true),
        (i64::MIN, true),
        (i64::MAX, false),
        (start + 30 * DAY + 1, false),
        (start, true),
    ] {
        database.clock.set(UnixMillis::from_millis(now));
        let outcome = get(auth.validate(&token(&session)));
        assert_eq!(outcome.is_ok(), valid, "{now}");
    }
}

#[test]
fn thousands_of_sessions_are_swept_and_ended_in_one_call() {
    const MANY: u32 = 40_000;
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let keep = get(auth.create_session(&user.id)).unwrap();
    let mut conn = database.connect();
    let fill = |conn: &mut SqliteConnection, expires: i64| {
        conn.batch_execute(&format!(
            "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) \
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) \
             SELECT printf('%064x', i), '{}', {expires}, {expires} FROM n; \
             INSERT INTO auth_key (id, user_id, primary_key, expires) \
             WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {MANY}) \
             SELECT 'magic-link:' || i, '{}', 0, {expires} FROM n",
            user.id, user.id
        ))
        .unwrap();
    };
    fill(&mut conn, 1);
    let removed = get(auth.sweep(u32::MAX)).unwrap();
    assert_eq!((removed.sessions, removed.keys), (MANY, MANY));
    fill(&mut conn, 1);
    let removed = get(auth.sweep_user(&user.id)).unwrap();
    assert_eq!((removed.sessions, removed.keys), (MANY, MANY));
    fill(&mut conn, keep.idle_expires().as_millis());
    get(auth.invalidate_other_sessions(&user.id, keep.id())).unwrap();
    assert_eq!(session_rows(&mut conn).len(), 1);
    get(auth.validate(&again(keep.token().unwrap()))).unwrap();
}

#[test]
fn without_the_database_a_session_is_neither_valid_nor_invalid() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let mut conn = database.connect();
    conn.batch_execute("ALTER TABLE auth_session RENAME TO elsewhere").unwrap();
    for error in [
        get(auth.session(&token(&session))).unwrap_err(),
        get(auth.validate(&token(&session))).unwrap_err(),
        get(auth.validate_user(&token(&session))).unwrap_err(),
        get(auth.renew_session(&token(&session))).unwrap_err(),
        get(auth.sessions(&user.id)).unwrap_err(),
        get(auth.create_session(&user.id)).unwrap_err(),
    ] {
        assert!(!error.is_invalid_session() && !error.is_unknown_user());
    }
    conn.batch_execute("ALTER TABLE elsewhere RENAME TO auth_session").unwrap();
    assert!(get(auth.validate(&token(&session))).is_ok());
}

#[test]
fn an_idle_session_that_cannot_be_renewed_is_valid_all_the_same() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    database.clock.advance(2 * DAY);
    let mut conn = database.connect();
    conn.batch_execute(
        "CREATE TRIGGER no BEFORE UPDATE ON auth_session BEGIN SELECT raise(ABORT, 'no'); END",
    )
    .unwrap();
    let valid = get(auth.validate_user(&token(&session))).unwrap();
    assert_eq!((valid.session.id(), valid.session.state()), (session.id(), SessionState::Idle));
    assert!(!valid.session.is_fresh());
    conn.batch_execute("DROP TRIGGER no").unwrap();
    assert!(get(auth.validate(&token(&session))).unwrap().is_fresh());
}

#[test]
fn somebody_else_who_holds_the_file_makes_it_unavailable_and_logs_nobody_out() {
    let database = Database::new();
    let auth = database.auth();
    let user = get(auth.create_user(None, attributes("ada"))).unwrap();
    let session = get(auth.create_session(&user.id)).unwrap();
    let mut holder = database.connect();
    holder.batch_execute("BEGIN IMMEDIATE").unwrap();
    // Readers go on beside a writer.
    assert!(get(auth.validate(&token(&session))).is_ok());
    let mut conn = database.connect();
    conn.batch_execute("PRAGMA busy_timeout = 0").unwrap();
    let error = auth.on(&mut conn).create_session(&user.id).unwrap_err();
    assert!(error.is_unavailable());
    holder.batch_execute("ROLLBACK").unwrap();
    assert!(auth.on(&mut conn).create_session(&user.id).is_ok());
}

#[test]
fn a_join_with_the_table_of_users_is_the_apps_own_to_make() {
    let database = Database::new();
    let auth = database.auth();
    let user =
        get(auth.create_user(NewKey::without_password(EMAIL.id("x").unwrap()), attributes("ada"))).unwrap();
    get(auth.create_session(&user.id)).unwrap();
    let found: Vec<(String, String)> = auth_session::table
        .inner_join(auth_user::table)
        .select((auth_user::username, auth_session::id))
        .load(&mut database.connect())
        .unwrap();
    assert_eq!(found.len(), 1);
}
