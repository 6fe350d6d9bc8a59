//! Expressions as text: in one line, spaced as `terraform fmt` spaces them.

use std::fmt::Write;

use crate::parse::hcl::ast::{BinaryOp, Expr, ExprKind, For, Part, Step, UnaryOp};

/// The longest text; what is longer ends with `…`.
const MAX_LENGTH: usize = 400;

/// The expression on one line. Two expressions that differ only in white space, comments and redundant parentheses have
/// one text, as long as that is not cut.
pub fn display(expr: &Expr) -> String {
    let mut text = String::new();
    write(expr, &mut text);
    if text.len() > MAX_LENGTH {
        let end = text.char_indices().map(|(i, _)| i).take_while(|i| *i <= MAX_LENGTH).last().unwrap_or(0);
        // The length keeps apart what is equal up to here.
        let length = text.len();
        text.truncate(end);
        let _ = write!(text, "… ({length} bytes)");
    }
    text
}

fn write(expr: &Expr, out: &mut String) {
    if out.len() > MAX_LENGTH * 16 {
        return;
    }
    match &expr.kind {
        ExprKind::Null => out.push_str("null"),
        ExprKind::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        ExprKind::Number(text) => out.push_str(text),
        ExprKind::String(text) => {
            let _ = write!(out, "{:?}", text.as_str());
        }
        ExprKind::Template(template) => {
            out.push('"');
            write_parts(&template.parts, out);
            out.push('"');
        }
        ExprKind::Tuple(items) => {
            out.push('[');
            write_list(items, out);
            out.push(']');
        }
        ExprKind::Object(items) => {
            out.push('{');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i == 0 { " " } else { ", " });
                write(&item.key, out);
                out.push_str(" = ");
                write(&item.value, out);
            }
            out.push_str(if items.is_empty() { "}" } else { " }" });
        }
        ExprKind::Variable(name) => out.push_str(&name.name),
        ExprKind::GetAttr(base, name) => {
            write(base, out);
            out.push('.');
            out.push_str(&name.name);
        }
        ExprKind::Index(base, key) => {
            write(base, out);
            write_index(key, out);
        }
        ExprKind::Splat(splat) => {
            write(&splat.source, out);
            write_splat(splat.full, &splat.each, out);
        }
        ExprKind::Call(call) => {
            out.push_str(&call.name.name);
            out.push('(');
            write_list(&call.args, out);
            out.push_str(if call.expand { "...)" } else { ")" });
        }
        ExprKind::Unary(op, operand) => {
            out.push(if *op == UnaryOp::Not { '!' } else { '-' });
            write_operand(operand, 7, out);
        }
        ExprKind::Binary(..) => write_chain(expr, out),
        ExprKind::Conditional(condition, then, otherwise) => {
            write_operand(condition, 1, out);
            out.push_str(" ? ");
            write(then, out);
            out.push_str(" : ");
            write(otherwise, out);
        }
        ExprKind::For(expression) => write_for(expression, out),
        ExprKind::Parens(inner) => write(inner, out),
        ExprKind::Invalid => out.push('…'),
    }
}

/// How tightly an expression binds as an operand; what is no operation binds tightest.
fn precedence(expr: &Expr) -> u8 {
    match &expr.kind {
        ExprKind::Conditional(..) => 0,
        ExprKind::Binary(_, op, _) => match op {
            BinaryOp::Or => 1,
            BinaryOp::And => 2,
            BinaryOp::Equal | BinaryOp::NotEqual => 3,
            BinaryOp::Less | BinaryOp::LessEqual | BinaryOp::Greater | BinaryOp::GreaterEqual => 4,
            BinaryOp::Add | BinaryOp::Subtract => 5,
            BinaryOp::Multiply | BinaryOp::Divide | BinaryOp::Modulo => 6,
        },
        _ => 7,
    }
}

