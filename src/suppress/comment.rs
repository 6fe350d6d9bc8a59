//! Suppressions in comments, found in the text itself: most files have none, and are searched as fast as memory is read.

use std::cell::LazyCell;

use chrono::NaiveDate;
use memchr::memmem;

use super::bracket;
use super::directive::{Directive, Name, Target, date};
use crate::config::Foreign;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::Syntax;
use crate::source::{Source, Span};

/// The suppressions in a file's comments; comments that look like one and are none are reported.
pub(super) fn directives(source: &Source, foreign: &[Foreign], diagnostics: &mut Vec<Diagnostic>) -> Vec<Directive> {
    // To find out may take a look at all of the text, and most files have no comment of ours.
    let language = LazyCell::new(|| Syntax::of(source));
    let mut found = Vec::new();
    for at in memmem::find_iter(source.text.as_bytes(), "sealint:") {
        if let Some(comment) = comment_at(source, at, *language) {
            found.extend(own(source, at + "sealint:".len(), &comment, diagnostics));
        }
    }
    for (linter, keyword) in
        [(Foreign::Checkov, "checkov:skip="), (Foreign::Trivy, "trivy:ignore:"), (Foreign::Trivy, "tfsec:ignore:")]
    {
        let wanted = foreign.contains(&linter).then(|| memmem::find_iter(source.text.as_bytes(), keyword));
        for at in wanted.into_iter().flatten() {
            if let Some(comment) = comment_at(source, at, *language) {
                found.extend(other(source, at + keyword.len(), &comment, linter));
            }
        }
    }
    found
}

/// A comment that starts with the word searched for.
struct Comment {
    /// One past its last byte, without the mark that closes it.
    end: usize,
    target: Target,
}

/// The comment whose text starts at `at`.
fn comment_at(source: &Source, at: usize, language: Syntax) -> Option<Comment> {
    let text = &*source.text;
    let line = source.line(at as u32);
    let line_start = source.line_starts().get(line - 1).map(|start| *start as usize)?;
    let line_end = line_start + source.line_text(line).len();
    let before = text.get(line_start..at)?.trim_end();
    if language == Syntax::Json {
        let open = bracket::open_at(text, at);
        // The string is the value of the key, or an item of the list that is.
        let list = open.last().filter(|open| text.as_bytes().get(**open) == Some(&b'['));
        let string = text[..at].strip_suffix('"')?;
        let before = list.map_or(string, |open| &text[..*open]);
        before.trim_end().strip_suffix(':')?.trim_end().strip_suffix("\"//\"")?;
        let end = at + string_end(&text[at..line_end]);
        let object = open.into_iter().rfind(|open| text.as_bytes().get(*open) == Some(&b'{'))?;
        return Some(Comment { end, target: Target::Object(bracket::object(source, object)) });
    }
    let block = language == Syntax::Hcl && (before.ends_with("/*") || before.trim() == "*");
    let marks: &[&str] = if language == Syntax::Hcl { &["#", "//", "/*"] } else { &["#"] };
    let start = match marks.iter().find(|mark| before.ends_with(**mark)) {
        Some(mark) => line_start + before.trim_end_matches(*mark).len(),
        None if block => line_start,
        None => return None,
    };
    let (end, last_line) = match block.then(|| text[at..].find("*/")).flatten() {
        Some(close) => (line_end.min(at + close), source.line((at + close) as u32)),
        None => (line_end, line),
    };
    let after = match block {
        true => text[at..].find("*/").map_or("", |close| rest_of_line(&text[at + close + 2..])),
        false => "",
    };
    let alone = text[line_start..start].trim().is_empty() && after.trim().is_empty();
    let target = if alone { below(source, line, last_line, language) } else { vec![line] };
    Some(Comment { end, target: Target::Lines(target) })
}

fn rest_of_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// Where a JSON string ends whose text starts here.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return i,
            _ => {}
        }
    }
    text.len()
}

/// The lines that a comment on lines `first..=last` of its own belongs to: the one below, past further comments, and the
/// header of the block if the comment comes first in it.
fn below(source: &Source, first: usize, last: usize, language: Syntax) -> Vec<usize> {
    let is_comment = |line: &str| {
        let line = line.trim();
        line.starts_with('#') || (language == Syntax::Hcl && (line.starts_with("//") || line.starts_with("/*")))
    };
    let next = (last + 1..).find(|line| !is_comment(source.line_text(*line))).unwrap_or(last);
    let mut lines: Vec<usize> =
        Some(next).filter(|line| !source.line_text(*line).trim().is_empty()).into_iter().collect();
    let above = (1..first).rev().find(|line| {
        let text = source.line_text(*line);
        !text.trim().is_empty() && !is_comment(text)
    });
    let opens = |line: &usize| match language {
        Syntax::Yaml => source.line_text(*line).trim_end().ends_with([':', '{', '[']),
        _ => source.line_text(*line).trim_end().ends_with(['{', '[', '(']),
    };
    lines.extend(above.filter(opens));
    lines
}

