//! Which brackets are open at a place, in JSON and in HCL, without parsing either.

use crate::source::{Source, Span};

/// The offsets of the brackets that are open at `at`, outermost first. Strings and comments are skipped; heredocs are
/// read as code, which is right where their brackets are balanced.
pub(super) fn open_at(text: &str, at: usize) -> Vec<usize> {
    let mut open = Vec::new();
    scan(text, 0, |offset, byte| {
        if offset >= at {
            return false;
        }
        match byte {
            b'{' | b'[' | b'(' => open.push(offset),
            _ => drop(open.pop()),
        }
        true
    });
    open
}

/// The span from an opening bracket to the one that closes it, or to the end of the text.
pub(super) fn object(source: &Source, open: usize) -> Span {
    let mut depth = 0usize;
    let mut end = source.text.len();
    scan(&source.text, open, |offset, byte| {
        depth = if matches!(byte, b'{' | b'[' | b'(') { depth + 1 } else { depth.saturating_sub(1) };
        if depth == 0 {
            end = offset + 1;
        }
        depth > 0
    });
    Span::new(source.id, open, end)
}

/// Calls `visit` for each bracket from `start` on, until it says stop.
fn scan(text: &str, start: usize, mut visit: impl FnMut(usize, u8) -> bool) {
    let bytes = text.as_bytes();
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        let next = bytes.get(at + 1);
        at += match (byte, next) {
            (b'"', _) => string(&bytes[at..]),
            (b'#', _) | (b'/', Some(b'/')) => until(&bytes[at..], b"\n"),
            (b'/', Some(b'*')) => until(&bytes[at..], b"*/"),
            (b'{' | b'[' | b'(' | b'}' | b']' | b')', _) => {
                if !visit(at, *byte) {
                    return;
                }
                1
            }
            _ => 1,
        };
    }
}

/// The length of a string on one line, with both quotes.
fn string(bytes: &[u8]) -> usize {
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 2,
            b'"' | b'\n' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn until(bytes: &[u8], mark: &[u8]) -> usize {
    memchr::memmem::find(bytes, mark).map_or(bytes.len(), |found| found + mark.len())
}
