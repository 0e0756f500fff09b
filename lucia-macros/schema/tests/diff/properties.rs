//! What holds for all structs.

use std::collections::BTreeSet;

use lucia_schema::{Change, Keyed, Rename, Renames, Schema, Table, TableNames, UserColumn, diff};
use proptest::prelude::*;
use proptest::sample::{Index as Pick, select};

use super::schema;

/// What a field may look like, but for its name.
const FIELDS: [&str; 22] = [
    "X: i16",
    "X: i32",
    "X: Option<i64>",
    "#[lucia(default = 0)] X: i64",
    "#[lucia(index)] X: i64",
    "#[lucia(unique)] X: Option<i32>",
    "X: bool",
    "#[lucia(default = true)] X: bool",
    "X: f32",
    "#[lucia(default = 0.0)] X: f64",
    "#[lucia(default = -0.0)] X: f64",
    "X: String",
    "X: Option<String>",
    "#[lucia(max_length = 9)] X: String",
    "#[lucia(unique)] X: String",
    "#[lucia(unique(nocase))] X: String",
    "#[lucia(default = \"a\")] X: String",
    "X: Vec<u8>",
    "X: NaiveDate",
    "#[lucia(default = now)] X: NaiveDateTime",
    "X: Uuid",
    "#[lucia(sql_type = Inet, postgres = \"INET\")] X: Ip",
];

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "A_"];

fn fields() -> impl Strategy<Value = String> {
    proptest::collection::btree_map(select(&NAMES[..]), select(&FIELDS[..]), 0..5).prop_map(|fields| {
        let fields: Vec<String> = fields.iter().map(|(name, field)| field.replace('X', name)).collect();
        fields.join(", ")
    })
}

/// Any names of tables and any columns, among them those that are unique together.
fn tables() -> impl Strategy<Value = Schema> {
    let name = || select(&["auth_user", "member", "x"][..]);
    (fields(), name(), any::<bool>()).prop_map(|(fields, user, together)| {
        let Schema { tables } = schema(&fields);
        let columns = tables[0]
            .columns
            .iter()
            .skip(1)
            .map(|column| UserColumn { keyed: keyed(&tables[0], &column.name), column: column.clone() });
        let columns: Vec<UserColumn> = columns.collect();
        let pair: Vec<String> = columns.iter().take(2).map(|column| column.column.name.clone()).collect();
        let names = TableNames { user: user.to_owned(), ..TableNames::default() };
        let together = if together && pair.len() == 2 { vec![pair] } else { Vec::new() };
        Schema::of(&names, &columns, &together)
    })
}

fn keyed(table: &Table, column: &str) -> Keyed {
    match table.indexes.iter().find(|index| index.columns == [column]) {
        None => Keyed::No,
        Some(index) if index.nocase => Keyed::UniqueNocase,
        Some(index) if index.unique => Keyed::Unique,
        Some(_) => Keyed::Index,
    }
}

fn renames() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    proptest::collection::vec((select(&NAMES[..]), select(&NAMES[..])), 0..4)
}

fn of_user(new: &Schema, renames: &[(&str, &str)]) -> Vec<Rename> {
    let table = &new.tables[0].name;
    renames.iter().map(|(from, to)| Rename::new(table, from, to)).collect()
}

/// The columns after all changes.
fn columns_after(old: &Table, changes: &[Change]) -> BTreeSet<String> {
    let mut columns: BTreeSet<String> = old.columns.iter().map(|column| format!("{column:?}")).collect();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let mut by_name: Vec<(String, String)> = Vec::new();
    for change in changes {
        match change {
            Change::RenameColumn { from, to, .. } => by_name.push((from.clone(), to.clone())),
            Change::DropColumn { column, .. } => gone.push(format!("{column:?}")),
            Change::AddColumn { column, .. } => come.push(format!("{column:?}")),
            _ => {}
        }
    }
    for column in gone {
        assert!(columns.remove(&column), "{column} was not there");
    }
    // All at once, as a swap needs.
    let mut renamed = Vec::new();
    for (from, to) in by_name {
        let column = old.column(&from).unwrap();
        assert!(columns.remove(&format!("{column:?}")), "{from} was not there");
        let column = lucia_schema::Column { name: to, ..column.clone() };
        renamed.push(format!("{column:?}"));
    }
    columns.extend(renamed);
    for change in changes {
        if let Change::AlterColumn { old, new, .. } = change {
            assert!(columns.remove(&format!("{old:?}")), "{old:?} was not there");
            columns.insert(format!("{new:?}"));
        }
    }
    for column in come {
        assert!(columns.insert(column));
    }
    columns
}

