//! Colour, for a terminal only.

use std::env;
use std::fmt::Display;
use std::io::{self, IsTerminal};
use std::sync::OnceLock;

use anstyle::{AnsiColor, Style};

/// Whether standard output takes colour: a terminal does, unless `NO_COLOR` is set.
fn is_on() -> bool {
    static ON: OnceLock<bool> = OnceLock::new();
    let is_set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    *ON.get_or_init(|| {
        let is_dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        is_set("CLICOLOR_FORCE") && !is_set("NO_COLOR")
            || io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb
    })
}

fn painted(style: Style, text: impl Display) -> String {
    if is_on() { format!("{style}{text}{style:#}") } else { text.to_string() }
}

pub(super) fn strong(text: impl Display) -> String {
    painted(Style::new().bold(), text)
}

pub(super) fn dim(text: impl Display) -> String {
    painted(Style::new().dimmed(), text)
}

pub(super) fn good(text: impl Display) -> String {
    painted(AnsiColor::Green.on_default().bold(), text)
}

pub(super) fn careful(text: impl Display) -> String {
    painted(AnsiColor::Yellow.on_default().bold(), text)
}

pub(super) fn bad(text: impl Display) -> String {
    painted(AnsiColor::Red.on_default().bold(), text)
}
