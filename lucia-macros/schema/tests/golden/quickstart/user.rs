#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique, max_length = 32)]
    pub username: String,
    pub email: Option<String>,
    #[lucia(default = 0)]
    pub logins: i32,
    #[lucia(readonly, default = now)]
    pub created_at: DateTime<Utc>,
}