/// The indexes, by what they do and by their names.
fn indexes_after(old: &Table, new: &Table, renames: &[Rename], changes: &[Change]) -> BTreeSet<String> {
    let named = |column: &String| {
        let rename = renames.iter().find(|rename| rename.table == new.name && rename.from == *column);
        rename.map_or_else(|| column.clone(), |rename| rename.to.clone())
    };
    let mut indexes: Vec<lucia_schema::Index> = old.indexes.clone();
    for index in &mut indexes {
        index.columns = index.columns.iter().map(named).collect();
    }
    let is_here = |table: &String| *table == new.name;
    for change in changes {
        match change {
            Change::DropIndex { table, index, .. } if is_here(table) => {
                let place = indexes.iter().position(|other| other == index).unwrap();
                indexes.remove(place);
            }
            Change::RenameIndex { table, from, to } if is_here(table) => {
                let index = indexes.iter_mut().find(|index| index.name == *from).unwrap();
                index.name.clone_from(&to.name);
                assert_eq!(index, to);
            }
            Change::AddIndex { table, index, .. } if is_here(table) => indexes.push(index.clone()),
            _ => {}
        }
    }
    indexes.iter().map(|index| format!("{index:?}")).collect()
}

fn all<T: std::fmt::Debug>(items: &[T]) -> BTreeSet<String> {
    items.iter().map(|item| format!("{item:?}")).collect()
}

proptest! {
    #[test]
    fn a_schema_does_not_differ_from_itself(tables in tables(), pick in any::<Pick>()) {
        let found = diff(&tables, &tables, &[]);
        prop_assert!(found.changes.is_empty() && found.questions.is_empty());
        // Nor from itself in another order.
        let mut turned = tables.clone();
        for table in &mut turned.tables {
            let by = pick.index(table.columns.len());
            table.columns.rotate_left(by);
            table.indexes.reverse();
            table.foreign_keys.reverse();
        }
        prop_assert!(diff(&tables, &turned, &[]).changes.is_empty());
        prop_assert_eq!(tables.fingerprint(), turned.fingerprint());
    }

    #[test]
    fn fingerprints_are_equal_where_there_is_no_difference(old in tables(), new in tables()) {
        prop_assert_eq!(diff(&old, &new, &[]).changes.is_empty(), old.fingerprint() == new.fingerprint());
    }

    #[test]
    fn the_changes_lead_from_the_old_columns_and_indexes_to_the_new(
        old in tables(),
        new in tables(),
        renames in renames(),
    ) {
        let found = diff(&old, &new, &of_user(&new, &renames));
        let (before, after) = (&old.tables[0], &new.tables[0]);
        prop_assert_eq!(columns_after(before, &found.changes), all(&after.columns));
        let applied = Renames::of(&old, &new, &of_user(&new, &renames)).applied;
        prop_assert_eq!(indexes_after(before, after, &applied, &found.changes), all(&after.indexes));
    }

    #[test]
    fn renames_give_one_name_to_one_column(old in tables(), new in tables(), renames in renames()) {
        let declared = of_user(&new, &renames);
        let Renames { applied, unused, .. } = Renames::of(&old, &new, &declared);
        let distinct: BTreeSet<String> = declared.iter().map(ToString::to_string).collect();
        let told: BTreeSet<String> =
            applied.iter().chain(unused.iter().map(|unused| &unused.rename)).map(ToString::to_string).collect();
        prop_assert_eq!(distinct, told);
        let ends = |end: fn(&Rename) -> &String| applied.iter().map(end).collect::<BTreeSet<_>>().len();
        prop_assert_eq!((ends(|r| &r.from), ends(|r| &r.to)), (applied.len(), applied.len()));
    }

    #[test]
    fn whatever_is_renamed_once_is_not_renamed_again(new in tables(), renames in renames()) {
        // Attributes stay after the migration; such as go in a circle are for the command only.
        let declared: Vec<Rename> =
            of_user(&new, &renames).into_iter().filter(|rename| rename.from < rename.to).collect();
        let found = diff(&new, &new, &declared);
        prop_assert!(found.changes.is_empty(), "{:?}", found.changes);
    }

    #[test]
    fn every_question_is_about_two_changes(old in tables(), new in tables()) {
        let found = diff(&old, &new, &[]);
        for question in &found.questions {
            let rename = Rename::new(&question.table, &question.dropped.name, &question.added.name);
            let answered = diff(&old, &new, std::slice::from_ref(&rename));
            prop_assert!(answered.unused.is_empty());
            let gone = |change: &Change| matches!(change, Change::DropColumn { column, .. } if *column == question.dropped);
            prop_assert!(found.changes.iter().any(gone) && !answered.changes.iter().any(gone));
            let mut dropped = found.clone();
            prop_assert!(dropped.answer_drop(&question.table, &question.dropped.name));
            prop_assert!(dropped.questions.len() < found.questions.len());
        }
    }

    #[test]
    fn everything_is_told_without_a_full_stop(old in tables(), new in tables()) {
        for change in diff(&old, &new, &[]).changes {
            let (told, reason) = (change.to_string(), change.reason());
            prop_assert!(!told.is_empty() && !told.ends_with('.') && !told.contains('\n'));
            prop_assert!(!reason.is_empty() && !reason.ends_with('.') && !reason.contains('\n'));
            prop_assert_eq!(change.effects().iter().map(|effect| effect.danger).max(), Some(change.danger()));
        }
    }
}
