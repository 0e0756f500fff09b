//! What stands between an app and Redis, and loses an answer when it is told to.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

use lucia_server_tests::redis::Redis;

/// What happens to an answer.
#[derive(Clone, Copy)]
pub(crate) enum Fault {
    /// The connection is gone, and the answer with it.
    Cut,
    /// The connection stays, and nothing comes on it any more.
    Stall,
}

/// The fault, and how many answers pass before it.
type Plan = Arc<Mutex<Option<(Fault, usize)>>>;

pub(crate) struct Proxy {
    folder: TempDir,
    plan: Plan,
}

impl Proxy {
    pub(crate) fn before(server: &Redis) -> Self {
        let folder = tempfile::Builder::new().prefix("lucia-").tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join("socket")).unwrap();
        let (plan, redis) = (Plan::default(), server.socket());
        let proxy = Self { folder, plan: Arc::clone(&plan) };
        std::thread::spawn(move || {
            for app in listener.incoming() {
                connect(app.unwrap(), &redis, &plan);
            }
        });
        proxy
    }

    pub(crate) fn url(&self) -> String {
        format!("redis+unix://{}/socket", self.folder.path().display())
    }

    /// Loses the answer that comes after `passes` others, once.
    pub(crate) fn lose(&self, fault: Fault, passes: usize) {
        *self.plan.lock().unwrap() = Some((fault, passes));
    }

    /// Whether the answer was lost.
    pub(crate) fn has_lost(&self) -> bool {
        self.plan.lock().unwrap().is_none()
    }
}

fn connect(app: UnixStream, redis: &PathBuf, plan: &Plan) {
    let Ok(redis) = UnixStream::connect(redis) else { return };
    let (mut questions, mut to_redis) = (app.try_clone().unwrap(), redis.try_clone().unwrap());
    std::thread::spawn(move || std::io::copy(&mut questions, &mut to_redis));
    let plan = Arc::clone(plan);
    std::thread::spawn(move || answer(redis, app, &plan));
}

/// Hands answers over, each as it comes: a test asks one question at a time.
fn answer(mut redis: UnixStream, mut app: UnixStream, plan: &Plan) {
    let mut buffer = [0; 16_384];
    let mut is_stalled = false;
    while let Ok(read) = redis.read(&mut buffer) {
        if read == 0 {
            break;
        }
        match due(plan) {
            Some(Fault::Cut) => break,
            Some(Fault::Stall) => is_stalled = true,
            None => {}
        }
        if !is_stalled && app.write_all(&buffer[..read]).is_err() {
            break;
        }
    }
    let _ = app.shutdown(Shutdown::Both);
}

fn due(plan: &Plan) -> Option<Fault> {
    let mut plan = plan.lock().unwrap();
    match plan.as_mut() {
        Some((_, passes)) if *passes > 0 => {
            *passes -= 1;
            None
        }
        _ => plan.take().map(|(fault, _)| fault),
    }
}
