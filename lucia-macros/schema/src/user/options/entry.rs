//! One name in a `#[lucia(..)]`, and its value as the table of attributes has it.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{LitInt, LitStr, Meta, Path, Token, Type};

use super::is_lucia;
use crate::user::default::Literal;
use crate::user::errors::Errors;
use crate::user::mistake::Syntax;
use crate::user::similar;
use crate::{AttributeSpec, Position, ValueShape};

/// A value, and the tokens it was written with.
pub(crate) struct Given<T> {
    pub(crate) at: TokenStream,
    pub(crate) value: T,
}

/// One known name with whatever follows it.
pub(super) struct Entry {
    pub(super) spec: &'static AttributeSpec,
    pub(super) key: Ident,
    rest: TokenStream,
    /// Whether the name is another one, and this the closest that is known.
    is_guess: bool,
}

/// The known names at their place, each once; everything else is noted. A slip is noted and then read as what was meant, so
/// that what the app writes about the attribute is not told to be wrong as well.
pub(super) fn entries(attrs: &[syn::Attribute], position: Position, errors: &mut Errors) -> Vec<Entry> {
    let mut known: Vec<Entry> = Vec::new();
    let Some(example) = AttributeSpec::at(position).next() else { return known };
    for attr in attrs.iter().filter(|attr| is_lucia(attr)) {
        let Meta::List(list) = &attr.meta else {
            errors.note(attr, Syntax::NotAList { example });
            continue;
        };
        for item in split_at_commas(list.tokens.clone()) {
            let Some((key, rest)) = name_and_rest(item.clone()) else {
                errors.note(item, Syntax::NotAName { example });
                continue;
            };
            match look_up(&key.to_string(), position, &known) {
                Ok(spec) => known.push(Entry { spec, key, rest, is_guess: false }),
                Err(mistake) => {
                    let meant = meant(&mistake).filter(|spec| is_free(spec, &known));
                    errors.note(&key, mistake);
                    known.extend(meant.map(|spec| Entry { spec, key, rest, is_guess: true }));
                }
            }
        }
    }
    known
}

/// The row of a name that may stand here and has not stood here before.
fn look_up(name: &str, position: Position, before: &[Entry]) -> Result<&'static AttributeSpec, Syntax> {
    let Some(spec) = AttributeSpec::find(name, position) else {
        let specs: Vec<_> = AttributeSpec::named(name).collect();
        if !specs.is_empty() {
            return Err(Syntax::Misplaced { specs, position });
        }
        return Err(Syntax::Unknown { name: name.to_owned(), position, meant: closest(name, position) });
    };
    if is_free(spec, before) { Ok(spec) } else { Err(Syntax::Duplicate { spec }) }
}

/// The row that was most probably meant: one that others call so, or that is called alike.
fn closest(name: &str, position: Position) -> Option<&'static AttributeSpec> {
    let by_word = || {
        AttributeSpec::at(position)
            .find(|spec| matches!(spec.value, ValueShape::FlagOrWord(word) if word == name))
    };
    let by_slip = || {
        let name = similar::closest(name, AttributeSpec::at(position).map(|spec| spec.name))?;
        AttributeSpec::find(name, position)
    };
    AttributeSpec::also_called(name, position).or_else(by_word).or_else(by_slip)
}

fn is_free(spec: &AttributeSpec, before: &[Entry]) -> bool {
    spec.repeatable || before.iter().all(|entry| entry.spec != spec)
}

const fn meant(mistake: &Syntax) -> Option<&'static AttributeSpec> {
    match mistake {
        Syntax::Unknown { meant, .. } => *meant,
        _ => None,
    }
}

