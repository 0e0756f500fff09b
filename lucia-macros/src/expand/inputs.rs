//! `UserAttributes` and `UserChanges`: what creating a user takes, and a partial update.

use lucia_schema::Attribute;
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
        let note = attribute.default.is_some().then_some(" `None` takes the default.");
        field(attribute, note)
    });
    let changed = names.given().map(|attribute| field(attribute, Some(" `None` leaves it as it is.")));
    let about_attributes = format!(" What creating a [`{}`] takes.", user.ident);
    let about_changes = format!(" A partial update of a [`{}`].", user.ident);
    quote! {
        #[doc = #about_attributes]
        #vis struct #attributes {
            #(#given,)*
        }

        #[doc = #about_changes]
        #[derive(::core::default::Default)]
        #vis struct #changes {
            #(#changed,)*
        }
    }
}

/// A field of the attribute's type; with a note that says what `None` means, an `Option` of it.
fn field(attribute: &Attribute, note: Option<&str>) -> TokenStream {
    let Attribute { vis, ident, ty, .. } = attribute;
    let docs = documented(attribute);
    match note {
        None => quote!(#(#docs)* #vis #ident: #ty),
        Some(note) => quote! {
            #(#docs)*
            #[doc = ""]
            #[doc = #note]
            #vis #ident: ::core::option::Option<#ty>
        },
    }
}

/// What one expects of such structs. By way of the columns and not by `derive`, which would ask the type of each field for
/// the same, and complain about it again; `Default` asks nothing of what an `Option` is of.
pub(super) fn impls(names: &Names<'_>) -> TokenStream {
    let Names { user, attributes, changes, .. } = names;
    if !user.is_valid {
        let of_both = [inert(attributes), inert(changes)];
        return quote!(#(#of_both)*);
    }
    let is_optional = |attribute: &Attribute| attribute.default.is_some();
    let of_attributes = clone_and_debug(names, attributes, is_optional);
    let of_changes = clone_and_debug(names, changes, |_| true);
    quote!(#of_attributes #of_changes)
}

fn clone_and_debug(
    names: &Names<'_>,
    ident: &Ident,
    is_optional: impl Fn(&Attribute) -> bool + Copy,
) -> TokenStream {
    let copied = names.given().map(|attribute| {
        let (field, constant) = (&attribute.ident, names.constant(attribute));
        let copy = if is_optional(attribute) { quote!(copy_given) } else { quote!(copy) };
        quote!(#field: #constant.#copy(&self.#field))
    });
    let shown = names.given().map(|attribute| {
        let (field, name, constant) = (&attribute.ident, &attribute.name, names.constant(attribute));
        let show = if is_optional(attribute) { quote!(show_given) } else { quote!(show) };
        quote!(.field(#name, &#constant.#show(&self.#field)))
    });
    let name = ident.to_string();
    quote! {
        #[automatically_derived]
        impl ::core::clone::Clone for #ident {
            fn clone(&self) -> Self {
                Self { #(#copied,)* }
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #ident {
            fn fmt(&self, __f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                __f.debug_struct(#name)#(#shown)*.finish()
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
    }
}
