//! Databases that were there before: Lucia v1's own, and tables of other names and narrower ids.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use lucia::{Auth, KeyKind, LuciaUser, LuciaV1, UnixMillis, UserId, provider};
use lucia_tests::{Database, cheap_hasher, schema_sql};

use crate::support::{DAY, get, name, right, token, with_password};

/// The tables as the documentation of Lucia v1 has them, and rows that it wrote.
const LUCIA_V1: &str = "
    CREATE TABLE auth_user (id VARCHAR(31) NOT NULL PRIMARY KEY, username VARCHAR(31) NOT NULL UNIQUE);
    CREATE TABLE auth_session (
        id VARCHAR(127) NOT NULL PRIMARY KEY,
        user_id VARCHAR(15) NOT NULL,
        active_expires BIGINT NOT NULL,
        idle_expires BIGINT NOT NULL,
        FOREIGN KEY (user_id) REFERENCES auth_user (id)
    );
    CREATE TABLE auth_key (
        id VARCHAR(255) NOT NULL PRIMARY KEY,
        user_id VARCHAR(15) NOT NULL,
        primary_key INT2 NOT NULL,
        hashed_password VARCHAR(255),
        expires BIGINT,
        FOREIGN KEY (user_id) REFERENCES auth_user (id)
    );
    INSERT INTO auth_user VALUES ('aB3dE6gH9jK2mN5', 'Ada');
    INSERT INTO auth_key VALUES ('username:Ada Lovelace', 'aB3dE6gH9jK2mN5', 1, \
        's2:abcdefghijklmnop:732bd5c478953983828d4b32f3a1670a120a4ae2fceabec953fe4dc51b37d0e7\
c32022cdbec7055de0afc05f8774a525321876b7fcd007bdb56c8cb943e4a94a', NULL);
    INSERT INTO auth_key VALUES ('github:583231', 'aB3dE6gH9jK2mN5', 0, NULL, NULL);
    INSERT INTO auth_key VALUES ('email:zoë@example.com', 'aB3dE6gH9jK2mN5', 0, NULL, 1767225660000);
    INSERT INTO auth_session VALUES \
        ('AbcdefghijAbcdefghijAbcdefghijAbcdefghij', 'aB3dE6gH9jK2mN5', 1767312000000, 1768521600000);
";

/// What is asked of whoever adopts them.
const COLUMNS: &str = "
    ALTER TABLE auth_session ADD COLUMN created_at BIGINT;
    ALTER TABLE auth_session ADD COLUMN absolute_expires BIGINT;
    ALTER TABLE auth_session ADD COLUMN renewed_from TEXT;
    CREATE UNIQUE INDEX auth_session_renewed_from ON auth_session (renewed_from);
";

mod v1 {
    #[derive(Clone, Debug, PartialEq, lucia::LuciaUser)]
    pub(crate) struct Member {
        pub(crate) id: lucia::UserId,
        #[lucia(unique)]
        pub(crate) username: String,
    }
}

use v1::{Member, MemberAttributes};

fn adopted() -> (Database, Auth<Member>) {
    let database = Database::with_schema(&format!("{LUCIA_V1}{COLUMNS}"));
    let auth = database
        .builder()
        .user_id_length(15)
        .unwrap()
        .password_hasher(LuciaV1::or(cheap_hasher()))
        .development()
        .unwrap();
    (database, auth)
}

#[test]
fn users_and_keys_of_lucia_v1_are_read_as_they_are() {
    let (_database, auth) = adopted();
    let id = UserId::new("aB3dE6gH9jK2mN5").unwrap();
    let ada = get(auth.user(&id)).unwrap();
    assert_eq!(ada, Member { id: id.clone(), username: "Ada".to_owned() });
    assert_eq!(get(auth.user_by(v1::auth_user::username, "Ada")).unwrap().unwrap(), ada);
    let github = provider!("github").id("583231").unwrap();
    assert_eq!(get(auth.use_key(&github, None)).unwrap().unwrap().user_id, id);
    let keys = get(auth.keys(&id)).unwrap();
    let told: Vec<_> =
        keys.iter().map(|key| (key.id.provider(), key.id.identifier(), key.has_password)).collect();
    assert_eq!(
        told,
        [
            ("email", "zoë@example.com", false),
            ("github", "583231", false),
            ("username", "Ada Lovelace", true)
        ]
    );
    assert_eq!(keys[0].kind, KeyKind::SingleUse { expires: UnixMillis::from_millis(1_767_225_660_000) });
    assert!(keys[2].is_primary());
    // A row that is not in canonical form is found by its own text.
    for key in &keys {
        assert_eq!(&get(auth.key(&key.id)).unwrap(), key);
    }
    let logged_in = get(auth.log_in(&keys[2].id, &"hunter2".into())).unwrap().unwrap();
    assert_eq!(get(auth.validate_user(&token(&logged_in))).unwrap().user, ada);
}

