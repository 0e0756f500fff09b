// rule: types/column_type
// A column's type is one word of SQL, not a statement.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Double, sqlite = "REAL; DROP TABLE auth_user")]
    //                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    pub ratio: f64,
}

include!("../../app.rs");
app!(given: ratio; unique:);
