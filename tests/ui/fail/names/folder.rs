// rule: names/folder
// The folder of the migrations is below that of the package.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(migrations = "/srv/app/migrations")]
//                   ^^^^^^^^^^^^^^^^^^^^^
pub struct User {
    pub id: UserId,
    pub username: String,
}

include!("../../app.rs");
app!(given: username; unique:);
