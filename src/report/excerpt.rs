//! Source text for miette, by the line index that the source already has.
//!
//! miette's own implementations read the text from its first byte for each label. This one looks lines up, never prints a
//! character that a terminal would act on, and cuts lines that are too long to read (a minified template is one line).

use std::collections::HashMap;
use std::sync::Arc;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};
use textwrap::core::display_width;

use super::escape;
use crate::source::{FileId, Source, Span};

/// The most bytes of a line that are shown before the label; a longer lead is cut.
const LEAD: usize = 160;
/// How many bytes are shown around a label in a line that is cut; a terminal has less room for them.
const AROUND: usize = 48;
/// The most bytes that one excerpt shows.
const MAX_BYTES: usize = 4096;
/// The most bytes that are underlined.
const MAX_LABEL: usize = 120;
/// How many columns miette gives a tab, beyond the one of any character.
const TAB: usize = 4;

/// The texts of a report, safe to print, each made once.
#[derive(Default)]
pub(super) struct Excerpts {
    safe: HashMap<FileId, Arc<str>>,
}

/// A source as miette reads it.
#[derive(Clone, Debug)]
pub(super) struct Excerpt {
    /// The path as it is printed, with a hyperlink where that is wanted.
    name: String,
    source: Arc<Source>,
    /// The source's text with harmless characters, byte for byte as long.
    text: Arc<str>,
    /// The most bytes that are shown before the label.
    lead: usize,
    /// How many bytes are shown around the label in a line that is cut.
    around: usize,
}

impl Excerpts {
    /// The excerpt of a source under a name.
    pub(super) fn of(&mut self, source: &Arc<Source>, name: String) -> Excerpt {
        let safe = self.safe.entry(source.id).or_insert_with(|| match escape::same_length(&source.text) {
            Some(safe) => safe.into(),
            None => Arc::clone(&source.text),
        });
        Excerpt { name, source: Arc::clone(source), text: Arc::clone(safe), lead: LEAD, around: AROUND }
    }
}

impl Excerpt {
    /// The same, but its line begins no more than so many bytes before the label.
    pub(super) fn cut(self, around: usize) -> Excerpt {
        Excerpt { lead: around, around, ..self }
    }

    /// Whether both show the same file in the same way.
    pub(super) fn is_like(&self, other: &Excerpt) -> bool {
        self.source.id == other.source.id && self.lead == other.lead
    }

    /// How many columns stand before each line: its number, and a line.
    pub(super) fn gutter(&self) -> usize {
        self.source.line_starts().len().to_string().len() + 4
    }

    /// How many columns of the first line of a span stand before it, at most. Beyond `room` columns it says no more than
    /// that they are as many.
    pub(super) fn column(&self, place: SourceSpan, room: usize) -> usize {
        // No character is longer than four bytes.
        let from = self.text.floor_char_boundary(place.offset().saturating_sub(4 * (room + 1)));
        let lead = self.text.get(from..place.offset()).unwrap_or_default();
        let lead = lead.rfind('\n').map_or(lead, |end| &lead[end + 1..]);
        display_width(lead) + lead.matches('\t').count() * TAB
    }

    /// How many columns an underline covers.
    pub(super) fn columns(&self, place: SourceSpan) -> usize {
        self.text.get(place.offset()..place.offset() + place.len()).map_or(0, display_width)
    }

    /// The start of an underline, no more than so many columns.
    pub(super) fn shortened(&self, place: SourceSpan, columns: usize) -> SourceSpan {
        let text = self.text.get(place.offset()..place.offset() + place.len()).unwrap_or_default();
        let mut used = 0;
        let end = text.char_indices().find(|(_, c)| {
            used += display_width(c.encode_utf8(&mut [0; 4]));
            used > columns
        });
        (place.offset(), end.map_or(text.len(), |(at, _)| at)).into()
    }

    /// Whether a line holds nothing to see.
    fn is_blank(&self, line: usize) -> bool {
        let starts = self.source.line_starts();
        let start = starts.get(line).map_or(self.text.len(), |start| *start as usize);
        let end = starts.get(line + 1).map_or(self.text.len(), |start| *start as usize);
        self.text.get(start..end).is_none_or(|text| text.trim().is_empty())
    }

