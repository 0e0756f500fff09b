#![allow(dead_code)]
use lucia::LuciaUser;

struct Result;
struct Option;
struct String;
struct Vec;
struct Some;
struct Ok;
trait Into {}
trait Clone {}

#[derive(LuciaUser)]
pub struct User {
    pub id: lucia::UserId,
    #[lucia(unique)]
    pub username: std::string::String,
    pub bytes: std::option::Option<std::vec::Vec<u8>>,
    #[lucia(default = 3)]
    pub logins: i64,
}

fn main() {}
