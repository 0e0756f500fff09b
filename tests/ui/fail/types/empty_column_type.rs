// rule: types/column_type
// A column's type is something.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Double, sqlite = "REAL", mysql = "")]
    //                                                  ^^
    pub ratio: f64,
}

include!("../../app.rs");
app!(given: ratio; unique:);
