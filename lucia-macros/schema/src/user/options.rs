//! `#[lucia(..)]` above the struct and above a field: names and values, each on its own, without rules between them.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{LitInt, LitStr, Meta, Path};

use super::default::Literal;
use super::errors::Errors;
use super::mistake::Syntax;
use super::similar;
use crate::{AttributeSpec, Position};

/// A value, and the tokens it was written with.
pub(crate) struct Given<T> {
    pub(crate) at: TokenStream,
    pub(crate) value: T,
}

/// What is said about the struct.
#[derive(Default)]
pub(crate) struct StructOptions {
    pub(crate) user_table: Option<Given<String>>,
    pub(crate) session_table: Option<Given<String>>,
    pub(crate) key_table: Option<Given<String>>,
    krate: Option<Path>,
}

/// What is said about a field.
#[derive(Default)]
pub(crate) struct FieldOptions {
    pub(crate) column: Option<Given<String>>,
    pub(crate) unique: Option<Ident>,
    pub(crate) index: Option<Ident>,
    pub(crate) max_length: Option<Given<u64>>,
    pub(crate) default: Option<(Ident, Given<Literal>)>,
    pub(crate) readonly: Option<Ident>,
}

impl StructOptions {
    /// Where the crate `lucia` is.
    pub(crate) fn krate(&self) -> Path {
        self.krate.clone().unwrap_or_else(|| syn::parse_quote!(::lucia))
    }
}

pub(crate) fn of_struct(attrs: &[syn::Attribute], errors: &mut Errors) -> StructOptions {
    let mut options = StructOptions::default();
    for entry in entries(attrs, Position::Struct, errors) {
        match entry.spec.name {
            "user_table" => options.user_table = entry.text(errors),
            "session_table" => options.session_table = entry.text(errors),
            "key_table" => options.key_table = entry.text(errors),
            "crate" => options.krate = entry.crate_path(errors),
            // A row without an arm is found by the test that feeds every example to the parser.
            _ => {}
        }
    }
    options
}

pub(crate) fn of_field(attrs: &[syn::Attribute], errors: &mut Errors) -> FieldOptions {
    let mut options = FieldOptions::default();
    for entry in entries(attrs, Position::Field, errors) {
        match entry.spec.name {
            "column" => options.column = entry.text(errors),
            "unique" => options.unique = Some(entry.flag(errors)),
            "index" => options.index = Some(entry.flag(errors)),
            "readonly" => options.readonly = Some(entry.flag(errors)),
            "max_length" => options.max_length = entry.integer(errors),
            "default" => options.default = Some(entry.literal(errors)),
            _ => {}
        }
    }
    options
}

/// Whether the attribute is ours.
pub(crate) fn is_lucia(attr: &syn::Attribute) -> bool {
    attr.path().is_ident("lucia")
}

/// One known name with whatever follows it.
struct Entry {
    spec: &'static AttributeSpec,
    key: Ident,
    rest: TokenStream,
}

/// The known names at their place, each once; everything else is noted.
fn entries(attrs: &[syn::Attribute], position: Position, errors: &mut Errors) -> Vec<Entry> {
    let mut known: Vec<Entry> = Vec::new();
    for attr in attrs.iter().filter(|attr| is_lucia(attr)) {
        let Meta::List(list) = &attr.meta else {
            errors.note(attr, Syntax::NotAList);
            continue;
        };
        for item in split_at_commas(list.tokens.clone()) {
            let Some((key, rest)) = name_and_rest(item.clone()) else {
                errors.note(item, Syntax::NotAName);
                continue;
            };
            match look_up(&key.to_string(), position, &known) {
                Ok(spec) => known.push(Entry { spec, key, rest }),
                Err(mistake) => errors.note(key, mistake),
            }
        }
    }
    known
}

/// The row of a name that may stand here and has not stood here before.
fn look_up(name: &str, position: Position, before: &[Entry]) -> Result<&'static AttributeSpec, Syntax> {
    let Some(spec) = AttributeSpec::find(name) else {
        let meant = similar::closest(name, AttributeSpec::at(position).map(|spec| spec.name));
        let meant = meant.and_then(AttributeSpec::find);
        return Err(Syntax::Unknown { name: name.to_owned(), position, meant });
    };
    if spec.position != position {
        return Err(Syntax::Misplaced { spec });
    }
    if before.iter().any(|entry| entry.spec == spec) {
        return Err(Syntax::Duplicate { spec });
    }
    Ok(spec)
}

