//! The settings that a rule's denials name: what can be told of them without running it.

use std::ops::Range;

use super::reads::without_comment;

/// The `path`s of denials that are written as plain strings, with their places as ranges of bytes.
pub(super) fn denied(module: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in module.split_inclusive('\n') {
        let code = without_comment(line);
        for (at, _) in code.match_indices("\"path\"") {
            if let Some((range, path)) = literal(code, at + "\"path\"".len())
                && is_denial(module, start + at)
            {
                found.push((start + range.start..start + range.end, path));
            }
        }
        start += line.len();
    }
    found
}

/// The string that is the whole value of the key that ends at `from`, with its place.
fn literal(code: &str, from: usize) -> Option<(Range<usize>, String)> {
    let value = code.get(from..)?.trim_start().strip_prefix(':')?.trim_start();
    let start = code.len() - value.len();
    let inner = value.strip_prefix('"')?;
    let end = inner.find('"')?;
    let after = inner[end + 1..].trim_start();
    let is_whole = after.is_empty() || after.starts_with([',', '}']);
    (is_whole && !inner[..end].contains('\\')).then(|| (start..start + end + 2, inner[..end].to_owned()))
}

/// Whether the object around a place is a denial: it has a message.
fn is_denial(module: &str, at: usize) -> bool {
    let brace = |depth: &mut i32, c: char, open: char, close: char| {
        *depth += i32::from(c == close) - i32::from(c == open);
        *depth < 0
    };
    let (mut before, mut after) = (0, 0);
    let start = module[..at].char_indices().rev().find(|(_, c)| brace(&mut before, *c, '{', '}'));
    let end = module[at..].char_indices().find(|(_, c)| brace(&mut after, *c, '}', '{'));
    let (Some((start, _)), Some((end, _))) = (start, end) else { return false };
    let object = &module[start..at + end];
    object.contains("\"message\"") || object.contains("\"msg\"")
}

/// A denial's path by its names, without the places in lists: `a.c` of `a[2].c`.
pub(super) fn names(path: &str) -> String {
    path.split('.').map(|part| part.split('[').next().unwrap_or(part)).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_denials_and_no_others() {
        let module = r#"
            deny contains {"path": "a.b[2].c", "message": m} if {  # {"path": "comment", "msg": ""}
                input.check == {"path": "/health"}
                m := sprintf("{%v}", [1])
            }
            deny contains {
                "msg": "x",
                "path": "d",
            } if true
            deny contains {"path": sprintf("e%v", [1]), "msg": "x"} if true
            deny contains {"path": "f" + x, "msg": "x"} if true
        "#;
        let found = denied(module);
        let paths: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(paths, ["a.b[2].c", "d"]);
        assert_eq!(&module[found[0].0.clone()], "\"a.b[2].c\"");
        assert_eq!(names("a.b[2].c"), "a.b.c");
    }
}
