//! `LuciaAttribute`: an enum stored as text, a newtype stored as what it is around.

use lucia_schema::{AttributeItem, AttributeShape, Kind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use crate::expand::{questioned, stored};

/// The whole expansion of the derive.
pub(crate) fn derive(item: TokenStream) -> TokenStream {
    let item = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    let reading = lucia_schema::read_attribute(&item);
    let errors = reading.errors.map(syn::Error::into_compile_error);
    // A type with parameters has no impl that would compile whatever the parameters are.
    if !reading.item.generics.params.is_empty() || reading.item.generics.where_clause.is_some() {
        return quote!(#errors);
    }
    let code = expand(&reading.item);
    quote!(#code #errors)
}

fn expand(item: &AttributeItem) -> TokenStream {
    let krate = item.krate.to_token_stream();
    match &item.shape {
        _ if !item.is_valid => inert(item, &krate),
        AttributeShape::Newtype { member, ty, kind } => newtype(item, &krate, member, ty, *kind),
        AttributeShape::Enum(variants) => text(item, &krate, variants),
        _ => TokenStream::new(),
    }
}

/// ```text
/// impl ::lucia::StoredAs<::std::string::String> for Role {
///     const TEXTS: &'static [&'static str] = &["member", "admin"];
///     fn bound(&self) -> &str { match self { Self::Member => "member", Self::Admin => "admin" } }
///     fn from_row(__row: String) -> Result<Self, ::lucia::Unreadable> { .. }
/// }
/// ```
fn text(item: &AttributeItem, krate: &TokenStream, variants: &[(Ident, String)]) -> TokenStream {
    let ident = &item.ident;
    let (names, texts): (Vec<&Ident>, Vec<&String>) =
        variants.iter().map(|(name, text)| (name, text)).unzip();
    quote! {
        #[automatically_derived]
        #[allow(deprecated, reason = "what the app marks so is still stored")]
        impl #krate::StoredAs<::std::string::String> for #ident {
            const TEXTS: &'static [&'static ::core::primitive::str] = &[#(#texts),*];

            fn bound(&self) -> &::core::primitive::str {
                match self {
                    #(Self::#names => #texts,)*
                }
            }

            fn from_row(__row: ::std::string::String) -> ::core::result::Result<Self, #krate::Unreadable> {
                match ::std::string::String::as_str(&__row) {
                    #(#texts => ::core::result::Result::Ok(Self::#names),)*
                    _ => ::core::result::Result::Err(#krate::__private::unknown_text::<Self>(&__row)),
                }
            }
        }
    }
}

/// ```text
/// impl ::lucia::StoredAs<::std::string::String> for Email {
///     const TEXTS: &'static [&'static str] = &[];
///     fn bound(&self) -> &str { <String as ::lucia::StoredAs<::std::string::String>>::bound(&self.0) }
///     ..
/// }
/// ```
fn newtype(
    item: &AttributeItem,
    krate: &TokenStream,
    member: &syn::Member,
    ty: &syn::Type,
    kind: Kind,
) -> TokenStream {
    let (ident, stored) = (&item.ident, &stored(krate, kind));
    let question = questioned(krate, kind, "SpelledLike", Span::call_site());
    let storage = quote!(#krate::Storage);
    quote! {
        const _: () = {
            const INNER: #krate::__private::Codec<#ty, #stored> =
                <#ty as #question<#stored>>::CODEC;

            #[automatically_derived]
            impl #krate::StoredAs<#stored> for #ident {
                fn bound(&self) -> <#stored as #storage>::Bound<'_> {
                    INNER.bound(&self.#member)
                }

                fn from_row(
                    __row: <#stored as #storage>::Row,
                ) -> ::core::result::Result<Self, #krate::Unreadable> {
                    ::core::result::Result::Ok(Self { #member: INNER.read(__row)? })
                }

                fn canonical(self) -> Self {
                    Self { #member: INNER.canonical(self.#member) }
                }

                fn check(&self, __attribute: &#krate::Attribute) -> #krate::Result<()> {
                    INNER.check(&self.#member, __attribute)
                }
            }
        };
    }
}

/// For an item with mistakes: it is stored as anything, so that what is written about it causes no further errors.
fn inert(item: &AttributeItem, krate: &TokenStream) -> TokenStream {
    let ident = &item.ident;
    quote! {
        #[automatically_derived]
        impl<__LuciaStored: #krate::Storage> #krate::StoredAs<__LuciaStored> for #ident {
            fn bound(&self) -> <__LuciaStored as #krate::Storage>::Bound<'_> {
                ::core::unreachable!()
            }

            fn from_row(
                _: <__LuciaStored as #krate::Storage>::Row,
            ) -> ::core::result::Result<Self, #krate::Unreadable> {
                ::core::unreachable!()
            }
        }
    }
}
