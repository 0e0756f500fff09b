// rule: lengths/too_long_for_index
// So do indexed bytes.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(index, max_length = 2689)]
    //                          ^^^^
    pub digest: Vec<u8>,
}

include!("../../app.rs");
app!(given: digest; unique:);
