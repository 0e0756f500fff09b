// rule: types/unsupported
// A column holds something.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    pub marker: std::marker::PhantomData<String>,
    //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}

include!("../../app.rs");
app!(given: marker; unique: marker);
