// rule: shape/id_attributes
// The id takes no attributes.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    #[lucia(unique)]
  //^^^^^^^^^^^^^^^^
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
