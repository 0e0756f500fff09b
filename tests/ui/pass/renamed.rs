// What the columns and the table were called makes no difference to the code.
use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
#[lucia(user_table = "member", renamed_from = "auth_user")]
pub struct User {
    pub id: UserId,
    #[lucia(unique, renamed_from = "mail")]
    pub email: String,
    #[lucia(column = "Nick", renamed_from = "nick")]
    pub nick: Option<String>,
    /// A new column under a name that another one had.
    pub mail: bool,
}

fn main() {
    let _ = (member::email, member::nick, member::mail);
}
