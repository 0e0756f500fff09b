// rule: types/no_database
// There is a database that has all the columns.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Double, sqlite = "REAL")]
    pub ratio: f64,
    #[lucia(sql_type = Double, mysql = "DOUBLE")]
    //                 ^^^^^^
    pub weight: f64,
}

include!("../../app.rs");
app!(given: ratio, weight; unique:);
