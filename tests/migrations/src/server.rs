//! Servers that live as long as a test.

use std::io::Write as _;
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A running server in a directory of its own.
#[derive(Debug)]
pub struct Server {
    folder: TempDir,
    command: Command,
    process: Child,
    client: Client,
    /// The signal at which it ends in good order.
    end: &'static str,
}

/// The command line client of a database.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub(crate) program: PathBuf,
    /// Whether a server answers, whose directory this is.
    pub(crate) answers: fn(&Path, &Path) -> bool,
}

/// A program that a database brings.
///
/// # Panics
///
/// When there is none, with what to install.
pub(crate) fn program(name: &str, variable: &str, folders: &[&str], install: &str) -> PathBuf {
    let named = std::env::var_os(variable).map(PathBuf::from);
    let folders = named.into_iter().chain(folders.iter().map(PathBuf::from));
    let found = folders.map(|folder| folder.join(name)).find(|path| path.is_file());
    found.unwrap_or_else(|| {
        panic!("`{name}` is not there; install it (Debian: `{install}`), or name its directory by {variable}")
    })
}

/// A directory for a server, in memory if there is room: MariaDB waits for the disk twenty times for each script. Its path must be
/// short, as that of a socket.
pub(crate) fn folder() -> TempDir {
    const KILOBYTES: u64 = 1_000_000;
    let room = Command::new("df").args(["--output=avail", "-k", "/dev/shm"]).output();
    let room = room.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    let room = room.lines().last().and_then(|line| line.trim().parse::<u64>().ok()).unwrap_or_default();
    let memory = (room > KILOBYTES).then(|| PathBuf::from("/dev/shm"));
    let parent = memory.unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new().prefix("lucia-").tempdir_in(parent).unwrap();
    if let Some((user, group)) = unprivileged() {
        chown(folder.path(), Some(user), Some(group)).unwrap();
    }
    folder
}

/// A command that does not run as root, as a server must not.
pub(crate) fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    if let Some((user, group)) = unprivileged() {
        command.uid(user).gid(group);
    }
    command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// `nobody`, if we are root.
fn unprivileged() -> Option<(u32, u32)> {
    let id = |arguments: &[&str]| {
        let output = Command::new("id").args(arguments).output().unwrap();
        String::from_utf8_lossy(&output.stdout).trim().parse::<u32>().unwrap()
    };
    (id(&["-u"]) == 0).then(|| (id(&["-u", "nobody"]), id(&["-g", "nobody"])))
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) {
    let output = command.stderr(Stdio::piped()).stdout(Stdio::piped()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {said}{}", String::from_utf8_lossy(&output.stdout));
}

impl Server {
    /// Starts a server and waits until it answers.
    pub(crate) fn start(folder: TempDir, mut command: Command, client: Client, end: &'static str) -> Self {
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let process = command.stderr(log).spawn().unwrap();
        let mut server = Self { folder, command, process, client, end };
        server.wait();
        server
    }

    /// Where its data, its socket and its log are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn client(&self) -> &Path {
        &self.client.program
    }

    /// Starts it once more, with the data that it has kept.
    pub fn start_again(&mut self) {
        self.process = self.command.spawn().unwrap();
        self.wait();
    }

    fn wait(&mut self) {
        let started = Instant::now();
        while !(self.client.answers)(&self.client.program, self.folder.path()) {
            let over =
                self.process.try_wait().unwrap().is_some() || started.elapsed() > Duration::from_mins(1);
            let log = || std::fs::read_to_string(self.folder.path().join("log")).unwrap();
            assert!(!over, "{:?}: {}", self.command, log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Ends it and all of its processes without a warning.
    pub fn kill(&mut self) {
        self.signal("-KILL");
        self.process.wait().unwrap();
    }

    /// Ends it in good order, with all that are connected.
    pub fn stop(&mut self) {
        send(self.end, &[self.process.id()]);
        self.process.wait().unwrap();
    }

    /// Lets it neither answer nor go away.
    pub fn pause(&self) {
        self.signal("-STOP");
    }

    /// Ends the pause.
    pub fn resume(&self) {
        self.signal("-CONT");
    }

    /// Sends a signal to it and to the processes that it has begun, while it begins no other.
    fn signal(&self, signal: &str) {
        let server = self.process.id();
        send("-STOP", &[server]);
        let output = Command::new("ps").args(["-o", "pid=", "--ppid", &server.to_string()]).output().unwrap();
        let children = String::from_utf8_lossy(&output.stdout);
        let children = children.split_whitespace().map(|id| id.parse().unwrap());
        send(signal, &children.chain([server]).collect::<Vec<u32>>());
    }
}

/// One that has ended meanwhile hears nothing.
fn send(signal: &str, processes: &[u32]) {
    let processes = processes.iter().map(u32::to_string);
    let _ = Command::new("kill").arg(signal).args(processes).stderr(Stdio::null()).status().unwrap();
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.process.try_wait().is_ok_and(|ended| ended.is_some()) {
            return;
        }
        // By a signal, so that it cleans up what is not in its directory.
        self.resume();
        send("-INT", &[self.process.id()]);
        send("-TERM", &[self.process.id()]);
        let _ = self.process.wait();
    }
}

/// Gives a script to a client, and returns what it prints.
pub(crate) fn speak(client: &mut Command, sql: &str) -> Result<String, String> {
    let client = client.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut process = client.spawn().unwrap();
    // A client that stops at an error may leave the rest unread.
    let _ = process.stdin.take().unwrap().write_all(sql.as_bytes());
    let output = process.wait_with_output().unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
