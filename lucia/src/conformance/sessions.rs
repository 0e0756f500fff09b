//! Sessions, one step at a time.

use super::case::Case;
use super::failure::{call, ensure};
use super::samples::{NOW, at, dead, renewal, renewed, session, session_id, user_id};
use super::{Failure, Outcome};
use crate::LuciaUser;
use crate::adapter::{Adapter, Renewed, SessionAdapter};
use crate::error::Kind;
use crate::{StoredSession, UnixMillis};

/// One after the other by renewal, and one that is not of the family.
async fn family_and_another<U: LuciaUser>(case: &Case<U>) -> Result<[StoredSession; 4], Failure> {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let first = session(1, &ada);
    let (second, another) = (renewed(2, &first), session(4, &ada));
    let third = renewed(3, &second);
    for session in [&first, &another] {
        case.create_session(session).await?;
    }
    for (n, old) in [(2, &first), (3, &second)] {
        let outcome = call!(a.renew_session(renewal(n, old)));
        ensure!(outcome == Renewed::Now, "renew_session: should be `Now`, not {outcome:?}");
    }
    Ok([first, second, third, another])
}

pub(super) async fn a_created_session_is_found_as_it_was_created<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let [min, max] = [i64::MIN, i64::MAX].map(UnixMillis::from_millis);
    let sessions = [
        session(1, &ada),
        StoredSession { created_at: None, absolute_expires: None, ..session(2, &ada) },
        StoredSession {
            active_expires: min,
            idle_expires: max,
            created_at: Some(min),
            absolute_expires: Some(max),
            ..session(3, &ada)
        },
        StoredSession { idle_expires: max, absolute_expires: Some(min), ..session(4, &ada) },
    ];
    for session in &sessions {
        case.create_session(session).await?;
    }
    for session in &sessions {
        case.expect_session("create_session", session).await?;
    }
    Ok(())
}

pub(super) async fn an_id_that_a_session_has_is_refused_and_the_session_stays<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let own = session(1, &ada);
    case.create_session(&own).await?;
    for user in [ada, bob] {
        let again = StoredSession { idle_expires: at(9_000), ..session(1, &user) };
        match a.create_session(again).await {
            Err(error) if matches!(error.kind(), Kind::SessionIdTaken) => {}
            other => return Err(Failure::owed("create_session", "session_id_taken", other.err().as_ref())),
        }
        case.expect_session("create_session", &own).await?;
    }
    case.expect_sessions("create_session", &user_id(2), &[]).await
}

pub(super) async fn a_session_of_an_unknown_user_opens_nothing<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    case.user(1).await?;
    match a.create_session(session(1, &user_id(2))).await {
        Err(error) if !error.is_unknown_user() => return Err(Failure::not_owed("create_session", &error)),
        // A store that does not know the users cannot tell.
        Err(_) | Ok(()) => {}
    }
    let found = call!(a.session_and_user(session_id(1)));
    ensure!(found.is_none(), "session_and_user: a session without its user should be `None`");
    Ok(())
}

pub(super) async fn a_session_is_found_by_its_very_id_only<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    // As long as those of Lucia v1, which differ by case.
    let ids = ["Session0fLucia1WithFortyCharactersOfCase", "sESSION0fLucia1WithFortyCharactersOfCase"];
    for id in ids {
        case.create_session(&StoredSession { id: id.to_owned(), ..session(1, &ada) }).await?;
    }
    for id in ids {
        case.expect_session("find_session", &StoredSession { id: id.to_owned(), ..session(1, &ada) }).await?;
    }
    for id in
        [ids.map(str::to_lowercase), ids.map(|id| format!("{id} ")), [String::new(), session_id(1)]].concat()
    {
        let found = call!(a.find_session(id.clone()));
        ensure!(found.is_none(), "find_session: {id:?} should be `None`");
        let found = call!(a.session_and_user(id.clone()));
        ensure!(found.is_none(), "session_and_user: {id:?} should be `None`");
    }
    Ok(())
}

pub(super) async fn the_sessions_of_a_user_are_all_of_that_user_in_order_of_their_ids<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let adas = [session(1, &ada), dead(2, &ada), session(11, &ada), session(300, &ada)];
    for session in adas.iter().rev() {
        case.create_session(session).await?;
    }
    case.create_session(&session(3, &bob)).await?;
    case.expect_sessions("sessions_of", &ada, &adas).await?;
    case.expect_sessions("sessions_of", &bob, &[session(3, &bob)]).await?;
    case.expect_sessions("sessions_of", &user_id(3), &[]).await
}

