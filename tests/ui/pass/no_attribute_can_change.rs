use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(readonly)]
    pub level: Option<i32>,
}

fn main() {
    let _ = (UserAttributes {}, UserChanges {});
}
