//! The users of this app.

use chrono::{DateTime, Utc};
use lucia::{LuciaUser, Provider, UserId, provider};

/// Somebody who has signed up.
#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    /// Made by lucia.
    pub id: UserId,
    /// What one logs in with.
    #[lucia(unique, max_length = 32)]
    pub username: String,
    /// Given or not.
    pub email: Option<String>,
    /// For the app to count.
    #[lucia(default = 0)]
    pub logins: i32,
    /// When they signed up.
    #[lucia(readonly, default = now)]
    pub created_at: DateTime<Utc>,
}

/// One logs in with a name and a password: the provider of the keys.
pub const USERNAME: Provider = provider!("username");
