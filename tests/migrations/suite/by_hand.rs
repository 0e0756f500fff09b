//! Changes that no attribute makes, but a later release of lucia may.

use lucia_migration_tests::database::Database;
use lucia_migration_tests::sqlite::{Runner, Sqlite};
use lucia_migration_tests::walk::Walk;
use lucia_schema::sql::Refusal;
use lucia_schema::{Column, Dialect, Index, Schema, Type, sql};

use crate::schema;

fn walk(old: &Schema, new: &Schema, database: &mut dyn Database) {
    let walk = Walk { old, new, renames: &[], backfills: &[] };
    assert!(walk.migration(database.dialect()).is_some());
    walk.there_and_back(database).unwrap_or_else(|error| panic!("{}: {error}", database.dialect()));
}

/// All of them, on one database.
pub(crate) fn check(database: &mut dyn Database) {
    let usual = schema("pub name: String");
    // A column of sessions, and an index of keys.
    let mut before = usual.clone();
    before.tables[1].columns.retain(|column| column.name != "created_at");
    before.tables[2].indexes.retain(|index| index.columns != ["expires"]);
    walk(&before, &usual, database);
    walk(&usual, &before, database);
    // Foreign keys, and one of another name.
    let mut without = usual.clone();
    without.tables[2].foreign_keys.clear();
    walk(&without, &usual, database);
    walk(&usual, &without, database);
    let mut renamed = usual.clone();
    "another_fkey".clone_into(&mut renamed.tables[1].foreign_keys[0].name);
    // SQLite makes no use of the name.
    walk(&usual, &renamed, database);
    // A column of keys that holds something else, in a table that others do not refer to.
    let mut wider = usual.clone();
    wider.tables[2].columns.push(Column {
        name: "uses".to_owned(),
        ty: Type::I64,
        nullable: true,
        default: None,
    });
    let mut narrower = wider.clone();
    narrower.tables[2].columns.last_mut().unwrap().ty = Type::I32;
    let uses = Index {
        name: "auth_key_uses_idx".to_owned(),
        columns: vec!["uses".to_owned()],
        unique: false,
        nocase: false,
    };
    narrower.tables[2].indexes.push(uses);
    walk(&wider, &narrower, database);
    // One table more.
    let mut more = usual.clone();
    let mut table = usual.tables[2].clone();
    "auth_more".clone_into(&mut table.name);
    table.indexes.clear();
    "auth_more_user_id_fkey".clone_into(&mut table.foreign_keys[0].name);
    more.tables.push(table);
    let migration = sql::migrate(&usual, &more, &[], &[], database.dialect()).unwrap();
    let expected = database.fresh(&sql::create(&more, database.dialect()), "");
    let before = database.fresh(&sql::create(&usual, database.dialect()), "");
    database.up(&migration).unwrap();
    assert_eq!(database.state("").tables, expected.tables);
    database.down(&migration).unwrap();
    assert_eq!(database.state("").tables, before.tables);
}

#[test]
fn sqlite_takes_changes_of_any_table() {
    check(&mut Sqlite::new(Runner::ForeignKeysOn));
    check(&mut Sqlite::new(Runner::Harness));
}

#[test]
fn a_primary_key_is_never_changed() {
    let old = schema("pub name: String");
    let mut other_column = old.clone();
    other_column.tables[0].primary_key = vec!["name".to_owned()];
    let mut other_type = old.clone();
    other_type.tables[0].columns[0].ty = Type::I64;
    for new in [other_column, other_type] {
        for dialect in Dialect::ALL {
            let refusals = sql::migrate(&old, &new, &[], &[], dialect).unwrap_err();
            assert!(
                refusals.contains(&Refusal::PrimaryKey { table: "auth_user".to_owned() }),
                "{refusals:?}"
            );
        }
    }
}
