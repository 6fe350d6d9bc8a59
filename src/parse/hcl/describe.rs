//! Tokens in words, for messages.

use super::lexer::TokenKind;

/// How a message names a token.
pub(super) fn found(kind: TokenKind, text: &str) -> String {
    match kind {
        TokenKind::Eof => "the end of the text".into(),
        TokenKind::Newline => "the end of the line".into(),
        TokenKind::Quote => "a string".into(),
        TokenKind::Heredoc => "a heredoc".into(),
        TokenKind::Number => format!("the number `{text}`"),
        _ => format!("`{text}`"),
    }
}

/// What to say of a token that has no meaning anywhere, and what to do about it.
pub(super) fn invalid(kind: TokenKind, text: &str) -> Option<(String, String)> {
    let (message, help) = match (kind, text) {
        (TokenKind::UnclosedComment, _) => ("this comment is never closed", "close it with `*/`"),
        (TokenKind::Invalid, "'") => ("`'` does not quote strings", "use double quotes"),
        (TokenKind::Invalid, "`") => {
            ("a backtick does not quote strings", "use double quotes, or a heredoc for a string of several lines")
        }
        (TokenKind::Invalid, "“" | "”" | "„" | "‘" | "’") => {
            ("curly quotes do not quote strings", "use plain double quotes")
        }
        (TokenKind::Invalid, ";") => ("`;` does not separate anything here", "put each argument on a line of its own"),
        (TokenKind::Invalid, "&") => ("there is no operator `&`", "the logical operator is `&&`"),
        (TokenKind::Invalid, "|") => ("there is no operator `|`", "the logical operator is `||`"),
        (TokenKind::Invalid, "^" | "~") => ("there are no bitwise operators", "remove it"),
        (TokenKind::Invalid, "\r") => {
            ("a carriage return without a line feed ends no line", "end lines with LF or with CR LF")
        }
        (TokenKind::Invalid, "\u{FEFF}") => ("a byte order mark is allowed only at the start of a file", "remove it"),
        (TokenKind::Invalid, _) => {
            let escaped: String = text.chars().flat_map(char::escape_default).collect();
            let shown = if text.chars().all(|c| c.is_control() || c.is_whitespace()) { &escaped } else { text };
            return Some((
                format!("the character `{shown}` means nothing outside strings and comments"),
                "remove it, or quote the text that it belongs to".into(),
            ));
        }
        _ => return None,
    };
    Some((message.into(), help.into()))
}
