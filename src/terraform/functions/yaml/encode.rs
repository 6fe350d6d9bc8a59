//! Values to YAML: block style, strings in double quotes or as literal blocks.

use std::fmt::Write;

use super::super::Failure;
use crate::parse::MAX_DEPTH;
use crate::terraform::expr::MAX_TEXT;
use crate::value::{Kind, Value};

/// Beyond this column a quoted string goes on at the next space on a line of its own (libyaml's default).
const WIDTH: usize = 80;

/// A document.
pub(super) fn encode(value: &Value) -> Result<String, Failure> {
    let mut writer = Writer { out: String::new() };
    writer.node(value, Place::Root, 0, 0)?;
    if matches!(value.kind, Kind::Null | Kind::Bool(_) | Kind::Number(_)) {
        // A plain scalar needs a mark of its end.
        writer.out.push_str("\n...");
    }
    if !writer.out.ends_with('\n') || !is_block_scalar(value) {
        writer.out.push('\n');
    }
    Ok(writer.out)
}

/// What a node stands in.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    Root,
    /// After `key:`.
    Value,
    /// After `- `.
    Item,
}

struct Writer {
    out: String,
}

impl Writer {
    /// A node whose parent's lines start at column `indent`.
    fn node(&mut self, value: &Value, place: Place, indent: usize, depth: usize) -> Result<(), Failure> {
        if self.out.len() > MAX_TEXT {
            return Err(Failure::limit("the text is too long"));
        }
        if depth > MAX_DEPTH {
            return Err(Failure::limit("the value is nested too deeply"));
        }
        match &value.kind {
            Kind::Null | Kind::Unknown(_) => self.plain("null", place),
            Kind::Bool(flag) => self.plain(if *flag { "true" } else { "false" }, place),
            Kind::Number(number) if number.is_infinite() => {
                self.plain(if number.signum() < 0 { "-.Inf" } else { "+.Inf" }, place);
            }
            Kind::Number(number) => self.plain(&number.to_string(), place),
            Kind::String(text) => {
                self.space(place);
                let column = if place == Place::Root { 0 } else { indent };
                self.string(text.as_str(), column + 2);
            }
            Kind::List(list) if list.items.is_empty() => self.plain("[]", place),
            Kind::List(list) => {
                // A sequence under a key starts in the key's column.
                let column = if place == Place::Item { indent + 2 } else { indent };
                for (i, item) in list.items.iter().enumerate() {
                    self.start_entry(place, i == 0, column);
                    self.out.push('-');
                    self.node(item, Place::Item, column, depth + 1)?;
                    self.end_line(item, i + 1 == list.items.len());
                }
            }
            Kind::Map(map) if map.entries.is_empty() => self.plain("{}", place),
            Kind::Map(map) => {
                let column = if place == Place::Root { 0 } else { indent + 2 };
                let count = map.entries.len();
                for (i, (key, entry)) in value.sorted_entries().into_iter().enumerate() {
                    self.start_entry(place, i == 0, column);
                    self.key(key, column);
                    self.node(&entry.value, Place::Value, column, depth + 1)?;
                    self.end_line(&entry.value, i + 1 == count);
                }
            }
        }
        Ok(())
    }

    fn space(&mut self, place: Place) {
        if place != Place::Root {
            self.out.push(' ');
        }
    }

    fn plain(&mut self, text: &str, place: Place) {
        self.space(place);
        self.out.push_str(text);
    }

