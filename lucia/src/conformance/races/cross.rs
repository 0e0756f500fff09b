//! Rivals for users and sessions together.

use crate::LuciaUser;
use crate::adapter::{Adapter, AnyAdapter, Proof, SessionAdapter, UserAdapter};
use crate::conformance::case::{Case, RIVALS, all, count};
use crate::conformance::cross::{change, proof, start};
use crate::conformance::failure::{call, ensure};
use crate::conformance::samples::{
    NOW, at, hash, key, primary, renewal, session, session_id, single_use, user_id,
};
use crate::conformance::{Failure, Outcome};
use crate::{Result, StoredKey, UserId};

/// What somebody may be told whose user was removed meanwhile.
fn or_unknown(answer: Result<bool>) -> Result<bool> {
    match answer {
        Err(error) if error.is_unknown_user() => Ok(false),
        answer => answer,
    }
}

pub(crate) async fn of_rivals_with_a_single_use_key_one_logs_in<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    for _ in 0..case.rounds {
        case.create_key(&single_use("link:ada", &ada, at(1))).await?;
        let answers = case
            .race(|a, n| {
                let start = start(n, &ada, proof("link:ada", hash("old"), true));
                async move { a.start_session(start).await }
            })
            .await?;
        let answers = all("start_session", answers)?;
        let winners = count(&answers, &true);
        ensure!(winners == 1, "start_session: one of {RIVALS} rivals should get `true`, not {winners}");
        let stored = case.sessions(&ada).await?.len();
        ensure!(stored == 1, "start_session: there should be one session, not {stored}");
        call!(a.delete_sessions_of(ada.clone(), None));
    }
    Ok(())
}

pub(crate) async fn nobody_logs_in_by_a_password_that_is_being_changed<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    for round in 0..case.rounds {
        let a = &case.adapter;
        case.create_session(&session(99, &ada)).await?;
        let answers = case
            .race(|a, n| {
                let start = start(n, &ada, proof("username:ada", hash("old"), false));
                let change = change("username:ada", &ada, "new", Some(100));
                async move {
                    if n == round % RIVALS {
                        a.change_password(change).await
                    } else {
                        a.start_session(start).await
                    }
                }
            })
            .await?;
        let answers = all("start_session", answers)?;
        let changed = answers.get((round % RIVALS) as usize).copied();
        ensure!(changed == Some(true), "change_password: should be `true`, whoever logs in meanwhile");
        case.expect_sessions("start_session, while the password changes", &ada, &[session(100, &ada)])
            .await?;
        call!(a.delete_sessions_of(ada.clone(), None));
        call!(a.replace_password(own.id.clone(), hash("new"), hash("old")));
    }
    Ok(())
}

pub(crate) async fn of_rivals_who_change_a_password_one_does<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    for _ in 0..case.rounds {
        let a = &case.adapter;
        let answers = case
            .race(|a, n| {
                let change = change("username:ada", &ada, &n.to_string(), Some(n));
                async move { a.change_password(change).await }
            })
            .await?;
        let answers = all("change_password", answers)?;
        let winners = count(&answers, &true);
        ensure!(winners == 1, "change_password: one of {RIVALS} rivals should get `true`, not {winners}");
        let winner = (0..).zip(&answers).find_map(|(n, won)| won.then_some(n)).unwrap_or_default();
        let stored = StoredKey { hashed_password: hash(&format!("{winner}")), ..own.clone() };
        case.expect_key("change_password", &stored).await?;
        // In two stores, a rival may end the sessions just before the hash turns out to be another.
        if !(a.keeps_sessions_apart() && case.sessions(&ada).await?.is_empty()) {
            case.expect_sessions("change_password", &ada, &[session(winner, &ada)]).await?;
        }
        call!(a.delete_sessions_of(ada.clone(), None));
        call!(a.replace_password(own.id.clone(), stored.hashed_password, hash("old")));
    }
    Ok(())
}

pub(crate) async fn a_password_is_either_rehashed_or_changed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    for round in 0..case.rounds {
        let a = &case.adapter;
        case.create_session(&session(1, &ada)).await?;
        let changer = round % RIVALS;
        let answers = case
            .race(|a, n| {
                let change = change("username:ada", &ada, "new", Some(2));
                async move {
                    if n == changer {
                        return a.change_password(change).await;
                    }
                    a.replace_password("username:ada".to_owned(), hash("old"), hash("rehashed")).await
                }
            })
            .await?;
        let answers = all("change_password", answers)?;
        let winners = count(&answers, &true);
        ensure!(winners == 1, "replace_password: one of {RIVALS} rivals should get `true`, not {winners}");
        let is_changed = answers.get(changer as usize) == Some(&true);
        let (text, left) = if is_changed { ("new", 2) } else { ("rehashed", 1) };
        case.expect_key("replace_password", &StoredKey { hashed_password: hash(text), ..own.clone() })
            .await?;
        // As above.
        if is_changed || !(a.keeps_sessions_apart() && case.sessions(&ada).await?.is_empty()) {
            case.expect_sessions("change_password", &ada, &[session(left, &ada)]).await?;
        }
        call!(a.delete_sessions_of(ada.clone(), None));
        call!(a.replace_password(own.id.clone(), hash(text), hash("old")));
    }
    Ok(())
}

