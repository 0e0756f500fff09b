//! What Diesel's command line leaves when it is killed between a migration that is a transaction of its own and its entry.

use lucia_migration_tests::database::Database as _;
use lucia_migration_tests::guide;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_schema::{Dialect, Rename};

use crate::diesel_history::{EMAIL, History, LOGINS, MOTTO, NOTES, PROFILE, USERS, versions};
use crate::schema;

/// Diesel makes two steps of what does not run in its transaction, and was killed between the two.
fn half_applied() -> History {
    let mut history = History::new();
    history.diesel(&["run"]).unwrap();
    history.seed();
    history.add_later();
    history.diesel(&["run"]).unwrap();
    history.diesel(&["revert"]).unwrap();
    let [version] = <[String; 1]>::try_from(versions(&[LOGINS])).unwrap();
    let delete = format!("DELETE FROM __diesel_schema_migrations WHERE version = '{version}'");
    history.database.execute(&delete).unwrap();
    assert_eq!(history.entered(), versions(&[USERS, PROFILE, EMAIL, MOTTO]));
    history
}

/// The statements of the guide that enter a version and remove it, for the rebuild.
fn entries() -> [String; 2] {
    let [version] = <[String; 1]>::try_from(versions(&[LOGINS])).unwrap();
    guide::examples("Killed half-way", "sql").map(|statement: String| {
        let ours = statement.replace("20260101000000", &version);
        assert_ne!(ours, statement, "the guide has another version");
        ours
    })
}

#[test]
fn after_half_of_a_rebuild_the_next_run_fails_and_changes_nothing_until_the_version_is_entered() {
    let mut history = half_applied();
    let before = (history.rows(), history.tables(), history.entered());
    for _ in 0..2 {
        let error = history.diesel(&["run"]).unwrap_err();
        assert!(
            error.contains(LOGINS) && error.contains("auth_user is already as this leaves it"),
            "{error}"
        );
        assert_eq!((history.rows(), history.tables(), history.entered()), before);
    }
    let [enter, _] = entries();
    history.database.execute(&enter).unwrap();
    let said = history.diesel(&["run"]).unwrap();
    assert_eq!(said.trim(), format!("Running migration {NOTES}"));
    assert_eq!(history.rows(), before.0);
    assert_eq!(history.tables(), History::at_the_end().tables());
}

/// Diesel was killed after the way back and before the entry was removed.
#[test]
fn after_half_of_a_revert_the_next_one_fails_and_changes_nothing_until_the_version_is_removed() {
    let mut history = half_applied();
    let [enter, remove] = entries();
    history.database.execute(&enter).unwrap();
    history.diesel(&["revert"]).unwrap();
    history.database.execute(&enter).unwrap();
    let before = (history.rows(), history.tables(), history.entered());
    for _ in 0..2 {
        let error = history.diesel(&["revert"]).unwrap_err();
        assert!(
            error.contains(LOGINS) && error.contains("auth_user is already as this leaves it"),
            "{error}"
        );
        assert_eq!((history.rows(), history.tables(), history.entered()), before);
    }
    history.database.execute(&remove).unwrap();
    history.diesel(&["run"]).unwrap();
    assert_eq!(history.rows(), before.0);
    assert_eq!(history.tables(), History::at_the_end().tables());
}

/// Whatever has run outside of Diesel's transaction and is not entered runs once more, and so does the way back.
#[test]
fn a_migration_that_is_its_own_transaction_fails_the_second_time_and_changes_nothing() {
    let mut framed = 0;
    let mut wrong = Vec::new();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    for case in lucia_migration_tests::cases() {
        if case.dialects.contains(&Dialect::Sqlite) {
            match Walk::from(&case).happens_once(&mut database) {
                Ok(is_framed) => framed += usize::from(is_framed),
                Err(error) => wrong.push(format!("{}: {error}", case.name)),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(framed > 20, "{framed}");
}

/// Which no guard saw that looks for columns that are not known.
#[test]
fn columns_that_exchange_their_names_in_a_rebuild_do_so_once() {
    let old = schema("pub a: String, pub b: String, pub c: i32");
    let new = schema("pub a: String, pub b: String, pub c: i64");
    let rename = |from: &str, to: &str| Rename {
        table: "auth_user".to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
    };
    let renames = [rename("a", "b"), rename("b", "a")];
    let walk = Walk { old: &old, new: &new, renames: &renames, backfills: &[] };
    let migration = walk.migration(Dialect::Sqlite).unwrap();
    let mut database = Sqlite::new(Runner::ForeignKeysOn);
    database.fresh(&(walk.create(&old, Dialect::Sqlite) + &walk.seed(Dialect::Sqlite)), "");
    database.execute("UPDATE auth_user SET b = 'b of ' || id").unwrap();
    database.up(&migration).unwrap();
    let once = database.state(&walk.query(&new, Dialect::Sqlite));
    assert!(once.rows[0].contains("a=b of u0"), "{:?}", once.rows);
    let error = database.up(&migration).unwrap_err();
    assert!(error.contains("auth_user is already as this leaves it"), "{error}");
    assert_eq!(database.state(&walk.query(&new, Dialect::Sqlite)), once);
    database.down(&migration).unwrap();
    let back = database.state(&walk.query(&old, Dialect::Sqlite));
    let error = database.down(&migration).unwrap_err();
    assert!(error.contains("auth_user is already as this leaves it"), "{error}");
    assert_eq!(database.state(&walk.query(&old, Dialect::Sqlite)), back);
}
