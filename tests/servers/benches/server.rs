//! What a validation costs on PostgreSQL by `diesel-async`, as a ratio to the same join written by hand, and how many validations
//! and log-ins one server of each kind carries on this machine.
//!
//! `cargo bench -p lucia-server-tests`. The contestants take turns and the means are compared, so that a machine whose speed
//! drifts does not decide. Everything runs on one machine, the server too: take the ratios from here, and the rest as an order of
//! magnitude.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    clippy::allow_attributes,
    missing_docs,
    reason = "a benchmark that cannot go on should stop"
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel_async::AsyncPgConnection;
use diesel_async::pooled_connection::{
    AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod, deadpool::Pool,
};
use lucia::adapter::SessionAdapter;
use lucia::diesel::{AsyncPooled, Pooled};
use lucia::redis::RedisSessions;
use lucia::{Auth, Builder, NewKey, Session, SessionToken, Split};
use lucia_server_tests::Database;
use lucia_server_tests::redis::Redis;
use lucia_tests::{USERNAME, User, attributes, auth_session, auth_user, cheap_hasher};

const USERS: usize = 2_000;
const DRAWS: usize = 60;
const CALLS: usize = 800;

/// Somebody who is signed in.
struct SignedIn {
    token: SessionToken,
    user: User,
}

type People = Arc<Vec<SignedIn>>;

async fn people(auth: &Auth<User>) -> People {
    let mut people = Vec::new();
    for n in 0..USERS {
        let name = format!("user{n}");
        let key = NewKey::without_password(USERNAME.id(&name).unwrap());
        let user = auth.create_user(key, attributes(&name)).await.unwrap();
        let session = auth.create_session(&user.id).await.unwrap();
        people.push(SignedIn { token: token(&session), user });
    }
    Arc::new(people)
}

fn token(session: &Session) -> SessionToken {
    SessionToken::parse(session.token().unwrap().expose()).unwrap()
}

/// So many calls by as many tasks at once: microseconds for each call, by the clock on the wall.
async fn round<F>(people: &People, tasks: usize, call: impl Fn(People, usize) -> F) -> f64
where
    F: Future<Output = ()> + Send + 'static,
{
    let start = Instant::now();
    let running: Vec<_> = (0..tasks).map(|task| tokio::spawn(call(Arc::clone(people), task))).collect();
    for task in running {
        task.await.unwrap();
    }
    start.elapsed().as_secs_f64() * 1e6 / (CALLS / tasks * tasks) as f64
}

/// The people whom a task asks for, one after another.
fn of_task(people: &People, task: usize, tasks: usize) -> impl Iterator<Item = &SignedIn> {
    (0..CALLS / tasks).map(move |n| &people[(n * 7 + task * 131) % USERS])
}

/// The session's columns as a careful person would read them.
type Row = (String, String, i64, i64, Option<i64>, Option<i64>, Option<String>);

async fn by_hand(pool: &Pool<AsyncPgConnection>, token: &SessionToken) -> User {
    let mut connection = pool.get().await.unwrap();
    let id = token.id().to_string();
    let query = auth_session::table.inner_join(auth_user::table).filter(auth_session::id.eq(&id)).select((
        (
            auth_session::id,
            auth_session::user_id,
            auth_session::active_expires,
            auth_session::idle_expires,
            auth_session::created_at,
            auth_session::absolute_expires,
            auth_session::renewed_from,
        ),
        User::as_select(),
    ));
    let (row, user): (Row, User) =
        diesel_async::RunQueryDsl::get_result(query, &mut connection).await.unwrap();
    check(&row.0, &id, row.2, row.3, row.5);
    user
}

fn check(found: &str, id: &str, active: i64, idle: i64, absolute: Option<i64>) {
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()).unwrap();
    assert!(found == id && now <= active && now <= idle && absolute.is_none_or(|end| now <= end));
}

async fn by_tokio_postgres(
    client: &tokio_postgres::Client,
    join: &tokio_postgres::Statement,
    token: &SessionToken,
) -> String {
    let id = token.id().to_string();
    let row = client.query_one(join, &[&id]).await.unwrap();
    check(row.get(0), &id, row.get(2), row.get(3), row.get(5));
    row.get(8)
}