/// Nothing of the user is there.
async fn expect_nothing<U: LuciaUser>(case: &Case<U>, step: &str, id: &UserId) -> Outcome {
    case.expect_no_user(step, id).await?;
    case.expect_no_key(step, "username:ada").await?;
    case.expect_sessions(step, id, &[]).await
}

pub(crate) async fn no_session_is_left_of_a_user_who_is_removed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    for round in 0..case.rounds {
        let ada = case.user_with(1, &primary("username:ada", &user_id(1))).await?;
        let answers = case
            .race(|a, n| {
                let by_key = proof("username:ada", hash("old"), false);
                let start = start(n, &ada, if n % 3 == 0 { by_key } else { Proof::User });
                let ada = ada.clone();
                async move {
                    if n == round % RIVALS {
                        return a.remove_user(ada).await.map(|()| true);
                    }
                    or_unknown(a.start_session(start).await)
                }
            })
            .await?;
        all("start_session", answers)?;
        expect_nothing(case, "start_session, while the user is removed", &ada).await?;
        for n in 0..RIVALS {
            let a = &case.adapter;
            let found = call!(a.session_and_user(session_id(n)));
            ensure!(found.is_none(), "session_and_user: no session should open the user who was removed");
        }
    }
    Ok(())
}

pub(crate) async fn no_renewal_is_left_of_a_user_who_is_removed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    for round in 0..case.rounds {
        let ada = case.user_with(1, &primary("username:ada", &user_id(1))).await?;
        for n in 0..RIVALS {
            case.create_session(&session(n, &ada)).await?;
        }
        let answers = case
            .race(|a, n| {
                let (ada, renewal) = (ada.clone(), renewal(100 + n, &session(n, &ada)));
                async move {
                    if n == round % RIVALS {
                        return a.remove_user(ada).await.map(|()| true);
                    }
                    or_unknown(a.renew_session(renewal).await.map(|_| true))
                }
            })
            .await?;
        all("renew_session", answers)?;
        expect_nothing(case, "renew_session, while the user is removed", &ada).await?;
    }
    Ok(())
}

pub(crate) async fn no_changed_password_is_left_of_a_user_who_is_removed<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    for round in 0..case.rounds {
        let ada = case.user_with(1, &primary("username:ada", &user_id(1))).await?;
        let answers = case
            .race(|a, n| {
                let (id, change) = (ada.clone(), change("username:ada", &ada, "new", Some(n)));
                async move {
                    if n == round % RIVALS {
                        return a.remove_user(id).await.map(|()| true);
                    }
                    or_unknown(a.change_password(change).await)
                }
            })
            .await?;
        all("change_password", answers)?;
        expect_nothing(case, "change_password, while the user is removed", &ada).await?;
    }
    Ok(())
}

pub(crate) async fn whatever_rivals_do_at_once_a_removed_user_leaves_nothing<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    for round in 0..case.rounds {
        let ada = case.user_with(1, &primary("username:ada", &user_id(1))).await?;
        case.create_session(&session(50, &ada)).await?;
        let answers = case
            .race(|a, n| {
                let (ada, changes) = (ada.clone(), case.changes(n));
                async move { storm(&a, &ada, changes, n, n + round).await }
            })
            .await?;
        let owed = |error: &crate::Error| error.is_unknown_user() || error.is_taken();
        if let Some(error) = answers.into_iter().filter_map(Result::err).find(|error| !owed(error)) {
            return Err(Failure::not_owed("one of many steps at once", &error));
        }
        let a = &case.adapter;
        call!(a.remove_user(ada.clone()));
        expect_nothing(case, "remove_user, after many steps at once", &ada).await?;
        for n in 0..RIVALS {
            case.expect_no_key("remove_user", &format!("link:{n}")).await?;
        }
    }
    Ok(())
}

/// One of the steps, by `which`.
async fn storm<U: LuciaUser>(
    a: &AnyAdapter<U>,
    ada: &UserId,
    changes: U::Changes,
    n: u32,
    which: u32,
) -> Result<()> {
    match which % 11 {
        0 => a.start_session(start(n, ada, Proof::User)).await.map(drop),
        1 => a.start_session(start(n, ada, proof("username:ada", hash("old"), false))).await.map(drop),
        2 => a.change_password(change("username:ada", ada, "old", Some(n))).await.map(drop),
        3 => match a.renew_session(renewal(100 + n, &session(50, ada))).await {
            Err(error) if matches!(error.kind(), crate::error::Kind::SessionIdTaken) => Ok(()),
            answer => answer.map(drop),
        },
        4 => a.present_session(session_id(100), ada.clone(), NOW, at(60)).await,
        5 => a.delete_sessions_of(ada.clone(), Some(session_id(50))).await,
        6 => a.create_key(key(&format!("link:{n}"), ada)).await,
        7 => a.delete_dead_sessions(None, NOW, 10).await.map(drop),
        8 => a.update_user(ada.clone(), changes).await.map(drop),
        9 => a.session_and_user(session_id(50)).await.map(drop),
        _ => a.remove_user(ada.clone()).await,
    }
}
