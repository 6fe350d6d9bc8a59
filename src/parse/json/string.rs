//! Strings: decoding with the map back to the source.

use super::input::Input;
use super::parser::Parser;
use super::tree::{Content, HOLE, Tree};
use crate::diagnostic::{Code, Diagnostic};
use crate::value::TextBuilder;

/// Which bytes end a run of ordinary characters in a string.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

impl<I: Input, T: Tree> Parser<'_, I, T> {
    /// The string that begins at this place. One that is not closed ends with its line.
    pub(super) fn string(&mut self) -> Content {
        let opening = self.pos;
        self.pos += 1;
        let start = self.pos;
        self.ordinary();
        if self.peek() == Some(b'"') {
            let text = self.input.slice(start..self.pos);
            self.pos += 1;
            return Content { text, holes: Vec::new() };
        }
        let mut builder = TextBuilder::default();
        let mut holes = Vec::new();
        self.input.push(&mut builder, start..self.pos);
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.pos += 1;
                    break;
                }
                Some(b'\\') => self.escape(&mut builder),
                Some(byte) if byte == HOLE as u8 && self.tree.is_hole(self.pos) => {
                    holes.push((builder.as_str().len(), self.pos));
                    self.input.push(&mut builder, self.pos..self.pos + 1);
                    self.pos += 1;
                }
                None | Some(b'\n' | b'\r') => {
                    let place = self.input.span(opening..opening + 1);
                    let end = self.input.span(self.pos..self.pos);
                    self.problems.report(
                        Diagnostic::error(Code::ParseError, "this string is not closed on its line", place)
                            .label(end, "expected `\"` here or before"),
                    );
                    break;
                }
                Some(byte) if byte < 0x20 => {
                    let span = self.input.span(self.pos..self.pos + 1);
                    let message = format!("a control character must be written as \\u{byte:04x} in a JSON string");
                    self.problems.error(message, span);
                    self.input.push(&mut builder, self.pos..self.pos + 1);
                    self.pos += 1;
                }
                Some(_) => {
                    let from = self.pos;
                    self.ordinary();
                    self.input.push(&mut builder, from..self.pos);
                }
            }
        }
        Content { text: builder.finish(), holes }
    }

    /// Goes past characters that stand for themselves.
    fn ordinary(&mut self) {
        let rest = self.text.as_bytes().get(self.pos..).unwrap_or_default();
        self.pos += rest.iter().position(|byte| SPECIAL[*byte as usize]).unwrap_or(rest.len());
    }

    fn escape(&mut self, builder: &mut TextBuilder) {
        let start = self.pos;
        self.pos += 1;
        let decoded = match self.peek() {
            Some(b'u') => {
                self.pos += 1;
                self.unicode_escape(start)
            }
            Some(byte) => match simple_escape(byte) {
                Some(decoded) => {
                    self.pos += 1;
                    Some(decoded)
                }
                None => None,
            },
            None => None,
        };
        match decoded {
            Some(decoded) => {
                let span = self.span_from(start);
                builder.push(decoded.encode_utf8(&mut [0; 4]), Some(span));
            }
            None => {
                let span = self.span_from(start);
                self.problems.error("this escape is not one of JSON's", span);
                self.input.push(builder, start..self.pos);
            }
        }
    }

    /// The character of a `\u` escape, of two if they are a surrogate pair; the first began at `start`.
    fn unicode_escape(&mut self, start: usize) -> Option<char> {
        let first = self.four_digits()?;
        if let Some(decoded) = char::from_u32(first) {
            return Some(decoded);
        }
        let after = self.pos;
        if first < 0xdc00 && self.text[self.pos..].starts_with("\\u") {
            self.pos += 2;
            if let Some(second @ 0xdc00..=0xdfff) = self.four_digits() {
                return char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
            self.pos = after;
        }
        let span = self.span_from(start);
        let message = "half of a surrogate pair is no character; it is read as U+FFFD";
        self.problems.report(Diagnostic::warning(Code::ParseError, message, span));
        Some(char::REPLACEMENT_CHARACTER)
    }

    fn four_digits(&mut self) -> Option<u32> {
        let digits = self.text.as_bytes().get(self.pos..self.pos + 4)?;
        let code = digits.iter().try_fold(0, |code, digit| Some(code * 16 + (*digit as char).to_digit(16)?))?;
        self.pos += 4;
        Some(code)
    }
}

fn simple_escape(byte: u8) -> Option<char> {
    Some(match byte {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        _ => return None,
    })
}
