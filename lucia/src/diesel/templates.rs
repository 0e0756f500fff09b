//! The Diesel code that the derive instantiates: once for each backend whose feature is on.
//!
//! Written as templates, since functions generic over the three table types would need nine bounds for one DELETE.
//! What reads like a table or a field here is a name that the derive passes in.

/// Expands `__queries!` for each backend whose feature is on.
#[doc(hidden)]
#[macro_export]
macro_rules! __for_each_backend {
    ($($user:tt)*) => {
        $crate::__for_sqlite! { $($user)* }
        $crate::__for_postgres! { $($user)* }
        $crate::__for_mysql! { $($user)* }
    };
}

#[cfg(feature = "sqlite")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_sqlite {
    ($($user:tt)*) => {
        $crate::__queries! { $crate::__private::diesel::sqlite::Sqlite; $($user)* }
    };
}

#[cfg(not(feature = "sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_sqlite {
    ($($user:tt)*) => {};
}

#[cfg(feature = "postgres")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_postgres {
    ($($user:tt)*) => {
        $crate::__queries! { $crate::__private::diesel::pg::Pg; $($user)* }
    };
}

#[cfg(not(feature = "postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_postgres {
    ($($user:tt)*) => {};
}

#[cfg(feature = "mysql")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_mysql {
    ($($user:tt)*) => {
        $crate::__queries! { $crate::__private::diesel::mysql::Mysql; $($user)* }
    };
}

