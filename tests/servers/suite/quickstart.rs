//! The quickstart, told by its URL to keep everything on a server.

use lucia_server_tests::Database;
use lucia_server_tests::redis::Redis;

use crate::web_client::{PASSWORD, Server};

fn signs_up_and_stays_signed_in(variables: &[(&str, &str)]) {
    let start = || Server::start_with(variables);
    let server = start();
    let browser = server.browser();
    browser.sign_up("ada");
    browser.get("/api/me").assert_status(200);
    let again = browser.post("/sign-up", &[("username", "ada"), ("password", PASSWORD)]);
    assert!(again.body.contains("id=\"username-error\""), "{}", again.body);
    let cookie = browser.cookie().unwrap();
    drop(server);

    // The tables are there, and the session goes on.
    let server = start();
    let browser = server.browser();
    browser.set_cookie(&cookie);
    browser.get("/api/me").assert_status(200);
    browser.get("/sessions").assert_status(200);
    browser.post("/log-out", &[]).assert_to("/");
    browser.set_cookie(&cookie);
    browser.get("/api/me").assert_status(401);
    browser.log_in("ada", PASSWORD).assert_to("/");
    browser.get("/account").assert_status(200);
}

#[test]
fn runs_on_postgres_by_its_url() {
    let database = Database::empty_postgres();
    signs_up_and_stays_signed_in(&[("DATABASE_URL", &database.async_url())]);
    assert!(sessions_in(&database) > 0);
}

#[test]
fn runs_on_mariadb_by_its_url() {
    let database = Database::empty_mariadb();
    signs_up_and_stays_signed_in(&[("DATABASE_URL", &database.async_url())]);
    assert!(sessions_in(&database) > 0);
}

#[test]
fn keeps_sessions_in_redis_by_one_more_variable() {
    for database in [Database::empty_postgres(), Database::empty_mariadb()] {
        let redis = Redis::start();
        let (users, sessions) = (database.async_url(), redis.url());
        signs_up_and_stays_signed_in(&[("DATABASE_URL", &users), ("LUCIA_SESSIONS", &sessions)]);
        assert_eq!(sessions_in(&database), 0);
        assert!(redis.ask::<usize>(&["DBSIZE"]) > 0);
    }
}

/// How many sessions the database has.
fn sessions_in(database: &Database) -> usize {
    database.lines("SELECT id AS line FROM auth_session").len()
}
