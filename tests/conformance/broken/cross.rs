//! Flaws in the steps that touch users and sessions.

use lucia::adapter::{Adapter, ChangePassword, Proof, SessionAdapter, StartSession, UserAdapter, UserLookup};
use lucia::{Error, PasswordHash, Result, StoredSession, UserId};

use super::{Base, Flaw, InMemory, OnFile, found, meanwhile};
use crate::user::User;

found! {
    a_session_that_opens_an_orphan: OrphanOpens
        by "sessions::a_session_of_an_unknown_user_opens_nothing" in "session_and_user";
    a_session_that_starts_for_nobody: StartWithoutProof
        by "cross::a_session_starts_for_a_user_who_exists" in "start_session";
    a_session_that_starts_without_its_proof: StartWithoutProof
        by "cross::no_session_starts_by_a_key_that_is_another_meanwhile" in "start_session";
    a_session_that_starts_by_an_expired_key: StartByExpired
        by "cross::a_single_use_key_that_is_wrong_or_late_starts_no_session" in "start_session";
    a_single_use_key_that_starts_many_sessions: LookThenStart
        by "cross_races::of_rivals_with_a_single_use_key_one_logs_in" in "start_session";
    a_proof_that_is_looked_at_too_early: LookThenStart
        by "cross_races::nobody_logs_in_by_a_password_that_is_being_changed" in "start_session";
    a_session_of_a_user_who_is_gone: LookThenStart
        by "cross_races::no_session_is_left_of_a_user_who_is_removed" in "start_session";
    a_password_that_is_changed_whatever_it_was: ChangeAnyHash
        by "cross::a_password_that_is_another_meanwhile_is_not_changed_and_nothing_ends" in "change_password";
    a_password_that_many_change: ChangeAnyHash
        by "cross_races::of_rivals_who_change_a_password_one_does" in "change_password";
    a_password_that_is_changed_over_a_rehash: ChangeAnyHash
        by "cross_races::a_password_is_either_rehashed_or_changed" in "replace_password";
    sessions_that_outlive_a_changed_password: SessionsOutlive
        by "cross::a_changed_password_ends_all_sessions_and_starts_one" in "change_password";
    sessions_that_end_though_the_password_is_not_changed: EndBeforeCompare
        by "cross::a_password_that_is_another_meanwhile_is_not_changed_and_nothing_ends" in "change_password";
    a_changed_password_of_a_user_who_is_gone: ChangeWithoutLooking
        by "cross_races::no_changed_password_is_left_of_a_user_who_is_removed" in "change_password";
    sessions_that_stay_when_the_user_goes: SessionsStay
        by "cross::a_user_is_removed_with_all_sessions_and_keys" in "remove_user";
    a_user_who_is_removed_in_steps: RemoveInSteps
        by "cross_races::no_session_is_left_of_a_user_who_is_removed" in "start_session";
}

/// As by an outer join.
struct OrphanOpens;

impl Flaw for OrphanOpens {
    type Base = InMemory;

    async fn session_and_user(base: &InMemory, id: String) -> Result<Option<(StoredSession, User)>> {
        let Some(session) = base.0.find_session(id).await? else { return Ok(None) };
        let user = base.0.find_user(UserLookup::Id(session.user_id.clone())).await?;
        let user = user.unwrap_or_else(|| crate::user::user(session.user_id.clone(), 0));
        Ok(Some((session, user)))
    }
}

struct StartWithoutProof;

impl Flaw for StartWithoutProof {
    type Base = InMemory;

    async fn start_session(base: &InMemory, start: StartSession) -> Result<bool> {
        base.0.create_session(start.session).await.map(|()| true)
    }
}

struct StartByExpired;

impl Flaw for StartByExpired {
    type Base = InMemory;

    async fn start_session(base: &InMemory, start: StartSession) -> Result<bool> {
        base.0.start_session(StartSession { now: lucia::UnixMillis::EPOCH, ..start }).await
    }
}

/// Looks whether the proof holds, and then inserts.
struct LookThenStart;

impl Flaw for LookThenStart {
    type Base = InMemory;

    async fn start_session(base: &InMemory, start: StartSession) -> Result<bool> {
        let holds = match &start.proof {
            Proof::User => {
                let by = UserLookup::Id(start.session.user_id.clone());
                base.0.find_user(by).await?.ok_or_else(Error::unknown_user)?;
                true
            }
            Proof::Key { id, hashed_password, .. } => {
                let key = base.0.find_key(id.clone()).await?;
                key.is_some_and(|key| text(key.hashed_password.as_ref()) == text(hashed_password.as_ref()))
            }
        };
        if !holds {
            return Ok(false);
        }
        meanwhile().await;
        if let Proof::Key { id, single_use: true, .. } = start.proof {
            base.0.delete_key(id).await?;
        }
        base.0.create_session(start.session).await.map(|()| true)
    }
}

fn text(hash: Option<&PasswordHash>) -> Option<&str> {
    hash.map(PasswordHash::expose)
}

struct ChangeAnyHash;

impl Flaw for ChangeAnyHash {
    type Base = InMemory;

    async fn change_password(base: &InMemory, change: ChangePassword) -> Result<bool> {
        // Last of all, as by a slow hasher.
        meanwhile().await;
        let Some(key) = base.0.find_key(change.key_id.clone()).await? else { return Ok(false) };
        base.0.change_password(ChangePassword { old: key.hashed_password, ..change }).await
    }
}

struct SessionsOutlive;

impl Flaw for SessionsOutlive {
    type Base = InMemory;

    async fn change_password(base: &InMemory, change: ChangePassword) -> Result<bool> {
        if !base.0.replace_password(change.key_id, change.old, change.new).await? {
            return Ok(false);
        }
        if let Some(session) = change.session {
            base.0.create_session(session).await?;
        }
        Ok(true)
    }
}

struct EndBeforeCompare;

impl Flaw for EndBeforeCompare {
    type Base = InMemory;

    async fn change_password(base: &InMemory, change: ChangePassword) -> Result<bool> {
        base.0.delete_sessions_of(change.user_id.clone(), None).await?;
        base.0.change_password(change).await
    }
}

/// The steps of the provided body, without the last look.
struct ChangeWithoutLooking;

impl Flaw for ChangeWithoutLooking {
    type Base = InMemory;

    async fn change_password(base: &InMemory, change: ChangePassword) -> Result<bool> {
        if !base.0.replace_password(change.key_id, change.old, change.new).await? {
            return Ok(false);
        }
        base.0.delete_sessions_of(change.user_id, None).await?;
        meanwhile().await;
        if let Some(session) = change.session {
            base.0.create_session(session).await?;
        }
        Ok(true)
    }
}

struct SessionsStay;

impl Flaw for SessionsStay {
    type Base = InMemory;

    async fn remove_user(base: &InMemory, id: UserId) -> Result<()> {
        base.0.delete_user(id).await
    }
}

/// Without a transaction around them, the foreign key refuses the last step when a session has started in between.
struct RemoveInSteps;

impl Flaw for RemoveInSteps {
    type Base = OnFile;

    async fn remove_user(base: &OnFile, id: UserId) -> Result<()> {
        base.adapter().delete_sessions_of(id.clone(), None).await?;
        meanwhile().await;
        base.adapter().delete_user(id).await
    }
}
