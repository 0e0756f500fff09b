//! Every change of one field into another: what is asked for is enough, and what is refused is refused before it is asked.

use lucia_schema::{Question, Rename, sql::Backfill};

use super::{App, user_with};
use crate::Database;
use crate::decisions::{Decisions, Drop};
use crate::make::{Job, NotMade};
use crate::need::Need;

/// Fields of which an app has one after the other.
const FIELDS: [&str; 29] = [
    "",
    "pub a: String,",
    "pub a: Option<String>,",
    "#[lucia(default = \"x\")] pub a: String,",
    "#[lucia(max_length = 20)] pub a: String,",
    "#[lucia(max_length = 5)] pub a: Option<String>,",
    "#[lucia(unique)] pub a: String,",
    "#[lucia(unique(nocase))] pub a: Option<String>,",
    "#[lucia(index)] pub a: Option<String>,",
    "pub a: bool,",
    "#[lucia(default = true)] pub a: bool,",
    "pub a: i16,",
    "pub a: i32,",
    "#[lucia(default = 7)] pub a: Option<i32>,",
    "#[lucia(unique)] pub a: i64,",
    "pub a: Option<i64>,",
    "pub a: f32,",
    "pub a: Option<f64>,",
    "pub a: Vec<u8>,",
    "#[lucia(max_length = 9)] pub a: Option<Vec<u8>>,",
    "pub a: NaiveDate,",
    "pub a: Option<NaiveTime>,",
    "pub a: NaiveDateTime,",
    "#[lucia(default = now)] pub a: DateTime<Utc>,",
    "pub a: Uuid,",
    "pub a: serde_json::Value,",
    "pub b: String,",
    "#[lucia(renamed_from = \"a\")] pub b: Option<String>,",
    "#[lucia(sql_type = Inet, sqlite = \"TEXT\", postgres = \"INET\", mysql = \"TEXT\")] pub a: IpNetwork,",
];

#[test]
fn what_is_asked_for_is_enough() {
    let mut refused = 0;
    for before in FIELDS {
        let mut app = App::new(&user_with(before));
        app.databases = Database::ALL.to_vec();
        assert_eq!(app.ordered("write").errors(), Vec::<&str>::new(), "{before}");
        for after in FIELDS {
            app.write("src/user.rs", &user_with(after));
            for is_renamed in answers(&app) {
                match all_decided(&app, is_renamed) {
                    Ok(jobs) => {
                        // Some differ only in what a database does not see.
                        let expected = if app.build().drift().is_some() { 3 } else { 0 };
                        assert_eq!(jobs.len(), expected, "{before} -> {after}: {jobs:#?}");
                    }
                    Err(problems) => {
                        refused += 1;
                        let before_asking = |problem: &String| problem.contains(", which is not written: ");
                        assert!(problems.iter().all(before_asking), "{before} -> {after}: {problems:#?}");
                    }
                }
            }
        }
    }
    assert!(refused > 50, "{refused}");
}

/// No, and yes where it is asked.
fn answers(app: &App) -> Vec<bool> {
    let is_question = |need: &Need| matches!(need, Need::Renamed(_));
    match app.planned(&Decisions::default()) {
        Err(NotMade::Undecided(needs)) if needs.iter().any(is_question) => vec![false, true],
        _ => vec![false],
    }
}

/// The migrations, with a yes to everything that is asked for, or with a no to whether a column is a renamed one.
fn all_decided(app: &App, is_renamed: bool) -> Result<Vec<Job>, Vec<String>> {
    let mut decisions = Decisions::default();
    for _ in 0..10 {
        let needs = match app.planned(&decisions) {
            Ok(jobs) => return Ok(jobs),
            Err(NotMade::Problems(problems)) => {
                return Err(problems.iter().map(ToString::to_string).collect());
            }
            Err(NotMade::Undecided(needs)) => needs,
        };
        // One at a time, since an answer may settle others.
        decide(&needs[0], is_renamed, &mut decisions);
    }
    panic!("it asks again and again: {decisions:?}")
}

fn decide(need: &Need, is_renamed: bool, decisions: &mut Decisions) {
    match need {
        Need::Renamed(questions) => {
            let Question { table, dropped, added, .. } = &questions[0];
            if is_renamed {
                decisions.renames.push(Rename::new(table, &dropped.name, &added.name));
            } else {
                decisions.drops.push(Drop { table: table.clone(), column: dropped.name.clone() });
            }
        }
        Need::Backfill { table, column, .. } => {
            let (table, column) = (table.clone(), column.clone());
            decisions.backfills.push(Backfill { table, column, sql: "name".to_owned() });
        }
        Need::Destructive { .. } => decisions.destructive = true,
        Need::Duplicates { .. } => decisions.duplicates = true,
        Need::RunningCode { .. } => panic!("the command takes it for said"),
    }
}
