//! The names that the query templates of `lucia` take.

use lucia_schema::{Dialect, Storage, sql};
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{Names, columns};

/// ```text
/// ::lucia::__user_row! {
///     User, auth_user;
///     id ID;
///     attributes { username: ::std::string::String => USERNAME_COLUMN, }
/// }
/// ::lucia::__for_each_backend! {
///     User, UserChanges;
///     auth_user, auth_session, auth_key;
///     id ID;
///     attributes { username => USERNAME_COLUMN, }
///     changeable { username => USERNAME_COLUMN, }
///     unique { 0: username => USERNAME_COLUMN; }
///     native { }
/// }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let (row, queries) = (row(names), queries(names));
    quote!(#row #queries)
}

/// How a row becomes a user, on every database alike.
fn row(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, users, .. } = names;
    let ident = &user.ident;
    if !user.is_valid {
        let columns = names.columns().map(|attribute| &attribute.ident);
        return quote!(#krate::__user_row! { @inert #ident, #users; columns { #(#columns,)* } });
    }
    let attributes = user.attributes.iter().map(|attribute| {
        let (field, stored, constant) =
            (&attribute.ident, columns::of_attribute(names, attribute), names.constant(attribute));
        quote!(#field: #stored => #constant)
    });
    quote!(#krate::__user_row! { #ident, #users; id ID; attributes { #(#attributes,)* } })
}

fn queries(names: &Names<'_>) -> TokenStream {
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
    let Names { user, changes, .. } = names;
    let ident = &user.ident;
    quote!(@inert #ident, #changes;)
}

fn all(names: &Names<'_>) -> TokenStream {
    let Names { user, changes, users, sessions, keys, .. } = names;
    let ident = &user.ident;
    let attributes = user.attributes.iter().map(|attribute| {
        let (field, constant) = (&attribute.ident, names.constant(attribute));
        quote!(#field => #constant)
    });
    let changeable = names.given().map(|attribute| {
        let (field, constant) = (&attribute.ident, names.constant(attribute));
        quote!(#field => #constant)
    });
    let unique = user.unique.iter().enumerate().map(|(index, places)| {
        let index = Literal::usize_unsuffixed(index);
        let attributes = places.iter().filter_map(|place| user.attributes.get(*place)).map(|attribute| {
            let (field, constant) = (&attribute.ident, names.constant(attribute));
            let folded = attribute.nocase.then(|| sql::folded_column(&attribute.column));
            quote!(#field => #constant #folded)
        });
        quote!(#index: #(#attributes),*)
    });
    let natives =
        user.attributes.iter().filter(|attribute| matches!(attribute.storage, Storage::Native { .. }));
    let natives = natives.map(|attribute| {
        let (native, value) = (names.native(attribute), &attribute.inner);
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
