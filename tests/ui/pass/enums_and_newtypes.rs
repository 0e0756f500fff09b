use lucia::{LuciaAttribute, LuciaUser, UserId};

mod app {
    use lucia::{LuciaAttribute, LuciaUser, UserId};

    /// A type that nobody else sees.
    #[derive(Clone, Debug, LuciaAttribute)]
    enum Mood {
        Fine,
    }

    #[derive(LuciaUser)]
    pub struct User {
        pub id: UserId,
        #[lucia(stored_as = String, default = "fine")]
        mood: Mood,
    }

    pub fn is_fine(user: &User) -> bool {
        matches!(user.mood, Mood::Fine)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, LuciaAttribute)]
pub enum Role {
    Member,
    #[lucia(rename = "root")]
    Admin,
}

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Email(pub String);

#[derive(Clone, Debug, LuciaAttribute)]
pub struct Level {
    pub value: i64,
}

#[derive(LuciaUser)]
#[lucia(user_table = "member", session_table = "member_session", key_table = "member_key")]
pub struct Member {
    pub id: UserId,
    #[lucia(stored_as = String)]
    pub role: Role,
    #[lucia(stored_as = String, unique)]
    pub email: Option<Email>,
    #[lucia(stored_as = i64, default = 1)]
    pub level: Level,
}

async fn look_up(auth: lucia::Auth<Member>, id: UserId) -> lucia::Result<()> {
    auth.user_by(member::email, Email("ada@example.com".to_owned())).await?;
    auth.set_attribute(&id, member::role, Role::Admin).await?;
    Ok(())
}

fn main() {
    let _ = (look_up, app::is_fine);
}
