//! More columns than Diesel has tuples for by default.

use lucia_schema::UserStruct;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// How many columns a table may have without a feature, the id included.
pub(super) const BY_DEFAULT: usize = 32;

/// The code, or an error with inert code when the feature of `lucia` is off that has so many columns: a macro of `lucia` knows.
pub(super) fn guarded(user: &UserStruct, code: TokenStream) -> TokenStream {
    let columns = user.attributes.len() + 1;
    if columns <= BY_DEFAULT {
        return code;
    }
    let mistake = format!(
        "a user struct of more than {BY_DEFAULT} fields needs the feature `64-column-tables` of lucia, and this one has \
         {columns}; run `cargo add lucia --features 64-column-tables`, which makes Diesel slower to compile, or keep some \
         fields in a table of your own that refers to `id`"
    );
    let error = syn::Error::new(user.ident.span(), mistake).into_compile_error();
    let mut inert = user.clone();
    inert.is_valid = false;
    let inert = super::expand(&inert);
    let krate = user.krate.to_token_stream();
    quote!(#krate::__for_wide_tables! { { #code } { #inert #error } })
}
