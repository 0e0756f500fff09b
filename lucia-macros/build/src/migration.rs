//! The text of a migration: what is in its directory. It depends on the struct, the folder and the decisions only.

use std::cmp::Reverse;
use std::fmt::Write as _;

use lucia_schema::{Change, Danger, Diff, Schema, Snapshot, VERSION, sql};

use crate::Database;
use crate::decisions::Decisions;
use crate::folder::SNAPSHOT;
use crate::{name, need};

/// Files of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The name of its directory.
    pub(crate) name: String,
    /// Whether the directory is not there yet.
    pub(crate) is_new: bool,
    /// Names and texts.
    pub(crate) files: Vec<(&'static str, String)>,
}

/// How the SQL of a migration of ours begins.
pub(crate) const BY_LUCIA: &str = "-- Written by lucia ";

/// Diesel takes a file without the line for `false`, and no file for `true`.
const NO_TRANSACTION: &str = "# A foreign key of SQLite is only switched off outside of a transaction; `up.sql` and `down.sql` \
                              begin and end their own.\nrun_in_transaction = false\n";

const KEEP: &str =
    "-- Once it has run anywhere, leave it as it is: a change of the struct is a migration of its own.\n";

/// The migration that creates the tables.
pub(crate) fn first(
    struct_name: &str,
    schema: &Schema,
    database: Database,
    date: &str,
    name: Option<&str>,
) -> Written {
    let up = format!(
        "{BY_LUCIA}{VERSION} from the struct `{struct_name}`: the tables of its users, their sessions and their keys.\n\
         {KEEP}{}",
        sql::create(schema, database)
    );
    let down = format!(
        "{BY_LUCIA}{VERSION}. Removes all users, sessions and keys.\n{}",
        sql::drop(schema, database)
    );
    let snapshot = Snapshot::new(schema.clone(), &up, Some(&down)).to_json();
    let name = name.map_or_else(|| name::first(schema), str::to_owned);
    Written {
        name: format!("{date}_{name}"),
        is_new: true,
        files: vec![("up.sql", up), ("down.sql", down), (SNAPSHOT, snapshot)],
    }
}

/// What a later migration is made of.
pub(crate) struct Next<'a> {
    pub(crate) struct_name: &'a str,
    pub(crate) date: &'a str,
    pub(crate) diff: &'a Diff,
    pub(crate) sql: sql::Migration,
    pub(crate) decisions: &'a Decisions,
}

impl Next<'_> {
    /// The migration that leads from the parent to these tables.
    pub(crate) fn written(self, schema: Schema, parent: &Snapshot) -> Written {
        // Both directions are alike in that.
        let in_transaction = self.sql.up.in_transaction;
        let up = format!("{}{}", self.head(&schema), self.sql.up.sql);
        let down = format!("{}{}", self.head_of_down(), self.sql.down.sql);
        let name = self.decisions.name.clone().unwrap_or_else(|| name::next(&schema, &self.diff.changes));
        let snapshot = Snapshot::new(schema, &up, Some(&down)).after(parent).decided(self.decisions.flags());
        let mut files = vec![("up.sql", up), ("down.sql", down), (SNAPSHOT, snapshot.to_json())];
        if !in_transaction {
            files.push(("metadata.toml", NO_TRANSACTION.to_owned()));
        }
        Written { name: format!("{}_{name}", self.date), is_new: true, files }
    }

    /// Who wrote it, what for, and what comes of it.
    fn head(&self, schema: &Schema) -> String {
        let mut out = format!("{BY_LUCIA}{VERSION} from the struct `{}`.\n{KEEP}--\n", self.struct_name);
        let (own, of_lucia): (Vec<_>, Vec<_>) =
            self.diff.changes.iter().partition(|change| is_of_struct(change, schema));
        for change in own {
            self.describe(&mut out, change);
        }
        if !of_lucia.is_empty() {
            // Writing to a `String` cannot fail.
            let _ = writeln!(out, "-- Not from the struct, but from lucia {VERSION}, for tables of its own:");
        }
        for change in of_lucia {
            self.describe(&mut out, change);
        }
        out
    }

    /// What changes, and on a line below what comes of it.
    fn describe(&self, out: &mut String, change: &Change) {
        let consequence = in_a_line(&consequence(change, self.decisions));
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "-- * {}\n--   {consequence}", in_a_line(&change.to_string()));
    }

    fn head_of_down(&self) -> String {
        let mut out = format!("{BY_LUCIA}{VERSION}. Takes back what `up.sql` does.\n");
        if self.diff.changes.iter().any(Change::loses_data) {
            out.push_str("-- Data that is gone does not come back.\n");
        }
        out
    }
}

/// The danger of a change, if any, and what comes of it, what was decided about it last.
pub(crate) fn consequence(change: &Change, decisions: &Decisions) -> String {
    let mut effects = change.effects();
    let value = need::column(change).and_then(|(table, column)| decisions.value(&table, &column));
    if let Some(sql) = value {
        for effect in effects.iter_mut().filter(|effect| effect.danger == Danger::NeedsBackfill) {
            effect.danger = Danger::Safe;
            effect.reason = format!("rows that have no value get `{sql}`");
        }
    }
    effects.sort_by_key(|effect| Reverse(effect.danger));
    let reasons: Vec<&str> = effects.iter().map(|effect| effect.reason.as_str()).collect();
    match effects.first().map_or(Danger::Safe, |gravest| gravest.danger) {
        Danger::Safe => reasons.join("; "),
        danger => format!("{danger}: {}", reasons.join("; ")),
    }
}

/// A comment ends with its line.
fn in_a_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Whether the change is one of the user table, or of what a table is called: the rest comes with a release of lucia.
pub(crate) fn is_of_struct(change: &Change, schema: &Schema) -> bool {
    let user_table = schema.tables.first().map(|table| table.name.as_str());
    match change {
        Change::RenameTable { .. } | Change::RenameIndex { .. } | Change::RenameForeignKey { .. } => true,
        _ => name::table(change) == user_table,
    }
}
