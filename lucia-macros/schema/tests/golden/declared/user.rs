pub struct User {
    pub id: UserId,
    #[lucia(stored_as = String, default = "member")]
    pub role: Role,
    #[lucia(stored_as = String, unique, max_length = 64)]
    pub email: Email,
    #[lucia(stored_as = i16)]
    pub level: Option<Level>,
    #[lucia(unique)]
    pub tag: Uuid,
    pub other_tag: Option<uuid::Uuid>,
    pub anything: serde_json::Value,
    #[lucia(stored_as = Json)]
    pub settings: Option<Settings>,
}
