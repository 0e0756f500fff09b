// rule: names/underscores
// Names that begin with `__` are those of generated code.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub __secret: String,
    //  ^^^^^^^^
}

include!("../../app.rs");
app!(given: __secret; unique:);
