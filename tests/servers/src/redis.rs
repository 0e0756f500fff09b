//! A server of Redis that lives as long as a test.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lucia::redis::RedisSessions;
use tempfile::TempDir;

/// Redis on a socket in a directory of its own.
#[derive(Debug)]
pub struct Redis {
    folder: TempDir,
    settings: Vec<String>,
    process: Child,
}

/// What makes Redis write everything to the disk before it answers.
pub const DURABLE: &[&str] = &["--appendonly", "yes", "--appendfsync", "always"];

fn program() -> PathBuf {
    let named = std::env::var_os("LUCIA_REDIS_BIN").map(PathBuf::from);
    let folders = named.into_iter().chain(["/usr/bin", "/usr/local/bin"].map(PathBuf::from));
    let found = folders.map(|folder| folder.join("redis-server")).find(|path| path.is_file());
    found.expect(
        "`redis-server` is not there; install it (Debian: `redis-server`), or name its directory by LUCIA_REDIS_BIN",
    )
}

fn spawn(folder: &TempDir, settings: &[String]) -> Child {
    let socket = folder.path().join("socket");
    let _ = std::fs::remove_file(&socket);
    let mut command = Command::new(program());
    command.args(["--port", "0", "--save", "", "--daemonize", "no"]);
    command.arg("--dir").arg(folder.path()).arg("--unixsocket").arg(&socket).args(settings);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.spawn().unwrap()
}

impl Redis {
    /// A server that keeps nothing on the disk.
    pub fn start() -> Self {
        Self::with(&[])
    }

    pub fn with(settings: &[&str]) -> Self {
        let settings: Vec<String> = settings.iter().map(|&setting| setting.to_owned()).collect();
        let folder = tempfile::Builder::new().prefix("lucia-").tempdir().unwrap();
        let process = spawn(&folder, &settings);
        let server = Self { folder, settings, process };
        server.wait();
        server
    }

    /// A cluster of one, which refuses what is not in one slot.
    pub fn cluster() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
        let server =
            Self::with(&["--cluster-enabled", "yes", "--bind", "127.0.0.1", "--cluster-port", &port]);
        server.ask::<()>(&["CLUSTER", "ADDSLOTSRANGE", "0", "16383"]);
        let started = Instant::now();
        while !server.ask::<String>(&["CLUSTER", "INFO"]).contains("cluster_state:ok") {
            assert!(started.elapsed() < Duration::from_secs(30));
            std::thread::sleep(Duration::from_millis(50));
        }
        server
    }

    pub fn socket(&self) -> PathBuf {
        self.folder.path().join("socket")
    }

    pub fn url(&self) -> String {
        format!("redis+unix://{}", self.socket().display())
    }

    pub async fn sessions(&self) -> RedisSessions {
        RedisSessions::connect(&self.url()).await.unwrap()
    }

    /// A connection of the test's own.
    pub fn connect(&self) -> redis::Connection {
        redis::Client::open(self.url()).unwrap().get_connection().unwrap()
    }

    /// What a command of the test's own answers.
    pub fn ask<T: redis::FromRedisValue>(&self, words: &[&str]) -> T {
        let mut command = redis::cmd(words[0]);
        command.arg(&words[1..]).query(&mut self.connect()).unwrap()
    }

    /// Waits until it has read its data and answers.
    fn wait(&self) {
        let started = Instant::now();
        let answers = || {
            let client = redis::Client::open(self.url()).unwrap();
            client.get_connection().and_then(|mut connection| redis::cmd("PING").query::<()>(&mut connection))
        };
        while let Err(error) = answers() {
            if error.code() == Some("NOAUTH") {
                break;
            }
            assert!(started.elapsed() < Duration::from_secs(30), "{error}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Ends it without a warning.
    pub fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Starts it once more, with what it has kept on the disk.
    pub fn start_again(&mut self) {
        self.process = spawn(&self.folder, &self.settings);
        self.wait();
    }

    /// Lets it neither answer nor go away.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    pub fn resume(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let done = Command::new("kill").args([signal, &self.process.id().to_string()]).status().unwrap();
        assert!(done.success());
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
