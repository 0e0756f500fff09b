// rule: defaults/now
// `now` is an instant.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(default = now)]
    //                ^^^
    pub born: chrono::NaiveDate,
}

include!("../../app.rs");
app!(given: born; unique:);
