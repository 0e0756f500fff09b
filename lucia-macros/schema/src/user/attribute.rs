//! An enum that is stored as text, or a newtype that is stored as what it is around: what derives `LuciaAttribute`.

use std::fmt;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Data, DataEnum, DeriveInput, Fields};

use super::Rule;
use super::errors::Errors;
use super::mistake::AttributeShape as Mistake;
use super::options;
use super::types::{self, spelled};
use crate::{DEFAULT_KEYED_LENGTH, Kind};

/// What became of an enum or a newtype.
#[derive(Debug)]
pub struct AttributeReading {
    /// The best model there is.
    pub item: AttributeItem,
    /// All mistakes, combined.
    pub errors: Option<syn::Error>,
    /// The rules that they break, in the same order.
    pub rules: Vec<Rule>,
}

/// An enum or a newtype that derives `LuciaAttribute`.
#[derive(Clone)]
#[non_exhaustive]
pub struct AttributeItem {
    /// Its name.
    pub ident: Ident,
    /// Its generics, which are refused.
    pub generics: syn::Generics,
    /// Where the crate `lucia` is.
    pub krate: syn::Path,
    /// What it is.
    pub shape: AttributeShape,
    /// Whether no mistake was found.
    pub is_valid: bool,
}

/// What an attribute type is made of.
#[derive(Clone)]
#[non_exhaustive]
pub enum AttributeShape {
    /// Variants, each with the text that it is stored as.
    Enum(Vec<(Ident, String)>),
    /// One value.
    Newtype {
        /// The name of its field, or `0`.
        member: syn::Member,
        /// Its type as written.
        ty: Box<syn::Type>,
        /// What it holds; text when that could not be told.
        kind: Kind,
    },
}

/// Reads an enum or a newtype. Never fails and never stops at a mistake.
#[must_use]
pub fn read_attribute(item: &DeriveInput) -> AttributeReading {
    let mut errors = Errors::new();
    let krate = options::of_type(&item.attrs, &mut errors);
    if !item.generics.params.is_empty() {
        errors.note(&item.generics, Mistake::Generics);
    } else if let Some(clause) = &item.generics.where_clause {
        errors.note(clause, Mistake::Generics);
    }
    let shape = shape(item, &mut errors);
    let (errors, rules) = errors.finish();
    let item = AttributeItem {
        ident: item.ident.clone(),
        generics: item.generics.clone(),
        krate: options::krate(krate.as_ref()),
        shape,
        is_valid: errors.is_none(),
    };
    AttributeReading { item, errors, rules }
}

fn shape(item: &DeriveInput, errors: &mut Errors) -> AttributeShape {
    let (at, found): (TokenStream, _) = match &item.data {
        Data::Enum(data) => return AttributeShape::Enum(variants(item, data, errors)),
        Data::Struct(data) => match (&data.fields, data.fields.iter().next(), data.fields.len()) {
            (fields, Some(field), 1) => return newtype(item, fields, field, errors),
            (Fields::Unit, ..) => (item.ident.to_token_stream(), "a unit struct"),
            (_, _, 0) => (item.ident.to_token_stream(), "a struct without fields"),
            (fields, ..) => (fields.to_token_stream(), "a struct with several fields"),
        },
        Data::Union(data) => (data.union_token.to_token_stream(), "a union"),
    };
    errors.note(at, Mistake::NotAnAttribute { found });
    AttributeShape::Enum(Vec::new())
}

fn newtype(item: &DeriveInput, fields: &Fields, field: &syn::Field, errors: &mut Errors) -> AttributeShape {
    let kind = types::wrapped(&field.ty);
    // Generics are a mistake of their own.
    if kind.is_none() && item.generics.params.is_empty() {
        let newtype = item.ident.to_string();
        let mistake = match types::in_option(&field.ty) {
            Some(inner) => Mistake::WrappedOption { newtype, inner },
            None => Mistake::Wrapped { found: spelled(&field.ty) },
        };
        errors.note(&field.ty, mistake);
    }
    let member = fields.members().next().unwrap_or(syn::Member::Unnamed(0.into()));
    AttributeShape::Newtype { member, ty: Box::new(field.ty.clone()), kind: kind.unwrap_or(Kind::Text) }
}

fn variants(item: &DeriveInput, data: &DataEnum, errors: &mut Errors) -> Vec<(Ident, String)> {
    if data.variants.is_empty() {
        errors.note(&item.ident, Mistake::NoVariants);
    }
    let mut variants: Vec<(Ident, String)> = Vec::new();
    for variant in &data.variants {
        let given = options::of_variant(&variant.attrs, errors);
        let name = variant.ident.unraw().to_string();
        if !matches!(variant.fields, Fields::Unit) {
            errors.note(&variant.fields, Mistake::VariantWithFields { variant: name.clone() });
        }
        let at = given.as_ref().map_or(variant.ident.to_token_stream(), |given| given.at.clone());
        let text = given.map_or_else(|| snake_case(&name), |given| given.value);
        check_text(&text, &at, &variants, errors);
        variants.push((variant.ident.clone(), text));
    }
    variants
}

/// The text is what tells variants apart, and goes into SQL where it is a default.
fn check_text(text: &str, at: &TokenStream, before: &[(Ident, String)], errors: &mut Errors) {
    if let Some((other, _)) = before.iter().find(|(_, other)| other == text) {
        errors.note(at, Mistake::SameText { text: text.to_owned(), other: other.to_string() });
    } else if text.is_empty() {
        errors.note(at, Mistake::EmptyText);
    } else if text.chars().any(char::is_control) {
        errors.note(at, Mistake::ControlCharacter);
    } else if text.chars().count() > DEFAULT_KEYED_LENGTH as usize {
        errors.note(at, Mistake::TooLong);
    }
}

/// `SuperUser` as `super_user`, `HTTPServer` as `http_server`.
fn snake_case(name: &str) -> String {
    let mut out = String::new();
    let mut before = None;
    let mut letters = name.chars().peekable();
    while let Some(letter) = letters.next() {
        let starts_word = letter.is_uppercase()
            && before.is_some_and(|c: char| {
                c != '_' && (!c.is_uppercase() || letters.peek().is_some_and(|next| next.is_lowercase()))
            });
        if starts_word {
            out.push('_');
        }
        out.extend(letter.to_lowercase());
        before = Some(letter);
    }
    out
}

impl fmt::Debug for AttributeShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Enum(variants) => {
                let texts = variants.iter().map(|(variant, text)| (variant.to_string(), text));
                f.debug_map().entries(texts).finish()
            }
            Self::Newtype { ty, kind, .. } => f
                .debug_struct("Newtype")
                .field("ty", &spelled(ty))
                .field("kind", kind)
                .finish_non_exhaustive(),
        }
    }
}

impl fmt::Debug for AttributeItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttributeItem")
            .field("ident", &self.ident.to_string())
            .field("krate", &self.krate.to_token_stream().to_string())
            .field("shape", &self.shape)
            .field("is_valid", &self.is_valid)
            .finish_non_exhaustive()
    }
}
