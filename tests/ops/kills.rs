//! Killed at any moment: what was answered is there, what was not is there whole or not at all.

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use lucia::{Auth, NewKey, OsRandom, Random, SessionToken, SystemClock};
use lucia_tests::{Database, User, attributes, cheap_hasher, connect};

use crate::broken::{self, Flaw};
use crate::invariants::check_with_primary_keys;
use crate::support::{get, name, number, texts};

const DATABASE: &str = "LUCIA_TESTS_SIGN_UPS_IN";
const FLAW: &str = "LUCIA_TESTS_WITHOUT_TRANSACTION";

/// Not a test of its own: what the other two start as a process, to kill it.
#[test]
fn signs_people_up_until_it_is_killed() {
    let Some(path) = std::env::var_os(DATABASE) else { return };
    let path = Path::new(&path);
    let auth: Auth<User> = if std::env::var_os(FLAW).is_some() {
        broken::auth(path, SystemClock, Flaw::CreateUserWithoutTransaction)
    } else {
        lucia::sqlite(path).unwrap().password_hasher(cheap_hasher()).development().unwrap()
    };
    loop {
        let username = format!("{:x}", random());
        let key = NewKey::password(name(&username), "correct horse");
        let user = get(auth.create_user(key, attributes(&username))).unwrap();
        let session = get(auth.create_session(&user.id)).unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nanswered {username} {}", session.token().unwrap().expose()).unwrap();
        out.flush().unwrap();
        drop(out);
        // What the browser does with the answer.
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn random() -> u64 {
    let mut bytes = [0; 8];
    OsRandom.fill(&mut bytes).unwrap();
    u64::from_le_bytes(bytes)
}

/// Starts the process, kills it at a random moment of `between` milliseconds, and returns what it has answered.
fn killed(path: &Path, between: std::ops::Range<u64>, flaw: bool) -> Vec<(String, SessionToken)> {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "kills::signs_people_up_until_it_is_killed", "--nocapture", "--test-threads", "1"])
        .env(DATABASE, path)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    if flaw {
        command.env(FLAW, "1");
    }
    let mut child = command.spawn().unwrap();
    let out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let lines = BufReader::new(out).split(b'\n').map_while(Result::ok);
        // A line is an answer when it is there whole.
        lines.filter_map(|line| answer(&String::from_utf8(line).ok()?)).collect()
    });
    let after = between.start + random() % (between.end - between.start);
    std::thread::sleep(Duration::from_millis(after));
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

fn answer(line: &str) -> Option<(String, SessionToken)> {
    let (username, token) = line.strip_prefix("answered ")?.split_once(' ')?;
    Some((username.to_owned(), SessionToken::parse(token)?))
}

#[test]
fn a_hundred_kills_lose_no_answer_and_leave_no_half_user() {
    let database = Database::new();
    let mut answered = 0;
    for kill in 0..100 {
        let answers = killed(&database.path(), 15..500, false);
        // As the next process finds it.
        let mut conn = connect(&database.path());
        if kill % 10 == 9 {
            check_with_primary_keys(&mut conn);
        }
        let auth: Auth<User> =
            lucia::sqlite(database.path()).unwrap().password_hasher(cheap_hasher()).development().unwrap();
        let auth = auth.on(&mut conn);
        for (username, token) in &answers {
            assert_eq!(&auth.validate_user(token).unwrap().user.username, username);
            assert_eq!(&auth.user_by_key(&name(username)).unwrap().unwrap().username, username);
        }
        answered += answers.len();
    }
    let mut conn = database.connect();
    check_with_primary_keys(&mut conn);
    assert!(answered >= 1_000, "{answered}");
    let there: HashSet<String> =
        texts(&mut conn, "SELECT username AS text FROM auth_user").into_iter().collect();
    assert!(there.len() >= answered);
}

#[test]
fn without_a_transaction_kills_leave_half_users() {
    let database = Database::new();
    let begun = Instant::now();
    let halves = loop {
        killed(&database.path(), 30..90, true);
        let sql = "SELECT count(*) AS n FROM auth_user WHERE id NOT IN (SELECT user_id FROM auth_key)";
        let halves = number(&mut database.connect(), sql);
        if halves > 0 || begun.elapsed() > Duration::from_secs(60) {
            break halves;
        }
    };
    assert!(halves > 0);
}