const JOIN: &str = "
    SELECT s.id, s.user_id, s.active_expires, s.idle_expires, s.created_at, s.absolute_expires, s.renewed_from,
           u.id, u.username, u.email, u.logins, u.created_at
    FROM auth_session s JOIN auth_user u ON u.id = s.user_id WHERE s.id = $1";

/// The mean without the tenth at either end. Not the median: by where its two ends are, a draw is one of fast ones or of slow ones, and
/// the median is of whichever are a few more.
fn mean(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    let tenth = times.len() / 10;
    let middle = &times[tenth..times.len() - tenth];
    middle.iter().sum::<f64>() / middle.len() as f64
}

/// One of each contestant, with connections of its own: where the system puts the two ends of one decides as much as the code does.
struct Draw {
    hand: Pool<AsyncPgConnection>,
    auth: Auth<User>,
    raw: Vec<Arc<(tokio_postgres::Client, tokio_postgres::Statement)>>,
}

impl Draw {
    async fn new(database: &Database) -> Self {
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        let manager = AsyncDieselConnectionManager::new_with_config(database.url(), config);
        let pool = AsyncPooled::postgres(&database.async_url()).await.unwrap();
        let mut raw = Vec::new();
        for _ in 0..8 {
            let (client, connection) =
                tokio_postgres::connect(&database.url(), tokio_postgres::NoTls).await.unwrap();
            tokio::spawn(connection);
            let join = client.prepare(JOIN).await.unwrap();
            raw.push(Arc::new((client, join)));
        }
        Self {
            hand: Pool::builder(manager).max_size(10).build().unwrap(),
            auth: Builder::new(pool).password_hasher(cheap_hasher()).development().unwrap(),
            raw,
        }
    }

    async fn hand(&self, people: &People, tasks: usize) -> f64 {
        let calls = round(people, tasks, |people, task| {
            let pool = self.hand.clone();
            async move {
                for one in of_task(&people, task, tasks) {
                    assert_eq!(by_hand(&pool, &one.token).await, one.user);
                }
            }
        });
        calls.await
    }

    async fn ours(&self, people: &People, tasks: usize) -> f64 {
        let calls = round(people, tasks, |people, task| {
            let auth = self.auth.clone();
            async move {
                for one in of_task(&people, task, tasks) {
                    assert_eq!(auth.validate_user(&one.token).await.unwrap().user, one.user);
                }
            }
        });
        calls.await
    }

    async fn raw(&self, people: &People, tasks: usize) -> f64 {
        let calls = round(people, tasks, |people, task| {
            let client = Arc::clone(&self.raw[task]);
            async move {
                for one in of_task(&people, task, tasks) {
                    let name = by_tokio_postgres(&client.0, &client.1, &one.token).await;
                    assert_eq!(name, one.user.username);
                }
            }
        });
        calls.await
    }

    /// Microseconds for each call of the three; either of the first two begins.
    async fn times(&self, people: &People, tasks: usize, ours_first: bool) -> [f64; 3] {
        let early = if ours_first { Some(self.ours(people, tasks).await) } else { None };
        let hand = self.hand(people, tasks).await;
        let ours = match early {
            Some(ours) => ours,
            None => self.ours(people, tasks).await,
        };
        [hand, ours, self.raw(people, tasks).await]
    }
}

async fn ratios(database: &Database, people: &People) {
    println!(
        "validate a session and read its user on PostgreSQL: {USERS} users, {DRAWS} draws of {CALLS} calls"
    );
    println!("{:<44} {:>10} {:>10}", "", "us/call", "ratio");
    for tasks in [1, 8] {
        let mut times = [const { Vec::new() }; 3];
        for n in 0..DRAWS {
            let draw = Draw::new(database).await;
            // The first turn warms up.
            draw.times(people, tasks, n % 2 == 0).await;
            for (times, time) in times.iter_mut().zip(draw.times(people, tasks, n % 2 == 0).await) {
                times.push(time);
            }
        }
        let means = times.map(mean);
        let names = [
            ("join by hand on diesel-async", ""),
            ("Auth on diesel-async", "  limit 1.10"),
            ("join on tokio-postgres", ""),
        ];
        for ((name, limit), time) in names.iter().zip(means) {
            println!(
                "{:<44} {time:>10.1} {:>10.2}{limit}",
                format!("{name}, {tasks} in flight"),
                time / means[0]
            );
        }
    }
}

