//! What comes of it when a column holds something else.

use super::Danger;
use super::effect::{Effect, values};
use crate::{Column, Conversion, Type, conversion};

/// Type, null and default, each on its own.
pub(super) fn effects(table: &str, old: &Column, new: &Column, unique: bool) -> Vec<Effect> {
    let mut effects = Vec::new();
    if old.ty != new.ty {
        effects.extend(of_type(old, new));
    }
    match (old.nullable, new.nullable) {
        (true, false) => effects.extend(of_no_null(table, new, unique)),
        (false, true) => effects.extend(of_null()),
        _ => {}
    }
    if old.default != new.default {
        effects.push(of_default(new));
    }
    effects
}

fn of_type(old: &Column, new: &Column) -> Vec<Effect> {
    let (from, to) = (&old.ty, &new.ty);
    let converted = conversion(from, to);
    let has_length = matches!(
        (from, to),
        (Type::Text { .. }, Type::Text { .. }) | (Type::Bytes { .. }, Type::Bytes { .. })
    );
    let effects = match converted {
        Conversion::Same => {
            return vec![Effect::new(
                Danger::Safe,
                "no database that both types are spelt for sees a difference",
            )];
        }
        Conversion::Refused => return vec![refused(old, new)],
        Conversion::Widen if has_length => {
            return vec![Effect::new(
                Danger::Locks,
                "every value fits; SQLite and PostgreSQL have nothing to copy, and MySQL may write the table anew",
            )];
        }
        Conversion::Narrow if has_length => {
            return vec![Effect::new(
                Danger::Locks,
                "it fails on a longer value, for which every database reads the table; MySQL may write it anew, and nobody writes to it \
                 meanwhile",
            )];
        }
        Conversion::Widen | Conversion::BoolToInteger | Conversion::IntegerToText { fits: true } => {
            vec![Effect::new(Danger::Locks, format!("every value fits; {COPIED}"))]
        }
        Conversion::Narrow | Conversion::IntegerToText { fits: false } => {
            vec![Effect::new(Danger::Locks, format!("it fails on a value that is no {to}; {COPIED}"))]
        }
        Conversion::TextToInteger => vec![Effect::new(
            Danger::Locks,
            format!(
                "it fails on a text that is no {to} as a database writes it, for example `007` or ` 7`; {COPIED}"
            ),
        )],
        Conversion::IntegerToBool => {
            vec![Effect::new(Danger::Locks, format!("it fails on a number other than 0 and 1; {COPIED}"))]
        }
        Conversion::Round => vec![Effect::new(
            Danger::LosesData,
            format!(
                "digits beyond single precision are lost, and it fails on a number that is too large; {COPIED}"
            ),
        )],
    };
    let running = Effect::new(
        Danger::BreaksRunningCode,
        format!("programs of the version before read it as {from}, which may fail or give another value"),
    );
    effects.into_iter().chain([running]).collect()
}

/// What a change of the stored form costs.
const COPIED: &str =
    "every database writes the table anew, and nobody writes to it meanwhile, nor reads it on PostgreSQL";

fn refused(old: &Column, new: &Column) -> Effect {
    Effect::new(
        Danger::Refused,
        format!(
            "there is no conversion of {} to {} that keeps every value; add an attribute of another name, fill it in a migration \
             of your own, and drop `{}` when nothing reads it any more",
            old.ty, new.ty, new.name
        ),
    )
}

/// With a default, the rows that hold null get that.
fn of_no_null(table: &str, column: &Column, unique: bool) -> Vec<Effect> {
    let filled = if column.default.is_some() {
        Effect::new(
            Danger::Locks,
            "rows that hold null get the default; PostgreSQL reads the table for it, SQLite and MySQL write it anew, and nobody \
             writes to it meanwhile",
        )
    } else {
        Effect::new(
            Danger::NeedsBackfill,
            format!("rows that hold null need a value; {}", values(table, column, unique)),
        )
    };
    vec![filled, Effect::new(Danger::BreaksRunningCode, "programs of the version before fail to store null")]
}

fn of_null() -> Vec<Effect> {
    vec![
        Effect::new(
            Danger::Locks,
            "SQLite and MySQL write the table anew for it, and nobody writes to it meanwhile",
        ),
        Effect::new(Danger::BreaksRunningCode, "programs of the version before fail to read a null"),
    ]
}

fn of_default(new: &Column) -> Effect {
    if new.default.is_none() && !new.nullable {
        Effect::new(
            Danger::BreaksRunningCode,
            "rows that are there keep what they hold; programs of the version before that give no value can add no rows",
        )
    } else {
        Effect::new(
            Danger::Locks,
            "rows that are there keep what they hold; SQLite writes the table anew for it, and nobody else does meanwhile",
        )
    }
}
