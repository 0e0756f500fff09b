//! The primary key, and what a table refers to.

use super::{Check, Code, Finding, REBUILD, Severity, Words};
use crate::audit::live::{self, same_name, same_names};
use crate::sql::mend;
use crate::{Dialect, ForeignKey};

impl Check<'_> {
    pub(super) fn primary_key(&self) -> Option<Finding> {
        let (wanted, live) = (&self.table.primary_key, &self.live.primary_key);
        if same_names(wanted, live, self.dialect) || !wanted.iter().all(|column| self.has(column)) {
            return None;
        }
        let words = Words {
            is: if live.is_empty() { "missing".to_owned() } else { list(live) },
            should_be: list(wanted),
            consequence: "two rows can have one id, so that a session or a key can be that of another user",
            mend: match self.dialect {
                Dialect::Sqlite => REBUILD,
                Dialect::Postgres | Dialect::Mysql => {
                    "Make sure that no id is there twice, and give the table its primary key by `ALTER TABLE`"
                }
            },
        };
        Some(self.finding(Code::PrimaryKey, Severity::Error, words))
    }

    pub(super) fn foreign_keys(&self) -> Vec<Finding> {
        let mut found: Vec<Finding> =
            self.table.foreign_keys.iter().filter_map(|key| self.missing_key(key)).collect();
        found.extend(self.live.foreign_keys.iter().filter_map(|key| self.action(key)));
        found
    }

    fn missing_key(&self, key: &ForeignKey) -> Option<Finding> {
        let there = self.live.foreign_keys.iter().any(|live| self.is(key, live));
        if there || !key.columns.iter().all(|column| self.has(column)) {
            return None;
        }
        let sql = mend::add_foreign_key(self.table, key, None, self.dialect);
        let words = Words {
            is: "missing".to_owned(),
            should_be: format!("a reference to `{}.{}`", key.table, key.references.join(", ")),
            consequence: "a session or a key can be stored for a user who is just being removed, and stays for ever",
            mend: if sql.is_some() { self.rows.run() } else { REBUILD },
        };
        let finding = self.finding(Code::MissingForeignKey, Severity::Error, words).sql(sql);
        Some(finding.column(&key.columns.join(", ")).index(&key.name))
    }

    fn is(&self, key: &ForeignKey, live: &live::ForeignKey) -> bool {
        same_names(&key.columns, &live.columns, self.dialect)
            && same_name(&key.table, &live.table, self.dialect)
            && (live.references.is_empty() || same_names(&key.references, &live.references, self.dialect))
    }

    fn action(&self, live: &live::ForeignKey) -> Option<Finding> {
        let acts = ["CASCADE", "SET NULL", "SET DEFAULT"];
        let action = acts.iter().find(|action| live.on_delete.eq_ignore_ascii_case(action))?;
        let own = self.table.foreign_keys.iter().find(|key| self.is(key, live));
        let sql = own.and_then(|key| mend::add_foreign_key(self.table, key, Some(&live.name), self.dialect));
        let words = Words {
            is: format!("`ON DELETE {action}`"),
            should_be: "one without an action".to_owned(),
            consequence: "whatever deletes a row that it refers to, a table that is made anew by hand included, silently takes these \
                          rows with it or changes them",
            mend: match self.dialect {
                _ if sql.is_some() => "Run",
                Dialect::Sqlite => REBUILD,
                Dialect::Postgres | Dialect::Mysql => {
                    "Make it anew without the action, if that is not what you want"
                }
            },
        };
        let finding = self.finding(Code::ForeignKeyAction, Severity::Warning, words).sql(sql);
        Some(finding.column(&live.columns.join(", ")).index(&live.name))
    }
}

/// `` `a`, `b` ``
fn list(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
