//! `#[lucia(..)]`, wherever it stands: names and values, each on its own, without rules between them.

mod entry;

use proc_macro2::Ident;
use syn::{Path, Type};

use super::default::Literal;
use super::errors::Errors;
use crate::{AttributeSpec, Dialect, Position};
pub(crate) use entry::Given;
use entry::{Entry, entries};

/// What is said about a user struct.
#[derive(Default)]
pub(crate) struct StructOptions {
    pub(crate) user_table: Option<Given<String>>,
    pub(crate) session_table: Option<Given<String>>,
    pub(crate) key_table: Option<Given<String>>,
    pub(crate) renamed_from: Option<Given<String>>,
    /// The fields that are unique together, one list for each time.
    pub(crate) unique: Vec<Given<Vec<Ident>>>,
    pub(crate) migrations: Option<Given<String>>,
    pub(crate) krate: Option<Path>,
}

/// What is said about a field.
#[derive(Default)]
pub(crate) struct FieldOptions {
    pub(crate) column: Option<Given<String>>,
    pub(crate) renamed_from: Option<Given<String>>,
    /// The name, and whether upper and lower case are equal.
    pub(crate) unique: Option<(Ident, bool)>,
    pub(crate) index: Option<Ident>,
    pub(crate) max_length: Option<Given<u64>>,
    pub(crate) default: Option<Given<Literal>>,
    pub(crate) readonly: Option<Ident>,
    pub(crate) stored_as: Option<Given<Type>>,
    pub(crate) sql_type: Option<Given<Type>>,
    /// The types of the column on the databases.
    pub(crate) native: Vec<(Dialect, Given<String>)>,
    /// Everything that was written, for the rules of what goes together.
    pub(crate) written: Vec<(&'static AttributeSpec, Ident)>,
}

/// Where the crate `lucia` is.
pub(crate) fn krate(given: Option<&Path>) -> Path {
    given.cloned().unwrap_or_else(|| syn::parse_quote!(::lucia))
}

// In each of these a row without an arm is found by the test that feeds every example to the parser.

pub(crate) fn of_struct(attrs: &[syn::Attribute], errors: &mut Errors) -> StructOptions {
    let mut options = StructOptions::default();
    for entry in entries(attrs, Position::Struct, errors) {
        match entry.spec.name {
            "user_table" => options.user_table = entry.text(errors),
            "session_table" => options.session_table = entry.text(errors),
            "key_table" => options.key_table = entry.text(errors),
            "renamed_from" => options.renamed_from = entry.text(errors),
            "unique" => options.unique.extend(entry.fields(errors)),
            "migrations" => options.migrations = entry.text(errors),
            "crate" => options.krate = entry.crate_path(errors),
            _ => {}
        }
    }
    options
}

pub(crate) fn of_field(attrs: &[syn::Attribute], errors: &mut Errors) -> FieldOptions {
    let mut options = FieldOptions::default();
    for entry in entries(attrs, Position::Field, errors) {
        options.written.push((entry.spec, entry.key.clone()));
        match entry.spec.name {
            "column" => options.column = entry.text(errors),
            "renamed_from" => options.renamed_from = entry.text(errors),
            "unique" => options.unique = Some(entry.flag_or_word(errors)),
            "index" => options.index = Some(entry.flag(errors)),
            "readonly" => options.readonly = Some(entry.flag(errors)),
            "max_length" => options.max_length = entry.integer(errors),
            "default" => options.default = Some(entry.literal()),
            "stored_as" => options.stored_as = entry.ty(errors),
            "sql_type" => options.sql_type = entry.ty(errors),
            name => options.native.extend(native(name, entry, errors)),
        }
    }
    options
}

fn native(name: &str, entry: Entry, errors: &mut Errors) -> Option<(Dialect, Given<String>)> {
    let dialect = Dialect::ALL.into_iter().find(|dialect| dialect.name() == name)?;
    Some((dialect, entry.text(errors)?))
}

/// Where the crate is, for an enum or a newtype.
pub(crate) fn of_type(attrs: &[syn::Attribute], errors: &mut Errors) -> Option<Path> {
    let mut krate = None;
    for entry in entries(attrs, Position::Type, errors) {
        if entry.spec.name == "crate" {
            krate = entry.crate_path(errors);
        }
    }
    krate
}

/// The text of a variant.
pub(crate) fn of_variant(attrs: &[syn::Attribute], errors: &mut Errors) -> Option<Given<String>> {
    let mut rename = None;
    for entry in entries(attrs, Position::Variant, errors) {
        if entry.spec.name == "rename" {
            rename = entry.text(errors);
        }
    }
    rename
}

/// Whether the attribute is ours.
pub(crate) fn is_lucia(attr: &syn::Attribute) -> bool {
    attr.path().is_ident("lucia")
}
