//! What is written for an app means the same wherever the app puts it: no name in it is one that the app could have taken.
//!
//! A path starts with `::`, is spelt by the app, or names what the output itself declares. So that what the app spells hides
//! nothing that the derive spells alike, every case is expanded a second time with the types of its fields by full paths.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{Data, DeriveInput, Expr, File, Item, Token};

use super::cases;
use crate::expand::tables;

/// Methods that a type has without a trait, which may not be in scope: of lucia's own types, and of the standard library's.
const INHERENT: &[&str] = &[
    "bound",
    "canonical",
    "change",
    "check",
    "check_given",
    "copy",
    "copy_given",
    "default",
    "end",
    "get",
    "has_text",
    "max_length",
    "next",
    "nocase",
    "nullable",
    "of",
    "or_default",
    "put",
    "read",
    "readonly",
    "required",
    "show",
    "show_given",
    "to_value",
    "debug_struct",
    "field",
    "finish",
    "is_none",
];

#[test]
fn nothing_is_named_that_an_app_could_have_taken() {
    for case in cases::SNAPSHOTS.into_iter().chain(cases::GOLDEN) {
        for input in [case.input(), by_full_paths(case.input())] {
            let problems = problems(&input, case.output_of(input.clone()));
            assert!(problems.is_empty(), "{input}\n{problems:#?}");
        }
    }
}

