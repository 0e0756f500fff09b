// rule: types/nullable
// Whether a column may be null is for the field to say.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Nullable<Text>, sqlite = "TEXT")]
    //                 ^^^^^^^^^^^^^^
    pub locale: Option<String>,
}

include!("../../app.rs");
app!(given: locale; unique:);
