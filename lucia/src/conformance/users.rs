//! Users, one step at a time.

use std::sync::Arc;

use super::Outcome;
use super::case::{Case, same_user};
use super::failure::{call, ensure, refuse};
use super::samples::{key, primary, user_id};
use crate::adapter::{NewUser, UserAdapter, UserLookup};
use crate::{LuciaUser, UserId};

pub(super) async fn a_created_user_is_found_as_it_was_created<U: LuciaUser>(case: &Case<U>) -> Outcome {
    case.user(1).await?;
    case.user(2).await?;
    case.expect_user("create_user", &case.user_as(user_id(1), 1)).await?;
    case.expect_user("create_user", &case.user_as(user_id(2), 2)).await
}

pub(super) async fn a_created_user_has_the_key_that_came_along<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    case.user(2).await?;
    case.expect_key("create_user", &own).await?;
    let keys = call!(a.keys_of(ada.clone())).map(|keys| keys.len());
    ensure!(keys == Some(1), "create_user: the user should have one key, not {keys:?}");
    let found = call!(a.find_user(UserLookup::Key(own.id.clone())));
    let is_ada = found.is_some_and(|found| same_user(&found, &case.user_as(ada, 1)));
    ensure!(is_ada, "find_user: a key should lead to its user");
    Ok(())
}

pub(super) async fn a_user_needs_no_key<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let keys = call!(a.keys_of(ada)).map(|keys| keys.len());
    ensure!(keys == Some(0), "keys_of: a user without keys should have an empty list, not {keys:?}");
    Ok(())
}

pub(super) async fn an_id_that_somebody_has_is_refused_and_nothing_is_written<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    let another = Some(primary("username:another", &ada));
    let new = Arc::new(NewUser { user: case.user_as(ada.clone(), 2), key: another });
    refuse!(a.create_user(Arc::clone(&new)), is_user_id_taken);
    case.expect_user("create_user", &case.user_as(ada, 1)).await?;
    case.expect_key("create_user", &own).await?;
    case.expect_no_key("create_user", "username:another").await
}

pub(super) async fn a_key_that_somebody_has_is_refused_and_leaves_no_user<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    case.user_with(1, &own).await?;
    let key = Some(primary(&own.id, &user_id(2)));
    let new = Arc::new(NewUser { user: case.user_as(user_id(2), 2), key });
    refuse!(a.create_user(Arc::clone(&new)), is_key_taken);
    case.expect_no_user("create_user", &user_id(2)).await?;
    case.expect_key("create_user", &own).await?;
    // Nothing of the attempt is in the way.
    case.user(2).await.map(drop)
}

pub(super) async fn an_unknown_user_is_none<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    case.user_with(1, &primary("username:ada", &user_id(1))).await?;
    case.expect_no_user("find_user", &user_id(2)).await?;
    let by_key = call!(a.find_user(UserLookup::Key("username:bob".to_owned())));
    ensure!(by_key.is_none(), "find_user: an unknown key should lead to nobody");
    let keys = call!(a.keys_of(user_id(2)));
    ensure!(keys.is_none(), "keys_of: an unknown user should be `None`, not a list");
    Ok(())
}

pub(super) async fn ids_that_differ_by_case_are_of_different_users<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ids = ["ada", "ADA", "Ada"].map(|id| UserId::from_stored(id.to_owned()));
    for (n, id) in (1..).zip(&ids) {
        case.create(case.user_as(id.clone(), n), Some(primary(&format!("username:{n}"), id))).await?;
    }
    for (n, id) in (1..).zip(&ids) {
        case.expect_user("find_user", &case.user_as(id.clone(), n)).await?;
        let keys = call!(a.keys_of(id.clone())).unwrap_or_default();
        let own = keys.iter().map(|key| key.id.clone()).collect::<Vec<_>>();
        ensure!(own == [format!("username:{n}")], "keys_of: {id} should have the own key only, not {own:?}");
    }
    for like in ["aDA", "ada ", "ad"] {
        case.expect_no_user("find_user", &UserId::from_stored(like.to_owned())).await?;
    }
    let [first, others @ ..] = ids;
    call!(a.delete_user(first.clone()));
    case.expect_no_user("delete_user", &first).await?;
    for (n, id) in (2..).zip(others) {
        case.expect_user("delete_user", &case.user_as(id, n)).await?;
    }
    Ok(())
}

