//! Expansions as a person would write them.
//!
//! prettyplease does that, but for what is between the braces of a macro, which only the macro understands. Those of lucia
//! and `table!` are lists, so a line is an entry here. Braces are taken out, and put in again as text.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree, token_stream};

const INDENT: &str = "    ";

pub(super) fn formatted(tokens: TokenStream) -> String {
    let mut bodies = Vec::new();
    let file = syn::parse2(taken_out(tokens, &mut bodies)).unwrap();
    let text = prettyplease::unparse(&file);
    let mut lines = Vec::new();
    for line in text.lines() {
        match line.trim_start().strip_prefix(HOLE) {
            Some(number) => {
                let number: usize = number.trim_end_matches(['(', ')', ';']).parse().unwrap();
                let depth = line.len() - line.trim_start().len();
                list(bodies[number].clone(), &" ".repeat(depth), &mut lines);
            }
            None => lines.push(line.to_owned()),
        }
    }
    spaced(lines)
}

const HOLE: &str = "__lucia_body_";

/// With a call in the place of each list, whose number is its name.
fn taken_out(tokens: TokenStream, bodies: &mut Vec<TokenStream>) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut written = TokenStream::new();
    while let Some(token) = tokens.next() {
        let is_bang = is_punct(&token, '!');
        written.extend([match token {
            TokenTree::Group(group) => {
                let mut inside = Group::new(group.delimiter(), taken_out(group.stream(), bodies));
                inside.set_span(group.span());
                inside.into()
            }
            other => other,
        }]);
        let is_list = |body: &TokenStream| {
            !body.is_empty() && !matches!(body.clone().into_iter().next(), Some(TokenTree::Literal(_)))
        };
        match tokens.peek() {
            Some(TokenTree::Group(body))
                if is_bang && body.delimiter() == Delimiter::Brace && is_list(&body.stream()) =>
            {
                let hole = Ident::new(&format!("{HOLE}{}", bodies.len()), Span::call_site());
                bodies.push(body.stream());
                written.extend([TokenTree::from(Group::new(Delimiter::Brace, TokenTree::from(hole).into()))]);
                tokens.next();
            }
            _ => {}
        }
    }
    written
}

fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// The entries of a list, each a line: they end with a `;`, or else with a `,`.
fn list(tokens: TokenStream, indent: &str, lines: &mut Vec<String>) {
    let has_semicolons = tokens.clone().into_iter().any(|token| is_punct(&token, ';'));
    let end = if has_semicolons { ';' } else { ',' };
    let mut tokens = tokens.into_iter().peekable();
    while tokens.peek().is_some() {
        entry(&mut tokens, end, indent, lines);
    }
}

fn entry(tokens: &mut Peekable<token_stream::IntoIter>, end: char, indent: &str, lines: &mut Vec<String>) {
    let mut line = Line::default();
    for token in tokens.by_ref() {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                line.push("{");
                if group.stream().is_empty() {
                    lines.push(format!("{indent}{}}}", line.text));
                } else {
                    lines.push(format!("{indent}{}", line.text));
                    list(group.stream(), &format!("{indent}{INDENT}"), lines);
                    lines.push(format!("{indent}}}"));
                }
                return;
            }
            TokenTree::Group(group) if line.text == "#" => {
                lines.push(format!("{indent}{}", attribute(group.stream())));
                return;
            }
            token => {
                let is_end = is_punct(&token, end);
                line.token(token);
                if is_end {
                    break;
                }
            }
        }
    }
    lines.push(format!("{indent}{}", line.text));
}

fn attribute(tokens: TokenStream) -> String {
    let attribute: syn::Meta = syn::parse2(tokens.clone()).unwrap();
    match attribute {
        syn::Meta::NameValue(syn::MetaNameValue {
            path,
            value: syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }),
            ..
        }) if path.is_ident("doc") => format!("///{}", text.value()),
        _ => {
            let mut line = Line::default();
            tokens.into_iter().for_each(|token| line.token(token));
            format!("#[{}]", line.text)
        }
    }
}

/// Tokens with the spaces that people put between them.
#[derive(Default)]
struct Line {
    text: String,
    last: String,
    is_joint: bool,
}

impl Line {
    fn token(&mut self, token: TokenTree) {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Bracket => ("[", "]"),
                    _ => ("", ""),
                };
                self.push(open);
                group.stream().into_iter().for_each(|token| self.token(token));
                self.push(close);
            }
            TokenTree::Punct(punct) => {
                let operator = format!("{}{punct}", self.last);
                if self.is_joint && OPERATORS.contains(&operator.as_str()) {
                    self.text.truncate(self.text.len() - self.last.len());
                    self.text.truncate(self.text.trim_end().len());
                    self.last = self.before_last();
                    self.push(&operator);
                } else {
                    self.push(&punct.to_string());
                }
                self.is_joint = punct.spacing() == Spacing::Joint;
            }
            other => self.push(&other.to_string()),
        }
    }

    /// What stands before an operator whose first half has been taken off.
    fn before_last(&self) -> String {
        let is_word = |character: char| character.is_alphanumeric() || character == '_';
        let start = self.text.trim_end_matches(is_word).len();
        let (rest, word) = self.text.split_at(start);
        if word.is_empty() {
            rest.chars().last().map(String::from).unwrap_or_default()
        } else {
            word.to_owned()
        }
    }

    fn push(&mut self, token: &str) {
        if are_apart(&self.last, token) {
            self.text.push(' ');
        }
        self.text.push_str(token);
        token.clone_into(&mut self.last);
        self.is_joint = false;
    }
}

const OPERATORS: [&str; 3] = ["::", "->", "=>"];

fn are_apart(before: &str, after: &str) -> bool {
    let is_path = before.ends_with(|character: char| character.is_alphanumeric() || character == '_');
    match (before, after) {
        ("" | "(" | "[" | "<" | "@" | "#" | "&" | "::" | "!", _)
        | (_, "" | ")" | "]" | "<" | ">" | "," | ";" | ":" | "!" | ".") => false,
        // A path that begins with `::` stands apart from what is before it.
        ("use", "::") => true,
        (_, "::") => !is_path && before != ">",
        _ => true,
    }
}

/// An empty line between items that have bodies, and after imports.
fn spaced(lines: Vec<String>) -> String {
    let mut text = String::new();
    let (mut after_body, mut after_import) = (false, false);
    for line in lines {
        let start = line.trim_start();
        let starts_item =
            ["fn ", "#[", "impl ", "const ", "pub ", "///", "::"].iter().any(|word| start.starts_with(word));
        if after_body && starts_item || after_import && !start.starts_with("use ") {
            text.push('\n');
        }
        after_body = matches!(start, "}" | "};");
        after_import = start.starts_with("use ");
        text.push_str(&line);
        text.push('\n');
    }
    text
}
