extern crate lucia as sessions;

#[derive(sessions::LuciaUser)]
#[lucia(crate = ::lucia)]
pub struct User {
    pub id: sessions::UserId,
    pub name: String,
}

fn main() {}
