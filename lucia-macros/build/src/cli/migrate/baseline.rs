//! `cargo lucia migrate baseline`: for a database that has the tables already.

use lucia_schema::Schema;
use lucia_schema::audit::Finding;
use serde_json::json;

use super::live::Live;
use crate::cli::arguments::{AllowedInBaseline, Baseline, Which};
use crate::cli::audit;
use crate::cli::database::{IfMissing, InDatabase};
use crate::cli::paint::{careful, good};
use crate::cli::{Answer, Ending, Stop};
use crate::decisions::Decisions;
use crate::{history, problem};

/// Enters that the first migration of the struct has run, if the tables are what it would have made.
pub(in crate::cli) fn baseline(which: &Which, given: &Baseline) -> Result<Answer, Stop> {
    let mut live = Live::open(which, &given.live, IfMissing::Refuse)?;
    let First { name, version, schema } = first(&live)?;
    if live.done.contains(&version) {
        let text = format!("`{name}` has run already, or was marked as run.\n");
        let json = live.json("marked", json!({ "migrations": [], "findings": [] }));
        return Ok(Answer { ending: Ending::Good, text, json });
    }
    let found = live.audit(&schema)?;
    if !found.is_empty() && !given.allow.contains(&AllowedInBaseline::Differences) {
        return Ok(undecided(&live, &name, &found));
    }
    live.mark(&version)?;
    let text = format!("{} `{name}` as run, without running it.\n", good("Marked"));
    let json = live.json("marked", json!({ "migrations": [name], "findings": found }));
    Ok(Answer { ending: Ending::Good, text, json })
}

/// What is to be marked.
struct First {
    name: String,
    version: String,
    /// The tables that it makes.
    schema: Schema,
}

fn first(live: &Live) -> Result<First, Stop> {
    let comparisons = live.subject.compare(&Decisions::default())?;
    problem::none_of(comparisons.iter().flat_map(history::edited))?;
    let link = comparisons.iter().find_map(|comparison| comparison.history.first());
    let Some(link) = link else {
        return Err(InDatabase::NoFirst { folder: live.folder()?.path.clone() }.into());
    };
    Ok(First {
        name: link.migration.name.clone(),
        version: link.migration.version.clone(),
        schema: link.snapshot.schema.clone(),
    })
}

fn undecided(live: &Live, name: &str, found: &[Finding]) -> Answer {
    let text = format!(
        "{}\n\n{}\nMend them, or run `cargo lucia migrate baseline` with `--allow differences`, which changes no table.\n",
        careful(format!("The tables in `{}` are not those that `{name}` makes:", live.url)),
        audit::list(found)
    );
    let flags = ["--allow differences"];
    let need = json!({
        "what": format!("the tables are not those that `{name}` makes"),
        "reason": "the migrations after it expect its tables",
        "flags": flags,
        "answers": ["they are mended: run this again", "that is meant: pass `--allow differences`"],
    });
    let json = live.json("undecided", json!({ "needs": [need], "findings": found }));
    Answer { ending: Ending::Undecided, text, json }
}
