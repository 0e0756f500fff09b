//! The tables as text: a line for each column, in three columns of their own.

use std::fmt::Write as _;

use lucia_schema::{Schema, Table};

use super::row::{self, Row};
use crate::cli::paint::{dim, strong};

pub(super) fn draw(schema: &Schema) -> String {
    let rows: Vec<Row<'_>> = schema.tables.iter().flat_map(row::all).collect();
    let width = |of: &dyn Fn(&Row<'_>) -> String| {
        rows.iter().map(|row| of(row).chars().count()).max().unwrap_or_default()
    };
    let widths = (width(&|row| row.column.name.clone()), width(&|row| row.column.ty.to_string()));
    let tables: Vec<String> = schema.tables.iter().map(|table| one(table, widths)).collect();
    tables.join("\n")
}

fn one(table: &Table, (names, types): (usize, usize)) -> String {
    let mut out = format!("{}\n", strong(&table.name));
    for row in row::all(table) {
        let (name, ty) = (&row.column.name, row.column.ty.to_string());
        let line = format!("  {name:names$}  {ty:types$}  {}", row.notes());
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "{}", line.trim_end());
    }
    for columns in row::together(table) {
        let _ = writeln!(out, "  {}", dim(format!("unique together: {columns}")));
    }
    out
}
