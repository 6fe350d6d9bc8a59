//! Expressions: conditionals, operators, traversals, terms.

use super::ast::{BinaryOp, Expr, ExprKind, Ident, Splat, Step, UnaryOp};
use super::lexer::{Token, TokenKind};
use super::parser::{Parsed, Parser};
use crate::source::Span;

impl Parser<'_> {
    /// An expression.
    ///
    /// What makes a tree stands in functions of its own, here and below: a function that calls itself for what nests
    /// should keep little on the stack.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        let height = self.descend()?;
        let start = self.peek().start;
        let mut expr = self.binary(0)?;
        if self.peek().kind == TokenKind::Question {
            expr = self.conditional(expr, start)?;
        }
        self.ascend(height);
        Ok(expr)
    }

    /// The rest of a conditional, behind its condition, which begins at `start`.
    fn conditional(&mut self, condition: Expr, start: usize) -> Parsed<Expr> {
        let question = self.bump();
        let condition = Box::new(condition);
        let then = Box::new(self.expression()?);
        if self.eat(TokenKind::Colon).is_none() {
            return Err(self.unclosed(question, "`:` and the value for when the condition does not hold"));
        }
        let otherwise = Box::new(self.expression()?);
        Ok(Expr { span: self.span_from(start), kind: ExprKind::Conditional(condition, then, otherwise) })
    }

    /// Operands joined by operators that bind at least as tightly as `tightest`.
    fn binary(&mut self, tightest: u8) -> Parsed<Expr> {
        let start = self.peek().start;
        let mut left = self.operand()?;
        while let Some((op, tightness)) = binary_op(self.peek().kind)
            && tightness >= tightest
        {
            left = self.operation(left, op, tightness, start)?;
        }
        Ok(left)
    }

    /// An operator and its right side; the left side begins at `start`.
    fn operation(&mut self, left: Expr, op: BinaryOp, tightness: u8, start: usize) -> Parsed<Expr> {
        let token = self.bump();
        let left = Box::new(left);
        let right = Box::new(self.binary(tightness + 1)?);
        self.link(token)?;
        Ok(Expr { span: self.span_from(start), kind: ExprKind::Binary(left, op, right) })
    }

    /// A term with its unary operators before it and its traversal after it.
    fn operand(&mut self) -> Parsed<Expr> {
        match self.peek().kind {
            TokenKind::Minus => self.unary(UnaryOp::Negate),
            TokenKind::Bang => self.unary(UnaryOp::Not),
            _ => {
                let start = self.peek().start;
                let mut expr = self.term()?;
                while matches!(self.peek().kind, TokenKind::Dot | TokenKind::OpenBracket) {
                    expr = self.step(expr, start)?;
                }
                Ok(expr)
            }
        }
    }

    fn unary(&mut self, op: UnaryOp) -> Parsed<Expr> {
        let token = self.bump();
        let height = self.descend()?;
        let operand = Box::new(self.operand()?);
        self.ascend(height);
        Ok(Expr { span: self.span_from(token.start), kind: ExprKind::Unary(op, operand) })
    }

    /// A step of a traversal behind `base`, which begins at `start`.
    fn step(&mut self, base: Expr, start: usize) -> Parsed<Expr> {
        let base = Box::new(base);
        let token = self.bump();
        let after = if token.kind == TokenKind::Dot { self.dot(token)? } else { self.bracket(token)? };
        let kind = match after {
            After::Attr(name) => ExprKind::GetAttr(base, name),
            After::Index(key) => ExprKind::Index(base, key),
            After::Star { full, star } => {
                let each = if full { self.steps()? } else { self.attribute_steps()? };
                ExprKind::Splat(Box::new(Splat { source: *base, full, star, each }))
            }
        };
        self.link(token)?;
        Ok(Expr { span: self.span_from(start), kind })
    }

    /// The steps after `[*]`: all that follow belong to it.
    fn steps(&mut self) -> Parsed<Vec<Step>> {
        let height = self.descend()?;
        let mut steps = Vec::new();
        while matches!(self.peek().kind, TokenKind::Dot | TokenKind::OpenBracket) {
            let token = self.bump();
            steps.push(match if token.kind == TokenKind::Dot { self.dot(token)? } else { self.bracket(token)? } {
                After::Attr(name) => Step::Attr(name),
                After::Index(key) => Step::Index(*key),
                After::Star { full, star } => {
                    let each = if full { self.steps()? } else { self.attribute_steps()? };
                    Step::Splat { full, star, each }
                }
            });
            self.link(token)?;
        }
        self.ascend(height);
        Ok(steps)
    }

    /// The steps after `.*`: names and legacy indices only.
    fn attribute_steps(&mut self) -> Parsed<Vec<Step>> {
        let mut steps = Vec::new();
        while let Some(dot) = self.eat(TokenKind::Dot) {
            steps.push(match self.dot(dot)? {
                After::Attr(name) => Step::Attr(name),
                After::Index(key) => Step::Index(*key),
                After::Star { .. } => {
                    return Err(self.fail(dot.start, self.pos, "`.*` cannot follow within another `.*`"));
                }
            });
            self.link(dot)?;
        }
        Ok(steps)
    }

    /// What follows a dot behind a term.
    fn dot(&mut self, dot: Token) -> Parsed<After> {
        let token = self.peek();
        match token.kind {
            TokenKind::Ident => Ok(After::Attr(self.ident())),
            TokenKind::Star => {
                self.bump();
                Ok(After::Star { full: false, star: self.span_from(dot.start) })
            }
            TokenKind::Number => {
                let text = self.token_text(token);
                if let Some((first, second)) = text.split_once('.') {
                    let message = format!("`.{text}` is no index; write `[{first}][{second}]`");
                    return Err(self.fail(dot.start, token.end, message));
                }
                Ok(After::Index(Box::new(self.number()?)))
            }
            _ => Err(self.unexpected("the name of an attribute after `.`")),
        }
    }

    /// What follows an opening bracket behind a term.
    fn bracket(&mut self, open: Token) -> Parsed<After> {
        if self.eat(TokenKind::Star).is_some() {
            if self.eat(TokenKind::CloseBracket).is_none() {
                return Err(self.unclosed(open, "`]` after `*`"));
            }
            return Ok(After::Star { full: true, star: self.span_from(open.start) });
        }
        let newlines = self.set_newlines(false);
        let key = Box::new(self.expression()?);
        if self.eat(TokenKind::CloseBracket).is_none() {
            return Err(self.unclosed(open, "`]`"));
        }
        self.set_newlines(newlines);
        Ok(After::Index(key))
    }

    fn term(&mut self) -> Parsed<Expr> {
        let token = self.peek();
        match token.kind {
            TokenKind::Ident => self.name_or_call(),
            TokenKind::Quote => self.quoted(),
            TokenKind::Number => self.number(),
            TokenKind::OpenBracket => self.tuple(),
            TokenKind::OpenBrace => self.object(),
            TokenKind::OpenParen => self.parens(),
            TokenKind::Heredoc => self.heredoc(),
            _ => Err(self.unexpected("an expression")),
        }
    }

    fn name_or_call(&mut self) -> Parsed<Expr> {
        let start = self.peek().start;
        let name = self.ident();
        if matches!(self.peek().kind, TokenKind::OpenParen | TokenKind::DoubleColon) {
            return self.call(name, start);
        }
        let kind = match &*name.name {
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            "null" => ExprKind::Null,
            _ => return Ok(Expr { span: name.span, kind: ExprKind::Variable(name) }),
        };
        Ok(Expr { span: name.span, kind })
    }

    /// The identifier that comes next.
    pub(super) fn ident(&mut self) -> Ident {
        let token = self.bump();
        Ident { name: self.token_text(token).into(), span: self.token_span(token) }
    }

    fn number(&mut self) -> Parsed<Expr> {
        let token = self.bump();
        let text = self.token_text(token);
        if text.bytes().filter(|byte| *byte == b'.').count() > 1
            || text.split(['e', 'E']).skip(1).any(|exponent| exponent.contains('.'))
            || text.bytes().filter(|byte| matches!(byte, b'e' | b'E')).count() > 1
        {
            return Err(self.fail(token.start, token.end, format!("`{text}` is not a number")));
        }
        Ok(Expr { span: self.token_span(token), kind: ExprKind::Number(text.into()) })
    }

    fn parens(&mut self) -> Parsed<Expr> {
        let open = self.bump();
        let newlines = self.set_newlines(false);
        let inner = Box::new(self.expression()?);
        if self.eat(TokenKind::CloseParen).is_none() {
            return Err(self.unclosed(open, "`)`"));
        }
        self.set_newlines(newlines);
        Ok(Expr { span: self.span_from(open.start), kind: ExprKind::Parens(inner) })
    }
}

