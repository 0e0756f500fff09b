//! The impl of `LuciaUser`: the attributes as data, and the bodies that go from one struct to another.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, columns, constant};

pub(super) fn expand(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, attributes, changes, .. } = names;
    let ident = &user.ident;
    let (user_table, session_table, key_table) = (&user.tables.user, &user.tables.session, &user.tables.key);
    let unique = user.unique.iter().map(|places| unique(names, places));
    let listed = user.attributes.iter().map(|attribute| columns::attribute(names, attribute));
    let bodies = if user.is_valid { bodies(names) } else { inert(names) };
    quote! {
            #[automatically_derived]
            impl #krate::LuciaUser for #ident {
                type Attributes = #attributes;
                type Changes = #changes;

                const TABLES: #krate::Tables = #krate::Tables::new(#user_table, #session_table, #key_table);
                const ATTRIBUTES: &'static [#krate::Attribute] = &[#(#listed),*];
                const UNIQUE: &'static [#krate::UniqueAttributes] = &[#(#unique),*];

                #bodies
            }
    }
}

/// Attributes that tell users apart, with the name of the index as the migrations give it.
fn unique(names: &Names<'_>, places: &[usize]) -> TokenStream {
    let Names { user, krate, .. } = names;
    let columns = user.columns(places);
    let schema = user.schema();
    let indexes = schema.table(&user.tables.user).map(|table| table.indexes.as_slice()).unwrap_or_default();
    let index = indexes.iter().find(|index| index.unique && index.columns == columns);
    let index = index.map(|index| index.name.as_str()).unwrap_or_default();
    let attributes = places.iter().filter_map(|place| user.attributes.get(*place));
    let nocase = attributes.clone().any(|attribute| attribute.nocase).then(|| quote!(.nocase()));
    let attributes = attributes.map(|attribute| &attribute.name);
    quote!(#krate::UniqueAttributes::new(#index, &[#(#attributes),*])#nocase)
}

fn bodies(names: &Names<'_>) -> TokenStream {
    let Names { user, krate, changes, .. } = names;
    let fields: Vec<_> = user.attributes.iter().map(|attribute| &attribute.ident).collect();
    let all: Vec<_> = user.attributes.iter().map(constant).collect();
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
            ID.get(&self.id)
        }

        #[allow(unused_variables, reason = "not every struct has a default")]
        fn create(
            id: #krate::UserId,
            #attributes_arg: Self::Attributes,
            now: #krate::UnixMillis,
        ) -> #krate::Result<Self> {
            ::core::result::Result::Ok(Self { id: ID.put(id), #(#created,)* })
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

        fn is_unchanged(#changes_arg: &#changes) -> ::core::primitive::bool {
            true #(&& changes.#changeable.is_none())*
        }

        fn values(&self) -> ::std::vec::Vec<#krate::Value> {
            ::std::vec![#(#krate::__private::to_value(&#all, &self.#fields)),*]
        }

        #[allow(unused_mut, unused_variables, reason = "not every struct has an attribute")]
        fn from_values(
            id: #krate::UserId,
            values: ::std::vec::Vec<#krate::Value>,
        ) -> ::core::option::Option<Self> {
            let mut values = ::core::iter::IntoIterator::into_iter(values);
            let user = Self {
                id: ID.put(id),
                #(#fields: #krate::__private::from_value(&#all, ::core::iter::Iterator::next(&mut values))?,)*
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

        fn is_unchanged(_: &#changes) -> ::core::primitive::bool {
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
