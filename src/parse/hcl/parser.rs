//! The state of a parse: where it stands, what comes next, what went wrong.

use super::lexer::{self, Token, TokenKind};
use super::recover::{Indented, Margins};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::MAX_DEPTH;
use crate::source::{FileId, Span};
use crate::value::Text;

/// How high a tree may grow by chains that do not nest in the text: operators and traversals in a row.
pub const MAX_CHAIN: usize = 4096;

/// How many errors of one text are told.
const MAX_ERRORS: usize = 100;

/// Says that an error was met and is among the diagnostics.
pub(super) struct Reported;

/// What a rule of the grammar yields.
pub(super) type Parsed<T> = Result<T, Reported>;

/// Where the text comes from, hence which spans its bytes have.
#[derive(Clone, Copy)]
pub(super) enum Place<'a> {
    /// The text is this file.
    File(FileId),
    /// The text is a decoded string; the span stands for what nobody wrote in it.
    Text(&'a Text, Span),
}

/// A parse under way.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) place: Place<'a>,
    /// The end of the last token that was read.
    pub(super) pos: usize,
    peeked: Option<Token>,
    /// Whether newlines are tokens: they are in bodies and objects, not within other brackets.
    newlines: bool,
    /// How deep the rules nest here.
    depth: usize,
    /// How high the tree of the current expression is so far.
    height: usize,
    /// The comments of the current body.
    pub(super) comments: Vec<Span>,
    /// Up to where comments are recorded.
    commented: usize,
    pub(super) diagnostics: Vec<Diagnostic>,
    errors: usize,
    /// Where the last error was met.
    pub(super) failed_at: usize,
    /// What the last error points at.
    failed_span: Span,
    /// Whether the last error was that a bound was reached.
    pub(super) reached_limit: bool,
    /// Up to where the text was looked at.
    pub(super) seen: usize,
    /// How many bytes were looked at again after errors.
    pub(super) rework: usize,
    /// Whether a block was still open at the end of the text.
    pub(super) unclosed: bool,
    pub(super) margins: Margins,
    /// Where the indentation was last asked for.
    pub(super) indented: Indented,
}

