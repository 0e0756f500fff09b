//! No secret is in any output: not in what values and errors print, not in what is traced, not in the database file.

use std::fmt::{Debug, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use diesel::connection::SimpleConnection;
use lucia::{Error, NewKey, Password, Sessions};
use lucia_tests::{Database, UserChanges, attributes};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::support::{DAY, EMAIL, LINK, MINUTE, get, key_rows, name, nobody, token};

/// All that was traced in this process since the test began.
static TRACED: Mutex<String> = Mutex::new(String::new());

fn traced() -> MutexGuard<'static, String> {
    TRACED.lock().unwrap_or_else(PoisonError::into_inner)
}

struct Everything;

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?} {value:#?}");
    }

    fn record_error(&mut self, field: &Field, mut value: &(dyn std::error::Error + 'static)) {
        loop {
            let _ = write!(self.0, " {field}={value} {value:?}");
            match value.source() {
                Some(source) => value = source,
                None => break,
            }
        }
    }
}

impl Subscriber for Everything {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Fields(&mut traced()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Fields(&mut traced()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut traced = traced();
        traced.push('\n');
        event.record(&mut Fields(&mut traced));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// What values and errors print.
#[derive(Default)]
struct Printed(String);

impl Printed {
    fn value<T: Debug>(&mut self, value: T) -> T {
        let _ = write!(self.0, "{value:?} {value:#?}");
        value
    }

    fn error(&mut self, error: &Error) {
        let _ = write!(self.0, "{error} {error:?} {error:#?}");
        Fields(&mut self.0).0.push(' ');
        let mut source = std::error::Error::source(error);
        while let Some(error) = source {
            let _ = write!(self.0, "{error} {error:?}");
            source = error.source();
        }
    }

    fn result<T: Debug>(&mut self, result: lucia::Result<T>) -> Option<T> {
        match result {
            Ok(value) => Some(self.value(value)),
            Err(error) => {
                self.error(&error);
                None
            }
        }
    }
}

#[test]
fn no_secret_is_printed_traced_or_stored() {
    tracing::subscriber::set_global_default(Everything).unwrap();
    let database = Database::new();
    let auth = database.auth();
    let mut printed = Printed::default();
    let mut secrets: Vec<String> = Vec::new();
    let mut in_the_cookie_only: Vec<String> = Vec::new();
    let (old, new, wrong, code) = ("canary-old-1", "canary-new-2", "canary-wrong-3", "canary-4");
    let address = EMAIL.id("canary-5@example.com").unwrap();
    let password = Password::from;

    let key = printed.value(NewKey::password(name("ada"), old));
    let user = get(auth.create_user(key, attributes("ada"))).unwrap();
    printed.result(get(auth.create_user(NewKey::password(name("ada"), wrong), attributes("bob"))));
    printed.result(get(auth.create_user(NewKey::password(name("bob"), "canary\0"), attributes("bob"))));
    printed.result(get(
        auth.create_key(&user.id, NewKey::password(address.clone(), code).single_use(Duration::ZERO))
    ));
    printed.result(get(auth.create_key(&nobody(), NewKey::password(name("x"), wrong))));
    let link = printed.result(get(auth.create_token(&user.id, LINK, Duration::from_secs(60)))).unwrap();
    let late = printed.result(get(auth.create_token(&user.id, LINK, Duration::ZERO))).unwrap();
    printed.result(get(auth.use_token(LINK, &link)));
    secrets.extend([link, late].iter().map(|token| token.expose().to_owned()));

    let session = printed.result(get(auth.log_in(&name("ada"), &password(old)))).unwrap().unwrap();
    printed.result(get(auth.log_in(&name("ada"), &password(wrong))));
    printed.result(get(auth.log_in(&address, &password(code))));
    printed.result(get(auth.use_key(&address, Some(&password(wrong)))));
    database.clock.advance(1);
    printed.result(get(auth.use_key(&address, Some(&password(code)))));
    printed.result(get(auth.session(&token(&session))));
    printed.result(get(auth.validate_user(&token(&session))));
    database.clock.advance(2 * DAY);
    let renewed = printed.result(get(auth.validate(&token(&session)))).unwrap();
    let again = printed.result(get(auth.renew_session(&token(&renewed)))).unwrap();
    printed.result(get(auth.sessions(&user.id)));
    printed.result(get(auth.keys(&user.id)));
    printed.result(get(auth.key(&name("ada"))));
    let hashes = |database: &Database| key_rows(&mut database.connect()).into_iter().filter_map(|row| row.3);
    secrets.extend(hashes(&database));
    let changed = get(auth.change_password(&name("ada"), &password(old), password(new)));
    let changed = printed.result(changed).unwrap().unwrap();
    printed.result(get(auth.change_password(&name("ada"), &password(wrong), password(old))));
    printed.result(get(auth.change_password(&name("ada"), &password(wrong), password("canary"))));
    printed.result(get(auth.set_password(&name("ada"), Some(password(old)), Sessions::Keep)));
    printed.result(get(auth.set_password(&name("ada"), Some(password("canary")), Sessions::Keep)));
    printed.result(get(auth.rename_key(&name("ada"), &address)));
    printed.result(get(auth.rename_key(&name("ada"), &address)));
    printed
        .result(get(auth.update_user(&user.id, UserChanges { logins: Some(1), ..UserChanges::default() })));
    secrets.extend(hashes(&database));
    for session in [&session, &renewed, &again, &changed] {
        let text = session.token().unwrap().expose();
        printed.value(session);
        in_the_cookie_only.push(text.to_owned());
    }

    // The database is broken in the middle of everything.
    database.clock.advance(2 * DAY);
    let mut conn = database.connect();
    conn.batch_execute("CREATE TRIGGER a BEFORE UPDATE ON auth_session BEGIN SELECT raise(ABORT, 'no'); END")
        .unwrap();
    printed.result(get(auth.validate(&token(&changed))));
    conn.batch_execute("UPDATE auth_key SET hashed_password = 's2:canary-6'").unwrap();
    printed.result(get(auth.log_in(&address, &password(old))));
    conn.batch_execute("ALTER TABLE auth_key RENAME TO x; ALTER TABLE auth_session RENAME TO y").unwrap();
    printed.result(get(auth.log_in(&address, &password(old))));
    printed.result(get(auth.validate_user(&token(&changed))));
    printed.result(get(auth.create_user(NewKey::password(name("eve"), wrong), attributes("eve"))));
    printed.result(get(auth.create_session(&user.id)));
    printed.result(get(auth.delete_user(&user.id)));
    printed.result(auth.on(&mut conn).log_in(&address, &password(old)));
    printed.value(&auth);
    printed.value(auth.on(&mut conn));
    database.clock.advance(MINUTE);

    let traced = traced().clone();
    for (what, text) in [("printed", &printed.0), ("traced", &traced)] {
        assert!(text.len() > 1_000, "{what}: something was");
        assert!(!text.contains("canary"), "{what}: {text}");
        for secret in secrets.iter().chain(&in_the_cookie_only) {
            assert!(!text.contains(secret), "{what}");
        }
    }
    // Nothing was asked for in vain: the operations were traced, also those that failed.
    for operation in ["create_user", "log_in", "use_token", "change_password", "validate", "rename_key"] {
        assert!(traced.contains(&format!("operation=\"{operation}\"")), "{operation}");
    }

    let mut stored = Vec::new();
    for file in std::fs::read_dir(database.path().parent().unwrap()).unwrap() {
        stored.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    let holds = |text: &str| stored.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds(changed.id().as_str()), "the session itself is there");
    for secret in in_the_cookie_only.iter().map(String::as_str).chain([old, new, wrong, code]) {
        assert!(!holds(secret), "{secret}");
    }
    for link in &secrets[..2] {
        assert!(!holds(link), "{link}");
    }
}
