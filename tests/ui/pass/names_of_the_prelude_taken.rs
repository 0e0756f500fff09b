//! Nothing of the prelude is in scope, and its names mean something else.
#![no_implicit_prelude]
#![allow(dead_code, non_camel_case_types)]

use ::lucia::{LuciaAttribute, LuciaUser, UserId};

struct String;
struct Option;
struct Vec;
struct Result;
struct Some;
struct None;
struct Ok;
struct Err;
struct str;
struct bool;
struct i64;
struct usize;
struct u32;
trait Clone {}
trait Debug {}
trait Default {}
trait Iterator {}
trait From {}
trait Into {}

#[derive(::std::clone::Clone, ::std::fmt::Debug, LuciaAttribute)]
pub enum Role {
    Reader,
    Admin,
}

#[derive(::std::clone::Clone, ::std::fmt::Debug, LuciaAttribute)]
pub struct Email(pub ::std::string::String);

mod members {
    use super::{Email, Role};

    #[derive(::std::clone::Clone, ::std::fmt::Debug, ::lucia::LuciaUser)]
    #[lucia(unique(username, level))]
    pub struct Member {
        pub id: ::lucia::UserId,
        #[lucia(unique(nocase), max_length = 32)]
        pub username: ::std::string::String,
        #[lucia(stored_as = String, unique)]
        pub email: ::std::option::Option<Email>,
        #[lucia(stored_as = String, default = "reader")]
        pub role: Role,
        #[lucia(default = 3)]
        pub level: ::core::primitive::i64,
        pub picture: ::std::vec::Vec<::core::primitive::u8>,
    }
}

#[derive(::std::clone::Clone, ::std::fmt::Debug, LuciaUser)]
#[lucia(
    user_table = "person",
    session_table = "person_session",
    key_table = "person_key",
    unique(username, level)
)]
pub struct Person {
    pub id: UserId,
    #[lucia(unique(nocase), max_length = 32)]
    pub username: ::std::string::String,
    #[lucia(stored_as = String, unique)]
    pub email: ::std::option::Option<Email>,
    #[lucia(stored_as = String, default = "reader")]
    pub role: Role,
    #[lucia(default = 3)]
    pub level: ::core::primitive::i64,
    #[lucia(sql_type = Double, sqlite = "REAL")]
    pub score: ::core::primitive::f64,
}

fn main() {}
