//! Indexes: what must be unique, and what is looked for.

use super::{Check, Code, Finding, Rows, Severity, Words};
use crate::audit::live::{self, same_name};
use crate::sql::{folded_column, mend};
use crate::{Dialect, Index};

impl Check<'_> {
    pub(super) fn indexes(&self) -> Vec<Finding> {
        let wanted =
            self.table.indexes.iter().filter(|index| index.columns.iter().all(|name| self.has(name)));
        let mut found: Vec<Finding> = wanted.filter_map(|index| self.index(index)).collect();
        found.extend(self.primary_key_name());
        found.extend(self.live.indexes.iter().filter_map(|live| self.extra_unique(live)));
        found
    }

    fn index(&self, index: &Index) -> Option<Finding> {
        // A folded column that is missing is told for itself.
        if !self.can_have(index) {
            return None;
        }
        let does: Vec<&live::Index> =
            self.live.indexes.iter().filter(|live| self.does(index, live)).collect();
        if does.iter().any(|live| same_name(&live.name, &index.name, self.dialect)) {
            return None;
        }
        match does.iter().find(|live| self.equals(index, live) && !live.primary) {
            Some(live) => Some(self.other_name(index, &live.name)),
            None if does.is_empty() => Some(self.missing_index(index)),
            None => None,
        }
    }

    fn can_have(&self, index: &Index) -> bool {
        let folded = index.columns.first().map(|column| folded_column(column)).unwrap_or_default();
        !index.nocase || self.dialect != Dialect::Mysql || self.has(&folded) || self.has_expression(index)
    }

    /// Whether an expression folds the column, as MySQL can have it since 8.0.13.
    pub(super) fn has_expression(&self, index: &Index) -> bool {
        self.live.indexes.iter().any(|live| live.unique && self.equals(index, live))
    }

    /// Whether an index does what another one is for. That of a unique one is done by one over the same columns only; to find
    /// rows, one that begins with them is as good.
    fn does(&self, index: &Index, live: &live::Index) -> bool {
        if live.partial {
            false
        } else if index.unique {
            live.unique && self.equals(index, live)
        } else {
            let begins =
                live.parts.iter().zip(&index.columns).all(|(part, name)| self.covers(part, name, false));
            live.parts.len() >= index.columns.len() && begins
        }
    }

    /// Whether an index covers just the same.
    fn equals(&self, index: &Index, live: &live::Index) -> bool {
        let covered = |name: &String| live.parts.iter().any(|part| self.covers(part, name, index.nocase));
        live.parts.len() == index.columns.len() && index.columns.iter().all(covered)
    }

    fn covers(&self, part: &live::Part, column: &str, nocase: bool) -> bool {
        let named = |name: &str| part.column.as_deref().is_some_and(|own| same_name(own, name, self.dialect));
        if nocase {
            let folded = self.dialect == Dialect::Mysql && named(&folded_column(column));
            return folded || folds(&part.expression, column, self.dialect);
        }
        // SQLite may fold letters by the collation.
        let collation = part.collation.as_deref().filter(|_| self.dialect == Dialect::Sqlite);
        named(column) && collation.is_none_or(|name| name.eq_ignore_ascii_case("binary"))
    }

    fn missing_index(&self, index: &Index) -> Finding {
        let same = |live: &&live::Index| same_name(&live.name, &index.name, self.dialect);
        let near = |live: &&live::Index| index.unique && self.is_near(index, live);
        let replaced = self.live.indexes.iter().find(same);
        let live = replaced.or_else(|| self.live.indexes.iter().find(near));
        let (code, severity) = if index.unique {
            (Code::MissingUnique, Severity::Error)
        } else {
            (Code::MissingIndex, Severity::Warning)
        };
        let words = Words {
            is: live.map_or_else(|| "missing".to_owned(), describe),
            should_be: wanted(index),
            consequence: missed(index, live),
            mend: self.rows.run(),
        };
        let sql = mend::add_index(self.table, index, replaced.is_some(), self.dialect);
        let finding = self.finding(code, severity, words).sql(Some(sql));
        finding.column(&index.columns.join(", ")).index(&index.name)
    }

    /// Whether an index is over the same columns, but does not do what it should.
    fn is_near(&self, index: &Index, live: &live::Index) -> bool {
        let names = |name: &String| {
            live.parts.iter().any(|part| match &part.column {
                Some(own) => same_name(own, name, self.dialect),
                None => folds(&part.expression, name, self.dialect),
            })
        };
        !live.primary && live.parts.len() == index.columns.len() && index.columns.iter().all(names)
    }

    fn other_name(&self, index: &Index, live: &str) -> Finding {
        // SQLite names the columns, but for an index on an expression.
        let by_name =
            self.rows == Rows::Users && index.unique && (self.dialect != Dialect::Sqlite || index.nocase);
        let (severity, consequence) = if by_name {
            (
                Severity::Error,
                "lucia knows by the name which attribute is taken, and would tell of a failure of the database instead; and a \
                 migration that drops the index would not find it",
            )
        } else {
            (Severity::Warning, "a migration that drops or renames the index would not find it")
        };
        // That of a unique constraint cannot be dropped.
        let mend = if live.starts_with("sqlite_autoindex_") {
            "That one stays for as long as the table does; make another one beside it"
        } else {
            "Run"
        };
        let words = Words {
            is: format!("called `{live}`"),
            should_be: format!("called `{}`", index.name),
            consequence,
            mend,
        };
        let sql = mend::rename_index(self.table, live, index, self.dialect);
        let finding = self.finding(Code::IndexName, severity, words).sql(Some(sql));
        finding.column(&index.columns.join(", ")).index(live)
    }

    /// By its name PostgreSQL tells that an id of a user is taken.
    fn primary_key_name(&self) -> Option<Finding> {
        let wanted = mend::primary_key(self.table);
        let live = self.live.indexes.iter().find(|live| live.primary)?;
        if self.dialect != Dialect::Postgres || self.rows != Rows::Users || live.name == wanted.name {
            return None;
        }
        Some(self.other_name(&wanted, &live.name))
    }

    /// An index that refuses what no index of the schema does.
    fn extra_unique(&self, live: &live::Index) -> Option<Finding> {
        let primary = &self.table.primary_key;
        let indexes = self.table.indexes.iter().filter(|index| index.unique);
        let known = primary.iter().all(|name| live.parts.iter().any(|part| self.covers(part, name, false)))
            || indexes.into_iter().any(|index| self.implies(index, live));
        if !live.unique || live.primary || known {
            return None;
        }
        let words = Words {
            is: describe(live),
            should_be: "one that refuses nothing".to_owned(),
            consequence: "lucia does not know it, and tells of a failure of the database when it refuses a row, not of an attribute \
                          that is taken",
            mend: "Write `#[lucia(unique)]` at the field if it is a user attribute that is meant to be unique, or drop the index",
        };
        let finding = self.finding(Code::ExtraUnique, Severity::Warning, words).index(&live.name);
        let columns: Vec<String> = live.parts.iter().filter_map(|part| part.column.clone()).collect();
        Some(if columns.is_empty() { finding } else { finding.column(&columns.join(", ")) })
    }

    /// Whether an index refuses no more than one of the schema does: one over more columns, or one that folds no letters. Or
    /// it is told already as what is there in its place.
    fn implies(&self, index: &Index, live: &live::Index) -> bool {
        let covered = |name: &String| {
            let mut parts = live.parts.iter();
            parts.any(|part| self.covers(part, name, index.nocase) || self.covers(part, name, false))
        };
        let is_there = self.live.indexes.iter().any(|live| self.does(index, live));
        index.columns.iter().all(covered) || !is_there && self.is_near(index, live)
    }
}

