//! What tells users apart: attributes that are unique, alone or together.

use std::sync::Arc;

use super::Outcome;
use super::case::{Case, same_user};
use super::failure::{Failure, call, ensure};
use super::samples::{primary, user_id};
use super::users::changed;
use super::values::{copied, with};
use crate::adapter::{NewUser, UserAdapter, UserLookup};
use crate::{Error, LuciaUser, UniqueAttributes, Value};

/// The places of unique attributes among all.
fn places<U: LuciaUser>(unique: &UniqueAttributes) -> Vec<usize> {
    let place = |name: &&str| U::ATTRIBUTES.iter().position(|attribute| attribute.name == *name);
    unique.attributes.iter().filter_map(place).collect()
}

/// The user with the values that another has at these places.
fn with_values_of<U: LuciaUser>(user: &U, other: &U, places: &[usize]) -> Option<U> {
    let (mut own, values) = (user.values(), other.values());
    for &place in places {
        *own.get_mut(place)? = values.get(place)?.clone();
    }
    U::from_values(user.id().clone(), own)
}

/// The look-up by each unique that the user has values for.
fn lookups<U: LuciaUser>(user: &U) -> impl Iterator<Item = (&'static UniqueAttributes, UserLookup)> {
    let all = U::UNIQUE.iter().enumerate().map(|(index, unique)| {
        (unique, UserLookup::Unique { index, unique, values: unique.values_of(user) })
    });
    let of_user: Vec<_> = all.filter(|(unique, _)| unique.are_shared(user, user)).collect();
    of_user.into_iter()
}

/// Whether an error names one of the uniques that two users share.
fn names_what_is_shared<U: LuciaUser>(error: &Error, a: &U, b: &U) -> bool {
    let mut shared = U::UNIQUE.iter().filter(|unique| unique.are_shared(a, b));
    shared.any(|unique| unique.attributes == error.taken_attributes())
}

/// Creates `user` while `other` is there: refused exactly when they share what is unique.
async fn create_beside<U: LuciaUser>(case: &Case<U>, user: &U, other: &U) -> Outcome {
    let a = &case.adapter;
    let key = Some(primary("username:second", user.id()));
    let new = Arc::new(NewUser { user: copied(user)?, key });
    let shared = U::UNIQUE.iter().any(|unique| unique.are_shared(user, other));
    match a.create_user(new).await {
        Ok(()) => {
            ensure!(
                !shared,
                "create_user: {:?} should be refused beside {:?}",
                user.values(),
                other.values()
            );
            case.expect_user("create_user", user).await?;
            call!(a.delete_user(user.id().clone()));
        }
        Err(error) if shared => {
            let named = names_what_is_shared(&error, user, other);
            ensure!(named, "create_user: `taken_attributes` should name what is taken, not {error}");
            case.expect_no_user("create_user", user.id()).await?;
            case.expect_no_key("create_user", "username:second").await?;
        }
        Err(error) => return Err(Failure::not_owed("create_user", &error)),
    }
    case.expect_user("create_user, of another user", other).await
}

pub(super) async fn values_that_another_user_has_are_refused_by_name_and_nothing_is_written<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let ada = case.user_as(user_id(1), 1);
    case.user(1).await?;
    for unique in U::UNIQUE {
        let new = case.user_as(user_id(2), 2);
        if let Some(new) = with_values_of(&new, &ada, &places::<U>(unique)) {
            create_beside(case, &new, &ada).await?;
        }
    }
    Ok(())
}

pub(super) async fn of_values_that_are_unique_together_some_may_be_equal<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let ada = case.user_as(user_id(1), 1);
    case.user(1).await?;
    for unique in U::UNIQUE.iter().filter(|unique| unique.attributes.len() > 1) {
        for place in places::<U>(unique) {
            if let Some(new) = with_values_of(&case.user_as(user_id(2), 2), &ada, &[place]) {
                create_beside(case, &new, &ada).await?;
            }
        }
    }
    Ok(())
}

