//! The quickstart, told by its URL to keep everything on a server.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use lucia_server_tests::Database;
use lucia_server_tests::redis::Redis;
use tempfile::TempDir;

use crate::web_client::{PASSWORD, Server};

/// The program with the features that a server takes, built once for all tests. It has a name of its own, since other tests build
/// it without them.
fn program() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // This test is `<target>/debug/deps/servers-..`.
        let this = std::env::current_exe().unwrap();
        let debug = this.parent().unwrap().parent().unwrap();
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--quiet", "--package", "quickstart", "--features", "postgres,mysql,redis"]);
        cargo.arg("--manifest-path").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml"));
        cargo.arg("--target-dir").arg(debug.parent().unwrap());
        assert!(cargo.status().unwrap().success(), "the quickstart does not build");
        let own = debug.join("quickstart-on-servers");
        std::fs::copy(debug.join("quickstart"), &own).unwrap();
        own
    })
}

fn signs_up_and_stays_signed_in(variables: &[(&str, &str)]) {
    let start = || Server::start_program(program(), TempDir::new().unwrap(), variables);
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
