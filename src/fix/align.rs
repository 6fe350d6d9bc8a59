//! New attributes among those of a block as `terraform fmt` has them: the equals signs of single-line arguments on
//! consecutive lines stand under each other ("Style Guide", developer.hashicorp.com/terraform/language/style).

use crate::finding::Edit;
use crate::source::Source;

/// A line `key = value` whose value ends on it.
struct Assignment<'t> {
    indent: &'t str,
    key: &'t str,
    /// How far from the key's start the equals sign stands.
    sign: usize,
    value: &'t str,
}

impl<'t> Assignment<'t> {
    fn read(line: &'t str) -> Option<Self> {
        let text = line.trim_start();
        let indent = &line[..line.len() - text.len()];
        let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))?;
        let (key, rest) = text.split_at(end);
        let value = rest.trim_start().strip_prefix('=').filter(|value| !value.starts_with(['=', '>']))?;
        let sign = key.len() + (rest.len() - rest.trim_start().len());
        let count = |signs: [char; 3]| value.matches(signs).count();
        let is_whole = count(['{', '[', '(']) == count(['}', ']', ')']) && !value.contains("<<");
        (!key.is_empty() && is_whole).then(|| Assignment { indent, key, sign, value: value.trim() })
    }

    fn write(&self, sign: usize) -> String {
        format!("{}{:<sign$}= {}", self.indent, self.key, self.value)
    }
}

/// `key = value` beside the attribute on a line of the text, and whether a blank line has to stand between them: the other
/// stays as it is.
pub(super) fn beside(source: &Source, line: usize, key: &str, value: &str) -> (String, bool) {
    let plain = format!("{key} = {value}");
    match Assignment::read(source.line_text(line)) {
        Some(other) if other.sign > key.len() => (format!("{key:<0$}= {value}", other.sign), false),
        Some(_) => (plain, true),
        None => (plain, false),
    }
}

/// Puts attributes that are inserted at one place in an order in which they and what stands there are aligned. `edits` are
/// those of a file in the order of the text.
pub(super) fn together(edits: &mut [Edit]) {
    for group in edits.chunk_by_mut(|a, b| a.span == b.span && a.span.is_empty()) {
        if group.len() > 1
            && let Some(texts) = aligned(group)
        {
            group.iter_mut().zip(texts).for_each(|(edit, text)| edit.text = text);
        }
    }
}

/// The texts of attributes that are inserted at one place; `None` if not all of them are lines of their own.
fn aligned(group: &[Edit]) -> Option<Vec<String>> {
    let eol = if group.first()?.text.contains("\r\n") { "\r\n" } else { "\n" };
    let (mut above, mut near, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for edit in group {
        let text = edit.text.strip_suffix(eol)?;
        let (text, place) = match (text.strip_prefix(eol), text.strip_suffix(eol)) {
            (Some(text), _) => (text, &mut below),
            (None, Some(text)) => (text, &mut above),
            (None, None) => (text, &mut near),
        };
        place.push(Assignment::read(text).filter(|_| !text.contains('\n'))?);
    }
    let lines = |part: &[Assignment<'_>]| {
        let sign = part.iter().map(|assignment| assignment.sign).max().unwrap_or_default();
        part.iter().map(|assignment| assignment.write(sign) + eol).collect::<Vec<_>>()
    };
    let (mut first, mut last) = (lines(&above), lines(&below));
    first.last_mut().into_iter().for_each(|text| text.push_str(eol));
    last.first_mut().into_iter().for_each(|text| text.insert_str(0, eol));
    Some(first.into_iter().chain(lines(&near)).chain(last).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{FileId, Span};

    #[test]
    fn equals_signs_stand_under_each_other_or_apart() {
        let source =
            Source::new(FileId(0), "a.tf", "  name        = \"x\"\n  a = 1\n  tags = {\n  }\n  b { }\n  c = <<E\n");
        let with = |line: usize| beside(&source, line, "rotation", "true");
        assert_eq!(with(1), ("rotation    = true".to_owned(), false));
        assert_eq!(with(2), ("rotation = true".to_owned(), true));
        for line in 3..=6 {
            assert_eq!(with(line), ("rotation = true".to_owned(), false), "{line}");
        }
    }

    #[test]
    fn what_is_inserted_at_one_place_is_one_group() {
        let with = |texts: &[&str]| {
            let edit = |text: &&str| Edit { span: Span::new(FileId(0), 9, 9), text: (*text).to_owned() };
            let mut edits: Vec<Edit> = texts.iter().map(edit).collect();
            together(&mut edits);
            edits.into_iter().map(|edit| edit.text).collect::<String>()
        };
        assert_eq!(with(&["  a = 1\n", "  long = 2\n"]), "  a    = 1\n  long = 2\n");
        assert_eq!(
            with(&["\n  long = 2\n", "  a = 1\n", "\n  longer = 3\n"]),
            "  a = 1\n\n  long   = 2\n  longer = 3\n"
        );
        assert_eq!(with(&["  a = 1\n", "  long = 2\n\n"]), "  long = 2\n\n  a = 1\n");
        assert_eq!(with(&["A: 1\n", "B: 2\n"]), "A: 1\nB: 2\n");
    }
}
