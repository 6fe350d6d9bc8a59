#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod differential;
mod grammar;
mod limits;
mod properties;
mod recovery;
mod strings;

use super::ast::*;
use super::*;
use crate::diagnostic::{Code, Level};
use crate::source::FileId;

fn source(text: &str) -> Source {
    Source::new(FileId(0), "main.tf", text)
}

/// The messages about a text, each with the text that it points at.
fn problems(text: &str) -> Vec<(String, String)> {
    let source = source(text);
    let (_, diagnostics) = parse(&source);
    assert!(diagnostics.iter().all(|d| d.level == Level::Error));
    diagnostics.into_iter().map(|d| (source.slice(d.span.unwrap()).to_owned(), d.message)).collect()
}

fn accepts(text: &str) -> bool {
    problems(text).is_empty()
}

/// An expression in prefix notation, without places.
fn prefix(text: &str) -> String {
    let (expr, diagnostics) = parse_expr(&source(text));
    assert_eq!(diagnostics, [], "{text}");
    show(&expr)
}

fn show(expr: &Expr) -> String {
    let list = |items: &[Expr]| items.iter().map(show).collect::<Vec<_>>().join(" ");
    match &expr.kind {
        ExprKind::Null => "null".into(),
        ExprKind::Bool(value) => value.to_string(),
        ExprKind::Number(text) => text.to_string(),
        ExprKind::String(text) => format!("{:?}", text.as_str()),
        ExprKind::Template(template) => format!("`{}`", show_parts(&template.parts)),
        ExprKind::Tuple(items) => format!("[{}]", list(items)),
        ExprKind::Object(items) => {
            let items: Vec<_> = items.iter().map(|i| format!("{}={}", show(&i.key), show(&i.value))).collect();
            format!("{{{}}}", items.join(" "))
        }
        ExprKind::Variable(name) => name.name.to_string(),
        ExprKind::GetAttr(base, name) => format!("{}.{}", show(base), name.name),
        ExprKind::Index(base, key) => format!("{}[{}]", show(base), show(key)),
        ExprKind::Splat(splat) => format!("{}{}", show(&splat.source), show_splat(splat.full, &splat.each)),
        ExprKind::Call(call) => {
            format!("{}({}{})", call.name.name, list(&call.args), if call.expand { "..." } else { "" })
        }
        ExprKind::Unary(op, operand) => format!("({op:?} {})", show(operand)),
        ExprKind::Binary(left, op, right) => format!("({op:?} {} {})", show(left), show(right)),
        ExprKind::Conditional(condition, then, otherwise) => {
            format!("(if {} {} {})", show(condition), show(then), show(otherwise))
        }
        ExprKind::For(iteration) => show_for(iteration),
        ExprKind::Parens(inner) => format!("({})", show(inner)),
        ExprKind::Invalid => "<invalid>".into(),
    }
}

fn show_for(iteration: &For) -> String {
    let key_var = iteration.key_var.as_ref().map_or(String::new(), |name| format!("{},", name.name));
    let key = iteration.key.as_ref().map_or(String::new(), |key| format!("{} => ", show(key)));
    let group = if iteration.group { "..." } else { "" };
    let condition = iteration.condition.as_ref().map_or(String::new(), |c| format!(" if {}", show(c)));
    let (var, collection, value) = (&iteration.value_var.name, show(&iteration.collection), show(&iteration.value));
    format!("<for {key_var}{var} in {collection}: {key}{value}{group}{condition}>")
}

fn show_splat(full: bool, each: &[Step]) -> String {
    let each: String = each
        .iter()
        .map(|step| match step {
            Step::Attr(name) => format!(".{}", name.name),
            Step::Index(key) => format!("[{}]", show(key)),
            Step::Splat { full, each, .. } => show_splat(*full, each),
        })
        .collect();
    format!("<{}{each}>", if full { "[*]" } else { ".*" })
}

fn show_parts(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Literal(text) => text.as_str().to_owned(),
            Part::Interpolation(expr) => format!("${{{}}}", show(expr)),
            Part::If { condition, then, otherwise } => {
                format!("%{{{}|{}|{}}}", show(condition), show_parts(then), show_parts(otherwise))
            }
            Part::For { key_var, value_var, collection, body } => {
                let key_var = key_var.as_ref().map_or(String::new(), |name| format!("{},", name.name));
                format!("%{{{key_var}{} in {}|{}}}", value_var.name, show(collection), show_parts(body))
            }
        })
        .collect()
}
