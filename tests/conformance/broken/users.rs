//! Flaws in the steps on users.

use std::sync::Arc;

use lucia::adapter::{NewUser, UserAdapter, UserLookup};
use lucia::{Error, LuciaUser, Result, StoredKey, UserId, Value};

use super::{Base, Flaw, InMemory, OnFile, found, meanwhile};
use crate::user::{User, UserChanges};

type Changes = <User as LuciaUser>::Changes;

found! {
    a_user_who_stays_when_the_key_is_taken: CreateUserInSteps
        by "users::a_key_that_somebody_has_is_refused_and_leaves_no_user" in "create_user";
    users_who_stay_when_rivals_have_the_key: CreateUserInSteps
        by "user_races::of_rivals_for_one_key_one_signs_up_and_no_other_leaves_a_trace" in "create_user";
    a_key_that_comes_along_and_is_forgotten: ForgetKey
        by "users::a_created_user_has_the_key_that_came_along" in "create_user";
    a_user_who_takes_the_place_of_another: ReplaceUser
        by "users::an_id_that_somebody_has_is_refused_and_nothing_is_written" in "create_user";
    the_wrong_error_for_a_unique_value: NameAnotherUnique
        by "unique::values_that_another_user_has_are_refused_by_name_and_nothing_is_written" in "create_user";
    unique_values_that_are_looked_up_and_then_written: LookThenInsert
        by "user_races::of_rivals_for_unique_values_one_signs_up" in "create_user";
    user_ids_without_regard_to_case: IdsWithoutCase
        by "users::ids_that_differ_by_case_are_of_different_users" in "create_user";
    texts_without_regard_to_case: UniqueWithoutCase
        by "unique::texts_that_look_alike_are_equal_only_as_their_attribute_says" in "find_user";
    an_absent_value_that_finds_somebody: AbsentIsSomebodys
        by "unique::an_absent_value_is_nobodys" in "find_user";
    an_update_that_is_made_half: UpdateHalf
        by "unique::an_update_to_what_another_user_has_is_refused_and_changes_nothing" in "update_user";
    an_update_in_two_parts: UpdateInParts
        by "user_races::changes_of_rivals_are_made_whole_one_after_the_other" in "update_user";
    an_update_that_returns_the_user_as_before: ReturnBefore
        by "users::an_update_makes_the_changes_and_returns_the_user" in "update_user";
    an_update_that_creates_somebody: UpdateOrCreate
        by "users::an_update_of_an_unknown_user_is_none_and_creates_nobody" in "update_user";
    a_removed_user_who_comes_back: UpdateOrCreate
        by "user_races::a_user_who_is_removed_is_not_brought_back_by_a_change" in "update_user";
    keys_that_stay_when_the_user_goes: KeysStay
        by "users::a_user_is_deleted_with_all_keys" in "delete_user";
    everybodys_keys_go: DeleteEverybodysKeys
        by "users::deleting_a_user_leaves_the_others_alone" in "delete_user";
    an_error_for_an_unknown_user: DeleteKnownOnly
        by "users::deleting_an_unknown_user_is_no_error" in "delete_user";
}

struct CreateUserInSteps;

impl Flaw for CreateUserInSteps {
    type Base = InMemory;

    async fn create_user(base: &InMemory, new: Arc<NewUser<User>>) -> Result<()> {
        base.0.create_user(Arc::new(NewUser { user: new.user.clone(), key: None })).await?;
        match &new.key {
            Some(key) => base.0.create_key(key.clone()).await,
            None => Ok(()),
        }
    }
}

struct ForgetKey;

impl Flaw for ForgetKey {
    type Base = InMemory;

    async fn create_user(base: &InMemory, new: Arc<NewUser<User>>) -> Result<()> {
        base.0.create_user(Arc::new(NewUser { user: new.user.clone(), key: None })).await
    }
}

struct ReplaceUser;

impl Flaw for ReplaceUser {
    type Base = InMemory;

    async fn create_user(base: &InMemory, new: Arc<NewUser<User>>) -> Result<()> {
        base.0.delete_user(new.user.id.clone()).await?;
        base.0.create_user(new).await
    }
}

struct NameAnotherUnique;

impl Flaw for NameAnotherUnique {
    type Base = InMemory;

    async fn create_user(base: &InMemory, new: Arc<NewUser<User>>) -> Result<()> {
        let created = base.0.create_user(new).await;
        created.map_err(|error| match error.taken_attributes() {
            [] => error,
            taken => {
                let another = User::UNIQUE.iter().find(|unique| unique.attributes != taken);
                another.map_or_else(Error::key_taken, Error::attributes_taken)
            }
        })
    }
}

/// As where there is no unique index.
struct LookThenInsert;

impl Flaw for LookThenInsert {
    type Base = OnFile;

