//! Rivals for a user.

use std::sync::Arc;

use super::keys::one_of;
use crate::adapter::{Adapter, NewUser, UserAdapter, UserLookup};
use crate::conformance::case::{Case, RIVALS, all, same_user};
use crate::conformance::failure::{call, ensure};
use crate::conformance::samples::{key, primary, user_id};
use crate::conformance::users::changed;
use crate::conformance::{Failure, Outcome};
use crate::{Error, LuciaUser};

/// A number for every rival in every round.
fn number(round: u32, n: u32) -> u32 {
    round * RIVALS + n + 1
}

/// How many users there are of all the rivals, who are removed.
async fn created<U: LuciaUser>(case: &Case<U>, round: u32) -> Result<usize, Failure> {
    let a = &case.adapter;
    let mut created = 0;
    for n in 0..RIVALS {
        let id = user_id(number(round, n));
        created += usize::from(case.find(&id).await?.is_some());
        call!(a.delete_user(id));
    }
    Ok(created)
}

pub(crate) async fn of_rivals_for_one_key_one_signs_up_and_no_other_leaves_a_trace<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    for round in 0..case.rounds {
        let answers = case
            .race(|a, n| {
                let n = number(round, n);
                let key = Some(primary("username:ada", &user_id(n)));
                let new = Arc::new(NewUser { user: case.user_as(user_id(n), n), key });
                async move { a.create_user(new).await }
            })
            .await?;
        one_of("create_user", answers, "is_key_taken", Error::is_key_taken)?;
        let a = &case.adapter;
        let owner = call!(a.find_user(UserLookup::Key("username:ada".to_owned())));
        ensure!(owner.is_some(), "create_user: the key should lead to the user who got it");
        let created = created(case, round).await?;
        ensure!(created == 1, "create_user: there should be one user, not {created}");
    }
    Ok(())
}

pub(crate) async fn of_rivals_for_one_id_one_signs_up<U: LuciaUser>(case: &Case<U>) -> Outcome {
    for round in 0..case.rounds {
        let id = user_id(round);
        let answers = case
            .race(|a, n| {
                let key = Some(primary(&format!("username:{round}-{n}"), &id));
                let new = Arc::new(NewUser { user: case.user_as(id.clone(), number(round, n)), key });
                async move { a.create_user(new).await }
            })
            .await?;
        one_of("create_user", answers, "is_user_id_taken", Error::is_user_id_taken)?;
        let a = &case.adapter;
        let keys = call!(a.keys_of(id.clone())).map(|keys| keys.len());
        ensure!(keys == Some(1), "create_user: the user should have one key, not {keys:?}");
    }
    Ok(())
}

pub(crate) async fn of_rivals_for_unique_values_one_signs_up<U: LuciaUser>(case: &Case<U>) -> Outcome {
    if U::UNIQUE.is_empty() {
        return Ok(());
    }
    for round in 0..case.rounds {
        let answers = case
            .race(|a, n| {
                let id = user_id(number(round, n));
                let key = Some(primary(&format!("username:{n}"), &id));
                let new = Arc::new(NewUser { user: case.user_as(id, 0), key });
                async move { a.create_user(new).await }
            })
            .await?;
        let is_unique =
            |error: &Error| U::UNIQUE.iter().any(|unique| unique.attributes == error.taken_attributes());
        one_of("create_user", answers, "has taken_attributes", is_unique)?;
        let a = &case.adapter;
        let mut keys = 0;
        for n in 0..RIVALS {
            keys += usize::from(call!(a.find_key(format!("username:{n}"))).is_some());
        }
        let created = created(case, round).await?;
        ensure!(
            (created, keys) == (1, 1),
            "create_user: {created} users and {keys} keys should be one of each"
        );
    }
    Ok(())
}

