//! What stands in brackets: tuples, objects, `for` expressions, arguments of calls.

use super::ast::{Call, Expr, ExprKind, For, Ident, ObjectItem};
use super::lexer::{Token, TokenKind};
use super::parser::{Parsed, Parser};

/// The variables and the collection of a `for`: `for k, v in c`.
#[derive(Debug)]
pub(super) struct Iteration {
    pub(super) key_var: Option<Ident>,
    pub(super) value_var: Ident,
    pub(super) collection: Expr,
}

/// What a `for` yields for each element.
struct Yielded {
    key: Option<Expr>,
    value: Expr,
    group: bool,
    condition: Option<Expr>,
}

impl Parser<'_> {
    pub(super) fn tuple(&mut self) -> Parsed<Expr> {
        let open = self.bump();
        let newlines = self.set_newlines(false);
        if self.at_keyword("for") {
            return self.for_expression(open, TokenKind::CloseBracket, newlines);
        }
        let mut items = Vec::new();
        while self.eat(TokenKind::CloseBracket).is_none() {
            if self.peek().kind == TokenKind::Eof {
                return Err(self.unclosed(open, "`]`"));
            }
            items.push(self.expression()?);
            if self.eat(TokenKind::Comma).is_none() && self.peek().kind != TokenKind::CloseBracket {
                return Err(self.unclosed(open, "`,` or `]`"));
            }
        }
        self.set_newlines(newlines);
        Ok(Expr { span: self.span_from(open.start), kind: ExprKind::Tuple(items) })
    }

    pub(super) fn object(&mut self) -> Parsed<Expr> {
        let open = self.bump();
        let newlines = self.set_newlines(false);
        if self.at_keyword("for") {
            return self.for_expression(open, TokenKind::CloseBrace, newlines);
        }
        self.set_newlines(true);
        let mut items = Vec::new();
        loop {
            match self.peek().kind {
                TokenKind::Newline => {
                    self.bump();
                }
                TokenKind::CloseBrace => break,
                TokenKind::Eof => return Err(self.unclosed(open, "`}`")),
                _ => {
                    items.push(self.object_item()?);
                    match self.peek().kind {
                        TokenKind::Comma | TokenKind::Newline => {
                            self.bump();
                        }
                        TokenKind::CloseBrace => break,
                        _ => return Err(self.unclosed(open, "`,`, a new line or `}`")),
                    }
                }
            }
        }
        self.bump();
        self.set_newlines(newlines);
        Ok(Expr { span: self.span_from(open.start), kind: ExprKind::Object(items) })
    }

    fn object_item(&mut self) -> Parsed<ObjectItem> {
        let token = self.peek();
        let mut key = self.expression()?;
        if matches!(key.kind, ExprKind::Bool(_) | ExprKind::Null) {
            // As a bare key, a keyword is a name like any other.
            key.kind = ExprKind::Variable(Ident { name: self.token_text(token).into(), span: key.span });
        }
        if self.eat(TokenKind::Equal).is_none() && self.eat(TokenKind::Colon).is_none() {
            return Err(self.unexpected("`=` or `:` and a value"));
        }
        let value = self.expression()?;
        Ok(ObjectItem { key, value })
    }

    /// `[for …]` or `{for …}`, behind the opening bracket.
    fn for_expression(&mut self, open: Token, closer: TokenKind, newlines: bool) -> Parsed<Expr> {
        self.bump();
        let iteration = self.iteration()?;
        if self.eat(TokenKind::Colon).is_none() {
            return Err(self.unexpected("`:` after the collection of this `for`"));
        }
        let yielded = self.yielded(open, closer)?;
        self.set_newlines(newlines);
        let Iteration { key_var, value_var, collection } = iteration;
        let Yielded { key, value, group, condition } = *yielded;
        let kind = ExprKind::For(Box::new(For { key_var, value_var, collection, key, value, group, condition }));
        Ok(Expr { span: self.span_from(open.start), kind })
    }

    /// What a `for` yields for each element, with the closing bracket.
    fn yielded(&mut self, open: Token, closer: TokenKind) -> Parsed<Box<Yielded>> {
        let value = self.expression()?;
        let mut yielded = Box::new(Yielded { key: None, value, group: false, condition: None });
        let arrow = self.eat(TokenKind::FatArrow);
        if arrow.is_some() {
            let value = self.expression()?;
            yielded.key = Some(std::mem::replace(&mut yielded.value, value));
        }
        let ellipsis = self.eat(TokenKind::Ellipsis);
        yielded.group = ellipsis.is_some();
        if self.at_keyword("if") {
            self.bump();
            yielded.condition = Some(self.expression()?);
        }
        if self.eat(closer).is_none() {
            let expected = if closer == TokenKind::CloseBrace { "`}`" } else { "`]`" };
            return Err(self.unclosed(open, expected));
        }
        let (place, message) = match (closer, arrow, ellipsis) {
            (TokenKind::CloseBracket, Some(arrow), _) => (arrow, "a `for` in `[…]` makes a list, which has no keys"),
            (TokenKind::CloseBracket, _, Some(dots)) => (dots, "`...` groups by key, which only a `for` in `{…}` has"),
            (TokenKind::CloseBrace, None, _) => {
                (Token { end: self.pos, ..open }, "a `for` in `{…}` makes an object and needs `key => value`")
            }
            _ => return Ok(yielded),
        };
        Err(self.fail(place.start, place.end, message))
    }

    /// `k, v in collection`, behind the `for` of an expression or a directive.
    pub(super) fn iteration(&mut self) -> Parsed<Iteration> {
        if self.peek().kind != TokenKind::Ident {
            return Err(self.unexpected("the name of a variable after `for`"));
        }
        let mut value_var = self.ident();
        let mut key_var = None;
        if self.eat(TokenKind::Comma).is_some() {
            if self.peek().kind != TokenKind::Ident {
                return Err(self.unexpected("the name of the second variable after `,`"));
            }
            key_var = Some(std::mem::replace(&mut value_var, self.ident()));
        }
        if !self.at_keyword("in") {
            return Err(self.unexpected("`in` and a collection"));
        }
        self.bump();
        let collection = self.expression()?;
        Ok(Iteration { key_var, value_var, collection })
    }

    /// The rest of a call, behind the first part of the function's name, which begins at `start`.
    pub(super) fn call(&mut self, first: Ident, start: usize) -> Parsed<Expr> {
        let name = self.function_name(first, start)?;
        let open = self.bump();
        let newlines = self.set_newlines(false);
        let mut args = Vec::new();
        let mut expand = false;
        while self.eat(TokenKind::CloseParen).is_none() {
            if self.peek().kind == TokenKind::Eof {
                return Err(self.unclosed(open, "`)`"));
            }
            args.push(self.expression()?);
            if self.eat(TokenKind::Ellipsis).is_some() {
                expand = true;
                if self.peek().kind != TokenKind::CloseParen {
                    return Err(self.unclosed(open, "`)` after `...`"));
                }
            } else if self.eat(TokenKind::Comma).is_none() && self.peek().kind != TokenKind::CloseParen {
                return Err(self.unclosed(open, "`,` or `)`"));
            }
        }
        self.set_newlines(newlines);
        Ok(Expr { span: self.span_from(start), kind: ExprKind::Call(Box::new(Call { name, args, expand })) })
    }

    /// The name of a function with its namespaces, up to the parenthesis.
    fn function_name(&mut self, first: Ident, start: usize) -> Parsed<Ident> {
        if self.peek().kind == TokenKind::OpenParen {
            return Ok(first);
        }
        let mut name = String::from(&*first.name);
        while self.eat(TokenKind::DoubleColon).is_some() {
            if self.peek().kind != TokenKind::Ident {
                return Err(self.unexpected("the name of a function after `::`"));
            }
            let part = self.bump();
            name.push_str("::");
            name.push_str(self.token_text(part));
        }
        let span = self.span_from(start);
        if self.peek().kind != TokenKind::OpenParen {
            return Err(self.unexpected("`(` and the arguments of the function"));
        }
        Ok(Ident { name: name.into(), span })
    }
}
