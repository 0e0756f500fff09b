// `auth` and `key_user_id` would make the index name that `auth_key` and `user_id` have.
#[lucia(user_table = "auth", session_table = "user_session", key_table = "auth_key", crate = ::my::lucia)]
struct Member {
    id: UserId,
    #[lucia(index)]
    key_user_id: i64,
    #[lucia(unique, column = "mail")]
    email: String,
}