/// What follows from an index that is not there, and another one, or none, in its place.
fn missed(index: &Index, live: Option<&live::Index>) -> &'static str {
    let refuses_more = live.is_some_and(|live| live.unique && !live.partial);
    match (index.unique, index.nocase) {
        (false, _) => "queries that look for rows by it read the whole table",
        (true, true) => {
            "two rows can have one text in letters of different cases, and look-ups by it read the whole table"
        }
        (true, false) if refuses_more => "a text is refused when there is one in letters of another case",
        (true, false) => {
            "two rows can have the same value, so that a look-up finds the wrong one, and nobody is told that a value is taken"
        }
    }
}

/// What an index should be, in words.
fn wanted(index: &Index) -> String {
    let columns: Vec<String> = index.columns.iter().map(|name| format!("`{name}`")).collect();
    let unique = if index.unique { "unique " } else { "" };
    let nocase = if index.nocase { ", A to Z taken for a to z" } else { "" };
    format!("{unique}on {}{nocase}", columns.join(", "))
}

/// An index that is there, in words.
fn describe(live: &live::Index) -> String {
    let part = |part: &live::Part| {
        let collation = part.collation.as_deref().filter(|name| name.eq_ignore_ascii_case("nocase"));
        let what = part.column.as_deref().map_or_else(|| expression(&part.expression), str::to_owned);
        format!("`{what}`{}", collation.map(|name| format!(" by `{name}`")).unwrap_or_default())
    };
    let parts: Vec<String> = live.parts.iter().map(part).collect();
    let unique = if live.unique { "unique" } else { "not unique" };
    let partial = if live.partial { " (not for all rows, or not for all of a value)" } else { "" };
    format!("{unique} on {}{partial}", parts.join(", "))
}

/// What SQLite tells is the statement that made the index.
fn expression(told: &str) -> String {
    let inside = if told.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("create")) {
        told.split_once('(').map_or(told, |(_, rest)| rest).trim_end().trim_end_matches(')')
    } else {
        told
    };
    let open = inside.matches('(').count().saturating_sub(inside.matches(')').count());
    inside.to_owned() + &")".repeat(open)
}

/// Whether an expression folds the letters of a column, and does nothing else.
fn folds(told: &str, column: &str, dialect: Dialect) -> bool {
    let told = expression(told);
    let plain: String = told.chars().filter(|c| !"`\"[] ".contains(*c)).collect();
    let cast = plain.replace("::text", "");
    let (Some(start), Some(end)) = (cast.find('('), cast.len().checked_sub(1)) else { return false };
    let (function, inside) =
        (cast.get(..start).unwrap_or_default(), cast.get(start..=end).unwrap_or_default());
    let name = inside.trim_start_matches('(').trim_end_matches(')');
    function.eq_ignore_ascii_case("lower") && same_name(name, column, dialect)
}