#[test]
fn nor_in_either_of_the_two_codes_of_a_wide_user() {
    let fields = (1..=32).map(|n| format_ident!("f{n}"));
    let input =
        quote!(pub struct User { pub id: ::lucia::UserId, #(pub #fields: ::core::primitive::bool,)* });
    let output: syn::ItemMacro = syn::parse2(crate::expand::derive(input.clone())).unwrap();
    assert!(output.mac.path.leading_colon.is_some());
    let codes = output.mac.tokens.into_iter().map(|code| match code {
        TokenTree::Group(code) => code.stream(),
        other => panic!("{other}"),
    });
    let problems: Vec<_> = codes.map(|code| problems(&input, code)).collect();
    assert_eq!(problems, [[""; 0]; 2]);
}

fn in_a_body(body: &TokenStream) -> TokenStream {
    quote!(impl ::app::Trait for User { fn __lucia(&self, __value: ::app::Name) { #body } })
}

/// What is refused in a body, and what is said then.
const BAD_BODIES: [(&str, &str); 13] = [
    ("Some(__value);", "the relative path `Some`"),
    ("if let Ok(__value) = __value {}", "the relative path `Ok`"),
    ("other;", "the relative path `other`"),
    ("Self::new();", "the relative path `Self :: new`"),
    ("let _: Self::Type = __value;", "the relative path `Self :: Type`"),
    ("<::app::Name>::new();", "an associated item of no trait"),
    ("__value.into();", "a method that may be a trait's `into`"),
    ("vec![__value];", "the relative path `vec`"),
    ("::std::vec![None];", "the relative path `None`"),
    ("::core::assert!(__value.eq(&__value));", "a method that may be a trait's `eq`"),
    ("let other = __value;", "the binding `other`"),
    ("'a: loop {}", "the lifetime `'a`"),
    ("use ::core::convert::Into;", "an import"),
];

/// What is refused as an item.
const BAD_ITEMS: [(&str, &str); 18] = [
    ("impl Clone for User {}", "the relative path `Clone`"),
    ("impl ::core::convert::From<String> for User {}", "the relative path `String`"),
    ("impl ::core::convert::From<bool> for User {}", "the relative path `bool`"),
    ("impl core::clone::Clone for User {}", "the relative path `core :: clone :: Clone`"),
    ("impl lucia::LuciaUser for User {}", "the relative path `lucia :: LuciaUser`"),
    ("impl ::app::Trait for auth_user::other {}", "the relative path `auth_user :: other`"),
    ("impl ::app::Trait for others::name {}", "the relative path `others :: name`"),
    ("lucia::__queries! {}", "the relative path `lucia :: __queries`"),
    ("::lucia::__queries! { name: core::fmt::Debug => NAME }", "a relative path `core`"),
    ("impl<T> ::app::Trait<T> for User {}", "the parameter `T`"),
    ("impl<const N: ::core::primitive::usize> ::app::Trait<N> for User {}", "the parameter `N`"),
    ("impl<'a> ::app::Trait<'a> for User {}", "the lifetime `'a`"),
    ("fn helper() {}", "a name among those of the app"),
    ("const ID: ::core::primitive::u8 = 0;", "a name among those of the app"),
    ("#[derive(Clone)] pub struct UserAttributes {}", "the relative path `Clone`"),
    (r#"#[allow(dead_code, reason = "none")] pub struct UserAttributes {}"#, "an attribute"),
    ("#[inline] impl ::app::Trait for User {}", "an attribute"),
    ("#[serde(skip)] pub struct UserAttributes {}", "an attribute"),
];

#[test]
fn the_visitor_has_teeth() {
    let input = quote!(
        pub struct User {
            pub id: ::lucia::UserId,
            pub name: ::app::Name,
        }
    );
    let parsed = |(code, reason): (&str, _)| (code.parse::<TokenStream>().unwrap(), reason);
    let bodies = BAD_BODIES.map(parsed).map(|(body, reason)| (in_a_body(&body), reason));
    for (output, reason) in bodies.into_iter().chain(BAD_ITEMS.map(parsed)) {
        let found = problems(&input, output.clone());
        assert!(found.iter().any(|problem| problem.starts_with(reason)), "{output}\n{reason}\n{found:#?}");
    }
    let fine = in_a_body(&quote! {
        let __other: auth_user::name = ::core::option::Option::Some(__value);
        __other.get(self.name);
    });
    assert_eq!(problems(&input, fine), [""; 0]);
}

/// The item with the types of its fields by paths that start with `::`, so that no relative path of the output is the app's.
fn by_full_paths(input: TokenStream) -> TokenStream {
    let mut item: DeriveInput = syn::parse2(input).unwrap();
    if let Data::Struct(data) = &mut item.data {
        for field in &mut data.fields {
            field.ty = syn::parse2(in_full(field.ty.to_token_stream())).unwrap();
        }
    }
    item.into_token_stream()
}

fn in_full(ty: TokenStream) -> TokenStream {
    let mut is_in_path = false;
    ty.into_iter()
        .map(|token| {
            let name = token.to_string();
            let krate = match name.as_str() {
                _ if is_in_path || !matches!(token, TokenTree::Ident(_)) => None,
                "Option" => Some(quote!(::core::option::)),
                "String" => Some(quote!(::std::string::)),
                "Vec" => Some(quote!(::std::vec::)),
                "bool" | "i16" | "i32" | "i64" | "f32" | "f64" | "u8" => Some(quote!(::core::primitive::)),
                "std" | "chrono" | "uuid" | "serde_json" => Some(quote!(::)),
                _ => Some(quote!(::app::)),
            };
            is_in_path = name == ":";
            quote!(#krate #token)
        })
        .collect()
}

fn problems(input: &TokenStream, output: TokenStream) -> Vec<String> {
    let item: DeriveInput = syn::parse2(input.clone()).unwrap();
    let file: File = syn::parse2(output).unwrap();
    let mut names = Names::of(&item);
    names.visit_file(&file);
    let mut hygiene = Hygiene { names, locals: BTreeSet::new(), problems: Vec::new() };
    for item in &file.items {
        hygiene.stands_beside_the_app(item);
    }
    hygiene.visit_file(&file);
    hygiene.problems
}

/// What a relative path may name.
struct Names {
    /// Paths as the app has written them.
    paths: BTreeSet<String>,
    /// The item, and what the output declares: types and constants.
    items: BTreeSet<String>,
    tables: BTreeSet<String>,
    columns: BTreeSet<String>,
    variants: BTreeSet<String>,
}

impl Names {
    fn of(item: &DeriveInput) -> Self {
        let named = lucia_schema::read(item).user.tables;
        let tables = [&named.user, &named.session, &named.key];
        let tables = tables.map(|table| tables::ident(table, Span::call_site()).to_string());
        let mut paths = Paths(BTreeSet::new());
        let (mut columns, mut variants) = (BTreeSet::new(), BTreeSet::new());
        match &item.data {
            Data::Struct(data) => {
                for field in &data.fields {
                    paths.visit_type(&field.ty);
                    columns.extend(field.ident.as_ref().map(ToString::to_string));
                }
            }
            Data::Enum(data) => {
                variants.extend(data.variants.iter().map(|variant| variant.ident.to_string()));
            }
            Data::Union(_) => {}
        }
        let items = BTreeSet::from([item.ident.to_string()]);
        Self { paths: paths.0, items, tables: tables.into(), columns, variants }
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        self.items.insert(item.ident.to_string());
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        self.items.insert(item.ident.to_string());
        visit::visit_item_const(self, item);
    }
}

struct Paths(BTreeSet<String>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0.insert(path.to_token_stream().to_string());
        visit::visit_path(self, path);
    }
}

/// The names that a function gives to its values.
struct Locals(BTreeSet<String>);

impl<'ast> Visit<'ast> for Locals {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.0.insert(pattern.ident.to_string());
        visit::visit_pat_ident(self, pattern);
    }
}

struct Hygiene {
    names: Names,
    locals: BTreeSet<String>,
    problems: Vec<String>,
}

impl Hygiene {
    fn refuse(&mut self, what: &str, tokens: impl ToTokens) {
        self.problems.push(format!("{what} `{}`", tokens.to_token_stream()));
    }

    /// Beside the app's own items is what is documented, and nothing else that has a name.
    fn stands_beside_the_app(&mut self, item: &Item) {
        match item {
            Item::Macro(_) | Item::Impl(_) | Item::Struct(_) => {}
            Item::Const(item) if item.ident == "_" => {}
            other => self.refuse("a name among those of the app", other),
        }
    }

    fn is_known(&self, path: &syn::Path) -> bool {
        let Names { paths, items, tables, columns, variants } = &self.names;
        let names: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        match names.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            _ if path.leading_colon.is_some() || paths.contains(&path.to_token_stream().to_string()) => true,
            // Where `#[lucia(crate = crate)]` says that lucia is.
            ["crate", ..] | ["Self" | "self"] => true,
            [name] => items.contains(name) || self.locals.contains(name),
            ["Self", variant] => variants.contains(variant),
            [table, column] => tables.contains(table) && columns.contains(column),
            _ => false,
        }
    }

    /// The arguments of a macro that takes expressions.
    fn arguments(&mut self, tokens: &TokenStream) {
        let arguments = Punctuated::<Expr, Token![,]>::parse_terminated.parse2(tokens.clone()).unwrap();
        arguments.iter().for_each(|argument| self.visit_expr(argument));
    }

    /// The list of a macro of lucia or Diesel, of which only the macro knows the grammar: a path of several names starts with
    /// `::`, or is the app's from `crate`.
    fn list(&mut self, tokens: TokenStream) {
        let (mut before, mut is_in_path) = (String::new(), false);
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            let text = token.to_string();
            let goes_on = matches!(
                tokens.peek(),
                Some(TokenTree::Punct(next)) if next.as_char() == ':' && next.spacing() == Spacing::Joint
            );
            if matches!(token, TokenTree::Ident(_))
                && goes_on
                && !is_in_path
                && text != "crate"
                && text != "use"
            {
                self.refuse("a relative path", &token);
            }
            is_in_path = text == ":" && before == ":";
            before = text;
            if let TokenTree::Group(group) = token {
                self.list(group.stream());
            }
        }
    }
}

impl<'ast> Visit<'ast> for Hygiene {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if !self.is_known(path) {
            self.refuse("the relative path", path);
        }
        visit::visit_path(self, path);
    }

    fn visit_qself(&mut self, qself: &'ast syn::QSelf) {
        if qself.as_token.is_none() {
            self.refuse("an associated item of no trait", &qself.ty);
        }
        visit::visit_qself(self, qself);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        let mut locals = Locals(BTreeSet::new());
        locals.visit_impl_item_fn(function);
        self.locals = locals.0;
        visit::visit_impl_item_fn(self, function);
        self.locals.clear();
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if !INHERENT.contains(&call.method.to_string().as_str()) {
            self.refuse("a method that may be a trait's", &call.method);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        self.visit_path(&call.path);
        let krate = call.path.segments.first().map(|segment| segment.ident.to_string());
        match krate.as_deref() {
            Some("core" | "std") => self.arguments(&call.tokens),
            _ => self.list(call.tokens.clone()),
        }
    }

    /// A column that the app has in scope is a unit struct, which a pattern of its name matches.
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        if !pattern.ident.to_string().starts_with("__") {
            self.refuse("the binding", &pattern.ident);
        }
        visit::visit_pat_ident(self, pattern);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.refuse("an import", item);
    }

    fn visit_lifetime(&mut self, lifetime: &'ast syn::Lifetime) {
        let name = lifetime.ident.to_string();
        if !matches!(name.as_str(), "static" | "_") && !name.starts_with("__lucia_") {
            self.refuse("the lifetime", lifetime);
        }
    }

    fn visit_generics(&mut self, generics: &'ast syn::Generics) {
        let types = generics.type_params().map(|param| &param.ident);
        for name in types.chain(generics.const_params().map(|param| &param.ident)) {
            if !name.to_string().starts_with("__Lucia") {
                self.refuse("the parameter", name);
            }
            self.names.items.insert(name.to_string());
        }
        visit::visit_generics(self, generics);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        match attribute.path().get_ident().map(ToString::to_string).as_deref() {
            Some("automatically_derived" | "doc") => {}
            // The app's own fields and variants may be deprecated, of which it was warned where it uses them.
            Some("allow") if attribute.to_token_stream().to_string().contains("(deprecated ,") => {}
            Some("derive") => {
                let traits = attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
                traits.unwrap().iter().for_each(|path| self.visit_path(path));
            }
            _ => self.refuse("an attribute that is not on the list", attribute),
        }
    }
}
