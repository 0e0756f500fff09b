//! What a `schema.rs` declares, and what the derive does.

use std::collections::BTreeSet;

use lucia_schema::{Attribute, Storage, UserStruct, spelled};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, Token};

/// All that is declared of tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// The tables, in order of their names.
    pub tables: Vec<Table>,
    /// Which table refers to which other one, and by which column.
    pub joinable: BTreeSet<[String; 3]>,
    /// The tables that may be in one query.
    pub together: BTreeSet<BTreeSet<String>>,
}

/// One `table!`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Table {
    /// What it is called in SQL.
    pub name: String,
    /// What it is called in Rust.
    pub ident: String,
    /// The columns of its primary key, as they are called in Rust.
    pub primary_key: Vec<String>,
    /// Its columns, in order of declaration.
    pub columns: Vec<Column>,
}

/// A line of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Column {
    /// What it is called in SQL.
    pub name: String,
    /// What it is called in Rust.
    pub ident: String,
    /// Its type, without `Nullable`.
    pub ty: String,
    /// Whether it is `Nullable`.
    pub nullable: bool,
}

/// Reads a file of `table!`, `joinable!` and `allow_tables_to_appear_in_same_query!`.
///
/// # Errors
///
/// What is something else.
pub fn read(text: &str) -> Result<Declared, syn::Error> {
    let mut declared = Declared::default();
    for item in syn::parse_file(text)?.items {
        let syn::Item::Macro(item) = item else { return Err(syn::Error::new_spanned(item, "no macro")) };
        let name = item.mac.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        match name.as_str() {
            "table" => declared.tables.push(item.mac.parse_body()?),
            "joinable" => _ = declared.joinable.insert(item.mac.parse_body_with(joinable)?),
            "allow_tables_to_appear_in_same_query" => {
                let tables = item.mac.parse_body_with(Punctuated::<Ident, Token![,]>::parse_terminated)?;
                declared.together.insert(tables.iter().map(ToString::to_string).collect());
            }
            _ => return Err(syn::Error::new_spanned(item.mac.path, "unknown macro")),
        }
    }
    declared.tables.sort();
    Ok(declared)
}

fn joinable(input: ParseStream<'_>) -> syn::Result<[String; 3]> {
    let child: Ident = input.parse()?;
    input.parse::<Token![->]>()?;
    let parent: Ident = input.parse()?;
    let column;
    syn::parenthesized!(column in input);
    Ok([child.to_string(), parent.to_string(), column.parse::<Ident>()?.to_string()])
}

impl Parse for Table {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        while input.peek(Token![use]) {
            input.parse::<syn::ItemUse>()?;
        }
        let (ident, name) = named(input)?;
        let (key, body);
        syn::parenthesized!(key in input);
        let key = Punctuated::<Ident, Token![,]>::parse_terminated(&key)?;
        syn::braced!(body in input);
        let columns = Punctuated::<Column, Token![,]>::parse_terminated(&body)?;
        Ok(Self {
            name,
            ident,
            primary_key: key.iter().map(ToString::to_string).collect(),
            columns: columns.into_iter().collect(),
        })
    }
}

impl Parse for Column {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let (ident, name) = named(input)?;
        input.parse::<Token![->]>()?;
        let ty: syn::Type = input.parse()?;
        let ty = spelled(&ty);
        let inner = ty.strip_prefix("Nullable<").and_then(|ty| ty.strip_suffix('>'));
        Ok(Self { name, ident, nullable: inner.is_some(), ty: inner.unwrap_or(&ty).to_owned() })
    }
}

/// A name in Rust and the one in SQL. Of all attributes only docs and `sql_name` are known.
fn named(input: ParseStream<'_>) -> syn::Result<(String, String)> {
    let attributes = syn::Attribute::parse_outer(input)?;
    let ident: Ident = input.parse()?;
    let ident = ident.to_string();
    // Which Diesel reads in the same way.
    let mut name = ident.strip_prefix("r#").unwrap_or(&ident).to_owned();
    for attribute in attributes {
        match attribute.meta {
            syn::Meta::NameValue(syn::MetaNameValue { path, value, .. }) if path.is_ident("sql_name") => {
                let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = value else {
                    return Err(syn::Error::new_spanned(value, "no text"));
                };
                name = text.value();
            }
            meta if meta.path().is_ident("doc") => {}
            meta => return Err(syn::Error::new_spanned(meta, "unknown attribute")),
        }
    }
    Ok((ident, name))
}

/// The template of the tables of sessions and keys.
const TEMPLATE: &str = include_str!("../../../lucia/src/diesel/templates/tables.rs");

/// What the derive declares for a struct, as a `schema.rs` that says the same.
#[must_use]
pub fn schema_rs(user: &UserStruct) -> String {
    let names = &user.tables;
    let columns: String = user.attributes.iter().map(column).collect();
    let users = format!(
        "diesel::table! {{\n    use diesel::sql_types::*;\n\n    #[sql_name = {:?}]\n    {} (id) {{\n        id -> Text,\n{columns}    \
         }}\n}}\n",
        names.user,
        ident(&names.user)
    );
    let (_, template) = TEMPLATE.split_once("$key_name:literal;) => {\n").unwrap();
    let (template, _) = template.split_once("\n    };\n").unwrap();
    let filled = template
        .replace("            use $crate::__private::table::*;\n", "")
        .replace("$users", &ident(&names.user))
        .replace("$session_name", &format!("{:?}", names.session))
        .replace("$sessions", &ident(&names.session))
        .replace("$key_name", &format!("{:?}", names.key))
        .replace("$keys", &ident(&names.key));
    assert!(!filled.contains('$'), "{filled}");
    users + &filled
}

fn column(attribute: &Attribute) -> String {
    let ty = match &attribute.storage {
        Storage::Native { sql_type, .. } => spelled(sql_type),
        _ => attribute.user_column().column.ty.diesel_name().unwrap().to_owned(),
    };
    let ty = if attribute.optional { format!("Nullable<{ty}>") } else { ty };
    format!("        #[sql_name = {:?}]\n        {} -> {ty},\n", attribute.column, attribute.ident)
}

/// A keyword gets a line behind it.
fn ident(table: &str) -> String {
    syn::parse_str::<Ident>(table).map_or_else(|_| format!("{table}_"), |ident| ident.to_string())
}
