use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(table = "users", key_table = "auth user", unique(name, nick))]
pub struct User {
    pub id: UserId,
    #[lucia(uniqe)]
    pub name: String,
    #[lucia(max_length = 3)]
    pub logins: i32,
    pub age: u32,
    #[lucia(readonly)]
    pub level: i32,
    #[lucia(default = "0")]
    pub points: i64,
    #[lucia(unique, index)]
    pub code: String,
    pub table: String,
}

pub async fn find(auth: lucia::Auth<User>, id: UserId) -> lucia::Result<User> {
    auth.user(&id).await
}

fn main() {}
