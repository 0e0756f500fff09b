//! The tables as a picture: the users on the left, what refers to them on the right.
//!
//! It needs nothing besides itself, and follows the reader's choice of light or dark.

use std::fmt::Write as _;

use lucia_schema::{Schema, Table};

use super::row::{self, Row, Unique};

/// Of the letters; a row is two of them high.
const SIZE: usize = 13;
const ROW: usize = 26;
const HEAD: usize = 34;
const PADDING: usize = 14;
const MARGIN: usize = 24;
/// Between the two sides, where the lines are.
const GAP: usize = 110;
/// Between boxes above each other.
const BELOW: usize = 28;

const STYLE: &str = "
    .box { fill: #ffffff; stroke: #c9ced6; }
    .head { fill: #24435c; }
    .title { fill: #ffffff; font-weight: 600; }
    .name { fill: #1c2733; }
    .key { fill: #1c2733; font-weight: 600; }
    .type { fill: #5b6876; }
    .mark { fill: #a3552a; }
    .rule { stroke: #e6e9ee; }
    .line { stroke: #6b7c8d; fill: none; stroke-width: 1.5; }
    .end { fill: #6b7c8d; }
    @media (prefers-color-scheme: dark) {
      .box { fill: #18212b; stroke: #3a4653; }
      .head { fill: #2f5573; }
      .name, .key { fill: #e8edf2; }
      .type { fill: #9aa8b6; }
      .mark { fill: #e3a57e; }
      .rule { stroke: #273240; }
      .line { stroke: #8fa0b1; }
      .end { fill: #8fa0b1; }
    }";

/// A table in its place.
struct Frame<'a> {
    table: &'a Table,
    rows: Vec<Row<'a>>,
    together: Vec<String>,
    /// Where, from its left side, the types begin.
    types: usize,
    width: usize,
    x: usize,
    y: usize,
}

pub(super) fn draw(schema: &Schema) -> String {
    let frames = arranged(schema);
    let right = frames.iter().map(|frame| frame.x + frame.width).max().unwrap_or_default() + MARGIN;
    let bottom = frames.iter().map(|frame| frame.y + frame.height()).max().unwrap_or_default() + MARGIN;
    let names: Vec<&str> = schema.tables.iter().map(|table| table.name.as_str()).collect();
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{right}\" height=\"{bottom}\" viewBox=\"0 0 {right} {bottom}\" \
         role=\"img\" font-family=\"ui-monospace, Menlo, Consolas, monospace\" font-size=\"{SIZE}\">\n  \
         <title>{}</title>\n  <style>{STYLE}\n  </style>\n",
        escaped(&names.join(", "))
    );
    for frame in &frames {
        frame.draw(&mut out);
    }
    for frame in &frames {
        frame.draw_references(&frames, &mut out);
    }
    out.push_str("</svg>\n");
    out
}

/// The first table on the left, half way down; the others above each other on the right, as if they were one.
fn arranged(schema: &Schema) -> Vec<Frame<'_>> {
    let mut frames: Vec<Frame<'_>> = schema.tables.iter().map(Frame::new).collect();
    let Some((first, others)) = frames.split_first_mut() else { return frames };
    let types = others.iter().map(|frame| frame.types).max().unwrap_or_default();
    let width = others.iter().map(|frame| frame.width - frame.types).max().unwrap_or_default();
    let mut y = MARGIN;
    for frame in others {
        (frame.x, frame.y) = (MARGIN + first.width + GAP, y);
        (frame.types, frame.width) = (types, types + width);
        y += frame.height() + BELOW;
    }
    let bottom = y.saturating_sub(BELOW);
    first.y = MARGIN.max(usize::midpoint(MARGIN, bottom).saturating_sub(first.height() / 2));
    frames
}

impl<'a> Frame<'a> {
    fn new(table: &'a Table) -> Self {
        let rows = row::all(table);
        let widest = |of: &dyn Fn(&Row<'_>) -> String| rows.iter().map(|row| width(&of(row))).max();
        let names = widest(&|row| row.column.name.clone()).unwrap_or_default();
        let shorts = widest(&|row| row::short(&row.column.ty)).unwrap_or_default();
        let marks = widest(&marks).unwrap_or_default();
        let types = PADDING + names + PADDING;
        let title = width(&table.name) + 2 * PADDING;
        let width = title.max(types + shorts + PADDING + marks + PADDING);
        Self { table, together: row::together(table), types, width, x: MARGIN, y: MARGIN, rows }
    }

    fn height(&self) -> usize {
        HEAD + ROW * (self.rows.len() + self.together.len())
    }

    /// The middle of a row.
    fn middle(&self, place: usize) -> usize {
        self.y + HEAD + ROW * place + ROW / 2
    }

    fn place(&self, column: &str) -> usize {
        self.rows.iter().position(|row| row.column.name == column).unwrap_or_default()
    }

    // Writing to a `String` cannot fail, here and below.
    fn draw(&self, out: &mut String) {
        let Self { x, y, width, .. } = *self;
        let height = self.height();
        let _ = writeln!(
            out,
            "  <rect class=\"box\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>\n  \
             <path class=\"head\" d=\"M{x} {} v-{} a6 6 0 0 1 6 -6 h{} a6 6 0 0 1 6 6 v{} z\"/>",
            y + HEAD,
            HEAD - 6,
            width - 12,
            HEAD - 6,
        );
        text(out, "title", x + PADDING, y + HEAD / 2, &self.table.name);
        for (place, row) in self.rows.iter().enumerate() {
            self.draw_row(out, place, row);
        }
        for (place, columns) in (self.rows.len()..).zip(&self.together) {
            self.rule(out, place);
            text(out, "mark", x + PADDING, self.middle(place), &format!("unique: {columns}"));
        }
    }

    fn draw_row(&self, out: &mut String, place: usize, row: &Row<'_>) {
        let y = self.middle(place);
        self.rule(out, place);
        let class = if row.is_primary { "key" } else { "name" };
        text(out, class, self.x + PADDING, y, &row.column.name);
        text(out, "type", self.x + self.types, y, &row::short(&row.column.ty));
        let marks = marks(row);
        if !marks.is_empty() {
            text(out, "mark", self.x + self.width - PADDING - width(&marks), y, &marks);
        }
    }

    /// The line above a row; the first has the head above it.
    fn rule(&self, out: &mut String, place: usize) {
        if place > 0 {
            let y = self.y + HEAD + ROW * place;
            let right = self.x + self.width;
            let _ = writeln!(out, "  <path class=\"rule\" d=\"M{} {y} H{right}\"/>", self.x);
        }
    }

    /// A line from each column that refers to the one that it refers to, with a dot at that end.
    fn draw_references(&self, all: &[Frame<'_>], out: &mut String) {
        for (place, row) in self.rows.iter().enumerate() {
            let Some((table, column)) = row.refers_to else { continue };
            let Some(target) = all.iter().find(|frame| frame.table.name == table) else { continue };
            let (from_x, from_y) = (self.x, self.middle(place));
            let (to_x, to_y) = (target.x + target.width, target.middle(target.place(column)));
            let between = usize::midpoint(to_x, from_x);
            let _ = writeln!(
                out,
                "  <path class=\"line\" d=\"M{from_x} {from_y} C{between} {from_y} {between} {to_y} {to_x} {to_y}\"/>\n  \
                 <circle class=\"end\" cx=\"{to_x}\" cy=\"{to_y}\" r=\"4\"/>"
            );
        }
    }
}

/// What is special about a column, in few letters.
fn marks(row: &Row<'_>) -> String {
    let mut marks = Vec::new();
    if row.is_primary {
        marks.push("key");
    }
    match row.unique {
        Some(Unique::Exactly) => marks.push("unique"),
        Some(Unique::Nocase) => marks.push("unique nocase"),
        None if row.is_indexed => marks.push("index"),
        None => {}
    }
    if row.column.nullable {
        marks.push("null");
    }
    marks.join(" ")
}

fn text(out: &mut String, class: &str, x: usize, y: usize, text: &str) {
    let _ = writeln!(
        out,
        "  <text class=\"{class}\" x=\"{x}\" y=\"{y}\" dominant-baseline=\"central\">{}</text>",
        escaped(text)
    );
}

/// How wide a text is: letters of one width, three fifths of their size, and no font has wider ones.
fn width(text: &str) -> usize {
    (text.chars().count() * SIZE * 3).div_ceil(5) + 1
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
