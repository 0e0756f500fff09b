//! Which table, column and foreign key of the new schema is which one of the old.

use super::Backfill;
use super::indexes::{self, Indexes};
use super::text;
use crate::pairing::Pairing;
use crate::{Column, Conversion, Default, Dialect, ForeignKey, Rename, Schema, Table, conversion, sql};

/// Which way a migration goes.
#[derive(Clone, Copy)]
pub(super) enum Direction<'a> {
    /// To the new tables, with values for rows that need one.
    Up(&'a [Backfill]),
    /// Back, without any value that is not in the database.
    Down,
}

/// Everything that a script is written from.
pub(super) struct Plan<'a> {
    /// Tables that are there before and after.
    pub(super) pairs: Vec<Pair<'a>>,
    /// Tables that are new.
    pub(super) created: &'a [Table],
    /// Tables that are gone.
    pub(super) dropped: &'a [Table],
}

/// One table, before and after.
pub(super) struct Pair<'a> {
    pub(super) old: &'a Table,
    pub(super) new: &'a Table,
    /// Columns of both, in the order of the new table.
    pub(super) kept: Vec<Kept<'a>>,
    pub(super) added: Vec<Added<'a>>,
    pub(super) dropped: Vec<&'a Column>,
    pub(super) indexes: Indexes<'a>,
    /// Foreign keys of both, which may have another name.
    pub(super) same_keys: Vec<(&'a ForeignKey, &'a ForeignKey)>,
    pub(super) gone_keys: Vec<&'a ForeignKey>,
    pub(super) new_keys: Vec<&'a ForeignKey>,
}

/// A column that is there before and after.
pub(super) struct Kept<'a> {
    pub(super) old: &'a Column,
    pub(super) new: &'a Column,
    pub(super) conversion: Conversion,
    /// What a null becomes, where the column takes none any more.
    pub(super) fill: Option<Fill<'a>>,
}

/// A column that is new.
pub(super) struct Added<'a> {
    pub(super) column: &'a Column,
    /// What it holds in the rows that are there.
    pub(super) backfill: Option<&'a str>,
    /// Whether it was dropped on the way there.
    pub(super) comes_back: bool,
}

/// A value for rows that have none.
pub(super) enum Fill<'a> {
    /// A person said so, once.
    Backfill(&'a str),
    /// The column's own default.
    Default,
}

impl<'a> Plan<'a> {
    pub(super) fn new(
        old: &'a Schema,
        new: &'a Schema,
        renames: &'a [Rename],
        direction: Direction<'a>,
    ) -> Self {
        let both = old.tables.len().min(new.tables.len());
        let names = |table: &str| new_name(old, new, table);
        let pairs = old.tables.iter().zip(&new.tables);
        Self {
            pairs: pairs.map(|(old, new)| Pair::new(old, new, renames, direction, &names)).collect(),
            created: new.tables.get(both..).unwrap_or_default(),
            dropped: old.tables.get(both..).unwrap_or_default(),
        }
    }

    /// The tables that get another name, as they were and as they are called.
    pub(super) fn table_renames(&self) -> Vec<(String, String)> {
        let pairs = self.pairs.iter().map(|pair| (pair.old.name.clone(), pair.new.name.clone()));
        pairs.filter(|(old, new)| old != new).collect()
    }
}

/// What a table of the old schema is called in the new one.
fn new_name(old: &Schema, new: &Schema, table: &str) -> String {
    let place = old.tables.iter().position(|candidate| candidate.name == table);
    place.and_then(|place| new.tables.get(place)).map_or(table, |table| table.name.as_str()).to_owned()
}

impl<'a> Pair<'a> {
    fn new(
        old: &'a Table,
        new: &'a Table,
        renames: &'a [Rename],
        direction: Direction<'a>,
        table: &dyn Fn(&str) -> String,
    ) -> Self {
        let columns = Pairing::new(old, new, renames);
        let mut pair = Self {
            old,
            new,
            kept: Vec::new(),
            added: Vec::new(),
            dropped: columns.dropped().collect(),
            indexes: indexes::compare(old, new, &columns),
            same_keys: Vec::new(),
            gone_keys: Vec::new(),
            new_keys: Vec::new(),
        };
        for column in &new.columns {
            let backfill = direction.backfill(new, column);
            match columns.before(column) {
                Some(before) => pair.kept.push(Kept::new(before, column, direction, backfill)),
                None => pair.added.push(Added { column, backfill, comes_back: direction.is_down() }),
            }
        }
        pair.compare_keys(&columns, table);
        pair
    }

