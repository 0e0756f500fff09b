// rule: shape/cfg
// No field is under `cfg`.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[cfg(unix)]
  //^^^^^^^^^^^^
    pub email: Option<String>,
}

include!("../../app.rs");
app!(given: email; unique:);
