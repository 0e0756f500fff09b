//! Columns: whether they are there, what they hold, and what becomes of a value that is not given.

use super::{Check, Code, Finding, REBUILD, Rows, Severity, Words, default};
use crate::audit::live;
use crate::audit::types::{Fit, fit};
use crate::sql::mend;
use crate::{Column, Default, Dialect, Index};

impl Check<'_> {
    pub(super) fn columns(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        for column in &self.table.columns {
            match self.live.column(&column.name, self.dialect) {
                Some(live) => found.extend(self.column(column, live)),
                None => found.push(self.missing_column(column)),
            }
        }
        found.extend(self.folded_columns());
        found.extend(self.live.columns.iter().filter_map(|live| self.extra(live)));
        found
    }

    fn column(&self, column: &Column, live: &live::Column) -> Vec<Finding> {
        if let Some(finding) = self.generated(column, live) {
            return vec![finding];
        }
        let keyed = self.table.is_keyed(&column.name);
        let found = [self.ty(column, keyed, live), self.null(column, live), self.default(column, live)];
        found.into_iter().flatten().chain(self.text(column, keyed, live)).collect()
    }

    fn missing_column(&self, column: &Column) -> Finding {
        let add = mend::add_column(self.table, column, self.dialect);
        let sql = add.map(|add| add + &self.indexes_with(column).concat());
        let words = Words {
            is: "missing".to_owned(),
            should_be: format!("a column of type {}", sql_type(self, column)),
            consequence: "every query that reads or writes such rows names it, and fails",
            mend: if sql.is_some() { self.rows.run() } else { self.rows.run_only() },
        };
        self.finding(Code::MissingColumn, Severity::Error, words).column(&column.name).sql(sql)
    }

    /// The indexes that can be made as soon as a column is there, the last one that they wait for.
    fn indexes_with(&self, column: &Column) -> Vec<String> {
        let waiting = self.table.columns.iter().filter(|own| !self.has(&own.name));
        let later: Vec<&str> =
            waiting.skip_while(|own| own.name != column.name).skip(1).map(|own| own.name.as_str()).collect();
        let covers = |index: &&Index| index.columns.contains(&column.name);
        let complete = |index: &&Index| !index.columns.iter().any(|name| later.contains(&name.as_str()));
        let indexes = self.table.indexes.iter().filter(covers).filter(complete);
        indexes.map(|index| format!(" {}", mend::add_index_to_new(self.table, index, self.dialect))).collect()
    }

    fn generated(&self, column: &Column, live: &live::Column) -> Option<Finding> {
        live.generated.as_ref()?;
        let words = Words {
            is: "computed by the database".to_owned(),
            should_be: "one that is written".to_owned(),
            consequence: "the database refuses to write it, so that no such row can be stored",
            mend: "Drop it, and run the migration that adds it",
        };
        Some(self.finding(Code::Generated, Severity::Error, words).column(&column.name))
    }

    pub(super) fn ty(&self, column: &Column, keyed: bool, live: &live::Column) -> Option<Finding> {
        // The times of sessions and keys are never negative, and Lucia v1 has them unsigned.
        let (code, severity, consequence, mends) =
            match fit(column, keyed, self.rows != Rows::Users, &live.ty, self.dialect) {
                Fit::Fits => return None,
                Fit::Narrow => (
                    Code::NarrowType,
                    Severity::Error,
                    if self.dialect == Dialect::Mysql {
                        "a value that does not fit is refused, or cut by a server that is not strict"
                    } else {
                        "a value that does not fit is refused"
                    },
                    true,
                ),
                Fit::Wide => (Code::OtherType, Severity::Error, "its values cannot be read back", true),
                Fit::Other => (
                    Code::OtherType,
                    Severity::Error,
                    "values are refused, or are not read back as they were written",
                    false,
                ),
                Fit::Unknown => (
                    Code::OtherType,
                    Severity::Warning,
                    "whether its values can be read is not known, since it is a type of the database's own",
                    false,
                ),
            };
        let sql = mend::set_type(self.table, column, self.dialect).filter(|_| mends);
        let words = Words {
            is: format!("`{}`", live.ty),
            should_be: if code == Code::NarrowType {
                format!("at least {}", sql_type(self, column))
            } else {
                sql_type(self, column)
            },
            consequence,
            mend: if sql.is_some() { "Run" } else { self.retype(severity) },
        };
        let finding = self.finding(code, severity, words).column(&column.name);
        Some(finding.modify(sql, self.joined(&column.name)))
    }

    fn retype(&self, severity: Severity) -> &'static str {
        if severity == Severity::Warning {
            "Make sure that the two mean the same, or give the column the type that the struct names"
        } else if self.dialect == Dialect::Sqlite {
            REBUILD
        } else {
            "Add a column of the right type under another name, fill it from this one, and exchange the two"
        }
    }

    fn null(&self, column: &Column, live: &live::Column) -> Option<Finding> {
        if column.nullable == live.nullable {
            return None;
        }
        let (code, severity, consequence, sql) = if column.nullable {
            (
                Code::NotNull,
                Severity::Error,
                "a row without a value in it cannot be stored",
                mend::drop_not_null(self.table, column, self.dialect),
            )
        } else {
            (
                Code::Nullable,
                Severity::Warning,
                "a row that someone else writes without it cannot be read",
                mend::set_not_null(self.table, column, self.dialect),
            )
        };
        let told = |nullable: bool| if nullable { "nullable" } else { "`NOT NULL`" };
        let mend = match (&sql, column.nullable) {
            (Some(_), true) => "Run",
            (Some(_), false) => "Give the rows that have none a value, and run",
            (None, _) => REBUILD,
        };
        let words = Words {
            is: told(live.nullable).to_owned(),
            should_be: told(column.nullable).to_owned(),
            consequence,
            mend,
        };
        let finding = self.finding(code, severity, words).column(&column.name);
        Some(finding.modify(sql, self.joined(&column.name)))
    }

    fn default(&self, column: &Column, live: &live::Column) -> Option<Finding> {
        let wanted = column.default.as_ref()?;
        let (code, severity, consequence) = match &live.default {
            None if column.nullable => (
                Code::MissingDefault,
                Severity::Warning,
                "a user who is created without a value has none, and not the one that the struct names",
            ),
            None => (
                Code::MissingDefault,
                Severity::Error,
                "a user cannot be created without a value, as the struct allows",
            ),
            Some(live) if default::differs(wanted, live, self.dialect) => (
                Code::OtherDefault,
                Severity::Warning,
                "a user who is created without a value has another one than the struct names",
            ),
            Some(_) => return None,
        };
        let sql = mend::set_default(self.table, column, self.dialect);
        let words = Words {
            is: live.default.as_ref().map_or_else(|| "missing".to_owned(), |live| format!("`{live}`")),
            should_be: if *wanted == Default::Now {
                "the time in UTC".to_owned()
            } else {
                wanted.to_string()
            },
            consequence,
            mend: if sql.is_some() { "Run" } else { REBUILD },
        };
        Some(self.finding(code, severity, words).column(&column.name).sql(sql))
    }

    fn extra(&self, live: &live::Column) -> Option<Finding> {
        let known = self.table.columns.iter().any(|own| live::same_name(&own.name, &live.name, self.dialect));
        if known || live.nullable || live.default.is_some() || live.generated.is_some() {
            return None;
        }
        let sql = mend::allow_null(self.table, &live.name, &live.ty, self.dialect);
        let words = Words {
            is: format!("`{} NOT NULL` without a default", live.ty),
            should_be: "one that may be left out, since lucia does not know it".to_owned(),
            consequence: "no such row can be stored",
            mend: if sql.is_some() {
                "Drop it, add a field to the struct if it is a user attribute, or run"
            } else {
                "Drop it, or add a field to the struct if it is a user attribute"
            },
        };
        Some(self.finding(Code::ExtraColumn, Severity::Error, words).column(&live.name).sql(sql))
    }
}

/// A type as it is written on the database.
fn sql_type(check: &Check<'_>, column: &Column) -> String {
    format!("`{}`", mend::type_name(check.table, column, check.dialect))
}
