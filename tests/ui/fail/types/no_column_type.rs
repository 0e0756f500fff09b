// rule: types/no_column_type
// A type of Diesel's goes with a type of a database.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Double)]
    //                 ^^^^^^
    pub ratio: f64,
}

include!("../../app.rs");
app!(given: ratio; unique:);
