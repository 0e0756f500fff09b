//! The user struct, read from tokens.
//!
//! [`read`] works in two steps. *Reading* turns the struct and its attributes into a draft that has no opinion about
//! combinations; *checking* holds every rule, one function each. Neither returns early: a mistake is noted on its own
//! span and reading goes on with the best guess, so that all mistakes of a struct are told at once and what is made
//! from the model causes no further errors.

mod attribute;
mod check;
mod debug;
mod default;
mod draft;
mod errors;
mod mistake;
mod names;
mod options;
mod renames;
mod rule;
mod shape;
mod similar;
mod together;
mod types;

use proc_macro2::{Ident, TokenStream};
use syn::{DeriveInput, Visibility};

use crate::{Column, Default, Dialect, Keyed, Kind, Native, Rename, Schema, TableNames, Type, UserColumn};
pub use attribute::{AttributeItem, AttributeReading, AttributeShape, read_attribute};
use errors::Errors;
pub use names::is_item_of_diesel;
pub use rule::Rule;
pub use types::spelled;

/// What became of a struct.
#[derive(Debug)]
pub struct Reading {
    /// The best model there is, even of a struct with mistakes; of an enum, a union or a tuple struct, one without
    /// attributes.
    pub user: UserStruct,
    /// All mistakes, combined.
    pub errors: Option<syn::Error>,
    /// The rules that they break, in the same order.
    pub rules: Vec<Rule>,
}

/// A struct that derives `LuciaUser`.
#[derive(Clone)]
#[non_exhaustive]
pub struct UserStruct {
    /// Its name.
    pub ident: Ident,
    /// Its visibility.
    pub vis: Visibility,
    /// Its generics. A struct that has any is refused; they are kept so that what is made from the model still names
    /// the type correctly.
    pub generics: syn::Generics,
    /// Where the crate `lucia` is: `::lucia` without `#[lucia(crate = ..)]`.
    pub krate: syn::Path,
    /// What its tables are called.
    pub tables: TableNames,
    /// The id.
    pub id: IdField,
    /// All other fields, in order of declaration.
    pub attributes: Vec<Attribute>,
    /// What no two users have in common, as places in `attributes`: those that are unique alone, then those that are
    /// together.
    pub unique: Vec<Vec<usize>>,
    /// What its columns were called, as its fields say. It stays so after the migration: see [`Renames`](crate::Renames).
    pub renames: Vec<Rename>,
    /// What its user table was called, as it says itself.
    pub renamed_table: Option<String>,
    /// The folder of its migrations, where a file says what they lead to, if it asks for that.
    pub migrations: Option<MigrationsFolder>,
    /// Whether no mistake was found. If one was, the bodies made from the model must not rely on the struct's fields.
    pub is_valid: bool,
}

/// What `#[lucia(migrations = "..")]` says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct MigrationsFolder {
    /// The folder, given from that of `Cargo.toml`.
    pub path: String,
    /// Where it is written.
    pub span: TokenStream,
}

/// The field `id`.
#[derive(Clone)]
#[non_exhaustive]
pub struct IdField {
    /// Its name as written, or made up.
    pub ident: Ident,
    /// Its visibility.
    pub vis: Visibility,
    /// Its type as written, or `UserId`.
    pub ty: syn::Type,
    /// Whether the struct has such a field, of a type spelt `UserId`.
    pub known: bool,
}

/// A field other than the id.
#[derive(Clone)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is one independent property that a user may write")]
pub struct Attribute {
    /// Its name as written, which may be raw.
    pub ident: Ident,
    /// Its name, without `r#`.
    pub name: String,
    /// Its column: the name, unless `#[lucia(column = "..")]` says otherwise.
    pub column: String,
    /// Its visibility.
    pub vis: Visibility,
    /// Its doc comments.
    pub docs: Vec<syn::Attribute>,
    /// Its type as written.
    pub ty: syn::Type,
    /// Its type without `Option`.
    pub inner: syn::Type,
    /// Whether it is an `Option`.
    pub optional: bool,
    /// What it holds; text when that could not be told.
    pub kind: Kind,
    /// Whether its type could be told.
    pub known: bool,
    /// By what that was told.
    pub storage: Storage,
    /// Whether no two users have the same value.
    pub unique: bool,
    /// Whether upper and lower case make no difference to that.
    pub nocase: bool,
    /// Whether its column has an index that allows equal values.
    pub index: bool,
    /// The most characters of text, or bytes of bytes.
    pub max_length: Option<u32>,
    /// Its value when none is given.
    pub default: Option<Default>,
    /// The tokens of that value.
    pub default_span: Option<TokenStream>,
    /// Whether it is given neither when a user is created nor in a change.
    pub readonly: bool,
}

