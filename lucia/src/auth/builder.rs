//! [`Builder`]: from connections and settings to an [`Auth`].

use std::fmt;
use std::sync::Arc;

use super::Auth;
use super::settings::Settings;
use crate::adapter::Store;
use crate::domain::{
    Clock, CookieSettings, Ids, OriginCheck, OsRandom, PasswordHasher, Passwords, Random, SystemClock,
};
use crate::domain::{Origin, Where};
use crate::{LuciaUser, Periods, Result, UserId};

/// Settings, and at last an [`Auth`] by [`development`](Self::development) or [`production`](Self::production).
#[must_use = "a builder does nothing until it is told `development` or `production`"]
pub struct Builder<S> {
    store: S,
    clock: Arc<dyn Clock>,
    random: Arc<dyn Random>,
    hasher: Option<Arc<dyn PasswordHasher>>,
    hashes_at_once: Option<usize>,
    periods: Periods,
    user_id_length: u8,
    cookie_name: Option<String>,
    origins: Vec<Origin>,
    ids: Ids,
}

impl<S> Builder<S> {
    /// The default settings, on this store: [`SqlitePool`](crate::diesel::SqlitePool), [`Pooled`](crate::diesel::Pooled)
    /// for a pool of the app's own, [`Split`](crate::Split) for sessions in another store than users, or
    /// [`Custom`](crate::Custom) for any adapter.
    pub fn new(store: S) -> Self {
        Self {
            store,
            clock: Arc::new(SystemClock),
            random: Arc::new(OsRandom),
            hasher: default_hasher(),
            hashes_at_once: None,
            periods: Periods::default(),
            user_id_length: UserId::DEFAULT_LENGTH,
            cookie_name: None,
            origins: Vec::new(),
            ids: Ids::Ours,
        }
    }

    #[cfg(any(feature = "sqlite", feature = "postgres", feature = "mysql", feature = "async"))]
    pub(crate) const fn store(&self) -> &S {
        &self.store
    }

    /// How long sessions last: 24 hours active, 14 days idle and 30 days in all, unless this says otherwise.
    pub fn periods(mut self, periods: Periods) -> Self {
        self.periods = periods;
        self
    }

    /// Another clock than the system's: tests move it.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Another source of randomness than the operating system's.
    pub fn random(mut self, random: impl Random) -> Self {
        self.random = Arc::new(random);
        self
    }

    /// Another password hasher than Argon2id with its default parameters.
    pub fn password_hasher(mut self, hasher: impl PasswordHasher) -> Self {
        self.hasher = Some(Arc::new(hasher));
        self
    }

    /// How many passwords are hashed at once; as many as the machine has cores, unless this says otherwise.
    ///
    /// Each takes the hasher's memory: 19 MiB by default.
    pub fn hashes_at_once(mut self, permits: usize) -> Self {
        self.hashes_at_once = Some(permits);
        self
    }

    /// How many characters a random user id has, 15 to 64; 26 unless this says otherwise. For a table whose `id` column is
    /// narrower.
    ///
    /// # Errors
    ///
    /// [`is_config`](crate::Error::is_config) for another length.
    pub fn user_id_length(mut self, length: u8) -> Result<Self> {
        UserId::check_generated_length(length)?;
        self.user_id_length = length;
        Ok(self)
    }

    /// The name of the session cookie, `auth_session` unless this says otherwise: an app with two types of users gives
    /// one of them another. In production the browser sees it with `__Host-` in front.
    pub fn cookie_name(mut self, name: impl Into<String>) -> Self {
        self.cookie_name = Some(name.into());
        self
    }

    /// The origins from which forms and scripts of one's own come, for browsers that do not say so by themselves.
    pub fn origins(mut self, origins: impl IntoIterator<Item = Origin>) -> Self {
        self.origins.extend(origins);
        self
    }

