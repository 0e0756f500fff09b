use lucia::{LuciaUser, UserId};

mod names {
    pub type String = std::string::String;
    pub type Option<T> = std::option::Option<T>;
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub name: names::String,
    pub nick: names::Option<names::String>,
}

fn main() {}
