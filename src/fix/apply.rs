//! Edits carried out on texts.

use std::collections::BTreeMap;

use super::align;
use crate::finding::{Edit, Fix};
use crate::source::FileId;

/// What fixes do to one file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Change {
    /// The edits in the order of the text. They do not overlap.
    pub edits: Vec<Edit>,
}

/// The changes that fixes make, by file, and how many of the fixes are among them: one that would write elsewhere into
/// what another writes is left out as a whole.
pub fn changes<'a>(fixes: impl Iterator<Item = &'a Fix>) -> (BTreeMap<FileId, Change>, usize) {
    let mut files: BTreeMap<FileId, Placed<'a>> = BTreeMap::new();
    let mut taken = 0;
    for fix in fixes {
        let clashes = |edit: &Edit| files.get(&edit.span.file).is_some_and(|placed| placed.clash(edit));
        if fix.edits.iter().any(clashes) {
            continue;
        }
        taken += 1;
        for edit in &fix.edits {
            files.entry(edit.span.file).or_default().add(edit);
        }
    }
    let change = |placed: Placed<'_>| {
        let mut edits: Vec<Edit> = placed.0.into_values().flatten().cloned().collect();
        align::together(&mut edits);
        Change { edits }
    };
    (files.into_iter().map(|(file, placed)| (file, change(placed))).collect(), taken)
}

/// The edits of a file by where they begin and end. Of those of one place, the first comes first.
#[derive(Default)]
struct Placed<'a>(BTreeMap<(u32, u32), Vec<&'a Edit>>);

impl<'a> Placed<'a> {
    /// Whether an edit cannot be made beside these. They do not overlap: whoever ends before it has only such before him.
    fn clash(&self, edit: &Edit) -> bool {
        let before = self.0.range(..=(edit.span.end, u32::MAX)).rev();
        let mut near = before.take_while(|((_, end), _)| *end >= edit.span.start);
        near.any(|(_, others)| others.iter().any(|other| clash(edit, other)))
    }

    fn add(&mut self, edit: &'a Edit) {
        let there = self.0.entry((edit.span.start, edit.span.end)).or_default();
        if !there.contains(&edit) {
            there.push(edit);
        }
    }
}

/// Whether two edits cannot both be made. The same edit twice is one; insertions at one place follow each other.
fn clash(one: &Edit, other: &Edit) -> bool {
    let insertions = one.span.is_empty() && other.span.is_empty();
    one != other && !insertions && one.span.start <= other.span.end && other.span.start <= one.span.end
}

/// A text with a change made.
pub fn apply(text: &str, change: &Change) -> String {
    let mut result = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for edit in &change.edits {
        result.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
        result.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    result.push_str(text.get(at..).unwrap_or_default());
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn fix(edits: &[(usize, usize, &str)]) -> Fix {
        let edit = |(start, end, text): &(usize, usize, &str)| Edit {
            span: Span::new(FileId(0), *start, *end),
            text: (*text).to_owned(),
        };
        Fix { title: String::new(), safe: true, edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn what_clashes_is_left_out_as_a_whole() {
        let fixes = [
            fix(&[(4, 5, "E")]),
            fix(&[(0, 1, "A")]),
            fix(&[(2, 2, "<"), (6, 6, "[")]),
            fix(&[(2, 2, ">")]),
            // The same again; what touches, holds or lies in another; one of two.
            fix(&[(0, 1, "A")]),
            fix(&[(1, 1, "!")]),
            fix(&[(3, 8, "!")]),
            fix(&[(4, 5, "!")]),
            fix(&[(8, 9, "!"), (1, 2, "!")]),
            fix(&[(7, 9, "HI")]),
        ];
        let (changes, taken) = changes(fixes.iter());
        assert_eq!(taken, 6);
        assert_eq!(apply("abcdefghi", &changes[&FileId(0)]), "Ab<>cdEf[gHI");
    }
}
