// rule: syntax/unknown
// What other libraries call so has another name here.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(table_name = "member")]
//      ^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub nickname: String,
}

include!("../../app.rs");
app!(given: nickname; unique: nickname);
