//! [`RedisSessions`]: each step of the contract, as one script or one look-up.

use std::fmt;
use std::sync::Arc;

use redis::{Pipeline, Script, ScriptInvocation, cmd};

use super::failure::Unreadable;
use super::keys::Keys;
use super::link::Link;
use super::row::{kept_for, read, write};
use super::scripts;
use crate::adapter::{Renewal, Renewed, SessionAdapter};
use crate::error::Error;
use crate::{Result, StoredSession, UnixMillis, UserId};

/// Keeps sessions in Redis: the session side of a [`Split`](crate::Split).
///
/// Each step is atomic: it is one script on the sessions of one user. A call that Redis does not answer within a
/// few seconds, or answers by an error, is [`is_unavailable`](Error::is_unavailable), which logs nobody out; the connection
/// is made again by itself. Dead sessions are removed by Redis.
///
/// How to set Redis up, and what is stored under which key: [Sessions elsewhere](crate::_sessions_elsewhere).
///
/// Cloning it is cheap; the clones share the connection.
#[derive(Clone)]
pub struct RedisSessions {
    link: Arc<Link>,
    keys: Keys,
}

impl RedisSessions {
    /// Connects to Redis: `redis://user:password@host:6379/0`, or `redis+unix:///path/to/socket`.
    ///
    /// `rediss://`, with TLS, takes one of the TLS features of the `redis` crate, version 1, such as `tokio-rustls-comp`, turned on
    /// in the app's own `Cargo.toml`.
    ///
    /// # Errors
    ///
    /// [`is_config`](Error::is_config) when the URL is none, or outside of a Tokio runtime;
    /// [`is_unavailable`](Error::is_unavailable) when Redis does not answer.
    pub async fn connect(url: &str) -> Result<Self> {
        Ok(Self { link: Arc::new(Link::new(url).await?), keys: Keys::new("lucia")? })
    }

    /// What the names of all keys begin with, `lucia` unless this says otherwise: two apps, or two types of users, that share a
    /// server have two prefixes.
    ///
    /// # Errors
    ///
    /// [`is_config`](Error::is_config) unless it is 1 to 32 of the characters `a` to `z`, `0` to `9`, `-` and `_`.
    pub fn prefix(mut self, prefix: &str) -> Result<Self> {
        self.keys = Keys::new(prefix)?;
        Ok(self)
    }

    /// A script on the sessions of a user.
    fn on<'s>(&self, script: &'s Script, user_id: &UserId) -> ScriptInvocation<'s> {
        script.key(self.keys.sessions_of(user_id))
    }

    /// Whose the session with this id is, or was.
    async fn owner_of(&self, id: &str) -> Result<Option<UserId>> {
        let owner: Option<String> = self.link.ask(cmd("GET").arg(self.keys.owner_of(id))).await?;
        Ok(owner.map(UserId::from_stored))
    }

    /// Makes an id a user's, unless it is somebody's. It comes before the session itself: an index without a session is harmless,
    /// and expires, but a session without an index could not be found to be ended.
    async fn claim(&self, id: &str, user_id: &UserId, kept: i64) -> Result<()> {
        let mut claim = cmd("SET");
        claim.arg(self.keys.owner_of(id)).arg(user_id.as_str()).arg("NX").arg("PX").arg(kept);
        if self.link.tell(&claim).await? { Ok(()) } else { Err(Error::session_id_taken()) }
    }

    /// Removes the index of sessions that are gone. That it fails is no trouble: then they expire.
    async fn forget(&self, ids: &[String]) {
        let mut commands = Pipeline::new();
        for id in ids {
            commands.cmd("DEL").arg(self.keys.owner_of(id)).ignore();
        }
        if !ids.is_empty() {
            let _: Result<()> = self.link.tell_all(&commands).await;
        }
    }

    /// Deletes the sessions under a key that died before `now`.
    async fn sweep(&self, key: String, now: UnixMillis, limit: u32) -> Result<u32> {
        self.delete(scripts::SWEEP.key(key).arg(now.as_millis()).arg(limit)).await
    }

    /// Runs a script that deletes sessions; returns how many.
    async fn delete(&self, script: &ScriptInvocation<'_>) -> Result<u32> {
        let deleted: Vec<String> = self.link.run(script).await?;
        self.forget(&deleted).await;
        Ok(u32::try_from(deleted.len()).unwrap_or(u32::MAX))
    }
}

