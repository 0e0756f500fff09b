//! The tables as a file, so that a later release can tell what has changed since it was written.

use serde::{Deserialize, Serialize};

use crate::{Schema, SnapshotError};

/// A schema with the version of its format.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The version of the format; [`Snapshot::FORMAT`] is what this release writes.
    pub format: u32,
    /// The tables.
    pub schema: Schema,
}

impl Snapshot {
    /// The format that this release reads and writes.
    pub const FORMAT: u32 = 1;

    /// A snapshot of these tables.
    #[must_use]
    pub fn new(schema: Schema) -> Self {
        Self { format: Self::FORMAT, schema }
    }

    /// JSON with one column, index and foreign key per line, so that two branches merge or conflict where they should.
    #[must_use]
    pub fn to_json(&self) -> String {
        let tables: Vec<String> = self.schema.tables.iter().map(table).collect();
        let tables =
            if tables.is_empty() { "[]".to_owned() } else { format!("[\n{}\n    ]", tables.join(",\n")) };
        format!("{{\n  \"format\": {},\n  \"schema\": {{\n    \"tables\": {tables}\n  }}\n}}\n", self.format)
    }

    /// Reads what [`Snapshot::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// When the text is not a snapshot, or one of a format that this release does not know.
    pub fn from_json(text: &str) -> Result<Self, SnapshotError> {
        // The version first: what else is in a later format is not ours to judge.
        let Version { format } = serde_json::from_str(text).map_err(SnapshotError::Malformed)?;
        if format != u64::from(Self::FORMAT) {
            return Err(SnapshotError::UnknownFormat { found: format });
        }
        serde_json::from_str(text).map_err(SnapshotError::Malformed)
    }
}

#[derive(Deserialize)]
struct Version {
    format: u64,
}

fn table(table: &crate::Table) -> String {
    let lines = [
        format!("\"name\": {}", line(&table.name)),
        format!("\"columns\": {}", list(&table.columns)),
        format!("\"primary_key\": {}", line(&table.primary_key)),
        format!("\"indexes\": {}", list(&table.indexes)),
        format!("\"foreign_keys\": {}", list(&table.foreign_keys)),
    ];
    format!("      {{\n        {}\n      }}", lines.join(",\n        "))
}

fn list<T: Serialize>(items: &[T]) -> String {
    if items.is_empty() {
        return "[]".to_owned();
    }
    let lines: Vec<String> = items.iter().map(|item| format!("          {}", line(item))).collect();
    format!("[\n{}\n        ]", lines.join(",\n"))
}

/// Serialising plain data to memory cannot fail.
fn line<T: Serialize + ?Sized>(item: &T) -> String {
    serde_json::to_string(item).unwrap_or_default()
}
