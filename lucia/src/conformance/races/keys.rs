//! Rivals for a key.

use crate::LuciaUser;
use crate::adapter::{Consumed, UserAdapter};
use crate::conformance::case::{Case, RIVALS, all, count};
use crate::conformance::failure::{call, ensure};
use crate::conformance::samples::{NOW, at, hash, key, primary, single_use, user_id};
use crate::conformance::{Failure, Outcome};
use crate::{Error, StoredKey};

/// Of rivals who may be refused, one is not, and the others get the error that is owed.
pub(super) fn one_of<T>(
    step: &str,
    answers: Vec<Result<T, Error>>,
    owed: &str,
    is_owed: impl Fn(&Error) -> bool,
) -> Outcome {
    let winners = answers.iter().filter(|answer| answer.is_ok()).count();
    ensure!(winners == 1, "{step}: one of {RIVALS} rivals should succeed, not {winners}");
    let strange = answers.into_iter().filter_map(Result::err).find(|error| !is_owed(error));
    strange.map_or(Ok(()), |error| Err(Failure::owed(step, owed, Some(&error))))
}

pub(crate) async fn of_rivals_for_a_single_use_key_one_consumes_it<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    for _ in 0..case.rounds {
        case.create_key(&single_use("link:code", &ada, at(1))).await?;
        let answers = case
            .race(|a, _| async move { a.consume_key("link:code".to_owned(), hash("old"), NOW).await })
            .await?;
        let answers = all("consume_key", answers)?;
        let winners = count(&answers, &Consumed::Now);
        ensure!(winners == 1, "consume_key: one of {RIVALS} rivals should get `Now`, not {winners}");
        let losers = count(&answers, &Consumed::Gone);
        ensure!(losers == RIVALS as usize - 1, "consume_key: the others should get `Gone`");
        case.expect_no_key("consume_key", "link:code").await?;
    }
    Ok(())
}

pub(crate) async fn rivals_with_a_wrong_hash_neither_consume_a_key_nor_are_in_the_way<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let ada = case.user(1).await?;
    for round in 0..case.rounds {
        case.create_key(&single_use("link:code", &ada, at(1))).await?;
        let answers = case
            .race(|a, n| async move {
                // In every other round all of them are wrong.
                let is_right = n % 4 == 0 && round % 2 == 0;
                let typed = hash(if is_right { "old" } else { "wrong" });
                a.consume_key("link:code".to_owned(), typed, NOW).await.map(|consumed| (is_right, consumed))
            })
            .await?;
        let answers = all("consume_key", answers)?;
        let wrong = count(&answers, &(false, Consumed::Now));
        ensure!(wrong == 0, "consume_key: nobody should get `Now` with another hash, but {wrong} did");
        let right = count(&answers, &(true, Consumed::Now));
        let expected = usize::from(round % 2 == 0);
        ensure!(
            right == expected,
            "consume_key: {expected} should get `Now` with the right hash, not {right}"
        );
        let a = &case.adapter;
        let left = call!(a.delete_key("link:code".to_owned()));
        ensure!(
            left == (round % 2 == 1),
            "consume_key: who was wrong should leave the key, who was right not"
        );
    }
    Ok(())
}

pub(crate) async fn an_expired_key_goes_once_by_use_or_by_sweep<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    for _ in 0..case.rounds {
        case.create_key(&single_use("link:late", &ada, at(-1))).await?;
        case.create_key(&single_use("link:good", &ada, NOW)).await?;
        let answers = case
            .race(|a, n| async move {
                if n % 2 == 0 {
                    return a.delete_expired_keys(None, NOW, 10).await;
                }
                let consumed = a.consume_key("link:late".to_owned(), hash("old"), NOW).await?;
                Ok(u32::from(consumed == Consumed::Expired))
            })
            .await?;
        let told: u32 = all("delete_expired_keys", answers)?.iter().sum();
        ensure!(
            told == 1,
            "delete_expired_keys: one rival in all should tell of the expired key, not {told}"
        );
        case.expect_key("delete_expired_keys", &single_use("link:good", &ada, NOW)).await?;
        let a = &case.adapter;
        call!(a.delete_key("link:good".to_owned()));
    }
    Ok(())
}

