//! Lucia v1 itself, the npm package with its official adapters, and this library on one database at the same time.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::allow_attributes,
    reason = "a test that cannot go on should stop"
)]

/// Tests of both on one database, on each of the three.
macro_rules! on_each_database {
    ($(async fn $name:ident($both:ident: &Both) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports, reason = "what every test of the file may need")]
            use super::*;

            async fn test($both: &Both) $body

            #[test]
            fn on_sqlite() {
                Both::on_sqlite(&test);
            }

            #[test]
            fn on_postgres() {
                Both::on_postgres(&test);
            }

            #[test]
            fn on_mariadb() {
                Both::on_mariadb(&test);
            }
        }
    )*};
}

mod both;
mod both_at_once;
mod keys;
mod member;
mod neighbour;
mod passwords;
mod sessions;
mod users;
