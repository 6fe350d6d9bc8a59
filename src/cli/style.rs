//! Colours of the terminal.

use std::fmt::Display;

use anstyle::{AnsiColor, Style};

use crate::finding::Severity;
use crate::report::{Terminal, escape_lines};

/// Styles text if the terminal has colours. What it is given may come from a file: nothing in it acts on the terminal.
#[derive(Clone, Copy)]
pub(super) struct Paint {
    color: bool,
}

impl Paint {
    pub(super) fn new(terminal: Terminal) -> Self {
        Paint { color: terminal.color }
    }

    pub(super) fn bold(self, text: impl Display) -> String {
        self.with(Style::new().bold(), text)
    }

    pub(super) fn dim(self, text: impl Display) -> String {
        self.with(Style::new().dimmed(), text)
    }

    pub(super) fn good(self, text: impl Display) -> String {
        self.with(AnsiColor::Green.on_default(), text)
    }

    pub(super) fn bad(self, text: impl Display) -> String {
        self.with(AnsiColor::Red.on_default(), text)
    }

    /// `text` in the colour of a severity.
    pub(super) fn severity(self, severity: Severity, text: impl Display) -> String {
        let color = match severity {
            Severity::Critical | Severity::High => AnsiColor::Red,
            Severity::Medium => AnsiColor::Yellow,
            Severity::Low | Severity::Info => AnsiColor::Cyan,
        };
        self.with(color.on_default(), text)
    }

    fn with(self, style: Style, text: impl Display) -> String {
        let text = text.to_string();
        let text = escape_lines(&text);
        match self.color {
            true => format!("{style}{text}{style:#}"),
            false => text.into_owned(),
        }
    }
}
