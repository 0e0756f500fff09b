//! The impl of `LuciaUser`: the attributes as data, and the bodies that go from one struct to another.

use lucia_schema::Attribute;
use proc_macro2::TokenStream;
use quote::quote;

use super::{Names, columns};

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
    let Names { user, krate, attributes, changes, .. } = names;
    let fields: Vec<_> = user.attributes.iter().map(|attribute| &attribute.ident).collect();
    let columns: Vec<_> = user.attributes.iter().map(|attribute| names.constant(attribute)).collect();
    let created = user.attributes.iter().map(|attribute| created(names, attribute));
    let given: Vec<_> = names.given().map(|attribute| &attribute.ident).collect();
    let given_columns: Vec<_> = names.given().map(|attribute| names.constant(attribute)).collect();
    let has_default = user.attributes.iter().any(|attribute| attribute.default.is_some());
    // An argument that no attribute needs has no name, for apps that deny unused variables.
    let used_as = |is_used: bool, name: TokenStream| if is_used { name } else { quote!(_) };
    let now = used_as(has_default, quote!(__now));
    let attributes_arg = used_as(!given.is_empty(), quote!(__attributes));
    let changes_arg = used_as(!given.is_empty(), quote!(__changes));
    let changed = if given.is_empty() { quote!(self) } else { quote!(mut self) };
    let is_unchanged = if given.is_empty() { quote!(true) } else { quote!(#(__changes.#given.is_none())&&*) };
    quote! {
        fn id(&self) -> &#krate::UserId {
            ID.get(&self.id)
        }

        fn create(
            __id: #krate::UserId,
            #attributes_arg: #attributes,
            #now: #krate::UnixMillis,
        ) -> #krate::Result<Self> {
            ::core::result::Result::Ok(Self { id: ID.put(__id), #(#created,)* })
        }

        fn change(#changed, #changes_arg: #changes) -> #krate::Result<Self> {
            #(#given_columns.change(&mut self.#given, __changes.#given)?;)*
            ::core::result::Result::Ok(self)
        }

        fn check(#changes_arg: &#changes) -> #krate::Result<()> {
            #(#given_columns.check_given(&__changes.#given)?;)*
            ::core::result::Result::Ok(())
        }

        fn is_unchanged(#changes_arg: &#changes) -> ::core::primitive::bool {
            #is_unchanged
        }

        fn values(&self) -> ::std::vec::Vec<#krate::Value> {
            ::std::vec![#(#columns.to_value(&self.#fields)),*]
        }

        fn from_values(
            __id: #krate::UserId,
            __values: ::std::vec::Vec<#krate::Value>,
        ) -> ::core::option::Option<Self> {
            let mut __values = #krate::__private::UserValues::new(__values);
            let __user = Self { id: ID.put(__id), #(#fields: __values.of(&#columns)?,)* };
            __values.end(__user)
        }
    }
}

/// The field of a new user.
fn created(names: &Names<'_>, attribute: &Attribute) -> TokenStream {
    let (field, column) = (&attribute.ident, names.constant(attribute));
    match (attribute.readonly, &attribute.default) {
        (false, None) => quote!(#field: #column.required(__attributes.#field)?),
        (false, Some(_)) => quote!(#field: #column.or_default(__attributes.#field, __now)?),
        (true, Some(_)) => quote!(#field: #column.or_default(::core::option::Option::None, __now)?),
        (true, None) => quote!(#field: ::core::option::Option::None),
    }
}

/// Bodies for a struct with mistakes: they never run, and rely on no field.
fn inert(names: &Names<'_>) -> TokenStream {
    let Names { krate, attributes, changes, .. } = names;
    quote! {
        fn id(&self) -> &#krate::UserId {
            ::core::unreachable!()
        }

        fn create(_: #krate::UserId, _: #attributes, _: #krate::UnixMillis) -> #krate::Result<Self> {
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
