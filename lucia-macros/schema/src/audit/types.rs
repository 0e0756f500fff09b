//! Whether a column of a database holds what a column of the schema should.

mod mysql;
mod postgres;
mod sqlite;

use crate::{Column, DEFAULT_KEYED_LENGTH, Dialect, Type};

/// How a type that is there fits one that should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// It holds every value, and gives it back as it was.
    Fits,
    /// It holds the same kind of values, but not all of them.
    Narrow,
    /// It holds more than Diesel reads back.
    Wide,
    /// It holds something else.
    Other,
    /// It is a type of the database's own, spelt in another way than the struct does.
    Unknown,
}

/// What a column holds, in words that PostgreSQL and MySQL share. Without a limit it takes whatever there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// Text; some databases fill it up with spaces, or take them away.
    Text { chars: Option<u64>, padded: bool },
    /// Bytes; some databases fill them up with zeros.
    Bytes { max: Option<u64>, padded: bool },
    /// True or false.
    Bool,
    /// An integer.
    Int { bits: u8, unsigned: bool },
    /// A rounded number.
    Float { bits: u8 },
    /// A date.
    Date,
    /// A time of day.
    Time { digits: u8 },
    /// A point in time.
    Timestamp { digits: u8 },
    /// Something else.
    Other,
}

/// How the type that is there fits the column. Where no value is below zero, an unsigned number is as good.
pub(super) fn fit(column: &Column, keyed: bool, never_negative: bool, live: &str, dialect: Dialect) -> Fit {
    let live = live.trim().to_lowercase();
    if let Type::Native(native) = &column.ty {
        let wanted = native.on(dialect).unwrap_or_default().trim().to_lowercase();
        return if plain(&wanted, dialect) == plain(&live, dialect) { Fit::Fits } else { Fit::Unknown };
    }
    match dialect {
        Dialect::Sqlite => sqlite::fit(&column.ty, &live),
        Dialect::Postgres => compare(&postgres::wanted(&column.ty), &postgres::holds(&live), true, false),
        Dialect::Mysql => {
            compare(&mysql::wanted(&column.ty, keyed), &mysql::holds(&live), false, never_negative)
        }
    }
}

/// A type without what its spellings differ in.
fn plain(ty: &str, dialect: Dialect) -> String {
    let ty = match dialect {
        Dialect::Sqlite => ty.to_owned(),
        Dialect::Postgres => postgres::plain(ty),
        Dialect::Mysql => mysql::plain(ty),
    };
    ty.split_whitespace().collect::<Vec<_>>().concat()
}

/// PostgreSQL hands numbers over in exactly as many bytes as they are stored in, which Diesel insists on.
fn compare(wanted: &Holds, live: &Holds, exact_numbers: bool, never_negative: bool) -> Fit {
    use Holds::{Bool, Bytes, Date, Float, Int, Text, Time, Timestamp};

    match (*wanted, *live) {
        (Text { padded: false, .. }, Text { padded: true, .. })
        | (Bytes { padded: false, .. }, Bytes { padded: true, .. }) => Fit::Other,
        (Text { chars: wanted, .. }, Text { chars: live, .. })
        | (Bytes { max: wanted, .. }, Bytes { max: live, .. }) => room(wanted, live),
        (Bool, Int { .. }) if !exact_numbers => Fit::Fits,
        (Int { bits: wanted, .. }, Int { bits: live, unsigned }) => {
            if unsigned && !never_negative {
                Fit::Narrow
            } else {
                width(wanted, live, exact_numbers)
            }
        }
        (Float { bits: wanted }, Float { bits: live }) => width(wanted, live, exact_numbers),
        (Time { digits: wanted }, Time { digits: live })
        | (Timestamp { digits: wanted }, Timestamp { digits: live }) => width(wanted, live, false),
        (Bool, Bool) | (Date, Date) => Fit::Fits,
        _ => Fit::Other,
    }
}

fn room(wanted: Option<u64>, live: Option<u64>) -> Fit {
    match (wanted, live) {
        (_, None) => Fit::Fits,
        (Some(wanted), Some(live)) if live >= wanted => Fit::Fits,
        _ => Fit::Narrow,
    }
}

const fn width(wanted: u8, live: u8, exact: bool) -> Fit {
    if live < wanted {
        Fit::Narrow
    } else if live > wanted && exact {
        Fit::Wide
    } else {
        Fit::Fits
    }
}

/// What a portable type holds, wherever nothing else is said.
fn wanted(ty: &Type) -> Holds {
    match *ty {
        // Ids have no spaces, so that nothing is lost with those at the end.
        Type::Id { max_bytes } => Holds::Text { chars: Some(max_bytes.into()), padded: true },
        Type::Text { max_length } => Holds::Text { chars: max_length.map(u64::from), padded: false },
        Type::Bool => Holds::Bool,
        Type::I16 => Holds::Int { bits: 16, unsigned: false },
        Type::I32 => Holds::Int { bits: 32, unsigned: false },
        Type::I64 => Holds::Int { bits: 64, unsigned: false },
        Type::F32 => Holds::Float { bits: 32 },
        Type::F64 => Holds::Float { bits: 64 },
        Type::Bytes { max_length } => Holds::Bytes { max: max_length.map(u64::from), padded: false },
        // Always as long as the column.
        Type::Uuid => Holds::Bytes { max: Some(16), padded: true },
        Type::Date => Holds::Date,
        Type::Time => Holds::Time { digits: 6 },
        Type::Timestamp => Holds::Timestamp { digits: 6 },
        Type::Native(_) => Holds::Other,
    }
}

/// What a type says in parentheses: `varchar(32)`, `time(6)`.
fn argument(ty: &str) -> Option<u64> {
    let (_, rest) = ty.split_once('(')?;
    let (argument, _) = rest.split_once([')', ','])?;
    argument.trim().parse().ok()
}

/// The length of a column that states one.
fn keyed_length(max_length: Option<u32>) -> u64 {
    max_length.unwrap_or(DEFAULT_KEYED_LENGTH).into()
}
