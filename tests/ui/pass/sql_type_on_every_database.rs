use lucia::{LuciaUser, UserId};

#[derive(LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(index, sql_type = Double, sqlite = "REAL", postgres = "DOUBLE PRECISION", mysql = "DOUBLE")]
    pub ratio: f64,
}

fn queries<DB: diesel::backend::Backend>()
where
    User: lucia::diesel::Queries<DB>,
{
}

fn main() {
    queries::<diesel::sqlite::Sqlite>();
    queries::<diesel::pg::Pg>();
    queries::<diesel::mysql::Mysql>();
}
