//! The three tables, as Diesel's own macros take them.

use lucia_schema::{Attribute, Kind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::Names;

/// `table!` for each table, and what lets them be joined:
///
/// ```text
/// ::diesel::table! { auth_user (id) { id -> Text, username -> Text, email -> Nullable<Text>, } }
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, users, sessions, keys, .. } = names;
    let (user_name, session_name, key_name) = (&user.tables.user, &user.tables.session, &user.tables.key);
    let columns = user.attributes.iter().map(column);
    quote! {
        ::diesel::table! {
            /// The table of users, derived from the struct.
            #[sql_name = #user_name]
            #users (id) {
                /// The user's id.
                id -> ::diesel::sql_types::Text,
                #(#columns,)*
            }
        }
        ::diesel::table! {
            /// The table of sessions.
            #[sql_name = #session_name]
            #sessions (id) {
                /// What the session's token hashes to.
                id -> ::diesel::sql_types::Text,
                /// Whose session it is.
                user_id -> ::diesel::sql_types::Text,
                /// The end of the active period, in milliseconds since the epoch.
                active_expires -> ::diesel::sql_types::BigInt,
                /// The end of the idle period, in milliseconds since the epoch.
                idle_expires -> ::diesel::sql_types::BigInt,
                /// When it began, in milliseconds since the epoch.
                created_at -> ::diesel::sql_types::Nullable<::diesel::sql_types::BigInt>,
                /// When it ends however much it is used, in milliseconds since the epoch.
                absolute_expires -> ::diesel::sql_types::Nullable<::diesel::sql_types::BigInt>,
                /// The session that it was renewed from.
                renewed_from -> ::diesel::sql_types::Nullable<::diesel::sql_types::Text>,
            }
        }
        ::diesel::table! {
            /// The table of keys.
            #[sql_name = #key_name]
            #keys (id) {
                /// `provider:identifier`.
                id -> ::diesel::sql_types::Text,
                /// Whose key it is.
                user_id -> ::diesel::sql_types::Text,
                /// Whether it was made together with the user.
                primary_key -> ::diesel::sql_types::Bool,
                /// The hash of the password, if the key has one.
                hashed_password -> ::diesel::sql_types::Nullable<::diesel::sql_types::Text>,
                /// Until when a single-use key can be used, in milliseconds since the epoch.
                expires -> ::diesel::sql_types::Nullable<::diesel::sql_types::BigInt>,
            }
        }
        ::diesel::joinable!(#sessions -> #users (user_id));
        ::diesel::joinable!(#keys -> #users (user_id));
        ::diesel::allow_tables_to_appear_in_same_query!(#users, #sessions, #keys);
    }
}

fn column(attribute: &Attribute) -> TokenStream {
    let (ident, name) = (&attribute.ident, &attribute.column);
    let docs = documented(attribute);
    let sql_type = sql_type(attribute.kind);
    let sql_type =
        if attribute.optional { quote!(::diesel::sql_types::Nullable<#sql_type>) } else { sql_type };
    quote! {
        #(#docs)*
        #[sql_name = #name]
        #ident -> #sql_type
    }
}

/// The field's documentation; something where there is none, for apps that deny undocumented items.
pub(super) fn documented(attribute: &Attribute) -> Vec<TokenStream> {
    if attribute.docs.is_empty() {
        let text = format!("The attribute `{}`.", attribute.name);
        return vec![quote!(#[doc = #text])];
    }
    attribute.docs.iter().map(|doc| quote!(#doc)).collect()
}

fn sql_type(kind: Kind) -> TokenStream {
    let name = match kind {
        Kind::Text => "Text",
        Kind::Bool => "Bool",
        Kind::I16 => "SmallInt",
        Kind::I32 => "Integer",
        Kind::I64 => "BigInt",
        Kind::F32 => "Float",
        Kind::F64 => "Double",
        Kind::Bytes => "Binary",
        Kind::Date => "Date",
        Kind::Time => "Time",
        Kind::Timestamp | Kind::TimestampUtc => "Timestamp",
    };
    let name = Ident::new(name, Span::call_site());
    quote!(::diesel::sql_types::#name)
}

/// The module of a table; a keyword, which cannot be one, gets a line behind it.
pub(super) fn ident(table: &str, span: Span) -> Ident {
    match syn::parse_str::<Ident>(table) {
        Ok(mut ident) => {
            ident.set_span(span);
            ident
        }
        Err(_) => format_ident!("{table}_", span = span),
    }
}
