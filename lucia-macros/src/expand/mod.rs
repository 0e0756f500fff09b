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
use proc_macro2::{Ident, TokenStream};
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
        let upper = |attribute: &Attribute| attribute.name.to_uppercase();
        format_ident!("{}_COLUMN", self.distinct(attribute, upper), span = self.user.ident.span())
    }

    /// The name in another spelling, with a number where an attribute before it has the same in that.
    fn distinct(&self, attribute: &Attribute, spell: impl Fn(&Attribute) -> String) -> String {
        let spelled = spell(attribute);
        let before = self.user.attributes.iter().take_while(|other| other.ident != attribute.ident);
        match before.filter(|other| spell(other) == spelled).count() {
            0 => spelled,
            count => format!("{spelled}_{}", count + 1),
        }
    }

    /// The attributes of `UserAttributes`: all that may be given at creation.
    fn given(&self) -> impl Iterator<Item = &'a Attribute> {
        self.user.attributes.iter().filter(|attribute| !attribute.readonly)
    }
}
