//! Flaws in the steps on keys.

use lucia::adapter::{Consumed, UserAdapter, UserLookup};
use lucia::{Error, PasswordHash, Result, StoredKey, UnixMillis, UserId};

use super::{Base, Flaw, InMemory, OnFile, found, meanwhile};

found! {
    a_key_that_is_read_and_then_deleted: SelectThenDelete
        by "key_races::of_rivals_for_a_single_use_key_one_consumes_it" in "consume_key";
    a_key_that_is_consumed_by_any_hash: ConsumeByAnyHash
        by "keys::a_single_use_key_is_not_consumed_by_another_hash" in "consume_key";
    a_wrong_hash_that_uses_the_key_up: WrongHashDeletes
        by "key_races::rivals_with_a_wrong_hash_neither_consume_a_key_nor_are_in_the_way" in "consume_key";
    a_key_that_is_good_after_its_expiry: ConsumeExpired
        by "keys::a_key_past_its_expiry_is_expired_once_and_is_gone" in "consume_key";
    a_key_that_is_late_at_its_expiry: ExpiryIsLate
        by "keys::the_instant_of_expiry_still_counts" in "consume_key";
    a_persistent_key_that_is_consumed: ConsumePersistent
        by "keys::a_persistent_or_unknown_key_is_not_consumed" in "consume_key";
    the_wrong_error_for_a_taken_key: WrongErrorForKey
        by "keys::a_key_that_somebody_has_is_refused_and_stays_as_it_is" in "create_key";
    a_key_that_is_written_over: CreateOrReplace
        by "keys::a_key_that_somebody_has_is_refused_and_stays_as_it_is" in "create_key";
    a_key_of_nobody: KeyOfNobody
        by "keys::a_key_for_an_unknown_user_is_refused" in "create_key";
    a_key_of_a_user_who_is_gone: LookThenCreate
        by "user_races::no_key_is_left_of_a_user_who_is_removed" in "create_key";
    key_ids_without_regard_to_case: IdsWithoutCase
        by "keys::a_key_is_found_by_its_very_id_only" in "find_key";
    key_ids_that_are_stored_in_lower_case: StoreLowerCase
        by "keys::keys_whose_ids_look_alike_are_different_keys" in "create_key";
    key_ids_without_their_spaces: IdsWithoutSpaces
        by "keys::a_key_is_found_by_its_very_id_only" in "find_key";
    everybodys_keys: KeysOfEverybody
        by "keys::the_keys_of_a_user_are_all_of_that_user_in_order_of_their_ids" in "keys_of";
    keys_out_of_order: KeysOutOfOrder
        by "keys::the_keys_of_a_user_are_all_of_that_user_in_order_of_their_ids" in "keys_of";
    an_empty_list_for_an_unknown_user: EmptyForUnknown
        by "users::an_unknown_user_is_none" in "keys_of";
    a_hash_that_is_replaced_whatever_it_is: ReplaceAnyHash
        by "keys::a_hash_that_is_another_meanwhile_is_not_replaced" in "replace_password";
    a_hash_that_is_read_and_then_replaced: CompareThenReplace
        by "key_races::of_rivals_with_one_hash_one_replaces_it" in "replace_password";
    a_key_that_is_lost_when_it_is_renamed: RenameLoses
        by "keys::a_key_is_not_renamed_to_an_id_that_another_has" in "rename_key";
    a_key_that_becomes_many_by_renaming: RenameCopies
        by "key_races::of_rivals_who_rename_a_key_one_does" in "rename_key";
    a_primary_key_that_is_deleted: DeletePrimary
        by "keys::a_key_is_deleted_unless_it_is_primary" in "delete_key";
}

struct SelectThenDelete;

impl Flaw for SelectThenDelete {
    type Base = InMemory;

    async fn consume_key(
        base: &InMemory,
        id: String,
        _: Option<PasswordHash>,
        _: UnixMillis,
    ) -> Result<Consumed> {
        if base.0.find_key(id.clone()).await?.is_none() {
            return Ok(Consumed::Gone);
        }
        meanwhile().await;
        base.0.delete_key(id).await?;
        Ok(Consumed::Now)
    }
}

