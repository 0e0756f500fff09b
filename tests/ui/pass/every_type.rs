use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub text: String,
    pub truth: bool,
    pub short: i16,
    pub int: i32,
    pub long: i64,
    pub float: f32,
    pub double: f64,
    pub bytes: Vec<u8>,
    pub date: NaiveDate,
    pub time: NaiveTime,
    pub timestamp: NaiveDateTime,
    pub utc: DateTime<Utc>,
    pub maybe_text: Option<String>,
    pub maybe_bytes: Option<Vec<u8>>,
    pub maybe_utc: Option<DateTime<Utc>>,
    #[lucia(default = -1)]
    pub with_default: i16,
    #[lucia(default = 0.5)]
    pub half: f64,
    #[lucia(default = "x", max_length = 3)]
    pub letter: Option<String>,
}

fn main() {}
