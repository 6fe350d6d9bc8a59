//! Template pieces to a tree: literals joined, `if` and `for` directives closed.

use super::ast::{Expr, ExprKind, Part, Template};
use super::collection::Iteration;
use super::lexer::Token;
use super::literal::Literal;
use super::parser::{Parsed, Parser, Reported};
use super::template::{Directive, Piece};
use crate::diagnostic::{Code, Diagnostic};
use crate::value::Text;

/// A directive that waits for its end.
struct Open {
    head: Head,
    /// Its bytes.
    token: Token,
    /// The parts in front of it.
    before: Vec<Part>,
}

enum Head {
    If(Expr),
    /// With what holds when the condition does.
    Else(Expr, Vec<Part>),
    For(Box<Iteration>),
}

impl Parser<'_> {
    /// The expression of the pieces between `open` and the current position.
    pub(super) fn template(&mut self, pieces: Vec<Piece>, open: Token) -> Parsed<Expr> {
        let span = self.span_from(open.start);
        let (mut parts, mut stack) = (Vec::new(), Vec::<Open>::new());
        let mut literals = Vec::new();
        for piece in pieces {
            match piece {
                Piece::Literal(literal) => {
                    literals.push(literal);
                    continue;
                }
                Piece::Interpolation(expr) => {
                    self.flush(&mut literals, &mut parts)?;
                    parts.push(Part::Interpolation(expr));
                }
                Piece::Directive(directive, token) => {
                    self.flush(&mut literals, &mut parts)?;
                    self.apply(directive, token, &mut parts, &mut stack)?;
                }
            }
        }
        if let Some(open) = stack.last() {
            let (name, end) = open.head.names();
            let message = format!("this `{name}` directive has no `%{{ {end} }}`");
            return Err(self.fail(open.token.start, open.token.end, message));
        }
        if parts.is_empty() {
            let text = match literals.as_slice() {
                [] => self.empty_text(open.end),
                _ => self.decode(&literals)?,
            };
            return Ok(Expr { span, kind: ExprKind::String(text) });
        }
        self.flush(&mut literals, &mut parts)?;
        Ok(Expr { span, kind: ExprKind::Template(Template { parts }) })
    }

    /// Ends a run of literals. One that is stripped to nothing stays: beside it, an interpolation is not alone.
    fn flush(&mut self, literals: &mut Vec<Literal>, parts: &mut Vec<Part>) -> Parsed<()> {
        if !literals.is_empty() {
            let text: Text = self.decode(literals)?;
            literals.clear();
            parts.push(Part::Literal(text));
        }
        Ok(())
    }

    fn apply(
        &mut self,
        directive: Directive,
        token: Token,
        parts: &mut Vec<Part>,
        stack: &mut Vec<Open>,
    ) -> Parsed<()> {
        let opened = match directive {
            Directive::If(condition) => Head::If(condition),
            Directive::For(iteration) => Head::For(iteration),
            Directive::Else => match stack.pop() {
                Some(Open { head: Head::If(condition), token, before }) => {
                    stack.push(Open { head: Head::Else(condition, std::mem::take(parts)), token, before });
                    return Ok(());
                }
                other => return Err(self.misplaced("else", token, other)),
            },
            Directive::EndIf => {
                let inside = std::mem::take(parts);
                let (condition, then, otherwise, before) = match stack.pop() {
                    Some(Open { head: Head::If(condition), before, .. }) => (condition, inside, Vec::new(), before),
                    Some(Open { head: Head::Else(condition, then), before, .. }) => (condition, then, inside, before),
                    other => return Err(self.misplaced("endif", token, other)),
                };
                *parts = before;
                parts.push(Part::If { condition, then, otherwise });
                return Ok(());
            }
            Directive::EndFor => match stack.pop() {
                Some(Open { head: Head::For(iteration), before, .. }) => {
                    let body = std::mem::replace(parts, before);
                    let Iteration { key_var, value_var, collection } = *iteration;
                    parts.push(Part::For { key_var, value_var, collection, body });
                    return Ok(());
                }
                other => return Err(self.misplaced("endfor", token, other)),
            },
        };
        stack.push(Open { head: opened, token, before: std::mem::take(parts) });
        Ok(())
    }

    fn misplaced(&mut self, name: &str, token: Token, open: Option<Open>) -> Reported {
        let span = self.token_span(token);
        let diagnostic = match open {
            Some(open) => {
                let (opener, end) = open.head.names();
                let message = format!("found `{name}` where `%{{ {end} }}` is expected");
                Diagnostic::error(Code::ParseError, message, span)
                    .label(self.token_span(open.token), format!("to end this `{opener}`"))
            }
            None => {
                let message = format!("there is no directive open that this `{name}` could belong to");
                Diagnostic::error(Code::ParseError, message, span)
            }
        };
        self.report(diagnostic, token.start)
    }
}

impl Head {
    /// The name of the directive, and of the one that ends it.
    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Head::If(_) => ("if", "endif"),
            Head::Else(..) => ("else", "endif"),
            Head::For(_) => ("for", "endfor"),
        }
    }
}