struct ConsumeByAnyHash;

impl Flaw for ConsumeByAnyHash {
    type Base = InMemory;

    async fn consume_key(
        base: &InMemory,
        id: String,
        _: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        let Some(key) = base.0.find_key(id.clone()).await? else { return Ok(Consumed::Gone) };
        base.0.consume_key(id, key.hashed_password, now).await
    }
}

struct WrongHashDeletes;

impl Flaw for WrongHashDeletes {
    type Base = InMemory;

    async fn consume_key(
        base: &InMemory,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        let consumed = base.0.consume_key(id.clone(), password, now).await?;
        base.0.delete_key(id).await?;
        Ok(consumed)
    }
}

struct ConsumeExpired;

impl Flaw for ConsumeExpired {
    type Base = InMemory;

    async fn consume_key(
        base: &InMemory,
        id: String,
        password: Option<PasswordHash>,
        _: UnixMillis,
    ) -> Result<Consumed> {
        base.0.consume_key(id, password, UnixMillis::from_millis(i64::MIN)).await
    }
}

struct ExpiryIsLate;

impl Flaw for ExpiryIsLate {
    type Base = InMemory;

    async fn consume_key(
        base: &InMemory,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        let later = UnixMillis::from_millis(now.as_millis().saturating_add(1));
        base.0.consume_key(id, password, later).await
    }
}

struct ConsumePersistent;

impl Flaw for ConsumePersistent {
    type Base = InMemory;

    async fn consume_key(
        base: &InMemory,
        id: String,
        password: Option<PasswordHash>,
        now: UnixMillis,
    ) -> Result<Consumed> {
        match base.0.find_key(id.clone()).await? {
            Some(key) if key.expires.is_none() => Ok(Consumed::Now),
            _ => base.0.consume_key(id, password, now).await,
        }
    }
}

struct WrongErrorForKey;

impl Flaw for WrongErrorForKey {
    type Base = InMemory;

    async fn create_key(base: &InMemory, key: StoredKey) -> Result<()> {
        let created = base.0.create_key(key).await;
        created.map_err(|error| if error.is_key_taken() { Error::user_id_taken() } else { error })
    }
}

struct CreateOrReplace;

impl Flaw for CreateOrReplace {
    type Base = InMemory;

    async fn create_key(base: &InMemory, key: StoredKey) -> Result<()> {
        base.0.delete_key(key.id.clone()).await?;
        base.0.create_key(key).await
    }
}

impl OnFile {
    /// Inserts a key, whoever there is.
    fn insert_key(&self, key: &StoredKey) {
        self.sql(&format!(
            "INSERT INTO auth_key (id, user_id, primary_key) VALUES ('{}', '{}', FALSE)",
            key.id, key.user_id
        ));
    }
}

struct KeyOfNobody;

impl Flaw for KeyOfNobody {
    type Base = OnFile;

    async fn create_key(base: &OnFile, key: StoredKey) -> Result<()> {
        base.insert_key(&key);
        Ok(())
    }
}

struct LookThenCreate;

impl Flaw for LookThenCreate {
    type Base = OnFile;

    async fn create_key(base: &OnFile, key: StoredKey) -> Result<()> {
        if base.adapter().find_user(UserLookup::Id(key.user_id.clone())).await?.is_none() {
            return Err(Error::unknown_user());
        }
        meanwhile().await;
        base.insert_key(&key);
        Ok(())
    }
}

struct IdsWithoutCase;

impl Flaw for IdsWithoutCase {
    type Base = InMemory;

    async fn find_key(base: &InMemory, id: String) -> Result<Option<StoredKey>> {
        base.0.find_key(id.to_lowercase()).await
    }
}

struct StoreLowerCase;

impl Flaw for StoreLowerCase {
    type Base = InMemory;

