//! The steps of the adapter on Diesel, each made of queries on one connection.
//!
//! A step of several statements runs inside one transaction, which its caller has opened, and takes the row of the user first,
//! then keys, then sessions: so two steps about one user come one after the other, on every database alike, and none waits
//! for the other in a circle. The lock is an update that changes nothing. It is a write, since in SQLite a transaction that
//! has read cannot begin to write when somebody else has written meanwhile, and its row count says whether there is such a row.

use diesel::connection::LoadConnection;
use diesel::result::Error as DieselError;

use super::queries::{KeyRow, Queries, SessionRow};
use super::violation::{Violation, violation};
use crate::adapter::{
    ChangePassword, Consumed, NewUser, Proof, Renewal, Renewed, StartSession, UserLookup, family,
};
use crate::error::{Error, Kind};
use crate::{LuciaUser, PasswordHash, Result, StoredKey, StoredSession, UnixMillis, UserId};

pub(super) fn stored_key((id, user_id, primary_key, hashed_password, expires): KeyRow) -> StoredKey {
    StoredKey {
        id,
        user_id,
        primary_key,
        hashed_password: hashed_password.map(PasswordHash::new),
        expires: expires.map(UnixMillis::from_millis),
    }
}

pub(super) fn stored_session(row: SessionRow) -> StoredSession {
    let (id, user_id, active_expires, idle_expires, created_at, absolute_expires, renewed_from) = row;
    StoredSession {
        id,
        user_id,
        active_expires: UnixMillis::from_millis(active_expires),
        idle_expires: UnixMillis::from_millis(idle_expires),
        created_at: created_at.map(UnixMillis::from_millis),
        absolute_expires: absolute_expires.map(UnixMillis::from_millis),
        renewed_from,
    }
}

fn text(hash: Option<&PasswordHash>) -> Option<&str> {
    hash.map(PasswordHash::expose)
}

pub(super) fn create_user<U, C>(conn: &mut C, new: &NewUser<U>) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    U::insert_user(conn, &new.user).map_err(user_taken::<U>)?;
    match &new.key {
        Some(key) => insert_key::<U, C>(conn, key),
        None => Ok(()),
    }
}

/// Holds the row of a user until the transaction ends; `false` when there is none.
fn lock_user<U, C>(conn: &mut C, id: &UserId) -> Result<bool>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    Ok(U::lock_user(conn, id.as_ref())? == 1)
}

/// The error for a user that could not be written: which unique value somebody has.
fn user_taken<U: LuciaUser>(error: DieselError) -> Error {
    match violation::<U>(&error) {
        Some(Violation::UserId) => Kind::UserIdTaken.into(),
        Some(Violation::Attributes(names)) => Kind::AttributesTaken(names).into(),
        _ => error.into(),
    }
}

pub(super) fn find_user<U, C>(conn: &mut C, by: &UserLookup) -> Result<Option<U>>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    // What was found is compared byte for byte: a collation may find what only looks the same.
    Ok(match by {
        UserLookup::Id(id) => U::user(conn, id.as_ref())?.filter(|user| user.id() == id),
        UserLookup::Key(id) => {
            U::user_by_key(conn, id)?.and_then(|(found, user)| (found == *id).then_some(user))
        }
        UserLookup::Unique { index, unique, values } => {
            U::user_by_unique(conn, *index, values)?.filter(|user| unique.are_of(user, values))
        }
    })
}

pub(super) fn update_user<U, C>(conn: &mut C, id: &UserId, changes: &U::Changes) -> Result<Option<U>>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    if U::update_user(conn, id.as_ref(), changes).map_err(user_taken::<U>)? == 0 {
        return Ok(None);
    }
    Ok(U::user(conn, id.as_ref())?.filter(|user| user.id() == id))
}

pub(super) fn remove_user<U, C>(conn: &mut C, id: &UserId) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    // Whoever adds a session or key for this user now waits, and then finds no user.
    lock_user::<U, C>(conn, id)?;
    U::delete_sessions_of(conn, id.as_ref())?;
    delete_user::<U, C>(conn, id)
}

pub(super) fn delete_user<U, C>(conn: &mut C, id: &UserId) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    U::delete_keys_of(conn, id.as_ref())?;
    match U::delete_user(conn, id.as_ref()) {
        Ok(_) => Ok(()),
        Err(error) => Err(match violation::<U>(&error) {
            Some(Violation::ForeignKey) => Kind::InUse(Some(Box::new(error))).into(),
            _ => error.into(),
        }),
    }
}

