//! What a migration must be given, and what it is not written for.

use super::pair::{Added, Direction, Kept, Pair, Plan};
use super::{Backfill, Refusal};
use crate::{Conversion, Dialect, Rename, Schema};

/// Every reason not to write the migration.
pub(super) fn all(
    old: &Schema,
    new: &Schema,
    renamed: &[Rename],
    backfills: &[Backfill],
    dialect: Dialect,
) -> Vec<Refusal> {
    let mut found = types(old, new, dialect);
    found.extend(renames(old, new, renamed));
    if !found.is_empty() {
        // Nothing can be paired by what does not exist.
        return found;
    }
    let plan = Plan::new(old, new, renamed, Direction::Up(backfills));
    for pair in &plan.pairs {
        found.extend(primary_key(pair));
        found.extend(pair.kept.iter().filter_map(|kept| conversion(pair, kept)));
        found.extend(pair.added.iter().filter_map(|added| value(pair, added)));
        found.extend(pair.kept.iter().filter_map(|kept| tightened(pair, kept)));
    }
    found.extend(backfills.iter().enumerate().filter_map(|(place, backfill)| {
        let again = backfills.iter().take(place).any(|other| is_same(other, backfill));
        self::backfill(&plan, backfill, again)
    }));
    found
}

fn types(old: &Schema, new: &Schema, dialect: Dialect) -> Vec<Refusal> {
    let missing = new.missing_type(dialect).or_else(|| old.missing_type(dialect));
    let refusal = missing.map(|(table, column)| Refusal::MissingType {
        table: table.name.clone(),
        column: column.name.clone(),
        dialect,
    });
    refusal.into_iter().collect()
}

fn renames(old: &Schema, new: &Schema, renames: &[Rename]) -> Vec<Refusal> {
    let mut found = Vec::new();
    for (place, rename) in renames.iter().enumerate() {
        let Rename { table, from, to } = rename;
        let mut pairs = old.tables.iter().zip(&new.tables);
        let known = pairs
            .any(|(old, new)| new.name == *table && old.column(from).is_some() && new.column(to).is_some());
        if !known {
            found.push(Refusal::UnknownRename { table: table.clone(), from: from.clone(), to: to.clone() });
        }
        let earlier = renames.iter().take(place).filter(|other| other.table == *table);
        for other in earlier {
            let same = [(&other.from, from), (&other.to, to)].into_iter().find(|(a, b)| a == b);
            if let Some((column, _)) = same {
                found.push(Refusal::SameRename { table: table.clone(), column: column.clone() });
            }
        }
    }
    found
}

fn primary_key(pair: &Pair<'_>) -> Option<Refusal> {
    let refusal = Refusal::PrimaryKey { table: pair.new.name.clone() };
    let is_key = |kept: &&Kept<'_>| pair.old.primary_key.contains(&kept.old.name);
    let of_kept: Vec<&Kept<'_>> = pair.kept.iter().filter(is_key).collect();
    let names = of_kept.iter().map(|kept| &kept.new.name);
    let same_columns = of_kept.len() == pair.new.primary_key.len()
        && of_kept.len() == pair.old.primary_key.len()
        && names.clone().all(|name| pair.new.primary_key.contains(name));
    let same_types = of_kept
        .iter()
        .all(|kept| kept.conversion == Conversion::Same && kept.old.nullable == kept.new.nullable);
    (!same_columns || !same_types).then_some(refusal)
}

fn conversion(pair: &Pair<'_>, kept: &Kept<'_>) -> Option<Refusal> {
    (!kept.conversion.is_written()).then(|| Refusal::Conversion {
        table: pair.new.name.clone(),
        column: kept.new.name.clone(),
        from: kept.old.ty.clone(),
        to: kept.new.ty.clone(),
    })
}

fn value(pair: &Pair<'_>, added: &Added<'_>) -> Option<Refusal> {
    added.lacks_value().then(|| no_value(pair, &added.column.name, false))
}

fn tightened(pair: &Pair<'_>, kept: &Kept<'_>) -> Option<Refusal> {
    (kept.is_tightened() && kept.fill.is_none()).then(|| no_value(pair, &kept.new.name, true))
}

fn no_value(pair: &Pair<'_>, column: &str, was_null: bool) -> Refusal {
    Refusal::NoValue { table: pair.new.name.clone(), column: column.to_owned(), was_null }
}

fn is_same(a: &Backfill, b: &Backfill) -> bool {
    (&a.table, &a.column) == (&b.table, &b.column)
}

fn backfill(plan: &Plan<'_>, backfill: &Backfill, again: bool) -> Option<Refusal> {
    let (table, column) = (backfill.table.clone(), backfill.column.clone());
    let pair = plan.pairs.iter().find(|pair| pair.new.name == table);
    let Some((pair, to_fill)) = pair.and_then(|pair| Some((pair, pair.new.column(&column)?))) else {
        return Some(Refusal::UnknownBackfill { table, column });
    };
    let added = pair.added.iter().any(|added| added.column.name == column);
    let tightened = pair.kept.iter().any(|kept| kept.new.name == column && kept.is_tightened());
    let needed = !to_fill.nullable && to_fill.default.is_none() && (added || tightened);
    if again || !needed {
        return Some(Refusal::UnneededBackfill { table, column });
    }
    let Some(words) = words(&backfill.sql) else { return Some(Refusal::NoExpression { table, column }) };
    let unique = pair.new.indexes.iter().any(|index| index.unique && index.columns == [column.as_str()]);
    if unique && !names_another_column(pair, &column, &words) {
        return Some(Refusal::SameValue { table, column });
    }
    None
}

fn names_another_column(pair: &Pair<'_>, column: &str, words: &[String]) -> bool {
    let columns = pair.old.columns.iter().chain(&pair.new.columns).map(|column| &column.name);
    let mut others = columns.filter(|name| !name.eq_ignore_ascii_case(column));
    others.any(|name| words.iter().any(|word| word.eq_ignore_ascii_case(name)))
}

/// The words of an expression outside of its texts, or nothing when it is more than an expression, or less.
fn words(sql: &str) -> Option<Vec<String>> {
    let outside: String = sql.split('\'').step_by(2).collect::<Vec<_>>().join(" ");
    let whole = sql.matches('\'').count() % 2 == 0;
    let comment = ["--", "/*", "#"].iter().any(|mark| outside.contains(mark));
    if sql.trim().is_empty() || !whole || comment || outside.contains(';') {
        return None;
    }
    let words = outside.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty());
    Some(words.map(str::to_owned).collect())
}
