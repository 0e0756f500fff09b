//! What comes of an operation: the dangers, each with its reason and with the databases that it concerns.

use super::words::Names;
use super::{Change, Danger, retype};
use crate::{Column, Default, ForeignKey, Index, Type};

/// One thing that comes of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Effect {
    /// How dangerous it is.
    pub danger: Danger,
    /// What happens and, where something is to be done about it, what: one sentence without its full stop.
    pub reason: String,
}

impl Effect {
    pub(super) fn new(danger: Danger, reason: impl Into<String>) -> Self {
        Self { danger, reason: reason.into() }
    }
}

impl Change {
    /// The gravest danger of it.
    #[must_use]
    pub fn danger(&self) -> Danger {
        self.effects().iter().map(|effect| effect.danger).max().unwrap_or(Danger::Safe)
    }

    /// Why it has that danger, and what else comes of it, in one sentence without its full stop.
    #[must_use]
    pub fn reason(&self) -> String {
        let mut effects = self.effects();
        effects.sort_by_key(|effect| std::cmp::Reverse(effect.danger));
        let reasons: Vec<String> = effects.into_iter().map(|effect| effect.reason).collect();
        reasons.join("; ")
    }

    /// Whether values go for good, so that it is written only when somebody allows what is destructive.
    #[must_use]
    pub fn loses_data(&self) -> bool {
        self.has(Danger::LosesData)
    }

    /// Whether values that users are looked up by may be equal from now on, so that it is written only when somebody allows
    /// duplicates.
    #[must_use]
    pub const fn drops_uniqueness(&self) -> bool {
        matches!(self, Self::DropIndex { loosens: true, .. })
    }

    /// Whether rows that are there lack a value, so that it is written only with a one-off backfill.
    #[must_use]
    pub fn needs_backfill(&self) -> bool {
        self.has(Danger::NeedsBackfill)
    }

    /// Whether it is not written at all.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.has(Danger::Refused)
    }

    fn has(&self, danger: Danger) -> bool {
        self.effects().iter().any(|effect| effect.danger == danger)
    }

    /// All that comes of it.
    #[must_use]
    pub fn effects(&self) -> Vec<Effect> {
        use Danger::{BreaksRunningCode, Locks, LosesData, Refused, Safe};
        match self {
            Self::CreateTable { .. } => vec![Effect::new(Safe, "nothing that is there changes")],
            Self::DropTable { .. } => vec![
                Effect::new(LosesData, "all its rows are gone for good"),
                Effect::new(BreaksRunningCode, "programs that still use the table fail"),
            ],
            Self::RenameTable { from, .. } => vec![Effect::new(
                BreaksRunningCode,
                format!(
                    "programs of the version before, and queries of your own, fail while they say `{from}`"
                ),
            )],
            Self::AddColumn { table, column, unique } => added(table, column, *unique),
            Self::DropColumn { column, .. } => vec![
                Effect::new(
                    LosesData,
                    "its values are gone for good, and reverting brings the column back without them",
                ),
                Effect::new(
                    BreaksRunningCode,
                    format!("programs of the version before fail while they use `{}`", column.name),
                ),
            ],
            Self::RenameColumn { from, to, .. } => vec![renamed(from, to)],
            Self::AlterColumn { table, old, new, unique } => retype::effects(table, old, new, *unique),
            Self::AddIndex { index, on_nulls, .. } => vec![indexed(index, *on_nulls)],
            Self::DropIndex { index, loosens, .. } => vec![unindexed(index, *loosens)],
            Self::RenameIndex { .. } => vec![Effect::new(Safe, "nothing but its name changes")],
            Self::AddForeignKey { key, .. } => vec![referring(key)],
            Self::DropForeignKey { key, .. } => vec![Effect::new(
                Locks,
                format!(
                    "rows may then refer to rows of `{}` that are not there; SQLite writes the table anew for it",
                    key.table
                ),
            )],
            Self::RenameForeignKey { .. } => vec![Effect::new(
                Locks,
                "PostgreSQL renames it at once, SQLite leaves it its old name, and MySQL makes it again, for which it reads the \
                 whole table and lets nobody write to it",
            )],
            Self::ChangePrimaryKey { from, .. } => vec![Effect::new(
                Refused,
                format!(
                    "sessions, keys and tables of your own refer to the primary key; keep {}, and make what else tells rows \
                     apart unique",
                    Names(from)
                ),
            )],
        }
    }
}

