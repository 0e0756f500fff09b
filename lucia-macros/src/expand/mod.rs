//! From the model of a user struct to code: data and short bodies. Behaviour is ordinary code in `lucia`.
//!
//! A struct with mistakes gets the same tables, types and impls, with bodies that do nothing, so that one mistake is one
//! error: everything that the app writes about the generated items still compiles.

mod access;
mod audited;
mod columns;
mod fingerprint;
mod inputs;
mod queries;
pub(crate) mod tables;
mod user;
mod wide;

pub(crate) use columns::{questioned, stored};
use lucia_schema::{Attribute, UserStruct};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote};

/// The whole expansion of the derive.
pub(crate) fn derive(item: TokenStream) -> TokenStream {
    let item = match syn::parse2(item) {
        Ok(item) => item,
        Err(error) => return error.into_compile_error(),
    };
    let reading = lucia_schema::read(&item);
    let errors = reading.errors.map(syn::Error::into_compile_error);
    // A type with parameters has no impls that would compile whatever the parameters are.
    if !reading.user.generics.params.is_empty() || reading.user.generics.where_clause.is_some() {
        return quote!(#errors);
    }
    let code = expand(&reading.user);
    let code = if reading.user.is_valid { wide::guarded(&reading.user, code) } else { code };
    quote!(#code #errors)
}

fn expand(user: &UserStruct) -> TokenStream {
    let names = &Names::of(user);
    let tables = tables::expand(names);
    let inputs = inputs::expand(names);
    let columns = columns::expand(names);
    let user = user::expand(names);
    let impls = inputs::impls(names);
    let access = access::expand(names);
    let queries = queries::expand(names);
    let audited = audited::expand(names);
    let fingerprint = fingerprint::expand(names);
    quote! {
        #tables
        #inputs
        #[allow(deprecated, reason = "what the app marks so is still stored")]
        const _: () = {
            #columns
            #user
            #impls
            #access
            #queries
            #audited
        };
        #fingerprint
    }
}

/// The model, and the names of what is made from it.
pub(crate) struct Names<'a> {
    user: &'a UserStruct,
    krate: TokenStream,
    attributes: Ident,
    changes: Ident,
    users: Ident,
    sessions: Ident,
    keys: Ident,
    /// What the constants of the attributes are called, in their order.
    constants: Vec<String>,
    /// The same of the types of columns with a `sql_type`.
    natives: Vec<String>,
}

impl<'a> Names<'a> {
    fn of(user: &'a UserStruct) -> Self {
        let span = user.ident.span();
        Self {
            krate: user.krate.to_token_stream(),
            attributes: format_ident!("{}Attributes", user.ident),
            changes: format_ident!("{}Changes", user.ident),
            users: tables::ident(&user.tables.user, span),
            sessions: tables::ident(&user.tables.session, span),
            keys: tables::ident(&user.tables.key, span),
            constants: distinct(&user.attributes, |name| format!("{}_COLUMN", name.to_uppercase())),
            natives: distinct(&user.attributes, columns::native_name),
            user,
        }
    }

    /// The attributes that have a column in `table!`: all of them, but of a struct with mistakes none whose name is Diesel's own,
    /// and no more than Diesel has tuples for by default, since one mistake may be their number.
    fn columns(&self) -> impl Iterator<Item = &'a Attribute> {
        let (user, table) = (self.user, self.user.tables.user.as_str());
        let most = if user.is_valid { usize::MAX } else { wide::BY_DEFAULT - 1 };
        let is_legal = move |attribute: &&Attribute| {
            user.is_valid || (attribute.name != table && !lucia_schema::is_item_of_diesel(&attribute.name))
        };
        user.attributes.iter().filter(is_legal).take(most)
    }

    /// Whether it is one of those.
    fn has_column(&self, attribute: &Attribute) -> bool {
        self.columns().any(|other| other.ident == attribute.ident)
    }

    /// The constant that describes an attribute: `USERNAME_COLUMN`. It stands where the struct is named, as all that is made from
    /// it: a type that is not in scope is then told once, since rustc would say the same about each.
    fn constant(&self, attribute: &Attribute) -> Ident {
        Ident::new(self.own(&self.constants, attribute), self.user.ident.span())
    }

    /// The type that the derived code makes for an attribute with a `sql_type`.
    fn native(&self, attribute: &Attribute) -> Ident {
        Ident::new(self.own(&self.natives, attribute), Span::call_site())
    }

    /// The name in the list that belongs to the attribute.
    fn own<'n>(&self, list: &'n [String], attribute: &'n Attribute) -> &'n str {
        let place = self.user.attributes.iter().position(|other| other.ident == attribute.ident);
        place.and_then(|place| list.get(place)).map_or(attribute.name.as_str(), String::as_str)
    }

    /// The attributes of `UserAttributes`: all that may be given at creation.
    fn given(&self) -> impl Iterator<Item = &'a Attribute> {
        self.user.attributes.iter().filter(|attribute| !attribute.readonly)
    }
}

/// A name for each attribute, with a number where an attribute before it has the same.
fn distinct(attributes: &[Attribute], spell: impl Fn(&str) -> String) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for attribute in attributes {
        let spelled = spell(&attribute.name);
        let numbered = (2..).map(|number| format!("{spelled}_{number}"));
        let free = std::iter::once(spelled.clone()).chain(numbered).find(|name| !names.contains(name));
        names.extend(free);
    }
    names
}
