//! The functions of the built-in provider: `provider::terraform::*`.

use std::fmt::Write;

use super::string::text;
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::diagnostic::{Diagnostic, Level};
use crate::parse::MAX_DEPTH;
use crate::parse::hcl::ast::{ExprKind, Ident};
use crate::parse::hcl::parse_expr_text;
use crate::terraform::expr::{Evaluator, MAX_TEXT};
use crate::terraform::scope::Scope;
use crate::value::{Kind, TextBuilder, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        "provider::terraform::encode_tfvars",
        &[Param::new("value", Shape::Any).whole()],
        Shape::String,
        encode_tfvars,
    ),
    Function::new("provider::terraform::decode_tfvars", &[Param::new("src", Shape::String)], Shape::Any, decode_tfvars),
    Function::new(
        "provider::terraform::encode_expr",
        &[Param::new("value", Shape::Any).null().whole()],
        Shape::String,
        encode_expr,
    ),
];

/// A scope without names: values of variables are constant.
struct Nothing;

impl Scope for Nothing {
    fn resolve(&self, _: &[Ident], _: &mut Vec<Diagnostic>) -> Option<(Value, usize)> {
        None
    }
}

/// What a `.tfvars` file says is what an object would say between its braces.
fn decode_tfvars(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let place = args[0].origin.span.unwrap_or(context.span);
    let mut braced = TextBuilder::default();
    braced.push("{\n", None);
    braced.push_text(text(args, 0)?);
    braced.push("\n}", None);
    let (expr, mut diagnostics) = parse_expr_text(&braced.finish(), place);
    let names_only = match &expr.kind {
        ExprKind::Object(items) => items.iter().all(|item| matches!(item.key.kind, ExprKind::Variable(_))),
        _ => true,
    };
    let value = Evaluator::new(&Nothing, &mut diagnostics).expr(&expr);
    match diagnostics.into_iter().find(|diagnostic| diagnostic.level == Level::Error) {
        Some(problem) => Err(Failure::of(0, problem.message)),
        None if !names_only => Err(Failure::of(0, "only names can be given values here")),
        None => Ok(value),
    }
}

fn encode_tfvars(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args[0].as_map().is_none() {
        return Err(Failure::of(0, "an object is required"));
    }
    let mut out = String::new();
    // `terraform fmt` aligns the equals signs of neighbouring lines.
    let entries = args[0].sorted_entries();
    let mut rows = Vec::with_capacity(entries.len());
    for (name, entry) in entries {
        if !is_identifier(name) {
            return Err(Failure::of(0, format!("{name:?} is not a valid variable name")));
        }
        let mut value = String::new();
        write_value(&entry.value, 0, &mut value)?;
        rows.push((name.to_string(), value));
    }
    write_rows(&rows, 0, &mut out);
    Ok(super::string::whole(&args[0], &out))
}

fn encode_expr(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let mut out = String::new();
    write_value(&args[0], 0, &mut out)?;
    Ok(super::string::whole(&args[0], &out))
}

fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// Lines of `name = value`; equals signs stand below each other until a value of several lines comes between.
fn write_rows(rows: &[(String, String)], indent: usize, out: &mut String) {
    let mut from = 0;
    while from < rows.len() {
        let lines = rows[from..].iter().take_while(|(_, value)| !value.contains('\n')).count();
        let group = &rows[from..from + lines.max(1)];
        let width = group.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        for (name, value) in group {
            let _ = writeln!(out, "{:indent$}{name:width$} = {value}", "");
        }
        from += group.len();
    }
}

fn write_value(value: &Value, indent: usize, out: &mut String) -> Result<(), Failure> {
    if out.len() > MAX_TEXT {
        return Err(Failure::limit("the text is too long"));
    }
    if indent > MAX_DEPTH * 2 {
        return Err(Failure::limit("the value is nested too deeply"));
    }
    match &value.kind {
        Kind::Null | Kind::Unknown(_) => out.push_str("null"),
        Kind::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Kind::Number(number) => out.push_str(&number.to_string()),
        Kind::String(text) => write_string(text.as_str(), out),
        Kind::List(list) => {
            out.push('[');
            for (i, item) in list.items.iter().enumerate() {
                if i > 0 {
                    out.push_str(", ");
                }
                write_value(item, indent + 2, out)?;
            }
            out.push(']');
        }
        Kind::Map(map) if map.entries.is_empty() => out.push_str("{}"),
        Kind::Map(_) => {
            let mut rows = Vec::new();
            for (key, entry) in value.sorted_entries() {
                let mut name = String::new();
                if is_identifier(key) {
                    name.push_str(key)
                } else {
                    write_string(key, &mut name)
                }
                let mut inner = String::new();
                write_value(&entry.value, indent + 2, &mut inner)?;
                rows.push((name, inner));
            }
            out.push_str("{\n");
            write_rows(&rows, indent + 2, out);
            let _ = write!(out, "{:indent$}}}", "");
        }
    }
    Ok(())
}

/// A quoted string in which nothing is a template.
fn write_string(text: &str, out: &mut String) {
    out.push('"');
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '$' | '%' if chars.peek() == Some(&'{') => {
                out.push(c);
                out.push(c);
            }
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
