//! Bytes of a text as lines and characters, in the units that were agreed on with the editor.

use gen_lsp_types::{Position, PositionEncodingKind, Range};
use serde_json::Value as Json;

use crate::columns::{Columns, utf16};
use crate::source::Span;

/// What characters are counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// What every editor understands.
    #[default]
    Utf16,
}

impl Encoding {
    /// Bytes if the editor offers them, since they need no counting.
    pub(super) fn agreed(offered: Option<&Json>) -> Encoding {
        let offered = offered.and_then(Json::as_array).into_iter().flatten();
        match offered.into_iter().any(|kind| kind == "utf-8") {
            true => Encoding::Utf8,
            false => Encoding::Utf16,
        }
    }

    /// Its name in the protocol.
    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
        }
    }

    fn length(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
        }
    }
}

/// A text with the starts of its lines. Here, unlike elsewhere, a lone `\r` ends a line too: the protocol says so.
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
    columns: Columns,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
        let ends = ends.filter(|at| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        Lines {
            text,
            starts: std::iter::once(0).chain(ends.map(|at| at + 1)).collect(),
            encoding,
            columns: Columns::default(),
        }
    }

    /// Where a byte stands. Past the end: the end.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).map_or(offset, |start| *start);
        let character = match self.encoding {
            Encoding::Utf8 => offset - start,
            Encoding::Utf16 => self.columns.between(self.text, start, offset, utf16),
        };
        Position { line: line as u32, character: character as u32 }
    }

    /// The range of a span of this text.
    pub(super) fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start as usize), end: self.position(span.end as usize) }
    }

    /// The byte at a position. Past the end of a line: its end; past the last line: the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let text = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let mut left = position.character as usize;
        for (at, c) in text.char_indices() {
            // Within a character: before it.
            if left < self.encoding.length(c) {
                return start + at;
            }
            left -= self.encoding.length(c);
        }
        start + text.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn characters_are_counted_as_agreed() {
        let text = "a\r\nä😀b\rc\n";
        let (wide, bytes) = (Lines::new(text, Encoding::Utf16), Lines::new(text, Encoding::Utf8));
        let b = text.find('b').unwrap_or_default();
        assert_eq!((wide.position(b), bytes.position(b)), (place(1, 3), place(1, 6)));
        assert_eq!((wide.offset(place(1, 3)), bytes.offset(place(1, 6))), (b, b));
        assert_eq!(wide.position(text.find('c').unwrap_or_default()), place(2, 0));
        assert_eq!(wide.position(text.len()), place(3, 0));
    }

    #[test]
    fn what_lies_outside_is_the_nearest_inside() {
        let lines = Lines::new("ä😀\r\nb", Encoding::Utf16);
        assert_eq!(lines.offset(place(0, 99)), "ä😀".len());
        assert_eq!(lines.offset(place(0, 2)), "ä".len());
        assert_eq!(lines.offset(place(9, 0)), "ä😀\r\nb".len());
        assert_eq!(lines.position(99), place(1, 1));
    }

    #[test]
    fn bytes_are_taken_where_they_are_offered() {
        assert_eq!(Encoding::agreed(None), Encoding::Utf16);
        assert_eq!(Encoding::agreed(Some(&serde_json::json!(["utf-32", "utf-16"]))), Encoding::Utf16);
        assert_eq!(Encoding::agreed(Some(&serde_json::json!(["utf-16", "utf-8"]))), Encoding::Utf8);
    }
}
