//! Attributes of every type on PostgreSQL and MariaDB, by every driver: what goes in comes back, and is what comes back from SQLite.

use std::collections::BTreeMap;

use lucia::diesel::{AsyncPooled, Pooled};
use lucia::{Auth, Builder, Clock, LuciaUser};
use lucia_schema::Dialect;
use lucia_server_tests::Database;
use lucia_tests::everything::{
    EVERYTHING, Everything, EverythingAttributes, Settings, changes, everything, plain,
};
use lucia_tests::{TestClock, block_on, cheap_hasher, schema_sql_for};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

const CASES: usize = 100;

fn postgres() -> Database {
    Database::empty_postgres().with(&schema_sql_for(EVERYTHING, Dialect::Postgres))
}

fn mariadb() -> Database {
    Database::empty_mariadb().with(&schema_sql_for(EVERYTHING, Dialect::Mysql))
}

/// Any values, and then the ends of what each number can be.
fn pairs() -> Vec<(EverythingAttributes, EverythingAttributes)> {
    let (mut runner, both) = (TestRunner::default(), (everything(), everything()));
    let mut pairs: Vec<_> = (0..CASES).map(|_| both.new_tree(&mut runner).unwrap().current()).collect();
    let least = EverythingAttributes {
        small: i16::MIN,
        medium: i32::MIN,
        large: i64::MIN,
        single: f32::MIN,
        double: f64::MIN,
        maybe_single: Some(f32::MIN_POSITIVE),
        maybe_double: Some(f64::MIN_POSITIVE),
        ..plain()
    };
    let most = EverythingAttributes {
        small: i16::MAX,
        medium: i32::MAX,
        large: i64::MAX,
        single: f32::MAX,
        double: f64::MAX,
        settings: Settings { theme: "\0".to_owned(), sizes: vec![f64::MAX, -0.0], seen: BTreeMap::new() },
        ..plain()
    };
    pairs.push((least, most));
    pairs
}

async fn every_value_comes_back(auth: Auth<Everything>, clock: TestClock) {
    for (first, second) in pairs() {
        let created = auth.create_user(None, first.clone()).await;
        let user = created.unwrap_or_else(|error| panic!("{error:?}: {first:?}"));
        // As any store would keep it, and so as the other databases do.
        assert_eq!(Everything::create(user.id.clone(), first, clock.now()).unwrap(), user);
        assert_eq!(auth.user(&user.id).await.unwrap(), user);
        let changed = auth.update_user(&user.id, changes(second.clone())).await.unwrap();
        assert_eq!(user.change(changes(second)).unwrap(), changed);
        assert_eq!(auth.user(&changed.id).await.unwrap(), changed);
        auth.delete_user(&changed.id).await.unwrap();
    }
}

/// What every driver is asked.
macro_rules! asked {
    ($pool:expr) => {{
        let clock = TestClock::default();
        let builder = Builder::new($pool).clock(clock.clone()).password_hasher(cheap_hasher());
        every_value_comes_back(builder.development().unwrap(), clock).await;
    }};
}

#[test]
fn come_back_from_postgres() {
    let database = postgres();
    block_on(async { asked!(Pooled::postgres(&database.url()).unwrap()) });
}

#[test]
fn come_back_from_postgres_by_diesel_async() {
    let database = postgres();
    block_on(async { asked!(AsyncPooled::postgres(&database.async_url()).await.unwrap()) });
}

#[test]
fn come_back_from_mariadb() {
    let database = mariadb();
    block_on(async { asked!(Pooled::mysql(&database.url()).unwrap()) });
}

#[test]
fn come_back_from_mariadb_by_diesel_async() {
    let database = mariadb();
    block_on(async { asked!(AsyncPooled::mysql(&database.async_url()).await.unwrap()) });
}