/// What tells how an attribute is stored.
#[derive(Clone)]
#[non_exhaustive]
pub enum Storage {
    /// The spelling of its type.
    Spelled,
    /// `#[lucia(stored_as = ..)]`.
    Declared,
    /// `#[lucia(sql_type = ..)]`, with the type of the column on each database.
    Native {
        /// Diesel's type.
        sql_type: Box<syn::Type>,
        /// The databases' types.
        native: Native,
    },
}

/// Reads a struct. Never fails and never stops at a mistake.
#[must_use]
pub fn read(item: &DeriveInput) -> Reading {
    let mut errors = Errors::new();
    let options = options::of_struct(&item.attrs, &mut errors);
    let fields = shape::named_fields(item, &mut errors);
    let (id, mut drafts) = draft::split(item, fields.as_deref(), &mut errors);

    let tables = names::tables(&options, &mut errors);
    let together = together::read(&options.unique, &mut drafts, &mut errors);
    check::all(&drafts, &tables, &mut errors);
    together::check_lengths(&options.unique, &together, &drafts, &mut errors);
    let renamed_table = renames::table(&options, &tables, &mut errors);
    let renames = renames::columns(&drafts, &tables.user, &mut errors);
    let krate = options::krate(options.krate.as_ref());
    let migrations = names::migrations(options, &mut errors);

    let attributes: Vec<Attribute> = drafts.into_iter().map(draft::Draft::finish).collect();
    let alone = attributes.iter().enumerate().filter(|(_, attribute)| attribute.unique);
    let unique = alone.map(|(place, _)| vec![place]).chain(together).collect();
    let (errors, rules) = errors.finish();
    let user = UserStruct {
        ident: item.ident.clone(),
        vis: item.vis.clone(),
        generics: item.generics.clone(),
        krate,
        tables,
        id,
        attributes,
        unique,
        renames,
        renamed_table,
        migrations: migrations.map(|given| MigrationsFolder { path: given.value, span: given.at }),
        is_valid: errors.is_none(),
    };
    Reading { user, errors, rules }
}

impl UserStruct {
    /// Its tables.
    #[must_use]
    pub fn schema(&self) -> Schema {
        let columns: Vec<UserColumn> = self.attributes.iter().map(Attribute::user_column).collect();
        let together = self.unique.iter().filter(|places| places.len() > 1);
        let together: Vec<Vec<String>> = together.map(|places| self.columns(places)).collect();
        Schema::of(&self.tables, &columns, &together)
    }

    /// The columns of the attributes at these places.
    #[must_use]
    pub fn columns(&self, places: &[usize]) -> Vec<String> {
        let attributes = places.iter().filter_map(|place| self.attributes.get(*place));
        attributes.map(|attribute| attribute.column.clone()).collect()
    }

    /// The databases that an app with this struct can have: those on which every attribute has a column.
    #[must_use]
    pub fn databases(&self) -> Vec<Dialect> {
        let has = |attribute: &Attribute, dialect| match &attribute.storage {
            Storage::Native { native, .. } => native.on(dialect).is_some(),
            Storage::Spelled | Storage::Declared => true,
        };
        let on_all = |dialect: &Dialect| self.attributes.iter().all(|attribute| has(attribute, *dialect));
        Dialect::ALL.into_iter().filter(on_all).collect()
    }
}

impl Attribute {
    /// Its column and index.
    #[must_use]
    pub fn user_column(&self) -> UserColumn {
        let column = Column {
            name: self.column.clone(),
            ty: self.column_type(),
            nullable: self.optional,
            default: self.default.clone(),
        };
        UserColumn { column, keyed: self.keyed() }
    }

    fn column_type(&self) -> Type {
        match &self.storage {
            Storage::Native { native, .. } => Type::Native(native.clone()),
            // Of a kind that is not known there is no table to write.
            Storage::Spelled | Storage::Declared => {
                self.kind.column_type(self.max_length).unwrap_or(Type::Text { max_length: None })
            }
        }
    }

    const fn keyed(&self) -> Keyed {
        match (self.unique, self.nocase, self.index) {
            (true, true, _) => Keyed::UniqueNocase,
            (true, false, _) => Keyed::Unique,
            (false, _, true) => Keyed::Index,
            (false, _, false) => Keyed::No,
        }
    }
}
