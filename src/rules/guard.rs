//! A look at a rule's text before the Rego engine parses it: what would make the engine slow or overflow its stack.

use super::code::code;
use super::recursion::recursive_call;

/// How deep brackets may nest: the engine's parser takes exponential time on nested literals.
const MAX_NESTING: usize = 10;
/// How large a module may be, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// Whether the engine can take a rule from elsewhere, with the modules that it imports. The library's own rules are not
/// asked: their examples are tests.
///
/// # Errors
/// What is wrong, with line and column.
pub(super) fn check(module: &str, imported: &[(String, String)]) -> Result<(), String> {
    if module.len() > MAX_BYTES {
        return Err(format!("the module is larger than {MAX_BYTES} bytes"));
    }
    let code = code(module);
    if let Some(at) = deep_bracket(&code) {
        return Err(format!("{}: brackets nest deeper than {MAX_NESTING}", place(module, at)));
    }
    let others: Vec<(&str, String)> = imported.iter().map(|(_, text)| (&**text, super::code::code(text))).collect();
    let others = others.iter().map(|(text, code)| (*text, &**code));
    match recursive_call(std::iter::once((module, &*code)).chain(others)) {
        Some((0, at)) => Err(format!("{}: a function calls itself, which Rego does not allow", place(module, at))),
        Some((other, _)) => {
            let path = imported.get(other - 1).map_or("", |(path, _)| path);
            Err(format!("a function calls itself in {path}, which Rego does not allow"))
        }
        None => Ok(()),
    }
}

/// The bracket that nests too deep.
fn deep_bracket(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    code.bytes().position(|byte| {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > MAX_NESTING
    })
}

/// `line:column` of an offset.
pub(super) fn place(module: &str, at: usize) -> String {
    let before = module.get(..at).unwrap_or(module);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    format!("{line}:{column}")
}

#[cfg(test)]
mod tests {
    fn check(module: &str) -> Result<(), String> {
        super::check(module, &[])
    }

    #[test]
    fn counts_brackets_outside_strings_and_comments() {
        assert!(check("x := \"((((((((((((\" # [[[[[[[[[[[[[\ny := {1: [2]}").is_ok());
        assert_eq!(check("\nx := [[[[[[[[[[[1]]]]]]]]]]]"), Err("2:16: brackets nest deeper than 10".into()));
    }

    #[test]
    fn knows_where_a_raw_string_ends() {
        assert!(check("x := `a\n((((((((((((`\ny := `\n[[[[[[[[[[[[`").is_ok());
        let hidden = "x if `a\n` == [[[[[[[[[[[1]]]]]]]]]]]";
        assert_eq!(check(hidden), Err("2:16: brackets nest deeper than 10".into()));
        let hidden = "package a\nf(x) if {\n  y := `a\n`; f(x)\n}\n";
        assert_eq!(check(hidden), Err("4:4: a function calls itself, which Rego does not allow".into()));
    }

    #[test]
    fn follows_calls_into_what_is_imported() {
        let rule = "package a\n# data.a\nf(x) if g(x)\n";
        let with = |module: &str| super::check(rule, &[("lib/g.rego".to_owned(), module.to_owned())]);
        assert_eq!(with("package b\ng(x) if f(x)\n"), Ok(()));
        let message = "a function calls itself in lib/g.rego, which Rego does not allow";
        assert_eq!(with("package a\ng(x) if f(x)\n"), Err(message.to_owned()));
    }
}
