//! Statements that fail while a value does not fit its new type.
//!
//! The databases do not agree on what fits: SQLite reads `12x` as 12, PostgreSQL takes ` 7` for a number, a server of
//! MySQL that is not strict cuts what is too long. A guard comes before everything else, so that one that fails leaves
//! all as it was.

use super::pair::{Kept, Pair, Plan};
use super::text::Text;
use crate::{Conversion, Dialect, Type, sql};

/// Something that must not be in the database.
pub(super) struct Guard {
    /// What is wrong then; it is in the error of the database.
    pub(super) problem: String,
    /// What is read, from `FROM` on. Any row is one too many.
    pub(super) rows: String,
}

/// Guards for all values that change their type.
pub(super) fn of_values(plan: &Plan<'_>, dialect: Dialect, text: &mut Text) {
    for pair in &plan.pairs {
        for kept in &pair.kept {
            if let Some((problem, condition)) = misfit(kept, dialect) {
                let rows = format!("FROM {} WHERE {condition}", sql::identifier(&pair.old.name, dialect));
                let problem = format!("{problem}: {}", place(pair, kept));
                text.note(&format!(
                    "Fails and changes nothing while `{}` holds what the new type does not take. To see it: SELECT * {rows}",
                    kept.old.name
                ));
                say(&Guard { problem, rows }, dialect, text);
            }
        }
    }
}

fn place(pair: &Pair<'_>, kept: &Kept<'_>) -> String {
    format!("{}.{}", pair.old.name, kept.old.name)
}

/// Writes a guard.
pub(super) fn say(guard: &Guard, dialect: Dialect, text: &mut Text) {
    let Guard { problem, rows } = guard;
    match dialect {
        Dialect::Sqlite => {
            let name = sql::identifier(problem, dialect);
            text.say(&format!(
                "CREATE TEMP TABLE `__lucia_guard` (`found` INTEGER CONSTRAINT {name} CHECK (`found` IS NULL))"
            ));
            text.say(&format!("INSERT INTO temp.`__lucia_guard` SELECT 1 {rows} LIMIT 1"));
            text.say("DROP TABLE temp.`__lucia_guard`");
        }
        Dialect::Postgres => {
            let problem = sql::text(&problem.replace('%', "%%"), dialect);
            text.say(&format!(
                "DO $lucia$ BEGIN\n    IF EXISTS (SELECT 1 {rows}) THEN\n        RAISE EXCEPTION {problem};\n    END IF;\nEND \
                 $lucia$"
            ));
        }
        Dialect::Mysql => {
            // The longest name of a constraint has 64 characters.
            let problem: String = problem.chars().take(64).collect();
            let name = sql::identifier(&problem, dialect);
            text.say("DROP TEMPORARY TABLE IF EXISTS `__lucia_guard`");
            text.say(&format!(
                "CREATE TEMPORARY TABLE `__lucia_guard` (`found` INTEGER, CONSTRAINT {name} CHECK (`found` IS NULL))"
            ));
            text.say(&format!("INSERT INTO `__lucia_guard` SELECT 1 {rows} LIMIT 1"));
            text.say("DROP TEMPORARY TABLE `__lucia_guard`");
        }
    }
}

/// What is wrong with values that the new type does not take, and how they are found.
fn misfit(kept: &Kept<'_>, dialect: Dialect) -> Option<(&'static str, String)> {
    let column = sql::identifier(&kept.old.name, dialect);
    match kept.conversion {
        Conversion::Narrow => narrow(&column, &kept.new.ty, dialect),
        Conversion::IntegerToText { fits: false } => {
            let number = as_text(&column, dialect);
            Some(("too long", format!("{} > {}", characters(&number, dialect), limit(&kept.new.ty)?)))
        }
        Conversion::TextToInteger => {
            let (least, most) = range(&kept.new.ty)?;
            Some(("no such integer", no_integer(&column, least, most, dialect)))
        }
        Conversion::IntegerToBool => Some(("neither 0 nor 1", format!("{column} NOT IN (0, 1)"))),
        // PostgreSQL says so itself. The number is the middle between the largest one of single precision and the next.
        Conversion::Round if dialect != Dialect::Postgres => {
            Some(("out of range", format!("abs({column}) >= 3.4028235677973366e38")))
        }
        _ => None,
    }
}

fn narrow(column: &str, to: &Type, dialect: Dialect) -> Option<(&'static str, String)> {
    if let Some((least, most)) = range(to) {
        return Some(("out of range", format!("{column} NOT BETWEEN {least} AND {most}")));
    }
    let length = match (to, dialect) {
        (Type::Bytes { .. }, Dialect::Postgres) => format!("octet_length({column})"),
        (Type::Bytes { .. }, _) => format!("length({column})"),
        _ => characters(column, dialect),
    };
    Some(("too long", format!("{length} > {}", limit(to)?)))
}

/// The number of characters of a text.
fn characters(text: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => format!("length({text})"),
        Dialect::Mysql => format!("char_length({text})"),
    }
}

fn as_text(column: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Sqlite | Dialect::Postgres => format!("CAST({column} AS TEXT)"),
        Dialect::Mysql => format!("CAST({column} AS CHAR)"),
    }
}

/// Text that is not an integer in the only way in which one is written, or not one of that range.
fn no_integer(column: &str, least: i64, most: i64, dialect: Dialect) -> String {
    const DIGITS: &str = "'^(0|-?[1-9][0-9]*)$'";
    match dialect {
        Dialect::Sqlite => format!(
            "CAST(CAST({column} AS INTEGER) AS TEXT) <> {column} OR CAST({column} AS INTEGER) NOT BETWEEN {least} AND {most}"
        ),
        // The conditions are tried in turn, so that only digits are read as a number.
        Dialect::Postgres => format!(
            "CASE WHEN {column} !~ {DIGITS} THEN TRUE ELSE CAST({column} AS NUMERIC) NOT BETWEEN {least} AND {most} END"
        ),
        // There `$` matches before a line break at the end as well.
        Dialect::Mysql => format!(
            "CASE WHEN {column} NOT REGEXP {DIGITS} OR instr({column}, char(10)) > 0 OR char_length({column}) > 20 THEN TRUE ELSE \
             CAST({column} AS DECIMAL(20)) NOT BETWEEN {least} AND {most} END"
        ),
    }
}

fn limit(ty: &Type) -> Option<u32> {
    match ty {
        Type::Text { max_length } | Type::Bytes { max_length } => *max_length,
        _ => None,
    }
}

fn range(ty: &Type) -> Option<(i64, i64)> {
    match ty {
        Type::I16 => Some((i16::MIN.into(), i16::MAX.into())),
        Type::I32 => Some((i32::MIN.into(), i32::MAX.into())),
        Type::I64 => Some((i64::MIN, i64::MAX)),
        _ => None,
    }
}
