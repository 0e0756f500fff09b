//! The names that the query templates of `lucia` take.

use lucia_schema::{Dialect, Storage, sql};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{Names, columns, constant};

/// ```text
/// ::lucia::__for_each_backend! {
///     User, UserChanges;
///     auth_user, auth_session, auth_key;
///     id ID;
///     attributes { username: ::std::string::String => USERNAME_COLUMN, }
///     changeable { username => USERNAME_COLUMN, }
///     unique { 0: username => USERNAME_COLUMN; }
///     native { }
/// }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let names_for_templates = if names.user.is_valid { all(names) } else { inert(names) };
    let krate = &names.krate;
    let databases = names.user.databases();
    // What is written about a struct with mistakes is to compile on each: which it has may be the mistake.
    if databases == Dialect::ALL || !names.user.is_valid {
        return quote!(#krate::__for_each_backend! { #names_for_templates });
    }
    let macros = databases.into_iter().map(|dialect| format_ident!("__for_{}", dialect.name()));
    quote!(#(#krate::#macros! { #names_for_templates })*)
}

fn inert(names: &Names<'_>) -> TokenStream {
    let Names { user, changes, users, .. } = names;
    let ident = &user.ident;
    let columns = names.columns().map(|attribute| &attribute.ident);
    quote!(@inert #ident, #changes; #users; columns { #(#columns,)* })
}

fn all(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, changes, users, sessions, keys, .. } = names;
    let ident = &user.ident;
    let attributes = user.attributes.iter().map(|attribute| {
        let (field, stored, constant) =
            (&attribute.ident, columns::of_attribute(krate, attribute), constant(attribute));
        quote!(#field: #stored => #constant)
    });
    let changeable = names.given().map(|attribute| {
        let (field, constant) = (&attribute.ident, constant(attribute));
        quote!(#field => #constant)
    });
    let unique = user.unique.iter().enumerate().map(|(index, places)| {
        let index = Literal::usize_unsuffixed(index);
        let attributes = places.iter().filter_map(|place| user.attributes.get(*place)).map(|attribute| {
            let (field, constant) = (&attribute.ident, constant(attribute));
            let folded = attribute.nocase.then(|| sql::folded_column(&attribute.column));
            quote!(#field => #constant #folded)
        });
        quote!(#index: #(#attributes),*)
    });
    let natives =
        user.attributes.iter().filter(|attribute| matches!(attribute.storage, Storage::Native { .. }));
    let natives = natives.map(|attribute| {
        let (native, value) = (columns::native_ident(attribute), &attribute.inner);
        quote!(#native: #value)
    });
    quote! {
        #ident, #changes;
        #users, #sessions, #keys;
        id ID;
        attributes { #(#attributes,)* }
        changeable { #(#changeable,)* }
        unique { #(#unique;)* }
        native { #(#natives,)* }
    }
}