/// Calls in a second, with sixteen in flight for two seconds.
async fn per_second<F>(call: impl Fn(usize) -> F + Send + Sync + 'static) -> f64
where
    F: Future<Output = ()> + Send,
{
    let call = Arc::new(call);
    let start = Instant::now();
    let tasks: Vec<_> = (0..16)
        .map(|task| {
            let call = Arc::clone(&call);
            tokio::spawn(async move {
                let mut calls = 0_usize;
                while start.elapsed() < Duration::from_secs(2) {
                    call(task + 16 * calls).await;
                    calls += 1;
                }
                calls
            })
        })
        .collect();
    let mut calls = 0;
    for task in tasks {
        calls += task.await.unwrap();
    }
    calls as f64 / start.elapsed().as_secs_f64()
}

/// Sessions found by their ids in a second.
async fn looked_up(sessions: RedisSessions, people: People) -> f64 {
    let found = per_second(move |n| {
        let (sessions, people) = (sessions.clone(), Arc::clone(&people));
        async move {
            let id = people[n % USERS].token.id().to_string();
            assert!(sessions.find_session(id).await.unwrap().is_some());
        }
    });
    found.await
}

async fn throughput(name: &str, auth: Auth<User>, people: People) {
    let (a, p) = (auth.clone(), Arc::clone(&people));
    let validations = per_second(move |n| {
        let (auth, people) = (a.clone(), Arc::clone(&p));
        async move {
            auth.validate_user(&people[n % USERS].token).await.unwrap();
        }
    });
    let validations = validations.await;
    let sessions = per_second(move |n| {
        let (auth, people) = (auth.clone(), Arc::clone(&people));
        async move {
            auth.create_session(&people[n % USERS].user.id).await.unwrap();
        }
    });
    println!("{name:<44} {validations:>12.0} {:>14.0}", sessions.await);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let builder = |pool| Builder::new(pool).password_hasher(cheap_hasher());
        let database = Database::postgres();
        let pool = AsyncPooled::postgres(&database.async_url()).await.unwrap();
        let auth: Auth<User> = builder(pool).development().unwrap();
        let people_of_postgres = people(&auth).await;
        ratios(&database, &people_of_postgres).await;

        println!("\nin a second, sixteen in flight, server and app on the same machine");
        println!("{:<44} {:>12} {:>14}", "", "validations", "sessions begun");
        throughput("PostgreSQL by diesel-async", auth, Arc::clone(&people_of_postgres)).await;
        let blocking = Pooled::postgres(&database.url()).unwrap();
        let auth: Auth<User> = Builder::new(blocking).password_hasher(cheap_hasher()).development().unwrap();
        throughput("PostgreSQL by Diesel's own connections", auth, people_of_postgres).await;
        let database = Database::mariadb();
        let pool = AsyncPooled::mysql(&database.async_url()).await.unwrap();
        let auth: Auth<User> = Builder::new(pool).password_hasher(cheap_hasher()).development().unwrap();
        let people_of_mariadb = people(&auth).await;
        throughput("MariaDB by diesel-async", auth, people_of_mariadb).await;

        let (database, redis) = (Database::postgres(), Redis::start());
        let user = AsyncPooled::postgres(&database.async_url()).await.unwrap();
        let session = redis.sessions().await;
        let apart = Builder::new(Split { user, session: session.clone() });
        let auth: Auth<User> = apart.password_hasher(cheap_hasher()).development().unwrap();
        let people_apart = people(&auth).await;
        throughput("users on PostgreSQL, sessions in Redis", auth, Arc::clone(&people_apart)).await;
        println!(
            "{:<44} {:>12.0}",
            "Redis alone, a session by its id",
            looked_up(session, people_apart).await
        );
    });
}
