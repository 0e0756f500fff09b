//! Keys, one step at a time.

use super::Outcome;
use super::case::Case;
use super::failure::{call, ensure, refuse};
use super::samples::{ALIKE, NOW, at, hash, key, primary, single_use, user_id};
use crate::LuciaUser;
use crate::adapter::{Consumed, UserAdapter, UserLookup};
use crate::{StoredKey, UnixMillis};

pub(super) async fn a_created_key_is_found_as_it_was_created<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let ada = case.user(1).await?;
    let instants = [i64::MIN, -1, 0, NOW.as_millis(), i64::MAX].map(UnixMillis::from_millis);
    let expiries = instants.into_iter().map(Some).chain([None]);
    for (n, expires) in expiries.enumerate() {
        for hashed_password in [None, hash("$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA")] {
            let id = format!("link:{n}-{}", hashed_password.is_some());
            let new = StoredKey { hashed_password, expires, ..key(&id, &ada) };
            case.create_key(&new).await?;
            case.expect_key("create_key", &new).await?;
        }
    }
    Ok(())
}

pub(super) async fn a_key_that_somebody_has_is_refused_and_stays_as_it_is<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let own = key("email:ada", &ada);
    case.create_key(&own).await?;
    for user in [ada, bob] {
        let again = StoredKey { hashed_password: hash("new"), ..single_use(&own.id, &user, NOW) };
        refuse!(a.create_key(again.clone()), is_key_taken);
        case.expect_key("create_key", &own).await?;
    }
    Ok(())
}

pub(super) async fn a_key_for_an_unknown_user_is_refused<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    case.user(1).await?;
    refuse!(a.create_key(key("email:bob", &user_id(2))), is_unknown_user);
    case.expect_no_key("create_key", "email:bob").await
}

pub(super) async fn the_keys_of_a_user_are_all_of_that_user_in_order_of_their_ids<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    case.create_key(&key("email:bob", &bob)).await?;
    for id in ["link:b", "link:a", "email:z", "link:B", "link:_", "link:10", "link:9"] {
        case.create_key(&single_use(id, &ada, at(-1))).await?;
    }
    let keys = call!(a.keys_of(ada)).unwrap_or_default();
    let ids: Vec<&str> = keys.iter().map(|key| &*key.id).collect();
    let expected = ["email:z", "link:10", "link:9", "link:B", "link:_", "link:a", "link:b"];
    ensure!(ids == expected, "keys_of: should be {expected:?}, not {ids:?}");
    Ok(())
}

pub(super) async fn keys_whose_ids_look_alike_are_different_keys<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    for (n, id) in (1..).zip(ALIKE) {
        let user = case.user(n).await?;
        case.create_key(&single_use(id, &user, at(1))).await?;
    }
    for (n, id) in (1..).zip(ALIKE) {
        let found = call!(a.find_user(UserLookup::Key(id.to_owned())));
        let owner = found.map(|user| user.id().clone());
        ensure!(owner == Some(user_id(n)), "find_user: {id} should lead to its own user, not {owner:?}");
    }
    // Each step in turn touches one of them.
    let [first, second, third, fourth] = ALIKE;
    let consumed = call!(a.consume_key(first.to_owned(), hash("old"), NOW));
    ensure!(consumed == Consumed::Now, "consume_key: {first} should be consumed, not {consumed:?}");
    ensure!(call!(a.replace_password(second.to_owned(), hash("old"), None)), "replace_password: of {second}");
    ensure!(call!(a.rename_key(third.to_owned(), "link:x".to_owned())), "rename_key: of {third}");
    case.expect_no_key("consume_key", first).await?;
    let without = StoredKey { hashed_password: None, ..single_use(second, &user_id(2), at(1)) };
    case.expect_key("replace_password", &without).await?;
    case.expect_key("rename_key", &single_use("link:x", &user_id(3), at(1))).await?;
    case.expect_key("every step on another key", &single_use(fourth, &user_id(4), at(1))).await?;
    ensure!(call!(a.delete_key(fourth.to_owned())), "delete_key: of {fourth}");
    case.expect_key("delete_key", &without).await
}