pub(super) async fn a_deleted_session_is_gone_and_no_other<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    for (n, user) in [(1, &ada), (2, &ada), (3, &bob)] {
        case.create_session(&session(n, user)).await?;
    }
    call!(a.delete_session(session_id(1)));
    let found = call!(a.find_session(session_id(1)));
    ensure!(found.is_none(), "delete_session: the session should be gone");
    case.expect_sessions("delete_session", &ada, &[session(2, &ada)]).await?;
    case.expect_sessions("delete_session", &bob, &[session(3, &bob)]).await
}

pub(super) async fn deleting_an_unknown_session_is_no_error<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    case.create_session(&session(1, &ada)).await?;
    for id in [session_id(2), String::new()] {
        call!(a.delete_session(id));
    }
    case.expect_sessions("delete_session", &ada, &[session(1, &ada)]).await
}

pub(super) async fn deleting_the_oldest_of_a_family_deletes_it_all<U: LuciaUser>(case: &Case<U>) -> Outcome {
    delete_of_family(case, 1).await
}

pub(super) async fn deleting_the_middle_of_a_family_deletes_it_all<U: LuciaUser>(case: &Case<U>) -> Outcome {
    delete_of_family(case, 2).await
}

pub(super) async fn deleting_the_newest_of_a_family_deletes_it_all<U: LuciaUser>(case: &Case<U>) -> Outcome {
    delete_of_family(case, 3).await
}

async fn delete_of_family<U: LuciaUser>(case: &Case<U>, member: u32) -> Outcome {
    let a = &case.adapter;
    let [.., another] = family_and_another(case).await?;
    call!(a.delete_session(session_id(member)));
    case.expect_sessions("delete_session", &user_id(1), &[another]).await
}

pub(super) async fn all_sessions_of_a_user_are_deleted_and_nobody_elses<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let [first, ..] = family_and_another(case).await?;
    let bob = case.user(2).await?;
    case.create_session(&session(5, &bob)).await?;
    call!(a.delete_sessions_of(first.user_id.clone(), None));
    case.expect_sessions("delete_sessions_of", &first.user_id, &[]).await?;
    case.expect_sessions("delete_sessions_of", &bob, &[session(5, &bob)]).await?;
    call!(a.delete_sessions_of(user_id(3), None));
    case.expect_sessions("delete_sessions_of", &bob, &[session(5, &bob)]).await
}

pub(super) async fn all_sessions_but_a_family_are_deleted<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let [first, second, third, another] = family_and_another(case).await?;
    let bob = case.user(2).await?;
    case.create_session(&session(5, &bob)).await?;
    call!(a.delete_sessions_of(first.user_id.clone(), Some(second.id.clone())));
    case.expect_sessions("delete_sessions_of", &first.user_id, &[first.clone(), second, third]).await?;
    case.create_session(&another).await?;
    call!(a.delete_sessions_of(first.user_id.clone(), Some(another.id.clone())));
    case.expect_sessions("delete_sessions_of", &first.user_id, &[another]).await?;
    case.expect_sessions("delete_sessions_of", &bob, &[session(5, &bob)]).await
}

pub(super) async fn a_session_to_keep_that_is_not_the_users_keeps_nothing<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    case.create_session(&session(2, &bob)).await?;
    for keep in [session_id(2), session_id(9), String::new()] {
        case.create_session(&session(1, &ada)).await?;
        call!(a.delete_sessions_of(ada.clone(), Some(keep)));
        case.expect_sessions("delete_sessions_of", &ada, &[]).await?;
        case.expect_sessions("delete_sessions_of", &bob, &[session(2, &bob)]).await?;
    }
    Ok(())
}

pub(super) async fn a_dead_session_is_found_and_listed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let over = dead(1, &ada);
    case.create_session(&over).await?;
    case.expect_session("find_session", &over).await?;
    case.expect_sessions("sessions_of", &ada, std::slice::from_ref(&over)).await?;
    let outcome = call!(a.renew_session(renewal(2, &over)));
    ensure!(
        outcome == Renewed::Gone,
        "renew_session: a dead session should be `Gone` at {NOW}, not {outcome:?}"
    );
    Ok(())
}
