//! `Unique` for what can look a user up, and `Changeable` for what a change can set: the columns of those attributes, and no
//! others.

use lucia_schema::{Attribute, Storage};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::{Index, Token};

use super::{Names, columns};

/// ```text
/// impl ::lucia::Unique<User> for auth_user::username {
///     type Value = String;
///     const INDEX: usize = 0;
///     fn values(__value: String) -> Vec<Value> { vec![stored_value(&__value)] }
/// }
/// impl ::lucia::Changeable<User> for auth_user::username {
///     type Value = String;
///     fn slot(__changes: &mut UserChanges) -> &mut Option<String> { &mut __changes.username }
/// }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    // In a struct with mistakes any attribute may have been meant to be unique.
    let not_yet = |attribute: &&Attribute| !names.user.is_valid && !attribute.unique;
    let guesses = names.columns().filter(not_yet).map(|attribute| unique(names, 0, &[attribute]));
    let unique = names.user.unique.iter().enumerate().map(|(index, places)| {
        let attributes: Vec<&Attribute> =
            places.iter().filter_map(|place| names.user.attributes.get(*place)).collect();
        unique(names, index, &attributes)
    });
    let changeable = names
        .given()
        .filter(|attribute| names.has_column(attribute) && may_show(names, attribute))
        .map(|attribute| changeable(names, attribute));
    quote!(#(#unique)* #(#guesses)* #(#changeable)*)
}

/// Whether the type of a field may stand in what is as public as the struct. A field that is not may be of a type that is not
/// either, which rustc would refuse there; a type that is known by its spelling is everybody's.
fn may_show(names: &Names<'_>, attribute: &Attribute) -> bool {
    let is_public = matches!(attribute.vis, syn::Visibility::Public(_));
    let is_as_the_struct =
        attribute.vis.to_token_stream().to_string() == names.user.vis.to_token_stream().to_string();
    matches!(attribute.storage, Storage::Spelled) || is_public || is_as_the_struct
}

fn unique(names: &Names<'_>, index: usize, attributes: &[&Attribute]) -> TokenStream {
    let Names { user, krate, users, .. } = names;
    let ident = &user.ident;
    if !attributes.iter().all(|attribute| names.has_column(attribute) && may_show(names, attribute)) {
        return TokenStream::new();
    }
    let fields: Vec<_> = attributes.iter().map(|attribute| &attribute.ident).collect();
    let types: Vec<_> = attributes.iter().map(|attribute| value(names, attribute)).collect();
    let (columns, value_type) = match (fields.as_slice(), types.as_slice()) {
        ([field], [ty]) => (quote!(#users::#field), quote!(#ty)),
        _ => (quote!((#(#users::#fields),*)), quote!((#(#types),*))),
    };
    let values = attributes.iter().enumerate().map(|(place, attribute)| {
        let place = Index::from(place);
        let value = if attributes.len() == 1 { quote!(__value) } else { quote!(__value.#place) };
        let column = names.constant(attribute);
        match (&attribute.storage, attribute.optional) {
            (Storage::Spelled, _) => quote!(#krate::__private::stored_value(&#value)),
            (_, true) => quote!(#column.to_value(&::core::option::Option::Some(#value))),
            (_, false) => quote!(#column.to_value(&#value)),
        }
    });
    let (argument, values) = if user.is_valid {
        (quote!(__value), quote!(::std::vec![#(#values),*]))
    } else {
        (quote!(_), quote!(::core::unreachable!()))
    };
    let index = Literal::usize_unsuffixed(index);
    let implement = Token![impl](user.ident.span());
    quote! {
        #[automatically_derived]
        #implement #krate::Unique<#ident> for #columns {
            type Value = #value_type;
            const INDEX: ::core::primitive::usize = #index;

            fn values(#argument: #value_type) -> ::std::vec::Vec<#krate::Value> {
                #values
            }
        }
    }
}

/// The type of a value to look for. Where a spelling tells, it is the type that the spelling names, whatever it is in the app:
/// that it is another one has been said at the field.
fn value(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    match attribute.storage {
        Storage::Spelled if attribute.known => columns::stored(&names.krate, attribute.kind),
        _ => attribute.inner.to_token_stream(),
    }
}

fn changeable(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    let Names { user, krate, users, changes, .. } = names;
    let (ident, Attribute { ident: field, ty, .. }) = (&user.ident, attribute);
    let implement = Token![impl](user.ident.span());
    quote! {
        #[automatically_derived]
        #implement #krate::Changeable<#ident> for #users::#field {
            type Value = #ty;

            fn slot(__changes: &mut #changes) -> &mut ::core::option::Option<#ty> {
                &mut __changes.#field
            }
        }
    }
}
