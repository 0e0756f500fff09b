use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
}

fn main() {
    let _ = (UserAttributes {}, UserChanges {});
}
