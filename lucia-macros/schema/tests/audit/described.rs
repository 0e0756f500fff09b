//! A database as our own migrations make it, and what is changed in it.

use lucia_schema::audit::live::{Column, ForeignKey, Index, Part, Table};
use lucia_schema::audit::{Code, Finding, Live, Severity, audit};
use lucia_schema::{Dialect, Schema, Type, sql};

pub(crate) fn schema(fields: &str) -> Schema {
    let source = format!("pub struct User {{ pub id: UserId, {fields} }}");
    let reading = lucia_schema::read(&syn::parse_str(&source).unwrap());
    assert!(reading.errors.is_none(), "{}", reading.errors.unwrap());
    reading.user.schema()
}

pub(crate) fn user() -> Schema {
    schema(
        "#[lucia(unique, max_length = 32)] pub username: String, #[lucia(unique(nocase))] pub email: Option<String>,
         #[lucia(default = 0)] pub logins: i32, pub bio: Option<String>",
    )
}

/// A database with the tables as our own migrations make them.
pub(crate) fn clean(schema: &Schema, dialect: Dialect) -> Live {
    let settings = [("foreign_keys", "1"), ("foreign_key_checks", "1"), ("server_encoding", "UTF8")];
    let settings = settings.into_iter().chain([("sql_mode", "ANSI_QUOTES,STRICT_TRANS_TABLES")]);
    Live {
        settings: settings.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        tables: schema.tables.iter().map(|own| table(own, dialect)).collect(),
    }
}

pub(crate) fn table(own: &lucia_schema::Table, dialect: Dialect) -> Table {
    let mut columns: Vec<Column> =
        own.columns.iter().map(|own_column| column(own, own_column, dialect)).collect();
    let mut indexes = vec![Index {
        name: format!("{}_pkey", own.name),
        unique: true,
        primary: true,
        partial: false,
        parts: own.primary_key.iter().map(|name| part(name)).collect(),
    }];
    for index in &own.indexes {
        let mut parts: Vec<Part> = index.columns.iter().map(|name| part(name)).collect();
        if index.nocase && dialect == Dialect::Mysql {
            let folded = sql::folded_column(&index.columns[0]);
            let like = columns.iter().find(|column| column.name == index.columns[0]).unwrap();
            let generated = Some("replace(".repeat(26));
            columns.push(Column { name: folded.clone(), nullable: true, generated, ..like.clone() });
            parts = vec![part(&folded)];
        } else if index.nocase {
            let expression = format!("lower({})", index.columns[0]);
            parts = vec![Part { column: None, expression, collation: None }];
        }
        indexes.push(Index { name: index.name.clone(), unique: index.unique, parts, ..Index::default() });
    }
    let key = |key: &lucia_schema::ForeignKey| ForeignKey {
        name: key.name.clone(),
        columns: key.columns.clone(),
        table: key.table.clone(),
        references: key.references.clone(),
        on_delete: "NO ACTION".to_owned(),
    };
    Table {
        name: own.name.clone(),
        engine: (dialect == Dialect::Mysql).then(|| "InnoDB".to_owned()),
        columns,
        primary_key: own.primary_key.clone(),
        indexes,
        foreign_keys: own.foreign_keys.iter().map(key).collect(),
    }
}

pub(crate) fn part(name: &str) -> Part {
    Part { column: Some(name.to_owned()), ..Part::default() }
}

pub(crate) fn column(table: &lucia_schema::Table, own: &lucia_schema::Column, dialect: Dialect) -> Column {
    let keyed = table.is_keyed(&own.name);
    let (ty, collation) = match (&own.ty, dialect) {
        (Type::Id { max_bytes }, Dialect::Mysql) => (format!("varchar({max_bytes})"), Some("ascii_bin")),
        (Type::Text { max_length: Some(n) }, Dialect::Mysql) if keyed => {
            (format!("varchar({n})"), Some("utf8mb4_0900_bin"))
        }
        (Type::Text { .. }, Dialect::Mysql) => ("longtext".to_owned(), Some("utf8mb4_general_ci")),
        (Type::Text { max_length: Some(n) }, Dialect::Postgres) => {
            (format!("character varying({n})"), Some("C"))
        }
        (Type::Id { .. } | Type::Text { .. }, Dialect::Postgres) => ("text".to_owned(), Some("C")),
        (Type::Id { .. } | Type::Text { .. }, Dialect::Sqlite) => ("TEXT".to_owned(), None),
        (Type::Bool, Dialect::Mysql) => ("tinyint(1)".to_owned(), None),
        (Type::Bool, _) => ("boolean".to_owned(), None),
        (Type::I32, Dialect::Mysql) => ("int".to_owned(), None),
        (Type::I32, _) => ("integer".to_owned(), None),
        (Type::I64, _) => ("bigint".to_owned(), None),
        (other, _) => panic!("{other}"),
    };
    Column {
        name: own.name.clone(),
        ty,
        nullable: own.nullable,
        default: own.default.as_ref().map(|_| "0".to_owned()),
        exact: collation.is_none_or(|collation| !collation.ends_with("_ci")),
        collation: collation.map(str::to_owned),
        generated: None,
    }
}

impl Change<'_> {
    pub(crate) fn column(&mut self, name: &str) -> &mut Column {
        let tables = self.0.tables.iter_mut();
        tables.flat_map(|table| &mut table.columns).find(|column| column.name == name).unwrap()
    }

    pub(crate) fn index(&mut self, name: &str) -> &mut Index {
        let tables = self.0.tables.iter_mut();
        tables.flat_map(|table| &mut table.indexes).find(|index| index.name == name).unwrap()
    }

    pub(crate) fn retype(&mut self, column: &str, ty: &str) {
        ty.clone_into(&mut self.column(column).ty);
    }

    pub(crate) fn rename(&mut self, column: &str, name: &str) {
        name.clone_into(&mut self.column(column).name);
    }

    pub(crate) fn rename_index(&mut self, index: &str, name: &str) {
        name.clone_into(&mut self.index(index).name);
    }

    pub(crate) fn drop_index(&mut self, name: &str) {
        self.0.tables.iter_mut().for_each(|table| table.indexes.retain(|index| index.name != name));
    }

    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.0.settings.insert(name.to_owned(), value.to_owned());
    }
}

/// A database that is changed.
pub(crate) struct Change<'a>(pub(crate) &'a mut Live);

/// Audits the tables of a user after a change.
pub(crate) fn after(dialect: Dialect, change: impl FnOnce(&mut Change<'_>)) -> Vec<Finding> {
    let mut live = clean(&user(), dialect);
    change(&mut Change(&mut live));
    audit(&user(), &live, dialect)
}

pub(crate) fn codes(found: &[Finding]) -> Vec<(Code, Severity)> {
    found.iter().map(|finding| (finding.code, finding.severity)).collect()
}
