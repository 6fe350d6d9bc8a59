//! A bounded collection of a parser's diagnostics.

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::Span;

/// How many diagnostics a parser hands out for one text; a last one counts the rest.
const MAX_PROBLEMS: usize = 200;

/// Up to this many members duplicates are looked for one by one; beyond, with a table.
const SMALL_MAPPING: usize = 8;

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

    /// Adds a warning for each member of a mapping whose key is that of an earlier one. `key` is a member's key with its
    /// place; `None` if it is not known.
    pub(super) fn report_duplicates<M>(&mut self, members: &[M], key: impl Fn(&M) -> Option<(&str, Span)>) {
        if members.len() <= SMALL_MAPPING {
            for (i, later) in members.iter().enumerate() {
                let Some((name, span)) = key(later) else { continue };
                let mut earlier = members.iter().take(i).filter_map(&key);
                if let Some((_, first)) = earlier.find(|(other, _)| *other == name) {
                    self.report_duplicate(name, span, first);
                }
            }
            return;
        }
        let mut seen: FxHashMap<&str, Span> = FxHashMap::with_capacity_and_hasher(members.len(), Default::default());
        for (name, span) in members.iter().filter_map(&key) {
            let first = *seen.entry(name).or_insert(span);
            if first != span {
                self.report_duplicate(name, span, first);
            }
        }
    }

    fn report_duplicate(&mut self, key: &str, span: Span, first: Span) {
        let message = format!("the key `{key}` occurs twice; the last one counts");
        self.report(Diagnostic::warning(Code::DuplicateKey, message, span).label(first, "first here"));
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
