//! The derive of lucia. Use it through the crate `lucia`, which documents it and which the derived code calls.
//!
//! Reading a struct and checking it is the crate `lucia-schema`, which the build step shares; this crate only writes code.
#![forbid(unsafe_code)]

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
