//! Flaws in the steps on sessions.

use lucia::adapter::{Renewal, Renewed, SessionAdapter};
use lucia::{Error, Result, StoredSession, UnixMillis, UserId};

use super::{Flaw, InMemory, OnFile, found, meanwhile};

found! {
    a_session_that_is_written_over: CreateOrReplace
        by "sessions::an_id_that_a_session_has_is_refused_and_the_session_stays" in "create_session";
    the_wrong_error_for_a_taken_session: WrongError
        by "sessions::an_id_that_a_session_has_is_refused_and_the_session_stays" in "create_session";
    session_ids_without_regard_to_case: IdsWithoutCase
        by "sessions::a_session_is_found_by_its_very_id_only" in "create_session";
    dead_sessions_that_nobody_sees: HideDead
        by "sessions::a_dead_session_is_found_and_listed" in "sessions_of";
    everybodys_sessions: SessionsOfEverybody
        by "sessions::the_sessions_of_a_user_are_all_of_that_user_in_order_of_their_ids" in "sessions_of";
    a_family_of_which_only_one_goes: DeleteOne
        by "sessions::deleting_the_newest_of_a_family_deletes_it_all" in "delete_session";
    a_family_of_which_the_newest_stays: DeleteOlder
        by "sessions::deleting_the_oldest_of_a_family_deletes_it_all" in "delete_session";
    a_family_of_which_one_is_kept: KeepOne
        by "sessions::all_sessions_but_a_family_are_deleted" in "delete_sessions_of";
    everybodys_sessions_go: DeleteEverybodys
        by "sessions::all_sessions_of_a_user_are_deleted_and_nobody_elses" in "delete_sessions_of";
    a_renewal_without_compare_and_set: RenewWithoutCompare
        by "session_races::of_rivals_for_a_renewal_one_adds_a_session" in "renew_session";
    a_renewal_that_outlives_logging_out: RenewWithoutLock
        by "session_races::no_session_survives_logging_out_by_a_renewal" in "renew_session";
    a_renewal_that_outlives_the_user: RenewWithoutLock
        by "cross_races::no_renewal_is_left_of_a_user_who_is_removed" in "renew_session";
    a_dead_session_that_is_renewed: RenewDead
        by "renewal::a_dead_or_unknown_session_is_not_renewed" in "renew_session";
    a_renewal_in_place_of_the_old_session: RenewInPlace
        by "renewal::a_renewal_puts_the_new_session_beside_the_old_one" in "renew_session";
    a_lost_renewal_that_is_not_replaced: NothingIsLost
        by "renewal::a_renewal_that_was_lost_is_replaced" in "renew_session";
    a_renewal_that_is_lost_too_early: EverythingIsLost
        by "renewal::a_session_that_was_renewed_before_is_not_renewed_again" in "renew_session";
    a_session_that_begins_anew_when_it_is_presented: BeginAnew
        by "renewal::a_presented_session_takes_over_the_beginning_and_lets_the_old_one_end" in "present_session";
    a_session_that_is_presented_again_and_again: PresentAgain
        by "renewal::a_presented_session_takes_over_the_beginning_and_lets_the_old_one_end" in "present_session";
    a_session_that_is_brought_back: BringBack
        by "session_races::no_session_is_brought_back_by_presenting_it" in "present_session";
}

struct CreateOrReplace;

impl Flaw for CreateOrReplace {
    type Base = InMemory;

    async fn create_session(base: &InMemory, session: StoredSession) -> Result<()> {
        base.0.delete_session(session.id.clone()).await?;
        base.0.create_session(session).await
    }
}

struct WrongError;

impl Flaw for WrongError {
    type Base = InMemory;

    async fn create_session(base: &InMemory, session: StoredSession) -> Result<()> {
        base.0.create_session(session).await.map_err(|_| Error::unknown_user())
    }
}

struct IdsWithoutCase;

impl Flaw for IdsWithoutCase {
    type Base = InMemory;

    async fn create_session(base: &InMemory, session: StoredSession) -> Result<()> {
        base.0.create_session(StoredSession { id: session.id.to_lowercase(), ..session }).await
    }
}

struct HideDead;

impl Flaw for HideDead {
    type Base = InMemory;

    async fn sessions_of(base: &InMemory, user_id: UserId) -> Result<Vec<StoredSession>> {
        let mut sessions = base.0.sessions_of(user_id).await?;
        // The time that the suite takes for now.
        sessions.retain(|session| session.idle_expires >= UnixMillis::from_millis(4_102_444_800_000));
        Ok(sessions)
    }
}

struct SessionsOfEverybody;

impl Flaw for SessionsOfEverybody {
    type Base = InMemory;

    async fn sessions_of(base: &InMemory, _: UserId) -> Result<Vec<StoredSession>> {
        let mut sessions = Vec::new();
        for id in ["user-1", "user-2"] {
            sessions.extend(base.0.sessions_of(UserId::new(id).unwrap()).await?);
        }
        Ok(sessions)
    }
}

struct DeleteOne;

impl Flaw for DeleteOne {
    type Base = OnFile;

    async fn delete_session(base: &OnFile, id: String) -> Result<()> {
        base.sql(&format!("DELETE FROM auth_session WHERE id = '{id}'"));
        Ok(())
    }
}

struct DeleteOlder;

impl Flaw for DeleteOlder {
    type Base = OnFile;