pub(crate) async fn of_rivals_who_change_to_unique_values_one_does<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let both = [1, 2].map(|n| changed(case.user_as(user_id(n), n), case.changes(0)));
    let [Ok(first), Ok(second)] = &both else { return Ok(()) };
    if !U::UNIQUE.iter().any(|unique| unique.are_shared(first, second)) {
        return Ok(());
    }
    for round in 0..case.rounds {
        for n in 0..RIVALS {
            case.user(number(round, n)).await?;
        }
        let answers = case
            .race(|a, n| {
                let changes = case.changes(0);
                async move { a.update_user(user_id(number(round, n)), changes).await }
            })
            .await?;
        one_of("update_user", answers, "is_taken", |error| error.taken_attribute().is_some())?;
        let mut unchanged = 0;
        for n in (0..RIVALS).map(|n| number(round, n)) {
            let found = case.find(&user_id(n)).await?;
            unchanged +=
                u32::from(found.is_some_and(|found| same_user(&found, &case.user_as(user_id(n), n))));
        }
        ensure!(unchanged == RIVALS - 1, "update_user: all but one should be as before, not {unchanged}");
        created(case, round).await?;
    }
    Ok(())
}

pub(crate) async fn changes_of_rivals_are_made_whole_one_after_the_other<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let ada = case.user(1_000_000).await?;
    for round in 0..case.rounds {
        let answers = case
            .race(|a, n| {
                let (ada, changes) = (ada.clone(), case.changes(number(round, n)));
                async move { a.update_user(ada, changes).await }
            })
            .await?;
        let answers = all("update_user", answers)?;
        let before = || case.user_as(ada.clone(), 1_000_000);
        let expected = (0..RIVALS).map(|n| changed(before(), case.changes(number(round, n))));
        let expected = expected.collect::<Result<Vec<_>, _>>()?;
        let own = answers
            .iter()
            .zip(&expected)
            .all(|(answer, expected)| answer.as_ref().is_some_and(|answer| same_user(answer, expected)));
        ensure!(own, "update_user: every rival should get the user as that rival has changed it");
        let found = case.find(&ada).await?;
        let is_whole = found.is_some_and(|found| expected.iter().any(|expected| same_user(&found, expected)));
        ensure!(is_whole, "update_user: the user should be as one of the rivals wanted, in every attribute");
    }
    Ok(())
}

pub(crate) async fn a_user_who_is_removed_is_not_brought_back_by_a_change<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    for round in 0..case.rounds {
        let ada = case.user(1).await?;
        let answers = case
            .race(|a, n| {
                let (ada, changes) = (ada.clone(), case.changes(n + 2));
                async move {
                    if n == round % RIVALS {
                        return a.remove_user(ada).await;
                    }
                    a.update_user(ada, changes).await.map(drop)
                }
            })
            .await?;
        all("update_user", answers)?;
        case.expect_no_user("update_user", &ada).await?;
    }
    Ok(())
}

pub(crate) async fn no_key_is_left_of_a_user_who_is_removed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    for round in 0..case.rounds {
        let ada = case.user_with(1, &primary("username:ada", &user_id(1))).await?;
        let answers = case
            .race(|a, n| {
                let ada = ada.clone();
                async move {
                    match n == round % RIVALS {
                        true if round % 2 == 0 => a.remove_user(ada).await,
                        true => a.delete_user(ada).await,
                        false => a.create_key(key(&format!("email:{n}"), &ada)).await,
                    }
                }
            })
            .await?;
        let strange = answers.into_iter().filter_map(Result::err).find(|error| !error.is_unknown_user());
        if let Some(error) = strange {
            return Err(Failure::owed("create_key", "is_unknown_user", Some(&error)));
        }
        case.expect_no_user("remove_user", &ada).await?;
        case.expect_no_key("remove_user", "username:ada").await?;
        for n in 0..RIVALS {
            case.expect_no_key("create_key, while the user is removed", &format!("email:{n}")).await?;
        }
    }
    Ok(())
}
