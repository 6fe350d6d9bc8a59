//! JSON with spans (RFC 8259, <https://www.rfc-editor.org/rfc/rfc8259>).
//!
//! A leading byte order mark is skipped. After an error the parser goes on: what parsed is in the tree. Keys that occur
//! twice are kept and reported.

mod input;
mod parser;
mod string;
#[cfg(test)]
mod tests;
mod tree;

use input::{Mapped, Plain};
use parser::Parser;
use tree::{Nodes, Values};

use crate::diagnostic::Diagnostic;
use crate::parse::node::Node;
use crate::source::{Source, Span};
use crate::value::{StringPart, Text, Value};

/// Parses a file.
pub fn parse(source: &Source) -> (Node, Vec<Diagnostic>) {
    Parser::new(&Plain(source), &Nodes).document()
}

/// Parses a JSON document that is the content of a string. Spans are those of the bytes the string was written with;
/// `fallback` is the place of what nobody wrote.
pub fn parse_text(text: &Text, fallback: Span) -> (Node, Vec<Diagnostic>) {
    Parser::new(&Mapped { text, fallback }, &Nodes).document()
}

/// Parses a JSON document that is the content of a partly known string.
///
/// An unknown part that stands where JSON wants a value becomes that value; one inside a JSON string makes that string
/// partly known. A mapping with a key that is not known is unknown as a whole. `fallback` is the place of what nobody
/// wrote.
pub fn parse_parts(parts: &[StringPart], fallback: Span) -> (Value, Vec<Diagnostic>) {
    let (text, holes) = tree::join(parts, fallback);
    Parser::new(&Mapped { text: &text, fallback }, &Values { holes }).document()
}
