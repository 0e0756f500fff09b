//! Which texts a column takes for equal, and which it can hold.

use super::{Check, Code, Finding, REBUILD, Rows, Severity, Words};
use crate::audit::live;
use crate::sql::mend;
use crate::{Column, Dialect, Type};

/// What follows where two texts that differ are one.
const FOLDED: &str = "`Ada` and `ada` are one value there, so that an id or a name finds the row of another one, or is refused \
                      as taken";

impl Check<'_> {
    /// Collation and charset of a column, if it is text.
    pub(super) fn text(&self, column: &Column, keyed: bool, live: &live::Column) -> Vec<Finding> {
        if !matches!(column.ty, Type::Id { .. } | Type::Text { .. }) {
            return Vec::new();
        }
        let collation = keyed.then(|| self.collation(column, live)).flatten();
        // The charset of what a collation is of comes with it.
        let charset = if collation.is_some() { None } else { self.charset(column, live) };
        collation.into_iter().chain(charset).collect()
    }

    fn collation(&self, column: &Column, live: &live::Column) -> Option<Finding> {
        let (is, severity, consequence) = match self.dialect {
            Dialect::Sqlite => (self.own_collation(&column.name)?, Severity::Error, FOLDED),
            Dialect::Postgres if live.ty == "citext" => ("`citext`".to_owned(), Severity::Error, FOLDED),
            Dialect::Postgres => self.postgres(column, live)?,
            Dialect::Mysql => mysql(column, live)?,
        };
        let sql = mend::set_type(self.table, column, self.dialect);
        let words = Words {
            is,
            should_be: match (self.dialect, &column.ty) {
                (Dialect::Sqlite, _) => "`BINARY`, as it is when none is named",
                (Dialect::Postgres, _) => "`C`",
                (Dialect::Mysql, Type::Id { .. }) => "`ascii_bin`",
                (Dialect::Mysql, _) => "`utf8mb4_0900_bin` on MySQL and `utf8mb4_nopad_bin` on MariaDB",
            }
            .to_owned(),
            consequence,
            mend: if sql.is_some() { "Run" } else { REBUILD },
        };
        let finding = self.finding(Code::Collation, severity, words).column(&column.name);
        Some(finding.modify(sql, self.joined(&column.name)))
    }

    /// SQLite tells the collation of an index only. That of the primary key and of a unique constraint is the column's own.
    fn own_collation(&self, column: &str) -> Option<String> {
        let own = |index: &&live::Index| index.primary || index.name.starts_with("sqlite_autoindex_");
        let mut parts = self.live.indexes.iter().filter(own).flat_map(|index| &index.parts);
        let named = |part: &&live::Part| {
            part.column.as_ref().is_some_and(|name| live::same_name(name, column, self.dialect))
        };
        let collation = parts.find(named)?.collation.as_deref()?;
        (!collation.eq_ignore_ascii_case("binary")).then(|| format!("`{collation}`"))
    }

    /// Any collation that is not made to ignore differences compares byte for byte there. It still folds letters of its own.
    fn postgres(&self, column: &Column, live: &live::Column) -> Option<(String, Severity, &'static str)> {
        let collation = live.collation.as_deref()?;
        let is = format!("`{collation}`");
        if !live.exact {
            return Some((is, Severity::Error, FOLDED));
        }
        let folds = |index: &crate::Index| index.nocase && index.columns.contains(&column.name);
        let nocase = self.table.indexes.iter().any(folds);
        (nocase && !["C", "POSIX"].contains(&collation)).then_some((
            is,
            Severity::Warning,
            "letters of other scripts than A to Z are folded too, as on no other database",
        ))
    }

    /// Attributes hold any script; ids and hashes are ASCII.
    fn charset(&self, column: &Column, live: &live::Column) -> Option<Finding> {
        let collation = live.collation.as_deref().filter(|_| self.dialect == Dialect::Mysql)?;
        let charset = collation.split('_').next().unwrap_or_default();
        let holds_all = ["utf8mb4", "utf16", "utf32", "binary"].contains(&charset);
        if holds_all || self.rows != Rows::Users || matches!(column.ty, Type::Id { .. }) {
            return None;
        }
        let words = Words {
            is: format!("`{charset}`"),
            should_be: "`utf8mb4`".to_owned(),
            consequence: "text in a script that it does not know is refused, or stored as question marks by a server that is not \
                          strict",
            mend: "Run",
        };
        let sql = mend::set_type(self.table, column, self.dialect);
        Some(self.finding(Code::Charset, Severity::Error, words).column(&column.name).sql(sql))
    }
}

/// Of the collations that compare byte for byte some leave spaces at the end out, of which ids have none.
fn mysql(column: &Column, live: &live::Column) -> Option<(String, Severity, &'static str)> {
    let collation = live.collation.as_deref()?;
    let is = format!("`{collation}`");
    if !live.exact {
        return Some((is, Severity::Error, FOLDED));
    }
    let keeps_spaces = ["nopad", "_0900_"].iter().any(|mark| collation.contains(mark));
    let is_text = matches!(column.ty, Type::Text { .. });
    (is_text && !keeps_spaces).then_some((
        is,
        Severity::Warning,
        "texts that differ only in spaces at their end are one value there, as on no other database",
    ))
}