pub(super) fn create_key<U, C>(conn: &mut C, key: &StoredKey) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    if !lock_user::<U, C>(conn, &key.user_id)? {
        return Err(Kind::UnknownUser.into());
    }
    insert_key::<U, C>(conn, key)
}

fn insert_key<U, C>(conn: &mut C, key: &StoredKey) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    match U::insert_key(conn, key) {
        Ok(_) => Ok(()),
        Err(error) => Err(match violation::<U>(&error) {
            Some(Violation::Key) => Kind::KeyTaken.into(),
            Some(Violation::ForeignKey) => Kind::UnknownUser.into(),
            _ => error.into(),
        }),
    }
}

pub(super) fn find_key<U, C>(conn: &mut C, id: &str) -> Result<Option<StoredKey>>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    Ok(U::key(conn, id)?.map(stored_key).filter(|key| key.id == id))
}

pub(super) fn keys_of<U, C>(conn: &mut C, user_id: &UserId) -> Result<Option<Vec<StoredKey>>>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    let keys = U::keys_of(conn, user_id.as_ref())?;
    if keys.is_empty() && U::user(conn, user_id.as_ref())?.is_none() {
        return Ok(None);
    }
    Ok(Some(keys.into_iter().map(stored_key).filter(|key| key.user_id == *user_id).collect()))
}

pub(super) fn consume_key<U, C>(
    conn: &mut C,
    id: &str,
    password: Option<&PasswordHash>,
    now: UnixMillis,
) -> Result<Consumed>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    if U::consume_key(conn, id, text(password), now)? == 1 {
        return Ok(Consumed::Now);
    }
    match U::delete_expired_keys(conn, &[id.to_owned()], now)? {
        0 => Ok(Consumed::Gone),
        _ => Ok(Consumed::Expired),
    }
}

pub(super) fn replace_password<U, C>(
    conn: &mut C,
    id: &str,
    old: Option<&PasswordHash>,
    new: Option<&PasswordHash>,
) -> Result<bool>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    Ok(U::set_password(conn, id, text(old), text(new))? == 1)
}

pub(super) fn rename_key<U, C>(conn: &mut C, id: &str, new: &str) -> Result<bool>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    match U::rename_key(conn, id, new) {
        Ok(count) => Ok(count == 1),
        Err(error) => Err(match violation::<U>(&error) {
            Some(Violation::Key) => Kind::KeyTaken.into(),
            _ => error.into(),
        }),
    }
}

pub(super) fn delete_expired_keys<U, C>(
    conn: &mut C,
    user_id: Option<&UserId>,
    now: UnixMillis,
    limit: u32,
) -> Result<u32>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    // A statement that writes comes first, though it deletes nothing: in a transaction of the caller's, SQLite would refuse
    // to let a reader write when somebody else has written since it read.
    U::delete_expired_keys(conn, &[], now)?;
    let mut removed = 0;
    for ids in U::expired_keys(conn, user_id.map(UserId::as_ref), now, limit)?.chunks(AT_ONCE) {
        removed += U::delete_expired_keys(conn, ids, now)?;
    }
    Ok(count(removed))
}

pub(super) fn create_session<U, C>(conn: &mut C, session: &StoredSession) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    match U::insert_session(conn, session) {
        Ok(_) => Ok(()),
        Err(error) => Err(match violation::<U>(&error) {
            Some(Violation::Session) => Kind::SessionIdTaken.into(),
            Some(Violation::ForeignKey) => Kind::UnknownUser.into(),
            _ => error.into(),
        }),
    }
}

pub(super) fn find_session<U, C>(conn: &mut C, id: &str) -> Result<Option<StoredSession>>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    Ok(U::session(conn, id)?.map(stored_session).filter(|session| session.id == id))
}

pub(super) fn session_and_user<U, C>(conn: &mut C, id: &str) -> Result<Option<(StoredSession, U)>>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    let found = U::session_and_user(conn, id)?;
    let found: Option<(StoredSession, U)> = found.map(|(row, user)| (stored_session(row), user));
    Ok(found.filter(|(session, user)| session.id == id && session.user_id == *user.id()))
}

pub(super) fn sessions_of<U, C>(conn: &mut C, user_id: &UserId) -> Result<Vec<StoredSession>>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    let rows = U::sessions_of(conn, user_id.as_ref())?.into_iter().map(stored_session);
    Ok(rows.filter(|session| session.user_id == *user_id).collect())
}

