//! The tables as a file, so that a later release can tell what has changed since it was written, and whether anything of
//! what was written has been touched.

use serde::{Deserialize, Serialize};

use crate::{Schema, SnapshotError, VERSION, schema::hex};

/// What a migration leads to, and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    /// The version of the format; [`Snapshot::FORMAT`] is what this release writes.
    pub format: u32,
    /// The release of lucia that wrote it.
    pub lucia: String,
    /// The [id](Snapshot::id) of the snapshot that it follows; the first of a user type follows none.
    pub parent: Option<String>,
    /// What a person decided, each as the command takes it: `--rename auth_user.nick=nickname`.
    pub decisions: Vec<String>,
    /// The [checksum](Snapshot::checksum) of the migration's `up.sql`.
    pub up: String,
    /// The checksum of its `down.sql`, if there is one.
    pub down: Option<String>,
    /// The tables.
    pub schema: Schema,
}

impl Snapshot {
    /// The format that this release reads and writes.
    pub const FORMAT: u32 = 1;

    /// The first snapshot of these tables, which the SQL leads to and back from.
    #[must_use]
    pub fn new(schema: Schema, up: &str, down: Option<&str>) -> Self {
        Self {
            format: Self::FORMAT,
            lucia: VERSION.to_owned(),
            parent: None,
            decisions: Vec::new(),
            up: Self::checksum(up),
            down: down.map(Self::checksum),
            schema,
        }
    }

    /// The same as the one that follows another.
    #[must_use]
    pub fn after(self, parent: &Self) -> Self {
        Self { parent: Some(parent.id()), ..self }
    }

    /// The same with what a person decided.
    #[must_use]
    pub fn decided(self, decisions: Vec<String>) -> Self {
        Self { decisions, ..self }
    }

    /// 16 hexadecimal digits that stand for these tables and for all that came before them.
    ///
    /// The SQL is not part of it: a statement that was edited before it ran anywhere leaves those that follow as they are.
    #[must_use]
    pub fn id(&self) -> String {
        hex(&format!("{}\n{}", self.parent.as_deref().unwrap_or_default(), self.schema.fingerprint()), 8)
    }

    /// The SHA-256 of a text in hexadecimal, whatever the line endings with which it was checked out.
    #[must_use]
    pub fn checksum(text: &str) -> String {
        hex(&text.replace("\r\n", "\n"), 32)
    }

    /// JSON with one column, index and foreign key per line, so that two branches merge or conflict where they should.
    #[must_use]
    pub fn to_json(&self) -> String {
        let tables: Vec<String> = self.schema.tables.iter().map(table).collect();
        let tables =
            if tables.is_empty() { "[]".to_owned() } else { format!("[\n{}\n    ]", tables.join(",\n")) };
        let lines = [
            format!("\"format\": {}", self.format),
            format!("\"lucia\": {}", line(&self.lucia)),
            format!("\"parent\": {}", line(&self.parent)),
            format!("\"decisions\": {}", list("    ", &self.decisions)),
            format!("\"up\": {}", line(&self.up)),
            format!("\"down\": {}", line(&self.down)),
            format!("\"schema\": {{\n    \"tables\": {tables}\n  }}"),
        ];
        format!("{{\n  {}\n}}\n", lines.join(",\n  "))
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
        format!("\"columns\": {}", list("          ", &table.columns)),
        format!("\"primary_key\": {}", line(&table.primary_key)),
        format!("\"indexes\": {}", list("          ", &table.indexes)),
        format!("\"foreign_keys\": {}", list("          ", &table.foreign_keys)),
    ];
    format!("      {{\n        {}\n      }}", lines.join(",\n        "))
}

/// One line for each, indented by so much; the bracket that closes the list stands two to the left.
fn list<T: Serialize>(indent: &str, items: &[T]) -> String {
    if items.is_empty() {
        return "[]".to_owned();
    }
    let lines: Vec<String> = items.iter().map(|item| format!("{indent}{}", line(item))).collect();
    let outer = indent.get(2..).unwrap_or_default();
    format!("[\n{}\n{outer}]", lines.join(",\n"))
}

/// Serialising plain data to memory cannot fail.
fn line<T: Serialize + ?Sized>(item: &T) -> String {
    serde_json::to_string(item).unwrap_or_default()
}
