//! What the tables themselves refuse, whoever writes to them.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia_tests::Database;

const USER: &str =
    "INSERT INTO auth_user (id, username, created_at) VALUES ('ada', 'ada', '2026-01-01 00:00:00')";
const KEY: &str = "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('username:ada', 'ada', 1)";
const SESSION: &str = "INSERT INTO auth_session (id, user_id, active_expires, idle_expires, renewed_from) VALUES ('s', 'ada', 1, 2, 'r')";

fn refused(statements: &[&str]) {
    let database = Database::new();
    let mut conn = database.connect();
    for sql in [USER, KEY, SESSION] {
        conn.batch_execute(sql).unwrap();
    }
    for sql in statements {
        assert!(diesel::sql_query(*sql).execute(&mut conn).is_err(), "{sql}");
    }
}

#[test]
fn users() {
    refused(&[
        USER,
        "INSERT INTO auth_user (id, username, created_at) VALUES ('ada', 'x', '2026-01-01 00:00:00')",
        "INSERT INTO auth_user (id, username, created_at) VALUES ('x', 'ada', '2026-01-01 00:00:00')",
        "INSERT INTO auth_user (id, username, created_at) VALUES (NULL, 'x', '2026-01-01 00:00:00')",
        "INSERT INTO auth_user (username, created_at) VALUES ('x', '2026-01-01 00:00:00')",
        "INSERT INTO auth_user (id, username, created_at) VALUES ('x', NULL, '2026-01-01 00:00:00')",
        "INSERT INTO auth_user (id, username, created_at) VALUES (x'00', 'x', '2026-01-01 00:00:00')",
        "INSERT INTO auth_user (id, username, created_at) VALUES ('x', x'00', '2026-01-01 00:00:00')",
        "INSERT INTO auth_user (id, username, created_at) VALUES ('x', 'x', NULL)",
        "INSERT INTO auth_user (id, username, logins) VALUES ('x', 'x', 'many')",
        "INSERT INTO auth_user (id, username, logins) VALUES ('x', 'x', 2147483648)",
        "INSERT INTO auth_user (id, username, logins) VALUES ('x', 'x', 0.5)",
        "UPDATE auth_user SET email = x'00'",
        "UPDATE auth_user SET id = NULL",
        "DELETE FROM auth_user",
    ]);
}

#[test]
fn keys() {
    refused(&[
        KEY,
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('username:ada', 'ada', 0)",
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES (NULL, 'ada', 0)",
        "INSERT INTO auth_key (user_id, primary_key) VALUES ('ada', 0)",
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('x:x', 'nobody', 0)",
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('x:x', 'ADA', 0)",
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('x:x', NULL, 0)",
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('x:x', 'ada', NULL)",
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('x:x', 'ada', 2)",
        "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('x:x', 'ada', 'true')",
        "INSERT INTO auth_key (id, user_id, primary_key, expires) VALUES ('x:x', 'ada', 0, 'soon')",
        "INSERT INTO auth_key (id, user_id, primary_key, expires) VALUES ('x:x', 'ada', 0, 1e19)",
        "INSERT INTO auth_key (id, user_id, primary_key, hashed_password) VALUES ('x:x', 'ada', 0, x'00')",
        "UPDATE auth_key SET user_id = 'nobody'",
    ]);
}

#[test]
fn sessions() {
    refused(&[
        SESSION,
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('s', 'ada', 1, 2)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES (NULL, 'ada', 1, 2)",
        "INSERT INTO auth_session (user_id, active_expires, idle_expires) VALUES ('ada', 1, 2)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', 'nobody', 1, 2)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', NULL, 1, 2)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', 'ada', 'soon', 2)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', 'ada', 1, 'never')",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', 'ada', 1, 1e19)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', 'ada', 1.5, 2)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', 'ada', NULL, 2)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires) VALUES ('x', 'ada', 1, NULL)",
        "INSERT INTO auth_session (id, user_id, active_expires, idle_expires, renewed_from) VALUES ('x', 'ada', 1, 2, 'r')",
        "UPDATE auth_session SET created_at = 'now'",
        "UPDATE auth_session SET absolute_expires = 1e19",
        "UPDATE auth_session SET user_id = 'nobody'",
    ]);
}