    /// For a database that Lucia v1 uses at the same time, as long as that lasts: what is written here, it can read, and the
    /// other way round.
    ///
    /// - Session ids are as it makes them, 40 letters and digits, and are stored as they are.
    /// - The identifiers of keys are stored as they are.
    /// - New password hashes are its scrypt, `s2:`; those of the [`password_hasher`](Self::password_hasher) still verify, and
    ///   are replaced at the next log-in.
    /// - In production, too, the cookie has no `__Host-` in front of its name, which Lucia v1 reads as `auth_session`.
    ///
    /// This costs security. Whoever reads the session table, from a backup or by an injection, is signed in as everybody; a
    /// sub-domain can set the cookie; and its scrypt is weaker than Argon2id. The chapter
    /// [Coming from Lucia v1](crate::_lucia_v1) says what else to know, and how to turn it off again.
    #[cfg(feature = "lucia-v1")]
    pub fn shared_with_lucia_v1(mut self) -> Self {
        self.ids = Ids::LuciaV1;
        self
    }

    /// For work on one's own machine, without TLS: the cookie is named `auth_session` and goes over plain HTTP.
    ///
    /// # Errors
    ///
    /// [`is_config`](crate::Error::is_config) when the cookie's name is not one.
    pub fn development<U: LuciaUser>(self) -> Result<Auth<U>>
    where
        S: Store<U>,
    {
        let cookie = CookieSettings::development();
        self.build(cookie)
    }

    /// For the public: the cookie is named `__Host-auth_session` and goes over TLS only.
    ///
    /// # Errors
    ///
    /// [`is_config`](crate::Error::is_config) when no origin was given, or the cookie's name is not one.
    pub fn production<U: LuciaUser>(self) -> Result<Auth<U>>
    where
        S: Store<U>,
    {
        if self.origins.is_empty() {
            return Err(crate::Error::config(
                "production needs an origin, like `https://example.com`; give the builder `origins`",
            ));
        }
        self.build(CookieSettings::production())
    }

    fn build<U: LuciaUser>(self, cookie: CookieSettings) -> Result<Auth<U>>
    where
        S: Store<U>,
    {
        let cookie = match &self.cookie_name {
            Some(name) => cookie.named(name)?,
            None => cookie,
        };
        #[cfg(feature = "lucia-v1")]
        let (cookie, hasher) = match self.ids {
            Ids::Ours => (cookie, self.hasher),
            Ids::LuciaV1 => (cookie.without_prefix(), self.hasher.map(as_lucia_v1)),
        };
        #[cfg(not(feature = "lucia-v1"))]
        let hasher = self.hasher;
        let passwords = match hasher {
            Some(hasher) => Some(Passwords::new(hasher, Arc::clone(&self.random), self.hashes_at_once)?),
            None => None,
        };
        let settings = Settings {
            clock: self.clock,
            random: self.random,
            passwords,
            ids: self.ids,
            periods: self.periods,
            user_id_length: self.user_id_length,
            cookie,
            origins: OriginCheck::new(self.origins),
        };
        Ok(Auth::new(self.store.into_adapter(), Arc::new(settings), Where::BlockingPool))
    }
}

/// Argon2id, where that is compiled in.
fn default_hasher() -> Option<Arc<dyn PasswordHasher>> {
    #[cfg(feature = "passwords")]
    let hasher: Option<Arc<dyn PasswordHasher>> = Some(Arc::new(crate::domain::Argon2id::default()));
    #[cfg(not(feature = "passwords"))]
    let hasher = None;
    hasher
}

#[cfg(feature = "lucia-v1")]
fn as_lucia_v1(other: Arc<dyn PasswordHasher>) -> Arc<dyn PasswordHasher> {
    Arc::new(crate::LuciaV1::shared(other))
}

impl<S: fmt::Debug> fmt::Debug for Builder<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Builder")
            .field("store", &self.store)
            .field("periods", &self.periods)
            .finish_non_exhaustive()
    }
}