    fn compare_keys(&mut self, columns: &Pairing<'_>, table: &dyn Fn(&str) -> String) {
        let same = |a: &ForeignKey, b: &ForeignKey| {
            a.columns
                .iter()
                .map(|name| columns.after(name))
                .eq(b.columns.iter().map(|name| Some(name.as_str())))
                && table(&a.table) == b.table
                && a.references == b.references
        };
        for key in &self.old.foreign_keys {
            match self.new.foreign_keys.iter().find(|other| same(key, other)) {
                Some(other) => self.same_keys.push((key, other)),
                None => self.gone_keys.push(key),
            }
        }
        let is_new = |key: &&ForeignKey| !self.same_keys.iter().any(|(_, kept)| kept == key);
        self.new_keys = self.new.foreign_keys.iter().filter(is_new).collect();
    }

    /// Columns that get another name, as they were and as they are called.
    pub(super) fn renamed(&self) -> Vec<(String, String)> {
        let kept = self.kept.iter().filter(|kept| kept.is_renamed());
        kept.map(|kept| (kept.old.name.clone(), kept.new.name.clone())).collect()
    }

    /// Whether the column is written differently on that database, its name aside.
    pub(super) fn differs(&self, kept: &Kept<'_>, dialect: Dialect) -> bool {
        self.before(kept, dialect) != sql::column(self.new, kept.new, dialect)
    }

    /// The column as it was, under the name that it has now.
    pub(super) fn before(&self, kept: &Kept<'_>, dialect: Dialect) -> String {
        let column = Column { name: kept.new.name.clone(), ..kept.old.clone() };
        sql::definition_of(&column, self.old.is_keyed(&kept.old.name), dialect)
    }

    /// Dropped columns whose name another column needs, which must go first, and then the others.
    pub(super) fn drops(&self) -> (Vec<&'a Column>, Vec<&'a Column>) {
        let needed = |column: &&'a Column| {
            self.new.columns.iter().any(|other| other.name.eq_ignore_ascii_case(&column.name))
        };
        self.dropped.iter().copied().partition(needed)
    }
}

impl<'a> Kept<'a> {
    fn new(old: &'a Column, new: &'a Column, direction: Direction<'a>, backfill: Option<&'a str>) -> Self {
        let fill = match direction {
            Direction::Up(_) if old.nullable && !new.nullable => {
                backfill.map(Fill::Backfill).or_else(|| new.default.as_ref().map(|_| Fill::Default))
            }
            Direction::Up(_) | Direction::Down => None,
        };
        Self { old, new, conversion: conversion(&old.ty, &new.ty), fill }
    }

    pub(super) fn is_renamed(&self) -> bool {
        self.old.name != self.new.name
    }

    /// Whether it took nulls and takes none any more.
    pub(super) fn is_tightened(&self) -> bool {
        self.old.nullable && !self.new.nullable
    }
}

impl Added<'_> {
    /// Whether rows that are there have no value for it, so that it can only be added while there are none.
    pub(super) fn lacks_value(&self) -> bool {
        !self.column.nullable && self.column.default.is_none() && self.backfill.is_none()
    }

    /// What a person should know about it.
    pub(super) fn note(&self) -> Option<String> {
        let fails = if self.lacks_value() { " Fails while the table has rows." } else { "" };
        self.comes_back.then(|| text::lost(&self.column.name) + fails)
    }
}

impl Fill<'_> {
    pub(super) fn sql(&self, column: &Column, keyed: bool, dialect: Dialect) -> String {
        match self {
            Self::Backfill(sql) => format!("({sql})"),
            Self::Default => sql::default_of(column, keyed, dialect).unwrap_or_else(|| "NULL".to_owned()),
        }
    }
}

impl<'a> Direction<'a> {
    const fn is_down(self) -> bool {
        matches!(self, Self::Down)
    }

    fn backfill(self, table: &Table, column: &Column) -> Option<&'a str> {
        let Direction::Up(backfills) = self else { return None };
        let of_it = |backfill: &&Backfill| backfill.table == table.name && backfill.column == column.name;
        backfills.iter().find(of_it).map(|backfill| backfill.sql.as_str())
    }
}

/// Whether a column has a default that is the same for every row.
pub(super) fn has_constant_default(column: &Column) -> bool {
    matches!(&column.default, Some(default) if *default != Default::Now)
}
