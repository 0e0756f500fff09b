//! All operations one after the other: on each kind of connection, in transactions of the caller, and with one event each.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diesel::connection::{LoadConnection, SimpleConnection};
use diesel::prelude::*;
use diesel::r2d2::{ConnectionManager, Pool};
use diesel::sqlite::Sqlite;
use lucia::diesel::Pooled;
use lucia::{Auth, Builder, NewKey, On, Sessions};
use lucia_tests::{Database, User, UserChanges, attributes, auth_user, cheap_hasher};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::support::{
    EMAIL, LINK, PASSWORD, again, counts, dump, get, name, nobody, right, rolled_back, with_password,
};

const SOON: Duration = Duration::from_secs(60);

/// Every operation, each with what it is to come to, on a borrowed connection. Two users are left, one key and one session
/// of each.
fn everything<C: LoadConnection<Backend = Sqlite> + Send>(auth: &On<'_, User, C>) {
    let ada = auth.create_user(with_password("ada"), attributes("ada")).unwrap();
    let bob =
        auth.create_user_with_id(lucia::UserId::new("bob").unwrap(), with_password("bob"), attributes("bob"));
    let bob = bob.unwrap();
    assert_eq!(auth.user(&ada.id).unwrap(), ada);
    assert_eq!(auth.user_by(auth_user::username, "ada").unwrap().unwrap(), ada);
    assert_eq!(auth.user_by_key(&name("bob")).unwrap().unwrap(), bob);
    let changes = UserChanges { logins: Some(1), ..UserChanges::default() };
    assert_eq!(auth.update_user(&ada.id, changes).unwrap().logins, 1);
    let email = EMAIL.id("ada@example.com").unwrap();
    auth.create_key(&ada.id, NewKey::without_password(email.clone())).unwrap();
    assert_eq!(auth.key(&email).unwrap().user_id, ada.id);
    assert_eq!(auth.keys(&ada.id).unwrap().len(), 2);
    assert!(auth.use_key(&email, None).unwrap().is_some());
    assert!(auth.delete_key(&email).unwrap());
    let link = auth.create_token(&ada.id, LINK, SOON).unwrap();
    assert!(auth.use_token(LINK, &link).unwrap().is_some());
    auth.set_password(&name("bob"), Some("battery staple".into()), Sessions::EndAll).unwrap();
    assert!(auth.log_in(&name("bob"), &right()).unwrap().is_none());
    let bobs = auth.change_password(&name("bob"), &"battery staple".into(), right()).unwrap().unwrap();
    auth.rename_key(&name("ada"), &name("countess")).unwrap();
    let session = auth.log_in(&name("countess"), &right()).unwrap().unwrap();
    let other = auth.create_session(&ada.id).unwrap();
    assert_eq!(auth.sessions(&ada.id).unwrap().len(), 2);
    let token = again(session.token().unwrap());
    assert_eq!(auth.session(&token).unwrap().id(), session.id());
    assert_eq!(auth.validate(&token).unwrap().id(), session.id());
    assert_eq!(auth.validate_user(&token).unwrap().user.id, ada.id);
    assert!(auth.renew_session(other.token().unwrap()).unwrap().is_fresh());
    auth.invalidate_other_sessions(&ada.id, session.id()).unwrap();
    auth.invalidate_sessions(&bob.id).unwrap();
    assert!(auth.validate(bobs.token().unwrap()).unwrap_err().is_invalid_session());
    auth.create_session(&bob.id).unwrap();
    let third = auth.create_user(with_password("eve"), attributes("eve")).unwrap();
    auth.invalidate_session(auth.create_session(&third.id).unwrap().id()).unwrap();
    auth.delete_user(&third.id).unwrap();
    let _ = auth.sweep_user(&ada.id).unwrap();
    let _ = auth.sweep(10).unwrap();
}

const LEFT: (i64, i64, i64) = (2, 2, 2);

#[test]
fn on_a_connection_of_the_callers() {
    let database = Database::new();
    let mut conn = database.connect();
    everything(&database.auth().on(&mut conn));
    assert_eq!(counts(&mut conn), LEFT);
}

#[test]
fn on_a_connection_of_a_pool() {
    let database = Database::new();
    let pool = pool(&database, 2);
    let mut conn = pool.get().unwrap();
    everything(&database.auth().on(&mut conn));
    assert_eq!(counts(&mut conn), LEFT);
    conn.transaction(|conn| -> lucia::Result<()> {
        database.auth().on(conn).delete_user(&lucia::UserId::new("bob").unwrap())?;
        Err(lucia::Error::unknown_user())
    })
    .unwrap_err();
    assert_eq!(counts(&mut conn), LEFT);
}

