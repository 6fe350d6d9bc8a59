//! What the place that output goes to can display.

use std::io::IsTerminal;

/// When to use colour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum ColorChoice {
    /// If the output is a terminal and the environment does not say otherwise
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// What a terminal, file or pipe can display.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terminal {
    /// Escape sequences for colour.
    pub color: bool,
    /// Escape sequences for hyperlinks (OSC 8).
    pub hyperlinks: bool,
    /// Characters beyond ASCII.
    pub unicode: bool,
    /// Columns.
    pub width: usize,
    /// Whether longer lines are broken at the width, as a terminal does and a file does not.
    pub wraps: bool,
}

impl Default for Terminal {
    fn default() -> Self {
        Terminal { color: false, hyperlinks: false, unicode: true, width: 100, wraps: false }
    }
}

impl Terminal {
    /// What a stream can display. The flag counts over variables, variables over what is found out: `NO_COLOR`
    /// (no-color.org), `CLICOLOR_FORCE` and `FORCE_COLOR` (bixense.com/clicolors), `TERM=dumb`.
    pub fn of(stream: &impl IsTerminal, choice: ColorChoice) -> Self {
        let is_terminal = stream.is_terminal();
        let color = color(choice, is_terminal, |name| std::env::var(name).ok());
        let width = if is_terminal { textwidth() } else { Terminal::default().width };
        Terminal {
            color,
            hyperlinks: color && is_terminal && supports_hyperlinks::supports_hyperlinks(),
            unicode: !is_terminal || supports_unicode::on(supports_unicode::Stream::Stdout),
            width,
            wraps: is_terminal,
        }
    }
}

/// The columns of the terminal, within what reads well; those that `COLUMNS` says if the terminal does not tell.
fn textwidth() -> usize {
    let told = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    columns(told, std::env::var("COLUMNS").ok().as_deref())
}

fn columns(told: Option<usize>, variable: Option<&str>) -> usize {
    let said = || variable.and_then(|text| text.trim().parse().ok()).filter(|width| *width > 0);
    told.or_else(said).unwrap_or(Terminal::default().width).clamp(40, 140)
}

fn color(choice: ColorChoice, is_terminal: bool, var: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name: &str| var(name).is_some_and(|value| !value.is_empty());
    let forced = |name: &str| var(name).is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto if forced("CLICOLOR_FORCE") || forced("FORCE_COLOR") => true,
        ColorChoice::Auto => is_terminal && var("TERM").as_deref() != Some("dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(choice: ColorChoice, is_terminal: bool, vars: &[(&str, &str)]) -> bool {
        color(choice, is_terminal, |name| vars.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string()))
    }

    #[test]
    fn the_terminal_over_the_variable() {
        assert_eq!(columns(Some(80), Some("60")), 80);
        assert_eq!(columns(None, Some("60")), 60);
        assert_eq!([columns(None, Some("wide")), columns(None, Some("0")), columns(None, None)], [100; 3]);
    }

    #[test]
    fn flag_over_variable_over_detection() {
        assert!(with(ColorChoice::Auto, true, &[]));
        assert!(!with(ColorChoice::Auto, false, &[]));
        assert!(!with(ColorChoice::Auto, true, &[("TERM", "dumb")]));
        assert!(!with(ColorChoice::Auto, true, &[("NO_COLOR", "1"), ("FORCE_COLOR", "1")]));
        assert!(with(ColorChoice::Auto, true, &[("NO_COLOR", "")]));
        assert!(with(ColorChoice::Auto, false, &[("CLICOLOR_FORCE", "1")]));
        assert!(!with(ColorChoice::Auto, false, &[("CLICOLOR_FORCE", "0")]));
        assert!(with(ColorChoice::Always, false, &[("NO_COLOR", "1")]));
        assert!(!with(ColorChoice::Never, true, &[("FORCE_COLOR", "1")]));
    }
}
