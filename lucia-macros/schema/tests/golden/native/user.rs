// In a database that a field does not name there is no such table; the build step says so.
pub struct User {
    pub id: UserId,
    #[lucia(sql_type = Numeric, sqlite = "NUMERIC", postgres = "NUMERIC(10, 2)", mysql = "DECIMAL(10, 2)")]
    pub balance: BigDecimal,
    #[lucia(index, sql_type = crate::Locale, sqlite = "TEXT", postgres = "VARCHAR(8)", mysql = "VARCHAR(8)")]
    pub locale: Option<Locale>,
}
