//! The expansion names nothing that an app could have given another meaning to.

use std::collections::HashSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};

use super::{ENUM, MISTAKEN, NEWTYPE, SMALL, TYPICAL, WIDE, attribute_tokens, tokens};

/// Bindings of the bodies that the derives write.
const LOCALS: [&str; 11] =
    ["id", "attributes", "attribute", "changes", "now", "user", "value", "values", "row", "f", "self"];

/// Finds paths that begin neither at a root nor at a name that is known.
struct Paths {
    known: HashSet<String>,
    relative: Vec<String>,
}

impl<'a> Visit<'a> for Paths {
    fn visit_path(&mut self, path: &'a syn::Path) {
        let first = path.segments.first().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if path.leading_colon.is_none() && !self.known.contains(&first) {
            self.relative.push(first);
        }
        visit::visit_path(self, path);
    }

    // Attributes have a name space of their own, but for what is derived.
    fn visit_attribute(&mut self, attribute: &'a syn::Attribute) {
        if attribute.path().is_ident("derive") {
            let paths = syn::punctuated::Punctuated::<syn::Path, syn::Token![,]>::parse_terminated;
            for path in attribute.parse_args_with(paths).unwrap() {
                self.relative.extend(path.leading_colon.is_none().then(|| "derive".to_owned()));
            }
        } else if !["doc", "allow", "automatically_derived"]
            .iter()
            .any(|name| attribute.path().is_ident(name))
        {
            self.relative.push("attribute".to_owned());
        }
    }

    fn visit_generic_param(&mut self, param: &'a syn::GenericParam) {
        let name = match param {
            syn::GenericParam::Type(ty) => ty.ident.to_string(),
            syn::GenericParam::Const(constant) => constant.ident.to_string(),
            syn::GenericParam::Lifetime(lifetime) => lifetime.lifetime.ident.to_string(),
        };
        if !name.starts_with("__lucia") && !name.starts_with("__Lucia") {
            self.relative.push(format!("generic {name}"));
        }
        visit::visit_generic_param(self, param);
    }
}

/// Every name among the tokens.
fn names(tokens: TokenStream, into: &mut HashSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                into.insert(ident.to_string());
            }
            TokenTree::Group(group) => names(group.stream(), into),
            _ => {}
        }
    }
}

/// What is relative in an expansion, beside the app's own names and those that it declares itself.
fn relative(item: &str, expansion: &TokenStream) -> Vec<String> {
    let mut known: HashSet<String> = LOCALS.map(str::to_owned).into();
    known.insert("Self".to_owned());
    names(item.parse().unwrap(), &mut known);
    let ours = ["auth_user", "UserAttributes", "UserChanges", "ID", "INNER"];
    known.extend(ours.map(str::to_owned));
    let file: syn::File = syn::parse2(expansion.clone()).unwrap();
    let columns: Vec<String> = known.iter().map(|name| format!("{}_COLUMN", name.to_uppercase())).collect();
    known.extend(columns);
    known.insert("__LuciaLocale".to_owned());
    let mut paths = Paths { known, relative: Vec::new() };
    paths.visit_file(&file);
    paths.relative
}

#[test]
fn no_path_is_relative_and_no_name_unhygienic() {
    for item in [SMALL, TYPICAL, WIDE, MISTAKEN] {
        assert_eq!(relative(item, &tokens(item)), [""; 0], "{item}");
    }
    for item in [ENUM, NEWTYPE] {
        assert_eq!(relative(item, &attribute_tokens(item)), [""; 0], "{item}");
    }
}

#[test]
fn the_visitor_sees_what_is_wrong() {
    for bad in [
        "fn f() -> bool { true }",
        "fn f() { Some(1); }",
        "fn f() { vec![1]; }",
        "impl Default for User {}",
        "#[derive(Clone)] struct A;",
        "impl<T> ::core::clone::Clone for User where T: ::core::marker::Copy {}",
        "fn f(x: std::string::String) {}",
        "#[inline] fn f() {}",
        "fn f() { lucia::Auth::new(); }",
    ] {
        assert_ne!(relative(SMALL, &bad.parse().unwrap()), [""; 0], "{bad}");
    }
}

/// Where an error has no place of its own, the whole derive is marked.
#[test]
fn no_error_is_made_at_the_call_site() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src"), root.join("schema/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let made = text.lines().filter(|line| line.contains("Error::new"));
            assert!(made.clone().all(|line| !line.contains(concat!("call", "_site"))), "{}", path.display());
        }
    }
}