/// `ignore[a, b] until=2027-01-31 reason`, after our keyword.
fn own(source: &Source, start: usize, comment: &Comment, diagnostics: &mut Vec<Diagnostic>) -> Option<Directive> {
    let body = source.text.get(start..comment.end)?;
    let span = Span::new(source.id, start - "sealint:".len(), start + body.trim_end().len());
    let mut malformed = || {
        let message = "this comment is no suppression that sealint understands";
        let help = "write `sealint: ignore[rule-id] reason`";
        diagnostics.push(Diagnostic::warning(Code::Suppression, message, span).help(help));
    };
    let list = body.trim_start().strip_prefix("ignore").map(str::trim_start).and_then(|rest| rest.strip_prefix('['));
    let Some((list, rest)) = list.and_then(|list| list.split_once(']')) else {
        malformed();
        return None;
    };
    let names = names(source, list, start + body.find('[')? + 1);
    if names.is_empty() {
        malformed();
        return None;
    }
    let mut until = None;
    let mut words = Vec::new();
    for word in rest.split_whitespace() {
        match word.strip_prefix("until=") {
            Some(day) => match date(day.trim_end_matches([',', ';', ':']), span, diagnostics) {
                Some(day) => until = Some(day),
                // Without its date a suppression would count for ever.
                None => return None,
            },
            None => words.push(word),
        }
    }
    if let Some(day) = until.is_none().then(|| spelt_out(&words)).flatten() {
        let message = format!("`until {day}` is part of the reason here: this suppression never ends");
        let help = format!("write `until={day}`");
        diagnostics.push(Diagnostic::warning(Code::Suppression, message, span).help(help));
    }
    let reason = words.join(" ").trim_start_matches([':', '-', '–', '—']).trim().to_string();
    let reason = Some(reason).filter(|reason| reason.chars().any(char::is_alphanumeric));
    Some(Directive { span, names, reason, until, target: comment.target.clone(), foreign: None })
}

/// The date after the word `until`, in a reason.
fn spelt_out(words: &[&str]) -> Option<NaiveDate> {
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let day = |word: &str| NaiveDate::parse_from_str(&bare(word), "%Y-%m-%d").ok();
    let apart =
        words.iter().zip(words.iter().skip(1)).find_map(|(word, next)| (bare(word) == "until").then(|| day(next))?);
    apart.or_else(|| words.iter().find_map(|word| bare(word).strip_prefix("until:").and_then(&day)))
}

/// The names of a list that starts at `offset`.
fn names(source: &Source, list: &str, mut offset: usize) -> Vec<Name> {
    let mut names = Vec::new();
    for item in list.split(',') {
        let start = offset + (item.len() - item.trim_start().len());
        let text = item.trim();
        if !text.is_empty() {
            let span = Span::new(source.id, start, start + text.len());
            names.push(Name { text: text.to_string(), span, used: false });
        }
        offset += item.len() + 1;
    }
    names
}

/// `CKV_AWS_7,CKV_AWS_8:reason` after checkov's keyword, anywhere in a resource; `AWS-0065:exp:2027-01-31` after Trivy's,
/// above a block or an attribute. Trivy's conditions (`[attribute=value]`) and wildcards do not count.
fn other(source: &Source, start: usize, comment: &Comment, linter: Foreign) -> Option<Directive> {
    let body = source.text.get(start..comment.end)?;
    let word = body.split(char::is_whitespace).next()?;
    let (list, rest) = word.split_once(':').map_or((word, None), |(list, rest)| (list, Some(rest)));
    if list.contains(['[', '*']) {
        return None;
    }
    let span = Span::new(source.id, start, start + body.trim_end().len());
    let (reason, until, target) = match linter {
        Foreign::Checkov => (body.split_once(':').map(|(_, reason)| reason.trim()), None, Target::Resource),
        Foreign::Trivy => {
            let until = rest.and_then(|rest| rest.strip_prefix("exp:"));
            let until = match until.map(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d")) {
                Some(Ok(day)) => Some(day),
                Some(Err(_)) => return None,
                None => None,
            };
            (None, until, comment.target.clone())
        }
    };
    let reason = reason.filter(|reason| !reason.is_empty()).map(str::to_string);
    Some(Directive { span, names: names(source, list, start), reason, until, target, foreign: Some(linter) })
}
