//! Rivals for a session.

use crate::LuciaUser;
use crate::adapter::{Adapter, Renewal, Renewed, SessionAdapter};
use crate::conformance::Outcome;
use crate::conformance::case::{Case, RIVALS, all, count};
use crate::conformance::failure::{call, ensure};
use crate::conformance::samples::{NOW, at, dead, renewal, renewed, session, session_id};
use crate::error::Kind;
use crate::{Error, Result, StoredSession};

/// A store that tells the rivals apart by the uniqueness of what they were renewed from says so by an error.
fn as_before(answer: Result<Renewed>) -> Result<Renewed> {
    match answer {
        Err(error) if matches!(error.kind(), Kind::SessionIdTaken) => Ok(Renewed::Before),
        answer => answer,
    }
}

/// The one rival who renewed the session, and nobody else was told so.
fn winner(answers: Vec<Result<Renewed>>) -> std::result::Result<usize, super::super::Failure> {
    let answers = all("renew_session", answers.into_iter().map(as_before).collect())?;
    let winners = count(&answers, &Renewed::Now);
    ensure!(winners == 1, "renew_session: one of {RIVALS} rivals should get `Now`, not {winners}");
    let losers = count(&answers, &Renewed::Before);
    ensure!(losers == RIVALS as usize - 1, "renew_session: the others should get `Before`, not {answers:?}");
    Ok(answers.iter().position(|answer| *answer == Renewed::Now).unwrap_or_default())
}

/// The number of a rival's session.
fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or_default() + 100
}

pub(crate) async fn of_rivals_for_a_renewal_one_adds_a_session<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let old = session(1, &ada);
    for _ in 0..case.rounds {
        case.create_session(&old).await?;
        let answers = case
            .race(|a, n| {
                let renewal = renewal(100 + n, &old);
                async move { a.renew_session(renewal).await }
            })
            .await?;
        let new = renewed(number(winner(answers)?), &old);
        case.expect_sessions("renew_session", &ada, &[old.clone(), new]).await?;
        call!(a.delete_sessions_of(ada.clone(), None));
    }
    Ok(())
}

pub(crate) async fn of_rivals_for_a_renewal_that_was_lost_one_replaces_it<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let old = session(1, &ada);
    for _ in 0..case.rounds {
        case.create_session(&old).await?;
        let lost =
            Renewal { new: StoredSession { active_expires: at(1), ..renewed(2, &old) }, ..renewal(2, &old) };
        call!(a.renew_session(lost));
        let answers = case
            .race(|a, n| {
                let renewal = Renewal { lost_before: at(2), ..renewal(100 + n, &old) };
                async move { a.renew_session(renewal).await }
            })
            .await?;
        let new = renewed(number(winner(answers)?), &old);
        case.expect_sessions("renew_session", &ada, &[old.clone(), new]).await?;
        call!(a.delete_sessions_of(ada.clone(), None));
    }
    Ok(())
}

pub(crate) async fn no_session_survives_logging_out_by_a_renewal<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let (old, another) = (session(1, &ada), session(2, &ada));
    for round in 0..case.rounds {
        case.create_session(&old).await?;
        case.create_session(&another).await?;
        let answers = case
            .race(|a, n| {
                let (ada, renewal) = (ada.clone(), renewal(100 + n, &old));
                async move {
                    match (n == round % RIVALS, round % 3) {
                        (false, _) => as_before(a.renew_session(renewal).await).map(drop),
                        (true, 0) => a.delete_session(renewal.old).await,
                        (true, 1) => a.delete_sessions_of(ada, Some(session_id(2))).await,
                        (true, _) => a.delete_sessions_of(ada, None).await,
                    }
                }
            })
            .await?;
        all("renew_session", answers)?;
        let left = if round % 3 == 2 { &[][..] } else { std::slice::from_ref(&another) };
        case.expect_sessions("renew_session, while the user logs out", &ada, left).await?;
        let a = &case.adapter;
        call!(a.delete_sessions_of(ada.clone(), None));
    }
    Ok(())
}

