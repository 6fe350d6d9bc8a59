//! Expressions: conditionals, operators, traversals, terms.

use super::ast::{BinaryOp, Expr, ExprKind, Ident, Splat, Step, UnaryOp};
use super::lexer::{Token, TokenKind};
use super::parser::{Parsed, Parser};

impl Parser<'_> {
    /// An expression: `conditional`.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        self.subtree(Self::conditional)
    }

    fn conditional(&mut self) -> Parsed<Expr> {
        let start = self.peek().start;
        let condition = self.binary(0)?;
        let Some(question) = self.eat(TokenKind::Question) else { return Ok(condition) };
        let then = self.expression()?;
        if self.eat(TokenKind::Colon).is_none() {
            return Err(self.unclosed(question, "`:` and the value for when the condition does not hold"));
        }
        let otherwise = self.expression()?;
        let kind = ExprKind::Conditional(Box::new(condition), Box::new(then), Box::new(otherwise));
        Ok(Expr { span: self.span_from(start), kind })
    }

    /// Operands joined by operators that bind at least as tightly as `tightest`.
    fn binary(&mut self, tightest: u8) -> Parsed<Expr> {
        let start = self.peek().start;
        let mut left = self.operand()?;
        loop {
            let token = self.peek();
            let Some((op, tightness)) = binary_op(token.kind) else { return Ok(left) };
            if tightness < tightest {
                return Ok(left);
            }
            self.bump();
            let right = self.binary(tightness + 1)?;
            self.link(token)?;
            left = Expr { span: self.span_from(start), kind: ExprKind::Binary(Box::new(left), op, Box::new(right)) };
        }
    }

    /// A term with its unary operators before it and its traversal after it.
    fn operand(&mut self) -> Parsed<Expr> {
        let token = self.peek();
        let op = match token.kind {
            TokenKind::Minus => UnaryOp::Negate,
            TokenKind::Bang => UnaryOp::Not,
            _ => return self.traversal(),
        };
        self.bump();
        let operand = self.subtree(Self::operand)?;
        Ok(Expr { span: self.span_from(token.start), kind: ExprKind::Unary(op, Box::new(operand)) })
    }

    fn traversal(&mut self) -> Parsed<Expr> {
        let start = self.peek().start;
        let mut expr = self.term()?;
        loop {
            let token = self.peek();
            let kind = match token.kind {
                TokenKind::Dot => {
                    self.bump();
                    match self.dot(token)? {
                        Dot::Star(star) => {
                            let each = self.attribute_steps()?;
                            let star = self.span(token.start, star.end);
                            ExprKind::Splat(Box::new(Splat { source: expr, full: false, star, each }))
                        }
                        Dot::Step(Step::Index(key)) => ExprKind::Index(Box::new(expr), Box::new(key)),
                        Dot::Step(Step::Attr(name)) => ExprKind::GetAttr(Box::new(expr), name),
                        Dot::Step(Step::Splat { .. }) => continue,
                    }
                }
                TokenKind::OpenBracket => {
                    self.bump();
                    match self.bracket(token)? {
                        Bracket::Star(star) => {
                            let each = self.subtree(Self::steps)?;
                            ExprKind::Splat(Box::new(Splat { source: expr, full: true, star, each }))
                        }
                        Bracket::Key(key) => ExprKind::Index(Box::new(expr), Box::new(key)),
                    }
                }
                _ => return Ok(expr),
            };
            self.link(token)?;
            expr = Expr { span: self.span_from(start), kind };
        }
    }

    /// The steps after `[*]`: all that follow belong to it.
    fn steps(&mut self) -> Parsed<Vec<Step>> {
        let mut steps = Vec::new();
        loop {
            let token = self.peek();
            match token.kind {
                TokenKind::Dot => {
                    self.bump();
                    match self.dot(token)? {
                        Dot::Star(star) => {
                            let each = self.attribute_steps()?;
                            steps.push(Step::Splat { full: false, star: self.span(token.start, star.end), each });
                        }
                        Dot::Step(step) => steps.push(step),
                    }
                }
                TokenKind::OpenBracket => {
                    self.bump();
                    match self.bracket(token)? {
                        Bracket::Star(star) => {
                            let each = self.subtree(Self::steps)?;
                            steps.push(Step::Splat { full: true, star, each });
                        }
                        Bracket::Key(key) => steps.push(Step::Index(key)),
                    }
                }
                _ => return Ok(steps),
            }
            self.link(token)?;
        }
    }

    /// The steps after `.*`: names and legacy indices only.
    fn attribute_steps(&mut self) -> Parsed<Vec<Step>> {
        let mut steps = Vec::new();
        while let Some(dot) = self.eat(TokenKind::Dot) {
            match self.dot(dot)? {
                Dot::Step(step) => steps.push(step),
                Dot::Star(star) => {
                    return Err(self.fail(dot.start, star.end, "`.*` cannot follow within another `.*`"));
                }
            }
            self.link(dot)?;
        }
        Ok(steps)
    }

    /// What follows a dot.
    fn dot(&mut self, dot: Token) -> Parsed<Dot> {
        let token = self.peek();
        match token.kind {
            TokenKind::Ident => Ok(Dot::Step(Step::Attr(self.ident()))),
            TokenKind::Star => Ok(Dot::Star(self.bump())),
            TokenKind::Number => {
                let text = self.token_text(token);
                if let Some((first, second)) = text.split_once('.') {
                    let message = format!("`.{text}` is no index; write `[{first}][{second}]`");
                    return Err(self.fail(dot.start, token.end, message));
                }
                Ok(Dot::Step(Step::Index(self.number()?)))
            }
            _ => Err(self.unexpected("the name of an attribute after `.`")),
        }
    }

    /// What follows an opening bracket behind a term.
    fn bracket(&mut self, open: Token) -> Parsed<Bracket> {
        if self.eat(TokenKind::Star).is_some() {
            if self.eat(TokenKind::CloseBracket).is_none() {
                return Err(self.unclosed(open, "`]` after `*`"));
            }
            return Ok(Bracket::Star(self.span_from(open.start)));
        }
        let newlines = self.set_newlines(false);
        let key = self.expression()?;
        if self.eat(TokenKind::CloseBracket).is_none() {
            return Err(self.unclosed(open, "`]`"));
        }
        self.set_newlines(newlines);
        Ok(Bracket::Key(key))
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
        let inner = self.expression()?;
        if self.eat(TokenKind::CloseParen).is_none() {
            return Err(self.unclosed(open, "`)`"));
        }
        self.set_newlines(newlines);
        Ok(Expr { span: self.span_from(open.start), kind: ExprKind::Parens(Box::new(inner)) })
    }
}

/// What may follow a dot.
enum Dot {
    /// The `*` of `.*`.
    Star(Token),
    /// A name or a legacy index.
    Step(Step),
}

/// What may stand in brackets behind a term.
enum Bracket {
    /// `[*]`
    Star(crate::source::Span),
    /// `[key]`
    Key(Expr),
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
