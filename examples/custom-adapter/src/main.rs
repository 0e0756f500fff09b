//! An adapter of one's own: users, keys and sessions in a file of JSON lines, without a database.
//!
//! ```text
//! cargo run -p custom-adapter -- /tmp/users.jsonl sign-up ada "correct horse"
//! cargo run -p custom-adapter -- /tmp/users.jsonl log-in ada "correct horse"
//! cat /tmp/users.jsonl
//! ```
//!
//! Read it in this order:
//!
//! 1. `entry.rs`: a row as JSON. A user of any struct is an id and the values of its attributes.
//! 2. `journal.rs`: the file. What a step changes is one line, so that it is there whole or not at all.
//! 3. `adapter.rs`: the twenty steps of the contract, each of which looks, and then commits one line.
//! 4. `tests.rs`: one macro that makes a test of each rule of the contract. Begin with this one in an adapter of your own, and
//!    go on until none fails.
//!
//! The file is for one process at a time, is read into memory as a whole, and never gets shorter. That is honest for a tool
//! with a few hundred users, and no more.

mod adapter;
mod entry;
mod journal;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use adapter::JsonLines;
use lucia::{Auth, Builder, Custom, LuciaUser, NewKey, Password, Provider, UserId, provider};

/// Somebody who has signed up.
#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    /// Made by lucia.
    pub id: UserId,
    /// What one logs in with.
    #[lucia(unique, max_length = 32)]
    pub username: String,
}

const USERNAME: Provider = provider!("username");

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [file, command, name, password] = arguments.as_slice() else {
        return Err("say `FILE sign-up NAME PASSWORD` or `FILE log-in NAME PASSWORD`".into());
    };
    let auth: Auth<User> = Builder::new(Custom(JsonLines::open(file)?)).development()?;
    let (key, password) = (USERNAME.id(name)?, Password::from(password.as_str()));
    match command.as_str() {
        "sign-up" => {
            let attributes = UserAttributes { username: name.clone() };
            let user = auth.create_user(NewKey::password(key, password), attributes).await?;
            writeln!(io::stdout(), "{} has signed up, with the id {}", user.username, user.id)?;
        }
        "log-in" => match auth.log_in(&key, &password).await? {
            Some(session) => {
                let sessions = auth.sessions(session.user_id()).await?;
                writeln!(io::stdout(), "welcome; you are logged in {} times", sessions.len())?;
            }
            None => writeln!(io::stdout(), "the name or the password is wrong")?,
        },
        other => return Err(format!("there is no `{other}`").into()),
    }
    Ok(())
}
