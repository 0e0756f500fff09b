//! Over HTTP: who is logging in waits for a hash, and nobody else does.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{Request, StatusCode, header};
use axum::routing::{get, post};
use lucia::axum::{AuthLayer, AuthRequest, Authenticated};
use lucia::diesel::SqlitePool;
use lucia::{
    Argon2id, Auth, Builder, HasherError, NewKey, Password, PasswordHash, PasswordHasher, Random,
    Verification,
};
use lucia_tests::{Database, USERNAME, User, attributes, cheap_hasher, connect};
use tokio::task::JoinHandle;
use tower::ServiceExt;

const LOG_INS: usize = 50;

/// A hasher that holds whoever verifies while it is told to.
#[derive(Clone)]
struct Gate(Arc<Inside>);

struct Inside {
    hasher: Argon2id,
    held: Mutex<bool>,
    released: Condvar,
    /// How many have come to the gate while it was closed.
    waiting: AtomicUsize,
}

impl Gate {
    fn new() -> Self {
        Self(Arc::new(Inside {
            hasher: cheap_hasher(),
            held: Mutex::new(false),
            released: Condvar::new(),
            waiting: AtomicUsize::new(0),
        }))
    }

    /// From now on, until `open`, or for so long: a server that answers nobody would otherwise never come to open it.
    fn close_for(&self, at_most: Duration) {
        *self.0.held.lock().unwrap() = true;
        let gate = self.clone();
        thread::spawn(move || {
            let held = gate.0.held.lock().unwrap();
            drop(gate.0.released.wait_timeout_while(held, at_most, |held| *held).unwrap());
            gate.open();
        });
    }

    fn open(&self) {
        *self.0.held.lock().unwrap() = false;
        self.0.released.notify_all();
    }

    fn is_closed(&self) -> bool {
        *self.0.held.lock().unwrap()
    }

    fn wait(&self) {
        let held = self.0.held.lock().unwrap();
        if *held {
            self.0.waiting.fetch_add(1, SeqCst);
        }
        drop(self.0.released.wait_while(held, |held| *held).unwrap());
    }
}

impl PasswordHasher for Gate {
    fn hash(&self, password: &str, random: &dyn Random) -> Result<PasswordHash, HasherError> {
        self.0.hasher.hash(password, random)
    }

    fn verify(&self, password: &str, stored: &PasswordHash) -> Result<Verification, HasherError> {
        self.wait();
        self.0.hasher.verify(password, stored)
    }
}

#[derive(Clone)]
struct App {
    auth: Auth<User>,
    database: PathBuf,
    /// How many log-ins have come to their handler.
    begun: Arc<AtomicUsize>,
}

impl axum::extract::FromRef<App> for Auth<User> {
    fn from_ref(app: &App) -> Self {
        app.auth.clone()
    }
}

fn right() -> Password {
    "correct horse".into()
}

async fn log_in(State(app): State<App>, request: AuthRequest<User>) {
    app.begun.fetch_add(1, SeqCst);
    let session = app.auth.log_in(&USERNAME.id("ada").unwrap(), &right()).await.unwrap();
    request.set_session(session.unwrap()).await.unwrap();
}

/// As nobody should: it hashes on the thread that serves everybody.
async fn log_in_inline(State(app): State<App>, request: AuthRequest<User>) {
    app.begun.fetch_add(1, SeqCst);
    let mut connection = connect(&app.database);
    let session = app.auth.on(&mut connection).log_in(&USERNAME.id("ada").unwrap(), &right()).unwrap();
    request.set_session(session.unwrap()).await.unwrap();
}

async fn me(Authenticated { user, .. }: Authenticated<User>) -> String {
    user.username
}

fn routes(app: &App) -> Router {
    Router::new()
        .route("/log-in", post(log_in))
        .route("/log-in-inline", post(log_in_inline))
        .route("/api/me", get(me))
        .layer(AuthLayer::new(app.auth.clone()))
        .with_state(app.clone())
}

fn spawn_log_in(routes: &Router, path: &'static str) -> JoinHandle<(StatusCode, bool)> {
    let routes = routes.clone();
    tokio::spawn(async move {
        let request = Request::post(path).header("sec-fetch-site", "same-origin").body(Body::empty());
        let response = routes.oneshot(request.unwrap()).await.unwrap();
        (response.status(), response.headers().contains_key(header::SET_COOKIE))
    })
}

async fn who_am_i(routes: &Router, token: &str) -> (StatusCode, String) {
    let request = Request::get("/api/me").header(header::COOKIE, format!("auth_session={token}"));
    let response = routes.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let status = response.status();
    let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, String::from_utf8(body.into()).unwrap())
}

async fn until(condition: impl Fn() -> bool) {
    while !condition() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

/// How it stood when `/api/me` had been answered.
#[derive(Debug, PartialEq)]
struct Seen {
    gate_is_closed: bool,
    log_ins_answered: usize,
}

/// Fifty log in at `path`, and somebody who is logged in asks who they are. The gate opens once they have been told, and
/// after `at_most` in any case.
async fn asked_during_log_ins(path: &'static str, at_most: Duration) -> Seen {
    let (database, gate) = (Database::new(), Gate::new());
    // One reader, so that whoever held a connection would hold them all; one hash at once.
    let builder = Builder::new(SqlitePool::open_with_readers(database.path(), 1).unwrap());
    let builder = builder.clock(database.clock.clone()).password_hasher(gate.clone()).hashes_at_once(1);
    let app = App {
        auth: builder.development().unwrap(),
        database: database.path(),
        begun: Arc::new(AtomicUsize::new(0)),
    };
    let key = NewKey::password(USERNAME.id("ada").unwrap(), right());
    let user = app.auth.create_user(key, attributes("ada")).await.unwrap();
    let session = app.auth.create_session(&user.id).await.unwrap();
    let token = session.token().unwrap().expose();
    let routes = routes(&app);
    assert_eq!(who_am_i(&routes, token).await, (StatusCode::OK, "ada".to_owned()));

    gate.close_for(at_most);
    let log_ins: Vec<_> = (0..LOG_INS).map(|_| spawn_log_in(&routes, path)).collect();
    until(|| app.begun.load(SeqCst) == LOG_INS && gate.0.waiting.load(SeqCst) > 0).await;
    assert_eq!(who_am_i(&routes, token).await, (StatusCode::OK, "ada".to_owned()));
    let seen = Seen {
        gate_is_closed: gate.is_closed(),
        log_ins_answered: log_ins.iter().filter(|log_in| log_in.is_finished()).count(),
    };
    gate.open();
    for log_in in log_ins {
        assert_eq!(log_in.await.unwrap(), (StatusCode::OK, true), "answered, with a cookie");
    }
    seen
}

fn on_one_thread<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

#[test]
fn whoever_is_logged_in_is_answered_while_fifty_log_ins_are_held() {
    let seen = on_one_thread(asked_during_log_ins("/log-in", Duration::from_secs(30)));
    assert_eq!(seen, Seen { gate_is_closed: true, log_ins_answered: 0 });
}

#[test]
fn hashing_on_the_serving_thread_would_answer_nobody_before_the_gate_opens() {
    let seen = on_one_thread(asked_during_log_ins("/log-in-inline", Duration::from_millis(300)));
    assert!(!seen.gate_is_closed, "{seen:?}");
}
