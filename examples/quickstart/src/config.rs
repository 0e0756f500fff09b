//! The settings, from the environment.

use std::env;
use std::fmt;
use std::net::SocketAddr;

use lucia::Origin;

/// What can be set from outside. It has no `Debug`, since a URL may hold a password.
pub struct Config {
    /// `LUCIA_ADDR`: where to listen.
    pub address: SocketAddr,
    /// `DATABASE_URL`: the SQLite file, or where a server is.
    pub database: String,
    /// `LUCIA_SESSIONS`: the Redis in which sessions are kept; beside the users when there is none.
    pub sessions: Option<String>,
    /// `LUCIA_ENV`.
    pub mode: Mode,
    /// `LUCIA_ORIGIN`: the origins under which browsers know this site.
    origins: Option<String>,
}

/// Whether this is somebody's own machine or the public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Plain HTTP will do.
    Development,
    /// Behind TLS.
    Production,
}

/// A variable that is missing or wrong, and what it should be.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError(String);

impl Config {
    /// Reads the environment of this process.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::read(|name| match env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(env::VarError::NotPresent) => Ok(None),
            Err(env::VarError::NotUnicode(_)) => Err(ConfigError(format!("{name} is not UTF-8"))),
        })
    }

    fn read(variable: impl Fn(&str) -> Result<Option<String>, ConfigError>) -> Result<Self, ConfigError> {
        // Set to nothing is as good as not set.
        let given = |name| Ok(variable(name)?.filter(|value| !value.trim().is_empty()));
        let address = given("LUCIA_ADDR")?.unwrap_or_else(|| "127.0.0.1:3000".to_owned());
        let config = Self {
            address: address.parse().map_err(|_| {
                ConfigError(format!(
                    "LUCIA_ADDR is an address and a port, like 127.0.0.1:3000, not {address:?}"
                ))
            })?,
            database: given("DATABASE_URL")?.unwrap_or_else(|| "quickstart.db".to_owned()),
            sessions: given("LUCIA_SESSIONS")?,
            mode: match given("LUCIA_ENV")?.as_deref() {
                None | Some("development") => Mode::Development,
                Some("production") => Mode::Production,
                Some(other) => {
                    return Err(ConfigError(format!(
                        "LUCIA_ENV is development or production, not {other:?}"
                    )));
                }
            },
            origins: given("LUCIA_ORIGIN")?,
        };
        if config.mode == Mode::Production && config.origins.is_none() {
            return Err(ConfigError(
                "LUCIA_ENV=production needs LUCIA_ORIGIN, the address at which people open this site, \
                 like https://example.com; several with commas between them"
                    .to_owned(),
            ));
        }
        Ok(config)
    }

    /// The origins of this site, when it listens on `address`.
    pub fn origins_at(&self, address: SocketAddr) -> Result<Vec<Origin>, ConfigError> {
        match &self.origins {
            Some(list) => list.split(',').map(|origin| configured(origin.trim())).collect(),
            None => [address.ip().to_string(), "localhost".to_owned()]
                .map(|host| local(&host, address))
                .into_iter()
                .collect(),
        }
    }
}

fn configured(origin: &str) -> Result<Origin, ConfigError> {
    Origin::new(origin).map_err(|error| ConfigError(format!("LUCIA_ORIGIN: {error}")))
}

fn local(host: &str, address: SocketAddr) -> Result<Origin, ConfigError> {
    let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
    // Browsers leave out the port that goes without saying.
    let origin = match address.port() {
        80 => format!("http://{host}"),
        port => format!("http://{host}:{port}"),
    };
    Origin::new(&origin).map_err(|error| ConfigError(format!("the origin {origin}: {error}")))
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ConfigError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        Config::read(|name| {
            Ok(variables.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned()))
        })
    }

    fn origins(config: &Config, address: &str) -> Vec<String> {
        let origins = config.origins_at(address.parse().unwrap()).unwrap();
        origins.iter().map(|origin| origin.as_str().to_owned()).collect()
    }

    #[test]
    fn nothing_set_is_development_on_port_3000() {
        let config = read(&[]).unwrap();
        assert_eq!(config.address.to_string(), "127.0.0.1:3000");
        assert_eq!((config.database.as_str(), config.mode), ("quickstart.db", Mode::Development));
    }

    #[test]
    fn in_development_the_origins_are_the_address_and_localhost() {
        let config = read(&[]).unwrap();
        assert_eq!(origins(&config, "127.0.0.1:3000"), ["http://127.0.0.1:3000", "http://localhost:3000"]);
        assert_eq!(origins(&config, "127.0.0.1:80"), ["http://127.0.0.1", "http://localhost"]);
        assert_eq!(origins(&config, "[::1]:3000"), ["http://[::1]:3000", "http://localhost:3000"]);
    }

    #[test]
    fn configured_origins_are_the_only_ones() {
        let config = read(&[("LUCIA_ORIGIN", "https://a.example, https://b.example")]).unwrap();
        assert_eq!(origins(&config, "127.0.0.1:3000"), ["https://a.example", "https://b.example"]);
        let config = read(&[("LUCIA_ORIGIN", "https://a.example/")]).unwrap();
        let error = config.origins_at("127.0.0.1:3000".parse().unwrap()).unwrap_err();
        assert!(error.to_string().contains("write `https://a.example`"), "{error}");
    }

    #[test]
    fn production_needs_an_origin() {
        let error = read(&[("LUCIA_ENV", "production")]).err().unwrap();
        assert!(error.to_string().contains("LUCIA_ORIGIN"), "{error}");
        assert!(read(&[("LUCIA_ENV", "production"), ("LUCIA_ORIGIN", " ")]).is_err());
        let config = read(&[("LUCIA_ENV", "production"), ("LUCIA_ORIGIN", "https://a.example")]).unwrap();
        assert_eq!(config.mode, Mode::Production);
    }

    #[test]
    fn anything_else_is_refused() {
        for (name, value) in [("LUCIA_ENV", "prod"), ("LUCIA_ENV", "Production"), ("LUCIA_ADDR", "3000")] {
            let error = read(&[(name, value)]).err().unwrap();
            assert!(error.to_string().starts_with(name), "{error}");
        }
    }
}
