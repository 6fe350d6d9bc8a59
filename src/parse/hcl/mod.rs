//! HCL native syntax: `.tf`, `.tofu`, `.tfvars`, and templates (`templatefile`).
//!
//! Accepts what Go's `hclsyntax` accepts (<https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md>) and recovers
//! from errors at the next item of the enclosing body.

pub mod ast;
mod body;
mod collection;
mod describe;
mod directive;
mod expr;
pub mod json;
mod lexer;
mod literal;
mod parser;
mod recover;
mod template;

use ast::{Body, Expr, ExprKind};
use lexer::TokenKind;
use parser::{Parsed, Parser, Place};

use crate::diagnostic::Diagnostic;
use crate::source::{Source, Span};
use crate::value::Text;

pub use parser::MAX_CHAIN;

/// Parses a configuration file.
///
/// Errors are diagnostics of level error. The body holds every item that is whole; an attribute whose expression did
/// not parse is there with [`ExprKind::Invalid`].
pub fn parse(source: &Source) -> (Body, Vec<Diagnostic>) {
    let place = Place::File(source.id);
    let mut parser = Parser::new(&source.text, place);
    let mut body = parser.file();
    if parser.unclosed {
        // A brace is missing: read again, and let indentation say which.
        parser = Parser::new(&source.text, place);
        parser.margins.heed();
        body = parser.file();
    }
    (body, parser.diagnostics)
}

/// Parses a text that is one expression.
pub fn parse_expr(source: &Source) -> (Expr, Vec<Diagnostic>) {
    expression(Parser::new(&source.text, Place::File(source.id)))
}

/// Parses a text that is a template, as `templatefile` reads it: [`ExprKind::String`] or [`ExprKind::Template`].
pub fn parse_template(source: &Source) -> (Expr, Vec<Diagnostic>) {
    template(Parser::new(&source.text, Place::File(source.id)))
}

/// Parses a decoded string that is one expression. Spans are those of the bytes of the string; `at` stands for bytes
/// that nobody wrote.
pub fn parse_expr_text(text: &Text, at: Span) -> (Expr, Vec<Diagnostic>) {
    expression(Parser::new(text.as_str(), Place::Text(text, at)))
}

/// Parses a decoded string that is a template, with spans as in [`parse_expr_text`].
pub fn parse_template_text(text: &Text, at: Span) -> (Expr, Vec<Diagnostic>) {
    template(Parser::new(text.as_str(), Place::Text(text, at)))
}

fn expression(mut parser: Parser) -> (Expr, Vec<Diagnostic>) {
    parser.set_newlines(false);
    let parsed = parser.expression().and_then(|expr| match parser.peek().kind {
        TokenKind::Eof => Ok(expr),
        _ => Err(parser.unexpected("an operator or the end of the expression")),
    });
    finish(parser, parsed)
}

fn template(mut parser: Parser) -> (Expr, Vec<Diagnostic>) {
    let parsed = parser.bare_template();
    finish(parser, parsed)
}

fn finish(parser: Parser, parsed: Parsed<Expr>) -> (Expr, Vec<Diagnostic>) {
    let invalid = |_| Expr { span: parser.span(0, parser.text.len()), kind: ExprKind::Invalid };
    let expr = parsed.unwrap_or_else(invalid);
    (expr, parser.diagnostics)
}

#[cfg(test)]
mod tests;