pub(super) async fn a_key_is_found_by_its_very_id_only<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    case.create_key(&key("username:alice", &ada)).await?;
    for id in ["username:Alice", "USERNAME:alice", "username:alice ", " username:alice", "username:alic", ""]
    {
        case.expect_no_key("find_key", id).await?;
        let found = call!(a.find_user(UserLookup::Key(id.to_owned())));
        ensure!(found.is_none(), "find_user: the key {id:?} should lead to nobody");
    }
    Ok(())
}

pub(super) async fn a_single_use_key_is_consumed_once_and_is_gone<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    for hashed_password in [None, hash("code")] {
        let code = StoredKey { hashed_password, ..single_use("link:code", &ada, at(1_000)) };
        let another = single_use("link:another", &ada, at(1_000));
        case.create_key(&code).await?;
        case.create_key(&another).await?;
        let consumed = call!(a.consume_key(code.id.clone(), code.hashed_password.clone(), NOW));
        ensure!(consumed == Consumed::Now, "consume_key: should be `Now`, not {consumed:?}");
        case.expect_no_key("consume_key", &code.id).await?;
        let again = call!(a.consume_key(code.id.clone(), code.hashed_password.clone(), NOW));
        ensure!(again == Consumed::Gone, "consume_key: the second time should be `Gone`, not {again:?}");
        case.expect_key("consume_key of another key", &another).await?;
        call!(a.delete_key(another.id));
    }
    Ok(())
}

pub(super) async fn a_single_use_key_is_not_consumed_by_another_hash<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let codes = [hash("Code"), hash("code"), None];
    for (n, own) in codes.iter().enumerate() {
        let code =
            StoredKey { hashed_password: own.clone(), ..single_use(&format!("link:{n}"), &ada, at(1_000)) };
        case.create_key(&code).await?;
        for (_, other) in codes.iter().enumerate().filter(|(other, _)| *other != n) {
            let consumed = call!(a.consume_key(code.id.clone(), other.clone(), NOW));
            ensure!(
                consumed == Consumed::Gone,
                "consume_key: another hash should be `Gone`, not {consumed:?}"
            );
            case.expect_key("consume_key", &code).await?;
        }
    }
    Ok(())
}

pub(super) async fn the_instant_of_expiry_still_counts<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    for instant in [NOW, UnixMillis::from_millis(i64::MAX), UnixMillis::EPOCH] {
        case.create_key(&single_use("link:code", &ada, instant)).await?;
        let consumed = call!(a.consume_key("link:code".to_owned(), hash("old"), instant));
        ensure!(consumed == Consumed::Now, "consume_key: at its expiry it should be `Now`, not {consumed:?}");
    }
    Ok(())
}

pub(super) async fn a_key_past_its_expiry_is_expired_once_and_is_gone<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    for password in [hash("old"), hash("another"), None] {
        case.create_key(&single_use("link:code", &ada, at(-1))).await?;
        let consumed = call!(a.consume_key("link:code".to_owned(), password.clone(), NOW));
        ensure!(
            consumed == Consumed::Expired,
            "consume_key: past its expiry it should be `Expired`, whatever the hash, not {consumed:?}"
        );
        case.expect_no_key("consume_key", "link:code").await?;
        let again = call!(a.consume_key("link:code".to_owned(), password, NOW));
        ensure!(again == Consumed::Gone, "consume_key: the second time should be `Gone`, not {again:?}");
    }
    Ok(())
}

pub(super) async fn a_persistent_or_unknown_key_is_not_consumed<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let second = key("email:ada", &ada);
    case.create_key(&second).await?;
    for id in [&*own.id, &*second.id, "link:unknown"] {
        let consumed = call!(a.consume_key(id.to_owned(), hash("old"), NOW));
        ensure!(consumed == Consumed::Gone, "consume_key: {id} should be `Gone`, not {consumed:?}");
    }
    case.expect_key("consume_key", &own).await?;
    case.expect_key("consume_key", &second).await
}