/// What a rule that failed may leave askew.
#[derive(Clone, Copy)]
pub(super) struct Checkpoint {
    newlines: bool,
    depth: usize,
    height: usize,
    margins: Margins,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str, place: Place<'a>) -> Self {
        Parser {
            text,
            place,
            pos: if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 },
            peeked: None,
            newlines: true,
            depth: 0,
            height: 0,
            comments: Vec::new(),
            commented: 0,
            reached_limit: false,
            diagnostics: Vec::new(),
            errors: 0,
            failed_at: 0,
            failed_span: match place {
                Place::File(file) => Span::new(file, 0, 0),
                Place::Text(_, otherwise) => otherwise,
            },
            seen: 0,
            rework: 0,
            unclosed: false,
            margins: Margins::default(),
            indented: Indented::default(),
        }
    }

    /// The span of these bytes of the text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        match self.place {
            Place::File(file) => Span::new(file, start, end),
            Place::Text(text, otherwise) => text.span_of(start..end).unwrap_or(otherwise),
        }
    }

    /// The span from `start` to the end of the last token.
    pub(super) fn span_from(&self, start: usize) -> Span {
        self.span(start, self.pos)
    }

    pub(super) fn token_span(&self, token: Token) -> Span {
        self.span(token.start, token.end)
    }

    /// The text of a token.
    pub(super) fn token_text(&self, token: Token) -> &'a str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    /// The next token.
    #[inline]
    pub(super) fn peek(&mut self) -> Token {
        match self.peeked {
            Some(token) => token,
            None => self.look(),
        }
    }

    /// Looks at the next token for the first time.
    #[inline(never)]
    fn look(&mut self) -> Token {
        let token = self.scan();
        self.peeked = Some(token);
        token
    }

    /// Reads the token that [`Parser::peek`] saw.
    #[inline]
    pub(super) fn bump(&mut self) -> Token {
        let token = self.peek();
        self.peeked = None;
        self.pos = token.end;
        token
    }

    /// Reads the next token if it is of this kind.
    #[inline]
    pub(super) fn eat(&mut self, kind: TokenKind) -> Option<Token> {
        (self.peek().kind == kind).then(|| self.bump())
    }

    /// Whether the next token is this keyword.
    pub(super) fn at_keyword(&mut self, keyword: &str) -> bool {
        let token = self.peek();
        token.kind == TokenKind::Ident && self.token_text(token) == keyword
    }

    fn scan(&mut self) -> Token {
        let mut pos = self.pos;
        loop {
            pos = lexer::skip_blanks(self.text, pos);
            let token = lexer::token(self.text, pos);
            match token.kind {
                TokenKind::Comment => {
                    if pos >= self.commented {
                        self.comments.push(self.token_span(token));
                        self.commented = token.end;
                    }
                }
                TokenKind::Newline => {
                    if self.margins.end_at(self.text, token.end) {
                        return Token { kind: TokenKind::Eof, start: token.start, end: token.start };
                    }
                    if self.newlines {
                        return token;
                    }
                }
                _ => {
                    let looked_at_all = token.kind == TokenKind::UnclosedComment;
                    self.seen = self.seen.max(if looked_at_all { self.text.len() } else { token.end });
                    return token;
                }
            }
            pos = token.end;
        }
    }

    /// What the last error points at.
    pub(super) fn failed_span(&self) -> Span {
        self.failed_span
    }

    pub(super) fn set_margins(&mut self, margins: Margins) {
        self.margins = margins;
        if margins.is_heeded() {
            self.peeked = None;
        }
    }

    /// Goes to a position, forgetting what was seen ahead.
    pub(super) fn seek(&mut self, pos: usize) {
        self.pos = pos;
        self.seen = self.seen.max(pos);
        self.peeked = None;
    }

    /// Says whether newlines are tokens from here on, and what held before.
    pub(super) fn set_newlines(&mut self, newlines: bool) -> bool {
        if self.newlines != newlines {
            self.peeked = None;
        }
        std::mem::replace(&mut self.newlines, newlines)
    }

    /// Goes one level deeper; [`Parser::leave`] goes back.
    #[inline]
    pub(super) fn enter(&mut self) -> Parsed<()> {
        if self.depth >= MAX_DEPTH {
            return Err(self.too_deep());
        }
        self.depth += 1;
        Ok(())
    }

    fn too_deep(&mut self) -> Reported {
        let token = self.peek();
        let message = format!("this nests deeper than {MAX_DEPTH} levels, which is as deep as sealint reads");
        self.fail_with(Code::Limit, token.start, token.end, message)
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Applies a rule that may leave levels open behind it.
    pub(super) fn keeping_depth<T>(&mut self, rule: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        let depth = self.depth;
        let parsed = rule(self);
        self.depth = depth;
        parsed
    }

    /// Goes one level deeper into a tree of its own; [`Parser::ascend`] makes it part of the one around it, whose height
    /// so far this returns.
    pub(super) fn descend(&mut self) -> Parsed<usize> {
        self.enter()?;
        Ok(std::mem::replace(&mut self.height, 0))
    }

    pub(super) fn ascend(&mut self, height: usize) {
        self.height = height.max(self.height + 1);
        self.leave();
    }

    /// Grows the current tree by a link of a chain, which stands at `token`.
    pub(super) fn link(&mut self, token: Token) -> Parsed<()> {
        self.height += 1;
        if self.height > MAX_CHAIN {
            let message = format!("this expression chains more than {MAX_CHAIN} operators or steps");
            return Err(self.fail_with(Code::Limit, token.start, token.end, message));
        }
        Ok(())
    }

    pub(super) fn checkpoint(&self) -> Checkpoint {
        Checkpoint { newlines: self.newlines, depth: self.depth, height: self.height, margins: self.margins }
    }

    /// After an error: back to the state of the rule that goes on.
    pub(super) fn restore(&mut self, checkpoint: Checkpoint) {
        self.newlines = checkpoint.newlines;
        self.depth = checkpoint.depth;
        self.height = checkpoint.height;
        self.margins = checkpoint.margins;
        self.peeked = None;
    }

    /// Reports an error at these bytes.
    pub(super) fn fail(&mut self, start: usize, end: usize, message: impl Into<String>) -> Reported {
        self.fail_with(Code::ParseError, start, end, message)
    }

    fn fail_with(&mut self, code: Code, start: usize, end: usize, message: impl Into<String>) -> Reported {
        let diagnostic = Diagnostic::error(code, message, self.span(start, end));
        self.report(diagnostic, start)
    }

    /// Reports an error that was met at `pos`.
    pub(super) fn report(&mut self, diagnostic: Diagnostic, pos: usize) -> Reported {
        self.failed_at = pos.max(self.pos);
        self.failed_span = diagnostic.span.unwrap_or(self.failed_span);
        self.reached_limit = diagnostic.code == Code::Limit;
        self.errors += 1;
        if self.errors <= MAX_ERRORS {
            self.diagnostics.push(diagnostic);
        } else if self.errors == MAX_ERRORS + 1 {
            let message = format!("there are more than {MAX_ERRORS} errors; the ones from here on are not shown");
            self.diagnostics.push(Diagnostic { message, code: Code::Limit, ..diagnostic });
        }
        Reported
    }

    /// Reports that the next token is not what the grammar wants here.
    pub(super) fn unexpected(&mut self, expected: &str) -> Reported {
        let token = self.peek();
        let diagnostic = self.misfit(token, expected);
        self.report(diagnostic, token.start)
    }

    /// Reports that the brackets which `open` opens do not go on with what is `expected`, or are never closed.
    pub(super) fn unclosed(&mut self, open: Token, expected: &str) -> Reported {
        let token = self.peek();
        let (opener, open_span) = (self.token_text(open), self.token_span(open));
        let diagnostic = match token.kind {
            TokenKind::Eof => {
                let message = format!("this `{opener}` is never closed");
                Diagnostic::error(Code::ParseError, message, open_span)
                    .label(self.token_span(token), format!("expected {expected} before here"))
            }
            _ => self.misfit(token, expected).label(open_span, format!("after this `{opener}`")),
        };
        self.report(diagnostic, token.start)
    }

    fn misfit(&self, token: Token, expected: &str) -> Diagnostic {
        let text = self.token_text(token);
        let span = self.token_span(token);
        if let Some((message, help)) = super::describe::invalid(token.kind, text) {
            return Diagnostic::error(Code::ParseError, message, span).help(help);
        }
        let found = super::describe::found(token.kind, text);
        Diagnostic::error(Code::ParseError, format!("expected {expected}, found {found}"), span)
    }
}
