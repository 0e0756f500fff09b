//! Single statements that bring a table that is there nearer to what it should be, for a person to run. What SQLite cannot
//! change in place is not here: there are migrations for that.

use super::{create_index, definition_of, folded_column, foreign_key, identifier, mysql, postgres};
use crate::{Column, Default, Dialect, ForeignKey, Index, Table, Type};

/// Makes a server refuse what does not fit, for as long as the connection lasts.
const STRICT: &str = "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'); ";

/// Adds a column, unless rows that are there would have no value in it.
pub(crate) fn add_column(table: &Table, column: &Column, dialect: Dialect) -> Option<String> {
    let has_value = column.nullable || column.default.is_some();
    // Which must be constant for a new column of SQLite.
    let possible = dialect != Dialect::Sqlite || column.default != Some(Default::Now);
    let definition = definition(table, column, dialect);
    (has_value && possible).then(|| format!("{} ADD COLUMN {definition};", alter(table, dialect)))
}

/// Adds the column of MySQL that holds another one's text in lower case, and its index, in place of those that are there.
pub(crate) fn add_folded(table: &Table, index: &Index, column: Option<&str>, has_index: bool) -> String {
    let quoted = |name: &str| identifier(name, Dialect::Mysql);
    let index_gone = if has_index { format!("DROP INDEX {}, ", quoted(&index.name)) } else { String::new() };
    let column_gone = column.map(|name| format!("DROP COLUMN {}, ", quoted(name))).unwrap_or_default();
    format!(
        "{} {index_gone}{column_gone}ADD COLUMN {}, ADD {};",
        alter(table, Dialect::Mysql),
        mysql::folded(table, index),
        mysql::index(index)
    )
}

/// Gives a column its type, and the collation that belongs to it.
pub(crate) fn set_type(table: &Table, column: &Column, dialect: Dialect) -> Option<String> {
    let ty = postgres::type_name(&column.ty, table.is_keyed(&column.name));
    column_clause(table, column, &format!("TYPE {ty}"), dialect)
}

/// Refuses nulls. Fails while there are some.
pub(crate) fn set_not_null(table: &Table, column: &Column, dialect: Dialect) -> Option<String> {
    column_clause(table, column, "SET NOT NULL", dialect)
}

/// Allows nulls.
pub(crate) fn drop_not_null(table: &Table, column: &Column, dialect: Dialect) -> Option<String> {
    column_clause(table, column, "DROP NOT NULL", dialect)
}

/// Gives a column its default.
pub(crate) fn set_default(table: &Table, column: &Column, dialect: Dialect) -> Option<String> {
    let default = column.default.as_ref().map(postgres::default)?;
    column_clause(table, column, &format!("SET DEFAULT {default}"), dialect)
}

/// MySQL states a column whole.
fn column_clause(table: &Table, column: &Column, clause: &str, dialect: Dialect) -> Option<String> {
    let alter = alter(table, dialect);
    match dialect {
        Dialect::Sqlite => None,
        Dialect::Postgres => {
            Some(format!("{alter} ALTER COLUMN {} {clause};", identifier(&column.name, dialect)))
        }
        Dialect::Mysql => {
            let definition = definition(table, column, dialect);
            Some(format!("{STRICT}{alter} MODIFY {definition};"))
        }
    }
}

/// Adds an index, in place of one that has its name.
pub(crate) fn add_index(table: &Table, index: &Index, replace: bool, dialect: Dialect) -> String {
    let name = identifier(&index.name, dialect);
    if dialect == Dialect::Mysql {
        let drop = if replace { format!("DROP INDEX {name}, ") } else { String::new() };
        return format!("{} {drop}ADD {};", alter(table, dialect), mysql::index(index));
    }
    let drop = if replace { format!("DROP INDEX {name}; ") } else { String::new() };
    drop + create_index(table, index, dialect).trim_end()
}

/// Adds an index over a column that is new.
pub(crate) fn add_index_to_new(table: &Table, index: &Index, dialect: Dialect) -> String {
    if index.nocase && dialect == Dialect::Mysql {
        add_folded(table, index, None, false)
    } else {
        add_index(table, index, false, dialect)
    }
}

