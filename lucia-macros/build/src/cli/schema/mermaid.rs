//! The tables as a diagram that Mermaid draws, for example in a README.

use std::fmt::Write as _;

use lucia_schema::{Schema, Table};

use super::row::{self, Row};

pub(super) fn draw(schema: &Schema) -> String {
    let mut out = "erDiagram\n".to_owned();
    for table in &schema.tables {
        out.push_str(&entity(table));
    }
    for table in &schema.tables {
        for key in &table.foreign_keys {
            // One row there has any number of rows here. Writing to a `String` cannot fail.
            let _ =
                writeln!(out, "    {} ||--o{{ {} : \"{}\"", key.table, table.name, key.columns.join(", "));
        }
    }
    out
}

fn entity(table: &Table) -> String {
    let lines: Vec<String> = row::all(table).iter().map(attribute).collect();
    format!("    {} {{\n        {}\n    }}\n", table.name, lines.join("\n        "))
}

fn attribute(row: &Row<'_>) -> String {
    let mut keys = Vec::new();
    if row.is_primary {
        keys.push("PK");
    }
    if row.refers_to.is_some() {
        keys.push("FK");
    }
    if row.unique.is_some() {
        keys.push("UK");
    }
    let keys = if keys.is_empty() { String::new() } else { format!(" {}", keys.join(", ")) };
    let null = if row.column.nullable { " \"may be null\"" } else { "" };
    format!("{} {}{keys}{null}", row::word(&row.column.ty), row.column.name)
}
