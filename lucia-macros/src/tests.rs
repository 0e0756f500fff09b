//! What the derive expands to, formatted: `INSTA_UPDATE=always` writes the snapshots, and a person reads them.

use crate::expand;

fn expansion(item: &str) -> String {
    let tokens = expand::derive(item.parse().unwrap());
    let file = syn::parse2(tokens).unwrap();
    prettyplease::unparse(&file)
}

#[test]
fn a_small_user() {
    insta::assert_snapshot!(expansion("pub struct User { pub id: UserId }"));
}

#[test]
fn the_user_of_the_quickstart() {
    insta::assert_snapshot!(expansion(
        "pub struct User {
            pub id: UserId,
            #[lucia(unique, max_length = 32)]
            pub username: String,
            pub email: Option<String>,
            #[lucia(default = 0)]
            pub logins: i32,
            #[lucia(readonly, default = now)]
            pub created_at: DateTime<Utc>,
        }"
    ));
}

#[test]
fn a_user_with_a_mistake_gets_the_same_items_with_bodies_that_do_nothing() {
    let expansion = expansion("pub struct User { pub id: UserId, #[lucia(unique)] pub height: f64 }");
    insta::assert_snapshot!(expansion);
    assert_eq!(expansion.matches("compile_error!").count(), 1);
}

#[test]
fn the_same_struct_expands_to_the_same_code() {
    let item = "struct User { id: UserId, #[lucia(unique)] name: String }";
    assert_eq!(expansion(item), expansion(item));
}
