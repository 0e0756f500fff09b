use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(user_table = "order", session_table = "select", key_table = "group")]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub user: String,
    #[lucia(index)]
    pub from: Option<i64>,
    pub r#where: bool,
    pub primary: i32,
    pub value: String,
    pub values: String,
    pub changes: i32,
    pub attributes: i32,
    pub now: i32,
}

fn main() {
    let _ = (order::user, order::r#where);
}
