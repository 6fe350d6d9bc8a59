//! Edits carried out on texts.

use std::collections::BTreeMap;

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
    let mut changes: BTreeMap<FileId, Change> = BTreeMap::new();
    let mut taken = 0;
    for fix in fixes {
        let edits = |file: FileId| changes.get(&file).map_or(&[][..], |change| &change.edits);
        if fix.edits.iter().any(|edit| edits(edit.span.file).iter().any(|other| clash(edit, other))) {
            continue;
        }
        taken += 1;
        for edit in &fix.edits {
            let change = changes.entry(edit.span.file).or_default();
            if !change.edits.contains(edit) {
                change.edits.push(edit.clone());
            }
        }
    }
    for change in changes.values_mut() {
        change.edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    }
    (changes, taken)
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
