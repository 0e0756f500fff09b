//! The columns of MySQL that hold others in lower case, since MariaDB has no index on an expression.

use super::{Check, Code, Finding, Severity, Words};
use crate::audit::live::{self, same_name};
use crate::sql::mend;
use crate::{Column, Dialect, Index};

/// What follows where letters are not folded.
const TWICE: &str = "two users can have one text in letters of different cases, and a look-up by it fails";

impl Check<'_> {
    pub(super) fn folded_columns(&self) -> Vec<Finding> {
        let nocase = self.table.indexes.iter().filter(|index| index.nocase && self.dialect == Dialect::Mysql);
        // A column that is missing itself is told already.
        let present = nocase.filter(|index| index.columns.iter().all(|name| self.has(name)));
        present.flat_map(|index| self.folded_column(index)).collect()
    }

    fn folded_column(&self, index: &Index) -> Vec<Finding> {
        let Some(column) = mend::folded(self.table, index) else { return Vec::new() };
        match self.live.column(&column.name, self.dialect) {
            None if self.has_expression(index) => Vec::new(),
            Some(live) if live.generated.as_deref().is_some_and(folds) => {
                let ty = self.ty(&column, true, live);
                let found = ty.into_iter().chain(self.text(&column, true, live));
                found.map(|finding| finding.sql(Some(self.anew(index, &column)))).collect()
            }
            live => vec![self.not_folded(index, &column, live)],
        }
    }

    /// Makes the column and its index anew. Nobody writes it, so that nothing is lost.
    fn anew(&self, index: &Index, column: &Column) -> String {
        let has_index = self.live.indexes.iter().any(|live| same_name(&live.name, &index.name, self.dialect));
        let there = self.has(&column.name).then_some(column.name.as_str());
        mend::add_folded(self.table, index, there, has_index)
    }

    fn not_folded(&self, index: &Index, column: &Column, live: Option<&live::Column>) -> Finding {
        let of = index.columns.first().map(String::as_str).unwrap_or_default();
        let (code, is) = match live {
            None => (Code::MissingColumn, "missing"),
            Some(live) if live.generated.is_some() => (Code::Generated, "computed in another way"),
            Some(_) => (Code::Generated, "one that is written"),
        };
        let words = Words {
            is: is.to_owned(),
            should_be: format!("computed from `{of}`, in lower case"),
            consequence: TWICE,
            mend: self.rows.run(),
        };
        let sql = self.anew(index, column);
        self.finding(code, Severity::Error, words).column(&column.name).sql(Some(sql))
    }
}

/// Whether an expression puts all letters into lower case, one by one as our own does, or at once.
fn folds(expression: &str) -> bool {
    let expression = expression.to_lowercase();
    expression.matches("replace(").count() >= 26
        || ["lower(", "lcase("].iter().any(|name| expression.contains(name))
}