/// What may follow a term.
enum After {
    /// `.name`
    Attr(Ident),
    /// `[key]`, or the legacy `.0`.
    Index(Box<Expr>),
    /// `.*` or `[*]`, which stands at `star`.
    Star { full: bool, star: Span },
}

/// The operator of a token, and how tightly it binds.
fn binary_op(kind: TokenKind) -> Option<(BinaryOp, u8)> {
    Some(match kind {
        TokenKind::Or => (BinaryOp::Or, 0),
        TokenKind::And => (BinaryOp::And, 1),
        TokenKind::EqualEqual => (BinaryOp::Equal, 2),
        TokenKind::NotEqual => (BinaryOp::NotEqual, 2),
        TokenKind::Less => (BinaryOp::Less, 3),
        TokenKind::LessEqual => (BinaryOp::LessEqual, 3),
        TokenKind::Greater => (BinaryOp::Greater, 3),
        TokenKind::GreaterEqual => (BinaryOp::GreaterEqual, 3),
        TokenKind::Plus => (BinaryOp::Add, 4),
        TokenKind::Minus => (BinaryOp::Subtract, 4),
        TokenKind::Star => (BinaryOp::Multiply, 5),
        TokenKind::Slash => (BinaryOp::Divide, 5),
        TokenKind::Percent => (BinaryOp::Modulo, 5),
        _ => return None,
    })
}
