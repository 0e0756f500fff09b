//! The Diesel code that the derive instantiates: once for each backend whose feature is on.
//!
//! Written as templates, since functions generic over the three table types would need nine bounds for one DELETE.
//! What reads like a table or a field here is a name that the derive passes in.

mod inert;
mod keys;
mod rows;
mod sessions;
mod tables;
mod users;

/// Expands `__queries!` for each backend whose feature is on; the derive names some of them when a field says so. For the
/// library's own table of sessions, `@apart TYPE, SESSIONS, OWNERS`, the queries on that alone and on the one beside it.
#[doc(hidden)]
#[macro_export]
macro_rules! __for_each_backend {
    ($($user:tt)*) => {
        $crate::__for_sqlite! { $($user)* }
        $crate::__for_postgres! { $($user)* }
        $crate::__for_mysql! { $($user)* }
    };
}

/// Expands to the first of two when tables of more than 32 columns can be had, else to the second.
#[cfg(feature = "64-column-tables")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_wide_tables {
    ({ $($code:tt)* } { $($otherwise:tt)* }) => { $($code)* };
}

#[cfg(not(feature = "64-column-tables"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_wide_tables {
    ({ $($code:tt)* } { $($otherwise:tt)* }) => { $($otherwise)* };
}

/// What is known about the tables of a user at run time: that of users as text, and the rest by itself.
#[cfg(feature = "audit")]
#[doc(hidden)]
#[macro_export]
macro_rules! __audited {
    ($user:ident, $users:literal) => {
        #[automatically_derived]
        impl $crate::audit::Audited for $user {
            fn schema() -> $crate::Result<$crate::__private::Schema> {
                $crate::__private::schema::<$user>($users)
            }
        }
    };
}

#[cfg(not(feature = "audit"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __audited {
    ($($user:tt)*) => {};
}

#[cfg(feature = "sqlite")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_sqlite {
    ($($user:tt)*) => {
        $crate::__backend! { $crate::__private::diesel::sqlite::Sqlite; $($user)* }
    };
}

#[cfg(not(feature = "sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_sqlite {
    ($($user:tt)*) => {};
}

#[cfg(feature = "postgres-backend")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_postgres {
    ($($user:tt)*) => {
        $crate::__backend! { $crate::__private::diesel::pg::Pg; $($user)* }
        $crate::__for_async_postgres! { $($user)* }
    };
}

#[cfg(not(feature = "postgres-backend"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_postgres {
    ($($user:tt)*) => {};
}

#[cfg(feature = "mysql-backend")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_mysql {
    ($($user:tt)*) => {
        $crate::__backend! { $crate::__private::diesel::mysql::Mysql; $($user)* }
        $crate::__for_async_mysql! { $($user)* }
    };
}

#[cfg(not(feature = "mysql-backend"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_mysql {
    ($($user:tt)*) => {};
}

#[cfg(feature = "postgres-async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_async_postgres {
    ($($user:tt)*) => {
        $crate::__awaited! {
            $crate::__private::diesel_async::AsyncPgConnection; $($user)*
        }
    };
}

#[cfg(all(feature = "postgres-backend", not(feature = "postgres-async")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_async_postgres {
    ($($user:tt)*) => {};
}

#[cfg(feature = "mysql-async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_async_mysql {
    ($($user:tt)*) => {
        $crate::__awaited! {
            $crate::__private::diesel_async::AsyncMysqlConnection; $($user)*
        }
    };
}

#[cfg(all(feature = "mysql-backend", not(feature = "mysql-async")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __for_async_mysql {
    ($($user:tt)*) => {};
}

/// What a backend needs to know about a user struct: how values of its own types are read and written, and the queries on
/// Diesel's own connections.
#[doc(hidden)]
#[macro_export]
macro_rules! __backend {
    ($backend:path; @inert $($user:tt)*) => {
        $crate::__inert_queries! { $backend; $($user)* }
    };
    ($backend:path; @apart $($apart:tt)*) => {
        $crate::__queries_apart! { (blocking $backend); $($apart)* }
    };
    (
        $backend:path;
        $user:ident, $changes:ident;
        $users:ident, $sessions:ident, $keys:ident;
        id $id:ident;
        attributes { $($attributes:tt)* }
        changeable { $($changeable:tt)* }
        unique { $($unique:tt)* }
        native { $($native:ident: $value:ty,)* }
    ) => {
        // Here and not below, where the app's type would be looked for among other names.
        $(impl $crate::__private::NativeOn<$backend> for $native {
            fn codec() -> $crate::__private::NativeCodec<$backend> {
                <$value as $crate::check::OfSqlType<
                    <$native as $crate::__private::NativeColumn>::SqlType,
                    $backend,
                >>::CODEC
            }
        })*

        $crate::__queries! {
            (blocking $backend);
            $user, $changes;
            $users, $sessions, $keys;
            id $id;
            attributes { $($attributes)* }
            changeable { $($changeable)* }
            unique { $($unique)* }
        }
    };
}

