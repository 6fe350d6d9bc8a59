//! Literals in the text: how they are written in each syntax, and one put in another's place.

use crate::discover::STDIN_NAME;
use crate::finding::Edit;
use crate::parse::Syntax;
use crate::source::{Source, Sources, Span};
use crate::value::{HopKind, Kind, Literal, Value};

/// Puts a literal where the value was written, if that is a literal as well and came here as it is.
pub(super) fn replace(value: &Value, wanted: &Literal, sources: &Sources) -> Option<Edit> {
    let as_it_is = |kind: &HopKind| matches!(kind, HopKind::Reference(_) | HopKind::Argument(_) | HopKind::Output(_));
    if value.sensitive || !value.origin.hops().all(|hop| as_it_is(&hop.kind)) {
        return None;
    }
    let span = value.origin.span?;
    let source = sources.get(span.file)?;
    let syntax = written_in(&source)?;
    let span = with_quotes(&source, span);
    let text = source.slice(span);
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'') && text.len() > 1 && text.ends_with(*c));
    let inner = quote.map_or(text, |quote| text.trim_matches(quote));
    if !stands_for(inner, value) {
        return None;
    }
    Some(Edit { span, text: render(wanted, syntax, quote)? })
}

/// The syntax of a file that a fix may write to. Values of the command line and of the environment stand in none.
pub(super) fn written_in(source: &Source) -> Option<Syntax> {
    let template = source.path.extension().is_some_and(|extension| extension == "template");
    let stdin = source.path == std::path::Path::new(STDIN_NAME);
    (template || stdin || Syntax::of_path(&source.path).is_some()).then(|| Syntax::of(source))
}

/// A literal in a syntax; in these quotes, or as is usual there.
pub(super) fn render(literal: &Literal, syntax: Syntax, quote: Option<char>) -> Option<String> {
    let plain = match literal {
        Literal::Bool(flag) => flag.to_string(),
        Literal::String(text) => text.to_string(),
        Literal::Other => return None,
    };
    let simple = plain.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':' | '/'));
    if !simple || plain.is_empty() {
        return None;
    }
    let bare = matches!(literal, Literal::Bool(_)) || plain.parse::<i64>().is_ok();
    let word = plain.starts_with(|c: char| c.is_ascii_alphabetic()) && !plain.ends_with(':');
    Some(match quote {
        Some(quote) => format!("{quote}{plain}{quote}"),
        None if bare || (syntax == Syntax::Yaml && word) => plain,
        None => format!("\"{plain}\""),
    })
}

/// The span with the quotes that stand directly around it.
fn with_quotes(source: &Source, span: Span) -> Span {
    let bytes = source.text.as_bytes();
    let (start, end) = (span.start as usize, span.end as usize);
    match (start.checked_sub(1).and_then(|at| bytes.get(at)), bytes.get(end)) {
        (Some(before @ (b'"' | b'\'')), Some(after)) if before == after => Span::new(span.file, start - 1, end + 1),
        _ => span,
    }
}

/// Whether a text is the literal of a value, without its quotes.
fn stands_for(text: &str, value: &Value) -> bool {
    match &value.kind {
        // YAML 1.1 has many words for the two.
        Kind::Bool(true) => ["true", "yes", "on"].contains(&text.to_ascii_lowercase().as_str()),
        Kind::Bool(false) => ["false", "no", "off"].contains(&text.to_ascii_lowercase().as_str()),
        Kind::Number(number) => text == number.to_string(),
        Kind::String(string) => text == string.as_str(),
        _ => false,
    }
}
