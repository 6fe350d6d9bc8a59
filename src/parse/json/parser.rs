//! The grammar, with recovery.

use super::input::Input;
use super::tree::{HOLE, Scalar, Tree};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::MAX_DEPTH;
use crate::parse::problems::Problems;
use crate::source::Span;

/// Parses one text.
pub(super) struct Parser<'a, I, T> {
    pub(super) input: &'a I,
    pub(super) tree: &'a T,
    pub(super) text: &'a str,
    pub(super) pos: usize,
    /// The brackets that are open, outermost first, with their places.
    open: Vec<(u8, usize)>,
    /// Whether it was said that the text ends too early.
    ended: bool,
    pub(super) problems: Problems,
}

impl<'a, I: Input, T: Tree> Parser<'a, I, T> {
    pub(super) fn new(input: &'a I, tree: &'a T) -> Self {
        Parser {
            input,
            tree,
            text: input.as_str(),
            pos: 0,
            open: Vec::new(),
            ended: false,
            problems: Problems::default(),
        }
    }

    /// The one value of the text, and everything that is wrong.
    pub(super) fn document(mut self) -> (T::Node, Vec<Diagnostic>) {
        if self.text.starts_with('\u{feff}') {
            self.pos = '\u{feff}'.len_utf8();
        }
        self.space();
        let root = match self.value() {
            Some(root) => root,
            None => {
                let span = self.here();
                self.problems.error("expected a JSON value", span);
                return (self.tree.scalar(Scalar::Null, span), self.problems.finish());
            }
        };
        self.space();
        if self.pos < self.text.len() {
            let span = self.here();
            self.problems.error("unexpected text after the end of the JSON document", span);
        }
        (root, self.problems.finish())
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.pos).copied()
    }

    pub(super) fn span_from(&self, start: usize) -> Span {
        self.input.span(start..self.pos)
    }

    /// The place of the next character, for a complaint about it.
    fn here(&self) -> Span {
        let width = self.text.get(self.pos..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        self.input.span(self.pos..self.pos + width)
    }

    /// Skips white space, and comments with a complaint.
    fn space(&mut self) {
        let bytes = self.text.as_bytes();
        loop {
            loop {
                match bytes.get(self.pos) {
                    // Most of it is indentation.
                    Some(b' ') if bytes.get(self.pos..self.pos + 8) == Some(b"        ") => self.pos += 8,
                    Some(b' ' | b'\n' | b'\r' | b'\t') => self.pos += 1,
                    Some(b'/') => break,
                    _ => return,
                }
            }
            let rest = bytes.get(self.pos..).unwrap_or_default();
            let length = if rest.starts_with(b"//") {
                rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
            } else if rest.starts_with(b"/*") {
                self.text[self.pos..].find("*/").map_or(rest.len(), |at| at + 2)
            } else {
                return;
            };
            let start = self.pos;
            self.pos += length;
            let span = self.span_from(start);
            self.problems.error("JSON has no comments", span);
        }
    }

    /// The value at this place; `None`, and nothing is consumed, if none begins here.
    fn value(&mut self) -> Option<T::Node> {
        let start = self.pos;
        let node = match self.peek()? {
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b'"' => {
                let content = self.string();
                self.tree.scalar(Scalar::String(content), self.span_from(start))
            }
            b'-' | b'+' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'_' | b'\'' => self.word(),
            byte if byte == HOLE as u8 && self.tree.is_hole(start) => self.word(),
            _ => return None,
        };
        Some(node)
    }

    /// A value in brackets, if the brackets are not nested too deep.
    fn nested(&mut self, parse: fn(&mut Self) -> T::Node) -> T::Node {
        let start = self.pos;
        if self.open.len() < MAX_DEPTH {
            self.open.push((self.text.as_bytes()[start], start));
            self.pos += 1;
            let node = parse(self);
            self.open.pop();
            return node;
        }
        let opening = self.here();
        let message = format!("brackets are nested more than {MAX_DEPTH} deep; this part is not read");
        self.problems.report(Diagnostic::error(Code::Limit, message, opening));
        self.skip_brackets();
        self.tree.scalar(Scalar::Null, self.span_from(start))
    }

    /// Skips everything up to the bracket that closes the one at this place.
    fn skip_brackets(&mut self) {
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        while let Some(byte) = bytes.get(self.pos) {
            match byte {
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth -= 1,
                b'"' => {
                    self.skip_string();
                    continue;
                }
                _ => {}
            }
            self.pos += 1;
            if depth == 0 {
                return;
            }
        }
        self.unclosed();
    }

    /// Skips a string on this line.
    fn skip_string(&mut self) {
        let bytes = self.text.as_bytes();
        self.pos += 1;
        while let Some(byte) = bytes.get(self.pos) {
            match byte {
                b'"' => {
                    self.pos += 1;
                    return;
                }
                b'\n' => return,
                b'\\' if self.pos + 1 < bytes.len() => self.pos += 2,
                _ => self.pos += 1,
            }
        }
    }

    fn object(&mut self) -> T::Node {
        let start = self.pos - 1;
        let mut members = Vec::new();
        let mut unknown = None;
        loop {
            self.space();
            match self.peek() {
                Some(b'"') => {
                    if let Some(member) = self.member() {
                        members.push(member);
                    }
                }
                Some(byte) if byte == HOLE as u8 && self.tree.is_hole(self.pos) => {
                    unknown.get_or_insert(self.pos);
                    self.pos += 1;
                    self.discard_value();
                }
                Some(b',') => self.leading_comma(),
                Some(b'}' | b']') | None => {}
                Some(_) => self.unquoted_key(),
            }
            if !self.delimiter(b'}', b'"') {
                break;
            }
        }
        self.problems.report_duplicates(&members, T::key);
        self.tree.mapping(members, unknown, self.span_from(start))
    }

    fn array(&mut self) -> T::Node {
        let start = self.pos - 1;
        let mut items = Vec::new();
        loop {
            self.space();
            let item = self.pos;
            match self.value() {
                Some(_) if self.is_member_of_outer_object(item) => break,
                Some(item) => items.push(item),
                None if self.peek() == Some(b',') => self.leading_comma(),
                None => {}
            }
            if !self.delimiter(b']', b']') {
                break;
            }
        }
        self.tree.sequence(items, self.span_from(start))
    }

    /// Whether the item that begins at `item` turns out to be a key: the array was left open. Goes back to it then.
    fn is_member_of_outer_object(&mut self, item: usize) -> bool {
        let after = self.text.as_bytes().get(self.pos..).unwrap_or_default();
        let colon = after.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
        let outer = self.open.iter().any(|(bracket, _)| *bracket == b'{');
        if !colon || !outer || self.text.as_bytes().get(item) != Some(&b'"') {
            return false;
        }
        let key = self.span_from(item);
        let mut problem = Diagnostic::error(Code::ParseError, "expected `]` before this key", key);
        if let Some((_, at)) = self.open.last() {
            problem = problem.label(self.input.span(*at..at + 1), "this `[` is still open");
        }
        self.problems.report(problem);
        self.pos = item;
        true
    }

    /// One `"key": value`. A key without a value is reported, and has none.
    fn member(&mut self) -> Option<T::Member> {
        let start = self.pos;
        let key = self.string();
        let span = self.span_from(start);
        self.space();
        if self.peek() == Some(b':') {
            self.pos += 1;
            self.space();
        } else {
            self.problems.error("expected `:` and a value after this key", span);
            if matches!(self.peek(), None | Some(b',' | b'}' | b']' | b'"')) {
                return None;
            }
        }
        let value = match self.value() {
            Some(value) => value,
            None => {
                let here = self.input.span(self.pos..self.pos);
                self.problems.error("expected a value for this key", span);
                self.tree.scalar(Scalar::Null, here)
            }
        };
        Some(self.tree.member(key, span, value))
    }

    /// Skips what stands where a key should.
    fn unquoted_key(&mut self) {
        let start = self.pos;
        while self.peek().is_some_and(|byte| !byte.is_ascii_whitespace() && !b",:{}[]\"".contains(&byte)) {
            self.pos += 1;
        }
        let found = self.span_from(start);
        self.problems.error("expected a key in double quotes", found);
        self.discard_value();
        if matches!(self.peek(), Some(b'{' | b'[')) {
            self.skip_brackets();
        }
    }

    /// Reads the value of a key that nothing can ask for: for its errors only.
    fn discard_value(&mut self) {
        self.space();
        if self.peek() == Some(b':') {
            self.pos += 1;
            self.space();
            let _ = self.value();
        }
    }

    fn leading_comma(&mut self) {
        let span = self.here();
        self.problems.error("expected a value before this comma", span);
    }

    /// What follows a member or item: goes to the next one (true), or past the end of the brackets (false). `next` is
    /// what can only be the start of a next one, if the comma is missing.
    fn delimiter(&mut self, close: u8, next: u8) -> bool {
        loop {
            self.space();
            let here = self.pos;
            match self.peek() {
                Some(b',') => {
                    self.pos += 1;
                    self.space();
                    match self.peek() {
                        Some(b',') => {
                            let span = self.here();
                            self.problems.error("expected a value between these commas", span);
                        }
                        Some(b'}' | b']') => {
                            let comma = self.input.span(here..here + 1);
                            self.problems.error("a comma must not stand before a closing bracket", comma);
                        }
                        _ => return true,
                    }
                }
                Some(byte) if byte == close => {
                    self.pos += 1;
                    return false;
                }
                Some(b'}' | b']') => {
                    if self.closes_outer_bracket() {
                        return false;
                    }
                }
                None => {
                    self.unclosed();
                    return false;
                }
                Some(byte) if byte == next || close == b']' && begins_value(byte) => {
                    let before = self.text[..here].trim_end();
                    let width = before.chars().next_back().map_or(0, char::len_utf8);
                    let span = self.input.span(before.len() - width..before.len());
                    self.problems.error("expected a comma after this value", span);
                    return true;
                }
                Some(byte) if byte == HOLE as u8 && self.tree.is_hole(here) => return true,
                Some(_) => self.junk(),
            }
        }
    }

    /// A closing bracket of the other kind: whether it closes a bracket further out. If not, it is skipped.
    fn closes_outer_bracket(&mut self) -> bool {
        let here = self.here();
        let (found, opener) = match self.peek() {
            Some(b'}') => ('}', b'{'),
            _ => (']', b'['),
        };
        let inner = self.open.last().copied();
        let outer = self.open.iter().any(|(bracket, _)| *bracket == opener);
        let mut problem = Diagnostic::error(Code::ParseError, format!("unexpected `{found}`"), here);
        if let Some((bracket, at)) = inner {
            let text = format!("this `{}` is still open", bracket as char);
            problem = problem.label(self.input.span(at..at + 1), text);
        }
        self.problems.report(problem);
        if !outer {
            self.pos += 1;
        }
        outer
    }

    /// Says once that the text ends within brackets.
    fn unclosed(&mut self) {
        if self.ended {
            return;
        }
        self.ended = true;
        if let Some((bracket, at)) = self.open.last().copied() {
            let place = self.input.span(at..at + 1);
            let end = self.input.span(self.pos..self.pos);
            let message = format!("this `{}` is never closed", bracket as char);
            self.problems.report(Diagnostic::error(Code::ParseError, message, place).label(end, "the text ends here"));
        }
    }

    /// Skips characters that cannot stand here, with a complaint.
    fn junk(&mut self) {
        let start = self.pos;
        let opened = matches!(self.peek(), Some(b'{' | b'['));
        if opened {
            self.skip_brackets();
        } else {
            let width = self.text[start..].find(|c: char| ",{}[]\"\n/".contains(c)).unwrap_or(self.text.len() - start);
            // At least one character, so that there is progress.
            let first = self.text[start..].chars().next().map_or(1, char::len_utf8);
            self.pos += width.max(first);
        }
        let span = if opened { self.input.span(start..start + 1) } else { self.span_from(start) };
        self.problems.error("unexpected text; expected a comma or a closing bracket", span);
    }

    /// A number, `true`, `false`, `null`, an unknown part, or something that is none of them.
    fn word(&mut self) -> T::Node {
        let start = self.pos;
        let mut hole = None;
        while let Some(byte) = self.peek() {
            if byte == HOLE as u8 && self.tree.is_hole(self.pos) {
                hole.get_or_insert(self.pos);
            } else if !(byte.is_ascii_alphanumeric() || b"+-._'".contains(&byte)) {
                break;
            }
            self.pos += 1;
        }
        let span = self.span_from(start);
        let word = &self.text[start..self.pos];
        let scalar = match (word, hole) {
            (_, Some(at)) if word.len() == HOLE.len_utf8() => Scalar::Hole(at),
            (_, Some(at)) => Scalar::Mixed(at),
            ("null", _) => Scalar::Null,
            ("true", _) => Scalar::Bool(true),
            ("false", _) => Scalar::Bool(false),
            _ if is_number(word) => Scalar::Number(word),
            _ => {
                self.problems.error(format!("`{word}` is not a JSON value"), span);
                Scalar::Null
            }
        };
        self.tree.scalar(scalar, span)
    }
}

fn begins_value(byte: u8) -> bool {
    matches!(byte, b'{' | b'[' | b'"' | b'-' | b'0'..=b'9' | b'a'..=b'z')
}

/// Whether the word is a number by JSON's grammar.
fn is_number(word: &str) -> bool {
    fn digits(rest: &[u8]) -> Option<&[u8]> {
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 { None } else { rest.get(count..) }
    }
    fn number(word: &[u8]) -> Option<&[u8]> {
        let unsigned = word.strip_prefix(b"-").unwrap_or(word);
        let mut rest = match unsigned.strip_prefix(b"0") {
            Some(rest) => rest,
            None => digits(unsigned)?,
        };
        if let Some(fraction) = rest.strip_prefix(b".") {
            rest = digits(fraction)?;
        }
        if let [b'e' | b'E', exponent @ ..] = rest {
            let unsigned = exponent.strip_prefix(b"-").or(exponent.strip_prefix(b"+")).unwrap_or(exponent);
            rest = digits(unsigned)?;
        }
        Some(rest)
    }
    number(word.as_bytes()).is_some_and(<[u8]>::is_empty)
}