#[test]
fn in_a_transaction_that_is_committed_everything_stays() {
    let database = Database::new();
    let auth = database.auth();
    let mut conn = database.connect();
    let inside = conn
        .immediate_transaction(|conn| {
            everything(&auth.on(conn));
            assert_eq!(counts(&mut database.connect()), (0, 0, 0), "nobody else sees it yet");
            QueryResult::Ok(dump(conn))
        })
        .unwrap();
    assert_eq!(counts(&mut database.connect()), LEFT);
    assert_eq!(dump(&mut database.connect()), inside);
}

#[test]
fn in_a_transaction_that_is_rolled_back_nothing_stays() {
    let database = Database::new();
    let auth = database.auth();
    get(auth.create_user(with_password("zoe"), attributes("zoe"))).unwrap();
    let before = dump(&mut database.connect());
    rolled_back(&mut database.connect(), |conn| everything(&auth.on(conn)));
    assert_eq!(dump(&mut database.connect()), before);
}

#[test]
fn a_refused_operation_leaves_the_callers_transaction_as_it_was() {
    let database = Database::new();
    let auth = database.auth();
    let mut conn = database.connect();
    conn.transaction(|conn| -> lucia::Result<()> {
        auth.on(conn).create_user(with_password("ada"), attributes("ada"))?;
        assert!(
            auth.on(conn).create_user(with_password("ada"), attributes("bob")).unwrap_err().is_key_taken()
        );
        assert!(auth.on(conn).create_session(&nobody()).unwrap_err().is_unknown_user());
        auth.on(conn).create_user(with_password("bob"), attributes("bob"))?;
        Ok(())
    })
    .unwrap();
    assert_eq!(counts(&mut conn), (2, 2, 0));
}

/// An app: a user, and a table of the app's own.
mod app {
    #[derive(Clone, Debug, PartialEq, lucia::LuciaUser)]
    pub(crate) struct Member {
        pub(crate) id: lucia::UserId,
        #[lucia(unique)]
        pub(crate) username: String,
    }

    diesel::table! {
        profile (user_id) {
            user_id -> Text,
            motto -> Text,
        }
    }
    diesel::joinable!(profile -> auth_user (user_id));
    diesel::allow_tables_to_appear_in_same_query!(profile, auth_user);
}

#[test]
fn a_user_and_the_apps_own_row_are_made_together_or_not_at_all() {
    use app::{Member, MemberAttributes, auth_user, profile};

    let tables = lucia_tests::schema_sql("struct Member { id: UserId, #[lucia(unique)] username: String }");
    let database = Database::with_schema(&tables);
    let auth: Auth<Member> = database.builder().development().unwrap();
    let mut conn = database.connect();
    conn.batch_execute(
        "CREATE TABLE profile (user_id TEXT NOT NULL PRIMARY KEY REFERENCES auth_user (id), \
         motto TEXT NOT NULL CHECK (motto <> ''))",
    )
    .unwrap();
    let mut sign_up = |username: &str, motto: &str| {
        conn.immediate_transaction(|conn| -> lucia::Result<_> {
            let attributes = MemberAttributes { username: username.to_owned() };
            let user = auth.on(conn).create_user(with_password(username), attributes)?;
            diesel::insert_into(profile::table)
                .values((profile::user_id.eq(&user.id), profile::motto.eq(motto)))
                .execute(conn)?;
            Ok(user)
        })
    };
    let ada = sign_up("ada", "to be").unwrap();
    assert!(sign_up("bob", "").is_err());
    assert!(sign_up("ada", "not to be").unwrap_err().is_taken());
    assert_eq!(counts(&mut conn), (1, 1, 0));
    let joined: Vec<(Member, String)> = auth_user::table
        .inner_join(profile::table)
        .filter(profile::motto.like("to%"))
        .select((Member::as_select(), profile::motto))
        .load(&mut conn)
        .unwrap();
    assert_eq!(joined, [(ada, "to be".to_owned())]);
}

pub(crate) fn pool(database: &Database, size: u32) -> Pool<ConnectionManager<SqliteConnection>> {
    Pool::builder()
        .max_size(size)
        .connection_timeout(Duration::from_secs(5))
        .build(ConnectionManager::new(database.path().to_str().unwrap()))
        .unwrap()
}

