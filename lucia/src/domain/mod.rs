//! Pure values and functions: what a session, a key, a password, a cookie and an origin are, and the rules they obey.
//!
//! No database, no clock of its own, no randomness of its own: [`Clock`] and [`Random`] are passed in.

mod cookie;
mod ids;
mod key;
mod key_id;
mod origin;
mod password;
mod passwords;
mod periods;
mod random;
mod return_path;
mod secret_text;
mod session;
mod session_token;
#[cfg(test)]
pub(crate) mod testing;
mod time;
mod token;
mod user_id;

#[cfg(test)]
mod secrets_stay_secret;

pub use cookie::{CookieSettings, Presented};
pub(crate) use ids::Ids;
pub use key::{Key, KeyKind, NewKey, StoredKey};
pub use key_id::{KeyId, Provider};
pub use origin::{Origin, OriginCheck, OriginRejection};
pub use password::Password;
#[cfg(feature = "passwords")]
pub use passwords::Argon2id;
#[cfg(feature = "lucia-v1")]
pub use passwords::LuciaV1;
pub use passwords::{HasherError, PasswordHash, PasswordHasher, Verification};
pub(crate) use passwords::{Passwords, Where};
pub(crate) use periods::Expiries;
pub use periods::Periods;
pub use random::{OsRandom, Random};
pub use return_path::ReturnPath;
pub use session::{Session, SessionState, StoredSession};
pub use session_token::{SessionId, SessionToken};
pub use time::{Clock, SystemClock, UnixMillis};
pub use token::Token;
pub use user_id::UserId;