    /// What to underline for a span: its part on its first line, within bounds. `None` if there is nothing to show.
    pub(super) fn underline(&self, span: Span) -> Option<SourceSpan> {
        let start = span.start as usize;
        let text = self.text.get(start..)?;
        if self.text.is_empty() {
            return None;
        }
        let text = &text[..text.floor_char_boundary(span.len().min(MAX_LABEL))];
        let line = text.find('\n').map_or(text, |end| &text[..end]).trim_end_matches('\r');
        Some((start, line.len()).into())
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let (first, last) = (span.offset(), span.offset() + span.len());
        if last > self.text.len() || span.len() > MAX_BYTES {
            return Err(MietteError::OutOfBounds);
        }
        let starts = self.source.line_starts();
        let line_of = |offset: usize| starts.partition_point(|start| *start as usize <= offset).saturating_sub(1);
        let start_of = |line: usize| starts.get(line).map_or(self.text.len(), |start| *start as usize);
        // As miette's own sources do: without context, the contents start at the span itself.
        let (mut line, mut start) = match lines_before {
            0 => (line_of(first), first),
            before => {
                let own = line_of(first);
                let line = (own.saturating_sub(before)..own).find(|line| !self.is_blank(*line)).unwrap_or(own);
                (line, start_of(line))
            }
        };
        if first - start_of(line_of(first)) > self.lead || first - start > LEAD {
            line = line_of(first);
            start = start.max(start_of(line)).max(self.text.floor_char_boundary(first.saturating_sub(self.around)));
        }
        let own = line_of(last);
        let last_line = (own + 1..=own + lines_after).rfind(|line| !self.is_blank(*line)).unwrap_or(own);
        let mut end = start_of(last_line + 1);
        if end - last > LEAD {
            let line_end = start_of(line_of(last) + 1);
            end = line_end.min(self.text.ceil_char_boundary((last + AROUND).min(self.text.len())));
        }
        let bytes = self.text.get(start..end).ok_or(MietteError::OutOfBounds)?.as_bytes();
        let column = self.source.position(start as u32).column - 1;
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            bytes,
            (start, end - start).into(),
            line,
            column,
            last_line.saturating_sub(line) + 1,
        )))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn excerpt(text: &str) -> Excerpt {
        Excerpts::default().of(&Arc::new(Source::new(FileId(0), "a.tf", text)), "a.tf".to_string())
    }

    fn shown(text: &str, span: (usize, usize)) -> (String, usize, usize) {
        let excerpt = excerpt(text);
        let contents = excerpt.read_span(&span.into(), 1, 1).unwrap();
        (String::from_utf8_lossy(contents.data()).into_owned(), contents.line(), contents.column())
    }

    #[test]
    fn a_line_is_shown_with_its_neighbours() {
        assert_eq!(shown("a\nb\nc\nd\n", (4, 1)), ("b\nc\nd\n".to_string(), 1, 0));
        assert_eq!(shown("a", (0, 1)), ("a".to_string(), 0, 0));
    }

    #[test]
    fn an_empty_neighbour_is_left_out() {
        assert_eq!(shown("a\n\nb\n  \n", (3, 1)), ("b\n".to_string(), 2, 0));
    }

    #[test]
    fn columns_are_those_of_a_terminal() {
        let excerpt = excerpt("a\n\t時々 = \"é\"\n");
        assert_eq!((excerpt.column((9, 0).into(), 80), excerpt.columns((3, 6).into())), (8, 4));
        assert_eq!(excerpt.shortened((3, 6).into(), 3), (3, 3).into());
    }

    #[test]
    fn a_long_line_is_cut_around_the_label() {
        let text = format!("x\n{}KEY{}\ny\n", "é".repeat(5000), "z".repeat(5000));
        let (shown, line, column) = shown(&text, (10002, 3));
        assert_eq!(shown, format!("{}KEY{}", "é".repeat(24), "z".repeat(48)));
        assert_eq!((line, column), (1, 4976));
        // Where a terminal ends, no more is measured.
        let column = excerpt(&text).column((10002, 3).into(), 80);
        assert!((81..=4 * 81).contains(&column), "{column}");
    }

    #[test]
    fn a_label_stays_on_one_line_and_within_bounds() {
        let text = format!("block {{\r\n  a\r\n}}\r\n{}", "w".repeat(500));
        let excerpt = excerpt(&text);
        assert_eq!(excerpt.underline(Span::new(FileId(0), 0, 14)), Some((0, 7).into()));
        assert_eq!(excerpt.underline(Span::new(FileId(0), 17, 517)), Some((17, MAX_LABEL).into()));
        assert_eq!(excerpt.underline(Span::new(FileId(0), 517, 517)), Some((517, 0).into()));
        assert_eq!(excerpt.underline(Span::new(FileId(0), 600, 601)), None);
    }
}
