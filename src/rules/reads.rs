//! Which settings a rule reads, found in its text. The build script shares this file.

use std::ops::Range;
use std::sync::Arc;

use super::code::code;

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
    let code = code(module);
    let mut found = Vec::new();
    for (at, word) in code.match_indices("input") {
        let end = at + word.len();
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        if code[..at].ends_with(|c| is_part(c) || c == '.') || code[end..].starts_with(is_part) {
            continue;
        }
        let (path, len) = path(&module[end..], &code[end..]);
        if path != "parameters" && !path.starts_with("parameters.") {
            found.push((at..end + len, path));
        }
    }
    found
}

/// The names after `input`, joined by dots, and how many bytes they take.
fn path(text: &str, code: &str) -> (String, usize) {
    let mut at = 0;
    let mut names: Vec<&str> = Vec::new();
    loop {
        let rest = &code[at..];
        let (start, len, closing) = if let Some(after) = rest.strip_prefix('.') {
            let len = after.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(after.len());
            (at + 1, len, 0)
        } else if let Some(len) = ["[\"", "[`"].iter().find_map(|open| quoted(rest.strip_prefix(open)?, &open[1..])) {
            (at + 2, len, 2)
        } else {
            break;
        };
        names.push(&text[start..start + len]);
        at = start + len + closing;
    }
    (names.join("."), at)
}

/// The length of a string in brackets, of whose code this is what follows the opening quote. `None` if it is more than
/// one string.
fn quoted(code: &str, quote: &str) -> Option<usize> {
    let len = code.find(quote)?;
    code[len + quote.len()..].starts_with(']').then_some(len)
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

    #[test]
    fn knows_where_a_raw_string_ends() {
        let module =
            "deny contains `it\n is input.a` if input.rotation == false\nx := `\ninput.b \"`; y := input[`c d`]";
        assert_eq!(reads(module), vec![Arc::from("c d"), Arc::from("rotation")]);
    }
}
