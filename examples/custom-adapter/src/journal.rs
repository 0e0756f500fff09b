//! The file, and what it comes to when its lines are read one after the other.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

use lucia::{Error, LuciaUser, Result, StoredKey, StoredSession, UserId};

use crate::entry::{Entry, to_key, to_session, to_user};

/// The rows in order of their ids, as lists of them are to be, and the file.
pub(crate) struct Journal<U> {
    pub(crate) users: BTreeMap<UserId, U>,
    pub(crate) keys: BTreeMap<String, StoredKey>,
    pub(crate) sessions: BTreeMap<String, StoredSession>,
    file: File,
    /// Up to where the file is whole.
    length: u64,
}

impl<U: LuciaUser> Journal<U> {
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let open = OpenOptions::new().read(true).append(true).create(true).open(path);
        let mut file = open.map_err(Error::unavailable)?;
        file.try_lock().map_err(Error::unavailable)?;
        let mut text = String::new();
        file.read_to_string(&mut text).map_err(Error::unavailable)?;
        let mut journal = Self {
            users: BTreeMap::new(),
            keys: BTreeMap::new(),
            sessions: BTreeMap::new(),
            file,
            length: 0,
        };
        for line in text.split_inclusive('\n') {
            // The last one, if the process was killed while it wrote: nobody was told that it is there.
            if !line.ends_with('\n') {
                break;
            }
            let entries = serde_json::from_str(line);
            journal.apply(entries.map_err(|error| Error::storage(UNREADABLE, Some(error.into())))?)?;
            journal.length += line.len() as u64;
        }
        Ok(journal)
    }

    /// What a step changes: in the file as one line, and then here.
    pub(crate) fn commit(&mut self, entries: Vec<Entry>) -> Result<()> {
        if entries.is_empty() {
            return Ok(());
        }
        let unwritable = |error: serde_json::Error| Error::storage(UNREADABLE, Some(error.into()));
        let mut line = serde_json::to_vec(&entries).map_err(unwritable)?;
        line.push(b'\n');
        // Half a line that a full disk has left goes first.
        self.file.set_len(self.length).map_err(Error::unavailable)?;
        self.file.write_all(&line).map_err(Error::unavailable)?;
        self.file.sync_data().map_err(Error::unavailable)?;
        self.length += line.len() as u64;
        self.apply(entries)
    }

    fn apply(&mut self, entries: Vec<Entry>) -> Result<()> {
        let unreadable = || Error::storage(UNREADABLE, None);
        for entry in entries {
            match entry {
                Entry::User(id, cells) => {
                    let user: U = to_user(&id, cells).ok_or_else(unreadable)?;
                    self.users.insert(user.id().clone(), user);
                }
                Entry::Key(row) => {
                    let key = to_key(row).ok_or_else(unreadable)?;
                    self.keys.insert(key.id.clone(), key);
                }
                Entry::Session(row) => {
                    let session = to_session(row).ok_or_else(unreadable)?;
                    self.sessions.insert(session.id.clone(), session);
                }
                Entry::NoUser(id) => self.users.retain(|user, _| user.as_str() != id),
                Entry::NoKey(id) => drop(self.keys.remove(&id)),
                Entry::NoSession(id) => drop(self.sessions.remove(&id)),
            }
        }
        Ok(())
    }
}

const UNREADABLE: &str = "a line of the file is not what this program writes";
