//! The derive writes less than a careful person does, and that is counted.

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};

use super::cases;

/// How many tokens there are, brackets and what is in them included. Documentation is not counted.
fn count(tokens: TokenStream) -> usize {
    let mut count = 0;
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (&token, tokens.peek()) {
            (TokenTree::Punct(hash), Some(TokenTree::Group(body)))
                if hash.as_char() == '#' && is_documentation(body.stream()) =>
            {
                tokens.next();
            }
            (TokenTree::Punct(hash), Some(TokenTree::Punct(bang)))
                if hash.as_char() == '#' && bang.as_char() == '!' =>
            {
                // `#![doc = ".."]`, which is all that there is of these.
                tokens.nth(1);
            }
            (TokenTree::Group(group), _) => count += 2 + self::count(group.stream()),
            _ => count += 1,
        }
    }
    count
}

fn is_documentation(attribute: TokenStream) -> bool {
    attribute.into_iter().next().is_some_and(|name| name.to_string() == "doc")
}

/// How many tokens the derive writes for the typical user, and how many a person who writes the same tables, queries and types.
pub(super) fn derived_and_by_hand() -> (usize, usize) {
    let by_hand = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/src/by_hand.rs");
    let by_hand: TokenStream = fs::read_to_string(by_hand).unwrap().parse().unwrap();
    (count(cases::TYPICAL.output()), count(by_hand))
}

#[test]
fn the_derive_writes_less_than_a_careful_person() {
    let (derived, by_hand) = derived_and_by_hand();
    assert!(derived < by_hand, "{derived} tokens derived, {by_hand} by hand");
}

#[test]
fn every_token_counts_but_documentation() {
    let tokens = "//! Here.\n/// There.\n#[derive(Clone)]\nstruct A { /** It. */ a: u8 }";
    // `#`, the brackets, `derive`, the parentheses, `Clone`; `struct`, `A`, the braces, `a`, `:`, `u8`.
    assert_eq!(count(tokens.parse().unwrap()), 1 + 2 + 1 + 2 + 1 + 1 + 1 + 2 + 1 + 1 + 1);
}
