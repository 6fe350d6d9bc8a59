//! Bytes to tokens, one at a time: the parser asks for the token at a position, so templates need no lexer modes.

/// What a [`Token`] is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TokenKind {
    Ident,
    Number,
    Newline,
    /// The end of the text, or the line at which an unclosed block is taken to end.
    Eof,
    OpenBrace,
    CloseBrace,
    OpenBracket,
    CloseBracket,
    OpenParen,
    CloseParen,
    Dot,
    Ellipsis,
    Comma,
    Colon,
    DoubleColon,
    Question,
    Equal,
    FatArrow,
    EqualEqual,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Bang,
    And,
    Or,
    /// The `"` that opens a string.
    Quote,
    /// `<<MARK` or `<<-MARK` with its line end.
    Heredoc,
    /// `~}`
    StripClose,
    Comment,
    /// `/*` without its `*/`.
    UnclosedComment,
    /// A character that means nothing here.
    Invalid,
}

/// A token: the bytes `start..end` of the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The first byte from `pos` on that is neither space nor tab.
#[inline]
pub(super) fn skip_blanks(text: &str, mut pos: usize) -> usize {
    let bytes = text.as_bytes();
    while matches!(bytes.get(pos), Some(b' ' | b'\t')) {
        pos += 1;
    }
    pos
}

/// The end of the comment that starts at `pos`, if one does. The line end after `#` and `//` is not part of it.
pub(super) fn comment_end(text: &str, pos: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match (bytes.get(pos)?, bytes.get(pos + 1)) {
        (b'#', _) | (b'/', Some(b'/')) => {
            let end = line_end(text, pos);
            Some(if bytes.get(end) == Some(&b'\n') && bytes.get(end - 1) == Some(&b'\r') { end - 1 } else { end })
        }
        (b'/', Some(b'*')) => {
            let inside = pos + 2;
            text.get(inside..).and_then(|rest| rest.find("*/")).map(|length| inside + length + 2)
        }
        _ => None,
    }
}

/// The `\n` that ends the line of `pos`, or the end of the text.
pub(super) fn line_end(text: &str, pos: usize) -> usize {
    let rest = text.as_bytes().get(pos..).unwrap_or_default();
    rest.iter().position(|byte| *byte == b'\n').map_or(text.len(), |length| pos + length)
}

/// The token at `pos`, which is no blank.
pub(super) fn token(text: &str, pos: usize) -> Token {
    use TokenKind as K;
    let bytes = text.as_bytes();
    let at = |offset: usize| bytes.get(pos + offset).copied();
    let Some(first) = at(0) else { return Token { kind: K::Eof, start: text.len(), end: text.len() } };
    let (kind, length) = match first {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' => (K::Ident, ident_length(text, pos)),
        b'0'..=b'9' => (K::Number, number_length(bytes, pos)),
        b'"' => (K::Quote, 1),
        b'\n' => (K::Newline, 1),
        b'\r' if at(1) == Some(b'\n') => (K::Newline, 2),
        b'=' => match at(1) {
            Some(b'=') => (K::EqualEqual, 2),
            Some(b'>') => (K::FatArrow, 2),
            _ => (K::Equal, 1),
        },
        b'{' => (K::OpenBrace, 1),
        b'}' => (K::CloseBrace, 1),
        b'[' => (K::OpenBracket, 1),
        b']' => (K::CloseBracket, 1),
        b'(' => (K::OpenParen, 1),
        b')' => (K::CloseParen, 1),
        b'.' if at(1) == Some(b'.') && at(2) == Some(b'.') => (K::Ellipsis, 3),
        b'.' => (K::Dot, 1),
        b',' => (K::Comma, 1),
        b':' if at(1) == Some(b':') => (K::DoubleColon, 2),
        b':' => (K::Colon, 1),
        b'?' => (K::Question, 1),
        b'!' if at(1) == Some(b'=') => (K::NotEqual, 2),
        b'!' => (K::Bang, 1),
        b'<' => match heredoc_length(text, pos) {
            Some(length) => (K::Heredoc, length),
            None if at(1) == Some(b'=') => (K::LessEqual, 2),
            None => (K::Less, 1),
        },
        b'>' if at(1) == Some(b'=') => (K::GreaterEqual, 2),
        b'>' => (K::Greater, 1),
        b'+' => (K::Plus, 1),
        b'-' => (K::Minus, 1),
        b'*' => (K::Star, 1),
        b'#' | b'/' => match comment_end(text, pos) {
            Some(end) => (K::Comment, end - pos),
            None if at(1) == Some(b'*') => (K::UnclosedComment, 2),
            None => (K::Slash, 1),
        },
        b'%' => (K::Percent, 1),
        b'&' if at(1) == Some(b'&') => (K::And, 2),
        b'|' if at(1) == Some(b'|') => (K::Or, 2),
        b'~' if at(1) == Some(b'}') => (K::StripClose, 2),
        0x80.. => match ident_length(text, pos) {
            0 => (K::Invalid, char_length(text, pos)),
            length => (K::Ident, length),
        },
        _ => (K::Invalid, 1),
    };
    Token { kind, start: pos, end: pos + length }
}

/// The length of the identifier at `pos`; 0 if there is none.
pub(super) fn ident_length(text: &str, pos: usize) -> usize {
    let rest = text.as_bytes().get(pos..).unwrap_or_default();
    if matches!(rest.first(), Some(b'0'..=b'9' | b'-')) {
        return 0;
    }
    let length = rest.iter().position(|byte| !CONTINUES[usize::from(*byte)]).unwrap_or(rest.len());
    match rest.get(length) {
        Some(0x80..) => unicode_ident_length(text, pos, length),
        _ => length,
    }
}

