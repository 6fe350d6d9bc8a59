//! What the parser reads: characters, and where each of them stands.

use std::ops::Range;

use crate::source::{Source, Span};
use crate::value::{Text, TextBuilder};

/// Text with places.
pub(super) trait Input {
    /// The characters.
    fn as_str(&self) -> &str;
    /// The place of a range of bytes.
    fn span(&self, range: Range<usize>) -> Span;
    /// A range of bytes as a text of its own.
    fn slice(&self, range: Range<usize>) -> Text;
    /// Appends a range of bytes to a text.
    fn push(&self, builder: &mut TextBuilder, range: Range<usize>);
}

/// A file.
pub(super) struct Plain<'a>(pub(super) &'a Source);

impl Input for Plain<'_> {
    fn as_str(&self) -> &str {
        &self.0.text
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.0.id, range.start, range.end)
    }

    fn slice(&self, range: Range<usize>) -> Text {
        Text::verbatim(self.0.text.get(range.clone()).unwrap_or(""), self.span(range))
    }

    fn push(&self, builder: &mut TextBuilder, range: Range<usize>) {
        builder.push(self.0.text.get(range.clone()).unwrap_or(""), Some(self.span(range)));
    }
}

/// The content of a string.
pub(super) struct Mapped<'a> {
    /// The content.
    pub(super) text: &'a Text,
    /// The place of what nobody wrote.
    pub(super) fallback: Span,
}

impl Input for Mapped<'_> {
    fn as_str(&self) -> &str {
        self.text.as_str()
    }

    fn span(&self, range: Range<usize>) -> Span {
        self.text.span_of(range).unwrap_or(self.fallback)
    }

    fn slice(&self, range: Range<usize>) -> Text {
        self.text.slice(range)
    }

    fn push(&self, builder: &mut TextBuilder, range: Range<usize>) {
        builder.push_part(self.text, range);
    }
}
