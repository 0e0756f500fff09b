//! From the spelling of a type to what a column holds.
//!
//! A guess by the last segment of the path: tokens do not tell what a name means. The derive has rustc prove it.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

use super::mistake::Typing;
use super::options::FieldOptions;
use crate::Kind;

/// What a type says about a column.
pub(crate) struct TypeReading {
    /// Without `Option`.
    pub(crate) inner: Type,
    pub(crate) optional: bool,
    pub(crate) kind: Result<Kind, Unknown>,
}

/// Why a type could not be mapped.
pub(crate) enum Unknown {
    /// It was not understood; the tokens are those that are wrong.
    Mistake(TokenStream, Typing),
    /// It is part of a mistake that was noted elsewhere.
    Noted,
}

/// Reads the type of a field of a struct with those generics, which may say how it is stored.
pub(crate) fn read(ty: &Type, generics: &syn::Generics, options: &FieldOptions) -> TypeReading {
    let ty = bare(ty);
    let (inner, optional) = match option_of(ty) {
        Some(inner) => (bare(inner), true),
        None => (ty, false),
    };
    TypeReading { inner: inner.clone(), optional, kind: kind(ty, inner, optional, generics, options) }
}

fn kind(
    whole: &Type,
    inner: &Type,
    optional: bool,
    generics: &syn::Generics,
    options: &FieldOptions,
) -> Result<Kind, Unknown> {
    // The generics of the struct are a mistake of their own.
    if mentions(inner.to_token_stream(), generics) {
        return Err(Unknown::Noted);
    }
    let mistake = match (option_of(inner), declared(options), kind_of(inner)) {
        (Some(innermost), _, _) if optional => {
            let mistake = Typing::NestedOption { inner: spelled(innermost) };
            return Err(Unknown::Mistake(whole.to_token_stream(), mistake));
        }
        (_, Some(declared), _) => return declared,
        (_, None, Some(kind)) => return Ok(kind),
        (_, None, None) => advice(inner),
    };
    Err(Unknown::Mistake(inner.to_token_stream(), mistake))
}

/// What a field says of how it is stored.
fn declared(options: &FieldOptions) -> Option<Result<Kind, Unknown>> {
    let wrote = |name: &str| options.written.iter().any(|(spec, _)| spec.name == name);
    match (&options.stored_as, &options.sql_type) {
        (Some(given), _) => Some(match stored_as(&given.value) {
            Ok(kind) => Ok(kind),
            Err(mistake) => Err(Unknown::Mistake(given.at.clone(), mistake)),
        }),
        (None, Some(_)) => Some(Ok(Kind::Native)),
        (None, None) if wrote("stored_as") || wrote("sql_type") => Some(Err(Unknown::Noted)),
        (None, None) => None,
    }
}

/// What `stored_as` means.
fn stored_as(ty: &Type) -> Result<Kind, Typing> {
    match (option_of(ty), is_plain(ty, "Json"), kind_of(ty)) {
        (Some(inner), _, _) => Err(Typing::StoredAsOption { inner: spelled(inner) }),
        (_, true, _) => Ok(Kind::Json),
        (_, _, Some(kind)) if kind != Kind::Json => Ok(kind),
        _ => Err(Typing::StoredAs { found: spelled(ty) }),
    }
}

/// What is in an `Option`, as it is spelt.
pub(crate) fn in_option(ty: &Type) -> Option<String> {
    option_of(bare(ty)).map(spelled)
}

/// What the one value of a newtype is stored as.
pub(crate) fn wrapped(ty: &Type) -> Option<Kind> {
    kind_of(bare(ty)).filter(|kind| *kind != Kind::Json)
}

/// Without the invisible group that a `macro_rules!` puts around a type, and without parentheses.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}

fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// The one type argument: `T` of `Vec<T>`.
fn argument(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(list) = &segment.arguments else { return None };
    let mut arguments = list.args.iter();
    match (arguments.next(), arguments.next()) {
        (Some(GenericArgument::Type(ty)), None) => Some(bare(ty)),
        _ => None,
    }
}

fn option_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Option")
}

/// What is in a `Nullable`, one of Diesel's types.
pub(crate) fn nullable_of(ty: &Type) -> Option<&Type> {
    argument_of(ty, "Nullable")
}

fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    last_segment(ty).filter(|segment| segment.ident == name).and_then(argument)
}

/// Whether the type is spelt like that, without arguments.
pub(crate) fn is_plain(ty: &Type, name: &str) -> bool {
    last_segment(bare(ty)).is_some_and(|segment| segment.ident == name && segment.arguments.is_none())
}

fn kind_of(ty: &Type) -> Option<Kind> {
    let segment = last_segment(ty)?;
    match argument(segment) {
        Some(element) if segment.ident == "Vec" => is_plain(element, "u8").then_some(Kind::Bytes),
        Some(zone) if segment.ident == "DateTime" => is_plain(zone, "Utc").then_some(Kind::TimestampUtc),
        Some(_) => None,
        None if !segment.arguments.is_none() => None,
        None if segment.ident == "Value" => Some(Kind::Json),
        None => Kind::PORTABLE.into_iter().find(|kind| segment.ident == kind.rust_name()),
    }
}

