//! Going on after a syntax error: what is broken is blanked, byte for byte, so that the rest can be read again.

use std::ops::Range;

/// A text of which broken items are blanked.
pub(super) struct Repair {
    text: String,
    /// What to blank next if the last item was not enough, the smallest first.
    larger: std::vec::IntoIter<Range<usize>>,
    /// Where further errors are taken for effects of the last one.
    region: Range<usize>,
}

impl Repair {
    pub(super) fn new(text: &str) -> Self {
        Repair { text: text.to_owned(), larger: Vec::new().into_iter(), region: 0..0 }
    }

    /// The text as it is now.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Whether an error at `offset` is an effect of the last one.
    pub(super) fn is_effect(&self, offset: usize) -> bool {
        self.region.contains(&offset)
    }

    /// Blanks the item that holds `offset`, or a larger one if that did not help before. `None`: nothing is left to blank.
    pub(super) fn blank(&mut self, offset: usize) -> Option<Range<usize>> {
        if !self.is_effect(offset) {
            let items = enclosing_items(&self.text, offset);
            self.region =
                items.iter().take(2).fold(offset..offset, |all, item| all.start.min(item.start)..all.end.max(item.end));
            self.larger = items.into_iter();
        }
        loop {
            let item = self.larger.next()?;
            let broken = self.text.get(item.clone()).unwrap_or("");
            if broken.trim().is_empty() {
                continue;
            }
            let blank: String = broken.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
            self.text.replace_range(item.clone(), &blank);
            return Some(item);
        }
    }
}

/// The line at `offset` with the lines that are indented deeper, then the entry of a top-level section that holds it
/// (a resource), then the section.
fn enclosing_items(text: &str, offset: usize) -> Vec<Range<usize>> {
    let line = line_start(text, offset.min(text.len()));
    let own = indentation(text, line).unwrap_or(0);
    // The lines above that are indented less and less, and how far the entries below the first of them are.
    let (mut ancestors, mut indent, mut siblings) = (Vec::new(), own, own);
    let mut at = line;
    while at > 0 && indent > 0 {
        at = line_start(text, at - 1);
        match indentation(text, at) {
            Some(outer) if outer < indent => {
                indent = outer;
                ancestors.push((at, outer));
            }
            Some(inner) if ancestors.is_empty() => siblings = inner,
            _ => {}
        }
    }
    // A line that is not indented far enough does not take its next sibling along.
    let mut items = vec![(line, own.max(siblings))];
    items.extend(ancestors.iter().rev().nth(1));
    items.extend(ancestors.last());
    items.into_iter().map(|(start, indent)| start..item_end(text, start, indent)).collect()
}

fn line_start(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1)
}

/// How far the line is indented, a tab counting as eight; `None` for blank lines and comments.
fn indentation(text: &str, line: usize) -> Option<usize> {
    let rest = &text.as_bytes()[line..];
    let indent = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    match rest.get(indent) {
        None | Some(b'\n' | b'\r' | b'#') => None,
        Some(_) => Some(rest[..indent].iter().map(|byte| if *byte == b'\t' { 8 } else { 1 }).sum()),
    }
}

/// The end of the item that begins with the line at `start` and is indented by `indent`.
fn item_end(text: &str, start: usize, indent: usize) -> usize {
    let mut at = start;
    while let Some(newline) = text.as_bytes()[at..].iter().position(|byte| *byte == b'\n') {
        at += newline + 1;
        if indentation(text, at).is_some_and(|inner| inner <= indent) {
            return at;
        }
    }
    text.len()
}
