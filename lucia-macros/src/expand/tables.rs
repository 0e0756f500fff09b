//! The three tables, as Diesel's own macros take them.

use lucia_schema::{Attribute, Storage};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::Names;

/// `table!` for each table, and what lets them be joined; those that are always the same are a template of `lucia`:
///
/// ```text
/// ::diesel::table! { use ::lucia::__private::table::*; auth_user (id) { id -> Text, username -> Text, email -> Nullable<Text>, } }
/// ::lucia::__session_and_key_tables! { auth_user; auth_session = "auth_session"; auth_key = "auth_key"; }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, users, sessions, keys, .. } = names;
    let (user_name, session_name, key_name) = (&user.tables.user, &user.tables.session, &user.tables.key);
    let columns = names.columns().map(column);
    let user_name = sql_name(users, user_name);
    quote! {
        ::diesel::table! {
            use ::diesel::sql_types::*;
            use #krate::__private::table::*;

            /// The table of users, derived from the struct.
            #user_name
            #users (id) {
                /// The user's id.
                id -> Text,
                #(#columns,)*
            }
        }
        #krate::__session_and_key_tables! {
            #users;
            #sessions = #session_name;
            #keys = #key_name;
        }
    }
}

/// What a table or a column is called in SQL, where that is not what it is called here.
fn sql_name(ident: &Ident, name: &str) -> Option<TokenStream> {
    (ident != name).then(|| quote!(#[sql_name = #name]))
}

fn column(attribute: &Attribute) -> TokenStream {
    let (ident, name) = (&attribute.ident, sql_name(&attribute.ident, &attribute.column));
    let docs = documented(attribute);
    let sql_type = sql_type(attribute);
    let sql_type = if attribute.optional { quote!(Nullable<#sql_type>) } else { sql_type };
    quote! {
        #(#docs)*
        #name
        #ident -> #sql_type
    }
}

/// What Diesel calls the type of the column.
fn sql_type(attribute: &Attribute) -> TokenStream {
    match (&attribute.storage, attribute.user_column().column.ty.diesel_name()) {
        (Storage::Native { sql_type, .. }, _) => sql_type.to_token_stream(),
        (_, name) => name.unwrap_or("Text").parse().unwrap_or_default(),
    }
}

/// The field's documentation; something where there is none, for apps that deny undocumented items.
pub(super) fn documented(attribute: &Attribute) -> Vec<TokenStream> {
    if attribute.docs.is_empty() {
        let text = format!(" The attribute `{}`.", attribute.name);
        return vec![quote!(#[doc = #text])];
    }
    attribute.docs.iter().map(|doc| quote!(#doc)).collect()
}

/// The module of a table; a keyword, which cannot be one, gets a line behind it.
pub(crate) fn ident(table: &str, span: Span) -> Ident {
    match syn::parse_str::<Ident>(table) {
        Ok(mut ident) => {
            ident.set_span(span);
            ident
        }
        Err(_) => format_ident!("{table}_", span = span),
    }
}