#[test]
fn on_a_pool_that_the_app_made_itself() {
    let database = Database::new();
    let auth: Auth<User> =
        Builder::new(Pooled::new(pool(&database, 2))).password_hasher(cheap_hasher()).development().unwrap();
    let ada = get(auth.create_user(with_password("ada"), attributes("ada"))).unwrap();
    let session = get(auth.log_in(&name("ada"), &right())).unwrap().unwrap();
    assert_eq!(get(auth.validate_user(&again(session.token().unwrap()))).unwrap().user, ada);
    assert!(get(auth.create_user(with_password("ada"), attributes("bob"))).unwrap_err().is_key_taken());
    get(auth.delete_user(&ada.id)).unwrap();
    assert_eq!(counts(&mut database.connect()), (0, 0, 0));
}

/// The operations and levels of the events on this thread.
#[derive(Clone, Default)]
struct Events(Arc<Mutex<Vec<(String, Level)>>>);

struct Operation(Option<String>);

impl Visit for Operation {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if field.name() == "operation" {
            self.0 = Some(format!("{value:?}"));
        }
    }
}

impl Subscriber for Events {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        if event.metadata().target() != "lucia" {
            return;
        }
        let mut operation = Operation(None);
        event.record(&mut operation);
        let operation = operation.0.unwrap().trim_matches('"').to_owned();
        self.0.lock().unwrap().push((operation, *event.metadata().level()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[test]
fn each_operation_emits_one_event_whatever_comes_of_it() {
    let database = Database::new();
    let auth = database.auth();
    let mut conn = database.connect();
    let events = Events::default();
    let auth = auth.on(&mut conn);
    let user = auth.create_user(with_password("ada"), attributes("ada")).unwrap();
    let session = auth.create_session(&user.id).unwrap();
    let link = auth.create_token(&user.id, LINK, SOON).unwrap();
    let (known, unknown) = (again(session.token().unwrap()), lucia::SessionToken::parse([b'A'; 43]).unwrap());
    let code = || NewKey::password(EMAIL.id("x").unwrap(), "123456").single_use(SOON);
    let changes = || UserChanges { logins: Some(1), ..UserChanges::default() };
    macro_rules! each {
        ($($operation:ident($($arg:expr),*);)*) => {$(
            events.0.lock().unwrap().clear();
            let succeeded = tracing::subscriber::with_default(events.clone(), || auth.$operation($($arg),*).is_ok());
            let seen = events.0.lock().unwrap().clone();
            let reads = ["user", "user_by", "user_by_key", "key", "keys", "session", "validate", "validate_user", "sessions"];
            let name = stringify!($operation);
            assert_eq!(seen.len(), 1, "{name}: {seen:?}");
            assert_eq!(seen[0].0, name.strip_suffix("_with_id").unwrap_or(name));
            let level = if succeeded && reads.contains(&name) { Level::DEBUG } else { Level::INFO };
            assert_eq!(seen[0].1, level, "{name}");
        )*};
    }
    each! {
        create_user(with_password("bob"), attributes("bob"));
        create_user(with_password("bob"), attributes("bob"));
        create_user_with_id(nobody(), None, attributes("eve"));
        user(&user.id);
        user(&lucia::UserId::new("x").unwrap());
        user_by(auth_user::username, "ada");
        user_by(auth_user::username, "x");
        user_by_key(&name("ada"));
        update_user(&user.id, changes());
        update_user(&lucia::UserId::new("x").unwrap(), changes());
        create_key(&user.id, code());
        create_key(&user.id, code());
        create_token(&user.id, LINK, SOON);
        use_token(LINK, &link);
        use_token(LINK, &link);
        key(&name("ada"));
        key(&name("x"));
        keys(&user.id);
        use_key(&name("ada"), Some(&right()));
        use_key(&name("ada"), None);
        log_in(&name("ada"), &right());
        log_in(&name("ada"), &"x".into());
        create_session(&user.id);
        create_session(&lucia::UserId::new("x").unwrap());
        session(&known);
        session(&unknown);
        validate(&known);
        validate(&unknown);
        validate_user(&known);
        sessions(&user.id);
        renew_session(&known);
        renew_session(&unknown);
        invalidate_session(session.id());
        invalidate_other_sessions(&user.id, session.id());
        invalidate_sessions(&user.id);
        set_password(&name("ada"), Some(right()), Sessions::EndAll);
        set_password(&name("x"), None, Sessions::EndAll);
        change_password(&name("ada"), &right(), PASSWORD.into());
        rename_key(&name("ada"), &name("countess"));
        rename_key(&name("ada"), &name("countess"));
        delete_key(&name("x"));
        sweep_user(&user.id);
        sweep(10);
        delete_user(&user.id);
    }
}
