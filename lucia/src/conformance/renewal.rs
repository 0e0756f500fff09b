//! Renewing a session, and presenting the token of the new one.

use super::Outcome;
use super::case::Case;
use super::failure::{call, ensure};
use super::samples::{NOW, at, dead, renewal, renewed, session, session_id, user_id};
use crate::LuciaUser;
use crate::StoredSession;
use crate::adapter::{Renewal, Renewed, SessionAdapter};

/// Renews, and looks at the answer.
async fn renew<U: LuciaUser>(case: &Case<U>, renewal: Renewal, expected: Renewed) -> Outcome {
    let a = &case.adapter;
    let outcome = call!(a.renew_session(renewal));
    ensure!(outcome == expected, "renew_session: should be {expected:?}, not {outcome:?}");
    Ok(())
}

pub(super) async fn a_renewal_puts_the_new_session_beside_the_old_one<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let (old, bobs) = (session(2, &ada), session(3, &bob));
    case.create_session(&old).await?;
    case.create_session(&bobs).await?;
    renew(case, renewal(1, &old), Renewed::Now).await?;
    case.expect_sessions("renew_session", &ada, &[renewed(1, &old), old]).await?;
    case.expect_sessions("renew_session", &bob, &[bobs]).await
}

pub(super) async fn a_session_that_was_renewed_before_is_not_renewed_again<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let ada = case.user(1).await?;
    let old = session(1, &ada);
    case.create_session(&old).await?;
    renew(case, renewal(2, &old), Renewed::Now).await?;
    renew(case, renewal(3, &old), Renewed::Before).await?;
    case.expect_sessions("renew_session", &ada, &[old.clone(), renewed(2, &old)]).await?;
    // The new one can be.
    renew(case, renewal(4, &renewed(2, &old)), Renewed::Now).await
}

pub(super) async fn a_dead_or_unknown_session_is_not_renewed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let over = dead(1, &ada);
    case.create_session(&over).await?;
    renew(case, renewal(2, &over), Renewed::Gone).await?;
    case.expect_sessions("renew_session", &ada, &[over]).await?;
    let unknown = session(3, &ada);
    renew(case, renewal(4, &unknown), Renewed::Gone).await?;
    case.expect_sessions("renew_session", &ada, &[dead(1, &ada)]).await
}

pub(super) async fn at_its_idle_expiry_a_session_is_renewed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let old = StoredSession { active_expires: at(-1), idle_expires: NOW, ..session(1, &ada) };
    case.create_session(&old).await?;
    renew(case, renewal(2, &old), Renewed::Now).await
}

pub(super) async fn a_renewal_that_was_lost_is_replaced<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let (old, another) = (session(1, &ada), session(4, &ada));
    case.create_session(&old).await?;
    case.create_session(&another).await?;
    renew(case, renewal(2, &old), Renewed::Now).await?;
    let ends = renewed(2, &old).active_expires;
    let again = |lost_before| Renewal { lost_before, ..renewal(3, &old) };
    renew(case, again(ends), Renewed::Before).await?;
    case.expect_sessions("renew_session", &ada, &[old.clone(), renewed(2, &old), another.clone()]).await?;
    let after = crate::UnixMillis::from_millis(ends.as_millis() + 1);
    renew(case, again(after), Renewed::Now).await?;
    case.expect_sessions("renew_session", &ada, &[old.clone(), renewed(3, &old), another]).await
}

pub(super) async fn a_renewal_that_was_presented_is_not_replaced<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let old = session(1, &ada);
    case.create_session(&old).await?;
    renew(case, renewal(2, &old), Renewed::Now).await?;
    call!(a.present_session(session_id(2), ada.clone(), NOW, at(60)));
    renew(case, Renewal { lost_before: at(1_000_000), ..renewal(3, &old) }, Renewed::Before).await?;
    let count = case.sessions(&ada).await?.len();
    ensure!(count == 2, "renew_session: should leave the two sessions that there were, not {count}");
    Ok(())
}

pub(super) async fn a_presented_session_takes_over_the_beginning_and_lets_the_old_one_end<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let (old, bobs) = (session(1, &ada), session(3, &bob));
    case.create_session(&old).await?;
    case.create_session(&bobs).await?;
    renew(case, renewal(2, &old), Renewed::Now).await?;
    let new = StoredSession { created_at: old.created_at, ..renewed(2, &old) };
    let ending = StoredSession { idle_expires: at(60), ..old };
    // Once, and again it does nothing.
    for (now, old_ends) in [(NOW, at(60)), (at(30), at(90)), (at(30), at(10))] {
        call!(a.present_session(session_id(2), ada.clone(), now, old_ends));
        case.expect_sessions("present_session", &ada, &[ending.clone(), new.clone()]).await?;
    }
    case.expect_sessions("present_session", &bob, &[bobs]).await
}

pub(super) async fn an_old_session_that_ends_earlier_is_not_prolonged<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let old = StoredSession { active_expires: at(5), idle_expires: at(10), ..session(1, &ada) };
    case.create_session(&old).await?;
    renew(case, renewal(2, &old), Renewed::Now).await?;
    call!(a.present_session(session_id(2), ada, NOW, at(60)));
    case.expect_session("present_session", &old).await
}

pub(super) async fn without_a_beginning_to_take_over_a_session_begins_when_it_is_presented<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    // As a row of Lucia v1.
    let old = StoredSession { created_at: None, absolute_expires: None, ..session(1, &ada) };
    case.create_session(&old).await?;
    renew(case, renewal(2, &old), Renewed::Now).await?;
    call!(a.present_session(session_id(2), ada, at(7), at(60)));
    let new = StoredSession { created_at: Some(at(7)), ..renewed(2, &old) };
    case.expect_session("present_session", &new).await?;
    case.expect_session("present_session", &StoredSession { idle_expires: at(60), ..old }).await
}

pub(super) async fn a_session_can_be_presented_when_the_old_one_is_swept<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let old = session(1, &ada);
    let new = StoredSession { idle_expires: at(90_000), ..renewed(2, &old) };
    case.create_session(&old).await?;
    renew(case, Renewal { new: new.clone(), ..renewal(2, &old) }, Renewed::Now).await?;
    call!(a.delete_dead_sessions(None, at(50_000), 100));
    call!(a.present_session(session_id(2), ada, at(50_000), at(60_000)));
    let found = call!(a.find_session(session_id(2)));
    let begun = found.as_ref().and_then(|found| found.created_at);
    // A store that sweeps in its own time has the old one still.
    let expected = if case.sessions_expire && begun == old.created_at { begun } else { Some(at(50_000)) };
    let new = StoredSession { created_at: expected, ..new };
    ensure!(found.as_ref() == Some(&new), "present_session: should be {new:?}, not {found:?}");
    Ok(())
}

pub(super) async fn presenting_an_unknown_session_is_no_error_and_makes_none<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    case.create_session(&session(1, &ada)).await?;
    call!(a.present_session(session_id(2), ada.clone(), NOW, at(60)));
    call!(a.present_session(session_id(3), user_id(9), NOW, at(60)));
    case.expect_sessions("present_session", &ada, &[session(1, &ada)]).await
}
