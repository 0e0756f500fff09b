//! [`Link`]: the connection to Redis, made anew when it is lost, and never waited for longer than [`PATIENCE`].

use std::future::Future;
use std::time::Duration;

use redis::aio::MultiplexedConnection;
use redis::{
    AsyncConnectionConfig, Client, Cmd, ErrorKind, FromRedisValue, Pipeline, RedisError, RedisResult,
    ScriptInvocation, ServerErrorKind,
};
use tokio::sync::Mutex;

use super::failure::{failure, wrong_url};
use crate::Result;
use crate::error::{Error, Kind};

/// How long a call waits in all, for a connection and for answers.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it waits for a connection.
const CONNECTING: Duration = Duration::from_secs(1);
/// How long it waits for one answer.
const ANSWERING: Duration = Duration::from_secs(2);

/// One connection, which carries any number of calls at once.
pub(super) struct Link {
    client: Client,
    config: AsyncConnectionConfig,
    open: Mutex<Open>,
}

/// The connection, if there is one, and how many there were before.
#[derive(Default)]
struct Open {
    lost: u64,
    connection: Option<MultiplexedConnection>,
}

impl Link {
    /// A link to the server of this URL, with a first connection.
    pub(super) async fn new(url: &str) -> Result<Self> {
        let client = Client::open(url).map_err(|error| wrong_url(&error))?;
        let config = AsyncConnectionConfig::new()
            .set_connection_timeout(Some(CONNECTING))
            .set_response_timeout(Some(ANSWERING));
        let link = Self { client, config, open: Mutex::default() };
        link.ask::<()>(&redis::cmd("PING")).await?;
        Ok(link)
    }

    /// The answer to a command that may run twice: once more, when the connection turns out to be gone.
    pub(super) async fn ask<T: FromRedisValue>(&self, command: &Cmd) -> Result<T> {
        bounded(async {
            match self.once(command).await {
                Err(error) if error.is_connection_dropped() => self.once(command).await,
                answer => answer,
            }
        })
        .await
    }

    /// The answer to a command that must not run twice.
    pub(super) async fn tell<T: FromRedisValue>(&self, command: &Cmd) -> Result<T> {
        bounded(self.once(command)).await
    }

    /// Sends commands of which no answer is waited for one by one.
    pub(super) async fn tell_all(&self, commands: &Pipeline) -> Result<()> {
        bounded(async {
            let (number, mut connection) = self.connection().await?;
            let answer = commands.exec_async(&mut connection).await;
            self.note(number, answer).await
        })
        .await
    }

    async fn once<T: FromRedisValue>(&self, command: &Cmd) -> RedisResult<T> {
        let (number, mut connection) = self.connection().await?;
        let answer = command.query_async(&mut connection).await;
        self.note(number, answer).await
    }

    /// The answer of a script, which runs once: should the connection be lost meanwhile, nobody knows whether it did. A
    /// server that does not know the script is told it.
    pub(super) async fn run<T: FromRedisValue>(&self, script: &ScriptInvocation<'_>) -> Result<T> {
        bounded(async {
            let (number, mut connection) = self.connection().await?;
            let answer = script.invoke_async(&mut connection).await;
            self.note(number, answer).await
        })
        .await
    }

    async fn connection(&self) -> RedisResult<(u64, MultiplexedConnection)> {
        let mut open = self.open.lock().await;
        if let Some(connection) = &open.connection {
            return Ok((open.lost, connection.clone()));
        }
        let connection = self.client.get_multiplexed_async_connection_with_config(&self.config).await?;
        open.connection = Some(connection.clone());
        Ok((open.lost, connection))
    }

    /// Gives a connection up that an answer shows to be of no use any more.
    async fn note<T>(&self, number: u64, answer: RedisResult<T>) -> RedisResult<T> {
        if answer.as_ref().is_err_and(is_lost) {
            let mut open = self.open.lock().await;
            if open.lost == number {
                *open = Open { lost: number.wrapping_add(1), connection: None };
            }
        }
        answer
    }
}

/// A server that takes no writes any more has another one in its place, which the same URL may lead to.
fn is_lost(error: &RedisError) -> bool {
    let read_only = error.kind() == ErrorKind::Server(ServerErrorKind::ReadOnly);
    read_only || error.is_unrecoverable_error() || error.is_timeout()
}

async fn bounded<T>(answer: impl Future<Output = RedisResult<T>>) -> Result<T> {
    // What follows would panic outside of a runtime.
    tokio::runtime::Handle::try_current().map_err(|error| {
        let message = "sessions in Redis need a Tokio runtime, with time and I/O enabled; call it within one";
        Error::from(Kind::Config(message.to_owned(), Some(Box::new(error))))
    })?;
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(answer) => answer.map_err(failure),
        Err(elapsed) => Err(Error::unavailable(elapsed)),
    }
}