pub(super) async fn an_absent_value_is_nobodys<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    for (index, unique) in U::UNIQUE.iter().enumerate() {
        for place in places::<U>(unique) {
            let [first, second] = [1, 2].map(|n| with(&case.user_as(user_id(n), n), place, &Value::Null));
            let (Some(first), Some(second)) = (first, second) else { continue };
            // Others that are unique together are given equal values, of which an absent one makes two.
            let others: Vec<usize> =
                places::<U>(unique).into_iter().filter(|other| *other != place).collect();
            let Some(second) = with_values_of(&second, &first, &others) else { continue };
            case.create(copied(&first)?, None).await?;
            create_beside(case, &second, &first).await?;
            let values = unique.values_of(&first);
            let found = call!(a.find_user(UserLookup::Unique { index, unique, values }));
            ensure!(found.is_none(), "find_user: an absent value is no value to find somebody by");
            call!(a.delete_user(user_id(1)));
        }
    }
    Ok(())
}

pub(super) async fn a_user_is_found_by_the_values_that_are_unique<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    for n in 1..=3 {
        case.user(n).await?;
    }
    for n in 1..=3 {
        let user = case.user_as(user_id(n), n);
        for (unique, by) in lookups(&user) {
            let found = call!(a.find_user(by));
            let is_user = found.is_some_and(|found| same_user(&found, &user));
            ensure!(is_user, "find_user: {:?} should lead to their user", unique.attributes);
        }
    }
    for (unique, by) in lookups(&case.user_as(user_id(4), 4)) {
        let found = call!(a.find_user(by));
        ensure!(found.is_none(), "find_user: {:?} that nobody has should lead to nobody", unique.attributes);
    }
    Ok(())
}

/// Texts that a careless comparison takes for `alice`.
const LIKE_ALICE: [&str; 5] = ["ALICE", "alice ", "alicé", "ALICÉ", "alicE"];

pub(super) async fn texts_that_look_alike_are_equal_only_as_their_attribute_says<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    for (index, unique) in U::UNIQUE.iter().enumerate() {
        for place in places::<U>(unique) {
            let alice = Value::Text("alice".to_owned());
            let Some(alice) = with(&case.user_as(user_id(1), 1), place, &alice) else { continue };
            case.create(copied(&alice)?, None).await?;
            for text in LIKE_ALICE {
                let like = Value::Text(text.to_owned());
                let Some(like) = with(&alice, place, &like) else { continue };
                let values = unique.values_of(&like);
                let is_equal = unique.are_shared(&alice, &like);
                let found = call!(a.find_user(UserLookup::Unique { index, unique, values })).is_some();
                ensure!(
                    found == is_equal,
                    "find_user: {text:?} should find `alice`: {is_equal}, not {found}"
                );
                let others = places::<U>(unique);
                if let Some(new) = with_values_of(&case.user_as(user_id(2), 2), &like, &others) {
                    create_beside(case, &new, &alice).await?;
                }
            }
            call!(a.delete_user(user_id(1)));
        }
    }
    Ok(())
}

pub(super) async fn an_update_to_what_another_user_has_is_refused_and_changes_nothing<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let (ada, bob) = (case.user(1).await?, case.user(2).await?);
    let wanted = changed(case.user_as(bob.clone(), 2), case.changes(1))?;
    let ada = case.user_as(ada, 1);
    let shared = U::UNIQUE.iter().any(|unique| unique.are_shared(&wanted, &ada));
    match a.update_user(bob.clone(), case.changes(1)).await {
        Ok(_) => {
            ensure!(!shared, "update_user: values that another user has should be refused");
            case.expect_user("update_user", &wanted).await
        }
        Err(error) if shared => {
            let named = names_what_is_shared(&error, &wanted, &ada);
            ensure!(named, "update_user: `taken_attributes` should name what is taken, not {error}");
            case.expect_user("update_user", &case.user_as(bob, 2)).await?;
            case.expect_user("update_user, of another user", &ada).await
        }
        Err(error) => Err(Failure::not_owed("update_user", &error)),
    }
}

pub(super) async fn values_that_a_user_had_are_free_again<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    call!(a.update_user(ada.clone(), case.changes(2)));
    let now = changed(case.user_as(ada.clone(), 1), case.changes(2))?;
    create_beside(case, &case.user_as(user_id(2), 1), &now).await?;
    call!(a.delete_user(ada));
    case.user(2).await.map(drop)
}
