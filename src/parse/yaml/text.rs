//! Which bytes of the source the bytes of a decoded scalar are.
//!
//! The decoded text is walked along the text as it is written. Where the two do not match as expected, the rest of the
//! one stands for the rest of the other as a whole: the map gets coarse, never wrong.

use std::ops::Range;

use granit_parser::ScalarStyle;

use crate::source::{FileId, Span};
use crate::value::{Text, TextBuilder};

/// The text of a plain or quoted scalar that is written at `range` (quotes included).
pub(super) fn flow(file: FileId, source: &str, range: Range<usize>, style: ScalarStyle, decoded: &str) -> Text {
    let quotes = usize::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
    let inner = range.start + quotes..range.end.saturating_sub(quotes).max(range.start + quotes);
    if source.get(inner.clone()) == Some(decoded) {
        return Text::verbatim(decoded, Span::new(file, inner.start, inner.end));
    }
    let mut walk = Walk { file, source, at: inner.start, end: inner.end, decoded, builder: TextBuilder::default() };
    while !walk.done() {
        let step = match style {
            ScalarStyle::SingleQuoted if walk.rest().starts_with("''") => walk.take(2, "'"),
            ScalarStyle::DoubleQuoted if walk.rest().starts_with('\\') => walk.escape(),
            _ => walk.fold_or_verbatim(),
        };
        if step.is_none() {
            break;
        }
    }
    walk.finish()
}

/// The text of a block scalar whose header ends at `header` and whose first line of content begins at `range.start`.
pub(super) fn block(file: FileId, source: &str, header: usize, range: Range<usize>, decoded: &str) -> Text {
    let line_start = source[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
    let indent = range.start - line_start;
    let mut walk = Walk { file, source, at: header, end: range.end, decoded, builder: TextBuilder::default() };
    let mut line = range.start;
    while !walk.done() && line < range.end {
        let content = source[line..range.end].lines().next().unwrap_or("");
        if !content.is_empty() && walk.line(line, content).is_none() {
            break;
        }
        let Some(newline) = source[line..range.end].find('\n') else { break };
        let next = line + newline + 1;
        let blanks = source[next..range.end].bytes().take(indent).take_while(|byte| *byte == b' ').count();
        line = next + blanks;
    }
    walk.finish()
}

/// Two texts side by side: `source[at..end]` as written, and `decoded` from where `builder` has got to.
struct Walk<'a> {
    file: FileId,
    source: &'a str,
    at: usize,
    end: usize,
    decoded: &'a str,
    builder: TextBuilder,
}

impl<'a> Walk<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..self.end).unwrap_or("")
    }

    fn decoded_rest(&self) -> &'a str {
        self.decoded.get(self.builder.as_str().len()..).unwrap_or("")
    }

    fn done(&self) -> bool {
        self.rest().is_empty() || self.decoded_rest().is_empty()
    }

    /// The next `length` bytes of the source are `text`.
    fn take(&mut self, length: usize, text: &str) -> Option<()> {
        if !self.decoded_rest().starts_with(text) {
            return None;
        }
        self.builder.push(text, Some(Span::new(self.file, self.at, self.at + length)));
        self.at += length;
        Some(())
    }

    /// A line break with the blanks around it: a space; of several breaks the first is dropped. Everything else stands for
    /// itself.
    fn fold_or_verbatim(&mut self) -> Option<()> {
        let rest = self.rest();
        match line_breaks(rest) {
            (0, _) => {
                let special = |(i, c): &(usize, char)| *i > 0 && matches!(c, '\\' | '\'' | ' ' | '\t' | '\r' | '\n');
                let length = rest.char_indices().find(special).map_or(rest.len(), |(i, _)| i);
                self.take(length, &rest[..length])
            }
            // Blanks within a line, all at once: each would ask again for the break after them.
            (length, 0) => self.take(length, &rest[..length]),
            (length, 1) => self.take(length, " "),
            (length, breaks) => self.take(length, &"\n".repeat(breaks - 1)),
        }
    }

    /// An escape of a double-quoted scalar.
    fn escape(&mut self) -> Option<()> {
        let rest = self.rest();
        let length = match rest.as_bytes().get(1)? {
            b'x' => 4,
            b'u' if matches!(
                rest.as_bytes().get(2..4),
                Some([b'd' | b'D', b'8'..=b'9' | b'a'..=b'b' | b'A'..=b'B'])
            ) =>
            {
                12
            }
            b'u' => 6,
            b'U' => 10,
            b'\n' | b'\r' => {
                let (length, breaks) = line_breaks(&rest[1..]);
                return self.take(1 + length, &"\n".repeat(breaks - 1));
            }
            _ => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
        };
        let decoded = self.decoded_rest();
        let first = decoded.chars().next()?.len_utf8();
        self.take(length.min(rest.len()), &decoded[..first])
    }

    /// A line of a block scalar that begins at `line`; what is decoded before it stands for what is written before it.
    fn line(&mut self, line: usize, content: &str) -> Option<()> {
        let rest = self.decoded_rest();
        let breaks = rest.len() - rest.trim_start_matches('\n').len();
        let before =
            if breaks == 0 && !rest.starts_with(content) { usize::from(rest.starts_with(' ')) } else { breaks };
        if !rest[before..].starts_with(content) {
            return None;
        }
        if before > 0 {
            self.take(line - self.at, &rest[..before])?;
        }
        self.at = line;
        self.take(content.len(), content)
    }

    /// The whole, with what is left of the one standing for what is left of the other.
    fn finish(mut self) -> Text {
        let rest = self.decoded_rest();
        let written = Span::new(self.file, self.at.min(self.end), self.end);
        self.builder.push(rest, (!written.is_empty()).then_some(written));
        self.builder.finish()
    }
}

/// The length of the blanks and line breaks at the start of `text`, and how many breaks there are. Blanks alone do not
/// count.
fn line_breaks(text: &str) -> (usize, usize) {
    let length = text.len() - text.trim_start_matches([' ', '\t', '\r', '\n']).len();
    let blanks = &text[..length];
    let returns = blanks.matches('\r').count() - blanks.matches("\r\n").count();
    (length, blanks.matches('\n').count() + returns)
}