fn added(table: &str, column: &Column, unique: bool) -> Vec<Effect> {
    let one = |danger, reason: &str| vec![Effect::new(danger, reason)];
    match (&column.default, column.nullable) {
        (Some(Default::Now), _) => one(
            Danger::Locks,
            "rows that are there hold the time of the migration in it, for which SQLite and MySQL write the table anew, and \
             nobody writes to it meanwhile",
        ),
        (Some(_), _) => one(Danger::Safe, "rows that are there hold the default in it"),
        (None, true) => one(Danger::Safe, "rows that are there hold null in it"),
        (None, false) => vec![
            Effect::new(
                Danger::NeedsBackfill,
                format!("rows that are there have no value for it; {}", values(table, column, unique)),
            ),
            Effect::new(
                Danger::BreaksRunningCode,
                "programs of the version before can add no rows, since they give no value for it",
            ),
        ],
    }
}

/// The ways to give a column of rows that are there a value, as they are written.
pub(super) fn values(table: &str, column: &Column, unique: bool) -> String {
    let flag = format!("`--backfill {table}.{}=SQL`", column.name);
    match example(&column.ty).filter(|_| !unique) {
        Some(default) => format!(
            "give it one that lasts, `#[lucia(default = {default})]`, or one for these rows only, {flag}, or make it an `Option`"
        ),
        None if unique => format!("give each of them its own, {flag}, or make it an `Option`"),
        None => format!("give them one, {flag}, or make it an `Option`"),
    }
}

/// A default of that type, if it can have any.
const fn example(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Text { .. } => Some("\"\""),
        Type::Bool => Some("false"),
        Type::I16 | Type::I32 | Type::I64 => Some("0"),
        Type::F32 | Type::F64 => Some("0.0"),
        Type::Timestamp => Some("now"),
        Type::Id { .. } | Type::Bytes { .. } | Type::Date | Type::Time | Type::Uuid | Type::Native(_) => None,
    }
}

fn renamed(from: &str, to: &str) -> Effect {
    let reason = if from.eq_ignore_ascii_case(to) {
        format!(
            "PostgreSQL takes `{from}` and `{to}` for two names, so that programs of the version before fail there; SQLite and \
             MySQL take them for one"
        )
    } else {
        format!("programs of the version before fail while they say `{from}`")
    };
    Effect::new(Danger::BreaksRunningCode, reason)
}

/// What an index costs.
const MADE: &str = "nobody writes to the table on SQLite and PostgreSQL while it is made";

fn indexed(index: &Index, on_nulls: bool) -> Effect {
    let reason = if index.unique && !on_nulls {
        let case = if index.nocase { " but for upper and lower case" } else { "" };
        format!("it fails while two rows are equal in {}{case}, and {MADE}", Names(&index.columns))
    } else {
        MADE.to_owned()
    };
    Effect::new(Danger::Locks, reason)
}

fn unindexed(index: &Index, loosens: bool) -> Effect {
    let columns = Names(&index.columns);
    if loosens {
        Effect::new(
            Danger::BreaksRunningCode,
            format!(
                "several rows may then be equal in {columns}, and programs of the version before, which look users up by it, \
                 take one for another"
            ),
        )
    } else if index.unique {
        Effect::new(Danger::Safe, "equal values that stay are refused by another index, or none stay")
    } else {
        Effect::new(Danger::Safe, format!("queries that look for {columns} read the whole table"))
    }
}

fn referring(key: &ForeignKey) -> Effect {
    Effect::new(
        Danger::Locks,
        format!(
            "it fails while a row refers to one of `{}` that is not there; PostgreSQL reads the table for it, SQLite and MySQL \
             write it anew and let nobody write to it meanwhile",
            key.table
        ),
    )
}
