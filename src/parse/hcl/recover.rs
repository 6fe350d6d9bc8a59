//! Where to go on after an error.
//!
//! An item that did not parse ends where its brackets do. If they do not match, the lay of the lines decides: the item
//! ends before the next line that looks like an item and is indented no deeper.

use super::lexer::{self, TokenKind};
use super::parser::Parser;
use crate::diagnostic::{Code, Diagnostic};

/// How indentation ends blocks and arguments whose closing bracket is missing.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Margins {
    heeded: bool,
    /// The indentation of the innermost open block.
    block: Option<usize>,
    /// The indentation of the argument under way.
    item: Option<usize>,
}

/// A position, and the indentation of its line.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Indented {
    pos: usize,
    width: usize,
}

/// What a line seems to be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum ItemKind {
    /// `name =`
    Attribute,
    /// `name label… {`
    Block,
}

/// What to believe of the text of a broken item.
#[derive(Clone, Copy)]
enum Trust {
    /// Its brackets, whatever the lines look like: it is sound, only too deep.
    Brackets,
    /// Its brackets, unless they hold a line that seems to be a block, or as little as an argument, where the item
    /// stands.
    Lines(ItemKind),
}

impl Trust {
    fn doubts(self, line: Option<ItemKind>) -> bool {
        match self {
            Trust::Brackets => false,
            Trust::Lines(ItemKind::Attribute) => line.is_some(),
            Trust::Lines(ItemKind::Block) => line == Some(ItemKind::Block),
        }
    }
}

impl Margins {
    /// Lets indentation end what it can. Only for texts with a missing bracket: in sound ones it means nothing.
    pub(super) fn heed(&mut self) {
        self.heeded = true;
    }

    pub(super) fn is_heeded(self) -> bool {
        self.heeded
    }

    /// Whether the line at `start` belongs to no open block or argument any more.
    pub(super) fn end_at(&self, text: &str, start: usize) -> bool {
        if !self.heeded || (self.block.is_none() && self.item.is_none()) {
            return false;
        }
        let pos = lexer::skip_blanks(text, start);
        let indent = pos - start;
        match item_kind(text, pos) {
            Some(ItemKind::Block) => [self.block, self.item].into_iter().flatten().any(|margin| indent <= margin),
            Some(ItemKind::Attribute) => self.item.is_some_and(|margin| indent <= margin),
            None => false,
        }
    }
}

/// What the item at `pos` seems to be, judged by its first line.
pub(super) fn item_kind(text: &str, pos: usize) -> Option<ItemKind> {
    let mut pos = pos + Some(lexer::ident_length(text, pos)).filter(|length| *length > 0)?;
    let mut labelled = false;
    loop {
        pos = lexer::skip_blanks(text, pos);
        if matches!(text.as_bytes().get(pos), Some(b'#' | b'/')) {
            // A comment may be long, and no item has one here.
            return None;
        }
        let token = lexer::token(text, pos);
        pos = match token.kind {
            TokenKind::OpenBrace => return Some(ItemKind::Block),
            TokenKind::Equal if !labelled => return Some(ItemKind::Attribute),
            TokenKind::Ident => token.end,
            TokenKind::Quote => {
                let rest = text.as_bytes().get(token.end..)?;
                let length = rest.iter().position(|byte| matches!(byte, b'"' | b'\n'))?;
                token.end + Some(length).filter(|length| rest.get(*length) == Some(&b'"'))? + 1
            }
            _ => return None,
        };
        labelled = true;
    }
}

impl Parser<'_> {
    /// The margins within a block whose type stands at `pos`.
    pub(super) fn margins_of_block(&mut self, pos: usize) -> Margins {
        match self.margins.heeded {
            true => Margins { block: Some(self.indentation(pos)), item: None, ..self.margins },
            false => self.margins,
        }
    }

    /// The margins within an argument whose name stands at `pos`.
    pub(super) fn margins_of_argument(&mut self, pos: usize) -> Margins {
        match self.margins.heeded {
            true => Margins { item: Some(self.indentation(pos)), ..self.margins },
            false => self.margins,
        }
    }

    /// The indentation of the line of `pos`. Lines may be long and hold many errors, so the last answer is a help.
    fn indentation(&mut self, pos: usize) -> usize {
        let from = if self.indented.pos <= pos { self.indented.pos } else { 0 };
        let newline = self.text.get(from..pos).and_then(|between| between.rfind('\n'));
        if newline.is_some() || from == 0 {
            let start = newline.map_or(0, |newline| from + newline + 1);
            self.indented.width = lexer::skip_blanks(self.text, start) - start;
        }
        self.indented.pos = pos;
        self.indented.width
    }

    /// Goes to where the items go on after an error in the item at `item`.
    pub(super) fn resume(&mut self, item: usize) {
        let failed_at = self.failed_at.max(item);
        let trust = match (self.reached_limit, self.margins.heeded) {
            (true, _) => Trust::Brackets,
            (false, false) => Trust::Lines(ItemKind::Block),
            (false, true) => Trust::Lines(ItemKind::Attribute),
        };
        let indent = self.indentation(item);
        let (end, seen) = by_brackets(self.text, item, indent, failed_at, trust);
        self.seen = self.seen.max(seen);
        let pos = end.unwrap_or_else(|| by_lines(self.text, item, indent));
        let pos = if pos > item { pos } else { lexer::line_end(self.text, failed_at) };
        self.rework += self.seen.saturating_sub(pos);
        // Hostile texts must not make each error cost a look at all that follows.
        if self.rework > 8 * self.text.len() + 64 * 1024 {
            let end = self.text.len();
            let message = "there are too many errors to go on behind this one";
            self.diagnostics.push(Diagnostic::error(Code::Limit, message, self.span(pos, pos)));
            self.seek(end);
        } else {
            self.seek(pos);
            self.seen = pos;
        }
    }
}