/// The queries on connections of `diesel-async`.
#[cfg(feature = "async")]
#[doc(hidden)]
#[macro_export]
macro_rules! __awaited {
    ($connection:path; @inert $($user:tt)*) => {
        $crate::__inert_queries_on! { $connection; $($user)* }
    };
    ($connection:path; @apart $($apart:tt)*) => {
        $crate::__queries_apart! { (async $connection); $($apart)* }
    };
    (
        $connection:path;
        $user:ident, $changes:ident;
        $users:ident, $sessions:ident, $keys:ident;
        id $id:ident;
        attributes { $($attributes:tt)* }
        changeable { $($changeable:tt)* }
        unique { $($unique:tt)* }
        native { $($native:tt)* }
    ) => {
        $crate::__queries! {
            (async $connection);
            $user, $changes;
            $users, $sessions, $keys;
            id $id;
            attributes { $($attributes)* }
            changeable { $($changeable)* }
            unique { $($unique)* }
        }
    };
}

/// All queries, for one driver: `(blocking BACKEND)` or `(async CONNECTION)`.
#[doc(hidden)]
#[macro_export]
macro_rules! __queries {
    (
        $driver:tt;
        $user:ident, $changes:ident;
        $users:ident, $sessions:ident, $keys:ident;
        id $id:ident;
        attributes { $($field:ident => $column:ident,)* }
        changeable { $($changeable:tt)* }
        unique { $($unique:tt)* }
    ) => {
        const _: () = {
            use $crate::__private::diesel as __diesel;
            use $crate::__private::prelude::*;
            use $crate::__private as __lucia;

            $(#[allow(dead_code, reason = "only its name is needed")] fn $field() {})*

            $crate::__queries_of! { $driver Queries, QueriesOn; $user {
                $crate::__user_queries! {
                    $driver;
                    $user, $changes;
                    $users, $keys;
                    id $id;
                    attributes { $($field => $column,)* }
                    changeable { $($changeable)* }
                    unique { $($unique)* }
                }
                $crate::__key_queries! { $driver; $keys }
                $crate::__session_and_user_queries! { $driver; $users, $sessions }
            } }
        };
        $crate::__queries_of_sessions! { $driver; $user, $sessions }
    };
}

/// The queries on a table of sessions, for one driver.
#[doc(hidden)]
#[macro_export]
macro_rules! __queries_of_sessions {
    ($driver:tt; $of:ident, $sessions:ident) => {
        const _: () = {
            use $crate::__private as __lucia;
            use $crate::__private::diesel as __diesel;
            use $crate::__private::prelude::*;

            $crate::__queries_of! { $driver SessionQueries, SessionQueriesOn; $of {
                $crate::__session_queries! { $driver; $sessions }
            } }
        };
    };
}

/// The queries on sessions that have a database of their own, for one driver.
#[doc(hidden)]
#[macro_export]
macro_rules! __queries_apart {
    ($driver:tt; $of:ident, $sessions:ident, $owners:ident) => {
        $crate::__queries_of_sessions! { $driver; $of, $sessions }
        const _: () = {
            use $crate::__private as __lucia;
            use $crate::__private::diesel as __diesel;
            use $crate::__private::prelude::*;

            $crate::__queries_of! { $driver ApartQueries, ApartQueriesOn; $of {
                $crate::__apart_queries! { $driver; $owners }
            } }
        };
    };
}

/// The trait that has the queries of a driver: the first of two for a backend, the second for a connection.
#[doc(hidden)]
#[macro_export]
macro_rules! __queries_of {
    ((blocking $backend:path) $queries:ident, $queries_on:ident; $user:ident { $($body:tt)* }) => {
        impl __lucia::$queries<$backend> for $user { $($body)* }
    };
    ((async $connection:path) $queries:ident, $queries_on:ident; $user:ident { $($body:tt)* }) => {
        impl __lucia::$queries_on<__lucia::Async<$connection>> for $user { $($body)* }
    };
}

/// One query, as a method of that trait.
#[doc(hidden)]
#[macro_export]
macro_rules! __query {
    (
        (blocking $backend:path);
        fn $name:ident($conn:ident, $($arg:ident: $type:ty),*) -> $output:ty $body:block
    ) => {
        fn $name<C: __lucia::LoadConnection<Backend = $backend>>(
            $conn: &mut C,
            $($arg: $type),*
        ) -> __lucia::QueryResult<$output> $body
    };
    (
        (async $connection:path);
        fn $name:ident($conn:ident, $($arg:ident: $type:ty),*) -> $output:ty $body:block
    ) => {
        async fn $name($conn: &mut $connection, $($arg: $type),*) -> __lucia::QueryResult<$output> $body
    };
}

/// Runs a query, by a function of the driver's `RunQueryDsl`. Not by its method: an app has Diesel's trait in scope, whose methods
/// have the same names.
#[doc(hidden)]
#[macro_export]
macro_rules! __run {
    ((blocking $backend:path), $run:ident($query:expr, $conn:ident)) => {
        __diesel::RunQueryDsl::$run($query, $conn)
    };
    ((async $connection:path), $run:ident($query:expr, $conn:ident)) => {
        __lucia::diesel_async::RunQueryDsl::$run($query, $conn).await
    };
}
