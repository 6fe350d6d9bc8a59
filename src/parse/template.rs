//! CloudFormation templates: one document, in JSON or YAML, without duplicate keys.

use super::node::{Node, NodeKind};
use super::{json, yaml};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::source::Source;

/// Parses a template in the notation that it is written in.
///
/// A template in braces is JSON. What is wrong with it as JSON but is right in YAML (comments, a comma at the end) is a
/// warning: tools read it, the service does not. Of keys that occur twice one would be dropped, so they are errors here.
pub fn parse(source: &Source) -> (Node, Vec<Diagnostic>) {
    let (root, mut diagnostics, is_json) = notation(source);
    source.json.get_or_init(|| is_json);
    for diagnostic in &mut diagnostics {
        if diagnostic.code == Code::DuplicateKey {
            diagnostic.level = Level::Error;
        }
    }
    (root, diagnostics)
}

/// Whether a document is JSON: it is in braces or brackets, and is not right in YAML alone. It is found out once for each
/// source.
pub fn is_json(source: &Source) -> bool {
    *source.json.get_or_init(|| notation(source).2)
}

/// The document, and whether it was taken for JSON.
fn notation(source: &Source) -> (Node, Vec<Diagnostic>, bool) {
    let text = source.text.trim_start_matches('\u{feff}').trim_start();
    if !text.starts_with(['{', '[']) {
        let (root, diagnostics) = single(source, yaml::parse(source));
        return (root, diagnostics, false);
    }
    let (root, diagnostics) = json::parse(source);
    if is_accepted(&diagnostics) {
        return (root, diagnostics, true);
    }
    let (mut documents, mut problems) = yaml::parse(source);
    match documents.pop() {
        Some(root) if documents.is_empty() && is_accepted(&problems) => {
            let errors = diagnostics.into_iter().filter(|diagnostic| diagnostic.level == Level::Error);
            problems.extend(errors.map(|error| Diagnostic { level: Level::Warning, ..error }));
            (root, problems, false)
        }
        _ => (root, diagnostics, true),
    }
}

fn is_accepted(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().all(|diagnostic| diagnostic.level < Level::Error)
}

/// The only document of a file.
fn single(source: &Source, (documents, mut diagnostics): (Vec<Node>, Vec<Diagnostic>)) -> (Node, Vec<Diagnostic>) {
    let mut documents = documents.into_iter();
    let Some(root) = documents.next() else { return (Node::new(source.span(), NodeKind::Null), diagnostics) };
    if let Some(second) = documents.next() {
        let message = "a template is one YAML document; this further one is not read";
        diagnostics.push(Diagnostic::error(Code::ParseError, message, second.span).label(root.span, "the template"));
    }
    (root, diagnostics)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::source::FileId;

    fn codes(text: &str) -> Vec<(Level, Code)> {
        let (_, diagnostics) = parse(&Source::new(FileId(0), "t", text));
        diagnostics.into_iter().map(|diagnostic| (diagnostic.level, diagnostic.code)).collect()
    }

    #[test]
    fn either_notation_is_read() {
        for accepted in ["{\"Resources\": {}}", "Resources: {}\n", "", "\u{feff} {}"] {
            assert_eq!(codes(accepted), [], "{accepted}");
        }
        for broken in ["{\"A\": 1 \"B\": 2}", "A: 1\n---\nB: 2\n", "A: B: C\n"] {
            assert_eq!(codes(broken), [(Level::Error, Code::ParseError)], "{broken}");
        }
        assert_eq!(codes("{\"Resources\": {}, }"), [(Level::Warning, Code::ParseError)]);
        for twice in ["{\"A\": 1, \"A\": 2}", "A: 1\nA: 2\n"] {
            assert_eq!(codes(twice), [(Level::Error, Code::DuplicateKey)], "{twice}");
        }
    }
}
