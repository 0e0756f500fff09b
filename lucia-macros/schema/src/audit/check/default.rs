//! Whether a default that is there means what it should.

use crate::{Default, Dialect};

/// A default as the catalogue spells it, read as far as it can be.
enum Found {
    /// A text between quotes.
    Quoted(String),
    /// Anything else: a number, a word, an expression.
    Bare(String),
}

/// Whether a default that is there is certainly another one.
pub(super) fn differs(wanted: &Default, live: &str, dialect: Dialect) -> bool {
    let found = read(live, dialect);
    match (wanted, &found) {
        (Default::Text(wanted), Found::Quoted(text)) => text != wanted,
        // MySQL tells texts without quotes.
        (Default::Text(wanted), Found::Bare(text)) => dialect != Dialect::Mysql || text != wanted,
        (Default::Now, Found::Bare(text)) => !is_now(text, dialect),
        (Default::Now, Found::Quoted(_)) => true,
        (Default::Bool(wanted), Found::Bare(text) | Found::Quoted(text)) => {
            let truth = match text.to_lowercase().as_str() {
                "1" | "true" | "t" => Some(true),
                "0" | "false" | "f" => Some(false),
                _ => None,
            };
            truth != Some(*wanted)
        }
        (Default::Int(wanted), Found::Bare(text) | Found::Quoted(text)) => text.parse() != Ok(*wanted),
        (Default::Float(wanted), Found::Bare(text) | Found::Quoted(text)) => !is_float(*wanted, text),
    }
}

/// A column of single precision tells its default in fewer digits.
fn is_float(wanted: f64, text: &str) -> bool {
    #[expect(clippy::cast_possible_truncation, reason = "that is what is compared")]
    let single = |value: f64| (value as f32 + 0.0).to_bits();
    // Zero has two signs and is one number.
    let double = |value: f64| (value + 0.0).to_bits();
    text.parse::<f64>().is_ok_and(|value| double(value) == double(wanted) || single(value) == single(wanted))
}

/// The time of the database, in UTC.
fn is_now(text: &str, dialect: Dialect) -> bool {
    let text: String = text.to_lowercase().split_whitespace().collect();
    match dialect {
        Dialect::Sqlite => ["current_timestamp", "datetime('now')"].contains(&text.as_str()),
        Dialect::Postgres => {
            let in_utc = text.contains("attimezone'utc'") || text.starts_with("timezone('utc'");
            in_utc && (text.contains("current_timestamp") || text.contains("now()"))
        }
        Dialect::Mysql => text.starts_with("utc_timestamp("),
    }
}

fn read(live: &str, dialect: Dialect) -> Found {
    let mut text = live.trim();
    while let Some(inner) = inner(text) {
        text = inner.trim();
    }
    let literal = text.strip_prefix("_utf8mb4").map(literal);
    let text = literal.as_deref().unwrap_or(text);
    match quoted(text, dialect) {
        Some(text) => Found::Quoted(text),
        None if dialect == Dialect::Postgres => Found::Bare(without_cast(text)),
        None => Found::Bare(text.to_owned()),
    }
}

/// MySQL names the charset of a literal that is part of an expression, and tells all of it with backslashes once more.
fn literal(told: &str) -> String {
    if !told.starts_with('\\') {
        return told.to_owned();
    }
    let mut out = String::new();
    let mut rest = told.chars();
    while let Some(c) = rest.next() {
        out.extend(if c == '\\' { rest.next() } else { Some(c) });
    }
    out
}

/// What is between parentheses that belong together and enclose all of a text.
fn inner(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let mut depth = 0_i32;
    let mut quoted = false;
    for c in inner.chars() {
        match c {
            '\'' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return None;
        }
    }
    Some(inner)
}

/// The literal that a text begins with, if nothing but a cast follows.
fn quoted(text: &str, dialect: Dialect) -> Option<String> {
    let quote = text.chars().next().filter(|c| *c == '\'' || *c == '"' && dialect == Dialect::Sqlite)?;
    let mut out = String::new();
    let mut rest = text.get(1..)?.chars().peekable();
    loop {
        match rest.next()? {
            '\\' if dialect == Dialect::Mysql => out.push(rest.next()?),
            c if c == quote && rest.peek() == Some(&quote) => {
                rest.next();
                out.push(quote);
            }
            c if c == quote => break,
            c => out.push(c),
        }
    }
    let rest: String = rest.collect();
    (rest.is_empty() || rest.starts_with("::")).then_some(out)
}

/// `(-1)::numeric` is `-1`.
fn without_cast(text: &str) -> String {
    let value = text.rsplit_once("::").map_or(text, |(value, ty)| {
        // Else it is the end of an argument.
        let is_whole = ty.matches('(').count() == ty.matches(')').count();
        if is_whole { value } else { text }
    });
    inner(value.trim()).unwrap_or(value).trim().to_owned()
}