#[test]
fn a_session_of_lucia_v1_is_listed_for_nobody_and_swept_when_it_is_dead() {
    let (database, auth) = adopted();
    let id = UserId::new("aB3dE6gH9jK2mN5").unwrap();
    assert_eq!(get(auth.sessions(&id)).unwrap().len(), 0);
    let presented = lucia::SessionToken::parse("AbcdefghijAbcdefghijAbcdefghijAbcdefghij").unwrap();
    assert!(get(auth.validate(&presented)).unwrap_err().is_invalid_session());
    database.clock.advance(30 * DAY);
    assert_eq!(get(auth.sweep(10)).unwrap(), lucia::Removed { sessions: 1, keys: 1 });
}

#[test]
fn new_users_fit_beside_those_of_lucia_v1() {
    let (_database, auth) = adopted();
    let bob =
        get(auth.create_user(with_password("bob"), MemberAttributes { username: "bob".to_owned() })).unwrap();
    assert_eq!(bob.id.as_str().len(), 15);
    assert!(get(auth.log_in(&name("bob"), &right())).unwrap().is_some());
    get(auth.delete_user(&UserId::new("aB3dE6gH9jK2mN5").unwrap())).unwrap();
    assert_eq!(get(auth.user_by(v1::auth_user::username, "Ada")).unwrap(), None);
}

mod other {
    #[derive(Clone, Debug, PartialEq, lucia::LuciaUser)]
    #[lucia(user_table = "people", session_table = "visits", key_table = "door_keys")]
    pub(crate) struct Person {
        pub(crate) id: lucia::UserId,
        #[lucia(unique, column = "login_name")]
        pub(crate) name: String,
        #[lucia(index)]
        pub(crate) r#type: Option<i16>,
    }
}

use other::{Person, PersonAttributes, PersonChanges};

#[test]
fn two_types_of_users_live_side_by_side_under_names_of_their_own() {
    let sql = schema_sql(
        r#"#[lucia(user_table = "people", session_table = "visits", key_table = "door_keys")]
        struct Person { id: UserId, #[lucia(unique, column = "login_name")] name: String, #[lucia(index)] r#type: Option<i16> }"#,
    );
    let database = Database::new();
    database.connect().batch_execute(&sql).unwrap();
    let users = database.auth();
    let people: Auth<Person> = database.builder().cookie_name("visit").development().unwrap();
    let ada = PersonAttributes { name: "ada".to_owned(), r#type: Some(-1) };
    let person = get(people.create_user(with_password("ada"), ada.clone())).unwrap();
    get(users.create_user(with_password("ada"), lucia_tests::attributes("ada"))).unwrap();
    assert_eq!(get(people.create_user(None, ada)).unwrap_err().taken_attribute(), Some("name"));
    let session = get(people.log_in(&name("ada"), &right())).unwrap().unwrap();
    assert_eq!(get(people.validate_user(&token(&session))).unwrap().user, person);
    assert!(get(users.validate(&token(&session))).unwrap_err().is_invalid_session());
    let changes = PersonChanges { r#type: Some(None), ..PersonChanges::default() };
    assert_eq!(get(people.update_user(&person.id, changes)).unwrap().r#type, None);
    assert_eq!(get(people.user_by(other::people::name, "ada")).unwrap().unwrap().id, person.id);
    assert_eq!(Person::TABLES.user, "people");
    let mut conn = database.connect();
    let rows: Vec<(String, String)> = other::visits::table
        .inner_join(other::people::table)
        .select((other::people::name, other::visits::id))
        .load(&mut conn)
        .unwrap();
    assert_eq!(rows, [("ada".to_owned(), session.id().to_string())]);
    get(people.delete_user(&person.id)).unwrap();
    assert!(get(users.log_in(&name("ada"), &right())).unwrap().is_some());
}