#[cfg(not(feature = "mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_mysql {
    ($($user:tt)*) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __queries {
    ($backend:path; @inert $($user:tt)*) => {
        $crate::__inert_queries! { $backend; $($user)* }
    };
    (
        $backend:path;
        $user:ident, $changes:ident;
        $users:ident, $sessions:ident, $keys:ident;
        attributes { $($field:ident: $type:ty => $column:ident,)* }
        changeable { $($change:ident => $changed:ident,)* }
        unique { $($index:literal: $unique:ident => $lookup:ident,)* }
    ) => {
        const _: () = {
            use $crate::__private::diesel as __diesel;
            use $crate::__private::prelude::*;
            use $crate::__private as __lucia;

            impl __lucia::Selectable<$backend> for $user {
                type SelectExpression = <$users::table as __lucia::Table>::AllColumns;

                fn construct_selection() -> Self::SelectExpression {
                    $users::all_columns
                }
            }

            impl __lucia::Queryable<$users::SqlType, $backend> for $user {
                type Row = (__lucia::UserId, $(<$type as __lucia::AttributeType>::Row,)*);

                fn build((id, $($field,)*): Self::Row) -> __lucia::deserialize::Result<Self> {
                    Ok(Self { id, $($field: <$type as __lucia::AttributeType>::from_row($field),)* })
                }
            }

            impl __lucia::Queries<$backend> for $user {
                fn insert_user<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user: &Self,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::insert_into($users::table)
                        .values((
                            $users::id.eq(&user.id),
                            $($users::$column.eq(__lucia::AttributeType::bound(&user.$field)),)*
                        ))
                        .execute(conn)
                }

                fn user<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                ) -> __lucia::QueryResult<Option<Self>> {
                    $users::table
                        .filter($users::id.eq(id))
                        .select(<Self as __lucia::SelectableHelper<$backend>>::as_select())
                        .get_result(conn)
                        .optional()
                }

                fn user_by_key<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    key_id: &str,
                ) -> __lucia::QueryResult<Option<(String, Self)>> {
                    $keys::table
                        .inner_join($users::table)
                        .filter($keys::id.eq(key_id))
                        .select(($keys::id, <Self as __lucia::SelectableHelper<$backend>>::as_select()))
                        .get_result(conn)
                        .optional()
                }

                fn user_by_unique<C: __lucia::LoadConnection<Backend = $backend>>(
                    _conn: &mut C,
                    index: usize,
                    _value: &__lucia::Value,
                ) -> __lucia::QueryResult<Option<Self>> {
                    match index {
                        $($index => {
                            type Wanted = <$users::$lookup as __lucia::Unique<$user>>::Value;
                            let Some(wanted) = <Wanted as __lucia::AttributeType>::from_value(_value.clone())
                            else {
                                return Ok(None);
                            };
                            let user = $users::table
                                .filter($users::$lookup.eq(__lucia::AttributeType::bound(&wanted)))
                                .select(<Self as __lucia::SelectableHelper<$backend>>::as_select())
                                .get_result::<Self>(_conn)
                                .optional()?;
                            // A collation may find what differs in bytes.
                            Ok(user.filter(|user| {
                                __lucia::AttributeType::to_value(&user.$unique) == *_value
                            }))
                        })*
                        _ => Ok(None),
                    }
                }

                $crate::__update_user! { $backend; $users, $changes; $($change => $changed,)* }

                fn lock_user<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::update($users::table.filter($users::id.eq(id)))
                        .set($users::id.eq($users::id))
                        .execute(conn)
                }

                fn delete_user<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::delete($users::table.filter($users::id.eq(id))).execute(conn)
                }

                fn insert_key<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    key: &__lucia::StoredKey,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::insert_into($keys::table)
                        .values((
                            $keys::id.eq(&key.id),
                            $keys::user_id.eq(&key.user_id),
                            $keys::primary_key.eq(key.primary_key),
                            $keys::hashed_password.eq(__lucia::hash_text(&key.hashed_password)),
                            $keys::expires.eq(__lucia::millis(key.expires)),
                        ))
                        .execute(conn)
                }

                fn key<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                ) -> __lucia::QueryResult<Option<__lucia::KeyRow>> {
                    $keys::table
                        .filter($keys::id.eq(id))
                        .select((
                            $keys::id,
                            $keys::user_id,
                            $keys::primary_key,
                            $keys::hashed_password,
                            $keys::expires,
                        ))
                        .get_result(conn)
                        .optional()
                }

                fn keys_of<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user_id: &str,
                ) -> __lucia::QueryResult<Vec<__lucia::KeyRow>> {
                    $keys::table
                        .filter($keys::user_id.eq(user_id))
                        .order($keys::id)
                        .select((
                            $keys::id,
                            $keys::user_id,
                            $keys::primary_key,
                            $keys::hashed_password,
                            $keys::expires,
                        ))
                        .load(conn)
                }

                fn lock_key<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    user_id: &str,
                    password: Option<&str>,
                ) -> __lucia::QueryResult<usize> {
                    let key = $keys::table
                        .filter($keys::id.eq(id))
                        .filter($keys::user_id.eq(user_id))
                        .filter($keys::expires.is_null());
                    match password {
                        Some(hash) => __diesel::update(key.filter($keys::hashed_password.eq(hash)))
                            .set($keys::user_id.eq($keys::user_id))
                            .execute(conn),
                        None => __diesel::update(key.filter($keys::hashed_password.is_null()))
                            .set($keys::user_id.eq($keys::user_id))
                            .execute(conn),
                    }
                }

                fn consume_key<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    password: Option<&str>,
                    now: __lucia::UnixMillis,
                ) -> __lucia::QueryResult<usize> {
                    let key = $keys::table
                        .filter($keys::id.eq(id))
                        .filter($keys::expires.ge(now.as_millis()));
                    match password {
                        Some(hash) => {
                            __diesel::delete(key.filter($keys::hashed_password.eq(hash))).execute(conn)
                        }
                        None => {
                            __diesel::delete(key.filter($keys::hashed_password.is_null())).execute(conn)
                        }
                    }
                }

                fn set_password<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    old: Option<&str>,
                    new: Option<&str>,
                ) -> __lucia::QueryResult<usize> {
                    let key = $keys::table.filter($keys::id.eq(id));
                    match old {
                        Some(hash) => __diesel::update(key.filter($keys::hashed_password.eq(hash)))
                            .set($keys::hashed_password.eq(new))
                            .execute(conn),
                        None => __diesel::update(key.filter($keys::hashed_password.is_null()))
                            .set($keys::hashed_password.eq(new))
                            .execute(conn),
                    }
                }

                fn rename_key<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    new: &str,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::update($keys::table.filter($keys::id.eq(id)))
                        .set($keys::id.eq(new))
                        .execute(conn)
                }

                fn delete_secondary_key<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                ) -> __lucia::QueryResult<usize> {
                    let key = $keys::table.filter($keys::id.eq(id)).filter($keys::primary_key.eq(false));
                    __diesel::delete(key).execute(conn)
                }

                fn delete_keys_of<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user_id: &str,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::delete($keys::table.filter($keys::user_id.eq(user_id))).execute(conn)
                }

                fn expired_keys<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user_id: Option<&str>,
                    now: __lucia::UnixMillis,
                    limit: u32,
                ) -> __lucia::QueryResult<Vec<String>> {
                    let expired = $keys::table
                        .filter($keys::expires.lt(now.as_millis()))
                        .select($keys::id)
                        .limit(i64::from(limit));
                    match user_id {
                        Some(user_id) => expired.filter($keys::user_id.eq(user_id)).load(conn),
                        None => expired.load(conn),
                    }
                }

                fn delete_expired_keys<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    ids: &[String],
                    now: __lucia::UnixMillis,
                ) -> __lucia::QueryResult<usize> {
                    let expired = $keys::table
                        .filter($keys::id.eq_any(ids))
                        .filter($keys::expires.lt(now.as_millis()));
                    __diesel::delete(expired).execute(conn)
                }

                fn insert_session<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    session: &__lucia::StoredSession,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::insert_into($sessions::table)
                        .values((
                            $sessions::id.eq(&session.id),
                            $sessions::user_id.eq(&session.user_id),
                            $sessions::active_expires.eq(session.active_expires.as_millis()),
                            $sessions::idle_expires.eq(session.idle_expires.as_millis()),
                            $sessions::created_at.eq(__lucia::millis(session.created_at)),
                            $sessions::absolute_expires.eq(__lucia::millis(session.absolute_expires)),
                            $sessions::renewed_from.eq(session.renewed_from.as_deref()),
                        ))
                        .execute(conn)
                }

                fn session<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                ) -> __lucia::QueryResult<Option<__lucia::SessionRow>> {
                    $sessions::table
                        .filter($sessions::id.eq(id))
                        .select($crate::__session_columns!($sessions))
                        .get_result(conn)
                        .optional()
                }

                fn session_and_user<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                ) -> __lucia::QueryResult<Option<(__lucia::SessionRow, Self)>> {
                    $sessions::table
                        .inner_join($users::table)
                        .filter($sessions::id.eq(id))
                        .select((
                            $crate::__session_columns!($sessions),
                            <Self as __lucia::SelectableHelper<$backend>>::as_select(),
                        ))
                        .get_result(conn)
                        .optional()
                }

                fn sessions_of<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user_id: &str,
                ) -> __lucia::QueryResult<Vec<__lucia::SessionRow>> {
                    $sessions::table
                        .filter($sessions::user_id.eq(user_id))
                        .order($sessions::id)
                        .select($crate::__session_columns!($sessions))
                        .load(conn)
                }

                fn renewed_session<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    renewed_from: &str,
                ) -> __lucia::QueryResult<Option<__lucia::SessionRow>> {
                    $sessions::table
                        .filter($sessions::renewed_from.eq(renewed_from))
                        .select($crate::__session_columns!($sessions))
                        .get_result(conn)
                        .optional()
                }

                fn lock_live_session<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    now: __lucia::UnixMillis,
                ) -> __lucia::QueryResult<usize> {
                    let live = $sessions::table
                        .filter($sessions::id.eq(id))
                        .filter($sessions::idle_expires.ge(now.as_millis()));
                    __diesel::update(live)
                        .set($sessions::idle_expires.eq($sessions::idle_expires))
                        .execute(conn)
                }

                fn lock_sessions_of<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user_id: &str,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::update($sessions::table.filter($sessions::user_id.eq(user_id)))
                        .set($sessions::idle_expires.eq($sessions::idle_expires))
                        .execute(conn)
                }

                fn mark_presented<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    created_at: __lucia::UnixMillis,
                ) -> __lucia::QueryResult<usize> {
                    let unpresented = $sessions::table
                        .filter($sessions::id.eq(id))
                        .filter($sessions::created_at.is_null());
                    __diesel::update(unpresented)
                        .set($sessions::created_at.eq(created_at.as_millis()))
                        .execute(conn)
                }

                fn set_created_at<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    created_at: i64,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::update($sessions::table.filter($sessions::id.eq(id)))
                        .set($sessions::created_at.eq(created_at))
                        .execute(conn)
                }

                fn end_session_by<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    id: &str,
                    ends: __lucia::UnixMillis,
                ) -> __lucia::QueryResult<usize> {
                    let longer = $sessions::table
                        .filter($sessions::id.eq(id))
                        .filter($sessions::idle_expires.gt(ends.as_millis()));
                    __diesel::update(longer)
                        .set($sessions::idle_expires.eq(ends.as_millis()))
                        .execute(conn)
                }

                fn delete_sessions<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    ids: &[String],
                ) -> __lucia::QueryResult<usize> {
                    __diesel::delete($sessions::table.filter($sessions::id.eq_any(ids))).execute(conn)
                }

                fn delete_sessions_of<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user_id: &str,
                ) -> __lucia::QueryResult<usize> {
                    __diesel::delete($sessions::table.filter($sessions::user_id.eq(user_id))).execute(conn)
                }

                fn dead_sessions<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    user_id: Option<&str>,
                    now: __lucia::UnixMillis,
                    limit: u32,
                ) -> __lucia::QueryResult<Vec<String>> {
                    let dead = $sessions::table
                        .filter($sessions::idle_expires.lt(now.as_millis()))
                        .select($sessions::id)
                        .limit(i64::from(limit));
                    match user_id {
                        Some(user_id) => dead.filter($sessions::user_id.eq(user_id)).load(conn),
                        None => dead.load(conn),
                    }
                }

                fn delete_dead_sessions<C: __lucia::LoadConnection<Backend = $backend>>(
                    conn: &mut C,
                    ids: &[String],
                    now: __lucia::UnixMillis,
                ) -> __lucia::QueryResult<usize> {
                    let dead = $sessions::table
                        .filter($sessions::id.eq_any(ids))
                        .filter($sessions::idle_expires.lt(now.as_millis()));
                    __diesel::delete(dead).execute(conn)
                }
            }
        };
    };
}

