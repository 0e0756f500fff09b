// rule: access/not_a_user
// A user derives `LuciaUser`.
use lucia::UserId;

pub struct User {
    pub id: UserId,
}

async fn wrong(auth: &lucia::Auth<User>, id: &UserId) -> lucia::Result<()> {
    auth.delete_user(id).await
    //   ^^^^^^^^^^^
}

fn main() {
    let _ = wrong;
}
