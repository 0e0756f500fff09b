// `tenant_region` + `name` and `tenant` + `region_name` make one name of an index.
#[lucia(unique(tenant, name), unique(tenant_region, name), unique(tenant, region_name))]
pub struct User {
    pub id: UserId,
    pub tenant: i64,
    #[lucia(max_length = 32)]
    pub name: String,
    #[lucia(max_length = 32)]
    pub tenant_region: Option<String>,
    #[lucia(max_length = 32, column = "region_Name")]
    pub region_name: String,
    #[lucia(unique(nocase), max_length = 32)]
    pub username: String,
    #[lucia(unique(nocase))]
    pub email: Option<String>,
}
