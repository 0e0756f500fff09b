//! What the derive has rustc say that no case of `ui` can show. Real builds: the other tests have all features on, and a case has
//! one error.

use crate::build_project::Project;

const MANIFEST: &str = r#"
[dependencies]
chrono = { version = "0.4", default-features = false }
diesel = { version = "2.3.14", default-features = false, features = ["sqlite"] }
libsqlite3-sys = { version = "0.38", features = ["bundled"] }
lucia = { path = "{workspace}/lucia", default-features = false, features = ["sqlite"] }
uuid = { version = "1", default-features = false }
"#;

/// An app with one attribute, which it gives, changes and reads.
fn main_with(attribute: &str, items: &str, ty: &str) -> String {
    format!(
        "use lucia::{{Auth, LuciaUser, UserId}};

{items}

#[derive(Clone, Debug, LuciaUser)]
pub struct User {{
    pub id: UserId,
    {attribute}
    pub given: {ty},
}}

pub async fn changed(auth: &Auth<User>, given: {ty}) -> lucia::Result<{ty}> {{
    let user = auth.create_user(None, UserAttributes {{ given: given.clone() }}).await?;
    auth.update_user(&user.id, UserChanges {{ given: Some(given.clone()) }}).await?;
    auth.set_attribute(&user.id, auth_user::given, given).await.map(|user| user.given)
}}

fn main() {{
    let _ = changed;
}}
"
    )
}

#[test]
fn a_feature_that_is_off_is_named_at_the_field_that_needs_it() {
    let app = Project::new("without_features", MANIFEST, "fn main() {}\n");
    let newtype = "#[derive(Clone, Debug, lucia::LuciaAttribute)]\npub struct Born(chrono::NaiveDate);";
    let settings = "#[derive(Clone, Debug)]\npub struct Settings;";
    for (attribute, items, ty, feature, line) in [
        ("", "", "chrono::DateTime<chrono::Utc>", "chrono", 9),
        ("", "", "Option<chrono::NaiveTime>", "chrono", 9),
        ("#[lucia(unique)]", "", "uuid::Uuid", "uuid", 9),
        ("#[lucia(stored_as = NaiveDate)]", newtype, "Born", "chrono", 4),
        ("#[lucia(stored_as = Json)]", settings, "Settings", "json", 10),
    ] {
        app.write("src/main.rs", &main_with(attribute, items, ty));
        let build = app.build(&[], "");
        let said = format!("` needs the feature `{feature}` of lucia");
        assert!(build.only_error().ends_with(&said), "{}", build.text);
        assert!(build.text.contains(&format!("--> src/main.rs:{line}:")), "{}", build.text);
        let fix = format!("= note: run `cargo add lucia --features {feature}`");
        assert!(build.text.contains(&fix) && !build.text.contains("__private"), "{}", build.text);
    }
}

/// Queries of ours that asked for Diesel's traits on the struct had rustc go through all that is built upon them, for minutes and
/// gigabytes.
#[test]
fn a_struct_that_derives_diesels_traits_too_is_told_so_once_for_each() {
    let app = Project::new("derives_twice", MANIFEST, "fn main() {}\n");
    app.write(
        "src/main.rs",
        "use diesel::prelude::*;
use lucia::{LuciaUser, UserId};

#[derive(Clone, Debug, LuciaUser, Queryable, Selectable)]
#[diesel(table_name = auth_user)]
pub struct User {
    pub id: UserId,
    pub name: String,
}

fn main() {}
",
    );
    let build = app.build(&[], "");
    let errors = build.text.lines().filter(|line| line.starts_with("error["));
    let errors: Vec<&str> = errors.map(|line| line.split(" for type").next().unwrap()).collect();
    let conflict = "error[E0119]: conflicting implementations of trait";
    assert!(errors.len() == 2 && errors.iter().all(|error| error.starts_with(conflict)), "{}", build.text);
}
