//! How often the server is asked, by what it says itself and by what passes on the way.

use std::collections::HashSet;

use lucia_server_tests::Database;
use lucia_tests::block_on;

use crate::proxy::Proxy;
use crate::support::{On, key, on_each, password, say, sign_up};

on_each!(
    one_validation_is_one_round_trip_and_one_statement,
    signing_up_with_a_key_is_one_transaction_of_two_inserts_on_one_connection,
);

/// One whose server says every statement and the connection that it came on.
fn told(on: On) -> Database {
    let database =
        on.database_with(&["log_statement=all", "log_line_prefix=%d %p|"], &["--log-output=TABLE"]);
    if let On::MariaDb | On::AsyncMariaDb = on {
        database.execute("SET GLOBAL general_log = ON");
    }
    database
}

/// What a server has been asked: the connection, and the statement.
fn statements(on: On, database: &Database) -> Vec<(String, String)> {
    let split = |line: &str, by: &str| line.split_once(by).map(|(a, b)| (a.to_owned(), b.to_owned()));
    match on {
        On::Postgres | On::AsyncPostgres => {
            let log = std::fs::read_to_string(database.folder().join("log")).unwrap();
            let ours = log.lines().filter_map(|line| split(line, "|LOG:  "));
            ours.filter_map(|(connection, said)| {
                let (how, sql) = split(&said, ": ")?;
                (how == "statement" || how.starts_with("execute ")).then_some((connection, sql))
            })
            .collect()
        }
        On::MariaDb | On::AsyncMariaDb => database
            .lines(
                "SELECT CONCAT(thread_id, '|', CONVERT(argument USING utf8mb4)) AS line FROM mysql.general_log
                 WHERE command_type IN ('Query', 'Execute') AND thread_id <> connection_id() ORDER BY event_time",
            )
            .iter()
            .filter_map(|line| split(line, "|"))
            .collect(),
    }
}

/// The statements of the pool's connections since there were so many, which is how a test of its own connections begins.
fn since(before: usize, on: On, database: &Database) -> (HashSet<String>, Vec<String>) {
    let all = statements(on, database);
    let new = &all[before..];
    let connections = new.iter().map(|(connection, _)| connection.clone()).collect();
    let verbs = new.iter().map(|(_, sql)| sql.split(' ').next().unwrap().to_owned()).collect();
    (connections, verbs)
}

fn one_validation_is_one_round_trip_and_one_statement(on: On) {
    let database = told(on);
    let proxy = Proxy::before(&database, on);
    block_on(async {
        let auth = on.auth_of(1, proxy.url().to_owned());
        sign_up(&auth, "ada").await.unwrap();
        let session = auth.log_in(&key("ada"), &password()).await.unwrap().unwrap();
        let token = session.token().unwrap();
        auth.validate_user(token).await.unwrap();
        let before = mark(on, &database);
        proxy.trips();
        for _ in 0..100 {
            auth.validate_user(token).await.unwrap();
            auth.validate(token).await.unwrap();
        }
        let trips = proxy.trips();
        let (connections, verbs) = since(before, on, &database);
        say(&format!("{on:?}: 200 validations: {trips} round trips, {} statements", verbs.len()));
        assert_eq!(trips, 200);
        assert_eq!(verbs, vec!["SELECT"; 200]);
        assert_eq!(connections.len(), 1);
    });
}

fn signing_up_with_a_key_is_one_transaction_of_two_inserts_on_one_connection(on: On) {
    let database = told(on);
    let proxy = Proxy::before(&database, on);
    block_on(async {
        let auth = on.auth_of(1, proxy.url().to_owned());
        sign_up(&auth, "ada").await.unwrap();
        let before = mark(on, &database);
        proxy.trips();
        sign_up(&auth, "bob").await.unwrap();
        let trips = proxy.trips();
        let (connections, verbs) = since(before, on, &database);
        say(&format!("{on:?}: a sign-up: {trips} round trips, {verbs:?}"));
        assert_eq!(verbs, ["BEGIN", "INSERT", "INSERT", "COMMIT"]);
        assert_eq!(connections.len(), 1);
        // Diesel's own connections to MySQL take two more for each statement that begins or ends a transaction: they allow
        // several statements in one, and forbid them again.
        assert_eq!(trips, if matches!(on, On::MariaDb) { 8 } else { 4 });
    });
}

/// How many statements there have been; those of the test's own connections are forgotten where they would come in between.
fn mark(on: On, database: &Database) -> usize {
    match on {
        On::Postgres | On::AsyncPostgres => statements(on, database).len(),
        On::MariaDb | On::AsyncMariaDb => {
            database.execute("TRUNCATE mysql.general_log");
            0
        }
    }
}
