//! Sessions in a database of their own, where no row of a user keeps rivals in turn: what one step waits for, and finds afterwards.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use diesel::{Connection, MysqlConnection, PgConnection};
use lucia::adapter::{Renewal, Renewed, SessionAdapter};
use lucia::diesel::{
    ApartQueriesOn, Connect, DieselSessions, Pooled, SESSION_MIGRATIONS, SessionTable, SqlitePool,
};
use lucia::{Error, StoredSession, UnixMillis, UserId};
use lucia_server_tests::Database;
use lucia_tests::block_on;

const DAY: i64 = 86_400_000;

fn at(day: i64) -> UnixMillis {
    UnixMillis::from_millis(day * DAY)
}

fn session(id: &str) -> StoredSession {
    StoredSession {
        id: id.to_owned(),
        user_id: UserId::new("ada").unwrap(),
        active_expires: at(1),
        idle_expires: at(15),
        created_at: Some(at(0)),
        absolute_expires: None,
        renewed_from: None,
    }
}

/// What comes beside `old` on this day, and has not been presented.
fn renewed(old: &str, id: &str, day: i64) -> StoredSession {
    StoredSession {
        active_expires: at(day + 1),
        idle_expires: at(day + 15),
        created_at: None,
        renewed_from: Some(old.to_owned()),
        ..session(id)
    }
}

/// Rows that a rival's transaction holds until it ends.
trait Rival {
    fn begin(&mut self, sql: &str);
    fn commit(&mut self);
}

impl<C: Connection> Rival for C {
    fn begin(&mut self, sql: &str) {
        self.batch_execute(&format!("START TRANSACTION; {sql}")).unwrap();
    }

    fn commit(&mut self) {
        self.batch_execute("COMMIT").unwrap();
    }
}

/// A database of a server, with sessions in it and a rival.
struct Server<D> {
    database: Database,
    sessions: DieselSessions<D>,
    rival: Mutex<Box<dyn Rival + Send>>,
    /// Who waits for a row of the database.
    waiting: &'static str,
}

fn postgres() -> Server<Pooled<PgConnection>> {
    let database = Database::empty_postgres();
    let pool = Pooled::postgres(&database.url()).unwrap();
    pool.migrate(&SESSION_MIGRATIONS).unwrap();
    Server {
        rival: Mutex::new(Box::new(PgConnection::establish(&database.url()).unwrap())),
        sessions: DieselSessions::new(pool),
        database,
        waiting: "SELECT wait_event AS line FROM pg_stat_activity
                  WHERE datname = current_database() AND wait_event_type = 'Lock'",
    }
}

fn mariadb() -> Server<Pooled<MysqlConnection>> {
    let database = Database::empty_mariadb();
    let pool = Pooled::mysql(&database.url()).unwrap();
    pool.migrate(&SESSION_MIGRATIONS).unwrap();
    Server {
        rival: Mutex::new(Box::new(MysqlConnection::establish(&database.url()).unwrap())),
        sessions: DieselSessions::new(pool),
        database,
        // Its own table of waiting transactions is read anew only when nobody has read it for a while.
        waiting: "SELECT db AS line FROM information_schema.processlist
                  WHERE db = DATABASE() AND id <> CONNECTION_ID() AND command <> 'Sleep' AND time_ms > 200",
    }
}

