//! Any struct becomes any other one.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;

use lucia_migration_tests::database::Database;
use lucia_migration_tests::mariadb::MariaDb;
use lucia_migration_tests::postgres::Postgres;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_schema::sql::{self, Backfill, Refusal};
use lucia_schema::{
    Column, Default, Dialect, Keyed, Rename, Schema, TableNames, Type, UserColumn, conversion,
};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{TestError, TestRunner};

/// The tables before and after, and what is renamed.
type Pair = (Schema, Schema, Vec<Rename>);

/// Few names, so that they meet.
const NAMES: [&str; 5] = ["a", "b", "c", "order", "E"];

fn types() -> impl Strategy<Value = Type> {
    select(TYPES.to_vec())
}

const TYPES: [Type; 15] = [
    Type::Text { max_length: None },
    Type::Text { max_length: Some(40) },
    Type::Text { max_length: Some(80) },
    Type::Bool,
    Type::I16,
    Type::I32,
    Type::I64,
    Type::F32,
    Type::F64,
    Type::Bytes { max_length: None },
    Type::Bytes { max_length: Some(8) },
    Type::Date,
    Type::Time,
    Type::Timestamp,
    Type::Uuid,
];

fn default_of(ty: &Type) -> Option<Default> {
    match ty {
        Type::Text { .. } => Some(Default::Text("5".to_owned())),
        Type::Bool => Some(Default::Bool(true)),
        Type::I16 | Type::I32 | Type::I64 => Some(Default::Int(1)),
        Type::F32 | Type::F64 => Some(Default::Float(0.5)),
        Type::Timestamp => Some(Default::Now),
        _ => None,
    }
}

fn column(name: &'static str) -> impl Strategy<Value = UserColumn> {
    (types(), any::<bool>(), any::<bool>(), 0..5).prop_map(move |(ty, nullable, has_default, keyed)| {
        let text = matches!(ty, Type::Text { max_length: Some(_) });
        let whole = matches!(ty, Type::I32 | Type::I64);
        let keyed = match keyed {
            1 if text || whole => Keyed::Unique,
            2 if text => Keyed::UniqueNocase,
            3 if text || whole => Keyed::Index,
            _ => Keyed::No,
        };
        // Only text can be made unique for rows that are there.
        let unique = matches!(keyed, Keyed::Unique | Keyed::UniqueNocase);
        let nullable = nullable || (unique && whole);
        let default = default_of(&ty).filter(|_| has_default && !unique);
        UserColumn { column: Column { name: name.to_owned(), ty, nullable, default }, keyed }
    })
}

fn tables() -> impl Strategy<Value = (TableNames, Vec<UserColumn>)> {
    let columns = (
        prop::option::of(column(NAMES[0])),
        prop::option::of(column(NAMES[1])),
        prop::option::of(column(NAMES[2])),
        prop::option::of(column(NAMES[3])),
        prop::option::of(column(NAMES[4])),
    );
    (columns, select(vec!["auth_user", "member"]), select(vec!["auth_session", "login"])).prop_map(
        |((a, b, c, d, e), user, session)| {
            let names =
                TableNames { user: user.to_owned(), session: session.to_owned(), ..TableNames::default() };
            (names, [a, b, c, d, e].into_iter().flatten().collect())
        },
    )
}

/// Two schemas and renames between them, whose targets are in the new one and whose sources are in the old one.
fn pairs() -> impl Strategy<Value = Pair> {
    let pairs = prop::collection::vec((select(NAMES.to_vec()), select(NAMES.to_vec())), 0..4);
    let choices = prop::collection::vec(0..TYPES.len(), NAMES.len());
    (tables(), tables(), pairs, choices).prop_map(
        |((old_names, old), (new_names, mut new), pairs, choices)| {
            let has =
                |columns: &[UserColumn], name: &str| columns.iter().any(|column| column.column.name == name);
            let (mut from, mut to) = (BTreeSet::new(), BTreeSet::new());
            let mut renames = Vec::new();
            for (before, after) in pairs {
                let known = has(&old, before) && has(&new, after);
                if known && before != after && from.insert(before) && to.insert(after) {
                    renames.push(Rename {
                        table: new_names.user.clone(),
                        from: before.to_owned(),
                        to: after.to_owned(),
                    });
                }
            }
            for (column, choice) in new.iter_mut().zip(choices) {
                let rename = renames.iter().find(|rename| rename.to == column.column.name);
                let was = rename.map_or(&column.column.name, |rename| &rename.from);
                if let Some(before) = old.iter().find(|before| before.column.name == *was) {
                    convertible(before, column, choice);
                }
            }
            (Schema::of(&old_names, &old, &[]), Schema::of(&new_names, &new, &[]), renames)
        },
    )
}

