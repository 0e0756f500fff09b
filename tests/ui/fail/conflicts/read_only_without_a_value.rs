// rule: conflicts/readonly_without_value
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(readonly)]
    //      ^^^^^^^^
    pub r#type: String,
}

fn main() {}
