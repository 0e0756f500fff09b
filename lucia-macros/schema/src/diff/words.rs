//! Columns, types and values in plain words.

use std::fmt;

use crate::{Column, Default, Dialect, Type};

/// Names in back-ticks.
pub(super) struct Names<'a>(pub(super) &'a [String]);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`", self.0.join("`, `"))
    }
}

/// A column without its name.
pub(super) struct Described<'a>(pub(super) &'a Column);

impl fmt::Display for Described<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Column { ty, nullable, default, .. } = self.0;
        write!(f, "{ty}, {}", if *nullable { "may be null" } else { "not null" })?;
        match default {
            None => Ok(()),
            Some(default) => write!(f, ", default {default}"),
        }
    }
}

/// What has changed about a column, and nothing else.
pub(super) struct Altered<'a> {
    pub(super) old: &'a Column,
    pub(super) new: &'a Column,
}

impl fmt::Display for Altered<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { old, new } = self;
        let mut told = Vec::new();
        if old.ty != new.ty {
            told.push(format!("was {} and is {}", old.ty, new.ty));
        }
        if old.nullable != new.nullable {
            told.push(if new.nullable { "may now be null" } else { "must not be null any more" }.to_owned());
        }
        match (&old.default, &new.default) {
            (old, new) if old == new => {}
            (None, Some(new)) => told.push(format!("has the default {new} now")),
            (Some(old), None) => told.push(format!("has no default any more, which was {old}")),
            (old, new) => {
                let (old, new) = (old.as_ref().map(text), new.as_ref().map(text));
                told.push(format!(
                    "had the default {} and has {}",
                    old.unwrap_or_default(),
                    new.unwrap_or_default()
                ));
            }
        }
        f.write_str(&told.join(", and it "))
    }
}

fn text(default: &Default) -> String {
    default.to_string()
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id { max_bytes } => write!(f, "id of at most {max_bytes} bytes"),
            Self::Text { max_length: None } => f.write_str("text"),
            Self::Text { max_length: Some(n) } => write!(f, "text of at most {n} characters"),
            Self::Bool => f.write_str("true or false"),
            Self::I16 => f.write_str("16-bit number"),
            Self::I32 => f.write_str("32-bit number"),
            Self::I64 => f.write_str("64-bit number"),
            Self::F32 => f.write_str("number in single precision"),
            Self::F64 => f.write_str("number in double precision"),
            Self::Bytes { max_length: None } => f.write_str("bytes"),
            Self::Bytes { max_length: Some(n) } => write!(f, "at most {n} bytes"),
            Self::Date => f.write_str("date"),
            Self::Time => f.write_str("time of day"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::Uuid => f.write_str("16 bytes of a UUID"),
            Self::Native(native) => {
                let spelled =
                    Dialect::ALL.map(|dialect| native.on(dialect).map(|ty| format!("`{ty}` on {dialect}")));
                f.write_str(&spelled.into_iter().flatten().collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl fmt::Display for Default {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "`{value}`"),
            Self::Int(value) => write!(f, "`{value}`"),
            Self::Float(value) => write!(f, "`{value:?}`"),
            Self::Text(value) => write!(f, "`{value:?}`"),
            Self::Now => f.write_str("now"),
        }
    }
}
