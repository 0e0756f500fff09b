//! The items that the tests expand.

use proc_macro2::TokenStream;

use crate::{attribute, expand};

/// An item, and which of the derives is written above it.
#[derive(Clone, Copy)]
pub(super) struct Case {
    derive: fn(TokenStream) -> TokenStream,
    pub(super) item: &'static str,
}

impl Case {
    pub(super) const fn user(item: &'static str) -> Self {
        Self { derive: expand::derive, item }
    }

    pub(super) const fn attribute(item: &'static str) -> Self {
        Self { derive: attribute::derive, item }
    }

    pub(super) fn input(self) -> TokenStream {
        self.item.parse().unwrap()
    }

    pub(super) fn output(self) -> TokenStream {
        self.output_of(self.input())
    }

    pub(super) fn output_of(self, input: TokenStream) -> TokenStream {
        (self.derive)(input)
    }
}

/// The item of a golden directory: what the migrations there are of.
macro_rules! golden {
    ($name:literal) => {
        include_str!(concat!("../../schema/tests/golden/", $name, "/user.rs"))
    };
}

pub(super) const SMALL: Case = Case::user(
    "#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    pub id: UserId,
}
",
);
pub(super) const TYPICAL: Case = Case::user(golden!("quickstart"));

/// Every family of types, and every attribute.
pub(super) const WIDE: Case = Case::user(
    r#"/// Somebody in a workspace.
#[derive(Clone, Debug, LuciaUser)]
#[lucia(user_table = "member", unique(workspace, number))]
pub struct Member {
    pub id: UserId,
    /// The name to log in with.
    #[lucia(unique(nocase), max_length = 32)]
    pub username: String,
    #[lucia(stored_as = String, unique)]
    pub email: Option<Email>,
    #[lucia(stored_as = String, default = "reader")]
    pub role: Role,
    #[lucia(index)]
    pub workspace: i64,
    pub number: i32,
    #[lucia(default = 0)]
    pub level: i16,
    #[lucia(default = false)]
    pub suspended: bool,
    pub height: Option<f64>,
    pub avatar: Option<Vec<u8>>,
    pub birthday: Option<NaiveDate>,
    #[lucia(column = "device_id")]
    pub device: Uuid,
    #[lucia(stored_as = Json)]
    pub settings: BTreeMap<String, String>,
    #[lucia(sql_type = Double, sqlite = "DOUBLE")]
    pub score: f64,
    #[lucia(readonly, default = now)]
    pub created_at: DateTime<Utc>,
}
"#,
);

pub(super) const MISTAKEN: Case = Case::user(
    "#[derive(Clone, Debug, LuciaUser)]
pub struct User {
    pub id: UserId,
    #[lucia(unique)]
    pub height: f64,
}
",
);

pub(super) const ENUM: Case = Case::attribute(
    r#"#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Reader,
    #[lucia(rename = "root")]
    Admin,
}
"#,
);

pub(super) const NEWTYPE: Case = Case::attribute(
    "#[derive(Clone, Debug, LuciaAttribute)]
pub struct Email(String);
",
);

pub(super) const MISTAKEN_ATTRIBUTE: Case = Case::attribute(
    "#[derive(Clone, Debug, LuciaAttribute)]
pub enum Role {
    Reader,
    Writer(i64),
}
",
);

pub(super) const SNAPSHOTS: [Case; 7] = [SMALL, TYPICAL, WIDE, MISTAKEN, ENUM, NEWTYPE, MISTAKEN_ATTRIBUTE];

/// The others.
pub(super) const GOLDEN: [Case; 7] = [
    Case::user(golden!("custom_tables")),
    Case::user(golden!("declared")),
    Case::user(golden!("every_type")),
    Case::user(golden!("minimal")),
    Case::user(golden!("native")),
    Case::user(golden!("odd_names")),
    Case::user(golden!("together")),
];

#[test]
fn every_golden_directory_is_a_case() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/tests/golden");
    let directories =
        std::fs::read_dir(path).unwrap().filter(|entry| entry.as_ref().unwrap().path().is_dir());
    assert_eq!(directories.count(), GOLDEN.len() + [TYPICAL].len());
}
