//! The table of users as the migrations make it, for an audit of the live database.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Names;

/// A macro of `lucia`, which expands to nothing when its feature `audit` is off:
///
/// ```text
/// ::lucia::__audited! { User, r#"{"name":"auth_user","columns":[..],..}"# }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, .. } = names;
    let (ident, schema) = (&user.ident, user.schema());
    let users = schema.table(&user.tables.user).map(|table| raw(&table.to_json()));
    quote!(#krate::__audited! { #ident, #users })
}

/// A text that is full of quotes, for whoever reads the expansion.
fn raw(text: &str) -> Literal {
    let mut hashes = "#".to_owned();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}").parse().unwrap_or_else(|_| Literal::string(text))
}
