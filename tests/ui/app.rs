// What an app writes about its users: `app!(given: username, email; unique: username)` with the attributes that creating a
// user takes and those that look one up. It compiles whatever is wrong with the struct, so that one mistake is one error.
//
// After `together` stand those that look up together, after `columnless` those that are given and have no column.

/// A value of whatever type is asked for.
fn any<T>() -> T {
    ::core::unimplemented!()
}

/// A value that looks a user up.
fn key_of<C: ::lucia::Unique<User>>(_: C) -> C::Value {
    any()
}

macro_rules! app {
    (
        given: $($given:ident),*; unique: $($unique:ident),*
        $(; together: ($($together:ident),+))? $(; columnless: $($columnless:ident),+)?
    ) => {
        async fn users(auth: &::lucia::Auth<User>, key: ::lucia::NewKey) -> ::lucia::Result<User> {
            let attributes = UserAttributes { $($given: any(),)* $($($columnless: any()),+)? };
            ::std::println!("{:?}", attributes.clone());
            let user = auth.create_user(key, attributes).await?;
            let id = ::lucia::LuciaUser::id(&user);
            $(auth.set_attribute(id, auth_user::$given, any()).await?;)*
            $(auth.user_by(auth_user::$unique, key_of(auth_user::$unique)).await?;)*
            $(auth.user_by(($(auth_user::$together),+), key_of(($(auth_user::$together),+))).await?;)?
            let changes = UserChanges {
                $($given: ::core::option::Option::Some(any()),)*
                ..::core::default::Default::default()
            };
            auth.update_user(id, changes).await
        }

        fn queries(auth: &::lucia::Auth<User>, connection: &mut ::diesel::SqliteConnection) -> ::lucia::Result<User> {
            use ::diesel::prelude::*;

            let columns = auth_user::table.select((auth_user::id, $(auth_user::$given),*));
            ::std::println!("{}", ::diesel::debug_query::<::diesel::sqlite::Sqlite, _>(&columns));
            let of_sessions: ::std::vec::Vec<(::std::string::String, User)> = auth_session::table
                .inner_join(auth_user::table)
                .filter(auth_user::id.eq("ada"))
                .select((auth_session::id, User::as_select()))
                .load(connection)
                .unwrap();
            let of_keys: ::std::vec::Vec<User> =
                auth_user::table.inner_join(auth_key::table).select(User::as_select()).load(connection).unwrap();
            ::std::println!("{}", of_sessions.len() + of_keys.len());
            ::std::println!("{:?}", ::lucia::audit::audit::<User, _>(connection)?);
            let attributes = UserAttributes { $($given: any(),)* $($($columnless: any()),+)? };
            auth.on(connection).create_user(::core::option::Option::None, attributes)
        }

        async fn handler(user: ::lucia::axum::Authenticated<User>) -> ::std::string::String {
            ::std::string::ToString::to_string(::lucia::LuciaUser::id(&user.user))
        }

        fn main() {
            let _ = (users, queries, handler);
        }
    };
}
