//! Sessions against a small model of them: any sequence of operations gives what the model says.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::{Auth, Clock, Password, Periods, SessionState, SessionToken, UserId};
use lucia_tests::{Database, User, attributes};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::Config;
use std::time::Duration;

use crate::invariants::check;
use crate::support::{MINUTE, name, token};

const ACTIVE: i64 = 10 * MINUTE;
const IDLE: i64 = 20 * MINUTE;
const ABSOLUTE: i64 = 60 * MINUTE;
const USERS: usize = 2;

#[derive(Clone, Debug)]
enum Step {
    Create(usize),
    Advance(i64),
    Validate(Index),
    /// As `Validate`, and nobody ever sees the answer.
    ValidateAndLose(Index),
    Renew(Index),
    Invalidate(Index),
    InvalidateOthers(Index),
    InvalidateAll(usize),
    ChangePassword(usize),
    Sweep,
}

fn step() -> impl Strategy<Value = Step> {
    let user = || 0..USERS;
    let instant = prop_oneof![
        3 => 1..2 * MINUTE,
        3 => 1..15 * MINUTE,
        1 => Just(MINUTE),
        1 => Just(ACTIVE),
        1 => Just(ACTIVE + 1),
        1 => Just(IDLE),
    ];
    prop_oneof![
        3 => user().prop_map(Step::Create),
        8 => instant.prop_map(Step::Advance),
        10 => any::<Index>().prop_map(Step::Validate),
        3 => any::<Index>().prop_map(Step::ValidateAndLose),
        3 => any::<Index>().prop_map(Step::Renew),
        1 => any::<Index>().prop_map(Step::Invalidate),
        1 => any::<Index>().prop_map(Step::InvalidateOthers),
        1 => user().prop_map(Step::InvalidateAll),
        1 => user().prop_map(Step::ChangePassword),
        1 => Just(Step::Sweep),
    ]
}

/// A session as the model has it; it stays in the list when it is gone.
#[derive(Clone, Debug)]
struct Modelled {
    user: usize,
    active: i64,
    idle: i64,
    absolute: i64,
    /// The one that it was renewed from.
    from: Option<usize>,
    made: i64,
    /// Whether its token came back; of one that was not renewed from another, always.
    presented: bool,
    gone: bool,
}

#[derive(Default)]
struct Model {
    sessions: Vec<Modelled>,
    now: i64,
}

impl Model {
    fn create(&mut self, user: usize) {
        let (active, absolute) = (self.now + ACTIVE, self.now + ABSOLUTE);
        let idle = (active + IDLE).min(absolute);
        let made = self.now;
        self.sessions.push(Modelled {
            user,
            active,
            idle,
            absolute,
            from: None,
            made,
            presented: true,
            gone: false,
        });
    }

    /// `None` is dead.
    fn state(&self, i: usize) -> Option<SessionState> {
        let session = &self.sessions[i];
        let dead = session.gone || self.now > session.idle || self.now > session.absolute;
        let state = if self.now > session.active { SessionState::Idle } else { SessionState::Active };
        (!dead).then_some(state)
    }

    /// Its token arrives: the one before it has 60 seconds left.
    fn present(&mut self, i: usize) {
        if self.sessions[i].presented {
            return;
        }
        self.sessions[i].presented = true;
        if let Some(from) = self.sessions[i].from {
            let end = self.now + MINUTE;
            let old = &mut self.sessions[from];
            old.idle = old.idle.min(end);
        }
    }

    /// Whether a new session was put beside it.
    fn renew(&mut self, i: usize) -> bool {
        let renewal =
            (0..self.sessions.len()).find(|&n| self.sessions[n].from == Some(i) && !self.sessions[n].gone);
        if let Some(renewal) = renewal {
            let lost = !self.sessions[renewal].presented && self.now - self.sessions[renewal].made > MINUTE;
            if !lost {
                return false;
            }
            self.sessions[renewal].gone = true;
        }
        let old = self.sessions[i].clone();
        let active = self.now + ACTIVE;
        let idle = (active + IDLE).min(old.absolute);
        let made = self.now;
        self.sessions.push(Modelled {
            active,
            idle,
            from: Some(i),
            made,
            presented: false,
            gone: false,
            ..old
        });
        true
    }

