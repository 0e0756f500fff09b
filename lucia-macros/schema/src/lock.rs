//! [`Lock`]: the file that says what the migrations of a folder lead to, for a derive that has no build script to tell it.

use std::collections::BTreeMap;
use std::fmt;

/// The text of a lock file: the fingerprint of the tables that migrations lead to, by the table of users.
///
/// A line for each user type, so that version control reports a conflict when two branches both change one.
///
/// # Example
///
/// ```
/// use lucia_schema::Lock;
///
/// let mut lock = Lock::default();
/// lock.set("auth_user", "0123456789abcdef");
/// assert!(lock.to_string().ends_with("\nauth_user 0123456789abcdef\n"));
/// assert_eq!(Lock::parse(&lock.to_string())?, lock);
/// # Ok::<(), lucia_schema::LockError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    lines: BTreeMap<String, String>,
}

/// A line of a lock file is none that lucia wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LockError {
    /// The line, counted from one.
    pub line: usize,
}

impl Lock {
    /// What the file is called.
    pub const FILE: &str = "lucia.lock";

    /// Reads the text of the file.
    ///
    /// # Errors
    ///
    /// If a line is neither a comment nor a table with a fingerprint, as after a merge conflict.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let mut lock = Self::default();
        for (place, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (table, fingerprint) = entry(line).ok_or(LockError { line: place + 1 })?;
            lock.set(table, fingerprint);
        }
        Ok(lock)
    }

    /// The fingerprint of the user type with this table of users.
    #[must_use]
    pub fn get(&self, table: &str) -> Option<&str> {
        self.lines.get(table).map(String::as_str)
    }

    /// Says what the migrations lead to now.
    pub fn set(&mut self, table: &str, fingerprint: &str) {
        self.lines.insert(table.to_owned(), fingerprint.to_owned());
    }

    /// Says nothing of a table any more.
    pub fn remove(&mut self, table: &str) {
        self.lines.remove(table);
    }
}

/// A table and a fingerprint, with one space between.
fn entry(line: &str) -> Option<(&str, &str)> {
    let (table, fingerprint) = line.split_once(' ')?;
    let is_fingerprint = !fingerprint.is_empty() && fingerprint.bytes().all(|byte| byte.is_ascii_hexdigit());
    (crate::names::is_portable(table) && is_fingerprint).then_some((table, fingerprint))
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "# What the migrations here lead to. Written by `cargo lucia migrate make`; commit it with them."
        )?;
        self.lines.iter().try_for_each(|(table, fingerprint)| writeln!(f, "{table} {fingerprint}"))
    }
}

impl fmt::Display for LockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "line {} is not one that lucia wrote; delete the file, and have it written again by `cargo lucia migrate make`, which \
             also tells when two branches have each added a migration",
            self.line
        )
    }
}

impl std::error::Error for LockError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_user_type_has_a_line_that_stays_as_it_is_when_another_changes() {
        let mut lock = Lock::default();
        lock.set("member", "ab");
        lock.set("auth_user", "12");
        lock.set("staff", "cd");
        let before = lock.to_string();
        assert_eq!(before.lines().skip(1).collect::<Vec<_>>(), ["auth_user 12", "member ab", "staff cd"]);
        lock.set("member", "ef");
        assert_eq!(lock.to_string(), before.replace("member ab", "member ef"));
        assert_eq!(lock.get("member"), Some("ef"));
        lock.remove("staff");
        assert_eq!(lock.get("staff"), None);
    }

    #[test]
    fn a_text_is_read_whatever_ends_its_lines() {
        let lock = Lock::parse("# words\r\n\r\nauth_user 12\r\n").unwrap();
        assert_eq!(lock.get("auth_user"), Some("12"));
        assert_eq!(Lock::parse("").unwrap(), Lock::default());
    }

    #[test]
    fn what_a_merge_leaves_is_refused_with_its_line() {
        for (text, line) in [
            ("auth_user 12\n<<<<<<< ours\n", 2),
            ("=======\n", 1),
            ("auth_user\n", 1),
            ("auth_user \n", 1),
            ("auth_user 12 34\n", 1),
            ("auth-user 12\n", 1),
        ] {
            assert_eq!(Lock::parse(text), Err(LockError { line }), "{text}");
        }
    }
}