/// The items of a list. Taken apart by hand, so that a mistake in one does not hide those in the next. A comma between
/// angle brackets belongs to a type.
fn split_at_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut items = vec![TokenStream::new()];
    let mut depth = 0_u32;
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    items.push(TokenStream::new());
                    continue;
                }
                _ => {}
            }
        }
        if let Some(item) = items.last_mut() {
            item.extend([token]);
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

    /// The names between parentheses after the name, if that is all there is.
    fn names(&self) -> Option<Vec<Ident>> {
        let mut tokens = self.rest.clone().into_iter();
        match (tokens.next(), tokens.next()) {
            (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Parenthesis => {
                let names = Punctuated::<Ident, Token![,]>::parse_terminated;
                Some(syn::parse::Parser::parse2(names, group.stream()).ok()?.into_iter().collect())
            }
            _ => None,
        }
    }

    /// Notes that the value is not of the right shape. What was guessed may have another.
    fn malformed(&self, errors: &mut Errors) {
        if self.is_guess {
            return;
        }
        errors.note(self.wrong(), Syntax::Value { spec: self.spec });
    }

    /// The tokens that are not of the right shape: the value or, without one, the name.
    fn wrong(&self) -> TokenStream {
        match self.value() {
            Some(value) => value,
            None if self.rest.is_empty() => self.key.to_token_stream(),
            None => self.rest.clone(),
        }
    }

    /// A flag with a value is a mistake, and most probably still meant to be set.
    pub(super) fn flag(self, errors: &mut Errors) -> Ident {
        if !self.rest.is_empty() {
            self.malformed(errors);
        }
        self.key
    }

    /// The same with one word that may follow, and whether it does.
    pub(super) fn flag_or_word(self, errors: &mut Errors) -> (Ident, bool) {
        let ValueShape::FlagOrWord(word) = self.spec.value else { return (self.flag(errors), false) };
        let has_word = matches!(self.names().as_deref(), Some([name]) if name == word);
        if !has_word && !self.rest.is_empty() {
            self.malformed(errors);
        }
        (self.key, has_word)
    }

    /// Names between parentheses, with the whole of it.
    pub(super) fn fields(self, errors: &mut Errors) -> Option<Given<Vec<Ident>>> {
        match self.names() {
            Some(names) if !names.is_empty() => Some(Given { at: self.rest, value: names }),
            _ => {
                self.malformed(errors);
                None
            }
        }
    }

    pub(super) fn text(self, errors: &mut Errors) -> Option<Given<String>> {
        self.parsed(errors, |literal: &LitStr| Some(literal.value()))
    }

    pub(super) fn integer(self, errors: &mut Errors) -> Option<Given<u64>> {
        self.parsed(errors, |literal: &LitInt| {
            // A number too large for 64 bits is a number out of range, which is for a rule to say.
            literal.suffix().is_empty().then(|| literal.base10_parse().unwrap_or(u64::MAX))
        })
    }

    pub(super) fn ty(self, errors: &mut Errors) -> Option<Given<Type>> {
        self.parsed(errors, |ty: &Type| matches!(ty, Type::Path(_)).then(|| ty.clone()))
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

    /// A default that cannot be read still is one, so that nobody is told to add one. What to write in its place is for the
    /// field's type to say.
    pub(super) fn literal(self) -> Given<Literal> {
        let found = self.value().and_then(|at| Some(Given { value: Literal::parse(at.clone())?, at }));
        found.unwrap_or_else(|| Given {
            value: if self.is_guess { Literal::Noted } else { Literal::Unreadable },
            at: self.wrong(),
        })
    }

    /// A path from a root. The code that uses it is in modules of its own, where any other path would lead elsewhere.
    pub(super) fn crate_path(self, errors: &mut Errors) -> Option<Path> {
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
    match syn::parse::Parser::parse_str(Path::parse_mod_style, path) {
        Ok(_) if path.starts_with("::") || path.starts_with("crate::") => path.to_owned(),
        Ok(path) => format!("::{}", without_self(&path)),
        Err(_) => "::lucia".to_owned(),
    }
}

/// The path as it would go on after a root.
fn without_self(path: &Path) -> String {
    let names = path.segments.iter().map(|segment| segment.ident.to_string());
    let names: Vec<String> = names.filter(|name| name != "self" && name != "super").collect();
    if names.is_empty() { "lucia".to_owned() } else { names.join("::") }
}