/// What to write instead of a type that people do write.
fn advice(ty: &Type) -> Typing {
    let found = spelled(ty);
    let write = match ty {
        Type::Reference(_) => reference_advice(ty),
        Type::Array(_) | Type::Slice(_) => bytes_advice(ty),
        _ => last_segment(ty).and_then(path_advice),
    };
    match write {
        _ if is_plain(ty, "UserId") => Typing::AnotherUser,
        None if is_no_value(ty) => Typing::NoValue { found },
        Some(write) if matches!(ty, Type::Reference(_)) => {
            Typing::Borrowed { found, write: write.to_owned() }
        }
        Some(write) => Typing::Instead { found, write: write.to_owned() },
        None if is_collection(ty) => Typing::Collection { found },
        None => Typing::Unsupported { found },
    }
}

/// Whether it holds any number of values, of which a column holds one.
fn is_collection(ty: &Type) -> bool {
    match ty {
        Type::Path(_) => last_segment(ty).is_some_and(|segment| !segment.arguments.is_none()),
        _ => true,
    }
}

/// Whether there is nothing in it that a column could hold.
fn is_no_value(ty: &Type) -> bool {
    match ty {
        Type::Path(_) => last_segment(ty).is_some_and(|segment| segment.ident == "PhantomData"),
        Type::Tuple(tuple) => tuple.elems.is_empty(),
        Type::Array(_) | Type::Slice(_) => false,
        _ => true,
    }
}

/// A pointer that owns what it leads to is that for a column.
fn path_advice(segment: &PathSegment) -> Option<&'static str> {
    match argument(segment) {
        Some(pointee) if ["Arc", "Box", "Rc"].iter().any(|name| segment.ident == name) => {
            reference_advice(pointee)
        }
        _ => name_advice(&segment.ident.to_string()),
    }
}

/// A user owns its attributes.
fn reference_advice(ty: &Type) -> Option<&'static str> {
    match ty {
        Type::Reference(reference) => reference_advice(bare(&reference.elem)),
        Type::Slice(_) | Type::Array(_) => bytes_advice(ty),
        _ if is_plain(ty, "str") => Some("String"),
        _ => kind_of(ty).map(Kind::rust_name).or_else(|| last_segment(ty).and_then(path_advice)),
    }
}

/// A list is for a table of its own; only one of bytes is a value.
fn bytes_advice(ty: &Type) -> Option<&'static str> {
    let element = match ty {
        Type::Array(array) => &array.elem,
        Type::Slice(slice) => &slice.elem,
        _ => return None,
    };
    is_plain(element, "u8").then_some("Vec<u8>")
}

/// Numbers go to the next larger signed one, which every database has.
fn name_advice(name: &str) -> Option<&'static str> {
    Some(match name {
        "i8" | "u8" | "NonZeroI8" | "NonZeroU8" | "NonZeroI16" => "i16",
        "u16" | "NonZeroU16" | "NonZeroI32" => "i32",
        "u32" | "u64" | "u128" | "i128" | "usize" | "isize" | "NonZeroU32" | "NonZeroU64" | "NonZeroI64"
        | "Duration" | "TimeDelta" => "i64",
        "str" | "char" | "Cow" | "Path" | "PathBuf" | "OsStr" | "OsString" | "IpAddr" | "Ipv4Addr"
        | "Ipv6Addr" | "Url" => "String",
        "Bytes" => "Vec<u8>",
        "SystemTime" | "Instant" | "DateTime" | "OffsetDateTime" => "chrono::DateTime<chrono::Utc>",
        "PrimitiveDateTime" => "chrono::NaiveDateTime",
        _ => return None,
    })
}

/// The type with the lifetimes of references that are left out. That they are missing rustc says at the field, and need not say
/// again of what is made from it.
pub(crate) fn with_lifetimes(ty: &Type) -> Type {
    syn::parse2(lifetimes_given(ty.to_token_stream())).unwrap_or_else(|_| ty.clone())
}

fn lifetimes_given(tokens: TokenStream) -> TokenStream {
    let mut given = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let missing = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '&')
            && !matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == '\'');
        let lifetime = missing.then(|| syn::Lifetime::new("'static", token.span()));
        match token {
            TokenTree::Group(group) => {
                let mut inside = Group::new(group.delimiter(), lifetimes_given(group.stream()));
                inside.set_span(group.span());
                inside.to_tokens(&mut given);
            }
            token => token.to_tokens(&mut given),
        }
        lifetime.to_tokens(&mut given);
    }
    given
}

/// Whether one of the struct's own parameters occurs among the tokens.
fn mentions(tokens: TokenStream, generics: &syn::Generics) -> bool {
    !generics.params.is_empty()
        && tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => generics.params.iter().any(|param| ident == parameter_name(param)),
            TokenTree::Group(group) => mentions(group.stream(), generics),
            _ => false,
        })
}

fn parameter_name(param: &syn::GenericParam) -> String {
    match param {
        syn::GenericParam::Lifetime(lifetime) => lifetime.lifetime.ident.to_string(),
        syn::GenericParam::Type(ty) => ty.ident.to_string(),
        syn::GenericParam::Const(constant) => constant.ident.to_string(),
    }
}

/// The type as a person writes it: tokens print with spaces between them.
#[must_use]
pub fn spelled(ty: &Type) -> String {
    let mut text = ty.to_token_stream().to_string();
    for (spaced, tight) in
        [(" < ", "<"), ("< ", "<"), (" <", "<"), (" >", ">"), (" :: ", "::"), (":: ", "::")]
    {
        text = text.replace(spaced, tight);
    }
    for (spaced, tight) in [("& ", "&"), ("* ", "*"), (" ;", ";"), (" ,", ","), ("' ", "'"), ("fn (", "fn(")]
    {
        text = text.replace(spaced, tight);
    }
    text
}