    /// `None` when it is invalid, else whether it is renewed.
    fn validate(&mut self, i: usize) -> Option<bool> {
        let state = self.state(i)?;
        self.present(i);
        Some(state == SessionState::Idle && self.renew(i))
    }

    /// Those that are linked with it by renewals.
    fn family(&self, i: usize) -> Vec<usize> {
        let mut family = vec![i];
        loop {
            let next = (0..self.sessions.len()).find(|&n| {
                let to_it = family.iter().any(|&member| {
                    self.sessions[n].from == Some(member)
                        || (self.sessions[member].from == Some(n) && !self.sessions[member].gone)
                });
                to_it && !self.sessions[n].gone && !family.contains(&n)
            });
            match next {
                Some(next) => family.push(next),
                None => return family,
            }
        }
    }

    fn end(&mut self, which: impl Fn(usize, &Modelled) -> bool) {
        for (i, session) in self.sessions.iter_mut().enumerate() {
            if which(i, session) {
                session.gone = true;
            }
        }
    }

    fn listed(&self, user: usize) -> Vec<usize> {
        let superseded =
            |i: usize| self.sessions.iter().any(|new| new.from == Some(i) && new.presented && !new.gone);
        (0..self.sessions.len())
            .filter(|&i| self.sessions[i].user == user && self.sessions[i].presented)
            .filter(|&i| self.state(i).is_some() && !superseded(i))
            .collect()
    }
}

/// The model and what it models, side by side.
struct Run<'a> {
    model: Model,
    auth: &'a Auth<User>,
    conn: &'a mut SqliteConnection,
    database: &'a Database,
    users: Vec<UserId>,
    /// As many as the model has sessions.
    tokens: Vec<SessionToken>,
    /// Those whose tokens somebody has.
    held: Vec<usize>,
    passwords: Vec<usize>,
}

fn password(n: usize) -> Password {
    Password::from(format!("password {n}"))
}

