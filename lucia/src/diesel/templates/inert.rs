//! What takes the place of the queries when the struct has mistakes.

/// The same impls for a struct with mistakes: what is written about it compiles, and nothing of it ever runs.
#[doc(hidden)]
#[macro_export]
macro_rules! __inert_queries {
    ($backend:path; $user:ident, $changes:ident; $users:ident; columns { $($column:ident,)* }) => {
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
                type Row = (__lucia::UserId, $($crate::__unread!($column),)*);

                fn build(_: Self::Row) -> __lucia::deserialize::Result<Self> {
                    Err("the struct has mistakes".into())
                }
            }

            impl __lucia::Queries<$backend> for $user {
                $crate::__inert! { $backend;
                    insert_user(&Self) -> usize;
                    user(&str) -> Option<Self>;
                    user_by_key(&str) -> Option<(String, Self)>;
                    user_by_unique(usize, &[__lucia::Value]) -> Option<Self>;
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
                    lock_user_of_session(&str) -> usize;
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

/// What is read of any column.
#[doc(hidden)]
#[macro_export]
macro_rules! __unread {
    ($column:ident) => {
        __lucia::Unread
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
