//! What takes the place of the queries when the struct has mistakes.

/// The same impls for a struct with mistakes: what is written about it compiles, and nothing of it ever runs.
#[doc(hidden)]
#[macro_export]
macro_rules! __inert_queries {
    ($backend:path; $user:ident, $changes:ident;) => {
        $crate::__inert_queries_of! { (blocking $backend); $user, $changes }
    };
}

/// The same on connections of `diesel-async`.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __inert_queries_on {
    ($connection:path; $user:ident, $changes:ident;) => {
        $crate::__inert_queries_of! { (async $connection); $user, $changes }
    };
}

/// All queries of one driver.
#[doc(hidden)]
#[macro_export]
macro_rules! __inert_queries_of {
    ($driver:tt; $user:ident, $changes:ident) => {
        const _: () = {
            use $crate::__private as __lucia;
            use $crate::__private::prelude::*;

            $crate::__queries_of! { $driver Queries, QueriesOn; $user {
                $crate::__inert! { $driver;
                    insert_user(_user: &Self) -> usize;
                    user(_id: &str) -> Option<Self>;
                    user_by_key(_id: &str) -> Option<(String, Self)>;
                    user_by_unique(_index: usize, _values: &[__lucia::Value]) -> Option<Self>;
                    update_user(_id: &str, _changes: &$changes) -> usize;
                    lock_user(_id: &str) -> usize;
                    delete_user(_id: &str) -> usize;
                    insert_key(_key: &__lucia::StoredKey) -> usize;
                    key(_id: &str) -> Option<__lucia::KeyRow>;
                    keys_of(_id: &str) -> Vec<__lucia::KeyRow>;
                    lock_key(_id: &str, _id2: &str, _of: Option<&str>) -> usize;
                    consume_key(_id: &str, _of: Option<&str>, _now: __lucia::UnixMillis) -> usize;
                    set_password(_id: &str, _of: Option<&str>, _of2: Option<&str>) -> usize;
                    rename_key(_id: &str, _id2: &str) -> usize;
                    delete_secondary_key(_id: &str) -> usize;
                    delete_keys_of(_id: &str) -> usize;
                    expired_keys(_of: Option<&str>, _now: __lucia::UnixMillis, _limit: u32) -> Vec<String>;
                    delete_expired_keys(_ids: &[String], _now: __lucia::UnixMillis) -> usize;
                    session_and_user(_id: &str) -> Option<(__lucia::SessionRow, Self)>;
                    lock_user_of_session(_id: &str) -> usize;
                }
            } }
            $crate::__queries_of! { $driver SessionQueries, SessionQueriesOn; $user {
                $crate::__inert! { $driver;
                    insert_session(_session: &__lucia::StoredSession) -> usize;
                    session(_id: &str) -> Option<__lucia::SessionRow>;
                    sessions_of(_id: &str) -> Vec<__lucia::SessionRow>;
                    renewed_session(_id: &str) -> Option<__lucia::SessionRow>;
                    lock_live_session(_id: &str, _now: __lucia::UnixMillis) -> usize;
                    mark_presented(_id: &str, _now: __lucia::UnixMillis) -> usize;
                    set_created_at(_id: &str, _at: i64) -> usize;
                    end_session_by(_id: &str, _now: __lucia::UnixMillis) -> usize;
                    delete_unpresented_session(_id: &str) -> usize;
                    delete_sessions(_ids: &[String]) -> usize;
                    delete_sessions_of(_id: &str) -> usize;
                    dead_sessions(_of: Option<&str>, _now: __lucia::UnixMillis, _limit: u32) -> Vec<String>;
                    delete_dead_sessions(_ids: &[String], _now: __lucia::UnixMillis) -> usize;
                }
            } }
        };
    };
}

/// Queries that find nothing.
#[doc(hidden)]
#[macro_export]
macro_rules! __inert {
    ($driver:tt; $($name:ident($($arg:ident: $type:ty),*) -> $output:ty;)*) => {$(
        $crate::__query! { $driver; fn $name(_conn, $($arg: $type),*) -> $output {
            Err(__lucia::diesel::result::Error::NotFound)
        } }
    )*};
}