    async fn create_key(base: &InMemory, key: StoredKey) -> Result<()> {
        base.0.create_key(StoredKey { id: key.id.to_lowercase(), ..key }).await
    }
}

struct IdsWithoutSpaces;

impl Flaw for IdsWithoutSpaces {
    type Base = InMemory;

    async fn find_key(base: &InMemory, id: String) -> Result<Option<StoredKey>> {
        base.0.find_key(id.trim_end().to_owned()).await
    }
}

struct KeysOfEverybody;

impl Flaw for KeysOfEverybody {
    type Base = InMemory;

    async fn keys_of(base: &InMemory, user_id: UserId) -> Result<Option<Vec<StoredKey>>> {
        let Some(mut keys) = base.0.keys_of(user_id).await? else { return Ok(None) };
        keys.extend(base.0.keys_of(UserId::new("user-2").unwrap()).await?.unwrap_or_default());
        Ok(Some(keys))
    }
}

struct KeysOutOfOrder;

impl Flaw for KeysOutOfOrder {
    type Base = InMemory;

    async fn keys_of(base: &InMemory, user_id: UserId) -> Result<Option<Vec<StoredKey>>> {
        let Some(mut keys) = base.0.keys_of(user_id).await? else { return Ok(None) };
        keys.sort_by_key(|key| key.id.to_lowercase());
        Ok(Some(keys))
    }
}

struct EmptyForUnknown;

impl Flaw for EmptyForUnknown {
    type Base = InMemory;

    async fn keys_of(base: &InMemory, user_id: UserId) -> Result<Option<Vec<StoredKey>>> {
        Ok(Some(base.0.keys_of(user_id).await?.unwrap_or_default()))
    }
}

struct ReplaceAnyHash;

impl Flaw for ReplaceAnyHash {
    type Base = InMemory;

    async fn replace_password(
        base: &InMemory,
        id: String,
        _: Option<PasswordHash>,
        new: Option<PasswordHash>,
    ) -> Result<bool> {
        let Some(key) = base.0.find_key(id.clone()).await? else { return Ok(false) };
        base.0.replace_password(id, key.hashed_password, new).await
    }
}

struct CompareThenReplace;

impl Flaw for CompareThenReplace {
    type Base = InMemory;

    async fn replace_password(
        base: &InMemory,
        id: String,
        old: Option<PasswordHash>,
        new: Option<PasswordHash>,
    ) -> Result<bool> {
        let text = |hash: Option<PasswordHash>| hash.map(|hash| hash.expose().to_owned());
        let Some(key) = base.0.find_key(id.clone()).await? else { return Ok(false) };
        if text(key.hashed_password) != text(old) {
            return Ok(false);
        }
        meanwhile().await;
        ReplaceAnyHash::replace_password(base, id, None, new).await
    }
}

struct RenameLoses;

impl Flaw for RenameLoses {
    type Base = InMemory;

    async fn rename_key(base: &InMemory, id: String, new: String) -> Result<bool> {
        let Some(key) = base.0.find_key(id.clone()).await? else { return Ok(false) };
        base.0.delete_key(id).await?;
        base.0.create_key(StoredKey { id: new, ..key }).await?;
        Ok(true)
    }
}

struct RenameCopies;

impl Flaw for RenameCopies {
    type Base = InMemory;

    async fn rename_key(base: &InMemory, id: String, new: String) -> Result<bool> {
        let Some(key) = base.0.find_key(id.clone()).await? else { return Ok(false) };
        meanwhile().await;
        base.0.create_key(StoredKey { id: new, ..key }).await?;
        base.0.delete_key(id).await?;
        Ok(true)
    }
}

struct DeletePrimary;

impl Flaw for DeletePrimary {
    type Base = OnFile;

    async fn delete_key(base: &OnFile, id: String) -> Result<bool> {
        let found = base.adapter().find_key(id.clone()).await?.is_some();
        base.sql(&format!("DELETE FROM auth_key WHERE id = '{id}'"));
        Ok(found)
    }
}
