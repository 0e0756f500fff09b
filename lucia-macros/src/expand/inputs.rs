//! `UserAttributes` and `UserChanges`: what creating a user takes, and a partial update.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Names;
use super::tables::documented;

/// ```text
/// pub struct UserAttributes { pub username: String, pub email: Option<String>, pub logins: Option<i32> }
/// pub struct UserChanges { pub username: Option<String>, pub email: Option<Option<String>>, pub logins: Option<i32> }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, attributes, changes, .. } = names;
    let vis = &user.vis;
    let given = names.given().map(|attribute| {
        let (docs, vis, ident, ty) = (documented(attribute), &attribute.vis, &attribute.ident, &attribute.ty);
        if attribute.default.is_some() {
            quote! {
                #(#docs)*
                ///
                /// `None` takes the default.
                #vis #ident: ::core::option::Option<#ty>
            }
        } else {
            quote!(#(#docs)* #vis #ident: #ty)
        }
    });
    let changed = names.given().map(|attribute| {
        let (docs, vis, ident, ty) = (documented(attribute), &attribute.vis, &attribute.ident, &attribute.ty);
        quote! {
            #(#docs)*
            ///
            /// `None` leaves it as it is.
            #vis #ident: ::core::option::Option<#ty>
        }
    });
    // The type of a field that has a mistake may have none of these traits, which must not cause further errors.
    let (derives, default, inert) = if user.is_valid {
        let none = names.given().map(|attribute| &attribute.ident);
        let default = quote! {
            #[automatically_derived]
            impl ::core::default::Default for #changes {
                fn default() -> Self {
                    Self { #(#none: ::core::option::Option::None,)* }
                }
            }
        };
        (quote!(#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]), default, None)
    } else {
        (TokenStream::new(), inert_default(changes), Some([inert(attributes), inert(changes)]))
    };
    let inert = inert.into_iter().flatten();
    let about_attributes = format!("What creating a [`{}`] takes.", user.ident);
    let about_changes = format!("A partial update of a [`{}`].", user.ident);
    quote! {
        #[doc = #about_attributes]
        #derives
        #vis struct #attributes {
            #(#given,)*
        }

        #[doc = #about_changes]
        #derives
        #vis struct #changes {
            #(#changed,)*
        }

        #default
        #(#inert)*
    }
}

fn inert_default(ident: &Ident) -> TokenStream {
    quote! {
        impl ::core::default::Default for #ident {
            fn default() -> Self {
                ::core::unreachable!()
            }
        }
    }
}

fn inert(ident: &Ident) -> TokenStream {
    quote! {
        impl ::core::clone::Clone for #ident {
            fn clone(&self) -> Self {
                ::core::unreachable!()
            }
        }

        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, _: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::unreachable!()
            }
        }

        impl ::core::cmp::PartialEq for #ident {
            fn eq(&self, _: &Self) -> ::core::primitive::bool {
                ::core::unreachable!()
            }
        }
    }
}
