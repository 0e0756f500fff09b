//! The names that the query templates of `lucia` take.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Names, columns, constant, unique};

/// ```text
/// ::lucia::__for_each_backend! {
///     User, UserChanges;
///     auth_user, auth_session, auth_key;
///     id ID_COLUMN;
///     attributes { username: ::std::string::String => USERNAME_COLUMN, }
///     changeable { username => USERNAME_COLUMN, }
///     unique { 0: username => USERNAME_COLUMN, }
/// }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, changes, users, sessions, keys, .. } = names;
    let ident = &user.ident;
    if !user.is_valid {
        let rows = user.attributes.iter().map(|attribute| columns::spelled(krate, attribute));
        return quote!(#krate::__for_each_backend! { @inert #ident, #changes; #users; rows { #(#rows,)* } });
    }
    let attributes = user.attributes.iter().map(|attribute| {
        let (field, spelled, constant) =
            (&attribute.ident, columns::spelled(krate, attribute), constant(attribute));
        quote!(#field: #spelled => #constant)
    });
    let changeable = names.given().map(|attribute| {
        let (field, constant) = (&attribute.ident, constant(attribute));
        quote!(#field => #constant)
    });
    let unique = unique::attributes(names).map(|(index, attribute)| {
        let (index, field, constant) =
            (Literal::usize_unsuffixed(index), &attribute.ident, constant(attribute));
        quote!(#index: #field => #constant)
    });
    quote! {
        #krate::__for_each_backend! {
            #ident, #changes;
            #users, #sessions, #keys;
            id ID_COLUMN;
            attributes { #(#attributes,)* }
            changeable { #(#changeable,)* }
            unique { #(#unique,)* }
        }
    }
}
