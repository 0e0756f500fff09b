use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub a1: Option<i32>,
    pub a2: Option<i32>,
    pub a3: Option<i32>,
    pub a4: Option<i32>,
    pub a5: Option<i32>,
    pub a6: Option<i32>,
    pub a7: Option<i32>,
    pub a8: Option<i32>,
    pub a9: Option<i32>,
    pub a10: Option<i32>,
    pub a11: Option<i32>,
    pub a12: Option<i32>,
    pub a13: Option<i32>,
    pub a14: Option<i32>,
    pub a15: Option<i32>,
    pub a16: Option<i32>,
    pub a17: Option<i32>,
    pub a18: Option<i32>,
    pub a19: Option<i32>,
    pub a20: Option<i32>,
    pub a21: Option<i32>,
    pub a22: Option<i32>,
    pub a23: Option<i32>,
    pub a24: Option<i32>,
    pub a25: Option<i32>,
    pub a26: Option<i32>,
    pub a27: Option<i32>,
    pub a28: Option<i32>,
    pub a29: Option<i32>,
    pub a30: Option<i32>,
    pub a31: Option<i32>,
}

fn main() {}
