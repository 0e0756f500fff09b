//! The quickstart as a process, and a browser of few words for it.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use diesel::prelude::*;
use lucia_tests::connect;
use tempfile::TempDir;

/// The program with all of its features, built once for all tests, if `LUCIA_QUICKSTART` does not say where it is.
fn quickstart() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| std::env::var_os("LUCIA_QUICKSTART").map_or_else(build, PathBuf::from))
}

fn build() -> PathBuf {
    // This test is `<target>/<profile>/deps/suite-..`.
    let this = std::env::current_exe().unwrap();
    let profile = this.parent().unwrap().parent().unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "quickstart", "--features", "postgres,mysql,redis"]);
    // The package of this test is below the workspace, wherever this file is included.
    cargo.current_dir(env!("CARGO_MANIFEST_DIR")).arg("--target-dir").arg(profile.parent().unwrap());
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    assert!(cargo.status().unwrap().success(), "the quickstart does not build");
    profile.join("quickstart")
}

/// Runs the program to its end, which it comes to by itself.
pub(crate) fn run_to_its_end(variables: &[(&str, &str)]) -> Output {
    let dir = TempDir::new().unwrap();
    command(quickstart(), dir.path(), variables).output().unwrap()
}

fn command(program: &Path, dir: &Path, variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(program);
    for name in ["LUCIA_ADDR", "DATABASE_URL", "LUCIA_SESSIONS", "LUCIA_ENV", "LUCIA_ORIGIN"] {
        command.env_remove(name);
    }
    command.current_dir(dir).env("LUCIA_ADDR", "127.0.0.1:0").envs(variables.iter().copied());
    command
}

/// A quickstart that is running, with a directory and a database of its own.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    dir: TempDir,
}

impl Server {
    pub(crate) fn start() -> Self {
        Self::start_with(&[])
    }

    pub(crate) fn start_with(variables: &[(&str, &str)]) -> Self {
        Self::start_in(TempDir::new().unwrap(), variables)
    }

    pub(crate) fn start_in(dir: TempDir, variables: &[(&str, &str)]) -> Self {
        Self::start_program(quickstart(), dir, variables)
    }

    /// The same with another build of the program.
    pub(crate) fn start_program(program: &Path, dir: TempDir, variables: &[(&str, &str)]) -> Self {
        let mut child = command(program, dir.path(), variables)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.strip_prefix("listening on http://").expect(&line).trim().to_owned();
        Self { child, address, dir }
    }

    pub(crate) fn signal(&self, name: &str) {
        let status = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for the process to end and gives the directory on.
    pub(crate) fn wait(mut self) -> (std::process::ExitStatus, TempDir) {
        let status = self.child.wait().unwrap();
        let dir = std::mem::replace(&mut self.dir, TempDir::new().unwrap());
        (status, dir)
    }

    pub(crate) fn database(&self) -> SqliteConnection {
        connect(&self.dir.path().join("quickstart.db"))
    }

    pub(crate) fn execute(&self, sql: &str) {
        diesel::sql_query(sql).execute(&mut self.database()).unwrap();
    }

    /// Every byte of the database and of its journal.
    pub(crate) fn database_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for file in std::fs::read_dir(self.dir.path()).unwrap() {
            bytes.extend(std::fs::read(file.unwrap().path()).unwrap());
        }
        bytes
    }

    pub(crate) fn open(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
        stream
    }

    /// Sends one request, exactly as it is given, and reads the answer.
    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &[u8])], body: &[u8]) -> Answer {
        let mut stream = self.open();
        // A server that has read enough answers before everything is sent.
        let _ = stream.write_all(&request(method, path, headers, body));
        Answer::read(&mut stream)
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { server: self, cookie: RefCell::default() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) fn request(method: &str, path: &str, headers: &[(&str, &[u8])], body: &[u8]) -> Vec<u8> {
    let mut bytes =
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n").into_bytes();
    for (name, value) in headers {
        bytes.extend_from_slice(format!("{name}: ").as_bytes());
        bytes.extend_from_slice(value);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes());
    bytes.extend_from_slice(body);
    bytes
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").expect(&text);
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers = lines.map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_ascii_lowercase(), value.to_owned())
        });
        Self { status, headers: headers.collect(), body: body.to_owned() }
    }

    pub(crate) fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str()).collect()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// What it does with the session cookie: its new value, empty when it is cleared.
    pub(crate) fn cookie(&self) -> Option<&str> {
        let cookies = self.all("set-cookie");
        assert!(cookies.len() <= 1, "{cookies:?}");
        assert_eq!(
            cookies.len() == 1,
            self.header("cache-control") == Some("no-store"),
            "no-store goes with it"
        );
        let value = cookies.first()?.strip_prefix("auth_session=").unwrap();
        value.split(';').next()
    }

    /// A redirect to exactly this path.
    #[track_caller]
    pub(crate) fn assert_to(&self, path: &str) {
        assert_eq!((self.status, self.header("location")), (303, Some(path)), "{}", self.body);
    }

    #[track_caller]
    pub(crate) fn assert_status(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.body);
    }
}

/// Somebody's browser: keeps the session cookie and says where its forms come from.
pub(crate) struct Browser<'s> {
    server: &'s Server,
    cookie: RefCell<Option<String>>,
}

impl Browser<'_> {
    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, b"")
    }

    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.ask("POST", path, form(fields).as_bytes())
    }

    pub(crate) fn post_bytes(&self, path: &str, body: &[u8]) -> Answer {
        self.ask("POST", path, body)
    }

    fn ask(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        let cookie = self.cookie.borrow().as_ref().map(|value| format!("auth_session={value}"));
        let mut headers: Vec<(&str, &[u8])> =
            vec![("Sec-Fetch-Site", b"same-origin"), ("Content-Type", b"application/x-www-form-urlencoded")];
        if let Some(cookie) = &cookie {
            headers.push(("Cookie", cookie.as_bytes()));
        }
        let answer = self.server.send(method, path, &headers, body);
        match answer.cookie() {
            Some("") => *self.cookie.borrow_mut() = None,
            Some(value) => *self.cookie.borrow_mut() = Some(value.to_owned()),
            None => {}
        }
        answer
    }

    pub(crate) fn cookie(&self) -> Option<String> {
        self.cookie.borrow().clone()
    }

    pub(crate) fn set_cookie(&self, value: &str) {
        *self.cookie.borrow_mut() = Some(value.to_owned());
    }

    pub(crate) fn sign_up(&self, username: &str) {
        self.post("/sign-up", &[("username", username), ("password", PASSWORD)]).assert_to("/");
    }

    pub(crate) fn log_in(&self, username: &str, password: &str) -> Answer {
        self.post("/log-in", &[("username", username), ("password", password)])
    }
}

pub(crate) const PASSWORD: &str = "correct horse";

/// A form's fields as a browser sends them, with every byte encoded.
pub(crate) fn form(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&")
}

fn encode(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        let _ = write!(encoded, "%{byte:02X}");
        encoded
    })
}
