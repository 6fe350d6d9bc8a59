//! Templates as they are written: strings, heredocs, and template files, cut into literals and sequences.

use super::ast::{Expr, ExprKind};
use super::collection::Iteration;
use super::lexer::{self, Token, TokenKind};
use super::literal::{Literal, remove_indentation};
use super::parser::{Parsed, Parser, Reported};
use crate::diagnostic::{Code, Diagnostic};

/// A piece of a template before its directives are put together.
#[derive(Debug)]
pub(super) enum Piece {
    /// Text; in heredocs and template files at most one line of it.
    Literal(Literal),
    /// `${expr}`
    Interpolation(Expr),
    /// `%{ … }`, at these bytes.
    Directive(Directive, Token),
}

/// What stands in `%{ … }`.
#[derive(Debug)]
pub(super) enum Directive {
    If(Expr),
    Else,
    EndIf,
    For(Box<Iteration>),
    EndFor,
}

/// What ends a template, and what its text means.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style<'a> {
    /// `"`, on the same line; backslashes escape.
    Quoted,
    /// A line that holds only the mark.
    Heredoc(&'a str),
    /// The end of the text.
    Bare,
}

impl<'a> Parser<'a> {
    /// A quoted string.
    pub(super) fn quoted(&mut self) -> Parsed<Expr> {
        let open = self.bump();
        let bytes = self.text.as_bytes();
        let rest = bytes.get(open.end..).unwrap_or_default();
        let plain = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | b'$' | b'%' | b'\n' | b'\r'));
        if let Some(length) = plain
            && rest.get(length) == Some(&b'"')
        {
            let end = open.end + length;
            self.seek(end + 1);
            let text = self.verbatim(open.end, end);
            return Ok(Expr { span: self.span_from(open.start), kind: ExprKind::String(text) });
        }
        let pieces = self.pieces(open, Style::Quoted)?;
        self.seek(self.pos + 1);
        self.template(pieces, open)
    }

    /// A heredoc.
    pub(super) fn heredoc(&mut self) -> Parsed<Expr> {
        let open = self.bump();
        let introducer = self.token_text(open).trim_end();
        let flush = introducer.starts_with("<<-");
        let mark = introducer.get(if flush { 3 } else { 2 }..).unwrap_or("");
        let mut pieces = self.pieces(open, Style::Heredoc(mark))?;
        if flush {
            remove_indentation(self.text, &mut pieces);
        }
        // The line end behind the mark is not part of it.
        let end = lexer::line_end(self.text, self.pos);
        self.seek(if self.text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end });
        self.template(pieces, open)
    }

    /// A whole text that is a template.
    pub(super) fn bare_template(&mut self) -> Parsed<Expr> {
        let open = Token { kind: TokenKind::Eof, start: self.pos, end: self.pos };
        let pieces = self.pieces(open, Style::Bare)?;
        self.seek(self.text.len());
        self.template(pieces, open)
    }

    /// The pieces behind `open`, up to what ends the template: there the position is afterwards.
    fn pieces(&mut self, open: Token, style: Style<'a>) -> Parsed<Vec<Piece>> {
        self.keeping_depth(|parser| parser.cut(open, style))
    }

    fn cut(&mut self, open: Token, style: Style<'a>) -> Parsed<Vec<Piece>> {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut pieces = Vec::new();
        let mut from = open.end;
        let mut pos = from;
        let mut line_start = matches!(style, Style::Heredoc(_));
        let mut strip_next = false;
        // The directives that are open: what they hold nests in them.
        let mut directives = 0;
        loop {
            if std::mem::take(&mut line_start)
                && let Style::Heredoc(mark) = style
                && let Some(line) = text.get(pos..lexer::line_end(text, pos))
                && line.trim() == mark
            {
                self.seek(pos);
                if pos + line.len() == text.len() {
                    let message = format!("the line `{mark}` that closes this heredoc must end with a line break");
                    return Err(self.fail(pos, text.len(), message));
                }
                return Ok(pieces);
            }
            let byte = bytes.get(pos).copied();
            let opens = matches!(byte, Some(b'$' | b'%')) && bytes.get(pos + 1) == Some(&b'{');
            if byte == Some(b'\r') && matches!(style, Style::Heredoc(_)) && bytes.get(pos + 1) != Some(&b'\n') {
                let message = "a carriage return without a line feed ends no line, and cannot stand in a heredoc";
                return Err(self.fail(pos, pos + 1, message));
            }
            let closes = match style {
                Style::Quoted => matches!(byte, Some(b'"' | b'\n' | b'\r') | None),
                Style::Heredoc(_) | Style::Bare => byte.is_none(),
            };
            // A line end closes a literal, and a strip marker reaches no further.
            let ends_line = byte == Some(b'\n') && !closes;
            if !(opens || closes || ends_line) {
                pos += match byte {
                    Some(b'\\') if style == Style::Quoted && !matches!(bytes.get(pos + 1), Some(b'\n' | b'\r')) => 2,
                    Some(b'$' | b'%') if bytes.get(pos + 1) == byte.as_ref() && bytes.get(pos + 2) == Some(&b'{') => 3,
                    _ => 1,
                };
                continue;
            }
            let end = if ends_line { pos + 1 } else { pos.min(text.len()) };
            if from < end {
                let (escapes, strip_start) = (style == Style::Quoted, std::mem::take(&mut strip_next));
                let mut literal = Literal { range: from..end, escapes, strip_start, strip_end: false };
                literal.strip(text);
                pieces.push(Piece::Literal(literal));
            }
            if opens
                && bytes.get(pos + 2) == Some(&b'~')
                && let Some(Piece::Literal(literal)) = pieces.last_mut()
            {
                literal.strip_end = true;
                literal.strip(text);
            }
            pos = end;
            if ends_line {
                line_start = true;
            } else if closes {
                self.seek(pos);
                return if style == Style::Bare || style == Style::Quoted && byte == Some(b'"') {
                    Ok(pieces)
                } else {
                    Err(self.unterminated(open, style))
                };
            } else {
                let (piece, strip) = self.sequence(pos)?;
                match &piece {
                    Piece::Directive(Directive::If(_) | Directive::For(_), _) => {
                        self.enter()?;
                        directives += 1;
                    }
                    Piece::Directive(Directive::EndIf | Directive::EndFor, _) if directives > 0 => {
                        self.leave();
                        directives -= 1;
                    }
                    _ => {}
                }
                pieces.push(piece);
                strip_next = strip;
                pos = self.pos;
            }
            from = pos;
        }
    }

    /// Reports that the end of a string or heredoc is missing, now that its search has come to an end.
    fn unterminated(&mut self, open: Token, style: Style) -> Reported {
        let stop = self.pos;
        let diagnostic = match style {
            Style::Heredoc(mark) => {
                let message = format!("no line with only `{mark}` closes this heredoc");
                Diagnostic::error(Code::ParseError, message, self.token_span(open))
            }
            _ if stop < self.text.len() => {
                let message = "this string is not closed on its line";
                Diagnostic::error(Code::ParseError, message, self.span(open.start, stop))
                    .help("close it with `\"`; for several lines write `\\n` or use a heredoc")
            }
            _ => Diagnostic::error(Code::ParseError, "this string is never closed", self.span(open.start, stop))
                .help("close it with `\"`"),
        };
        self.report(diagnostic, stop)
    }

    /// `${ … }` or `%{ … }` at `pos`, and whether `~}` closes it.
    fn sequence(&mut self, pos: usize) -> Parsed<(Piece, bool)> {
        let bytes = self.text.as_bytes();
        let end = pos + 2 + usize::from(bytes.get(pos + 2) == Some(&b'~'));
        let open = Token { kind: TokenKind::OpenBrace, start: pos, end };
        self.seek(end);
        let newlines = self.set_newlines(false);
        let mut piece = if bytes.get(pos) == Some(&b'$') {
            Piece::Interpolation(self.expression()?)
        } else {
            Piece::Directive(self.directive()?, open)
        };
        let close = self.peek();
        if !matches!(close.kind, TokenKind::CloseBrace | TokenKind::StripClose) {
            return Err(self.unclosed_sequence(open, close));
        }
        self.bump();
        self.set_newlines(newlines);
        if let Piece::Directive(_, token) = &mut piece {
            token.end = close.end;
        }
        Ok((piece, close.kind == TokenKind::StripClose))
    }

    fn unclosed_sequence(&mut self, open: Token, close: Token) -> Reported {
        if close.kind != TokenKind::Colon {
            return self.unclosed(open, "`}`");
        }
        let message = "expected `}` after the expression, found `:`";
        let diagnostic = Diagnostic::error(Code::ParseError, message, self.token_span(close))
            .help("if this text is for another language, write `$${` for a literal `${`");
        self.report(diagnostic, close.start)
    }

    fn directive(&mut self) -> Parsed<Directive> {
        let token = self.peek();
        let directive = match (token.kind, self.token_text(token)) {
            (TokenKind::Ident, "if") => {
                self.bump();
                return Ok(Directive::If(self.expression()?));
            }
            (TokenKind::Ident, "for") => {
                self.bump();
                return Ok(Directive::For(Box::new(self.iteration()?)));
            }
            (TokenKind::Ident, "else") => Directive::Else,
            (TokenKind::Ident, "endif") => Directive::EndIf,
            (TokenKind::Ident, "endfor") => Directive::EndFor,
            _ => return Err(self.unexpected("`if`, `else`, `endif`, `for` or `endfor` after `%{`")),
        };
        self.bump();
        Ok(directive)
    }
}
