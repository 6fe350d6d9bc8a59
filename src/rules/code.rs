//! A Rego module's code without what its strings and comments say. The build script shares this file.

/// The module with blanks for what is in strings and comments, byte for byte: an offset means the same place in both.
/// Quotes stay, and so do line breaks, but for those within a raw string: one token is on one line.
///
/// As the engine reads it: a raw string ends at the next backtick, a string before the line's end.
pub(super) fn code(module: &str) -> String {
    let mut code = String::with_capacity(module.len());
    let (mut inside, mut escaped) = (None, false);
    for c in module.chars() {
        let shown = match (inside, c) {
            (Some('"' | '#'), '\n') => {
                (inside, escaped) = (None, false);
                true
            }
            (Some('"'), _) if escaped => {
                escaped = false;
                false
            }
            (Some('"'), '\\') => {
                escaped = true;
                false
            }
            (Some(quote), c) if quote == c && quote != '#' => {
                inside = None;
                true
            }
            (Some(_), _) => false,
            (None, '"' | '`' | '#') => {
                inside = Some(c);
                c != '#'
            }
            (None, _) => true,
        };
        match shown {
            true => code.push(c),
            false => code.extend(std::iter::repeat_n(' ', c.len_utf8())),
        }
    }
    code
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn blanks_strings_and_comments_at_equal_length() {
        assert_eq!(code("x := \"é\\\"#[\" # \"é\ny"), "x := \"      \"      \ny");
        assert_eq!(code("x := `a\\\n\"(#`(1) # `\n`b`"), "x := `      `(1)    \n` `");
        assert_eq!(code("x := \"a\n(y"), "x := \" \n(y");
    }
}
