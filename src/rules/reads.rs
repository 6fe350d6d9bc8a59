//! Which settings a rule reads, found in its text. The build script shares this file.

use std::ops::Range;
use std::sync::Arc;

/// The paths below `input` that a Rego module mentions, sorted and without repetition: `encryption.key`.
///
/// A path ends where something other than a name follows (`input.origins[_]` reads `origins`). `input` on its own, or
/// with a computed key, reads everything: the empty path. A rule that reads nothing reads the empty list.
/// `input.parameters` is no setting.
pub(super) fn reads(module: &str) -> Vec<Arc<str>> {
    let mut found: Vec<Arc<str>> = mentions(module).into_iter().map(|(_, path)| path.into()).collect();
    found.sort();
    found.dedup();
    found
}

/// The same with the places at which they are mentioned, as ranges of bytes, in the order of the text.
pub(super) fn mentions(module: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in module.split_inclusive('\n') {
        let code = without_comment(line);
        let mut from = 0;
        while let Some(at) = code[from..].find("input").map(|at| at + from) {
            from = at + "input".len();
            let before = code[..at].chars().next_back();
            let after = code[from..].chars().next();
            let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
            if word(before) || word(after) || before == Some('.') || is_quoted(code, at) {
                continue;
            }
            let (path, len) = path(&code[from..]);
            if path != "parameters" && !path.starts_with("parameters.") {
                found.push((start + at..start + from + len, path));
            }
        }
        start += line.len();
    }
    found
}

/// Whether an offset lies in a string.
fn is_quoted(code: &str, at: usize) -> bool {
    let (mut quote, mut escaped) = (None, false);
    for c in code[..at].chars() {
        match (c, quote) {
            _ if escaped => escaped = false,
            ('\\', Some('"')) => escaped = true,
            ('"' | '`', None) => quote = Some(c),
            (c, Some(q)) if c == q => quote = None,
            _ => {}
        }
    }
    quote.is_some()
}

/// The names after `input`, joined by dots, and how many bytes they take.
fn path(code: &str) -> (String, usize) {
    let mut rest = code;
    let mut names: Vec<&str> = Vec::new();
    loop {
        if let Some(after) = rest.strip_prefix('.') {
            let end = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
            names.push(&after[..end]);
            rest = &after[end..];
        } else if let Some(after) = rest.strip_prefix("[\"") {
            let Some(end) = after.find("\"]") else { break };
            names.push(&after[..end]);
            rest = &after[end + 2..];
        } else {
            break;
        }
    }
    (names.join("."), code.len() - rest.len())
}

/// The line up to a `#` that is not inside a string.
pub(super) fn without_comment(line: &str) -> &str {
    let (mut quoted, mut escaped) = (None, false);
    for (at, c) in line.char_indices() {
        match (c, quoted) {
            _ if escaped => escaped = false,
            ('\\', Some('"')) => escaped = true,
            ('"' | '`', None) => quoted = Some(c),
            (c, Some(q)) if c == q => quoted = None,
            ('#', None) => return &line[..at],
            _ => {}
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_paths_and_nothing_else() {
        let module = r#"
            # input.comment.is_ignored
            deny contains x if {
                input.encryption.key.rotation == false
                some o in input.origins
                not input["a b"].c
                x := sprintf("input.string %v", [input.deep[0].y])
                my_input.z; other.input.w
                input.parameters.days; input.parameters["more"]
            }
        "#;
        let found = reads(module);
        for path in ["encryption.key.rotation", "origins", "a b.c", "deep"] {
            assert!(found.iter().any(|f| &**f == path), "{path} in {found:?}");
        }
        assert!(!found.iter().any(|f| f.contains("comment")
            || f.contains("param")
            || f.contains("string")
            || f.starts_with('z')
            || f.starts_with('w')));
        assert_eq!(reads("x if f(input)"), vec![Arc::from("")]);
    }
}
