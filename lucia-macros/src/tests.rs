//! What the derives expand to, formatted: `INSTA_UPDATE=always` writes the snapshots, `LUCIA_GOLDEN=write` the page of the
//! documentation, and a person reads them.

mod hygiene;
mod page;

use proc_macro2::{TokenStream, TokenTree};

use crate::{attribute, expand};

const SMALL: &str = "pub struct User {
    pub id: UserId,
}";

const TYPICAL: &str = "pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 32)]
    pub username: String,
    pub email: Option<String>,
    #[lucia(default = 0)]
    pub logins: i32,
    #[lucia(readonly, default = now)]
    pub created_at: DateTime<Utc>,
}";

const WIDE: &str = "#[lucia(unique(tenant, name))]
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    #[lucia(max_length = 32)]
    pub name: String,
    #[lucia(unique(nocase), max_length = 32)]
    pub login: String,
    #[lucia(unique)]
    pub tag: Uuid,
    #[lucia(index)]
    pub born: Option<NaiveDate>,
    #[lucia(stored_as = String, default = \"member\")]
    pub role: Role,
    #[lucia(stored_as = Json)]
    pub settings: Option<Settings>,
    #[lucia(sql_type = Text, sqlite = \"TEXT\")]
    pub locale: Locale,
    pub picture: Vec<u8>,
    pub score: f64,
    pub admin: bool,
}";

const MISTAKEN: &str = "pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub height: f64,
}";

const ENUM: &str = "pub enum Role {
    Member,
    #[lucia(rename = \"root\")]
    Admin,
}";

const NEWTYPE: &str = "pub struct Email(String);";

fn tokens(item: &str) -> TokenStream {
    expand::derive(item.parse().unwrap())
}

fn attribute_tokens(item: &str) -> TokenStream {
    attribute::derive(item.parse().unwrap())
}

fn formatted(tokens: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).unwrap())
}

fn expansion(item: &str) -> String {
    formatted(tokens(item))
}

#[test]
fn a_small_user() {
    insta::assert_snapshot!(expansion(SMALL));
}

#[test]
fn the_user_of_the_quickstart() {
    insta::assert_snapshot!(expansion(TYPICAL));
}

#[test]
fn a_wide_user() {
    insta::assert_snapshot!(expansion(WIDE));
}

#[test]
fn a_user_with_a_mistake_gets_the_same_items_with_bodies_that_do_nothing() {
    let expansion = expansion(MISTAKEN);
    insta::assert_snapshot!(expansion);
    assert_eq!(expansion.matches("compile_error!").count(), 1);
}

#[test]
fn an_enum_and_a_newtype() {
    insta::assert_snapshot!(formatted(attribute_tokens(ENUM)));
    insta::assert_snapshot!(formatted(attribute_tokens(NEWTYPE)));
}

#[test]
fn an_enum_with_a_mistake_is_stored_as_anything() {
    let expansion = formatted(attribute_tokens("enum Role { Member, Other(String) }"));
    assert_eq!(expansion.matches("compile_error!").count(), 1);
    assert!(expansion.matches("StoredAs<").count() > 10, "{expansion}");
}

#[test]
fn the_same_struct_expands_to_the_same_code() {
    for item in [SMALL, TYPICAL, WIDE, MISTAKEN] {
        assert_eq!(expansion(item), expansion(item));
    }
}

/// How many tokens there are, whatever is in brackets included.
fn count(tokens: TokenStream) -> usize {
    let count_one = |token| match token {
        TokenTree::Group(group) => 2 + count(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(count_one).sum()
}

/// How much the derive writes for the typical user, and how much a person does who writes the same tables, queries and types.
fn counted() -> (usize, usize) {
    let by_hand = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/src/by_hand.rs");
    let by_hand: TokenStream = std::fs::read_to_string(by_hand).unwrap().parse().unwrap();
    (count(tokens(TYPICAL)), count(by_hand))
}

#[test]
fn the_derive_writes_less_than_a_careful_person() {
    let (derived, by_hand) = counted();
    assert!(derived < by_hand, "{derived} tokens derived, {by_hand} by hand");
}
