//! Bodies: files and blocks with their arguments.

use rustc_hash::FxHashMap;

use super::ast::{Attribute, Block, Body, Expr, ExprKind, Ident};
use super::lexer::{Token, TokenKind};
use super::parser::{Parsed, Parser};
use super::recover::item_kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// How the items of a body may be laid out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Layout {
    /// One item a line.
    Lines,
    /// A single argument on the line of the block's braces.
    OneLine,
}

/// A body under construction.
#[derive(Default)]
struct Builder {
    body: Body,
    /// Where each argument is, once there are so many that a search would be slow.
    index: FxHashMap<std::sync::Arc<str>, usize>,
}

impl Builder {
    const SEARCHED: usize = 16;

    fn earlier(&self, name: &Ident) -> Option<Span> {
        let attributes = &self.body.attributes;
        if attributes.len() <= Self::SEARCHED {
            return attributes.iter().find(|a| a.name.name == name.name).map(|a| a.name.span);
        }
        self.index.get(&name.name).and_then(|at| attributes.get(*at)).map(|a| a.name.span)
    }

    fn push(&mut self, attribute: Attribute) {
        let attributes = &mut self.body.attributes;
        attributes.push(attribute);
        if attributes.len() > Self::SEARCHED {
            let indexed = self.index.len();
            let rest = attributes.iter().enumerate().skip(indexed);
            self.index.extend(rest.map(|(at, attribute)| (attribute.name.name.clone(), at)));
        }
    }
}

