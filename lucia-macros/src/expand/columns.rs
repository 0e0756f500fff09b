//! The proof, by the compiler, that every field is of the type that its spelling names.

use lucia_schema::{Attribute, Kind};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::Names;

/// ```text
/// const _: ::lucia::__private::Column<String, ::std::string::String> = ::lucia::__private::Column::new();
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let krate = &names.krate;
    let id = names.user.id.known.then(|| {
        let ty = &names.user.id.ty;
        proof(krate, ty, &quote!(#krate::UserId))
    });
    let attributes = names
        .user
        .attributes
        .iter()
        .filter(|attribute| attribute.known)
        .map(|attribute| proof(krate, &attribute.ty, &spelled(krate, attribute)));
    quote!(#id #(#attributes)*)
}

fn proof(krate: &TokenStream, ty: &syn::Type, spelled: &TokenStream) -> TokenStream {
    quote_spanned! {ty.span()=>
        const _: #krate::__private::Column<#ty, #spelled> = #krate::__private::Column::new();
    }
}

/// The type that the spelling of a field names, by a path that nothing in the app can shadow.
pub(super) fn spelled(krate: &TokenStream, attribute: &Attribute) -> TokenStream {
    let ty = match attribute.kind {
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
    };
    if attribute.optional { quote!(::core::option::Option<#ty>) } else { ty }
}