impl Run<'_> {
    fn pick(&self, index: Index) -> Option<usize> {
        (!self.held.is_empty()).then(|| self.held[index.index(self.held.len())])
    }

    fn learn(&mut self, session: &lucia::Session) {
        self.tokens.push(token(session));
        self.held.push(self.tokens.len() - 1);
        assert_eq!(self.tokens.len(), self.model.sessions.len());
    }

    fn take(&mut self, step: &Step) {
        self.model.now = self.database.clock.now().as_millis();
        match step {
            Step::Advance(millis) => {
                self.database.clock.advance(*millis);
                self.model.now += millis;
            }
            Step::Create(user) => {
                let session = self.auth.on(self.conn).create_session(&self.users[*user]).unwrap();
                self.model.create(*user);
                self.learn(&session);
            }
            Step::Validate(index) | Step::ValidateAndLose(index) | Step::Renew(index) => {
                let Some(i) = self.pick(*index) else { return };
                let auth = self.auth.on(self.conn);
                let (outcome, expected) = if matches!(step, Step::Renew(_)) {
                    let expected = self.model.state(i).map(|_| {
                        self.model.present(i);
                        self.model.renew(i)
                    });
                    (auth.renew_session(&self.tokens[i]), expected)
                } else {
                    (auth.validate(&self.tokens[i]), self.model.validate(i))
                };
                drop(auth);
                match (outcome, expected) {
                    (Err(error), None) => assert!(error.is_invalid_session()),
                    (Ok(session), Some(renewed)) => {
                        assert_eq!(session.is_fresh(), renewed);
                        if renewed {
                            self.learn(&session);
                            if matches!(step, Step::ValidateAndLose(_)) {
                                self.held.pop();
                            }
                        } else {
                            assert_eq!(session.id(), &self.tokens[i].id());
                        }
                    }
                    (outcome, expected) => panic!("{outcome:?} is not {expected:?}"),
                }
            }
            Step::Invalidate(index) => {
                let Some(i) = self.pick(*index) else { return };
                self.auth.on(self.conn).invalidate_session(&self.tokens[i].id()).unwrap();
                if !self.model.sessions[i].gone {
                    let family = self.model.family(i);
                    self.model.end(|i, _| family.contains(&i));
                }
            }
            Step::InvalidateOthers(index) => {
                let Some(keep) = self.pick(*index) else { return };
                let user = self.model.sessions[keep].user;
                let id = self.tokens[keep].id();
                self.auth.on(self.conn).invalidate_other_sessions(&self.users[user], &id).unwrap();
                let family = self.model.family(keep);
                self.model.end(|i, session| session.user == user && !family.contains(&i));
            }
            Step::InvalidateAll(user) => {
                self.auth.on(self.conn).invalidate_sessions(&self.users[*user]).unwrap();
                self.model.end(|_, session| session.user == *user);
            }
            Step::ChangePassword(user) => {
                let (old, new) = (password(self.passwords[*user]), password(self.passwords[*user] + 1));
                self.passwords[*user] += 1;
                let key = name(self.users[*user].as_str());
                let session = self.auth.on(self.conn).change_password(&key, &old, new).unwrap().unwrap();
                self.model.end(|_, session| session.user == *user);
                self.model.create(*user);
                self.learn(&session);
            }
            Step::Sweep => {
                let _ = self.auth.on(self.conn).sweep(1_000).unwrap();
                let now = self.model.now;
                self.model.end(|_, session| session.idle < now);
            }
        }
    }

    fn compare(&mut self) {
        let auth = self.auth.on(self.conn);
        for (i, token) in self.tokens.iter().enumerate() {
            let state = auth.session(token).ok().map(|session| session.state());
            assert_eq!(state, self.model.state(i), "session {i}: {:?}", self.model.sessions[i]);
        }
        for (user, id) in self.users.iter().enumerate() {
            let mut listed: Vec<_> = auth.sessions(id).unwrap().iter().map(|s| s.id().to_string()).collect();
            let mut expected: Vec<_> =
                self.model.listed(user).iter().map(|&i| self.tokens[i].id().to_string()).collect();
            listed.sort();
            expected.sort();
            assert_eq!(listed, expected);
        }
    }
}

#[test]
fn any_sequence_of_operations_gives_what_the_model_says() {
    let database = Database::new();
    let periods = Periods::new(
        Duration::from_millis(ACTIVE.unsigned_abs()),
        Duration::from_millis(IDLE.unsigned_abs()),
        Some(Duration::from_millis(ABSOLUTE.unsigned_abs())),
    );
    let auth: Auth<User> = database.builder().periods(periods.unwrap()).development().unwrap();
    let mut conn = database.connect();
    // What is on the disk is not the question here.
    conn.batch_execute("PRAGMA synchronous = OFF").unwrap();
    let conn = std::cell::RefCell::new(conn);
    proptest!(Config { cases: 250, failure_persistence: None, ..Config::default() }, |(
        steps in proptest::collection::vec(step(), 1..60),
    )| {
        let conn = &mut *conn.borrow_mut();
        conn.batch_execute("DELETE FROM auth_session; DELETE FROM auth_key; DELETE FROM auth_user").unwrap();
        let users: Vec<UserId> = (0..USERS).map(|n| UserId::new(n.to_string()).unwrap()).collect();
        for id in &users {
            let key = lucia::NewKey::password(name(id.as_str()), password(0));
            auth.on(conn).create_user_with_id(id.clone(), key, attributes(id.as_str())).unwrap();
        }
        let mut run = Run {
            model: Model::default(),
            auth: &auth,
            conn,
            database: &database,
            users,
            tokens: Vec::new(),
            held: Vec::new(),
            passwords: vec![0; USERS],
        };
        for step in &steps {
            run.take(step);
            run.compare();
        }
        check(run.conn);
    });
}