/// The ASCII bytes of an identifier behind its first.
const CONTINUES: [bool; 256] = {
    let mut continues = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        continues[byte] = (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_' || byte as u8 == b'-';
        byte += 1;
    }
    continues
};

/// The length of the identifier at `pos` that begins with `ascii` bytes of ASCII.
fn unicode_ident_length(text: &str, pos: usize, ascii: usize) -> usize {
    let rest = text.get(pos + ascii..).unwrap_or("");
    let mut length = ascii;
    for c in rest.chars() {
        let belongs = match c {
            '\0'..='\x7F' => CONTINUES[c as usize],
            _ if length == 0 => is_id_start(c),
            _ => is_id_continue(c),
        };
        if !belongs {
            break;
        }
        length += c.len_utf8();
    }
    length
}

/// `ID_Start` of Unicode, outside ASCII.
fn is_id_start(c: char) -> bool {
    // What the closure under normalisation (`XID_Start`) takes out of `ID_Start`.
    const ONLY_ID: [(char, char); 11] = [
        ('\u{37A}', '\u{37A}'),
        ('\u{E33}', '\u{E33}'),
        ('\u{EB3}', '\u{EB3}'),
        ('\u{309B}', '\u{309C}'),
        ('\u{FC5E}', '\u{FC63}'),
        ('\u{FDFA}', '\u{FDFB}'),
        ('\u{FE70}', '\u{FE70}'),
        ('\u{FE72}', '\u{FE72}'),
        ('\u{FE74}', '\u{FE74}'),
        ('\u{FE76}', '\u{FE7E}'),
        ('\u{FF9E}', '\u{FF9F}'),
    ];
    unicode_ident::is_xid_start(c) || ONLY_ID.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// `ID_Continue` of Unicode, outside ASCII.
fn is_id_continue(c: char) -> bool {
    unicode_ident::is_xid_continue(c) || is_id_start(c)
}

/// The length of the number at `pos`: digits, dots and exponents, as many as there are, not ending in a dot. Whether it
/// is a number (`1.2.3` is not) is for the parser to say.
fn number_length(bytes: &[u8], pos: usize) -> usize {
    let mut end = pos;
    let mut accepted = pos;
    loop {
        match bytes.get(end) {
            Some(b'0'..=b'9') => {
                end += 1;
                accepted = end;
            }
            Some(b'.') => end += 1,
            Some(b'e' | b'E') => {
                let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
                if !matches!(bytes.get(end + 1 + sign), Some(b'0'..=b'9')) {
                    break;
                }
                end += sign + 2;
                accepted = end;
            }
            _ => break,
        }
    }
    accepted - pos
}

/// The length of `<<MARK` or `<<-MARK` with its line end, if that is what stands at `pos`.
fn heredoc_length(text: &str, pos: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.get(pos + 1) != Some(&b'<') {
        return None;
    }
    let mark = pos + 2 + usize::from(bytes.get(pos + 2) == Some(&b'-'));
    let length = ident_length(text, mark);
    if length == 0 {
        return None;
    }
    let end = mark + length;
    match (bytes.get(end), bytes.get(end + 1)) {
        (Some(b'\n'), _) => Some(end + 1 - pos),
        (Some(b'\r'), Some(b'\n')) => Some(end + 2 - pos),
        _ => None,
    }
}

/// The length of the character at `pos`, in bytes.
fn char_length(text: &str, pos: usize) -> usize {
    text.get(pos..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(TokenKind, &str)> {
        let mut pos = 0;
        std::iter::from_fn(|| {
            pos = skip_blanks(text, pos);
            let token = token(text, pos);
            pos = token.end;
            (token.kind != TokenKind::Eof).then(|| (token.kind, &text[token.start..token.end]))
        })
        .collect()
    }

    #[test]
    fn numbers_take_all_that_looks_like_one() {
        use TokenKind::*;
        assert_eq!(tokens("1.5e-3x"), [(Number, "1.5e-3"), (Ident, "x")]);
        assert_eq!(tokens("1.2.3"), [(Number, "1.2.3")]);
        assert_eq!(tokens("1.foo 2e"), [(Number, "1"), (Dot, "."), (Ident, "foo"), (Number, "2"), (Ident, "e")]);
    }

    #[test]
    fn identifiers_hold_dashes_and_unicode() {
        use TokenKind::*;
        assert_eq!(tokens("a-1 -b é_ü"), [(Ident, "a-1"), (Minus, "-"), (Ident, "b"), (Ident, "é_ü")]);
        assert_eq!(tokens("ゝ゛ €"), [(Ident, "ゝ゛"), (Invalid, "€")]);
    }

    #[test]
    fn the_longest_operator_wins() {
        use TokenKind::*;
        assert_eq!(
            tokens("a!=!b...c"),
            [(Ident, "a"), (NotEqual, "!="), (Bang, "!"), (Ident, "b"), (Ellipsis, "..."), (Ident, "c")]
        );
        assert_eq!(tokens("<<A\r\n"), [(Heredoc, "<<A\r\n")]);
        assert_eq!(tokens("<<A \n"), [(Less, "<"), (Less, "<"), (Ident, "A"), (Newline, "\n")]);
    }
}
