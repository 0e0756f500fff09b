//! The process in which Lucia v1 runs.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::sync::oneshot;

/// Lucia v1 on a database.
#[derive(Debug)]
pub(crate) struct LuciaV1 {
    process: Child,
    calls: Mutex<Option<ChildStdin>>,
    waiting: Waiting,
    next: AtomicU64,
}

type Waiting = Arc<Mutex<HashMap<u64, oneshot::Sender<Value>>>>;

/// Where `./tests/run tools` has installed the packages.
fn packages() -> PathBuf {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../target/lucia-v1"));
    let there = folder.join("node_modules/lucia-auth").is_dir();
    assert!(there, "{} has no packages; `./tests/run tools` installs them", folder.display());
    folder
}

impl LuciaV1 {
    /// Starts one. `database` is `sqlite`, `postgres` or `mysql`.
    pub(crate) fn start(database: &str, url: &str) -> Self {
        let mut process = Command::new("node")
            .args(["--input-type=module", "--eval", include_str!("neighbour.mjs"), "--", database, url])
            .current_dir(packages())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("`node` cannot be started; install it (Debian: `nodejs`)");
        let calls = process.stdin.take().unwrap();
        let answers = process.stdout.take().unwrap();
        let waiting = Waiting::default();
        let receiver = Arc::clone(&waiting);
        std::thread::spawn(move || hand_out(answers, &receiver));
        Self { process, calls: Mutex::new(Some(calls)), waiting, next: AtomicU64::new(0) }
    }

    /// What a method of its `Auth` returns, or the code of the error. Any other failure ends the test.
    pub(crate) async fn call(&self, method: &str, arguments: Value) -> Result<Value, String> {
        let id = self.next.fetch_add(1, Relaxed);
        let (sender, receiver) = oneshot::channel();
        self.waiting.lock().unwrap().insert(id, sender);
        let call = json!({ "id": id, "call": method, "args": arguments });
        writeln!(self.calls.lock().unwrap().as_ref().unwrap(), "{call}").unwrap();
        let answer = receiver.await.unwrap_or_else(|_| panic!("`{method}` has ended the process"));
        match (answer.get("value"), answer.get("error").and_then(Value::as_str)) {
            (Some(value), _) => Ok(value.clone()),
            (None, Some(code)) => Err(code.to_owned()),
            (None, None) => panic!("`{method}` of {arguments}: {}", answer["fault"]),
        }
    }

    /// The same for a call that succeeds.
    pub(crate) async fn ok(&self, method: &str, arguments: Value) -> Value {
        self.call(method, arguments.clone())
            .await
            .unwrap_or_else(|code| panic!("{method}{arguments}: {code}"))
    }

    /// The same for a call that fails by an error of Lucia's.
    pub(crate) async fn error(&self, method: &str, arguments: Value) -> String {
        self.call(method, arguments).await.expect_err("it should have failed")
    }
}

/// Gives each answer to whoever waits for it. When the process ends, nobody waits any longer.
fn hand_out(answers: ChildStdout, waiting: &Waiting) {
    for line in BufReader::new(answers).lines() {
        let answer: Value = serde_json::from_str(&line.unwrap()).unwrap();
        let receiver = waiting.lock().unwrap().remove(&answer["id"].as_u64().unwrap());
        let _ = receiver.unwrap().send(answer);
    }
    waiting.lock().unwrap().clear();
}

impl Drop for LuciaV1 {
    fn drop(&mut self) {
        // It ends with its input.
        drop(self.calls.lock().unwrap().take());
        let _ = self.process.wait();
    }
}
