//! The settings that a rule's denials name: what can be told of them without running it.

use std::ops::Range;

use super::code::code;

/// The `path`s of denials that are written as plain strings, with their places as ranges of bytes.
pub(super) fn denied(module: &str) -> Vec<(Range<usize>, String)> {
    let code = code(module);
    // In code, a string is blanks between its quotes, and nothing of a comment is there.
    let keys = module.match_indices("\"path\"").filter(|(at, _)| code[*at..].starts_with("\"    \""));
    let found = keys.filter(|(at, _)| is_denial(module, &code, *at));
    found.filter_map(|(at, key)| literal(module, &code, at + key.len())).collect()
}

/// The string that is the whole value of the key that ends at `from`, with its place.
fn literal(module: &str, code: &str, from: usize) -> Option<(Range<usize>, String)> {
    let value = code.get(from..)?.trim_start().strip_prefix(':')?.trim_start();
    let start = code.len() - value.len();
    let length = value.strip_prefix('"')?.find('"')? + 2;
    let after = value[length..].trim_start();
    let is_whole = after.is_empty() || after.starts_with([',', '}']);
    let text = &module[start + 1..start + length - 1];
    (is_whole && !text.contains('\\')).then(|| (start..start + length, text.to_owned()))
}

/// Whether the object around a place is a denial: it has a message.
fn is_denial(module: &str, code: &str, at: usize) -> bool {
    let brace = |depth: &mut i32, c: char, open: char, close: char| {
        *depth += i32::from(c == close) - i32::from(c == open);
        *depth < 0
    };
    let (mut before, mut after) = (0, 0);
    let start = code[..at].char_indices().rev().find(|(_, c)| brace(&mut before, *c, '{', '}'));
    let end = code[at..].char_indices().find(|(_, c)| brace(&mut after, *c, '}', '{'));
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