pub(crate) async fn a_session_is_presented_once<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    // Without a beginning to take over, each rival would write one of its own.
    let old = StoredSession { created_at: None, ..session(1, &ada) };
    for _ in 0..case.rounds {
        let a = &case.adapter;
        case.create_session(&old).await?;
        call!(a.renew_session(renewal(2, &old)));
        let answers = case
            .race(|a, n| {
                let (ada, n) = (ada.clone(), i64::from(n));
                // Whoever is later in time lets the old session end earlier.
                async move { a.present_session(session_id(2), ada, at(n), at(100 - n)).await }
            })
            .await?;
        all("present_session", answers)?;
        let sessions = case.sessions(&ada).await?;
        let by_one = (0..i64::from(RIVALS)).any(|n| {
            let ending = StoredSession { idle_expires: at(100 - n), ..old.clone() };
            let new = StoredSession { created_at: Some(at(n)), ..renewed(2, &old) };
            sessions == [ending, new]
        });
        ensure!(by_one, "present_session: both sessions should be as one rival left them, not {sessions:?}");
        call!(a.delete_sessions_of(ada.clone(), None));
    }
    Ok(())
}

pub(crate) async fn no_session_is_brought_back_by_presenting_it<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let old = session(1, &ada);
    for round in 0..case.rounds {
        let a = &case.adapter;
        case.create_session(&old).await?;
        call!(a.renew_session(renewal(2, &old)));
        let answers = case
            .race(|a, n| {
                let ada = ada.clone();
                async move {
                    if n == round % RIVALS {
                        return a.delete_session(session_id(1 + round % 2)).await;
                    }
                    a.present_session(session_id(2), ada, NOW, at(60)).await
                }
            })
            .await?;
        all("present_session", answers)?;
        case.expect_sessions("present_session, while the user logs out", &ada, &[]).await?;
    }
    Ok(())
}

pub(crate) async fn of_rivals_for_an_id_one_creates_a_session<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let users = [case.user(1).await?, case.user(2).await?];
    for _ in 0..case.rounds {
        let answers = case
            .race(|a, n| {
                let [ada, bob] = &users;
                let session = session(1, if n % 3 == 0 { ada } else { bob });
                async move { a.create_session(session).await }
            })
            .await?;
        let is_owed = |error: &Error| matches!(error.kind(), Kind::SessionIdTaken);
        super::keys::one_of("create_session", answers, "session_id_taken", is_owed)?;
        let mut stored = 0;
        for user in &users {
            stored += case.sessions(user).await?.len();
        }
        ensure!(stored == 1, "create_session: there should be one session, not {stored}");
        call!(a.delete_session(session_id(1)));
    }
    Ok(())
}

pub(crate) async fn a_sweep_leaves_alone_who_is_signed_in<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let old = StoredSession { active_expires: at(-1), idle_expires: NOW, ..session(1, &ada) };
    for _ in 0..case.rounds {
        let a = &case.adapter;
        case.create_session(&old).await?;
        for n in 2..5 {
            case.create_session(&dead(n, &ada)).await?;
        }
        let answers = case
            .race(|a, n| {
                let renewal = renewal(10, &old);
                async move {
                    match n % 4 {
                        0 => a.delete_dead_sessions(None, NOW, 10).await.map(|swept| (swept, true)),
                        1 => as_before(a.renew_session(renewal).await).map(|got| (0, got != Renewed::Gone)),
                        _ => a.session_and_user(session_id(1)).await.map(|found| (0, found.is_some())),
                    }
                }
            })
            .await?;
        let answers = all("delete_dead_sessions", answers)?;
        ensure!(
            answers.iter().all(|answer| answer.1),
            "delete_dead_sessions: the session should be good all the time"
        );
        let told: usize = answers.iter().map(|answer| answer.0 as usize).sum();
        let left = case.sessions(&ada).await?;
        ensure!(
            told + left.len() == 5,
            "delete_dead_sessions: of 3 dead and 2 good sessions the sweeps told of {told} and left {}",
            left.len()
        );
        let good = left.iter().filter(|session| session.idle_expires >= NOW).count();
        ensure!(good == 2, "delete_dead_sessions: the 2 good sessions should be there, not {good}");
        call!(a.delete_sessions_of(ada.clone(), None));
    }
    Ok(())
}
