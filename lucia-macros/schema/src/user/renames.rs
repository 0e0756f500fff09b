//! `renamed_from`: what a column or the user table was called before.

use super::draft::Draft;
use super::errors::Errors;
use super::mistake::Renaming;
use super::options::{Given, StructOptions};
use crate::names::is_portable;
use crate::{Rename, TableNames};

/// What the user table was called.
pub(crate) fn table(options: &StructOptions, tables: &TableNames, errors: &mut Errors) -> Option<String> {
    let given = options.renamed_from.as_ref()?;
    let name = given.value.clone();
    if !is_portable(&name) {
        errors.note(&given.at, Renaming::NoTable { name });
    } else if name == tables.user {
        errors.note(&given.at, Renaming::TableItself { name });
    } else {
        return Some(name);
    }
    None
}

/// What the columns were called. One name is that of one column, before and after.
pub(crate) fn columns(drafts: &[Draft<'_>], table: &str, errors: &mut Errors) -> Vec<Rename> {
    let mut renames: Vec<Rename> = Vec::new();
    for draft in drafts {
        let Some(given) = &draft.options.renamed_from else { continue };
        let rename = Rename::new(table, &given.value, draft.column());
        match mistake(draft, given, table, drafts, &renames) {
            Some(mistake) => errors.note(&given.at, mistake),
            None => renames.push(rename),
        }
    }
    renames
}

fn mistake(
    draft: &Draft<'_>,
    given: &Given<String>,
    table: &str,
    drafts: &[Draft<'_>],
    before: &[Rename],
) -> Option<Renaming> {
    let name = given.value.clone();
    if !is_portable(&name) {
        return Some(Renaming::NoColumn { name });
    }
    // The column of the id is always called so, and what differs in case only is the same to some databases.
    if name.eq_ignore_ascii_case("id") {
        return Some(Renaming::Id { name });
    }
    if name == draft.column() {
        return Some(Renaming::ColumnItself { name });
    }
    if let Some(other) = before.iter().find(|other| other.from == name) {
        let field = drafts.iter().find(|field| field.column() == other.to);
        let other = field.map_or(&other.to, |field| &field.name).clone();
        return Some(Renaming::Twice { name, other });
    }
    let renames = circle(&name, draft.column(), before)?;
    Some(Renaming::Circle { table: table.to_owned(), renames })
}

/// The renames that lead from the new name back to the old one. The tables look alike before and after, so that nothing
/// would tell whether it has been done, and a later migration would do it again.
fn circle(from: &str, to: &str, before: &[Rename]) -> Option<Vec<(String, String)>> {
    let mut circle = vec![(from.to_owned(), to.to_owned())];
    let mut end = to;
    // Every step takes another of them.
    for _ in before {
        let next = before.iter().find(|rename| rename.from == end)?;
        circle.push((next.from.clone(), next.to.clone()));
        end = &next.to;
        if end == from {
            return Some(circle);
        }
    }
    None
}
