//! The attributes as data, each with the proof, by the compiler, that its field is of the type that its spelling names.

use lucia_schema::{Attribute, Default, Kind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Names, constant};

/// ```text
/// const USERNAME_COLUMN: ::lucia::__private::Column<String, ::std::string::String> =
///     ::lucia::__private::Column::new(::lucia::Attribute::new("username", ..).max_length(32));
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let krate = &names.krate;
    let id = names.user.id.known.then(|| {
        let about = quote!(#krate::Attribute::new("id", "id", #krate::AttributeKind::Text));
        column(
            krate,
            &Ident::new("ID_COLUMN", Span::call_site()),
            &names.user.id.ty,
            &quote!(#krate::UserId),
            &about,
        )
    });
    let attributes = names.user.attributes.iter().filter(|attribute| attribute.known).map(|attribute| {
        let (constant, spelled) = (constant(attribute), spelled(krate, attribute));
        column(krate, &constant, &attribute.ty, &spelled, &describe(names, attribute))
    });
    quote!(#id #(#attributes)*)
}

/// The span is the type's, so that the compiler marks it when it is not what its spelling names.
fn column(
    krate: &TokenStream,
    constant: &Ident,
    ty: &syn::Type,
    spelled: &TokenStream,
    about: &TokenStream,
) -> TokenStream {
    let krate = respan(krate.clone(), ty.span());
    quote_spanned! {ty.span()=>
        const #constant: #krate::__private::Column<#ty, #spelled> = #krate::__private::Column::new(#about);
    }
}

fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            token.set_span(span);
            token
        })
        .collect()
}

/// An attribute of the list: that of its column, if it has one.
pub(super) fn attribute(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    if attribute.known {
        let constant = constant(attribute);
        quote!(#constant.attribute)
    } else {
        describe(names, attribute)
    }
}

/// What is known about an attribute, as an expression.
fn describe(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    let krate = &names.krate;
    let (name, column) = (&attribute.name, &attribute.column);
    let kind = Ident::new(kind(attribute.kind), Span::call_site());
    let nullable = attribute.optional.then(|| quote!(.nullable()));
    let readonly = attribute.readonly.then(|| quote!(.readonly()));
    let max_length = attribute.max_length.map(|max| quote!(.max_length(#max)));
    let unique = unique_index(names, attribute).map(|index| quote!(.unique(#index)));
    let default = attribute.default.as_ref().map(|default| {
        let value = default_value(krate, default);
        quote!(.default(#value))
    });
    quote! {
        #krate::Attribute::new(#name, #column, #krate::AttributeKind::#kind)
            #nullable #unique #readonly #max_length #default
    }
}

/// The name of the index that keeps an attribute unique, as the migrations give it.
fn unique_index(names: &Names<'_>, attribute: &Attribute) -> Option<String> {
    let schema = names.user.schema();
    let table = schema.table(&names.user.tables.user)?;
    let index =
        table.indexes.iter().find(|index| index.unique && index.columns == [attribute.column.as_str()])?;
    Some(index.name.clone())
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Text",
        Kind::Bool => "Bool",
        Kind::I16 => "I16",
        Kind::I32 => "I32",
        Kind::I64 => "I64",
        Kind::F32 => "F32",
        Kind::F64 => "F64",
        Kind::Bytes => "Bytes",
        Kind::Date => "Date",
        Kind::Time => "Time",
        Kind::Timestamp => "Timestamp",
        Kind::TimestampUtc => "TimestampUtc",
    }
}

fn default_value(krate: &TokenStream, default: &Default) -> TokenStream {
    match default {
        Default::Bool(value) => quote!(#krate::AttributeDefault::Bool(#value)),
        Default::Int(value) => quote!(#krate::AttributeDefault::Int(#value)),
        Default::Float(value) => quote!(#krate::AttributeDefault::Float(#value)),
        Default::Text(value) => quote!(#krate::AttributeDefault::Text(#value)),
        Default::Now => quote!(#krate::AttributeDefault::Now),
    }
}

/// The type that the spelling of a field names, by a path that nothing in the app can shadow.
pub(super) fn spelled(krate: &TokenStream, attribute: &Attribute) -> TokenStream {
    let value = value(krate, attribute);
    if attribute.optional { quote!(::core::option::Option<#value>) } else { value }
}

/// The same without `Option`.
pub(super) fn value(krate: &TokenStream, attribute: &Attribute) -> TokenStream {
    match attribute.kind {
        Kind::Text => quote!(::std::string::String),
        Kind::Bool => quote!(::core::primitive::bool),
        Kind::I16 => quote!(::core::primitive::i16),
        Kind::I32 => quote!(::core::primitive::i32),
        Kind::I64 => quote!(::core::primitive::i64),
        Kind::F32 => quote!(::core::primitive::f32),
        Kind::F64 => quote!(::core::primitive::f64),
        Kind::Bytes => quote!(::std::vec::Vec<::core::primitive::u8>),
        Kind::Date => quote!(#krate::__private::chrono::NaiveDate),
        Kind::Time => quote!(#krate::__private::chrono::NaiveTime),
        Kind::Timestamp => quote!(#krate::__private::chrono::NaiveDateTime),
        Kind::TimestampUtc => quote!(#krate::__private::chrono::DateTime<#krate::__private::chrono::Utc>),
    }
}