    async fn create_user(base: &OnFile, new: Arc<NewUser<User>>) -> Result<()> {
        base.sql(
            "DROP INDEX IF EXISTS auth_user_username_key; DROP INDEX IF EXISTS auth_user_handle_key; \
             DROP INDEX IF EXISTS auth_user_email_key; DROP INDEX IF EXISTS auth_user_tenant_badge_key",
        );
        for (index, unique) in User::UNIQUE.iter().enumerate() {
            let values = unique.values_of(&new.user);
            if base.adapter().find_user(UserLookup::Unique { index, unique, values }).await?.is_some() {
                return Err(Error::attributes_taken(unique));
            }
        }
        meanwhile().await;
        base.adapter().create_user(new).await
    }
}

fn lower(id: &UserId) -> UserId {
    UserId::new(id.as_str().to_ascii_lowercase()).unwrap()
}

struct IdsWithoutCase;

impl Flaw for IdsWithoutCase {
    type Base = InMemory;

    async fn create_user(base: &InMemory, new: Arc<NewUser<User>>) -> Result<()> {
        let user = User { id: lower(&new.user.id), ..new.user.clone() };
        let key = new.key.clone().map(|key| StoredKey { user_id: user.id.clone(), ..key });
        base.0.create_user(Arc::new(NewUser { user, key })).await
    }
}

struct UniqueWithoutCase;

impl Flaw for UniqueWithoutCase {
    type Base = InMemory;

    async fn find_user(base: &InMemory, by: UserLookup) -> Result<Option<User>> {
        let UserLookup::Unique { index, unique, values } = by else { return base.0.find_user(by).await };
        let values = values.into_iter().map(|value| match value {
            Value::Text(text) => Value::Text(text.to_lowercase()),
            value => value,
        });
        base.0.find_user(UserLookup::Unique { index, unique, values: values.collect() }).await
    }
}

struct AbsentIsSomebodys;

impl Flaw for AbsentIsSomebodys {
    type Base = InMemory;

    async fn find_user(base: &InMemory, by: UserLookup) -> Result<Option<User>> {
        match &by {
            UserLookup::Unique { values, .. } if values.contains(&Value::Null) => {
                base.0.find_user(UserLookup::Id(UserId::new("user-1").unwrap())).await
            }
            _ => base.0.find_user(by).await,
        }
    }
}

struct UpdateHalf;

impl Flaw for UpdateHalf {
    type Base = InMemory;

    async fn update_user(base: &InMemory, id: UserId, changes: Changes) -> Result<Option<User>> {
        let harmless = UserChanges { about: changes.about.clone(), ..UserChanges::default() };
        base.0.update_user(id.clone(), harmless).await?;
        base.0.update_user(id, changes).await
    }
}

struct UpdateInParts;

impl Flaw for UpdateInParts {
    type Base = InMemory;

    async fn update_user(base: &InMemory, id: UserId, changes: Changes) -> Result<Option<User>> {
        let first = UserChanges { about: changes.about.clone(), ..UserChanges::default() };
        base.0.update_user(id.clone(), first).await?;
        meanwhile().await;
        base.0.update_user(id, UserChanges { about: None, ..changes }).await
    }
}

struct ReturnBefore;

impl Flaw for ReturnBefore {
    type Base = InMemory;

    async fn update_user(base: &InMemory, id: UserId, changes: Changes) -> Result<Option<User>> {
        let before = base.0.find_user(UserLookup::Id(id.clone())).await?;
        base.0.update_user(id, changes).await?;
        Ok(before)
    }
}

/// Reads the user, and writes the whole of it back.
struct UpdateOrCreate;

impl Flaw for UpdateOrCreate {
    type Base = InMemory;

    async fn update_user(base: &InMemory, id: UserId, changes: Changes) -> Result<Option<User>> {
        meanwhile().await;
        if let Some(user) = base.0.update_user(id.clone(), changes.clone()).await? {
            return Ok(Some(user));
        }
        let user = crate::user::user(id, 99).change(changes)?;
        base.0.create_user(Arc::new(NewUser { user: user.clone(), key: None })).await?;
        Ok(Some(user))
    }
}

struct KeysStay;

impl Flaw for KeysStay {
    type Base = OnFile;

    async fn delete_user(base: &OnFile, id: UserId) -> Result<()> {
        base.sql(&format!("DELETE FROM auth_user WHERE id = '{id}'"));
        Ok(())
    }
}

struct DeleteEverybodysKeys;

impl Flaw for DeleteEverybodysKeys {
    type Base = OnFile;

    async fn delete_user(base: &OnFile, id: UserId) -> Result<()> {
        base.sql(&format!("DELETE FROM auth_key; DELETE FROM auth_user WHERE id = '{id}'"));
        Ok(())
    }
}

struct DeleteKnownOnly;

impl Flaw for DeleteKnownOnly {
    type Base = InMemory;

    async fn delete_user(base: &InMemory, id: UserId) -> Result<()> {
        if base.0.find_user(UserLookup::Id(id.clone())).await?.is_none() {
            return Err(Error::unknown_user());
        }
        base.0.delete_user(id).await
    }
}