    /// The start of an entry's line. The first one of an item stands beside its dash.
    fn start_entry(&mut self, place: Place, first: bool, column: usize) {
        match (first, place) {
            (true, Place::Root) => {}
            (true, Place::Item) => self.out.push(' '),
            (true, Place::Value) => {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(column));
            }
            (false, _) => self.out.push_str(&" ".repeat(column)),
        }
    }

    /// The end of an entry's line, unless the next line ends it or the entry has ended it itself.
    fn end_line(&mut self, value: &Value, last: bool) {
        let ended = self.out.ends_with('\n') && is_block_scalar(value);
        if !(last || ended) {
            self.out.push('\n');
        }
    }

    fn key(&mut self, key: &str, column: usize) {
        if key.contains('\n') || key.len() > 128 {
            self.out.push_str("? ");
            self.string(key, column + 2);
            if !self.out.ends_with('\n') {
                self.out.push('\n');
            }
            self.out.push_str(&" ".repeat(column));
        } else {
            self.quoted(key, None);
        }
        self.out.push(':');
    }

    /// A string whose further lines start at column `indent`.
    fn string(&mut self, text: &str, indent: usize) {
        if text.contains('\n') && may_be_literal(text) {
            self.literal(text, indent);
        } else {
            self.quoted(text, Some(indent));
        }
    }

    fn literal(&mut self, text: &str, indent: usize) {
        self.out.push('|');
        if text.starts_with([' ', '\n']) {
            self.out.push('2');
        }
        let body = match text.strip_suffix('\n') {
            None => {
                self.out.push('-');
                text
            }
            Some(body) => {
                if body.is_empty() || body.ends_with('\n') {
                    self.out.push('+');
                }
                body
            }
        };
        let margin = " ".repeat(indent);
        for line in body.split('\n') {
            self.out.push('\n');
            if !line.is_empty() {
                self.out.push_str(&margin);
                self.out.push_str(line);
            }
        }
        if text.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// A string in double quotes, folded at spaces beyond [`WIDTH`] if its further lines have a column.
    fn quoted(&mut self, text: &str, indent: Option<usize>) {
        let line_start = self.out.rfind('\n').map_or(0, |newline| newline + 1);
        let mut column = self.out[line_start..].chars().count() + 1;
        self.out.push('"');
        let mut after_space = false;
        let mut chars = text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let inner = at > 0 && chars.peek().is_some();
            if c == ' '
                && let (Some(indent), true, false, true) = (indent, column > WIDTH, after_space, inner)
            {
                self.out.push('\n');
                self.out.push_str(&" ".repeat(indent));
                column = indent;
                if chars.peek().is_some_and(|(_, next)| *next == ' ') {
                    self.out.push('\\');
                    column += 1;
                }
                after_space = true;
                continue;
            }
            after_space = c == ' ';
            let before = self.out.len();
            escape(c, &mut self.out);
            column += self.out[before..].chars().count();
        }
        self.out.push('"');
    }
}

/// The scalar with which a node's text ends.
fn deepest_last(value: &Value) -> &Value {
    let mut value = value;
    loop {
        let last = match &value.kind {
            Kind::List(list) => list.items.last(),
            Kind::Map(_) => value.sorted_entries().last().map(|(_, entry)| &entry.value),
            _ => None,
        };
        match last {
            Some(last) => value = last,
            None => return value,
        }
    }
}

/// Whether a node's text ends with a literal block that has ended its own line.
fn is_block_scalar(value: &Value) -> bool {
    deepest_last(value).as_str().is_some_and(|text| text.ends_with('\n') && may_be_literal(text))
}

/// Whether libyaml allows a literal block: nothing to escape, no spaces before line ends.
fn may_be_literal(text: &str) -> bool {
    !text.contains(" \n") && !text.ends_with(' ') && text.chars().all(|c| c == '\n' || is_printable(c))
}

/// libyaml's `is_printable`, for characters of up to three bytes.
fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}')
        && c != '\u{feff}'
}

fn escape(c: char, out: &mut String) {
    let short = match c {
        '"' => '"',
        '\\' => '\\',
        '\0' => '0',
        '\u{7}' => 'a',
        '\u{8}' => 'b',
        '\t' => 't',
        '\n' => 'n',
        '\u{b}' => 'v',
        '\u{c}' => 'f',
        '\r' => 'r',
        '\u{1b}' => 'e',
        '\u{85}' => 'N',
        '\u{a0}' => {
            out.push(c);
            return;
        }
        '\u{2028}' => 'L',
        '\u{2029}' => 'P',
        c if is_printable(c) => {
            out.push(c);
            return;
        }
        c => {
            let code = u32::from(c);
            let _ = match code {
                0..=0xff => write!(out, "\\x{code:02X}"),
                0x100..=0xffff => write!(out, "\\u{code:04X}"),
                _ => write!(out, "\\U{code:08X}"),
            };
            return;
        }
    };
    out.push('\\');
    out.push(short);
}
