//! Fields as they were read, before any rule between their parts.

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{DeriveInput, Field, Type};

use super::errors::Errors;
use super::mistake::{Shape, keyed_limit};
use super::options::{self, FieldOptions};
use super::types::{self, TypeReading};
use super::{Attribute, IdField, Storage, default};
use crate::{DEFAULT_KEYED_LENGTH, Default, Dialect, Kind, MAX_LENGTH, Native};

/// A field other than the id.
pub(crate) struct Draft<'a> {
    field: &'a Field,
    pub(crate) ident: &'a Ident,
    /// Without `r#`.
    pub(crate) name: String,
    pub(crate) options: FieldOptions,
    pub(crate) reading: TypeReading,
    /// Whether it is unique together with others.
    pub(crate) together: bool,
}

/// The id and the other fields. `None` is an item without named fields, of which that was said already.
pub(crate) fn split<'a>(
    item: &'a DeriveInput,
    fields: Option<&[&'a Field]>,
    errors: &mut Errors,
) -> (IdField, Vec<Draft<'a>>) {
    let Some(fields) = fields else { return (made_up_id(item), Vec::new()) };
    let mut id = None;
    let mut drafts: Vec<Draft<'a>> = Vec::new();
    for &field in fields {
        let Some(ident) = &field.ident else { continue };
        let name = ident.unraw().to_string();
        // A second field of the same name is rustc's to report; here it would only cause errors about our code.
        if name == "id" {
            id = id.or_else(|| Some(read_id(field, ident, errors)));
        } else if drafts.iter().all(|draft| draft.name != name) {
            drafts.push(Draft::read(field, ident, name, item, errors));
        }
    }
    let id = id.unwrap_or_else(|| {
        errors.note(&item.ident, Shape::MissingId);
        made_up_id(item)
    });
    (id, drafts)
}

/// The id is what sessions, keys and the app's tables refer to: its name, type and column are always the same.
fn read_id(field: &Field, ident: &Ident, errors: &mut Errors) -> IdField {
    let known = types::is_plain(&field.ty, "UserId");
    if !known {
        errors.note(&field.ty, Shape::IdType);
    }
    if let Some(attr) = field.attrs.iter().find(|attr| options::is_lucia(attr)) {
        errors.note(attr, Shape::IdAttributes);
    }
    IdField { ident: ident.clone(), vis: field.vis.clone(), ty: field.ty.clone(), known }
}

fn made_up_id(item: &DeriveInput) -> IdField {
    IdField {
        ident: Ident::new("id", item.ident.span()),
        vis: item.vis.clone(),
        ty: syn::parse_quote!(UserId),
        known: false,
    }
}

impl<'a> Draft<'a> {
    fn read(
        field: &'a Field,
        ident: &'a Ident,
        name: String,
        item: &DeriveInput,
        errors: &mut Errors,
    ) -> Self {
        let options = options::of_field(&field.attrs, errors);
        let reading = types::read(&field.ty, &item.generics, &options);
        Draft { field, ident, name, options, reading, together: false }
    }

    /// What it holds, if that is known.
    pub(crate) fn kind(&self) -> Option<Kind> {
        self.reading.kind.as_ref().ok().copied()
    }

    /// The name of its column.
    pub(crate) fn column(&self) -> &str {
        self.options.column.as_ref().map_or(&self.name, |given| &given.value)
    }

    /// Where its column is named.
    pub(crate) fn column_tokens(&self) -> TokenStream {
        match &self.options.column {
            Some(given) => given.at.clone(),
            None => self.ident.to_token_stream(),
        }
    }

    /// Where an attribute of `#[lucia(..)]` is named; the field where it is not.
    pub(crate) fn key_of(&self, attribute: &str) -> TokenStream {
        let written = self.options.written.iter().find(|(spec, _)| spec.name == attribute);
        written.map_or_else(|| self.ident.to_token_stream(), |(_, key)| key.to_token_stream())
    }

    /// Whether its column has an index of any kind.
    pub(crate) const fn is_keyed(&self) -> bool {
        self.options.unique.is_some() || self.options.index.is_some() || self.together
    }

    /// The largest `max_length` it may have.
    pub(crate) fn limit(&self) -> u32 {
        if self.is_keyed() { keyed_limit(self.kind().unwrap_or(Kind::Text)).0 } else { MAX_LENGTH }
    }

    /// Its length as far as that is legal; an indexed column always has one.
    pub(crate) fn max_length(&self) -> Option<u32> {
        let kind = self.kind().unwrap_or(Kind::Text);
        if !kind.has_length() {
            return None;
        }
        let given = self.options.max_length.as_ref().and_then(|given| u32::try_from(given.value).ok());
        let legal = given.filter(|length| (1..=self.limit()).contains(length));
        legal.or_else(|| self.is_keyed().then_some(DEFAULT_KEYED_LENGTH))
    }

    /// The most bytes that it takes in an index.
    pub(crate) fn keyed_bytes(&self) -> u64 {
        let width = if self.kind() == Some(Kind::Bytes) { 1 } else { 4 };
        // Numbers and times take up to eight, a UUID sixteen.
        self.max_length().map_or(16, |length| u64::from(length) * width)
    }

    /// The databases that the type of its column is spelt for; without a `sql_type`, all.
    pub(crate) fn databases(&self) -> Vec<Dialect> {
        match self.options.sql_type {
            Some(_) => self.options.native.iter().map(|(dialect, _)| *dialect).collect(),
            None => Dialect::ALL.to_vec(),
        }
    }

    fn storage(&self) -> Storage {
        let native = |dialect| {
            let given = self.options.native.iter().find(|(other, _)| *other == dialect);
            given.map(|(_, given)| given.value.clone())
        };
        match (&self.options.sql_type, &self.options.stored_as) {
            (Some(given), _) => Storage::Native {
                sql_type: Box::new(types::nullable_of(&given.value).unwrap_or(&given.value).clone()),
                native: Native {
                    sqlite: native(Dialect::Sqlite),
                    postgres: native(Dialect::Postgres),
                    mysql: native(Dialect::Mysql),
                },
            },
            (None, Some(_)) => Storage::Declared,
            (None, None) => Storage::Spelled,
        }
    }

    fn default(&self) -> Option<Default> {
        let given = self.options.default.as_ref()?;
        default::typed(&given.value, self.kind()?, "", "", self.max_length()).ok().flatten()
    }

    /// The attribute, whatever was wrong with it.
    pub(crate) fn finish(self) -> Attribute {
        let written = |ty: &Type| match &self.reading.kind {
            Ok(_) => ty.clone(),
            Err(_) => types::with_lifetimes(ty),
        };
        Attribute {
            column: self.column().to_owned(),
            vis: self.field.vis.clone(),
            docs: self.field.attrs.iter().filter(|attr| attr.path().is_ident("doc")).cloned().collect(),
            ty: written(&self.field.ty),
            optional: self.reading.optional,
            kind: self.kind().unwrap_or(Kind::Text),
            known: self.kind().is_some(),
            storage: self.storage(),
            unique: self.options.unique.is_some(),
            nocase: self.options.unique.as_ref().is_some_and(|(_, nocase)| *nocase),
            index: self.options.index.is_some() && self.options.unique.is_none(),
            max_length: self.max_length(),
            default: self.default(),
            default_span: self.options.default.as_ref().map(|given| given.at.clone()),
            readonly: self.options.readonly.is_some(),
            ident: self.ident.clone(),
            name: self.name,
            inner: written(&self.reading.inner),
        }
    }
}
