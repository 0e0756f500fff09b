//! Asks a person on a terminal what only they can decide.

#[cfg(test)]
mod tests;

use std::io::{self, BufRead, Write};

use lucia_schema::{Question, Rename, sql::Backfill};

use super::Stop;
use super::paint::strong;
use super::problem::CliProblem;
use crate::decisions::{Decisions, Drop};
use crate::need::Need;

/// Asks the first of them, and notes the answer; false when somebody would rather not say.
pub(super) fn first(
    needs: &[Need],
    decisions: &mut Decisions,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> Result<bool, Stop> {
    let unread = |error: io::Error| CliProblem::Terminal { error: error.to_string() };
    match needs {
        [Need::Renamed(questions), ..] => Ok(renamed(questions, decisions, input, output).map_err(unread)?),
        [need, ..] => Ok(one(need, decisions, input, output).map_err(unread)?),
        [] => Ok(true),
    }
}

/// Which of the columns that come is the one that goes, if any.
fn renamed(
    questions: &[Question],
    decisions: &mut Decisions,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<bool> {
    let Some(Question { table, dropped, .. }) = questions.first() else { return Ok(true) };
    let from = &dropped.name;
    writeln!(
        output,
        "{}",
        strong(format!("column `{from}` goes from `{table}`: has it only got a new name?"))
    )?;
    for (number, question) in (1..).zip(questions) {
        writeln!(
            output,
            "  {number}: yes, it is called `{}` now, and keeps its values",
            question.added.name
        )?;
    }
    writeln!(output, "  0: no, and its values go with it")?;
    loop {
        let Some(answer) = prompt("  which? ", input, output)? else { return Ok(false) };
        let Ok(number) = answer.parse::<usize>() else { continue };
        if number == 0 {
            decisions.drops.push(Drop { table: table.clone(), column: from.clone() });
            return Ok(true);
        }
        if let Some(question) = questions.get(number - 1) {
            decisions.renames.push(Rename::new(table, from, &question.added.name));
            return Ok(true);
        }
    }
}

fn one(
    need: &Need,
    decisions: &mut Decisions,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> io::Result<bool> {
    writeln!(output, "{}", strong(need.what()))?;
    if let Some(reason) = need.reason() {
        writeln!(output, "  {reason}")?;
    }
    match need {
        Need::Backfill { table, column, .. } => {
            let sql = prompt("  their value, as SQL, or nothing to leave it open: ", input, output)?;
            let Some(sql) = sql.filter(|sql| !sql.is_empty()) else { return Ok(false) };
            decisions.backfills.push(Backfill { table: table.clone(), column: column.clone(), sql });
        }
        Need::Destructive { drop, .. } => {
            if yes(input, output)? != Some(true) {
                return Ok(false);
            }
            match drop.as_deref().and_then(|drop| drop.split_once('.')) {
                Some((table, column)) => {
                    decisions.drops.push(Drop { table: table.to_owned(), column: column.to_owned() });
                }
                None => decisions.destructive = true,
            }
        }
        Need::Duplicates { .. } => {
            if yes(input, output)? != Some(true) {
                return Ok(false);
            }
            decisions.duplicates = true;
        }
        // Whoever runs the command has said so, and those are asked with their candidates.
        Need::RunningCode { .. } | Need::Renamed(_) => {}
    }
    Ok(true)
}

/// Yes or no; nothing when the input ends. What is neither is asked again.
fn yes(input: &mut impl BufRead, output: &mut impl Write) -> io::Result<Option<bool>> {
    loop {
        match prompt("  yes or no? [y/n] ", input, output)?.as_deref() {
            None => return Ok(None),
            Some("y" | "Y" | "yes") => return Ok(Some(true)),
            Some("n" | "N" | "no") => return Ok(Some(false)),
            Some(_) => {}
        }
    }
}

/// A line, without the space around it; nothing when the input ends.
fn prompt(text: &str, input: &mut impl BufRead, output: &mut impl Write) -> io::Result<Option<String>> {
    write!(output, "{text}")?;
    output.flush()?;
    let mut line = String::new();
    if input.read_line(&mut line)? == 0 {
        writeln!(output)?;
        return Ok(None);
    }
    Ok(Some(line.trim().to_owned()))
}
