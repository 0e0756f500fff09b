//! The quickstart, killed at any moment: what it has answered is there, and nobody is there by half.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::Text;
use lucia::{OsRandom, Random};
use tempfile::TempDir;

use crate::web_client::{PASSWORD, Server, form, request};

const KILLS: usize = 100;
/// Answered, in all.
const SIGN_UPS: usize = 1_000;
const CLIENTS: usize = 4;
/// In milliseconds after the server listens.
const KILLED_BETWEEN: Range<u64> = 15..500;

/// Somebody who was told that they have signed up.
struct Answered {
    username: String,
    cookie: String,
}

/// Sends one request and returns the head and the body of the answer, if it came whole.
fn ask(
    address: &str,
    method: &str,
    path: &str,
    header: (&str, &str),
    body: &str,
) -> Option<(String, String)> {
    let headers: [(&str, &[u8]); 2] =
        [("Content-Type", b"application/x-www-form-urlencoded"), (header.0, header.1.as_bytes())];
    let mut received = Vec::new();
    let exchange: io::Result<()> = (|| {
        let mut stream = TcpStream::connect(address)?;
        stream.write_all(&request(method, path, &headers, body.as_bytes()))?;
        stream.read_to_end(&mut received).map(drop)
    })();
    // A connection that ended early may have brought an answer before.
    drop(exchange);
    let (head, body) = std::str::from_utf8(&received).unwrap().split_once("\r\n\r\n")?;
    let length = format!("content-length: {}", body.len());
    head.lines().any(|line| line == length).then(|| (head.to_owned(), body.to_owned()))
}

/// `None` when the server was killed first.
fn sign_up(address: &str, username: String) -> Option<Answered> {
    let fields = form(&[("username", &username), ("password", PASSWORD)]);
    let (head, _) = ask(address, "POST", "/sign-up", ("Sec-Fetch-Site", "same-origin"), &fields)?;
    assert!(head.starts_with("HTTP/1.1 303 "), "{head}");
    let (_, cookie) = head.split_once("\r\nset-cookie: auth_session=").expect(&head);
    let cookie = cookie.split(';').next().unwrap().to_owned();
    assert_eq!(cookie.len(), 43, "{head}");
    Some(Answered { username, cookie })
}

/// That the cookie is this user's still; `None` when the server was killed before it could say.
fn is_still_signed_in(address: &str, answered: &Answered) -> Option<()> {
    let cookie = format!("auth_session={}", answered.cookie);
    let (head, body) = ask(address, "GET", "/api/me", ("Cookie", &cookie), "")?;
    assert!(head.starts_with("HTTP/1.1 200 "), "{}: {head}", answered.username);
    let json: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(json["username"].as_str(), Some(answered.username.as_str()));
    Some(())
}

/// Signs people up one after the other until nobody answers, and before that asks for somebody of before the kill.
fn client(address: &str, before: Option<&Answered>, sent: &AtomicUsize) -> Vec<Answered> {
    if before.is_some_and(|answered| is_still_signed_in(address, answered).is_none()) {
        return Vec::new();
    }
    let names = std::iter::from_fn(|| Some(format!("user{}", sent.fetch_add(1, SeqCst))));
    names.map_while(|username| sign_up(address, username)).collect()
}

fn random_moment() -> Duration {
    let mut bytes = [0; 8];
    OsRandom.fill(&mut bytes).unwrap();
    let Range { start, end } = KILLED_BETWEEN;
    Duration::from_millis(start + u64::from_le_bytes(bytes) % (end - start))
}

fn texts(server: &Server, sql: &str) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        text: String,
    }
    let rows: Vec<Row> = diesel::sql_query(sql).load(&mut server.database()).unwrap();
    rows.into_iter().map(|row| row.text).collect()
}

/// Holds at every moment, whatever is being done.
fn check_file(server: &Server) {
    assert_eq!(texts(server, "SELECT integrity_check AS text FROM pragma_integrity_check"), ["ok"]);
    let keyless = "SELECT id AS text FROM auth_user WHERE id NOT IN (SELECT user_id FROM auth_key)";
    assert_eq!(texts(server, keyless), [""; 0], "users without a key");
    let userless = "SELECT id AS text FROM auth_key WHERE user_id NOT IN (SELECT id FROM auth_user)";
    assert_eq!(texts(server, userless), [""; 0], "keys without a user");
}

/// Everybody who was told so has signed up, with the key and with the session.
fn check_answers(server: &Server, answers: &[Answered]) {
    let with_their_key = "SELECT username AS text FROM auth_user JOIN auth_key ON user_id = auth_user.id \
                          WHERE auth_key.id = 'username:' || username AND primary_key = 1 \
                          AND hashed_password IS NOT NULL";
    let there: HashSet<String> = texts(server, with_their_key).into_iter().collect();
    for answered in answers {
        assert!(there.contains(&answered.username), "{} is lost", answered.username);
        is_still_signed_in(&server.address, answered).expect("nobody kills this one");
    }
}

/// Four clients sign up until the server is killed; what they were answered comes with its directory.
fn killed_at_a_random_moment(
    server: Server,
    before: &[Answered],
    sent: &AtomicUsize,
) -> (TempDir, Vec<Answered>) {
    let (listens, moment) = (Instant::now(), random_moment());
    let address = server.address.clone();
    thread::scope(|scope| {
        let address = address.as_str();
        let client = |index| scope.spawn(move || client(address, before.iter().rev().nth(index), sent));
        let clients: Vec<_> = (0..CLIENTS).map(client).collect();
        check_file(&server);
        thread::sleep(moment.saturating_sub(listens.elapsed()));
        server.signal("KILL");
        let (status, dir) = server.wait();
        assert_eq!(status.code(), None, "it was running until then: {status}");
        (dir, clients.into_iter().flat_map(|client| client.join().unwrap()).collect())
    })
}

#[test]
fn a_hundred_kills_lose_nobody_who_was_answered_and_leave_no_half_user() {
    let (mut answers, sent, begun) = (Vec::new(), AtomicUsize::new(0), Instant::now());
    let (mut dir, mut kills) = (TempDir::new().unwrap(), 0);
    // On a machine that is busy with something else, more kills; not so many that a server that answers nobody goes on.
    while kills < KILLS || (answers.len() < SIGN_UPS && kills < 5 * KILLS) {
        let server = Server::start_in(dir, &[]);
        let new;
        (dir, new) = killed_at_a_random_moment(server, &answers, &sent);
        answers.extend(new);
        kills += 1;
    }
    let server = Server::start_in(dir, &[]);
    check_file(&server);
    check_answers(&server, &answers);
    let sent = sent.into_inner();
    let there = texts(&server, "SELECT username AS text FROM auth_user").len();
    let (answered, seconds) = (answers.len(), begun.elapsed().as_secs());
    writeln!(
        io::stdout(),
        "{kills} kills, {sent} sign-ups sent, {answered} answered, {there} users there, {seconds} s"
    )
    .unwrap();
    assert!(answered >= SIGN_UPS, "{answered}");
    assert!((answered..=sent).contains(&there), "{there}");
}