impl Parser<'_> {
    /// A whole file.
    pub(super) fn file(&mut self) -> Body {
        let mut builder = Builder::default();
        loop {
            self.items(&mut builder, Layout::Lines);
            let token = self.peek();
            if token.kind == TokenKind::Eof {
                break;
            }
            self.fail(token.start, token.end, "this `}` closes nothing");
            self.bump();
        }
        builder.body.comments = std::mem::take(&mut self.comments);
        builder.body
    }

    /// The items up to a closing brace or the end of the text.
    fn items(&mut self, builder: &mut Builder, mut layout: Layout) {
        let mut complained = false;
        loop {
            let start = self.peek();
            match start.kind {
                TokenKind::Newline => {
                    self.bump();
                    continue;
                }
                TokenKind::Eof | TokenKind::CloseBrace => return,
                _ => {}
            }
            let checkpoint = self.checkpoint();
            let blocks = builder.body.blocks.len();
            if self.item(builder).is_err() {
                self.restore(checkpoint);
                self.resume(start.start);
                continue;
            }
            let next = self.peek();
            let was_block = builder.body.blocks.len() > blocks;
            if layout == Layout::OneLine {
                if next.kind == TokenKind::CloseBrace && !was_block {
                    return;
                }
                if !std::mem::replace(&mut complained, true) {
                    self.misuse_of_one_line(start, next, was_block);
                }
                if next.kind == TokenKind::Newline {
                    layout = Layout::Lines;
                }
            } else if !matches!(next.kind, TokenKind::Newline | TokenKind::Eof) {
                self.unexpected(match was_block {
                    true => "a new line after the block",
                    false => "a new line after the argument",
                });
            } else {
                continue;
            }
            match next.kind {
                TokenKind::Newline | TokenKind::Eof | TokenKind::CloseBrace => {}
                TokenKind::Comma => {
                    self.bump();
                }
                TokenKind::Ident if item_kind(self.text, next.start).is_some() => {}
                _ => self.resume(next.start),
            }
        }
    }

    fn misuse_of_one_line(&mut self, start: Token, next: Token, was_block: bool) {
        let (token, message) = if was_block {
            (start, "a block within a block needs lines of its own")
        } else if next.kind == TokenKind::Newline || next.kind == TokenKind::Eof {
            (next, "a block that starts with an argument on its first line must close on that line")
        } else {
            (next, "a block on one line holds a single argument")
        };
        let diagnostic = Diagnostic::error(Code::ParseError, message, self.token_span(token))
            .help("put each argument and the closing brace on lines of their own");
        self.report(diagnostic, next.start);
    }

    fn item(&mut self, builder: &mut Builder) -> Parsed<()> {
        let start = self.peek();
        match start.kind {
            TokenKind::Ident => {}
            TokenKind::Quote => {
                let diagnostic = Diagnostic::error(
                    Code::ParseError,
                    "expected an argument or a block, found a string",
                    self.token_span(start),
                )
                .help("names of arguments and blocks are written without quotes");
                return Err(self.report(diagnostic, start.start));
            }
            _ => return Err(self.unexpected("an argument or a block")),
        }
        let name = self.ident();
        match self.peek().kind {
            TokenKind::Equal => self.attribute(name, start, builder),
            TokenKind::Quote | TokenKind::OpenBrace | TokenKind::Ident => {
                let block = self.block(name, start)?;
                builder.body.blocks.push(block);
                Ok(())
            }
            _ => Err(self.unexpected("`=` and a value, or the `{` of a block")),
        }
    }

    fn attribute(&mut self, name: Ident, start: Token, builder: &mut Builder) -> Parsed<()> {
        self.bump();
        let margins = self.margins;
        let within = self.margins_of_argument(start.start);
        self.set_margins(within);
        let parsed = self.expression();
        self.set_margins(margins);
        let (expr, outcome) = match parsed {
            Ok(expr) => (expr, Ok(())),
            Err(reported) => (Expr { span: self.failed_span(), kind: ExprKind::Invalid }, Err(reported)),
        };
        match builder.earlier(&name) {
            Some(earlier) => {
                let message = format!("the argument `{}` is set twice", name.name);
                let diagnostic =
                    Diagnostic::error(Code::ParseError, message, name.span).label(earlier, "it was set here");
                // The rest of the item is sound, so this moves no recovery.
                let (failed_at, reached_limit) = (self.failed_at, self.reached_limit);
                self.report(diagnostic, start.start);
                (self.failed_at, self.reached_limit) = (failed_at, reached_limit);
            }
            None => builder.push(Attribute { name, expr }),
        }
        outcome
    }

    fn block(&mut self, kind: Ident, start: Token) -> Parsed<Block> {
        self.enter()?;
        let labels = self.labels()?;
        let header = self.span_from(start.start);
        if self.peek().kind != TokenKind::OpenBrace {
            return Err(match self.peek().kind {
                TokenKind::Newline => self.unexpected("`{` on the line of the block's name"),
                TokenKind::Equal if labels.is_empty() => self.unexpected("a block"),
                TokenKind::Equal => self.unexpected("`{`: a block is written without `=`, and so"),
                _ => self.unexpected("a label or `{`"),
            });
        }
        let open = self.bump();
        let margins = self.margins;
        let within = self.margins_of_block(start.start);
        self.set_margins(within);
        let outer_comments = std::mem::take(&mut self.comments);
        let layout = match self.peek().kind {
            TokenKind::Newline | TokenKind::Eof | TokenKind::CloseBrace => Layout::Lines,
            _ => Layout::OneLine,
        };
        let mut builder = Builder::default();
        self.items(&mut builder, layout);
        let mut body = builder.body;
        let close = self.peek();
        body.comments = std::mem::replace(&mut self.comments, outer_comments);
        let close = if close.kind == TokenKind::CloseBrace {
            self.bump();
            self.token_span(close)
        } else {
            self.unclosed = true;
            let end = self.token_span(close);
            let diagnostic = Diagnostic::error(Code::ParseError, "this block is never closed", header)
                .label(self.token_span(open), "this `{` has no `}`")
                .label(end, "it should be closed before here");
            self.report(diagnostic, close.start);
            end
        };
        self.set_margins(margins);
        self.leave();
        let span = header.to(close);
        Ok(Block { kind, labels, body, header, span, close })
    }

    /// Quoted or bare labels. They are read as strings, but hold no templates.
    fn labels(&mut self) -> Parsed<Vec<Ident>> {
        let mut labels = Vec::new();
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::Ident => labels.push(self.ident()),
                TokenKind::Quote => {
                    let label = self.quoted()?;
                    let ExprKind::String(text) = label.kind else {
                        return Err(self.fail(token.start, self.pos, "a label cannot hold a template"));
                    };
                    labels.push(Ident { name: text.shared(), span: label.span });
                }
                _ => return Ok(labels),
            }
        }
    }
}
