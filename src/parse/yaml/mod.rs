//! YAML as CloudFormation reads it: YAML 1.1 scalars, short forms of functions, merge keys, aliases.
//!
//! Short forms are turned into their long forms ([`NodeKind`](crate::parse::node::NodeKind) says how). After a syntax
//! error the broken item is left out and the rest is read.

mod build;
mod recover;
mod scalar;
mod tags;
#[cfg(test)]
mod tests;
mod text;

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::MAX_DEPTH;
use crate::parse::node::Node;
use crate::source::{Source, Span};
use build::Pass;
use recover::Repair;

/// How often a text with errors is read again at most.
const MAX_PASSES: usize = 40;

/// How many bytes are read again at most, over all passes.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Parses a file: its documents. An empty file has none.
pub fn parse(source: &Source) -> (Vec<Node>, Vec<Diagnostic>) {
    let mut pass = build::pass(source.id, &source.text);
    let Some(mut error) = pass.error.take() else { return (pass.documents, pass.problems.finish()) };
    let mut repair = Repair::new(&source.text);
    let mut errors = Vec::new();
    for passes in 1.. {
        let offset = error_offset(&error, &source.text);
        // An error within brackets is mended by leaving out the brackets.
        let broken = pass.open_brackets.unwrap_or(offset);
        if !repair.is_effect(broken) {
            errors.push(describe(&error, source, offset, pass.open_brackets));
        }
        if passes > MAX_PASSES || passes * source.text.len() > MAX_BYTES || repair.blank(broken).is_none() {
            break;
        }
        pass = build::pass(source.id, repair.text());
        match pass.error.take() {
            Some(next) => error = next,
            None => break,
        }
    }
    let Pass { documents, mut problems, .. } = pass;
    errors.into_iter().for_each(|error| problems.report(error));
    (documents, problems.finish())
}

fn error_offset(error: &ScanError, text: &str) -> usize {
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    error.marker().byte_offset().map_or(text.len(), |offset| offset + bom).min(text.len())
}

fn describe(error: &ScanError, source: &Source, offset: usize, open_brackets: Option<usize>) -> Diagnostic {
    let width = source.text[offset..].chars().next().filter(|c| !matches!(c, '\r' | '\n')).map_or(0, char::len_utf8);
    let span = Span::new(source.id, offset, offset + width);
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        let message = format!("nested more than {MAX_DEPTH} deep; this part is not read");
        return Diagnostic::error(Code::Limit, message, span);
    }
    let problem = Diagnostic::error(Code::ParseError, error.kind().to_string(), span);
    match open_brackets {
        Some(open) if open != offset => problem.label(Span::new(source.id, open, open + 1), "within these brackets"),
        _ => problem,
    }
}
