//! Comments anywhere in the block whose header a finding points to: what is absent has no line of its own, and it is natural
//! to say so among the lines that are there.

use std::collections::HashMap;

use rustc_hash::FxHashSet;

use super::bracket;
use super::directive::{Directive, Target};
use crate::finding::Finding;
use crate::parse::Syntax;
use crate::source::{FileId, Source, Sources, Span};

/// Lets comments that have been of no use so far suppress what points to the header of their block, or what the call of
/// a module that they stand in leads to.
pub(super) fn apply(findings: &mut [Finding], directives: &mut HashMap<FileId, Vec<Directive>>, sources: &Sources) {
    let spare = spare(directives);
    if spare.is_empty() {
        return;
    }
    let rules: FxHashSet<&str> = spare.values().flatten().map(|(_, rule)| rule.as_str()).collect();
    for finding in findings.iter_mut() {
        if finding.suppressed.is_some() || !rules.contains(&*finding.rule) {
            continue;
        }
        let calls = finding.calls.iter().flatten().map(|call| call.span);
        let headers: Vec<Span> = std::iter::once(finding.region).chain(calls).collect();
        for header in headers.into_iter().filter(|header| spare.contains_key(&header.file)) {
            let Some(block) = sources.get(header.file).and_then(|source| opened(&source, header)) else { continue };
            for directive in directives.get_mut(&header.file).into_iter().flatten() {
                let span = directive.span;
                let is_spare = |rule: &str| spare[&header.file].iter().any(|(of, name)| *of == span && name == rule);
                if block.contains(span) && is_spare(&finding.rule) {
                    let names = directive.names.iter_mut();
                    names.filter(|name| name.text == *finding.rule).for_each(|name| name.used = true);
                    finding.suppressed.get_or_insert_with(|| directive.suppressed());
                }
            }
        }
    }
}

/// The comments that are of no use so far with the rules that they name, by file.
fn spare(directives: &HashMap<FileId, Vec<Directive>>) -> HashMap<FileId, Vec<(Span, String)>> {
    let mut spare: HashMap<FileId, Vec<(Span, String)>> = HashMap::new();
    let comments = directives.values().flatten();
    for directive in comments.filter(|one| one.foreign.is_none() && matches!(one.target, Target::Lines(_))) {
        for name in directive.names.iter().filter(|name| !name.used) {
            spare.entry(directive.span.file).or_default().push((directive.span, name.text.clone()));
        }
    }
    spare
}

/// The block that is opened on the line on which `header` starts.
fn opened(source: &Source, header: Span) -> Option<Span> {
    let line = source.line(header.start);
    match Syntax::of(source) {
        Syntax::Hcl => {
            let end = *source.line_starts().get(line - 1)? as usize + source.line_text(line).len();
            let open = bracket::open_at(source.text.get(header.start as usize..end)?, end);
            Some(bracket::object(source, header.start as usize + open.first()?))
        }
        Syntax::Yaml => {
            let last = last_below(source, line);
            let end = *source.line_starts().get(last - 1)? as usize + source.line_text(last).len();
            Some(Span::new(source.id, header.start as usize, end))
        }
        // Comments of JSON are keys of their objects.
        Syntax::Json => None,
    }
}

/// The last line of the YAML mapping or list that is the value of the key on a line.
fn last_below(source: &Source, line: usize) -> usize {
    let depth = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let own = source.line_text(line);
    // The items of a list may be no deeper than its key; the other keys of an item are as deep as its first.
    let key = depth(own) + own.trim_start_matches(' ').len() - own.trim_start_matches([' ', '-']).len();
    let is_item = key > depth(own);
    let is_below = |text: &str| {
        let is_list = !is_item && depth(text) == key && text.trim_start().starts_with("- ");
        text.trim().is_empty() || depth(text) > key || is_list
    };
    let lines = source.line_starts().len();
    (line + 1..=lines).take_while(|below| is_below(source.line_text(*below))).last().unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block<'s>(source: &'s Source, header: &str) -> &'s str {
        let start = source.text.find(header).unwrap_or_default();
        let span = Span::new(source.id, start, start + header.len());
        opened(source, span).map_or("", |block| source.slice(block))
    }

    #[test]
    fn a_header_opens_its_block() {
        let hcl = Source::new(FileId(0), "a.tf", "a \"b\" {\n  c { # {\n    d = [1]\n  }\n}\ne = 1\nf {}\n");
        assert_eq!(block(&hcl, "c"), "{ # {\n    d = [1]\n  }");
        assert!(
            block(&hcl, "a \"b\"").ends_with("\n}") && block(&hcl, "e = 1").is_empty() && block(&hcl, "f").is_empty()
        );
        let yaml = Source::new(FileId(0), "a.yaml", "A:\n  B: 1\n  L:\n  - x: 1\n    y: 2\n  - z\n\n  C: 3\nD: 4\n");
        assert!(block(&yaml, "A:").ends_with("C: 3") && block(&yaml, "L:").ends_with("- z\n"));
        assert_eq!((block(&yaml, "x: 1"), block(&yaml, "D: 4").trim_end()), ("x: 1", "D: 4"));
    }
}
