//! Strings that know which bytes of which file they came from.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::Value;
use crate::source::Span;

/// A decoded string with the map from its bytes back to the bytes of the source.
///
/// The map survives escapes, heredoc indentation, folding and concatenation, so that a JSON document inside a string has
/// spans in the file. Equality looks at the text only.
#[derive(Clone, Debug)]
pub struct Text {
    text: Arc<str>,
    map: Map,
}

#[derive(Clone, Debug)]
enum Map {
    /// Nobody wrote it.
    None,
    /// Byte for byte the bytes of this span.
    Verbatim(Span),
    /// In pieces.
    Pieces(Arc<Pieces>),
}

#[derive(Debug)]
struct Pieces {
    /// Sorted by `start`; each reaches to the next.
    runs: Vec<Run>,
    /// The value of which this text is the JSON encoding.
    encodes: Option<Value>,
}

/// A piece of a text: from `start` to the start of the next piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Run {
    /// First byte in the decoded text.
    pub start: u32,
    /// The bytes of the source. If they are as many as the piece has, they correspond one to one; otherwise the piece as
    /// a whole stands for the span as a whole (an escape, a computed part). `None`: nobody wrote it.
    pub span: Option<Span>,
}

impl Text {
    /// A text that nobody wrote.
    pub fn synthetic(text: &str) -> Self {
        Text { text: text.into(), map: Map::None }
    }

    /// A text that stands in the source byte for byte.
    pub fn verbatim(text: &str, span: Span) -> Self {
        debug_assert_eq!(text.len(), span.len());
        Text { text: text.into(), map: Map::Verbatim(span) }
    }

    /// The JSON encoding of `value`, mapped piece by piece.
    #[must_use]
    pub fn encoding(self, value: Value) -> Self {
        let runs = self.runs().into_owned();
        Text { text: self.text, map: Map::Pieces(Arc::new(Pieces { runs, encodes: Some(value) })) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The text, shared.
    pub fn shared(&self) -> Arc<str> {
        Arc::clone(&self.text)
    }

    /// The value of which this text is the JSON encoding, if it was made by `jsonencode` and the like.
    pub fn encoded(&self) -> Option<&Value> {
        match &self.map {
            Map::Pieces(pieces) => pieces.encodes.as_ref(),
            _ => None,
        }
    }

    /// The smallest span of the source that covers these bytes of the text, within the file of the first of them.
    pub fn span_of(&self, range: Range<usize>) -> Option<Span> {
        match &self.map {
            Map::None => None,
            Map::Verbatim(span) => {
                let start = span.start as usize;
                Some(Span::new(span.file, start + range.start, start + range.end.max(range.start)))
            }
            Map::Pieces(pieces) => self.span_in(&pieces.runs, range),
        }
    }

    fn span_in(&self, runs: &[Run], range: Range<usize>) -> Option<Span> {
        let first = runs.partition_point(|run| run.start as usize <= range.start).checked_sub(1)?;
        let mut covered: Option<Span> = None;
        for (i, run) in runs.iter().enumerate().skip(first) {
            let (start, end) =
                (run.start as usize, runs.get(i + 1).map_or(self.text.len(), |next| next.start as usize));
            if start >= range.end.max(range.start + 1) {
                break;
            }
            let Some(span) = run.span else { continue };
            let piece = if span.len() == end - start {
                let from = range.start.max(start) - start;
                let to = range.end.min(end).max(start) - start;
                Span::new(span.file, span.start as usize + from, span.start as usize + to.max(from))
            } else {
                span
            };
            covered = match covered {
                None => Some(piece),
                Some(before) if before.file == piece.file => Some(before.to(piece)),
                Some(before) => Some(before),
            };
        }
        covered
    }

    /// The pieces of the map, for building other texts from parts of this one.
    pub fn runs(&self) -> Cow<'_, [Run]> {
        match &self.map {
            Map::None => Cow::Owned(vec![Run { start: 0, span: None }]),
            Map::Verbatim(span) => Cow::Owned(vec![Run { start: 0, span: Some(*span) }]),
            Map::Pieces(pieces) => Cow::Borrowed(&pieces.runs),
        }
    }

    /// A part of the text, with its part of the map. The range must lie on character boundaries.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Text {
        let mut builder = TextBuilder::default();
        builder.push_part(self, range);
        builder.finish()
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Text {}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

/// Puts a [`Text`] together from pieces.
#[derive(Default, Debug)]
pub struct TextBuilder {
    text: String,
    runs: Vec<Run>,
}

impl TextBuilder {
    /// Appends text that stands for `span` (one to one if the lengths are equal).
    pub fn push(&mut self, text: &str, span: Option<Span>) {
        if text.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(text);
        if let (Some(last), Some(span)) = (self.runs.last_mut(), span) {
            // Grow the last piece if both correspond one to one and touch.
            let verbatim = last.span.is_some_and(|s| s.len() == start - last.start as usize);
            if let Some(before) = last.span
                && verbatim
                && span.len() == text.len()
                && before.file == span.file
                && before.end == span.start
            {
                last.span = Some(before.to(span));
                return;
            }
        }
        self.runs.push(Run { start: start as u32, span });
    }

    /// Appends another text with its map.
    pub fn push_text(&mut self, text: &Text) {
        self.push_part(text, 0..text.as_str().len());
    }

    /// Appends a part of another text with its part of the map.
    pub fn push_part(&mut self, text: &Text, range: Range<usize>) {
        let runs = text.runs();
        let first = runs.partition_point(|run| run.start as usize <= range.start).saturating_sub(1);
        for (i, run) in runs.iter().enumerate().skip(first) {
            let (start, end) =
                (run.start as usize, runs.get(i + 1).map_or(text.as_str().len(), |next| next.start as usize));
            let (from, to) = (range.start.max(start), range.end.min(end));
            if start >= range.end {
                break;
            }
            if from < to {
                let span = run.span.map(|span| match span.len() == end - start {
                    true => {
                        let at = span.start as usize;
                        Span::new(span.file, at + (from - start), at + (to - start))
                    }
                    false => span,
                });
                self.push(&text.as_str()[from..to], span);
            }
        }
    }

    /// The text so far.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The whole.
    pub fn finish(self) -> Text {
        let map = match self.runs.as_slice() {
            [] => Map::None,
            [Run { span: Some(span), .. }] if span.len() == self.text.len() => Map::Verbatim(*span),
            [Run { span: None, .. }] => Map::None,
            _ => Map::Pieces(Arc::new(Pieces { runs: self.runs, encodes: None })),
        };
        Text { text: self.text.into(), map }
    }
}
