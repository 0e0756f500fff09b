//! The derives of lucia. Use them through the crate `lucia`, which documents them and which the derived code calls.
//!
//! Reading an item and checking it is the crate `lucia-schema`, which the build step shares; this crate only writes code.
#![forbid(unsafe_code)]

mod attribute;
mod expand;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;

/// Makes a struct the users of an app: tables, typed input, look-ups, queries.
///
/// See the crate documentation of `lucia` for what comes out of it and for every attribute.
#[proc_macro_derive(LuciaUser, attributes(lucia))]
pub fn derive_lucia_user(item: TokenStream) -> TokenStream {
    expand::derive(item.into()).into()
}

/// Makes an enum or a newtype the type of a user's attribute.
///
/// See the crate documentation of `lucia` for how it is stored.
#[proc_macro_derive(LuciaAttribute, attributes(lucia))]
pub fn derive_lucia_attribute(item: TokenStream) -> TokenStream {
    attribute::derive(item.into()).into()
}
