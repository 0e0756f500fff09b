//! `cargo lucia schema`: the tables as a person wants to see them.

mod mermaid;
mod row;
mod svg;
mod text;

use std::fmt::Write as _;

use lucia_schema::{Schema, sql};
use serde_json::json;

use super::arguments::{Format, Which};
use super::find::{self, Found};
use super::problem::CliProblem;
use super::{Answer, Ending, Stop};
use crate::{Database, place};

pub(super) fn run(which: &Which, format: Format) -> Result<Answer, Stop> {
    let found = find::find(which)?;
    let schema = found.structure.schema();
    let shown = match format {
        Format::Text => text::draw(&schema),
        Format::Sql => statements(&found, &schema, &which.databases())?,
        Format::Mermaid => mermaid::draw(&schema),
        Format::Svg => svg::draw(&schema),
    };
    let json = json!({
        "status": "shown",
        "user": found.structure.ident.to_string(),
        "file": found.file(),
        "fingerprint": schema.fingerprint(),
        "tables": schema.tables,
        "shown": shown,
    });
    Ok(Answer { ending: Ending::Good, text: shown, json })
}

/// The statements of one database, or of each with its name above them.
fn statements(found: &Found, schema: &Schema, asked: &[Database]) -> Result<String, Stop> {
    let named = || found.places.iter().map(|place| place.database).collect();
    let databases: Vec<Database> = if asked.is_empty() { named() } else { asked.to_vec() };
    place::check_column_types(&found.user, &found.structure, &databases)?;
    match databases.as_slice() {
        [] => Err(CliProblem::NoDatabase { file: found.file() }.into()),
        [only] => Ok(sql::create(schema, *only)),
        several => Ok(several.iter().fold(String::new(), |mut out, database| {
            let gap = if out.is_empty() { "" } else { "\n" };
            // Writing to a `String` cannot fail.
            let _ = write!(out, "{gap}-- {database}\n{}", sql::create(schema, *database));
            out
        })),
    }
}