/// The columns of a session in the order of `SessionRow`.
#[doc(hidden)]
#[macro_export]
macro_rules! __session_columns {
    ($sessions:ident) => {
        (
            $sessions::id,
            $sessions::user_id,
            $sessions::active_expires,
            $sessions::idle_expires,
            $sessions::created_at,
            $sessions::absolute_expires,
            $sessions::renewed_from,
        )
    };
}

/// `Queries::update_user`; without an attribute that may change there is nothing to set.
#[doc(hidden)]
#[macro_export]
macro_rules! __update_user {
    ($backend:path; $users:ident, $changes:ident;) => {
        fn update_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            _: &$changes,
        ) -> __lucia::QueryResult<usize> {
            <Self as __lucia::Queries<$backend>>::lock_user(conn, id)
        }
    };
    ($backend:path; $users:ident, $changes:ident; $($change:ident => $changed:ident,)+) => {
        fn update_user<C: __lucia::LoadConnection<Backend = $backend>>(
            conn: &mut C,
            id: &str,
            changes: &$changes,
        ) -> __lucia::QueryResult<usize> {
            __diesel::update($users::table.filter($users::id.eq(id)))
                .set(($(changes.$change.as_ref().map(|value| {
                    $users::$changed.eq(__lucia::AttributeType::bound(value))
                }),)+))
                .execute(conn)
        }
    };
}

