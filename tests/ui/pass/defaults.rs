use chrono::{DateTime, NaiveDateTime, Utc};
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = true)]
    pub a: bool,
    #[lucia(default = -1)]
    pub b: i64,
    #[lucia(default = 1.5)]
    pub c: f32,
    #[lucia(default = "it's")]
    pub d: Option<String>,
    #[lucia(default = now)]
    pub e: NaiveDateTime,
    #[lucia(readonly, default = now)]
    pub f: DateTime<Utc>,
    #[lucia(readonly)]
    pub g: Option<i32>,
}

fn main() {
    let _ = UserAttributes { a: None, b: Some(1), c: None, d: None, e: None };
}
