//! Lines within the width of a terminal.

use std::borrow::Cow;

use textwrap::core::display_width;

use super::Terminal;

/// How text is wrapped: addresses, ids and links stay whole.
pub(crate) fn options<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .break_words(false)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
}

/// A line that ends at the width of the terminal, with a sign where something is left out. Escape sequences stay, so that
/// colours and links end.
pub(super) fn cut(line: &str, terminal: Terminal) -> Cow<'_, str> {
    if display_width(line) <= terminal.width {
        return Cow::Borrowed(line);
    }
    let sign = if terminal.unicode { "…" } else { "..." };
    let room = terminal.width.saturating_sub(sign.len().min(display_width(sign)));
    let mut cut = String::with_capacity(line.len());
    let mut used = 0;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let (part, after) = rest.split_at(escape(rest).unwrap_or(c.len_utf8()));
        rest = after;
        let width = if c == '\u{1b}' { 0 } else { display_width(part) };
        if used <= room && used + width > room {
            cut.push_str(sign);
            // Nothing more has room.
            used = room + 1;
        }
        if used <= room || width == 0 && c == '\u{1b}' {
            used += width;
            cut.push_str(part);
        }
    }
    Cow::Owned(cut)
}

/// The sign for what is left out before the text of an excerpt's line, in place of its first character.
pub(super) fn without_lead(line: &str, terminal: Terminal) -> Cow<'_, str> {
    let (bar, sign) = if terminal.unicode { ("│ ", "…") } else { ("| ", "~") };
    let split = line.find(bar).map(|at| line.split_at(at + bar.len()));
    match split.map(|(gutter, text)| (gutter, text, text.chars().next())) {
        Some((gutter, text, Some(first))) if display_width(&text[..first.len_utf8()]) == 1 => {
            Cow::Owned(format!("{gutter}{sign}{}", &text[first.len_utf8()..]))
        }
        _ => Cow::Borrowed(line),
    }
}

/// How long the escape sequence is that a text begins with: a colour (CSI) or a link (OSC).
fn escape(text: &str) -> Option<usize> {
    let after = text.strip_prefix('\u{1b}')?;
    let length = match after.strip_prefix(']') {
        Some(_) => after.find("\u{1b}\\")? + 2,
        None => after.find(|c: char| c.is_ascii_alphabetic())? + 1,
    };
    Some(1 + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(width: usize, line: &str) -> String {
        cut(line, Terminal { width, ..Terminal::default() }).into_owned()
    }

    #[test]
    fn a_line_is_cut_at_the_width() {
        assert_eq!(at(5, "abcde"), "abcde");
        assert_eq!(at(5, "abcdef"), "abcd…");
        assert_eq!(at(5, "時々時"), "時々…");
        let ascii = Terminal { width: 5, unicode: false, ..Terminal::default() };
        assert_eq!(cut("abcdef", ascii), "ab...");
    }

    #[test]
    fn a_line_without_its_start_says_so() {
        assert_eq!(without_lead(" 12 │ bcd", Terminal::default()), " 12 │ …cd");
        assert_eq!(without_lead(" 12 │ 時々", Terminal::default()), " 12 │ 時々");
    }

    #[test]
    fn colours_and_links_end_all_the_same() {
        assert_eq!(at(4, "\u{1b}[31mab\u{1b}[0m cd\u{1b}[1mef\u{1b}[0m"), "\u{1b}[31mab\u{1b}[0m …\u{1b}[1m\u{1b}[0m");
        let link = "\u{1b}]8;;file:///long\u{1b}\\abcdef\u{1b}]8;;\u{1b}\\";
        assert_eq!(at(4, link), "\u{1b}]8;;file:///long\u{1b}\\abc…\u{1b}]8;;\u{1b}\\");
    }
}
