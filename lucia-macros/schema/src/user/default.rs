//! `default = ..`: a literal, and its value as the attribute's type.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, Lit, Token};

use super::mistake::Value;
use crate::{Default, Kind};

/// What is written after `default =`, not yet typed.
pub(crate) enum Literal {
    Bool(bool),
    /// Digits in base ten with their sign, and the suffix.
    Int(String, String),
    Float(String, String),
    Text(String),
    Now,
    /// What an `Option` is without a default.
    None,
    /// No literal.
    Unreadable,
    /// No literal either, which has been noted.
    Noted,
}

impl Literal {
    pub(crate) fn parse(tokens: TokenStream) -> Option<Self> {
        parse.parse2(tokens).ok().flatten()
    }
}

fn parse(input: ParseStream<'_>) -> syn::Result<Option<Literal>> {
    if input.peek(Ident) {
        let name: Ident = input.parse()?;
        return Ok(match name.to_string().as_str() {
            "now" => Some(Literal::Now),
            "None" | "null" | "NULL" => Some(Literal::None),
            _ => None,
        });
    }
    let minus: Option<Token![-]> = input.parse()?;
    let sign = if minus.is_some() { "-" } else { "" };
    Ok(match input.parse()? {
        Lit::Int(int) => {
            Some(Literal::Int(format!("{sign}{}", int.base10_digits()), int.suffix().to_owned()))
        }
        Lit::Float(float) => {
            Some(Literal::Float(format!("{sign}{}", float.base10_digits()), float.suffix().to_owned()))
        }
        Lit::Bool(bool) if minus.is_none() => Some(Literal::Bool(bool.value)),
        Lit::Str(text) if minus.is_none() => Some(Literal::Text(text.value())),
        _ => None,
    })
}

/// The value of the literal for a field of that kind, name and spelling; none if it was not readable in the first place.
pub(crate) fn typed(
    literal: &Literal,
    kind: Kind,
    field: &str,
    ty: &str,
    max_length: Option<u32>,
) -> Result<Option<Default>, Value> {
    match (literal, kind) {
        (Literal::Noted, _) => Ok(None),
        (Literal::Now, kind) if kind.is_timestamp() => Ok(Some(Default::Now)),
        (Literal::Now, kind) => Err(Value::Now { field: field.to_owned(), ty: kind.rust_name() }),
        (_, Kind::Bytes | Kind::Date | Kind::Time | Kind::Uuid | Kind::Json | Kind::Native) => {
            Err(Value::NoLiteral { ty: ty.to_owned() })
        }
        (Literal::None, _) => Err(Value::None),
        (_, kind) if kind.is_timestamp() => Err(Value::OnlyNow { ty: kind.rust_name() }),
        (Literal::Unreadable, kind) => Err(Value::Unreadable { example: example(kind) }),
        (Literal::Bool(value), Kind::Bool) => Ok(Some(Default::Bool(*value))),
        (Literal::Int(digits, suffix), Kind::I16 | Kind::I32 | Kind::I64) if suffix.is_empty() => {
            integer(digits, kind).map(Some)
        }
        (Literal::Int(digits, suffix), Kind::I16 | Kind::I32 | Kind::I64) if suffix == kind.rust_name() => {
            without(digits, suffix)
        }
        (Literal::Int(digits, suffix) | Literal::Float(digits, suffix), Kind::F32 | Kind::F64)
            if suffix.is_empty() =>
        {
            float(digits, kind).map(Some)
        }
        (Literal::Int(digits, suffix) | Literal::Float(digits, suffix), Kind::F32 | Kind::F64)
            if suffix == kind.rust_name() =>
        {
            without(digits, suffix)
        }
        (Literal::Text(value), Kind::Text) => text(value, max_length).map(Some),
        (_, kind) => Err(Value::Type { ty: kind.rust_name(), example: example(kind) }),
    }
}

/// A default of such a kind, as it is written.
pub(super) const fn example(kind: Kind) -> &'static str {
    match kind {
        Kind::Bool => "false",
        Kind::F32 | Kind::F64 => "0.5",
        Kind::Text => "\"member\"",
        Kind::Timestamp | Kind::TimestampUtc => "now",
        _ => "0",
    }
}

fn without(digits: &str, suffix: &str) -> Result<Option<Default>, Value> {
    Err(Value::Suffix { digits: digits.to_owned(), suffix: suffix.to_owned() })
}

/// Checked here, since SQLite would store any number and Diesel would read what is left of it.
fn integer(digits: &str, kind: Kind) -> Result<Default, Value> {
    let (min, max) = match kind {
        Kind::I16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        Kind::I32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    match digits.parse::<i64>() {
        Ok(value) if (min..=max).contains(&value) => Ok(Default::Int(value)),
        _ => Err(Value::Range { ty: kind.rust_name(), min, max }),
    }
}

/// What is too large becomes infinite, for which SQL has no literal. No literal is NaN.
fn float(digits: &str, kind: Kind) -> Result<Default, Value> {
    let fits = match kind {
        Kind::F32 => digits.parse::<f32>().is_ok_and(f32::is_finite),
        _ => true,
    };
    match digits.parse::<f64>() {
        Ok(value) if value.is_finite() && fits => Ok(Default::Float(value)),
        _ => Err(Value::FloatRange { ty: kind.rust_name() }),
    }
}

/// A default that the check on create and update would refuse is not one, and PostgreSQL has no NUL in text.
fn text(value: &str, max_length: Option<u32>) -> Result<Default, Value> {
    let length = value.chars().count();
    match max_length {
        _ if value.chars().any(char::is_control) => Err(Value::Control),
        Some(max) if u32::try_from(length).is_ok_and(|length| length > max) => {
            Err(Value::TooLong { length, max })
        }
        _ => Ok(Default::Text(value.to_owned())),
    }
}
