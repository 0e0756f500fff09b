// rule: access/not_a_user
use lucia::{Auth, Result, UserId};

pub struct Person {
    pub id: UserId,
}

pub async fn find(auth: Auth<Person>, id: UserId) -> Result<Person> {
    auth.user(&id).await
    //   ^^^^
}

fn main() {}
