//! The queries on keys.

#[doc(hidden)]
#[macro_export]
macro_rules! __key_queries {
    ($driver:tt; $keys:ident) => {
        $crate::__query! { $driver; fn insert_key(conn, key: &__lucia::StoredKey) -> usize {
            $crate::__run!($driver, execute(
                __diesel::insert_into($keys::table)
                    .values((
                        $keys::id.eq(&key.id),
                        $keys::user_id.eq(&key.user_id),
                        $keys::primary_key.eq(key.primary_key),
                        $keys::hashed_password.eq(__lucia::hash_text(&key.hashed_password)),
                        $keys::expires.eq(__lucia::millis(key.expires)),
                    )),
                conn
            ))
        } }

        $crate::__query! { $driver; fn key(conn, id: &str) -> Option<__lucia::KeyRow> {
            $crate::__run!($driver, get_result(
                $keys::table
                    .filter($keys::id.eq(id))
                    .select($crate::__key_columns!($keys)),
                conn
            )).optional()
        } }

        $crate::__query! { $driver; fn keys_of(conn, user_id: &str) -> Vec<__lucia::KeyRow> {
            $crate::__run!($driver, load(
                $keys::table
                    .filter($keys::user_id.eq(user_id))
                    .order($keys::id)
                    .select($crate::__key_columns!($keys)),
                conn
            ))
        } }

        $crate::__query! { $driver; fn lock_key(conn, id: &str, user_id: &str, password: Option<&str>) -> usize {
            let key = $keys::table
                .filter($keys::id.eq(id))
                .filter($keys::user_id.eq(user_id))
                .filter($keys::expires.is_null());
            match password {
                Some(hash) => $crate::__run!($driver, execute(
                    __diesel::update(key.filter(__lucia::Exact($keys::hashed_password).eq(hash)))
                        .set($keys::user_id.eq($keys::user_id)),
                    conn
                )),
                None => $crate::__run!($driver, execute(
                    __diesel::update(key.filter($keys::hashed_password.is_null()))
                        .set($keys::user_id.eq($keys::user_id)),
                    conn
                )),
            }
        } }

        $crate::__query! { $driver; fn consume_key(conn, id: &str, password: Option<&str>, now: __lucia::UnixMillis) -> usize {
            let key = $keys::table.filter($keys::id.eq(id)).filter($keys::expires.ge(now.as_millis()));
            match password {
                Some(hash) => $crate::__run!($driver, execute(
                    __diesel::delete(key.filter(__lucia::Exact($keys::hashed_password).eq(hash))),
                    conn
                )),
                None => $crate::__run!($driver, execute(__diesel::delete(key.filter($keys::hashed_password.is_null())), conn)),
            }
        } }

        $crate::__query! { $driver; fn set_password(conn, id: &str, old: Option<&str>, new: Option<&str>) -> usize {
            let key = $keys::table.filter($keys::id.eq(id));
            match old {
                Some(hash) => $crate::__run!($driver, execute(
                    __diesel::update(key.filter(__lucia::Exact($keys::hashed_password).eq(hash)))
                        .set($keys::hashed_password.eq(new)),
                    conn
                )),
                None => $crate::__run!($driver, execute(
                    __diesel::update(key.filter($keys::hashed_password.is_null()))
                        .set($keys::hashed_password.eq(new)),
                    conn
                )),
            }
        } }

        $crate::__query! { $driver; fn rename_key(conn, id: &str, new: &str) -> usize {
            $crate::__run!($driver, execute(
                __diesel::update($keys::table.filter($keys::id.eq(id))).set($keys::id.eq(new)),
                conn
            ))
        } }

        $crate::__query! { $driver; fn delete_secondary_key(conn, id: &str) -> usize {
            let key = $keys::table.filter($keys::id.eq(id)).filter($keys::primary_key.eq(false));
            $crate::__run!($driver, execute(__diesel::delete(key), conn))
        } }

        $crate::__query! { $driver; fn delete_keys_of(conn, user_id: &str) -> usize {
            $crate::__run!($driver, execute(__diesel::delete($keys::table.filter($keys::user_id.eq(user_id))), conn))
        } }

        $crate::__query! { $driver; fn expired_keys(conn, user_id: Option<&str>, now: __lucia::UnixMillis, limit: u32) -> Vec<String> {
            let expired = $keys::table
                .filter($keys::expires.lt(now.as_millis()))
                .select($keys::id)
                .limit(i64::from(limit));
            match user_id {
                Some(user_id) => $crate::__run!($driver, load(expired.filter($keys::user_id.eq(user_id)), conn)),
                None => $crate::__run!($driver, load(expired, conn)),
            }
        } }

        $crate::__query! { $driver; fn delete_expired_keys(conn, ids: &[String], now: __lucia::UnixMillis) -> usize {
            let expired =
                $keys::table.filter($keys::id.eq_any(ids)).filter($keys::expires.lt(now.as_millis()));
            $crate::__run!($driver, execute(__diesel::delete(expired), conn))
        } }
    };
}

/// The columns of a key in the order of `KeyRow`.
#[doc(hidden)]
#[macro_export]
macro_rules! __key_columns {
    ($keys:ident) => {
        ($keys::id, $keys::user_id, $keys::primary_key, $keys::hashed_password, $keys::expires)
    };
}
