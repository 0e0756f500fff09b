//! The contract, one test for each rule; and that the file is read again.

use std::fs;

use lucia::adapter::{SessionAdapter, UserAdapter, UserLookup};
use lucia::conformance::Setup;
use lucia::{LuciaUser, UserId};
use tempfile::TempDir;

use crate::adapter::JsonLines;

/// A user with an attribute of most kinds, as the rules like to have one.
#[derive(Clone, Debug, PartialEq, LuciaUser)]
#[lucia(user_table = "member", session_table = "member_session", key_table = "member_key")]
#[lucia(unique(tenant, badge))]
pub struct Member {
    id: UserId,
    #[lucia(unique)]
    name: String,
    #[lucia(unique(nocase))]
    email: Option<String>,
    tenant: i64,
    badge: Option<i32>,
    rank: i16,
    score: f64,
    is_admin: bool,
    photo: Vec<u8>,
    born: lucia::chrono::NaiveDate,
    seen: lucia::chrono::DateTime<lucia::chrono::Utc>,
    token: lucia::uuid::Uuid,
}

fn member(id: UserId, n: u32) -> Member {
    Member {
        id,
        name: format!("name {n}"),
        email: Some(format!("{n}@example.com")),
        tenant: n.into(),
        badge: i32::try_from(n).ok(),
        rank: -1,
        score: f64::from(n) / 3.0,
        is_admin: n % 2 == 1,
        photo: n.to_be_bytes().to_vec(),
        born: lucia::chrono::NaiveDate::default() + lucia::chrono::Days::new(n.into()),
        seen: lucia::chrono::DateTime::from_timestamp(n.into(), 123_456_000).unwrap(),
        token: lucia::uuid::Uuid::from_u128(n.into()),
    }
}

struct OnFile {
    adapter: JsonLines<Member>,
    _dir: TempDir,
}

impl Setup for OnFile {
    type User = Member;
    type Adapter = JsonLines<Member>;

    async fn empty() -> Self {
        let dir = TempDir::new().unwrap();
        Self { adapter: JsonLines::open(dir.path().join("users.jsonl")).unwrap(), _dir: dir }
    }

    async fn adapter(&self) -> JsonLines<Member> {
        self.adapter.clone()
    }

    fn user(id: UserId, n: u32) -> Member {
        member(id, n)
    }

    fn changes(n: u32) -> MemberChanges {
        let name = Some(format!("name {n}"));
        let (email, rank) = (Some(Some(format!("{n}@example.com"))), Some(-1));
        MemberChanges { name, email, rank, score: Some(f64::from(n) / 3.0), ..MemberChanges::default() }
    }
}

lucia::conformance!(contract: OnFile);

#[tokio::test]
async fn whatever_was_told_to_be_done_is_there_after_a_crash() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("users.jsonl");
    let ada = member(UserId::new("ada").unwrap(), 1);
    {
        let adapter = JsonLines::<Member>::open(&path).unwrap();
        let new = lucia::adapter::NewUser { user: ada.clone(), key: None };
        adapter.create_user(new.into()).await.unwrap();
        assert!(JsonLines::<Member>::open(&path).is_err(), "one process at a time");
    }
    // A line of which the crash has left a half.
    let mut text = fs::read_to_string(&path).unwrap();
    text.push_str("[{\"NoUser\":\"ad");
    fs::write(&path, text).unwrap();
    for _ in 0..2 {
        let adapter = JsonLines::<Member>::open(&path).unwrap();
        let found = adapter.find_user(UserLookup::Id(ada.id.clone())).await.unwrap();
        assert_eq!(found.as_ref(), Some(&ada));
        adapter.delete_session("any".to_owned()).await.unwrap();
        let changes = MemberChanges { rank: Some(ada.rank), ..MemberChanges::default() };
        adapter.update_user(ada.id.clone(), changes).await.unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 3);
}
