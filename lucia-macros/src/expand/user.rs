//! The impl of `LuciaUser`: the attributes as data, and the bodies that go from one struct to another.

use lucia_schema::{Attribute, Default, Kind};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::{Names, constant};

pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, attributes, changes, .. } = names;
    let ident = &user.ident;
    let (user_table, session_table, key_table) = (&user.tables.user, &user.tables.session, &user.tables.key);
    let constants = user.attributes.iter().map(|attribute| describe(names, attribute));
    let listed = user.attributes.iter().map(constant);
    let bodies = if user.is_valid { bodies(names) } else { inert(names) };
    quote! {
        const _: () = {
            #(#constants)*

            #[automatically_derived]
            impl #krate::LuciaUser for #ident {
                type Attributes = #attributes;
                type Changes = #changes;

                const TABLES: #krate::Tables = #krate::Tables::new(#user_table, #session_table, #key_table);
                const ATTRIBUTES: &'static [#krate::Attribute] = &[#(#listed),*];

                #bodies
            }
        };
    }
}

/// `const USERNAME: ::lucia::Attribute = ::lucia::Attribute::new("username", "username", ..::Text).max_length(32);`
fn describe(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    let krate = &names.krate;
    let constant = constant(attribute);
    let (name, column) = (&attribute.name, &attribute.column);
    let kind = Ident::new(kind(attribute.kind), Span::call_site());
    let nullable = attribute.optional.then(|| quote!(.nullable()));
    let readonly = attribute.readonly.then(|| quote!(.readonly()));
    let max_length = attribute.max_length.map(|max| quote!(.max_length(#max)));
    let unique = unique_index(names, attribute).map(|index| quote!(.unique(#index)));
    let default = attribute.default.as_ref().map(|default| {
        let value = default_value(krate, default);
        quote!(.default(#value))
    });
    quote! {
        const #constant: #krate::Attribute =
            #krate::Attribute::new(#name, #column, #krate::AttributeKind::#kind)
                #nullable #unique #readonly #max_length #default;
    }
}

/// The name of the index that keeps an attribute unique, as the migrations give it.
fn unique_index(names: &Names<'_>, attribute: &Attribute) -> Option<String> {
    let schema = names.user.schema();
    let table = schema.table(&names.user.tables.user)?;
    let index =
        table.indexes.iter().find(|index| index.unique && index.columns == [attribute.column.as_str()])?;
    Some(index.name.clone())
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
    }
}

fn default_value(krate: &TokenStream, default: &Default) -> TokenStream {
    match default {
        Default::Bool(value) => quote!(#krate::AttributeDefault::Bool(#value)),
        Default::Int(value) => quote!(#krate::AttributeDefault::Int(#value)),
        Default::Float(value) => quote!(#krate::AttributeDefault::Float(#value)),
        Default::Text(value) => quote!(#krate::AttributeDefault::Text(#value)),
        Default::Now => quote!(#krate::AttributeDefault::Now),
    }
}

fn bodies(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, changes, .. } = names;
    let fields: Vec<_> = user.attributes.iter().map(|attribute| &attribute.ident).collect();
    let created = user.attributes.iter().map(|attribute| {
        let (field, constant) = (&attribute.ident, constant(attribute));
        match (attribute.readonly, &attribute.default) {
            (false, None) => {
                quote!(#field: #krate::__private::required(&#constant, attributes.#field)?)
            }
            (false, Some(_)) => {
                quote!(#field: #krate::__private::or_default(&#constant, attributes.#field, now)?)
            }
            (true, Some(_)) => {
                quote!(#field: #krate::__private::or_default(&#constant, ::core::option::Option::None, now)?)
            }
            (true, None) => quote!(#field: ::core::option::Option::None),
        }
    });
    let changeable: Vec<_> = names.given().map(|attribute| &attribute.ident).collect();
    let constants: Vec<_> = names.given().map(constant).collect();
    let (changes_arg, user_arg) = if changeable.is_empty() { ("_", "self") } else { ("changes", "mut self") };
    let changes_arg: TokenStream = changes_arg.parse().unwrap_or_default();
    let user_arg: TokenStream = user_arg.parse().unwrap_or_default();
    let attributes_arg = if changeable.is_empty() { quote!(_) } else { quote!(attributes) };
    quote! {
        fn id(&self) -> &#krate::UserId {
            &self.id
        }

        #[allow(unused_variables, reason = "not every struct has a default")]
        fn create(
            id: #krate::UserId,
            #attributes_arg: Self::Attributes,
            now: #krate::UnixMillis,
        ) -> #krate::Result<Self> {
            ::core::result::Result::Ok(Self { id, #(#created,)* })
        }

        fn change(#user_arg, #changes_arg: #changes) -> #krate::Result<Self> {
            #(if let ::core::option::Option::Some(value) = changes.#changeable {
                self.#changeable = #krate::__private::required(&#constants, value)?;
            })*
            ::core::result::Result::Ok(self)
        }

        fn check(#changes_arg: &#changes) -> #krate::Result<()> {
            #(#krate::__private::check(&#constants, changes.#changeable.as_ref())?;)*
            ::core::result::Result::Ok(())
        }

        fn is_unchanged(#changes_arg: &#changes) -> bool {
            true #(&& changes.#changeable.is_none())*
        }

        fn values(&self) -> ::std::vec::Vec<#krate::Value> {
            ::std::vec![#(#krate::AttributeType::to_value(&self.#fields)),*]
        }

        #[allow(unused_mut, unused_variables, reason = "not every struct has an attribute")]
        fn from_values(
            id: #krate::UserId,
            values: ::std::vec::Vec<#krate::Value>,
        ) -> ::core::option::Option<Self> {
            let mut values = ::core::iter::IntoIterator::into_iter(values);
            let user = Self {
                id,
                #(#fields: #krate::AttributeType::from_value(::core::iter::Iterator::next(&mut values)?)?,)*
            };
            ::core::option::Option::is_none(&::core::iter::Iterator::next(&mut values))
                .then_some(user)
        }
    }
}

/// Bodies for a struct with mistakes: they never run, and rely on no field.
fn inert(names: &Names<'_>) -> TokenStream {
    let Names { krate, changes, .. } = names;
    quote! {
        fn id(&self) -> &#krate::UserId {
            ::core::unreachable!()
        }

        fn create(_: #krate::UserId, _: Self::Attributes, _: #krate::UnixMillis) -> #krate::Result<Self> {
            ::core::unreachable!()
        }

        fn change(self, _: #changes) -> #krate::Result<Self> {
            ::core::unreachable!()
        }

        fn check(_: &#changes) -> #krate::Result<()> {
            ::core::unreachable!()
        }

        fn is_unchanged(_: &#changes) -> bool {
            ::core::unreachable!()
        }

        fn values(&self) -> ::std::vec::Vec<#krate::Value> {
            ::core::unreachable!()
        }

        fn from_values(
            _: #krate::UserId,
            _: ::std::vec::Vec<#krate::Value>,
        ) -> ::core::option::Option<Self> {
            ::core::unreachable!()
        }
    }
}
