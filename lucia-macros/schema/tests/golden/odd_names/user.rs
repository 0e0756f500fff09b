pub struct User {
    pub id: UserId,
    #[lucia(index)]
    pub order: i32,
    #[lucia(unique)]
    pub group: String,
    pub r#type: Option<String>,
    pub select: bool,
    #[lucia(column = "Primary")]
    pub primary: i64,
    #[lucia(column = "table", default = "select")]
    pub user_table: String,
    #[lucia(unique, max_length = 100)]
    pub a_name_that_is_quite_a_bit_longer_than_people_usually_make_them: String,
    #[lucia(index, column = "a_name_that_is_quite_a_bit_longer_than_people_usually_make_2")]
    pub second: Option<String>,
}
