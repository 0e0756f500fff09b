// rule: types/not_json
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug)]
pub struct Settings {
    pub theme: String,
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = Json)]
    pub settings: Settings,
    //            ^^^^^^^^
}

fn main() {}
