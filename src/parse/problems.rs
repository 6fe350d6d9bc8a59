//! A bounded collection of a parser's diagnostics.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::Span;

/// How many diagnostics a parser hands out for one text; a last one counts the rest.
const MAX_PROBLEMS: usize = 200;

/// Collects diagnostics while a text is parsed.
#[derive(Default, Debug)]
pub(super) struct Problems {
    kept: Vec<Diagnostic>,
    /// How many more there were, the highest level among them and the place of the first.
    more: Option<(usize, Level, Option<Span>)>,
}

impl Problems {
    /// Adds a diagnostic.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if self.kept.len() < MAX_PROBLEMS {
            self.kept.push(diagnostic);
            return;
        }
        let (count, level, span) = self.more.take().unwrap_or((0, Level::Note, diagnostic.span));
        self.more = Some((count + 1, level.max(diagnostic.level), span));
    }

    /// Adds a syntax error.
    pub(super) fn error(&mut self, message: impl Into<String>, span: Span) {
        self.report(Diagnostic::error(Code::ParseError, message, span));
    }

    /// All of them, in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.kept.sort_by_key(|diagnostic| diagnostic.span);
        if let Some((count, level, span)) = self.more {
            let last =
                Diagnostic::new(level, Code::Limit, format!("{count} more problems in this file are not listed"));
            self.kept.push(match span {
                Some(span) => last.at(span),
                None => last,
            });
        }
        self.kept
    }
}
