pub struct User {
    pub id: UserId,
    pub text: String,
    #[lucia(default = "it's \"a\" \\ é")]
    pub text_default: String,
    #[lucia(max_length = 20, default = "member")]
    pub text_limited: String,
    #[lucia(max_length = 20000)]
    pub text_medium: Option<String>,
    #[lucia(unique)]
    pub text_unique: Option<String>,
    #[lucia(index, default = "it's \\")]
    pub text_index: String,
    #[lucia(default = true)]
    pub boolean: bool,
    pub boolean_null: Option<bool>,
    #[lucia(default = -32768)]
    pub small: i16,
    #[lucia(index)]
    pub small_null: Option<i16>,
    #[lucia(default = -2147483648)]
    pub int: i32,
    #[lucia(unique)]
    pub int_null: Option<i32>,
    #[lucia(default = -9223372036854775808)]
    pub big: i64,
    pub big_null: Option<i64>,
    #[lucia(default = -0.5)]
    pub float: f32,
    pub float_null: Option<f32>,
    #[lucia(default = 1e300)]
    pub double: f64,
    #[lucia(default = 0)]
    pub double_null: Option<f64>,
    pub bytes: Vec<u8>,
    #[lucia(max_length = 65535)]
    pub bytes_null: Option<Vec<u8>>,
    #[lucia(unique, max_length = 2688)]
    pub bytes_unique: Option<Vec<u8>>,
    #[lucia(index)]
    pub date: NaiveDate,
    pub date_null: Option<chrono::NaiveDate>,
    pub time: NaiveTime,
    pub time_null: Option<NaiveTime>,
    #[lucia(default = now)]
    pub naive: NaiveDateTime,
    pub naive_null: Option<NaiveDateTime>,
    #[lucia(default = now)]
    pub utc: DateTime<Utc>,
    pub utc_null: std::option::Option<chrono::DateTime<chrono::Utc>>,
}
