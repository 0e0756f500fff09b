//! Rules about the struct as a whole.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Field, Fields, Meta, Token};

use super::errors::Errors;
use super::mistake::Shape;
use crate::MAX_COLUMNS;

/// The named fields, if the item is a struct that has such.
pub(crate) fn named_fields<'a>(item: &'a DeriveInput, errors: &mut Errors) -> Option<Vec<&'a Field>> {
    check_generics(item, errors);
    check_attributes(&item.attrs, &["lucia"], errors);
    let fields = check_shape(item, errors)?;
    check_count(&fields, errors);
    for field in &fields {
        // `cfg` itself is for fields only: a struct is there or not there for the derive and the build step alike.
        check_attributes(&field.attrs, &["cfg", "lucia"], errors);
    }
    Some(fields)
}

/// A row has named columns, and one set of them.
fn check_shape<'a>(item: &'a DeriveInput, errors: &mut Errors) -> Option<Vec<&'a Field>> {
    let (at, found): (TokenStream, _) = match &item.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => return Some(fields.named.iter().collect()),
            Fields::Unnamed(fields) => (fields.to_token_stream(), "a tuple struct"),
            Fields::Unit => (item.ident.to_token_stream(), "a unit struct"),
        },
        Data::Enum(data) => (data.enum_token.to_token_stream(), "an enum"),
        Data::Union(data) => (data.union_token.to_token_stream(), "a union"),
    };
    errors.note(at, Shape::NotAStruct { found });
    None
}

/// One struct is one table: `User<A>` and `User<B>` would share it.
fn check_generics(item: &DeriveInput, errors: &mut Errors) {
    if !item.generics.params.is_empty() {
        errors.note(&item.generics, Shape::Generics);
    } else if let Some(clause) = &item.generics.where_clause {
        errors.note(clause, Shape::WhereClause);
    }
}

/// Diesel has tuples of that many elements, and more only with a feature that costs every build minutes.
fn check_count(fields: &[&Field], errors: &mut Errors) {
    if let Some(first_too_many) = fields.get(MAX_COLUMNS) {
        errors.note(&first_too_many.ident, Shape::TooManyColumns { count: fields.len() });
    }
}

/// The derive sees what is left after `cfg`, the build step reads the source before it: they would make different
/// tables. The same goes for our own attributes in a `cfg_attr`; those of others may be there.
fn check_attributes(attrs: &[syn::Attribute], conditional: &[&str], errors: &mut Errors) {
    for attr in attrs {
        if attr.path().is_ident("cfg") && conditional.contains(&"cfg") {
            errors.note(attr, Shape::Cfg { attribute: "cfg" });
        } else if attr.path().is_ident("cfg_attr") && gives(attr, conditional) {
            errors.note(attr, Shape::Cfg { attribute: "cfg_attr" });
        }
    }
}

/// Whether a `cfg_attr` gives one of those attributes.
fn gives(attr: &syn::Attribute, names: &[&str]) -> bool {
    let Ok(list) = attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated) else {
        return false;
    };
    // The first is the condition.
    list.iter().skip(1).any(|meta| names.iter().any(|name| meta.path().is_ident(name)))
}