/// The items of a list. Taken apart by hand, so that a mistake in one does not hide those in the next.
fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut items = vec![TokenStream::new()];
    for token in tokens {
        match (&token, items.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => items.push(TokenStream::new()),
            (_, Some(item)) => item.extend([token]),
            (_, None) => {}
        }
    }
    items.retain(|item| !item.is_empty());
    items
}

fn name_and_rest(item: TokenStream) -> Option<(Ident, TokenStream)> {
    let mut tokens = item.into_iter();
    match tokens.next() {
        Some(TokenTree::Ident(key)) => Some((key, tokens.collect())),
        _ => None,
    }
}

impl Entry {
    /// The tokens after `=`.
    fn value(&self) -> Option<TokenStream> {
        let mut tokens = self.rest.clone().into_iter();
        match tokens.next() {
            Some(TokenTree::Punct(punct)) if punct.as_char() == '=' => {
                let value: TokenStream = tokens.collect();
                (!value.is_empty()).then_some(value)
            }
            _ => None,
        }
    }

    /// Notes that the value is not of the right shape, on the value or, without one, on the name.
    fn malformed(&self, errors: &mut Errors) {
        let mistake = Syntax::Value { spec: self.spec };
        match self.value() {
            Some(value) => errors.note(value, mistake),
            None if self.rest.is_empty() => errors.note(&self.key, mistake),
            None => errors.note(&self.rest, mistake),
        }
    }

    /// A flag with a value is a mistake, and most probably still meant to be set.
    fn flag(self, errors: &mut Errors) -> Ident {
        if !self.rest.is_empty() {
            self.malformed(errors);
        }
        self.key
    }

    fn text(self, errors: &mut Errors) -> Option<Given<String>> {
        self.parsed(errors, |literal: &LitStr| Some(literal.value()))
    }

    fn integer(self, errors: &mut Errors) -> Option<Given<u64>> {
        self.parsed(errors, |literal: &LitInt| {
            // A number too large for 64 bits is a number out of range, which is for a rule to say.
            literal.suffix().is_empty().then(|| literal.base10_parse().unwrap_or(u64::MAX))
        })
    }

    fn parsed<L: syn::parse::Parse, T>(
        self,
        errors: &mut Errors,
        value_of: impl FnOnce(&L) -> Option<T>,
    ) -> Option<Given<T>> {
        let found = self.value().and_then(|at| {
            let literal = syn::parse2(at.clone()).ok()?;
            Some(Given { value: value_of(&literal)?, at })
        });
        if found.is_none() {
            self.malformed(errors);
        }
        found
    }

    /// A default that cannot be read still is one, so that nobody is told to add one.
    fn literal(self, errors: &mut Errors) -> (Ident, Given<Literal>) {
        let found = self.value().and_then(|at| Some(Given { value: Literal::parse(at.clone())?, at }));
        let given = found.unwrap_or_else(|| {
            self.malformed(errors);
            Given { value: Literal::Unreadable, at: self.rest.clone() }
        });
        (self.key, given)
    }

    /// A path from a root. The code that uses it is in modules of its own, where any other path would lead elsewhere.
    fn crate_path(self, errors: &mut Errors) -> Option<Path> {
        let value = self.value().unwrap_or_default();
        if let Ok(quoted) = syn::parse2::<LitStr>(value.clone()) {
            let path = rooted(&quoted.value());
            errors.note(value, Syntax::QuotedPath { path });
            return None;
        }
        let Ok(path) = syn::parse::Parser::parse2(Path::parse_mod_style, value.clone()) else {
            self.malformed(errors);
            return None;
        };
        let from_own_root = path.segments.first().is_some_and(|segment| segment.ident == "crate");
        if path.leading_colon.is_none() && !from_own_root {
            errors.note(value, Syntax::RelativePath { path: without_self(&path) });
            return None;
        }
        Some(path)
    }
}

fn rooted(path: &str) -> String {
    if path.starts_with("::") || path.starts_with("crate::") { path.to_owned() } else { format!("::{path}") }
}

/// The path as it would go on after a root.
fn without_self(path: &Path) -> String {
    let names = path.segments.iter().map(|segment| segment.ident.to_string());
    let names: Vec<String> = names.filter(|name| name != "self" && name != "super").collect();
    if names.is_empty() { "lucia".to_owned() } else { names.join("::") }
}