/// The same impls for a struct with mistakes: what is written about it compiles, and nothing of it ever runs.
#[doc(hidden)]
#[macro_export]
macro_rules! __inert_queries {
    ($backend:path; $user:ident, $changes:ident; $users:ident; rows { $($row:ty,)* }) => {
        const _: () = {
            use $crate::__private::prelude::*;
            use $crate::__private as __lucia;

            impl __lucia::Selectable<$backend> for $user {
                type SelectExpression = <$users::table as __lucia::Table>::AllColumns;

                fn construct_selection() -> Self::SelectExpression {
                    $users::all_columns
                }
            }

            impl __lucia::Queryable<$users::SqlType, $backend> for $user {
                type Row = (__lucia::UserId, $(<$row as __lucia::AttributeType>::Row,)*);

                fn build(_: Self::Row) -> __lucia::deserialize::Result<Self> {
                    Err("the struct has mistakes".into())
                }
            }

            impl __lucia::Queries<$backend> for $user {
                $crate::__inert! { $backend;
                    insert_user(&Self) -> usize;
                    user(&str) -> Option<Self>;
                    user_by_key(&str) -> Option<(String, Self)>;
                    user_by_unique(usize, &__lucia::Value) -> Option<Self>;
                    update_user(&str, &$changes) -> usize;
                    lock_user(&str) -> usize;
                    delete_user(&str) -> usize;
                    insert_key(&__lucia::StoredKey) -> usize;
                    key(&str) -> Option<__lucia::KeyRow>;
                    keys_of(&str) -> Vec<__lucia::KeyRow>;
                    lock_key(&str, &str, Option<&str>) -> usize;
                    consume_key(&str, Option<&str>, __lucia::UnixMillis) -> usize;
                    set_password(&str, Option<&str>, Option<&str>) -> usize;
                    rename_key(&str, &str) -> usize;
                    delete_secondary_key(&str) -> usize;
                    delete_keys_of(&str) -> usize;
                    expired_keys(Option<&str>, __lucia::UnixMillis, u32) -> Vec<String>;
                    delete_expired_keys(&[String], __lucia::UnixMillis) -> usize;
                    insert_session(&__lucia::StoredSession) -> usize;
                    session(&str) -> Option<__lucia::SessionRow>;
                    session_and_user(&str) -> Option<(__lucia::SessionRow, Self)>;
                    sessions_of(&str) -> Vec<__lucia::SessionRow>;
                    renewed_session(&str) -> Option<__lucia::SessionRow>;
                    lock_live_session(&str, __lucia::UnixMillis) -> usize;
                    lock_sessions_of(&str) -> usize;
                    mark_presented(&str, __lucia::UnixMillis) -> usize;
                    set_created_at(&str, i64) -> usize;
                    end_session_by(&str, __lucia::UnixMillis) -> usize;
                    delete_sessions(&[String]) -> usize;
                    delete_sessions_of(&str) -> usize;
                    dead_sessions(Option<&str>, __lucia::UnixMillis, u32) -> Vec<String>;
                    delete_dead_sessions(&[String], __lucia::UnixMillis) -> usize;
                }
            }
        };
    };
}

/// Queries that find nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __inert {
    ($backend:path; $($name:ident($($arg:ty),*) -> $output:ty;)*) => {$(
        fn $name<C: __lucia::LoadConnection<Backend = $backend>>(
            _: &mut C,
            $(_: $arg),*
        ) -> __lucia::QueryResult<$output> {
            Err(__lucia::diesel::result::Error::NotFound)
        }
    )*};
}
