//! Sign up, log in, see and end one's sessions. The users are the struct in `user.rs`; everything else here is pages.
#![forbid(unsafe_code)]
#![expect(unreachable_pub, reason = "nothing outside can reach into a program; `pub` is for its own modules")]

mod config;
mod error;
mod form;
mod input;
mod pages;
mod serve;
mod user;

use std::error::Error;
use std::process::ExitCode;

use axum::Router;
use lucia::Auth;
use lucia::axum::AuthLayer;
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

    let builder = lucia::open(&config.database).await?.migrate(lucia::migrations!()).await?;
    let builder = builder.origins(config.origins_at(address)?);
    let auth = match config.mode {
        Mode::Development => builder.development()?,
        Mode::Production => builder.production()?,
    };
    serve::until_told_to_stop(listener, app(auth)).await?;
    Ok(())
}

fn app(auth: Auth<User>) -> Router {
    pages::routes().layer(AuthLayer::new(auth.clone())).with_state(auth)
}
