//! Where a database is. It may say a password, which nothing prints.

#[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
use std::cmp::Reverse;
use std::convert::Infallible;
use std::env;
use std::fmt;
use std::str::FromStr;

use super::InDatabase;
use crate::Database;

/// The variable that Diesel's command line reads too.
const VARIABLE: &str = "DATABASE_URL";

/// What `--database-url` says.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::cli) struct Url(String);

impl FromStr for Url {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self(text.to_owned()))
    }
}

impl Url {
    /// The one that was given, else that of the environment.
    pub(in crate::cli) fn given(flag: Option<&Self>) -> Result<Self, InDatabase> {
        let of_environment = || env::var(VARIABLE).ok().map(Self);
        let given = flag.cloned().or_else(of_environment).filter(|url| !url.0.trim().is_empty());
        given.ok_or(InDatabase::NoUrl)
    }

    /// Which one it is of, by the rules of Diesel's command line: what is no other is a file of SQLite.
    pub(in crate::cli) fn database(&self) -> Database {
        let begins = |schemes: &[&str]| schemes.iter().any(|scheme| self.0.starts_with(scheme));
        if begins(&["postgres://", "postgresql://"]) {
            Database::Postgres
        } else if begins(&["mysql://"]) {
            Database::Mysql
        } else {
            Database::Sqlite
        }
    }

    /// With whatever is secret in it: for the driver alone.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    pub(super) fn secret(&self) -> &str {
        &self.0
    }

    /// Why it does not open. A driver may repeat what it was given.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    pub(super) fn unopened(&self, error: &diesel::ConnectionError) -> InDatabase {
        let error = error.to_string();
        InDatabase::Unopened {
            url: self.to_string(),
            database: self.database(),
            error: self.redacted(&error),
        }
    }

    /// A text without the password, and without what a driver takes for a part of it when it is not encoded.
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    fn redacted(&self, text: &str) -> String {
        let (_, rest) = self.0.split_once("://").unwrap_or_default();
        let (login, place) = rest.rsplit_once('@').unwrap_or(("", rest));
        let (_, password) = login.split_once(':').unwrap_or_default();
        let (_, parameters) = place.split_once('?').unwrap_or_default();
        let values =
            parameters.split('&').filter(|it| it.contains("pass")).filter_map(|it| it.split_once('='));
        let mut secrets: Vec<&str> = vec![password];
        secrets.extend(values.map(|(_, value)| value));
        secrets.extend(password.split(['/', '@', ':', '?', '#']));
        // The longest first, so that no part of one is left.
        secrets.sort_by_key(|secret| Reverse(secret.len()));
        secrets.retain(|secret| !secret.is_empty());
        secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret, "***"))
    }
}

/// Without the password, and without the parameters, which may say one too.
impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.database() == Database::Sqlite {
            let is_uri = self.0.starts_with("file:") || self.0.starts_with("sqlite://");
            let path = if is_uri { self.0.split('?').next().unwrap_or_default() } else { &self.0 };
            return f.write_str(path);
        }
        let (scheme, rest) = self.0.split_once("://").unwrap_or(("", &self.0));
        // A password may hold an `@` that should have been encoded.
        let (user, place) =
            rest.rsplit_once('@').map_or((None, rest), |(login, place)| (login.split(':').next(), place));
        let place = place.split('?').next().unwrap_or_default();
        write!(f, "{scheme}://")?;
        if let Some(user) = user {
            write!(f, "{user}@")?;
        }
        f.write_str(place)
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Url({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url(text.to_owned())
    }

    #[test]
    fn a_url_is_of_the_database_that_diesel_takes_it_for() {
        for (text, database) in [
            ("app.db", Database::Sqlite),
            ("/data/app.db", Database::Sqlite),
            ("file:app.db?cache=shared", Database::Sqlite),
            ("sqlite://app.db", Database::Sqlite),
            ("postgres://localhost/app", Database::Postgres),
            ("postgresql://localhost/app", Database::Postgres),
            ("mysql://localhost/app", Database::Mysql),
        ] {
            assert_eq!(url(text).database(), database, "{text}");
        }
    }

    #[test]
    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql"))]
    fn no_password_is_repeated() {
        for (text, said, shown) in [
            ("postgres://ada:s3cret@db/app", "no s3cret for ada", "no *** for ada"),
            (
                "postgres://ada:s3/cr@et@db/app",
                "port \"s3\" of s3/cr@et, host et@db",
                "port \"***\" of ***, host ***@db",
            ),
            ("postgres://db/app?user=ada&password=s3cret", "ada, s3cret", "ada, ***"),
            ("postgres://db/app", "nothing to hide", "nothing to hide"),
        ] {
            assert_eq!(url(text).redacted(said), shown);
        }
    }

    #[test]
    fn no_password_is_shown() {
        for (text, shown) in [
            ("postgres://ada:s3cret@db:5432/app", "postgres://ada@db:5432/app"),
            ("postgres://ada:s3@c/r:et?@db/app?sslmode=require", "postgres://ada@db/app"),
            ("postgresql:///app?user=ada&password=s3cret", "postgresql:///app"),
            ("mysql://ada:s3cret@db", "mysql://ada@db"),
            ("mysql://db/app", "mysql://db/app"),
            ("file:app.db?key=s3cret", "file:app.db"),
            ("sqlite:///app.db?key=s3cret", "sqlite:///app.db"),
            ("what?.db", "what?.db"),
        ] {
            assert_eq!(url(text).to_string(), shown);
            assert_eq!(format!("{:?}", url(text)), format!("Url({shown})"));
        }
    }
}