pub(super) async fn a_hash_is_replaced_if_it_still_is_the_old_one<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let another = key("email:ada", &ada);
    case.create_key(&another).await?;
    let texts = [hash("old"), hash("new"), hash("NEW"), None, None, hash("new"), hash("new")];
    for pair in texts.windows(2) {
        let [old, new] = pair else { continue };
        let replaced = call!(a.replace_password(own.id.clone(), old.clone(), new.clone()));
        ensure!(replaced, "replace_password: should be `true` while the hash is the old one");
        case.expect_key("replace_password", &StoredKey { hashed_password: new.clone(), ..own.clone() })
            .await?;
    }
    case.expect_key("replace_password of another key", &another).await
}

pub(super) async fn a_hash_that_is_another_meanwhile_is_not_replaced<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let without = StoredKey { hashed_password: None, ..key("email:ada", &ada) };
    case.create_key(&without).await?;
    for (kept, old) in [(&own, hash("OLD")), (&own, None), (&own, hash("")), (&without, hash("old"))] {
        let replaced = call!(a.replace_password(kept.id.clone(), old, hash("new")));
        ensure!(!replaced, "replace_password: should be `false` when the hash is another");
        case.expect_key("replace_password", kept).await?;
    }
    let unknown = call!(a.replace_password("email:bob".to_owned(), None, hash("new")));
    ensure!(!unknown, "replace_password: should be `false` when there is no such key");
    case.expect_no_key("replace_password", "email:bob").await
}

pub(super) async fn a_renamed_key_is_the_same_under_another_id<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    case.user_with(1, &own).await?;
    for (from, to) in
        [("username:ada", "username:Ada"), ("username:Ada", "email:ada"), ("email:ada", "email:ada")]
    {
        ensure!(
            call!(a.rename_key(from.to_owned(), to.to_owned())),
            "rename_key: {from} to {to} should be `true`"
        );
        case.expect_key("rename_key", &StoredKey { id: to.to_owned(), ..own.clone() }).await?;
        if from != to {
            case.expect_no_key("rename_key", from).await?;
        }
    }
    Ok(())
}

pub(super) async fn a_key_is_not_renamed_to_an_id_that_another_has<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let bob = case.user(2).await?;
    let keys = [key("email:ada", &ada), single_use("email:old", &ada, at(-1)), key("email:bob", &bob)];
    for key in &keys {
        case.create_key(key).await?;
    }
    for taken in ["email:old", "email:bob"] {
        refuse!(a.rename_key("email:ada".to_owned(), taken.to_owned()), is_key_taken);
        for key in &keys {
            case.expect_key("rename_key", key).await?;
        }
    }
    for to in ["email:new", "email:bob"] {
        let renamed = call!(a.rename_key("email:unknown".to_owned(), to.to_owned()));
        ensure!(!renamed, "rename_key: should be `false` when there is no such key");
    }
    case.expect_no_key("rename_key", "email:new").await
}

pub(super) async fn a_key_is_deleted_unless_it_is_primary<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let others =
        [key("email:ada", &ada), single_use("link:good", &ada, at(1)), single_use("link:late", &ada, at(-1))];
    for other in &others {
        case.create_key(other).await?;
    }
    for other in &others {
        ensure!(call!(a.delete_key(other.id.clone())), "delete_key: {} should be `true`", other.id);
        case.expect_no_key("delete_key", &other.id).await?;
        ensure!(!call!(a.delete_key(other.id.clone())), "delete_key: the second time should be `false`");
    }
    ensure!(!call!(a.delete_key(own.id.clone())), "delete_key: a primary key should be `false`");
    case.expect_key("delete_key", &own).await
}
