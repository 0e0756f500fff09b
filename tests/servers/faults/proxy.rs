//! What stands between an app and a server, and counts how often the app waits for an answer.

use std::io::{Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use lucia_server_tests::Database;
use tempfile::TempDir;

use crate::support::On;

pub(crate) struct Proxy {
    folder: TempDir,
    url: String,
    trips: Arc<AtomicUsize>,
}

impl Proxy {
    pub(crate) fn before(database: &Database, on: On) -> Self {
        let folder = tempfile::Builder::new().prefix("lucia-").tempdir().unwrap();
        let socket = on.choose(".s.PGSQL.5432", "socket");
        let listener = UnixListener::bind(folder.path().join(socket)).unwrap();
        let (trips, server) = (Arc::new(AtomicUsize::new(0)), database.folder().join(socket));
        let escaped = |path: &Path| path.display().to_string().replace('/', "%2F");
        let url = on
            .url(database)
            .replace(&escaped(&database.folder()), &escaped(folder.path()))
            .replace(&database.folder().display().to_string(), &folder.path().display().to_string());
        let proxy = Self { folder, url, trips: Arc::clone(&trips) };
        std::thread::spawn(move || {
            for app in listener.incoming() {
                connect(&app.unwrap(), &UnixStream::connect(&server).unwrap(), &trips);
            }
        });
        proxy
    }

    pub(crate) fn url(&self) -> &str {
        assert!(self.folder.path().exists());
        &self.url
    }

    /// How often the app has asked since the last time, and waited.
    pub(crate) fn trips(&self) -> usize {
        self.trips.swap(0, SeqCst)
    }
}

/// A trip begins with the first that the app says after the server has spoken.
fn connect(app: &UnixStream, server: &UnixStream, trips: &Arc<AtomicUsize>) {
    let has_answered = Arc::new(AtomicBool::new(true));
    let (answered, trips) = (Arc::clone(&has_answered), Arc::clone(trips));
    pass(app, server, move || {
        if answered.swap(false, SeqCst) {
            trips.fetch_add(1, SeqCst);
        }
    });
    pass(server, app, move || has_answered.store(true, SeqCst));
}

/// Hands over what one of them says, each time after `note`.
fn pass(from: &UnixStream, to: &UnixStream, note: impl Fn() + Send + 'static) {
    let (mut from, mut to) = (from.try_clone().unwrap(), to.try_clone().unwrap());
    std::thread::spawn(move || {
        let mut buffer = [0; 16_384];
        while let Ok(read @ 1..) = from.read(&mut buffer) {
            note();
            if to.write_all(&buffer[..read]).is_err() {
                break;
            }
        }
        let _ = to.shutdown(Shutdown::Both);
    });
}