pub(super) async fn any_visible_ascii_character_can_be_in_an_id<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let visible: Vec<char> = ('!'..='~').collect();
    for (n, characters) in (1..).zip(visible.chunks(64)) {
        let id = UserId::from_stored(characters.iter().collect());
        let key = primary(&format!("username:{n}"), &id);
        case.create(case.user_as(id.clone(), n), Some(key.clone())).await?;
        case.expect_user("create_user", &case.user_as(id, n)).await?;
        case.expect_key("create_user", &key).await?;
    }
    Ok(())
}

pub(super) async fn an_update_makes_the_changes_and_returns_the_user<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    case.user(2).await?;
    let expected = changed(case.user_as(ada.clone(), 1), case.changes(3))?;
    let updated = call!(a.update_user(ada, case.changes(3)));
    let is_changed = updated.is_some_and(|updated| same_user(&updated, &expected));
    ensure!(is_changed, "update_user: the user should be returned as changed: {:?}", expected.values());
    case.expect_user("update_user", &expected).await?;
    case.expect_user("update_user, of another user", &case.user_as(user_id(2), 2)).await
}

pub(super) fn changed<U: LuciaUser>(user: U, changes: U::Changes) -> Result<U, super::Failure> {
    user.change(changes).map_err(|error| super::Failure::not_owed("Setup::changes", &error))
}

pub(super) async fn changes_to_what_is_there_already_are_no_error<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let ada = case.user(1).await?;
    let updated = call!(a.update_user(ada.clone(), case.changes(1)));
    let is_ada = updated.is_some_and(|updated| same_user(&updated, &case.user_as(ada.clone(), 1)));
    ensure!(is_ada, "update_user: nobody is in one's own way");
    case.expect_user("update_user", &case.user_as(ada, 1)).await
}

pub(super) async fn an_update_of_an_unknown_user_is_none_and_creates_nobody<U: LuciaUser>(
    case: &Case<U>,
) -> Outcome {
    let a = &case.adapter;
    case.user(1).await?;
    let updated = call!(a.update_user(user_id(2), case.changes(2)));
    ensure!(updated.is_none(), "update_user: an unknown user should be `None`");
    case.expect_no_user("update_user", &user_id(2)).await?;
    case.expect_user("update_user, of another user", &case.user_as(user_id(1), 1)).await
}

pub(super) async fn a_user_is_deleted_with_all_keys<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let own = primary("username:ada", &user_id(1));
    let ada = case.user_with(1, &own).await?;
    case.create_key(&key("email:ada", &ada)).await?;
    call!(a.delete_user(ada.clone()));
    case.expect_no_user("delete_user", &ada).await?;
    for id in [&own.id, "email:ada"] {
        case.expect_no_key("delete_user", id).await?;
    }
    let keys = call!(a.keys_of(ada));
    ensure!(keys.is_none(), "delete_user: a deleted user has no list of keys");
    // All of it can be had again.
    case.user_with(1, &own).await?;
    case.expect_user("create_user", &case.user_as(user_id(1), 1)).await
}

pub(super) async fn deleting_a_user_leaves_the_others_alone<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    let bobs = primary("username:bob", &user_id(2));
    let ada = case.user_with(1, &primary("username:ada", &user_id(1))).await?;
    case.user_with(2, &bobs).await?;
    call!(a.delete_user(ada));
    case.expect_user("delete_user", &case.user_as(user_id(2), 2)).await?;
    case.expect_key("delete_user", &bobs).await
}

pub(super) async fn deleting_an_unknown_user_is_no_error<U: LuciaUser>(case: &Case<U>) -> Outcome {
    let a = &case.adapter;
    case.user(1).await?;
    call!(a.delete_user(user_id(2)));
    case.expect_user("delete_user", &case.user_as(user_id(1), 1)).await
}
