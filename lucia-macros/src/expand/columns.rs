//! The attributes as data, each with the proof, by the compiler, that its field is stored as it is taken to be.

use lucia_schema::{Attribute, Default, Kind, Storage, spelled};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::Names;

/// ```text
/// const USERNAME_COLUMN: ::lucia::__private::Column<String, ::std::string::String> = ::lucia::__private::Column::new(
///     <String as ::lucia::check::SpelledLike<::std::string::String>>::CODEC,
///     ::lucia::Attribute::new("username", ..).max_length(32),
/// );
/// ```
pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let id = id(names);
    let attributes = names.user.attributes.iter().filter(|attribute| attribute.known);
    let columns = attributes.clone().map(|attribute| column(names, attribute));
    let natives = attributes.filter_map(|attribute| native(names, attribute));
    quote!(#id #(#natives)* #(#columns)*)
}

/// The span is the type's, so that the compiler marks it when it is not what its spelling names.
fn id(names: &Names<'_>) -> Option<TokenStream> {
    let ty = &names.user.id.ty;
    let krate = &names.krate;
    names.user.id.known.then(|| {
        quote_spanned! {ty.span()=>
            const ID: #krate::__private::Id<#ty> = <#ty as #krate::check::IsUserId>::ID;
        }
    })
}

