//! The assertion that the struct is in step with its migrations, as far as a build step has said so.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Names;

/// The build step sets `LUCIA_SCHEMA_AUTH_USER` to the fingerprint of the newest migration, and, when that is not the
/// struct's, `LUCIA_DRIFT_AUTH_USER` to what has changed.
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, .. } = names;
    if !user.is_valid {
        return TokenStream::new();
    }
    let table = user.tables.user.to_uppercase();
    let (schema, drift) = (format!("LUCIA_SCHEMA_{table}"), format!("LUCIA_DRIFT_{table}"));
    let fingerprint = user.schema().fingerprint();
    let said = quote!(::core::option_env!(#schema));
    quote_spanned! {user.ident.span()=>
        const _: () = ::core::assert!(
            #krate::__private::in_step(#said, #fingerprint),
            "{}",
            #krate::__private::drift(::core::option_env!(#drift)),
        );
    }
}
