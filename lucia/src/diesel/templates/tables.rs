//! The tables that are the same for every user struct.

/// The tables of sessions and keys under their names, and what lets the three be joined.
#[doc(hidden)]
#[macro_export]
macro_rules! __session_and_key_tables {
    ($users:ident; $sessions:ident = $session_name:literal; $keys:ident = $key_name:literal;) => {
        ::diesel::table! {
            use ::diesel::sql_types::*;
            use $crate::__private::table::*;

            /// The table of sessions.
            #[sql_name = $session_name]
            $sessions (id) {
                /// What the session's token hashes to.
                id -> Text,
                /// Whose session it is.
                user_id -> Text,
                /// The end of the active period, in milliseconds since the epoch.
                active_expires -> BigInt,
                /// The end of the idle period, in milliseconds since the epoch.
                idle_expires -> BigInt,
                /// When it began, in milliseconds since the epoch.
                created_at -> Nullable<BigInt>,
                /// When it ends however much it is used, in milliseconds since the epoch.
                absolute_expires -> Nullable<BigInt>,
                /// The session that it was renewed from.
                renewed_from -> Nullable<Text>,
            }
        }
        ::diesel::table! {
            use ::diesel::sql_types::*;
            use $crate::__private::table::*;

            /// The table of keys.
            #[sql_name = $key_name]
            $keys (id) {
                /// `provider:identifier`.
                id -> Text,
                /// Whose key it is.
                user_id -> Text,
                /// Whether it was made together with the user.
                primary_key -> Bool,
                /// The hash of the password, if the key has one.
                hashed_password -> Nullable<Text>,
                /// Until when a single-use key can be used, in milliseconds since the epoch.
                expires -> Nullable<BigInt>,
            }
        }
        ::diesel::joinable!($sessions -> $users (user_id));
        ::diesel::joinable!($keys -> $users (user_id));
        ::diesel::allow_tables_to_appear_in_same_query!($users, $sessions, $keys);
    };
}
