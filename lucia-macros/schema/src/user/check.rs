//! The rules about fields, one function each, with the reason for the rule above it.

use quote::ToTokens;

use super::default::{self, Literal};
use super::draft::Draft;
use super::errors::Errors;
use super::mistake::{Combination, Length, Naming, Syntax, Typing, keyed_limit};
use super::names;
use super::types::{Unknown, nullable_of, spelled};
use crate::{Dialect, Kind, MAX_LENGTH, TableNames};

/// Applies every rule to every field.
pub(crate) fn all(drafts: &[Draft<'_>], tables: &TableNames, errors: &mut Errors) {
    for draft in drafts {
        check_type(draft, errors);
        check_together(draft, errors);
        check_native(draft, errors);
        check_field_name(draft, tables, errors);
        check_max_length(draft, errors);
        check_float_unique(draft, errors);
        check_json_keyed(draft, errors);
        check_nocase(draft, errors);
        check_default(draft, errors);
        check_readonly(draft, errors);
    }
    check_databases(drafts, errors);
    check_columns_distinct(drafts, errors);
    check_row_length(drafts, errors);
}

/// A type is legal when it works on all databases.
fn check_type(draft: &Draft<'_>, errors: &mut Errors) {
    if let Err(Unknown::Mistake(at, mistake)) = &draft.reading.kind {
        errors.note(at, mistake.clone());
    }
}

/// A field becomes a column, which in Rust is an item beside those that Diesel makes, and in SQL a name like any other.
fn check_field_name(draft: &Draft<'_>, tables: &TableNames, errors: &mut Errors) {
    let name = draft.name.clone();
    let ty = draft.reading.inner.clone();
    let ty = if draft.reading.optional { format!("Option<{}>", spelled(&ty)) } else { spelled(&ty) };
    if names::is_item_of_diesel(&name) {
        errors.note(draft.ident, Naming::Field { name, ty });
    } else if names::is_made_up(&name) {
        errors.note(draft.ident, Naming::Underscores { name, ty });
    } else if name == tables.user {
        errors.note(draft.ident, Naming::FieldIsTable { name, ty });
    } else {
        names::check_column(draft.column(), draft.column_tokens(), errors);
    }
}

/// A length is for what has one; zero would refuse every value, and an index has room for so much.
fn check_max_length(draft: &Draft<'_>, errors: &mut Errors) {
    let (Some(given), Some(kind)) = (&draft.options.max_length, draft.kind()) else { return };
    // That a native type has none is said in the table.
    if kind == Kind::Native {
        return;
    }
    if !kind.has_length() {
        errors.note(draft.key_of("max_length"), Length::NotForType { ty: kind.rust_name() });
    } else if !(1..=u64::from(MAX_LENGTH)).contains(&given.value) {
        errors.note(&given.at, Length::OutOfRange);
    } else if given.value > u64::from(draft.limit()) {
        let (max, unit) = keyed_limit(kind);
        errors.note(&given.at, Length::TooLongForIndex { max, unit });
    }
}

/// Which attributes need or exclude each other is said in their table.
fn check_together(draft: &Draft<'_>, errors: &mut Errors) {
    let written = &draft.options.written;
    for (place, (spec, key)) in written.iter().enumerate() {
        if let Some(needed) = spec.needs.filter(|name| written.iter().all(|(other, _)| other.name != *name)) {
            errors.note(key, Syntax::Needs { spec, needed });
        }
        let before = written.iter().take(place);
        let clash = before.into_iter().find_map(|(other, _)| Some((*other, spec.conflict(other)?)));
        if let Some((with, because)) = clash {
            errors.note(key, Combination::Attributes { spec, with, because });
        }
    }
}

/// What goes into a migration as it is must at least be one thing.
fn check_native(draft: &Draft<'_>, errors: &mut Errors) {
    let Some(sql_type) = &draft.options.sql_type else { return };
    let names_one = draft.options.written.iter().any(|(spec, _)| spec.needs == Some("sql_type"));
    if !names_one {
        errors.note(&sql_type.at, Typing::NoColumnType);
    }
    if let Some(inner) = nullable_of(&sql_type.value) {
        let optional = (!draft.reading.optional).then(|| spelled(&draft.reading.inner));
        errors.note(&sql_type.at, Typing::Nullable { inner: spelled(inner), optional });
    }
    for (dialect, given) in &draft.options.native {
        let legal = |c: char| c.is_ascii_alphanumeric() || " _.,()[]".contains(c);
        if given.value.trim().is_empty() || !given.value.chars().all(legal) {
            errors.note(&given.at, Typing::ColumnType { dialect: *dialect });
        }
    }
}

/// An app has the databases that all of its attributes have a column on.
fn check_databases(drafts: &[Draft<'_>], errors: &mut Errors) {
    let mut common = Dialect::ALL.to_vec();
    let mut other = String::new();
    for draft in drafts {
        let own = draft.databases();
        let both: Vec<Dialect> = common.iter().copied().filter(|dialect| own.contains(dialect)).collect();
        match (&draft.options.sql_type, common.first()) {
            (Some(given), Some(dialect)) if both.is_empty() && !own.is_empty() => {
                let other = other.clone();
                errors.note(&given.at, Typing::NoDatabase { dialect: *dialect, other });
            }
            (Some(_), _) if !both.is_empty() => {
                other.clone_from(&draft.name);
                common = both;
            }
            _ => {}
        }
    }
}

/// A rounded number read back may differ from the one that was looked up, and NaN from itself.
fn check_float_unique(draft: &Draft<'_>, errors: &mut Errors) {
    let Some(kind) = draft.kind().filter(|kind| kind.is_float()) else { return };
    let mistake = Combination::FloatUnique { field: draft.ident.to_string(), ty: kind.rust_name() };
    match &draft.options.unique {
        Some((unique, _)) => errors.note(unique, mistake),
        None if draft.together => errors.note(draft.ident, mistake),
        None => {}
    }
}

/// `{"a":1}` and `{ "a": 1 }` are one value and two texts, and MySQL cannot index a text without a limit.
fn check_json_keyed(draft: &Draft<'_>, errors: &mut Errors) {
    if draft.kind() != Some(Kind::Json) {
        return;
    }
    let (unique, index) = (Combination::JsonKeyed { by: "unique" }, Combination::JsonKeyed { by: "index" });
    match (&draft.options.unique, &draft.options.index) {
        (Some((at, _)), _) => errors.note(at, unique),
        (None, Some(at)) => errors.note(at, index),
        (None, None) if draft.together => errors.note(draft.ident, unique),
        (None, None) => {}
    }
}

/// Only letters have a case.
fn check_nocase(draft: &Draft<'_>, errors: &mut Errors) {
    let (Some((unique, true)), Some(kind)) = (&draft.options.unique, draft.kind()) else { return };
    if kind != Kind::Text && kind != Kind::Json && kind != Kind::Native && !kind.is_float() {
        errors.note(unique, Combination::NocaseNotText { ty: kind.rust_name() });
    }
}

/// The default goes into SQL as it is: it must be a value of the column's type on every database.
fn check_default(draft: &Draft<'_>, errors: &mut Errors) {
    let Some(given) = &draft.options.default else { return };
    // Of a type that is not known any literal may be a value.
    let is_literal = !matches!(given.value, Literal::Unreadable);
    let kind = match draft.kind() {
        // That a native type has none is said in the table.
        Some(Kind::Native) => return,
        Some(kind) => kind,
        None if is_literal => return,
        None => Kind::I64,
    };
    let ty = spelled(&draft.reading.inner);
    let field = draft.ident.to_string();
    if let Err(mistake) = default::typed(&given.value, kind, &field, &ty, draft.max_length()) {
        errors.note(&given.at, mistake);
    }
}

/// Otherwise no user could be created: nobody gives the value.
fn check_readonly(draft: &Draft<'_>, errors: &mut Errors) {
    let Some(readonly) = &draft.options.readonly else { return };
    if draft.options.default.is_none() && !draft.reading.optional {
        let ty = spelled(&draft.reading.inner);
        errors.note(readonly, Combination::ReadonlyWithoutValue { field: draft.ident.to_string(), ty });
    }
}

/// SQLite and MySQL take `Email` and `email` for the same column.
fn check_columns_distinct(drafts: &[Draft<'_>], errors: &mut Errors) {
    let mut before: Vec<&Draft<'_>> = Vec::new();
    for draft in drafts {
        let same = before.iter().find(|other| other.column().eq_ignore_ascii_case(draft.column()));
        if let Some(other) = same {
            let name = draft.column().to_owned();
            errors.note(draft.column_tokens(), Naming::SameColumn { name, other: other.name.clone() });
        }
        before.push(draft);
    }
}

/// MySQL keeps indexed columns within the row, which has 65535 bytes; the rest is for the id and plain numbers.
fn check_row_length(drafts: &[Draft<'_>], errors: &mut Errors) {
    const ROOM: u64 = 64_500;
    let mut bytes = 0;
    for draft in drafts.iter().filter(|draft| draft.is_keyed()) {
        bytes += draft.max_length().map_or(0, |_| draft.keyed_bytes() + 2);
        if bytes > ROOM {
            let at =
                draft.options.max_length.as_ref().map_or(draft.ident.to_token_stream(), |g| g.at.clone());
            errors.note(at, Length::RowTooLong { bytes, room: ROOM });
            return;
        }
    }
}
