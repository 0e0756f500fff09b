pub struct User {
    pub id: UserId,
}