impl SessionAdapter for RedisSessions {
    async fn create_session(&self, session: StoredSession) -> Result<()> {
        let kept = kept_for(session.idle_expires, session.created_at);
        self.claim(&session.id, &session.user_id, kept).await?;
        let mut script = self.on(&scripts::CREATE, &session.user_id);
        let created: bool = self.link.run(script.arg(&session.id).arg(kept).arg(write(&session))).await?;
        if created {
            return Ok(());
        }
        self.forget(&[session.id]).await;
        Err(Error::session_id_taken())
    }

    async fn find_session(&self, id: String) -> Result<Option<StoredSession>> {
        let Some(user_id) = self.owner_of(&id).await? else { return Ok(None) };
        let find = cmd("HGET").arg(self.keys.sessions_of(&user_id)).arg(&id).take();
        let found: Option<String> = self.link.ask(&find).await?;
        found.map(|text| read(id, user_id, &text)).transpose().map_err(Into::into)
    }

    async fn sessions_of(&self, user_id: UserId) -> Result<Vec<StoredSession>> {
        let list = cmd("HGETALL").arg(self.keys.sessions_of(&user_id)).take();
        let mut fields: Vec<(String, String)> = self.link.ask(&list).await?;
        fields.sort_unstable();
        let sessions = fields.into_iter().map(|(id, text)| read(id, user_id.clone(), &text));
        sessions.collect::<Result<_, Unreadable>>().map_err(Into::into)
    }

    async fn renew_session(&self, renewal: Renewal) -> Result<Renewed> {
        let Renewal { old, new, now, lost_before } = renewal;
        let kept = kept_for(new.idle_expires, Some(now));
        self.claim(&new.id, &new.user_id, kept).await?;
        let mut script = self.on(&scripts::RENEW, &new.user_id);
        script.arg(old).arg(now.as_millis()).arg(lost_before.as_millis());
        let outcome: Vec<String> = self.link.run(script.arg(&new.id).arg(kept).arg(write(&new))).await?;
        let (outcome, lost) = outcome.split_first().ok_or(Unreadable)?;
        if outcome == "now" {
            self.forget(lost).await;
            return Ok(Renewed::Now);
        }
        self.forget(&[new.id]).await;
        match &**outcome {
            "before" => Ok(Renewed::Before),
            "gone" => Ok(Renewed::Gone),
            _ => Err(Error::session_id_taken()),
        }
    }

    async fn present_session(
        &self,
        id: String,
        user_id: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        let kept = kept_for(old_ends, Some(now));
        let mut script = self.on(&scripts::PRESENT, &user_id);
        script.arg(id).arg(now.as_millis()).arg(old_ends.as_millis()).arg(kept);
        let ended: Option<String> = self.link.run(&script).await?;
        if let Some(old) = ended {
            // So that the index does not outlive its session by weeks. That it fails is no trouble.
            let sooner = cmd("PEXPIRE").arg(self.keys.owner_of(&old)).arg(kept).take();
            let _: Result<()> = self.link.ask(&sooner).await;
        }
        Ok(())
    }

    async fn delete_session(&self, id: String) -> Result<()> {
        let Some(user_id) = self.owner_of(&id).await? else { return Ok(()) };
        self.delete(self.on(&scripts::DELETE, &user_id).arg(id)).await?;
        Ok(())
    }

    async fn delete_sessions_of(&self, user_id: UserId, keep: Option<String>) -> Result<()> {
        match keep {
            Some(id) => self.delete(self.on(&scripts::DELETE_OTHERS, &user_id).arg(id)).await?,
            None => self.delete(&self.on(&scripts::DELETE_ALL, &user_id)).await?,
        };
        Ok(())
    }

    /// Redis removes dead sessions by itself, an hour after they died. For everybody this looks at all keys of the server, so there
    /// is seldom a reason to call it.
    async fn delete_dead_sessions(
        &self,
        user_id: Option<UserId>,
        now: UnixMillis,
        limit: u32,
    ) -> Result<u32> {
        if let Some(user_id) = user_id {
            return self.sweep(self.keys.sessions_of(&user_id), now, limit).await;
        }
        let (mut removed, mut cursor) = (0, 0);
        while removed < limit {
            let mut scan = cmd("SCAN");
            scan.arg(cursor).arg("MATCH").arg(self.keys.all_sessions()).arg("COUNT").arg(AT_ONCE);
            let (next, keys): (u64, Vec<String>) = self.link.ask(&scan).await?;
            for key in keys {
                removed += self.sweep(key, now, limit - removed).await?;
            }
            if next == 0 {
                break;
            }
            cursor = next;
        }
        Ok(removed)
    }
}

/// How many keys are looked at in one call.
const AT_ONCE: u32 = 1_000;

impl fmt::Debug for RedisSessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisSessions").field("keys", &self.keys).finish_non_exhaustive()
    }
}
