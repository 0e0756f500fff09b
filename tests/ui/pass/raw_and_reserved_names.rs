use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub r#type: String,
    pub order: i32,
    #[lucia(column = "group")]
    pub team: Option<String>,
}

fn main() {
    let _ = UserAttributes { r#type: String::new(), order: 1, team: None };
}
