//! Reads what a database says from rows of text.

use std::collections::BTreeMap;
use std::fmt;

use super::live::{Column, ForeignKey, Index, Live, Part, Table};
use super::{COLUMNS, Row};

/// A row that is none of the query.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowError {
    /// What it says in the column that is not understood.
    pub value: String,
    /// The column, one of [`COLUMNS`].
    pub column: &'static str,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the column `{}` of a row says `{}`, which the query of an audit never yields; hand its rows over as they are, all \
             columns in the order `{}`",
            self.column,
            self.value,
            COLUMNS.join(", ")
        )
    }
}

impl std::error::Error for RowError {}

/// An index or a foreign key while its rows come in, with its parts by their positions.
struct Gathered<T, P> {
    whole: T,
    parts: BTreeMap<u32, P>,
}

/// Indexes or foreign keys, by table and name.
type Gathering<T, P> = BTreeMap<(String, String), Gathered<T, P>>;

#[derive(Default)]
struct Reading {
    live: Live,
    columns: Vec<(String, Column)>,
    primary: BTreeMap<(String, u32), String>,
    indexes: Gathering<Index, Part>,
    foreign_keys: Gathering<ForeignKey, (String, String)>,
}

impl Live {
    /// Reads the rows that the query of the database yields, in any order.
    ///
    /// # Errors
    ///
    /// If a row is none of that query.
    pub fn from_rows(rows: impl IntoIterator<Item = Row>) -> Result<Self, RowError> {
        let mut reading = Reading::default();
        for row in rows {
            reading.row(row)?;
        }
        Ok(reading.finish())
    }
}

impl Reading {
    #[expect(clippy::many_single_char_names, reason = "the columns are called like that")]
    fn row(&mut self, [kind, owner, name, a, b, c, d, e, f, g]: Row) -> Result<(), RowError> {
        match kind.as_str() {
            "setting" => {
                self.live.settings.insert(name, a);
            }
            "table" => self.live.tables.push(Table { name, engine: filled(a), ..Table::default() }),
            "column" => {
                let (nullable, has_default) = (truth("b", b)?, truth("c", c)?);
                let (default, exact) = (has_default.then_some(d), truth("f", f)?);
                let (collation, generated) = (filled(e), filled(g));
                let column = Column { name, ty: a, nullable, default, collation, exact, generated };
                self.columns.push((owner, column));
            }
            "primary key" => {
                self.primary.insert((owner, position(a)?), name);
            }
            "index" => {
                let whole = Index {
                    name: name.clone(),
                    unique: truth("d", d)?,
                    partial: truth("e", e)?,
                    primary: truth("f", f)?,
                    parts: Vec::new(),
                };
                let part = Part { column: filled(b), expression: c, collation: filled(g) };
                let partial = whole.partial;
                let index = gather(&mut self.indexes, owner, name, whole);
                // MySQL says of each column whether all of it is covered.
                index.whole.partial |= partial;
                index.parts.insert(position(a)?, part);
            }
            "foreign key" => {
                let whole =
                    ForeignKey { name: name.clone(), table: c, on_delete: e, ..ForeignKey::default() };
                let key = gather(&mut self.foreign_keys, owner, name, whole);
                key.parts.insert(position(a)?, (b, d));
            }
            _ => return Err(RowError { value: kind, column: "kind" }),
        }
        Ok(())
    }

    fn finish(mut self) -> Live {
        for table in &mut self.live.tables {
            let own = |owner: &str| *owner == table.name;
            let columns = self.columns.iter().filter(|(owner, _)| own(owner));
            table.columns = columns.map(|(_, column)| column.clone()).collect();
            let primary = self.primary.iter().filter(|((owner, _), _)| own(owner));
            table.primary_key = primary.map(|(_, name)| name.clone()).collect();
            let indexes = self.indexes.iter().filter(|((owner, _), _)| own(owner));
            table.indexes = indexes.map(|(_, index)| index.finish()).collect();
            let keys = self.foreign_keys.iter().filter(|((owner, _), _)| own(owner));
            table.foreign_keys = keys.map(|(_, key)| key.finish()).collect();
        }
        self.live
    }
}

impl Gathered<Index, Part> {
    fn finish(&self) -> Index {
        Index { parts: self.parts.values().cloned().collect(), ..self.whole.clone() }
    }
}

impl Gathered<ForeignKey, (String, String)> {
    fn finish(&self) -> ForeignKey {
        let (columns, references): (Vec<String>, Vec<String>) = self.parts.values().cloned().unzip();
        // The primary key, where none is named.
        let references = references.into_iter().filter(|name| !name.is_empty()).collect();
        ForeignKey { columns, references, ..self.whole.clone() }
    }
}

/// What has been gathered of an index or a foreign key.
fn gather<T, P>(all: &mut Gathering<T, P>, table: String, name: String, whole: T) -> &mut Gathered<T, P> {
    all.entry((table, name)).or_insert(Gathered { whole, parts: BTreeMap::new() })
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn truth(column: &'static str, value: String) -> Result<bool, RowError> {
    match value.as_str() {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(RowError { value, column }),
    }
}

fn position(value: String) -> Result<u32, RowError> {
    value.parse().map_err(|_| RowError { value, column: "a" })
}
