//! `UserAttributes` and `UserChanges`: what creating a user takes, and a partial update.

use proc_macro2::TokenStream;
use quote::quote;

use super::Names;
use super::tables::documented;

/// ```ignore
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
    let about_attributes = format!("What creating a [`{}`] takes.", user.ident);
    let about_changes = format!("A partial update of a [`{}`].", user.ident);
    quote! {
        #[doc = #about_attributes]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #vis struct #attributes {
            #(#given,)*
        }

        #[doc = #about_changes]
        #[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default, ::core::cmp::PartialEq)]
        #vis struct #changes {
            #(#changed,)*
        }
    }
}