/// The end of the item at `item` by its brackets, at or behind `failed_at`: a line end, the brace that closes the body,
/// or the end of the text. None if brackets do not match, or hold what seems to be a block. And how far one had to look.
fn by_brackets(text: &str, item: usize, indent: usize, failed_at: usize, trust: Trust) -> (Option<usize>, usize) {
    let bytes = text.as_bytes();
    let mut open = Brackets::default();
    let mut pos = item;
    // The end of the text once a comment was found to have no end: no use in looking for it again and again.
    let mut seen = 0;
    while let Some(byte) = bytes.get(pos).copied() {
        if open.last() == Some(b'"') {
            pos = in_string(bytes, pos, &mut open);
            continue;
        }
        match byte {
            b'\n' => {
                if open.is_empty() && pos >= failed_at {
                    return (Some(pos), seen.max(pos));
                }
                let next = lexer::skip_blanks(text, pos + 1);
                if !open.is_empty() && next - (pos + 1) <= indent && trust.doubts(item_kind(text, next)) {
                    return (None, seen.max(pos));
                }
                pos += 1;
            }
            b'"' | b'(' | b'[' | b'{' => {
                open.push(byte);
                pos += 1;
            }
            b')' | b']' | b'}' => {
                let matches = match open.last() {
                    Some(b'(') => byte == b')',
                    Some(b'[') => byte == b']',
                    Some(b'{') => byte == b'}',
                    None if byte == b'}' && pos >= failed_at => return (Some(pos), seen.max(pos)),
                    _ => false,
                };
                if !matches {
                    return (None, seen.max(pos));
                }
                open.pop();
                pos += 1;
            }
            b'#' | b'/' if seen == 0 || byte == b'#' => match lexer::comment_end(text, pos) {
                Some(end) => pos = end,
                None => {
                    if bytes.get(pos + 1) == Some(&b'*') {
                        seen = text.len();
                    }
                    pos += 1;
                }
            },
            b'<' => {
                let token = lexer::token(text, pos);
                pos = match token.kind {
                    TokenKind::Heredoc => match heredoc_end(text, token.start, token.end) {
                        Some(end) => end,
                        None => return (None, text.len()),
                    },
                    _ => token.end,
                };
            }
            _ => pos += 1,
        }
    }
    (open.is_empty().then_some(text.len()), text.len())
}

/// The brackets and quotes that are open.
#[derive(Default)]
struct Brackets {
    open: Vec<u8>,
    /// Where in them the outermost string is.
    string: Option<usize>,
}

impl Brackets {
    fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    fn last(&self) -> Option<u8> {
        self.open.last().copied()
    }

    fn push(&mut self, bracket: u8) {
        if bracket == b'"' && self.string.is_none() {
            self.string = Some(self.open.len());
        }
        self.open.push(bracket);
    }

    fn pop(&mut self) {
        self.open.pop();
        self.string = self.string.filter(|string| *string < self.open.len());
    }

    /// Closes all strings with what is open in them.
    fn end_strings(&mut self) {
        if let Some(string) = self.string.take() {
            self.open.truncate(string);
        }
    }
}

/// One step within a quoted string. A string that is still open at the end of its line ends there, with all strings
/// around it.
fn in_string(bytes: &[u8], pos: usize, open: &mut Brackets) -> usize {
    match bytes.get(pos) {
        Some(b'\\') if !matches!(bytes.get(pos + 1), Some(b'\n' | b'\r')) => return pos + 2,
        Some(b'"') => {
            open.pop();
        }
        Some(b'\n') => {
            open.end_strings();
            return pos;
        }
        Some(b'$' | b'%') if bytes.get(pos + 1) == Some(&b'{') => {
            open.push(b'{');
            return pos + 2;
        }
        Some(sign @ (b'$' | b'%')) if bytes.get(pos + 1) == Some(sign) && bytes.get(pos + 2) == Some(&b'{') => {
            return pos + 3;
        }
        _ => {}
    }
    pos + 1
}

/// The end of the line that closes the heredoc whose introducer is `start..end`.
fn heredoc_end(text: &str, start: usize, end: usize) -> Option<usize> {
    let mark = text.get(start..end)?.trim_end().trim_start_matches('<').trim_start_matches('-');
    let mut pos = end;
    while pos < text.len() {
        let line_end = lexer::line_end(text, pos);
        if text.get(pos..line_end)?.trim() == mark {
            return Some(line_end);
        }
        pos = line_end + 1;
    }
    None
}

/// The end of the item at `item` by the lay of the lines: the line end before the next line that seems to be an item and
/// is indented no deeper, or behind the brace that closes the item, or before the one that closes its block.
fn by_lines(text: &str, item: usize, indent: usize) -> usize {
    let mut line = lexer::line_end(text, item) + 1;
    while line < text.len() {
        let pos = lexer::skip_blanks(text, line);
        if pos - line <= indent {
            if item_kind(text, pos).is_some() {
                return line - 1;
            }
            if text.as_bytes().get(pos) == Some(&b'}') {
                return if pos - line < indent { line - 1 } else { lexer::line_end(text, pos) };
            }
        }
        line = lexer::line_end(text, pos) + 1;
    }
    text.len()
}
