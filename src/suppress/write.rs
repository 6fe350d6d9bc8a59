//! Suppressions to be written.

use crate::finding::{Edit, Finding};
use crate::parse::Syntax;
use crate::source::{Source, Span};

/// The comment that suppresses a finding once its reason is filled in, on a line of its own above the finding's place.
/// `source` is the text of that place. If the place is in a text of several lines, where a comment would become part of
/// it, the comment stands above the resource. JSON has no comments: `None`.
pub fn comment(finding: &Finding, source: &Source) -> Option<Edit> {
    let syntax = Syntax::of(source);
    if syntax == Syntax::Json || finding.region.file != source.id {
        return None;
    }
    let own = source.line(finding.region.start);
    let line = match finding.resource_header.file == source.id {
        true if is_in_text(source, syntax, own) => source.line(finding.resource_header.start),
        false if is_in_text(source, syntax, own) => return None,
        _ => own,
    };
    let text = source.line_text(line);
    let blanks = text.trim_start_matches('\u{feff}');
    let indent = blanks.get(..blanks.len() - blanks.trim_start().len())?;
    let start = *source.line_starts().get(line - 1)? as usize + (text.len() - blanks.len());
    let end = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let text = format!("{indent}# sealint: ignore[{}] {end}", finding.rule);
    Some(Edit { span: Span::new(source.id, start, start), text })
}

/// Whether a line is part of a text that begins above it: a heredoc, a block scalar.
fn is_in_text(source: &Source, syntax: Syntax, line: usize) -> bool {
    match syntax {
        Syntax::Hcl => is_in_heredoc(source, line),
        Syntax::Yaml => is_in_scalar(source, line),
        Syntax::Json => true,
    }
}

fn is_in_heredoc(source: &Source, line: usize) -> bool {
    let mut mark: Option<&str> = None;
    for line in 1..line {
        let text = source.line_text(line).trim();
        match mark {
            Some(end) if text == end => mark = None,
            Some(_) => {}
            None if text.starts_with(['#', '/']) => {}
            None => {
                let opened = text.rsplit_once("<<").map(|(_, word)| word.trim_start_matches('-'));
                let is_word = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '_');
                mark = opened.filter(is_word);
            }
        }
    }
    mark.is_some()
}

/// Whether one of the lines that a line is indented below opens a block scalar.
fn is_in_scalar(source: &Source, line: usize) -> bool {
    let depth = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let mut least = depth(source.line_text(line));
    for line in (1..line).rev() {
        let text = source.line_text(line);
        let code = text.split(" #").next().unwrap_or_default().trim_end();
        if code.trim().is_empty() || depth(text) >= least {
            continue;
        }
        least = depth(text);
        let sign = code.trim_end_matches(|c: char| matches!(c, '+' | '-') || c.is_ascii_digit());
        let before = sign.strip_suffix(['|', '>']).map(str::trim_end);
        if before.is_some_and(|before| before.ends_with([':', '-']) || before.rsplit(' ').next().is_some_and(is_tag)) {
            return true;
        }
    }
    false
}

/// `!Sub`, and what else can stand between a key and its text.
fn is_tag(word: &str) -> bool {
    word.starts_with(['!', '&'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn in_text(path: &str, text: &str) -> Vec<usize> {
        let source = Source::new(FileId(0), path, text);
        (1..=text.lines().count()).filter(|line| is_in_text(&source, Syntax::of(&source), *line)).collect()
    }

    #[test]
    fn lines_of_texts_are_known() {
        let hcl = "# a <<EOF\na = 1 << 2\np = <<-EOT\n  {\n  EOTX\n  EOT\nb = [<<X\n1\nX\n]\n";
        assert_eq!(in_text("a.tf", hcl), [4, 5, 6, 8, 9]);
        let yaml = "A:\n  B: !Sub |-\n    x\n\n    y: |\n  C:\n  - >2\n      z\n  - 'a | b'\n  D: x |\n    y\n";
        assert_eq!(in_text("a.yaml", yaml), [3, 5, 8]);
    }
}
