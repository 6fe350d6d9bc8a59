//! Literal parts of templates: escapes, strip markers, and the indentation of heredocs.

use std::ops::Range;

use super::parser::{Parsed, Parser, Place};
use super::template::Piece;
use crate::source::Span;
use crate::value::{Text, TextBuilder};

/// A literal part of a template, not yet decoded.
#[derive(Clone, Debug)]
pub(super) struct Literal {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Whether backslashes escape in it.
    pub(super) escapes: bool,
    /// Whether a strip marker before it takes its leading whitespace.
    pub(super) strip_start: bool,
    /// Whether a strip marker behind it takes its trailing whitespace.
    pub(super) strip_end: bool,
}

impl Literal {
    /// Applies the strip markers. Where backslashes escape, whitespace may be written as an escape and is found only
    /// after decoding.
    pub(super) fn strip(&mut self, text: &str) {
        if self.escapes {
            return;
        }
        let Some(inside) = text.get(self.range.clone()) else { return };
        if self.strip_end {
            self.range.end = self.range.start + inside.trim_end().len();
        }
        if self.strip_start {
            let inside = inside.get(..self.range.len()).unwrap_or("");
            self.range.start = self.range.end - inside.trim_start().len();
        }
    }
}

/// Takes the common indentation from the lines of a `<<-` heredoc.
///
/// The literals are in the order of the text, no longer than a line each, and stripped. A line that is blank as a whole
/// counts for nothing and keeps its blanks. A literal behind a stripped line end begins no line: so does Go's parser.
pub(super) fn remove_indentation(text: &str, pieces: &mut [Piece]) {
    let mut line_starts = Vec::new();
    let mut common = usize::MAX;
    let mut at_line_start = true;
    for (index, piece) in pieces.iter().enumerate() {
        let literal = match piece {
            Piece::Literal(literal) => text.get(literal.range.clone()),
            _ => None,
        };
        if std::mem::take(&mut at_line_start) {
            let line = literal.unwrap_or("");
            let rest = line.trim_start();
            if !(rest.is_empty() && line.ends_with('\n')) {
                common = common.min(line.get(..line.len() - rest.len()).unwrap_or("").chars().count());
                line_starts.push(index);
            }
        }
        at_line_start = literal.is_some_and(|literal| literal.ends_with('\n'));
    }
    for index in line_starts {
        if let Some(Piece::Literal(literal)) = pieces.get_mut(index)
            && let Some(line) = text.get(literal.range.clone())
        {
            literal.range.start += line.chars().take(common).map(char::len_utf8).sum::<usize>();
        }
    }
}

impl Parser<'_> {
    /// Decodes consecutive literals into one text.
    pub(super) fn decode(&mut self, literals: &[Literal]) -> Parsed<Text> {
        let mut builder = TextBuilder::default();
        for literal in literals {
            if literal.escapes && (literal.strip_start || literal.strip_end) {
                let mut part = TextBuilder::default();
                self.decode_into(&mut part, literal)?;
                let part = part.finish();
                let text = part.as_str();
                let end = if literal.strip_end { text.trim_end().len() } else { text.len() };
                let kept = text.get(..end).unwrap_or("");
                let start = if literal.strip_start { end - kept.trim_start().len() } else { 0 };
                builder.push_part(&part, start..end);
            } else {
                self.decode_into(&mut builder, literal)?;
            }
        }
        Ok(match literals {
            [first, ..] if builder.as_str().is_empty() => self.empty_text(first.range.start),
            _ => builder.finish(),
        })
    }

    /// The empty text that stands at `pos`.
    pub(super) fn empty_text(&self, pos: usize) -> Text {
        let at = self.span(pos, pos);
        Text::verbatim("", Span { end: at.start, ..at })
    }

    /// These bytes as they are.
    pub(super) fn verbatim(&self, start: usize, end: usize) -> Text {
        match self.place {
            Place::File(_) => Text::verbatim(self.text.get(start..end).unwrap_or(""), self.span(start, end)),
            Place::Text(text, _) => text.slice(start..end),
        }
    }

    fn decode_into(&mut self, builder: &mut TextBuilder, literal: &Literal) -> Parsed<()> {
        let bytes = self.text.as_bytes();
        let mut from = literal.range.start;
        let mut pos = from;
        while pos < literal.range.end {
            match bytes.get(pos) {
                Some(b'\\') if literal.escapes => {
                    self.copy(builder, from..pos);
                    let (decoded, length) = self.escape(pos)?;
                    let span = self.span(pos, pos + length);
                    builder.push(decoded.encode_utf8(&mut [0; 4]), Some(span));
                    pos += length;
                    from = pos;
                }
                // `$${` and `%%{` stand for `${` and `%{`.
                Some(sign @ (b'$' | b'%')) if bytes.get(pos + 1) == Some(sign) && bytes.get(pos + 2) == Some(&b'{') => {
                    self.copy(builder, from..pos);
                    let span = self.span(pos, pos + 3);
                    builder.push(if *sign == b'$' { "${" } else { "%{" }, Some(span));
                    pos += 3;
                    from = pos;
                }
                _ => pos += 1,
            }
        }
        self.copy(builder, from..literal.range.end);
        Ok(())
    }

    fn copy(&self, builder: &mut TextBuilder, range: Range<usize>) {
        match self.place {
            Place::File(_) => {
                let span = self.span(range.start, range.end);
                builder.push(self.text.get(range).unwrap_or(""), Some(span));
            }
            Place::Text(text, _) => builder.push_part(text, range),
        }
    }

    /// The character for which the escape at `pos` stands, and the length of the escape.
    fn escape(&mut self, pos: usize) -> Parsed<(char, usize)> {
        let rest = self.text.get(pos + 1..).unwrap_or("");
        let selector = rest.chars().next();
        let simple = match selector {
            Some('n') => '\n',
            Some('r') => '\r',
            Some('t') => '\t',
            Some('"') => '"',
            Some('\\') => '\\',
            Some('u') => return self.unicode_escape(pos, 4),
            Some('U') => return self.unicode_escape(pos, 8),
            _ => {
                let length = 1 + selector.map_or(0, char::len_utf8);
                let escape = self.text.get(pos..pos + length).unwrap_or("\\");
                let message = format!("`{escape}` is not an escape; a backslash itself is written `\\\\`");
                return Err(self.fail(pos, pos + length, message));
            }
        };
        Ok((simple, 2))
    }

    fn unicode_escape(&mut self, pos: usize, digits: usize) -> Parsed<(char, usize)> {
        let rest = self.text.as_bytes().get(pos + 2..).unwrap_or_default();
        let found = rest.iter().take(digits).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let code = self.text.get(pos + 2..pos + 2 + found).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code {
            // Surrogates and numbers beyond Unicode become the replacement character, as in Go.
            Some(code) if found == digits => {
                Ok((char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), digits + 2))
            }
            _ => {
                let message = format!("this escape needs exactly {digits} hexadecimal digits, found {found}");
                Err(self.fail(pos, pos + 2 + found, message))
            }
        }
    }
}
