//! Finds the user struct in a file of source.

use std::path::Path;

use lucia_schema::UserStruct;
use syn::punctuated::Punctuated;
use syn::{Attribute, DeriveInput, Item, Path as RustPath, Token};

use crate::problem::{InSource, Problem};

/// What the source says.
pub(crate) enum Source {
    /// A struct without mistakes.
    User(UserStruct),
    /// A struct with mistakes, which the derive reports where they are.
    Mistaken {
        /// The best model of it.
        user: UserStruct,
        /// The mistakes in words.
        #[cfg_attr(not(feature = "cli"), expect(dead_code, reason = "a build leaves them to the derive"))]
        mistakes: Vec<String>,
    },
    /// Text that is not Rust, for the time being: the compiler says so far better.
    NotRust {
        /// The parser's words, with the line.
        why: String,
    },
}

/// Reads the source of `file`, in which the struct may be told by its name.
pub(crate) fn read(file: &Path, text: &str, name: Option<&str>) -> Result<Source, Problem> {
    let parsed = match syn::parse_file(text) {
        Ok(parsed) => parsed,
        Err(error) => return Ok(Source::NotRust { why: error.to_string() }),
    };
    let mut found = Vec::new();
    collect(parsed.items, &mut found);
    let item = choose(file, found, name)?;
    let reading = lucia_schema::read(&item);
    Ok(match reading.errors {
        None => Source::User(reading.user),
        Some(errors) => Source::Mistaken {
            user: reading.user,
            mistakes: errors.into_iter().map(|error| error.to_string()).collect(),
        },
    })
}

/// The names of all structs in a text that derive `LuciaUser`; none where it is not Rust.
#[cfg(feature = "cli")]
pub(crate) fn names(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    collect(syn::parse_file(text).map(|file| file.items).unwrap_or_default(), &mut found);
    found.into_iter().map(|item| item.ident.to_string()).collect()
}

/// Everything that derives `LuciaUser`, in modules of the file too. Enums and unions are among it: the derive says why not.
fn collect(items: Vec<Item>, found: &mut Vec<DeriveInput>) {
    for item in items {
        let item = match item {
            Item::Struct(item) => DeriveInput::from(item),
            Item::Enum(item) => item.into(),
            Item::Union(item) => item.into(),
            Item::Mod(module) => {
                collect(module.content.map(|(_, items)| items).unwrap_or_default(), found);
                continue;
            }
            _ => continue,
        };
        if item.attrs.iter().any(derives_user) {
            found.push(item);
        }
    }
}

/// Whether the attribute is a `derive` with `LuciaUser` in it, by whatever path.
fn derives_user(attribute: &Attribute) -> bool {
    attribute.path().is_ident("derive")
        && attribute.parse_args_with(Punctuated::<RustPath, Token![,]>::parse_terminated).is_ok_and(|paths| {
            paths.iter().any(|path| path.segments.last().is_some_and(|s| s.ident == "LuciaUser"))
        })
}

fn choose(file: &Path, found: Vec<DeriveInput>, name: Option<&str>) -> Result<DeriveInput, InSource> {
    let names: Vec<String> = found.iter().map(|item| item.ident.to_string()).collect();
    let mut meant: Vec<DeriveInput> =
        found.into_iter().filter(|item| name.is_none_or(|name| item.ident == name)).collect();
    match (meant.pop(), meant.is_empty()) {
        (Some(item), true) => Ok(item),
        (Some(item), false) => Err(match name {
            Some(_) => InSource::SameName { file: file.to_owned(), name: item.ident.to_string() },
            None => InSource::Several { file: file.to_owned(), names },
        }),
        (None, _) => Err(InSource::None { file: file.to_owned(), names, wanted: name.map(str::to_owned) }),
    }
}
