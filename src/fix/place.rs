//! Settings put into blocks and mappings that lack them.

use crate::finding::Edit;
use crate::parse::Syntax;
use crate::source::{Source, Sources, Span};
use crate::value::{Literal, Value};
use crate::view::Slot;

use super::align;
use super::literal::{render, written_in};

/// The usual step of indentation.
const STEP: &str = "  ";

/// Adds a slot's key to `settings`; `body` says that these are the resource's own.
pub(super) fn insert(
    slot: &Slot<'_>,
    settings: &Value,
    body: bool,
    wanted: &Literal,
    sources: &Sources,
) -> Option<Edit> {
    let resource = slot.resource;
    let source = sources.get(resource.span.file)?;
    let syntax = written_in(&source)?;
    // What a transform made is not written as what it is.
    if resource.made_from.is_some() {
        return None;
    }
    let value = render(wanted, syntax, None)?;
    let keys = settings.as_map()?.values().filter_map(|entry| entry.key).filter(|key| resource.span.contains(*key));
    let first = keys.min_by_key(|key| key.start).map(|key| quoted(&source, key));
    let eol = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let at = |offset: usize, text: String| Some(Edit { span: Span::new(source.id, offset, offset), text });
    match (syntax, first) {
        (Syntax::Hcl, _) if body => at_end(&source, resource.span, &slot.key, &value, eol),
        (Syntax::Hcl, Some(first)) => {
            let indent = indent(&source, first)?;
            let start = above_comments(&source, first, &["#", "//"]);
            let (entry, apart) = align::beside(&source, source.line(start as u32), &slot.key, &value);
            at(start, format!("{indent}{entry}{eol}{}", if apart { eol } else { "" }))
        }
        (Syntax::Yaml, Some(first)) => {
            let entry = format!("{}: {value}", slot.key);
            let before = before(&source, first);
            match (indent(&source, first), before.trim().chars().all(|c| c == '-') && before.ends_with(' ')) {
                (Some(indent), _) => at(above_comments(&source, first, &["#"]), format!("{indent}{entry}{eol}")),
                // The first key of a mapping in a list: `- Key: value`.
                (None, true) => at(first.start as usize, format!("{entry}{eol}{}", " ".repeat(before.chars().count()))),
                (None, false) => at(first.start as usize, format!("{entry}, ")),
            }
        }
        (Syntax::Json, Some(first)) => {
            let entry = format!("\"{}\": {value},", slot.key);
            match indent(&source, first) {
                Some(indent) => at(first.start as usize, format!("{entry}{eol}{indent}")),
                None => at(first.start as usize, format!("{entry} ")),
            }
        }
        (_, None) => None,
    }
}

/// Adds a line before the brace that ends a block.
fn at_end(source: &Source, block: Span, key: &str, value: &str, eol: &str) -> Option<Edit> {
    let brace = (block.end as usize).checked_sub(1)?;
    if source.text.as_bytes().get(brace) != Some(&b'}') {
        return None;
    }
    let brace = Span::new(source.id, brace, brace + 1);
    match indent(source, brace) {
        Some(indent) => {
            let start = brace.start as usize - indent.len();
            let span = Span::new(source.id, start, start);
            let (entry, apart) = align::beside(source, source.line(brace.start) - 1, key, value);
            Some(Edit { span, text: format!("{}{indent}{STEP}{entry}{eol}", if apart { eol } else { "" }) })
        }
        // `resource "a" "b" {}`
        None => {
            let outer: String =
                source.line_text(source.line(block.start)).chars().take_while(|c| c.is_whitespace()).collect();
            let opens = before(source, brace).trim_end();
            let span = Span::new(
                source.id,
                brace.start as usize - (before(source, brace).len() - opens.len()),
                brace.start as usize,
            );
            opens.ends_with('{').then(|| Edit { span, text: format!("{eol}{outer}{STEP}{key} = {value}{eol}{outer}") })
        }
    }
}

/// The text before a span on its line.
fn before(source: &Source, span: Span) -> &str {
    let start = source.line_starts().get(source.line(span.start) - 1).map_or(0, |start| *start as usize);
    source.text.get(start..span.start as usize).unwrap_or("")
}

/// The blanks before a span that comes first on its line.
fn indent(source: &Source, span: Span) -> Option<&str> {
    let before = before(source, span);
    before.trim().is_empty().then_some(before)
}

/// Where the line of a span starts, or the first of the comments directly above it: they belong to what follows them.
fn above_comments(source: &Source, span: Span, marks: &[&str]) -> usize {
    let own = source.line(span.start);
    let is_comment = |line: usize| marks.iter().any(|mark| source.line_text(line).trim_start().starts_with(mark));
    let comments = (1..own).rev().take_while(|line| is_comment(*line)).count();
    source.line_starts().get(own - comments - 1).map_or(0, |start| *start as usize)
}

/// The span of a key with its quotes.
fn quoted(source: &Source, key: Span) -> Span {
    let before = (key.start as usize).checked_sub(1).and_then(|at| source.text.as_bytes().get(at));
    match before {
        Some(b'"' | b'\'') => Span::new(key.file, key.start as usize - 1, key.end as usize),
        _ => key,
    }
}
