//! A look at a rule's text before the Rego engine parses it: what would make the engine slow or overflow its stack.

/// How deep brackets may nest: the engine's parser takes exponential time on nested literals.
const MAX_NESTING: usize = 10;
/// How large a module may be, in bytes.
const MAX_BYTES: usize = 256 * 1024;

/// Whether the engine can take a rule from elsewhere. The library's own rules are not asked: their examples are tests.
///
/// # Errors
/// What is wrong, with line and column.
pub(super) fn check(module: &str) -> Result<(), String> {
    if module.len() > MAX_BYTES {
        return Err(format!("the module is larger than {MAX_BYTES} bytes"));
    }
    let mut depth = 0_usize;
    for (number, line) in module.lines().enumerate() {
        let (mut quote, mut escaped) = (None, false);
        for (column, c) in line.char_indices() {
            match (c, quote) {
                _ if escaped => escaped = false,
                ('\\', Some('"')) => escaped = true,
                (c, Some(q)) if c == q => quote = None,
                (_, Some(_)) => {}
                ('"' | '`', None) => quote = Some(c),
                ('#', None) => break,
                ('{' | '[' | '(', None) => {
                    depth += 1;
                    if depth > MAX_NESTING {
                        let (line, column) = (number + 1, column + 1);
                        return Err(format!("{line}:{column}: brackets nest deeper than {MAX_NESTING}"));
                    }
                }
                ('}' | ']' | ')', None) => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    match super::recursion::recursive_call(module) {
        Some(at) => {
            let before = &module[..at];
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
            Err(format!("{line}:{column}: a function calls itself, which Rego does not allow"))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn counts_brackets_outside_strings_and_comments() {
        assert!(check("x := \"((((((((((((\" # [[[[[[[[[[[[[\ny := {1: [2]}").is_ok());
        assert_eq!(check("\nx := [[[[[[[[[[[1]]]]]]]]]]]"), Err("2:16: brackets nest deeper than 10".into()));
    }
}
