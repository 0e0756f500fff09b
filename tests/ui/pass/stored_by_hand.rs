use lucia::{LuciaUser, StoredAs, Unreadable, UserId};

#[derive(Clone, Debug)]
pub struct Even(i32);

impl StoredAs<i32> for Even {
    fn bound(&self) -> i32 {
        self.0
    }

    fn from_row(row: i32) -> Result<Self, Unreadable> {
        if row % 2 == 0 { Ok(Self(row)) } else { Err("odd".into()) }
    }
}

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(stored_as = i32)]
    pub even: Even,
}

fn main() {}