/// Mostly, a column holds from now on what the values from before can become. All that is left to refuse is one in eight.
fn convertible(before: &UserColumn, after: &mut UserColumn, choice: usize) {
    let unique = |column: &UserColumn| matches!(column.keyed, Keyed::Unique | Keyed::UniqueNocase);
    let fits = |ty: &&Type| {
        // Three different integers are not true or false.
        let bool_of_unique = **ty == Type::Bool && unique(before);
        conversion(&before.column.ty, ty).is_written() && !bool_of_unique
    };
    let types: Vec<&Type> = TYPES.iter().filter(fits).collect();
    if !choice.is_multiple_of(8) || unique(before) {
        after.column.ty = types[choice % types.len()].clone();
        let whole = matches!(after.column.ty, Type::I32 | Type::I64);
        let text = matches!(after.column.ty, Type::Text { max_length: Some(_) });
        let different = before.column.ty != Type::Bool || !unique(after);
        let can = text || (whole && after.keyed != Keyed::UniqueNocase);
        if !can || !different {
            after.keyed = Keyed::No;
        }
        after.column.nullable |= unique(after) && whole;
        after.column.default = after.column.default.take().and_then(|_| default_of(&after.column.ty));
    }
    if before.column.ty == Type::Bool && unique(after) {
        after.keyed = Keyed::No;
    }
    // The value for rows without one may be that of another row, which is in the way of coming back.
    after.column.nullable |= unique(before);
}

/// What a person would be asked for.
fn backfills(new: &Schema, refusals: Vec<Refusal>, dialect: Dialect) -> Option<Vec<Backfill>> {
    let postgres = dialect == Dialect::Postgres;
    let answer = |refusal: Refusal| {
        let Refusal::NoValue { table, column, .. } = refusal else { return None };
        let sql = match new.table(&table)?.column(&column)?.ty {
            // Which is an integer too.
            Type::Text { .. } => "concat('8', substr(id, 2))",
            Type::Bool if postgres => "TRUE",
            Type::Bool => "1",
            Type::I16 | Type::I32 | Type::I64 => "length(id) - 1",
            Type::F32 | Type::F64 => "0.25",
            Type::Bytes { .. } if postgres => "'\\x00'",
            Type::Bytes { .. } => "x'00'",
            Type::Uuid if postgres => "'\\x000102030405060708090a0b0c0d0e0f'",
            Type::Uuid => "x'000102030405060708090a0b0c0d0e0f'",
            Type::Date => "'2026-01-01'",
            Type::Time => "'01:02:03'",
            _ => "CURRENT_TIMESTAMP",
        };
        Some(Backfill { table, column, sql: sql.to_owned() })
    };
    refusals.into_iter().map(answer).collect()
}

/// What holds of every migration.
type Law = fn(&Walk<'_>, &mut dyn Database) -> Result<(), String>;

/// Whether the migration was written, and kept the law.
fn check(law: Law, database: &mut dyn Database, pair: &Pair) -> Result<bool, TestCaseError> {
    let (old, new, renames) = pair;
    let dialect = database.dialect();
    let refusals = sql::migrate(old, new, renames, &[], dialect).err().unwrap_or_default();
    let Some(backfills) = backfills(new, refusals, dialect) else {
        // Only what cannot be converted is refused for good.
        let refused = |before: &Column| {
            new.tables[0].columns.iter().any(|after| !conversion(&before.ty, &after.ty).is_written())
        };
        prop_assert!(old.tables[0].columns.iter().any(refused));
        return Ok(false);
    };
    let walk = Walk { old, new, renames, backfills: &backfills };
    prop_assert!(walk.migration(dialect).is_some(), "refused although every question has its answer");
    let walked = law(&walk, database);
    prop_assert!(walked.is_ok(), "{renames:?} {backfills:?}\n{}", walked.unwrap_err());
    Ok(true)
}

/// As many random pairs as `PROPTEST_CASES` says, or as are usual.
fn check_all(law: Law, databases: &mut [&mut dyn Database], usual: u32) {
    let given = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases: u32 = given.unwrap_or(usual);
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let written = Cell::new(0_usize);
    let all = cases as usize * databases.len();
    let databases = RefCell::new(databases);
    let result = TestRunner::new(config).run(&pairs(), |pair| {
        for database in databases.borrow_mut().iter_mut() {
            written.set(written.get() + usize::from(check(law, *database, &pair)?));
        }
        Ok(())
    });
    if let Err(TestError::Fail(reason, (old, new, renames))) = &result {
        // Without what is the same in all of them.
        panic!("{reason}\n{renames:?}\n{:#?}\nbecame\n{:#?}", old.tables[0], new.tables[0]);
    }
    result.unwrap();
    assert!(written.get() * 2 > all, "only {} of {all} were written", written.get());
}

#[test]
fn any_struct_becomes_any_other_and_comes_back() {
    let runners = [Runner::ForeignKeysOn, Runner::ForeignKeysOff, Runner::Harness];
    let mut databases = runners.map(Sqlite::new);
    let mut databases = databases.each_mut().map(|database| database as &mut dyn Database);
    check_all(there_and_back, &mut databases, 64);
}

fn there_and_back(walk: &Walk<'_>, database: &mut dyn Database) -> Result<(), String> {
    walk.there_and_back(database)
}

#[test]
fn any_migration_that_is_its_own_transaction_fails_the_second_time_and_changes_nothing() {
    let law: Law = |walk, database| walk.happens_once(database).map(drop);
    check_all(law, &mut [&mut Sqlite::new(Runner::ForeignKeysOn)], 64);
}

#[test]
fn any_struct_becomes_any_other_and_comes_back_on_servers() {
    check_all(there_and_back, &mut [&mut Postgres::start(), &mut MariaDb::start()], 16);
}
