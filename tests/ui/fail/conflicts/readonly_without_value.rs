// rule: conflicts/readonly_without_value
// What cannot be given has a default or is optional.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(readonly)]
    //      ^^^^^^^^
    pub level: i32,
}

include!("../../app.rs");
app!(given:; unique:);
