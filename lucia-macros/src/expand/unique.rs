//! `Unique` for the columns of unique attributes: only they can look a user up.

use lucia_schema::Attribute;
use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, columns};

/// The unique attributes with their places in `ATTRIBUTES`.
pub(super) fn attributes<'a>(names: &Names<'a>) -> impl Iterator<Item = (usize, &'a Attribute)> {
    names.user.attributes.iter().enumerate().filter(|(_, attribute)| attribute.unique)
}

/// `impl ::lucia::Unique<User> for auth_user::username { type Value = String; const INDEX: usize = 0; }`
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, users, .. } = names;
    let ident = &user.ident;
    let impls = attributes(names).filter(|(_, attribute)| attribute.known).map(|(index, attribute)| {
        let (column, value) = (&attribute.ident, columns::value(krate, attribute));
        quote! {
            #[automatically_derived]
            impl #krate::Unique<#ident> for #users::#column {
                type Value = #value;
                const INDEX: usize = #index;
            }
        }
    });
    quote!(#(#impls)*)
}
