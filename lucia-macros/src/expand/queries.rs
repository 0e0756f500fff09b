//! The names that the query templates of `lucia` take.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Names, columns, unique};

/// ```text
/// ::lucia::__for_each_backend! {
///     User, UserChanges;
///     auth_user, auth_session, auth_key;
///     attributes { username: String => username, }
///     changeable { username => username, }
///     unique { 0: username => username, }
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
        let (field, ty) = (&attribute.ident, &attribute.ty);
        quote!(#field: #ty => #field)
    });
    let changeable = names.given().map(|attribute| {
        let field = &attribute.ident;
        quote!(#field => #field)
    });
    let unique = unique::attributes(names).map(|(index, attribute)| {
        let (index, field) = (Literal::usize_unsuffixed(index), &attribute.ident);
        quote!(#index: #field => #field)
    });
    quote! {
        #krate::__for_each_backend! {
            #ident, #changes;
            #users, #sessions, #keys;
            attributes { #(#attributes,)* }
            changeable { #(#changeable,)* }
            unique { #(#unique,)* }
        }
    }
}