pub(super) fn start_session<U, C>(conn: &mut C, start: &StartSession) -> Result<bool>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    let StartSession { session, proof, now } = start;
    let user_exists = lock_user::<U, C>(conn, &session.user_id)?;
    let holds = match proof {
        Proof::User if user_exists => true,
        Proof::User => return Err(Kind::UnknownUser.into()),
        Proof::Key { .. } if !user_exists => false,
        Proof::Key { id, hashed_password, single_use: true } => {
            U::consume_key(conn, id, text(hashed_password.as_ref()), *now)? == 1
        }
        Proof::Key { id, hashed_password, single_use: false } => {
            U::lock_key(conn, id, session.user_id.as_ref(), text(hashed_password.as_ref()))? == 1
        }
    };
    if holds {
        create_session::<U, C>(conn, session)?;
    }
    Ok(holds)
}

pub(super) fn renew_session<U, C>(conn: &mut C, renewal: &Renewal) -> Result<Renewed>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    let user_exists = lock_user::<U, C>(conn, &renewal.new.user_id)?;
    if !user_exists || U::lock_live_session(conn, &renewal.old, renewal.now)? == 0 {
        return Ok(Renewed::Gone);
    }
    if let Some(earlier) = U::renewed_session(conn, &renewal.old)?.map(stored_session) {
        let lost = earlier.is_unpresented() && earlier.active_expires < renewal.lost_before;
        if !lost {
            return Ok(Renewed::Before);
        }
        U::delete_sessions(conn, &[earlier.id])?;
    }
    create_session::<U, C>(conn, &renewal.new)?;
    Ok(Renewed::Now)
}

pub(super) fn present_session<U, C>(
    conn: &mut C,
    id: &str,
    user_id: &UserId,
    now: UnixMillis,
    old_ends: UnixMillis,
) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    lock_user::<U, C>(conn, user_id)?;
    if U::mark_presented(conn, id, now)? == 0 {
        return Ok(());
    }
    let Some(session) = U::session(conn, id)?.map(stored_session) else { return Ok(()) };
    let Some(old_id) = session.renewed_from else { return Ok(()) };
    if let Some(created_at) = U::session(conn, &old_id)?.and_then(|row| stored_session(row).created_at) {
        U::set_created_at(conn, id, created_at.as_millis())?;
    }
    U::end_session_by(conn, &old_id, old_ends)?;
    Ok(())
}

pub(super) fn delete_session<U, C>(conn: &mut C, id: &str) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    U::lock_user_of_session(conn, id)?;
    let Some(session) = find_session::<U, C>(conn, id)? else { return Ok(()) };
    let sessions = sessions_of::<U, C>(conn, &session.user_id)?;
    U::delete_sessions(conn, &family(&sessions, id))?;
    Ok(())
}

pub(super) fn delete_sessions_of<U, C>(conn: &mut C, user_id: &UserId, keep: Option<&str>) -> Result<()>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    lock_user::<U, C>(conn, user_id)?;
    let Some(keep) = keep else {
        U::delete_sessions_of(conn, user_id.as_ref())?;
        return Ok(());
    };
    let sessions = sessions_of::<U, C>(conn, user_id)?;
    let kept = family(&sessions, keep);
    let others: Vec<String> =
        sessions.into_iter().map(|session| session.id).filter(|id| !kept.contains(id)).collect();
    for ids in others.chunks(AT_ONCE) {
        U::delete_sessions(conn, ids)?;
    }
    Ok(())
}

pub(super) fn change_password<U, C>(conn: &mut C, change: &ChangePassword) -> Result<bool>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    lock_user::<U, C>(conn, &change.user_id)?;
    if !replace_password::<U, C>(conn, &change.key_id, change.old.as_ref(), change.new.as_ref())? {
        return Ok(false);
    }
    U::delete_sessions_of(conn, change.user_id.as_ref())?;
    if let Some(session) = &change.session {
        create_session::<U, C>(conn, session)?;
    }
    Ok(true)
}

pub(super) fn delete_dead_sessions<U, C>(
    conn: &mut C,
    user_id: Option<&UserId>,
    now: UnixMillis,
    limit: u32,
) -> Result<u32>
where
    C: LoadConnection,
    U: Queries<C::Backend>,
{
    U::delete_dead_sessions(conn, &[], now)?;
    let mut removed = 0;
    for ids in U::dead_sessions(conn, user_id.map(UserId::as_ref), now, limit)?.chunks(AT_ONCE) {
        removed += U::delete_dead_sessions(conn, ids, now)?;
    }
    Ok(count(removed))
}

/// How many ids go into one statement: SQLite takes 32,766 values, PostgreSQL and MySQL 65,535.
const AT_ONCE: usize = 1_000;

fn count(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX)
}
