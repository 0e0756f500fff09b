//! Sign up, log in, see and end one's sessions. The users are the struct in `user.rs`; everything else here is pages.
#![forbid(unsafe_code)]
#![expect(unreachable_pub, reason = "nothing outside can reach into a program; `pub` is for its own modules")]

mod config;
mod error;
mod form;
mod input;
mod pages;
mod serve;
mod sessions;
mod user;

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;

use axum::Router;
use lucia::audit::Severity;
use lucia::axum::AuthLayer;
use lucia::diesel::AnyPool;
use lucia::{Auth, Builder, Store};
use tokio::net::TcpListener;

use config::{Config, Mode};
use user::User;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_writer(std::io::stderr).init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(error, "quickstart cannot go on");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error>> {
    let config = Config::from_env()?;
    let listener =
        TcpListener::bind(config.address).await.map_err(|error| serve::cannot(config.address, &error))?;
    // Port 0 asks the system for a free one.
    let address = listener.local_addr()?;

    let users = AnyPool::open(&config.database).await?;
    users.migrate(&lucia::migrations!()).await?;
    audit(&users).await?;
    let auth = match &config.sessions {
        None => auth(Builder::new(users), &config, address)?,
        Some(url) => auth(Builder::new(sessions::beside(users, url).await?), &config, address)?,
    };
    serve::until_told_to_stop(listener, app(auth)).await?;
    Ok(())
}

/// Logs what is not as it should be in the database, and goes on unless something would fail.
async fn audit(users: &AnyPool) -> Result<(), Box<dyn Error>> {
    let findings = users.audit::<User>().await?;
    for finding in &findings {
        tracing::warn!(severity = %finding.severity, "{finding}");
    }
    if findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Err("the database is not as it should be; what was logged says what to do".into());
    }
    Ok(())
}

fn auth<S: Store<User>>(
    builder: Builder<S>,
    config: &Config,
    address: SocketAddr,
) -> Result<Auth<User>, Box<dyn Error>> {
    let builder = builder.origins(config.origins_at(address)?);
    Ok(match config.mode {
        Mode::Development => builder.development()?,
        Mode::Production => builder.production()?,
    })
}

fn app(auth: Auth<User>) -> Router {
    pages::routes().layer(AuthLayer::new(auth.clone())).with_state(auth)
}
