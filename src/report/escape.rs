//! What came from files, made harmless for where it is printed.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a terminal or an editor may act on a character instead of showing it: control characters, and the
/// characters that reorder text (Unicode Standard Annex 9, "Explicit Directional Embeddings, Overrides, Isolates").
fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text for a terminal: characters that act become `\u{1b}` and the like.
pub fn terminal(text: &str) -> Cow<'_, str> {
    // Nearly all texts are printable ASCII, which is quicker to see than characters.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match acts(c) {
            true => escaped.extend(c.escape_default()),
            false => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// Text of several lines for a terminal: as [`terminal`], but its lines and tabs stay.
pub fn terminal_lines(text: &str) -> Cow<'_, str> {
    match text.contains(['\n', '\t']) {
        false => terminal(text),
        true => {
            let line = |line: &str| line.split('\t').map(terminal).collect::<Vec<_>>().join("\t");
            Cow::Owned(
                text.split('\n')
                    .map(|text| line(text.strip_suffix('\r').unwrap_or(text)))
                    .collect::<Vec<_>>()
                    .join("\n"),
            )
        }
    }
}

/// Source text for a terminal: characters that act, other than tabs and line ends, become others of the same length in
/// bytes, so that spans still fit. `None` if there is nothing to replace.
pub(super) fn same_length(text: &str) -> Option<String> {
    let harmless =
        |c: char, next: Option<char>| !acts(c) || matches!(c, '\t' | '\n') || (c == '\r' && next == Some('\n'));
    let followed = |text: &str| text.chars().next();
    if text.char_indices().all(|(i, c)| !acts(c) || harmless(c, followed(&text[i + c.len_utf8()..]))) {
        return None;
    }
    let replaced = text.char_indices().map(|(i, c)| match harmless(c, followed(&text[i + c.len_utf8()..])) {
        true => c,
        false if c.len_utf8() == 1 => '?',
        false if c.len_utf8() == 2 => '¿',
        false => '\u{fffd}',
    });
    Some(replaced.collect())
}

/// A path for a URI: everything but RFC 3986's unreserved characters and `/` percent-encoded.
pub(super) fn uri(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => encoded.push(byte as char),
            // Writing to a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
    }
    encoded
}

/// Text of an XML element or attribute. Characters that XML 1.0 cannot hold become U+FFFD.
pub(super) fn xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            '\t' | '\n' | '\r' => drop(write!(escaped, "&#{};", c as u32)),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c if c.is_control() => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The message of a GitHub workflow command.
pub(super) fn command_data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a GitHub workflow command.
pub(super) fn command_property(text: &str) -> String {
    command_data(text).replace(':', "%3A").replace(',', "%2C")
}

/// Text in a Markdown table or paragraph: nothing in it is markup, a mention or a new line.
pub(super) fn markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '|' | '#' | '~' | '!' => escaped.extend(['\\', c]),
            c if acts(c) => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// Text as Markdown code within a line. Backticks in it become apostrophes.
pub(super) fn code(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| {
            if acts(c) {
                ' '
            } else if c == '`' {
                '\''
            } else {
                c
            }
        })
        .collect();
    format!("`{}`", plain.replace('|', "\\|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_a_terminal() {
        assert_eq!(terminal("plain é"), "plain é");
        assert_eq!(terminal_lines("a\tb\r\n\u{1b}]0;c\u{7}"), "a\tb\n\\u{1b}]0;c\\u{7}");
        assert_eq!(terminal("a\u{1b}[31mb\u{202e}c\nd"), "a\\u{1b}[31mb\\u{202e}c\\nd");
    }

    #[test]
    fn replaced_source_keeps_its_length() {
        assert_eq!(same_length("a\tb\r\nc"), None);
        let text = "\u{1b}a\u{9b}b\u{202e}c\rd\r\n";
        assert_eq!(same_length(text).as_deref(), Some("?a¿b\u{fffd}c?d\r\n"));
        assert_eq!(same_length(text).map(|safe| safe.len()), Some(text.len()));
    }

    #[test]
    fn a_workflow_command_cannot_be_forged() {
        assert_eq!(command_data("50%\n::error::x"), "50%25%0A::error::x");
        assert_eq!(command_property("a:b,c\r"), "a%3Ab%2Cc%0D");
    }

    #[test]
    fn xml_and_markdown_hold_any_text() {
        assert_eq!(xml("<a b=\"&\">\u{0}\u{ffff}"), "&lt;a b=&quot;&amp;&quot;&gt;\u{fffd}\u{fffd}");
        assert_eq!(markdown("a|b\n@me <img> [x](y)"), "a\\|b &#64;me &lt;img&gt; \\[x\\]\\(y\\)");
        assert_eq!(code("a`|b"), "`a'\\|b`");
    }
}