fn column(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    let (ty, span) = (&attribute.ty, attribute.ty.span());
    let krate = &names.krate;
    let (constant, stored) = (names.constant(attribute), of_attribute(names, attribute));
    let about = describe(names, attribute);
    let known = known_default(attribute, &constant);
    let codec = if let Some(question) = question(attribute) {
        let question = questioned(krate, attribute.kind, question, span);
        quote_spanned!(span=> <#ty as #question<#stored>>::CODEC)
    } else {
        quote_spanned!(span=> <() as #krate::check::NativeValue<#ty, #stored>>::CODEC)
    };
    quote_spanned! {span=>
        const #constant: #krate::__private::Column<#ty, #stored> = #krate::__private::Column::new(#codec, #about);
        #known
    }
}

/// The assertion that a default is the text of a variant, which only the enum knows.
fn known_default(attribute: &Attribute, constant: &Ident) -> Option<TokenStream> {
    let (Some(Default::Text(text)), Storage::Declared, Some(tokens)) =
        (&attribute.default, &attribute.storage, &attribute.default_span)
    else {
        return None;
    };
    let constant = Ident::new(&constant.to_string(), tokens.span());
    let message = format!(
        "no variant of `{}` is stored as {text:?}; write a variant's name in snake case, or the text of its `rename`",
        spelled(&attribute.inner)
    );
    // The text may hold braces, which a message would take for places.
    let message = message.replace('{', "{{").replace('}', "}}");
    Some(quote_spanned! {tokens.span()=>
        const _: () = ::core::assert!(#constant.has_text(#text), #message);
    })
}

/// The trait that rustc is asked about, which words the answer; none for a native type, of which a trait of another shape is
/// asked.
fn question(attribute: &Attribute) -> Option<&'static str> {
    match (&attribute.storage, attribute.kind) {
        (Storage::Native { .. }, _) => None,
        (Storage::Declared, Kind::Json) => Some("KeptAsJson"),
        (Storage::Declared, _) => Some("DeclaredAs"),
        _ => Some("SpelledLike"),
    }
}

/// The path of a question; about a type that comes with a feature, it is in a module of that name, which answers too when the
/// feature is off.
pub(crate) fn questioned(krate: &TokenStream, kind: Kind, question: &str, span: Span) -> TokenStream {
    let question = Ident::new(question, span);
    let feature = kind.feature().map(|feature| Ident::new(feature, span));
    let module = feature.map(|feature| quote_spanned!(span=> #feature::));
    quote_spanned!(span=> #krate::check::#module #question)
}

/// The type of a column of a `sql_type`. Diesel's type is that of the table, where its name means what it says.
fn native(names: &Names<'_>, attribute: &Attribute) -> Option<TokenStream> {
    let Storage::Native { .. } = attribute.storage else { return None };
    let Names { krate, users, .. } = names;
    let (native, field) = (names.native(attribute), &attribute.ident);
    Some(quote! {
        pub struct #native;

        impl #krate::__private::NativeColumn for #native {
            type SqlType = <
                <#users::#field as ::diesel::Expression>::SqlType as ::diesel::sql_types::IntoNotNullable
            >::NotNullable;
        }
    })
}

/// What that type would be called.
pub(super) fn native_name(attribute: &str) -> String {
    let camel: String = attribute.split('_').map(capitalized).collect();
    format!("__Lucia{camel}")
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// An attribute of the list: that of its column, if it has one.
pub(super) fn attribute(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    if attribute.known {
        let constant = names.constant(attribute);
        quote!(#constant.attribute)
    } else {
        describe(names, attribute)
    }
}

/// What is known about an attribute, as an expression.
fn describe(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    let krate = &names.krate;
    let (name, column) = (&attribute.name, &attribute.column);
    let kind = Ident::new(kind(attribute.kind), Span::call_site());
    let nullable = attribute.optional.then(|| quote!(.nullable()));
    let readonly = attribute.readonly.then(|| quote!(.readonly()));
    let max_length = attribute.max_length.map(|max| {
        let max = Literal::u32_unsuffixed(max);
        quote!(.max_length(#max))
    });
    let default = attribute.default.as_ref().map(|default| {
        let value = default_value(krate, default);
        quote!(.default(#value))
    });
    quote! {
        #krate::Attribute::new(#name, #column, #krate::AttributeKind::#kind)
            #nullable #readonly #max_length #default
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "Text",
        Kind::Bool => "Bool",
        Kind::I16 => "I16",
        Kind::I32 => "I32",
        Kind::I64 => "I64",
        Kind::F32 => "F32",
        Kind::F64 => "F64",
        Kind::Bytes => "Bytes",
        Kind::Date => "Date",
        Kind::Time => "Time",
        Kind::Timestamp => "Timestamp",
        Kind::TimestampUtc => "TimestampUtc",
        Kind::Uuid => "Uuid",
        Kind::Json => "Json",
        Kind::Native => "Native",
    }
}

fn default_value(krate: &TokenStream, default: &Default) -> TokenStream {
    match default {
        Default::Bool(value) => quote!(#krate::AttributeDefault::Bool(#value)),
        Default::Int(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#krate::AttributeDefault::Int(#value))
        }
        Default::Float(value) => quote!(#krate::AttributeDefault::Float(#value)),
        Default::Text(value) => quote!(#krate::AttributeDefault::Text(#value)),
        Default::Now => quote!(#krate::AttributeDefault::Now),
    }
}

/// What an attribute is stored as.
pub(super) fn of_attribute(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    let krate = &names.krate;
    let stored = match (&attribute.storage, attribute.kind) {
        (Storage::Native { .. }, _) => {
            let native = names.native(attribute);
            quote!(#krate::__private::Native<#native>)
        }
        (Storage::Declared, Kind::Json) => quote!(#krate::check::json::Json),
        (_, kind) => stored(krate, kind),
    };
    if attribute.optional { quote!(::core::option::Option<#stored>) } else { stored }
}

/// The type that values of a kind are stored as, by a path that nothing in the app can shadow.
pub(crate) fn stored(krate: &TokenStream, kind: Kind) -> TokenStream {
    match kind {
        // A native one is its column's.
        Kind::Text | Kind::Native => quote!(::std::string::String),
        Kind::Bool => quote!(::core::primitive::bool),
        Kind::I16 => quote!(::core::primitive::i16),
        Kind::I32 => quote!(::core::primitive::i32),
        Kind::I64 => quote!(::core::primitive::i64),
        Kind::F32 => quote!(::core::primitive::f32),
        Kind::F64 => quote!(::core::primitive::f64),
        Kind::Bytes => quote!(::std::vec::Vec<::core::primitive::u8>),
        Kind::Date => quote!(#krate::check::chrono::NaiveDate),
        Kind::Time => quote!(#krate::check::chrono::NaiveTime),
        Kind::Timestamp => quote!(#krate::check::chrono::NaiveDateTime),
        Kind::TimestampUtc => quote!(#krate::check::chrono::DateTimeUtc),
        Kind::Uuid => quote!(#krate::check::uuid::Uuid),
        Kind::Json => quote!(#krate::check::json::Value),
    }
}
