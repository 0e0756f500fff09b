//! The user that both have.

use lucia::{LuciaUser, NewKey, Password, Provider, UserId, provider};

#[derive(Clone, Debug, PartialEq, LuciaUser)]
pub(crate) struct Member {
    pub(crate) id: UserId,
    #[lucia(unique, max_length = 32)]
    pub(crate) username: String,
    pub(crate) email: Option<String>,
    #[lucia(default = false)]
    pub(crate) admin: bool,
    #[lucia(default = 0)]
    pub(crate) visits: i64,
}

pub(crate) const SOURCE: &str = "
    struct Member {
        id: UserId,
        #[lucia(unique, max_length = 32)]
        username: String,
        email: Option<String>,
        #[lucia(default = false)]
        admin: bool,
        #[lucia(default = 0)]
        visits: i64,
    }
";

pub(crate) const USERNAME: Provider = provider!("username");
pub(crate) const PASSWORD: &str = "correct horse";

pub(crate) fn attributes(username: &str) -> MemberAttributes {
    MemberAttributes { username: username.to_owned(), email: None, admin: None, visits: None }
}

pub(crate) fn with_password(identifier: &str) -> NewKey {
    NewKey::password(USERNAME.id(identifier).unwrap(), PASSWORD)
}

pub(crate) fn right() -> Password {
    PASSWORD.into()
}
