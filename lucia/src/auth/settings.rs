//! What all operations of one `Auth` share.

use std::sync::Arc;

use crate::domain::{Clock, CookieSettings, Ids, OriginCheck, Passwords, Periods, Random};

pub(super) struct Settings {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) random: Arc<dyn Random>,
    /// `None` when the app has no hasher: then no key has a password.
    pub(super) passwords: Option<Passwords>,
    pub(super) ids: Ids,
    pub(super) periods: Periods,
    pub(super) user_id_length: u8,
    pub(super) cookie: CookieSettings,
    pub(super) origins: OriginCheck,
}