    async fn delete_session(base: &OnFile, id: String) -> Result<()> {
        base.sql(&format!(
            "WITH RECURSIVE older(id) AS (SELECT '{id}' UNION \
             SELECT s.renewed_from FROM auth_session s JOIN older ON s.id = older.id WHERE s.renewed_from IS NOT NULL) \
             DELETE FROM auth_session WHERE id IN (SELECT id FROM older)"
        ));
        Ok(())
    }
}

struct KeepOne;

impl Flaw for KeepOne {
    type Base = OnFile;

    async fn delete_sessions_of(base: &OnFile, user_id: UserId, keep: Option<String>) -> Result<()> {
        let keep = keep.unwrap_or_default();
        base.sql(&format!("DELETE FROM auth_session WHERE user_id = '{user_id}' AND id <> '{keep}'"));
        Ok(())
    }
}

struct DeleteEverybodys;

impl Flaw for DeleteEverybodys {
    type Base = OnFile;

    async fn delete_sessions_of(base: &OnFile, _: UserId, _: Option<String>) -> Result<()> {
        base.sql("DELETE FROM auth_session");
        Ok(())
    }
}

/// As where the tables know nothing of renewals.
struct RenewWithoutCompare;

impl Flaw for RenewWithoutCompare {
    type Base = InMemory;

    async fn renew_session(base: &InMemory, renewal: Renewal) -> Result<Renewed> {
        if base.0.find_session(renewal.old).await?.is_none() {
            return Ok(Renewed::Gone);
        }
        meanwhile().await;
        base.0.create_session(StoredSession { renewed_from: None, ..renewal.new }).await?;
        Ok(Renewed::Now)
    }
}

/// Rivals are told apart, but the old session is not held while the new one is written.
struct RenewWithoutLock;

impl Flaw for RenewWithoutLock {
    type Base = InMemory;

    async fn renew_session(base: &InMemory, renewal: Renewal) -> Result<Renewed> {
        if base.0.find_session(renewal.old).await?.is_none() {
            return Ok(Renewed::Gone);
        }
        meanwhile().await;
        match base.0.create_session(renewal.new).await {
            Ok(()) => Ok(Renewed::Now),
            Err(_) => Ok(Renewed::Before),
        }
    }
}

struct RenewDead;

impl Flaw for RenewDead {
    type Base = InMemory;

    async fn renew_session(base: &InMemory, renewal: Renewal) -> Result<Renewed> {
        base.0.renew_session(Renewal { now: UnixMillis::EPOCH, ..renewal }).await
    }
}

struct RenewInPlace;

impl Flaw for RenewInPlace {
    type Base = InMemory;

    async fn renew_session(base: &InMemory, renewal: Renewal) -> Result<Renewed> {
        base.0.delete_session(renewal.old).await?;
        base.0.create_session(renewal.new).await?;
        Ok(Renewed::Now)
    }
}

struct NothingIsLost;

impl Flaw for NothingIsLost {
    type Base = InMemory;

    async fn renew_session(base: &InMemory, renewal: Renewal) -> Result<Renewed> {
        base.0.renew_session(Renewal { lost_before: UnixMillis::EPOCH, ..renewal }).await
    }
}

struct EverythingIsLost;

impl Flaw for EverythingIsLost {
    type Base = InMemory;

    async fn renew_session(base: &InMemory, renewal: Renewal) -> Result<Renewed> {
        let lost_before = UnixMillis::from_millis(i64::MAX);
        base.0.renew_session(Renewal { lost_before, ..renewal }).await
    }
}

struct BeginAnew;

impl Flaw for BeginAnew {
    type Base = OnFile;

    async fn present_session(
        base: &OnFile,
        id: String,
        _: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        let (now, old_ends) = (now.as_millis(), old_ends.as_millis());
        base.sql(&format!(
            "UPDATE auth_session SET idle_expires = {old_ends} WHERE id IN (SELECT renewed_from FROM auth_session \
             WHERE id = '{id}' AND created_at IS NULL); \
             UPDATE auth_session SET created_at = {now} WHERE id = '{id}' AND created_at IS NULL"
        ));
        Ok(())
    }
}

struct PresentAgain;

impl Flaw for PresentAgain {
    type Base = OnFile;

    async fn present_session(
        base: &OnFile,
        id: String,
        _: UserId,
        _: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        let old_ends = old_ends.as_millis();
        base.sql(&format!(
            "UPDATE auth_session SET created_at = (SELECT o.created_at FROM auth_session o \
             WHERE o.id = auth_session.renewed_from) WHERE id = '{id}'; \
             UPDATE auth_session SET idle_expires = min(idle_expires, {old_ends}) \
             WHERE id IN (SELECT renewed_from FROM auth_session WHERE id = '{id}')"
        ));
        Ok(())
    }
}

/// Reads the session, and writes the whole of it back.
struct BringBack;

impl Flaw for BringBack {
    type Base = InMemory;

    async fn present_session(
        base: &InMemory,
        id: String,
        user_id: UserId,
        now: UnixMillis,
        old_ends: UnixMillis,
    ) -> Result<()> {
        let Some(session) = base.0.find_session(id.clone()).await? else { return Ok(()) };
        meanwhile().await;
        // Who has written it back before is not in the way.
        let _ = base.0.create_session(session).await;
        base.0.present_session(id, user_id, now, old_ends).await
    }
}
