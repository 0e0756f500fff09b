//! Every rule of the contract, on each database of a server by each driver.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

mod apart;
mod deadpool_diesel;
mod diesel_async;
mod isolation;
mod r2d2;
mod redis;
#[path = "../../conformance/user.rs"]
mod user;

/// What a setup says about the users, which are the same for all.
macro_rules! users {
    () => {
        fn user(id: lucia::UserId, n: u32) -> crate::user::User {
            crate::user::user(id, n)
        }

        fn changes(n: u32) -> <crate::user::User as lucia::LuciaUser>::Changes {
            crate::user::changes(n)
        }
    };
}
pub(crate) use users;

/// An empty database with the tables of these users.
pub(crate) fn postgres() -> lucia_server_tests::Database {
    let tables = lucia_tests::schema_sql_for(user::SOURCE, lucia_schema::Dialect::Postgres);
    lucia_server_tests::Database::emptied_postgres(&tables)
}

/// The same on MariaDB.
pub(crate) fn mariadb() -> lucia_server_tests::Database {
    let tables = lucia_tests::schema_sql_for(user::SOURCE, lucia_schema::Dialect::Mysql);
    lucia_server_tests::Database::emptied_mariadb(&tables)
}

/// The same in a file of SQLite.
pub(crate) fn sqlite() -> lucia_tests::Database {
    lucia_tests::Database::with_schema(&lucia_tests::schema_sql(user::SOURCE))
}
