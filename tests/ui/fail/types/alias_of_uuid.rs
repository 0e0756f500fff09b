// rule: types/spelled_otherwise
// So is a type of another crate.
use lucia::{LuciaUser, UserId};

type Uuid = [u8; 16];

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub number: Uuid,
    //          ^^^^
}

include!("../../app.rs");
app!(given: number; unique: number);
