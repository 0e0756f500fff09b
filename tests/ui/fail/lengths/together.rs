// rule: lengths/together_too_long
// What is unique together fits into an index together.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(unique(a, b, c))]
//            ^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub a: String,
    pub b: String,
    pub c: String,
}

include!("../../app.rs");
app!(given: a, b, c; unique:; together: (a, b, c));
