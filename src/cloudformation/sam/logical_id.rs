//! Logical ids of generated resources that carry a hash of what they were made from.

use std::fmt::Write as _;

use sha1::{Digest, Sha1};

use crate::parse::MAX_DEPTH;
use crate::parse::node::{Node, NodeKind};

/// How many hexadecimal digits of the hash go into an id.
const DIGITS: usize = 10;

/// The first ten digits of the SHA-1 of a value: of a string its text, of anything else its compact JSON with sorted keys.
pub(super) fn hash(node: &Node) -> String {
    match node.as_str() {
        Some(text) => hash_text(text),
        None => hash_text(&compact_json(node)),
    }
}

/// The first ten digits of the SHA-1 of a text.
pub(super) fn hash_text(text: &str) -> String {
    let mut digits = full_hash(text);
    digits.truncate(DIGITS);
    digits
}

/// The SHA-1 of a text in hexadecimal.
pub(super) fn full_hash(text: &str) -> String {
    let mut out = String::with_capacity(40);
    for byte in Sha1::digest(text.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// JSON without spaces and with sorted keys, all beyond ASCII escaped.
pub(super) fn compact_json(node: &Node) -> String {
    let mut out = String::new();
    write_json(&mut out, node, None, 0);
    out
}

/// JSON with four spaces per level and sorted keys, line by line.
pub(super) fn indented_json(node: &Node) -> String {
    let mut out = String::new();
    write_json(&mut out, node, Some(0), 0);
    out
}

fn write_json(out: &mut String, node: &Node, indent: Option<usize>, depth: usize) {
    if depth > MAX_DEPTH {
        out.push_str("null");
        return;
    }
    match &node.kind {
        NodeKind::Null => out.push_str("null"),
        NodeKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        NodeKind::Number(text) => out.push_str(text),
        NodeKind::String(text) => write_string(out, text.as_str()),
        NodeKind::Sequence(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                separate(out, i, indent.map(|level| level + 1));
                write_json(out, item, indent.map(|level| level + 1), depth + 1);
            }
            close(out, items.is_empty(), indent, ']');
        }
        NodeKind::Mapping(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|a, b| a.key.as_str().cmp(b.key.as_str()));
            out.push('{');
            for (i, entry) in sorted.iter().enumerate() {
                separate(out, i, indent.map(|level| level + 1));
                write_string(out, entry.key.as_str());
                out.push_str(if indent.is_some() { ": " } else { ":" });
                write_json(out, &entry.value, indent.map(|level| level + 1), depth + 1);
            }
            close(out, entries.is_empty(), indent, '}');
        }
    }
}

fn separate(out: &mut String, index: usize, indent: Option<usize>) {
    if index > 0 {
        out.push(',');
    }
    new_line(out, indent);
}

fn close(out: &mut String, empty: bool, indent: Option<usize>, bracket: char) {
    if !empty {
        new_line(out, indent);
    }
    out.push(bracket);
}

fn new_line(out: &mut String, indent: Option<usize>) {
    if let Some(level) = indent {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', level * 4));
    }
}

fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}
