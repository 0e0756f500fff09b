use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct Member {
    pub id: UserId,
    #[lucia(unique)]
    pub name: String,
}

#[derive(LuciaUser)]
#[lucia(user_table = "staff", session_table = "staff_session", key_table = "staff_key")]
pub struct Staff {
    pub id: UserId,
    #[lucia(unique)]
    pub name: String,
}

fn main() {
    let _ = MemberAttributes { name: String::new() };
    let _ = StaffChanges { name: Some(String::new()) };
    let _ = (auth_user::name, staff::name);
}
