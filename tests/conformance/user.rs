//! A user who leaves no rule of the suite without something to check.

use lucia::{LuciaUser, UserId};
use lucia_tests::with_source;

with_source! { pub(crate) SOURCE:
    #[derive(Clone, Debug, PartialEq, LuciaUser)]
    #[lucia(unique(tenant, badge))]
    pub(crate) struct User {
        pub(crate) id: UserId,
        #[lucia(unique, max_length = 32)]
        pub(crate) username: String,
        #[lucia(unique(nocase), max_length = 32)]
        pub(crate) handle: String,
        #[lucia(unique, max_length = 64)]
        pub(crate) email: Option<String>,
        pub(crate) tenant: i64,
        #[lucia(max_length = 32)]
        pub(crate) badge: Option<String>,
        pub(crate) about: Option<String>,
        pub(crate) logins: i32,
        pub(crate) rank: i16,
        pub(crate) is_admin: bool,
        pub(crate) avatar: Vec<u8>,
    }
}

pub(crate) fn user(id: UserId, n: u32) -> User {
    User {
        id,
        username: format!("username {n}"),
        handle: format!("handle {n}"),
        email: Some(format!("{n}@example.com")),
        tenant: n.into(),
        badge: Some(format!("badge {n}")),
        about: Some(format!("about {n}")),
        logins: i32::try_from(n).unwrap(),
        rank: i16::try_from(n % 1_000).unwrap(),
        is_admin: n % 2 == 1,
        avatar: n.to_be_bytes().to_vec(),
    }
}

pub(crate) fn changes(n: u32) -> UserChanges {
    let User { id: _, username, handle, email, tenant, badge, about, logins, rank, is_admin, avatar } =
        user(UserId::new("any").unwrap(), n);
    UserChanges {
        username: Some(username),
        handle: Some(handle),
        email: Some(email),
        tenant: Some(tenant),
        badge: Some(badge),
        about: Some(about),
        logins: Some(logins),
        rank: Some(rank),
        is_admin: Some(is_admin),
        avatar: Some(avatar),
    }
}

#[test]
fn there_is_something_to_check_for_every_rule() {
    let has = |what: fn(&lucia::UniqueAttributes) -> bool| User::UNIQUE.iter().any(what);
    assert!(has(|unique| unique.attributes == ["username"] && !unique.nocase));
    assert!(has(|unique| unique.attributes == ["handle"] && unique.nocase));
    assert!(has(|unique| unique.attributes == ["email"]));
    assert!(has(|unique| unique.attributes == ["tenant", "badge"]));
    let nullable: Vec<_> = User::ATTRIBUTES.iter().filter(|attribute| attribute.nullable).collect();
    assert_eq!(
        nullable.iter().map(|attribute| attribute.name).collect::<Vec<_>>(),
        ["email", "badge", "about"]
    );
    let id = || UserId::new("ada").unwrap();
    assert_eq!(user(id(), 1).change(changes(2)).unwrap(), user(id(), 2));
}
