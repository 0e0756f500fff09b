//! Passwords as people type them, and hashes that Lucia v1 and its successors wrote.

use diesel::prelude::*;
use lucia::{Auth, LuciaV1, NewKey, Password};
use lucia_tests::{Database, User, attributes, auth_key, cheap_hasher};

use crate::support::{get, key_rows, name, with_password};

const HUNTER2: &str = concat!(
    "s2:abcdefghijklmnop:732bd5c478953983828d4b32f3a1670a120a4ae2fceabec953fe4dc51b37d0e7",
    "c32022cdbec7055de0afc05f8774a525321876b7fcd007bdb56c8cb943e4a94a",
);
/// Made before there was a tag.
const HUNTER2_UNTAGGED: &str = concat!(
    "abcdefghijklmnop:9f7b9d8c23db4ae9fb941fb6320d39b24d9ad41e15f65d9530cb23c35b8bd951",
    "fb8a0b59cf656203d2bd5380ccb400c5a8d2aa243bb2b2914aab6335bec77fee",
);
/// Of a password that a keyboard may make in more than one way.
const ANGSTROM: &str = concat!(
    "s2:Zz9Yy8Xx7Ww6Vv5U:869513ca1822c0cfb29e9cecf28518d420ad8bc4c1526b21ded03dbd81d082be",
    "fc64685761bf44848fcc1f7b61d455dc6b74524809f7df9be2ae5757487f0980",
);

fn adopted(database: &Database) -> Auth<User> {
    database.builder().password_hasher(LuciaV1::or(cheap_hasher())).development().unwrap()
}

fn set_hash(database: &Database, hash: &str) {
    diesel::update(auth_key::table)
        .set(auth_key::hashed_password.eq(hash))
        .execute(&mut database.connect())
        .unwrap();
}

fn log_in(auth: &Auth<User>, password: &str) -> bool {
    get(auth.log_in(&name("ada"), &Password::from(password))).unwrap().is_some()
}

#[test]
fn a_hash_of_lucia_v1_lets_its_user_in_and_is_made_anew() {
    let database = Database::new();
    let auth = adopted(&database);
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    for (hash, typed) in [
        (HUNTER2, "hunter2"),
        (HUNTER2_UNTAGGED, "hunter2"),
        (ANGSTROM, "\u{212b}ngstr\u{f6}m\u{fb01}"),
        (ANGSTROM, "A\u{30a}ngstro\u{308}mfi"),
    ] {
        set_hash(&database, hash);
        assert!(!log_in(&auth, "hunter3"));
        for _ in 0..2 {
            assert!(log_in(&auth, typed));
            let stored = key_rows(&mut database.connect()).remove(0).3.unwrap();
            assert!(stored.starts_with("$argon2id$"), "{stored}");
        }
    }
}

#[test]
fn a_hash_that_nobody_can_read_is_a_wrong_password() {
    let database = Database::new();
    let auth = adopted(&database);
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    for hash in [
        "",
        "x",
        "s3:abcdefghijklmnop:00",
        "a:b:c:d",
        "$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
        "$argon2id$v=19$m=4294967295,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHQ",
        "correct horse",
    ] {
        set_hash(&database, hash);
        assert!(!log_in(&auth, "correct horse"), "{hash}");
        assert!(get(auth.use_key(&name("ada"), None)).unwrap().is_none(), "{hash}");
    }
}

#[test]
fn without_the_hasher_of_lucia_v1_its_hashes_let_nobody_in() {
    let database = Database::new();
    let auth = database.auth();
    get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    set_hash(&database, HUNTER2);
    assert!(!log_in(&auth, "hunter2"));
    assert_eq!(key_rows(&mut database.connect()).remove(0).3.unwrap(), HUNTER2);
}

#[test]
fn whatever_a_keyboard_makes_of_a_password_is_the_same_password() {
    for (set, typed) in [
        ("e\u{301}tudiante", "\u{e9}tudiante"),
        ("\u{e9}tudiante", "e\u{301}tudiante"),
        ("e\u{301}tudiante", "e\u{301}tudiante"),
        ("ｐａｓｓｗｏｒｄ", "password"),
        ("\u{ac00}passwort", "\u{1100}\u{1161}passwort"),
    ] {
        let database = Database::new();
        let auth = database.auth();
        get(auth.create_user(NewKey::password(name("ada"), set), attributes("ada"))).unwrap();
        assert!(log_in(&auth, typed), "{set}");
    }
}

#[test]
fn a_password_is_not_trimmed_and_its_case_is_not_folded() {
    let database = Database::new();
    let auth = database.auth();
    get(auth.create_user(NewKey::password(name("ada"), "  Correct Horse "), attributes("ada"))).unwrap();
    for typed in ["Correct Horse", "  correct horse ", "  Correct Horse"] {
        assert!(!log_in(&auth, typed));
    }
    assert!(log_in(&auth, "  Correct Horse "));
}