fn without_parentheses(mut expr: &Expr) -> &Expr {
    while let ExprKind::Parens(inner) = &expr.kind {
        expr = inner;
    }
    expr
}

/// An operand, in parentheses if it binds less tightly than `least`.
fn write_operand(expr: &Expr, least: u8, out: &mut String) {
    let inner = without_parentheses(expr);
    if precedence(inner) < least {
        out.push('(');
        write(inner, out);
        out.push(')');
    } else {
        write(inner, out);
    }
}

/// `a + b + c`, which is a deep tree to the left.
fn write_chain(expr: &Expr, out: &mut String) {
    let mut chain = Vec::new();
    let mut leftmost = expr;
    while let ExprKind::Binary(left, op, right) = &leftmost.kind {
        let tightness = precedence(leftmost);
        chain.push((*op, &**right, tightness));
        leftmost = without_parentheses(left);
        if precedence(leftmost) < tightness {
            break;
        }
    }
    write_operand(leftmost, chain.last().map_or(0, |(_, _, tightness)| *tightness), out);
    for (op, right, tightness) in chain.into_iter().rev() {
        let _ = write!(out, " {} ", sign(op));
        write_operand(right, tightness + 1, out);
    }
}

fn sign(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Subtract => "-",
        BinaryOp::Multiply => "*",
        BinaryOp::Divide => "/",
        BinaryOp::Modulo => "%",
        BinaryOp::Equal => "==",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterEqual => ">=",
        BinaryOp::And => "&&",
        BinaryOp::Or => "||",
    }
}

fn write_list(items: &[Expr], out: &mut String) {
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        write(item, out);
    }
}

fn write_index(key: &Expr, out: &mut String) {
    out.push('[');
    write(key, out);
    out.push(']');
}

fn write_splat(full: bool, each: &[Step], out: &mut String) {
    out.push_str(if full { "[*]" } else { ".*" });
    for step in each {
        match step {
            Step::Attr(name) => {
                out.push('.');
                out.push_str(&name.name);
            }
            Step::Index(key) => write_index(key, out),
            Step::Splat { full, each, .. } => write_splat(*full, each, out),
        }
    }
}

fn write_for(expression: &For, out: &mut String) {
    out.push_str(if expression.key.is_some() { "{for " } else { "[for " });
    if let Some(name) = &expression.key_var {
        out.push_str(&name.name);
        out.push_str(", ");
    }
    out.push_str(&expression.value_var.name);
    out.push_str(" in ");
    write(&expression.collection, out);
    out.push_str(" : ");
    if let Some(key) = &expression.key {
        write(key, out);
        out.push_str(" => ");
    }
    write(&expression.value, out);
    if expression.group {
        out.push_str("...");
    }
    if let Some(condition) = &expression.condition {
        out.push_str(" if ");
        write(condition, out);
    }
    out.push(if expression.key.is_some() { '}' } else { ']' });
}

fn write_parts(parts: &[Part], out: &mut String) {
    for part in parts {
        match part {
            Part::Literal(text) => out.push_str(&text.as_str().escape_debug().to_string()),
            Part::Interpolation(expr) => {
                out.push_str("${");
                write(expr, out);
                out.push('}');
            }
            Part::If { condition, then, otherwise } => {
                out.push_str("%{ if ");
                write(condition, out);
                out.push_str(" }");
                write_parts(then, out);
                if !otherwise.is_empty() {
                    out.push_str("%{ else }");
                    write_parts(otherwise, out);
                }
                out.push_str("%{ endif }");
            }
            Part::For { key_var, value_var, collection, body } => {
                out.push_str("%{ for ");
                if let Some(name) = key_var {
                    out.push_str(&name.name);
                    out.push_str(", ");
                }
                out.push_str(&value_var.name);
                out.push_str(" in ");
                write(collection, out);
                out.push_str(" }");
                write_parts(body, out);
                out.push_str("%{ endfor }");
            }
        }
    }
}
