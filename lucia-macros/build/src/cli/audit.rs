//! `cargo lucia audit`: the tables of a database beside those of the struct.

use std::fmt::Write as _;

use lucia_schema::audit::{Finding, Severity};
use serde_json::json;

use super::arguments::{Live as Given, Which};
use super::database::IfMissing;
use super::migrate::live::Live;
use super::paint::{bad, careful, good, strong};
use super::{Answer, Ending, Stop};

/// What is not as it should be.
pub(super) fn run(which: &Which, given: &Given) -> Result<Answer, Stop> {
    let mut live = Live::open(which, given, IfMissing::Refuse)?;
    let schema = live.subject.found.structure.schema();
    let found = live.audit(&schema)?;
    let subject = live.subject.name();
    if found.is_empty() {
        let text = format!(
            "The tables in `{}` are {} for the struct {subject}.\n",
            live.url,
            good("as they should be")
        );
        let json = live.json("in_step", json!({ "findings": [] }));
        return Ok(Answer { ending: Ending::Good, text, json });
    }
    let mut text =
        format!("The tables in `{}` are not as they should be for the struct {subject}:\n\n", live.url);
    text.push_str(&list(&found));
    if live.folder()?.migrations.iter().any(|migration| !live.has_run(migration)) {
        // Writing to a `String` cannot fail, here and below.
        let _ = writeln!(
            text,
            "\nMigrations are pending: run {} first, or, if the tables were there before, {}.",
            strong("`cargo lucia migrate run`"),
            strong("`cargo lucia migrate baseline`")
        );
    }
    Ok(Answer { ending: Ending::Drift, text, json: live.json("differs", json!({ "findings": found })) })
}

/// A paragraph for each, and a line for what can be run.
pub(super) fn list(found: &[Finding]) -> String {
    let mut out = String::new();
    for finding in found {
        let severity = match finding.severity {
            Severity::Error => bad(finding.severity),
            Severity::Warning => careful(finding.severity),
        };
        let mut words = finding.clone();
        let sql = words.sql.take();
        let words = words.to_string();
        let _ = match sql {
            Some(sql) => writeln!(out, "  {severity}: {}:\n    {sql}", words.trim_end_matches('.')),
            None => writeln!(out, "  {severity}: {words}"),
        };
    }
    out
}