/// Gives an index its name. SQLite knows no such thing and makes it anew.
pub(crate) fn rename_index(table: &Table, from: &str, index: &Index, dialect: Dialect) -> String {
    let (old, new) = (identifier(from, dialect), identifier(&index.name, dialect));
    match dialect {
        Dialect::Postgres => format!("ALTER INDEX {old} RENAME TO {new};"),
        Dialect::Mysql => format!("{} RENAME INDEX {old} TO {new};", alter(table, dialect)),
        // What belongs to the table itself stays.
        Dialect::Sqlite if from.starts_with("sqlite_autoindex_") => add_index(table, index, false, dialect),
        Dialect::Sqlite => format!("DROP INDEX {old}; {}", add_index(table, index, false, dialect)),
    }
}

/// The index of the primary key, as PostgreSQL calls it.
pub(crate) fn primary_key(table: &Table) -> Index {
    let columns = table.primary_key.clone();
    Index { name: postgres::primary_key(table), columns, unique: true, nocase: false }
}

/// Adds a foreign key, in place of another one.
pub(crate) fn add_foreign_key(
    table: &Table,
    key: &ForeignKey,
    replaced: Option<&str>,
    dialect: Dialect,
) -> Option<String> {
    let alter = alter(table, dialect);
    let word = match dialect {
        Dialect::Sqlite => return None,
        Dialect::Postgres => "CONSTRAINT",
        Dialect::Mysql => "FOREIGN KEY",
    };
    let drop = replaced.map(|name| format!("{alter} DROP {word} {}; ", identifier(name, dialect)));
    Some(format!("{}{alter} ADD {};", drop.unwrap_or_default(), foreign_key(key, dialect)))
}

/// Makes a column that lucia does not know one that may be left out.
pub(crate) fn allow_null(table: &Table, column: &str, ty: &str, dialect: Dialect) -> Option<String> {
    let (alter, column) = (alter(table, dialect), identifier(column, dialect));
    match dialect {
        Dialect::Sqlite => None,
        Dialect::Postgres => Some(format!("{alter} ALTER COLUMN {column} DROP NOT NULL;")),
        Dialect::Mysql => Some(format!("{alter} MODIFY {column} {ty} NULL;")),
    }
}

/// The type of a column as it is written on the database, without charset and collation.
pub(crate) fn type_name(table: &Table, column: &Column, dialect: Dialect) -> String {
    let bare = Column { nullable: true, default: None, ..column.clone() };
    let is_folded = |index: &Index| folded(table, index).as_ref() == Some(column);
    let keyed = table.is_keyed(&column.name) || table.indexes.iter().any(is_folded);
    let definition = definition_of(&bare, keyed, dialect);
    let name = identifier(&column.name, dialect);
    let ty = definition.strip_prefix(&name).unwrap_or(&definition);
    let ends = [" CHECK (", " CHARACTER SET ", " COLLATE "];
    let end = ends.iter().filter_map(|word| ty.find(word)).min().unwrap_or(ty.len());
    ty.get(..end).unwrap_or_default().trim().to_owned()
}

/// A column with its charset: in a table that was made by hand it would get that of the table.
fn definition(table: &Table, column: &Column, dialect: Dialect) -> String {
    let definition = definition_of(column, table.is_keyed(&column.name), dialect);
    let is_text = matches!(column.ty, Type::Text { .. }) && dialect == Dialect::Mysql;
    if !is_text || definition.contains(" CHARACTER SET ") {
        return definition;
    }
    let typed = format!("{} {}", identifier(&column.name, dialect), type_name(table, column, dialect));
    let rest = definition.strip_prefix(&typed).unwrap_or_default();
    format!("{typed} CHARACTER SET utf8mb4{rest}")
}

/// Moves a table of MySQL to the engine that has transactions and foreign keys.
pub(crate) fn set_engine(table: &Table) -> String {
    format!("{} ENGINE=InnoDB;", alter(table, Dialect::Mysql))
}

fn alter(table: &Table, dialect: Dialect) -> String {
    format!("ALTER TABLE {}", identifier(&table.name, dialect))
}

/// The column that a nocase index of MySQL covers, as the schema would describe it if it were one of its own.
pub(crate) fn folded(table: &Table, index: &Index) -> Option<Column> {
    let column = index.columns.first().and_then(|name| table.column(name))?;
    Some(Column { name: folded_column(&column.name), ty: column.ty.clone(), nullable: true, default: None })
}