impl<D: Connect> Server<D>
where
    SessionTable: ApartQueriesOn<D::Driver>,
{
    /// With these sessions, of a user whose row has been held before.
    async fn with(self, sessions: &[StoredSession]) -> Self {
        for session in sessions {
            self.sessions.create_session(session.clone()).await.unwrap();
        }
        self.database.execute("INSERT INTO auth_session_user (user_id) VALUES ('ada')");
        self
    }

    /// Until a step waits for somebody else's transaction.
    async fn somebody_waits(&self) {
        let started = Instant::now();
        while self.database.lines(self.waiting).is_empty() {
            assert!(started.elapsed() < Duration::from_secs(30), "the step does not wait for the rival");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Does a step that comes upon the rival's transaction, which ends when the step waits for it.
    async fn beside<T>(&self, rival: &str, step: impl AsyncFnOnce(&DieselSessions<D>) -> T) -> T {
        self.rival.lock().unwrap().begin(rival);
        let commit = async {
            self.somebody_waits().await;
            self.rival.lock().unwrap().commit();
        };
        tokio::join!(step(&self.sessions), commit).0
    }

    async fn ids(&self) -> Vec<String> {
        let sessions = self.sessions.sessions_of(UserId::new("ada").unwrap()).await.unwrap();
        sessions.into_iter().map(|session| session.id).collect()
    }
}

/// A test on each server.
macro_rules! on_servers {
    ($($(#[$meta:meta])* async fn $test:ident<D>($server:ident) $body:block)*) => {$(
        mod $test {
            use super::*;

            async fn on<D: Connect>($server: Server<D>)
            where
                SessionTable: ApartQueriesOn<D::Driver>,
            $body

            $(#[$meta])*
            #[test]
            fn on_postgres() {
                block_on(on(postgres()));
            }

            $(#[$meta])*
            #[test]
            fn on_mariadb() {
                block_on(on(mariadb()));
            }
        }
    )*};
}

/// What somebody does who renews `old` while holding the row of the user, which has been held before.
const RENEWAL: &str = "UPDATE auth_session_user SET user_id = user_id WHERE user_id = 'ada';
    INSERT INTO auth_session (id, user_id, active_expires, idle_expires, renewed_from)
    VALUES ('new', 'ada', 1, 15, 'old')";

on_servers! {
    async fn logging_out_ends_what_is_renewed_meanwhile<D>(server) {
        let server = server.with(&[session("old"), session("other")]).await;
        let ended = server.beside(RENEWAL, async |sessions| sessions.delete_session("old".to_owned()).await);
        ended.await.unwrap();
        assert_eq!(server.ids().await, ["other"]);
    }

    async fn ending_all_sessions_ends_what_is_renewed_meanwhile<D>(server) {
        let server = server.with(&[session("old"), session("other")]).await;
        let ended = server.beside(RENEWAL, async |sessions| {
            sessions.delete_sessions_of(UserId::new("ada").unwrap(), None).await
        });
        ended.await.unwrap();
        assert!(server.ids().await.is_empty());
    }

    async fn ending_the_other_sessions_keeps_what_is_renewed_meanwhile<D>(server) {
        let server = server.with(&[session("old"), session("other")]).await;
        let ended = server.beside(RENEWAL, async |sessions| {
            sessions.delete_sessions_of(UserId::new("ada").unwrap(), Some("old".to_owned())).await
        });
        ended.await.unwrap();
        assert_eq!(server.ids().await, ["new", "old"]);
    }

    async fn a_session_that_is_ended_meanwhile_is_not_renewed<D>(server) {
        let server = server.with(&[session("old")]).await;
        let renewal = Renewal { old: "old".to_owned(), new: renewed("old", "new", 2), now: at(2), lost_before: at(0) };
        let ending = "DELETE FROM auth_session WHERE id = 'old'; DELETE FROM auth_session_user WHERE user_id = 'ada'";
        let outcome = server.beside(ending, async |sessions| {
            sessions.renew_session(renewal).await
        });
        assert_eq!(outcome.await.unwrap(), Renewed::Gone);
        assert!(server.ids().await.is_empty());
    }

    async fn a_renewal_that_is_presented_meanwhile_is_not_taken_for_lost<D>(server) {
        let server = server.with(&[session("old"), renewed("old", "new", 2)]).await;
        let renewal = Renewal { old: "old".to_owned(), new: renewed("old", "next", 5), now: at(5), lost_before: at(5) };
        let presented = "UPDATE auth_session_user SET user_id = user_id WHERE user_id = 'ada';
            UPDATE auth_session SET created_at = 0 WHERE id = 'new'";
        let outcome = server.beside(presented, async |sessions| sessions.renew_session(renewal).await);
        assert_eq!(outcome.await.unwrap(), Renewed::Before);
        assert_eq!(server.ids().await, ["new", "old"]);
    }
}

#[test]
fn nothing_is_left_of_a_user_whose_sessions_end() {
    async fn on<D: Connect>(server: Server<D>)
    where
        SessionTable: ApartQueriesOn<D::Driver>,
    {
        let ada = || UserId::new("ada").unwrap();
        let rows = || server.database.lines("SELECT user_id AS line FROM auth_session_user");
        let sessions = &server.sessions;
        for id in ["one", "two", "three"] {
            sessions.create_session(session(id)).await.unwrap();
        }
        assert!(rows().is_empty(), "nothing is held yet");
        sessions.delete_session("one".to_owned()).await.unwrap();
        sessions.delete_sessions_of(ada(), Some("two".to_owned())).await.unwrap();
        assert_eq!(rows(), ["ada"]);
        sessions.delete_sessions_of(ada(), None).await.unwrap();
        assert!(rows().is_empty());
        let late =
            Renewal { old: "two".to_owned(), new: renewed("two", "new", 2), now: at(2), lost_before: at(0) };
        assert_eq!(sessions.renew_session(late).await.unwrap(), Renewed::Gone);
        assert!(rows().is_empty());
    }
    block_on(on(postgres()));
    block_on(on(mariadb()));
}

#[test]
fn the_migrations_of_sessions_are_run_once() {
    let folder = tempfile::TempDir::new().unwrap();
    let pool = SqlitePool::open(folder.path().join("sessions.db")).unwrap();
    pool.migrate(&SESSION_MIGRATIONS).unwrap();
    pool.migrate(&SESSION_MIGRATIONS).unwrap();
    let sessions = DieselSessions::new(pool);
    block_on(sessions.create_session(session("one"))).unwrap();
    let error = block_on(sessions.create_session(session("one"))).unwrap_err();
    assert_eq!(error.to_string(), Error::session_id_taken().to_string());
}
