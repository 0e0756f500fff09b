#![no_implicit_prelude]

#[derive(::lucia::LuciaUser)]
pub struct User {
    pub id: ::lucia::UserId,
    #[lucia(unique, max_length = 32)]
    pub username: ::std::string::String,
    pub email: ::std::option::Option<::std::string::String>,
    #[lucia(readonly, default = now)]
    pub created_at: ::chrono::DateTime<::chrono::Utc>,
}

fn main() {}
