//! The queries on keys.

#[doc(hidden)]
#[macro_export]
macro_rules! __key_queries {
    ($backend:path; $keys:ident) => {
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
                .select($crate::__key_columns!($keys))
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
                .select($crate::__key_columns!($keys))
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
            let key = $keys::table.filter($keys::id.eq(id)).filter($keys::expires.ge(now.as_millis()));
            match password {
                Some(hash) => __diesel::delete(key.filter($keys::hashed_password.eq(hash))).execute(conn),
                None => __diesel::delete(key.filter($keys::hashed_password.is_null())).execute(conn),
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
            __diesel::update($keys::table.filter($keys::id.eq(id))).set($keys::id.eq(new)).execute(conn)
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
            let expired =
                $keys::table.filter($keys::id.eq_any(ids)).filter($keys::expires.lt(now.as_millis()));
            __diesel::delete(expired).execute(conn)
        }
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