pub(crate) async fn a_key_is_either_consumed_or_deleted<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    for _ in 0..case.rounds {
        case.create_key(&single_use("link:code", &ada, at(1))).await?;
        let answers = case
            .race(|a, n| async move {
                let id = "link:code".to_owned();
                if n % 2 == 0 {
                    return a.delete_key(id).await;
                }
                a.consume_key(id, hash("old"), NOW).await.map(|consumed| consumed == Consumed::Now)
            })
            .await?;
        let winners = count(&all("delete_key", answers)?, &true);
        ensure!(winners == 1, "delete_key: one rival should delete or consume the key, not {winners}");
    }
    Ok(())
}

pub(crate) async fn of_rivals_with_one_hash_one_replaces_it<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let own = primary("username:ada", &user_id(1));
    case.user_with(1, &own).await?;
    for round in 0..case.rounds {
        let old = if round == 0 { hash("old") } else { hash(&format!("{}", round - 1)) };
        let answers = case
            .race(|a, n| {
                let (id, old, new) = (own.id.clone(), old.clone(), hash(&format!("{round}-{n}")));
                async move { a.replace_password(id, old, new).await }
            })
            .await?;
        let answers = all("replace_password", answers)?;
        let winners = count(&answers, &true);
        ensure!(winners == 1, "replace_password: one of {RIVALS} rivals should get `true`, not {winners}");
        let winner = answers.iter().position(|won| *won).unwrap_or_default();
        let stored = StoredKey { hashed_password: hash(&format!("{round}-{winner}")), ..own.clone() };
        case.expect_key("replace_password", &stored).await?;
        let a = &case.adapter;
        call!(a.replace_password(own.id.clone(), stored.hashed_password, hash(&format!("{round}"))));
    }
    Ok(())
}

pub(crate) async fn of_rivals_for_a_new_key_one_creates_it<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    for _ in 0..case.rounds {
        let answers = case
            .race(|a, n| {
                let new = StoredKey { hashed_password: hash(&n.to_string()), ..key("email:ada", &ada) };
                async move { a.create_key(new).await }
            })
            .await?;
        one_of("create_key", answers, "is_key_taken", Error::is_key_taken)?;
        let a = &case.adapter;
        let keys = call!(a.keys_of(ada.clone())).unwrap_or_default().len();
        ensure!(keys == 1, "create_key: there should be one key, not {keys}");
        call!(a.delete_key("email:ada".to_owned()));
    }
    Ok(())
}

pub(crate) async fn of_rivals_for_another_id_one_key_gets_it<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    for round in 0..case.rounds {
        for n in 0..RIVALS {
            case.create_key(&key(&format!("email:{n}"), &ada)).await?;
        }
        let answers = case
            .race(|a, n| async move { a.rename_key(format!("email:{n}"), "email:new".to_owned()).await })
            .await?;
        one_of("rename_key", answers, "is_key_taken", Error::is_key_taken)?;
        let a = &case.adapter;
        let keys = call!(a.keys_of(ada.clone())).unwrap_or_default();
        ensure!(
            keys.len() == RIVALS as usize,
            "rename_key: all {RIVALS} keys should be there, not {} (round {round})",
            keys.len()
        );
        for key in keys {
            call!(a.delete_key(key.id));
        }
    }
    Ok(())
}

pub(crate) async fn of_rivals_who_rename_a_key_one_does<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    for _ in 0..case.rounds {
        case.create_key(&key("email:ada", &ada)).await?;
        let answers = case
            .race(|a, n| async move { a.rename_key("email:ada".to_owned(), format!("email:{n}")).await })
            .await?;
        let winners = count(&all("rename_key", answers)?, &true);
        ensure!(winners == 1, "rename_key: one of {RIVALS} rivals should get `true`, not {winners}");
        let a = &case.adapter;
        let keys = call!(a.keys_of(ada.clone())).unwrap_or_default();
        ensure!(keys.len() == 1, "rename_key: there should be one key still, not {}", keys.len());
        for key in keys {
            call!(a.delete_key(key.id));
        }
    }
    Ok(())
}
