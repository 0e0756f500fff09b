//! The rules about fields, one function each, with the reason for the rule above it.

use quote::ToTokens;

use super::default;
use super::draft::Draft;
use super::errors::Errors;
use super::mistake::{Conflict, Length, Naming, keyed_limit};
use super::names;
use super::types::{Unknown, spelled};
use crate::{Kind, MAX_LENGTH, TableNames};

/// Applies every rule to every field.
pub(crate) fn all(drafts: &[Draft<'_>], tables: &TableNames, errors: &mut Errors) {
    for draft in drafts {
        check_type(draft, errors);
        check_field_name(draft, tables, errors);
        check_max_length(draft, errors);
        check_index_and_unique(draft, errors);
        check_float_unique(draft, errors);
        check_default(draft, errors);
        check_default_and_unique(draft, errors);
        check_readonly(draft, errors);
    }
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
    if !kind.has_length() {
        errors.note(&given.at, Length::NotForType { ty: kind.rust_name().to_owned() });
    } else if !(1..=u64::from(MAX_LENGTH)).contains(&given.value) {
        errors.note(&given.at, Length::OutOfRange);
    } else if given.value > u64::from(draft.limit()) {
        let (max, unit) = keyed_limit(kind);
        errors.note(&given.at, Length::TooLongForIndex { max, unit });
    }
}

/// A second index on the same column costs every write and helps no read.
fn check_index_and_unique(draft: &Draft<'_>, errors: &mut Errors) {
    if let (Some(_), Some(index)) = (&draft.options.unique, &draft.options.index) {
        errors.note(index, Conflict::IndexAndUnique);
    }
}

/// A rounded number read back may differ from the one that was looked up, and NaN from itself.
fn check_float_unique(draft: &Draft<'_>, errors: &mut Errors) {
    let (Some(unique), Some(kind)) = (&draft.options.unique, draft.kind()) else { return };
    if kind.is_float() {
        errors.note(unique, Conflict::FloatUnique { ty: kind.rust_name() });
    }
}

/// The default goes into SQL as it is: it must be a value of the column's type on every database.
fn check_default(draft: &Draft<'_>, errors: &mut Errors) {
    let (Some((_, given)), Some(kind)) = (&draft.options.default, draft.kind()) else { return };
    if let Err(mistake) = default::typed(&given.value, kind, draft.max_length()) {
        errors.note(&given.at, mistake);
    }
}

/// Two users without a value would have the same one.
fn check_default_and_unique(draft: &Draft<'_>, errors: &mut Errors) {
    if let (Some(_), Some((key, _))) = (&draft.options.unique, &draft.options.default) {
        errors.note(key, Conflict::DefaultAndUnique);
    }
}

/// Otherwise no user could be created: nobody gives the value.
fn check_readonly(draft: &Draft<'_>, errors: &mut Errors) {
    let Some(readonly) = &draft.options.readonly else { return };
    if draft.options.default.is_none() && !draft.reading.optional {
        let ty = spelled(&draft.reading.inner);
        errors.note(readonly, Conflict::ReadonlyWithoutValue { field: draft.ident.to_string(), ty });
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
        let width = if draft.kind() == Some(Kind::Bytes) { 1 } else { 4 };
        bytes += draft.max_length().map_or(0, |length| u64::from(length) * width + 2);
        if bytes > ROOM {
            let at =
                draft.options.max_length.as_ref().map_or(draft.ident.to_token_stream(), |g| g.at.clone());
            errors.note(at, Length::RowTooLong { bytes });
            return;
        }
    }
}
