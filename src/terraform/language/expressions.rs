//! Arguments that must have a certain form, whatever they evaluate to.

use std::sync::Arc;

use super::{Problems, conditions, resources};
use crate::parse::hcl::ast::{Block, Body, Expr, ExprKind, Ident, Part, Step};

/// A bare word.
pub(super) fn keyword(expr: &Expr) -> Option<&str> {
    match &expr.kind {
        ExprKind::Variable(name) => Some(&name.name),
        _ => None,
    }
}

/// The names of a reference: `a.b[0].c` has `a`, `b`, `c`. `None` if it is no reference.
pub(in crate::terraform) fn names(expr: &Expr) -> Option<Vec<&str>> {
    let (mut names, mut at) = (Vec::new(), expr);
    loop {
        match &at.kind {
            ExprKind::GetAttr(base, name) => {
                names.push(&*name.name);
                at = base;
            }
            ExprKind::Index(base, _) => at = base,
            ExprKind::Variable(name) => {
                names.push(&*name.name);
                names.reverse();
                return Some(names);
            }
            _ => return None,
        }
    }
}

/// Whether a reference is to a resource or data source, alone or within a module.
pub(super) fn is_resource(names: &[&str]) -> bool {
    match names {
        ["data" | "resource", _, _, ..] => true,
        ["var" | "local" | "module" | "each" | "count" | "path" | "self" | "terraform" | "data", ..] => false,
        [_, _, ..] => true,
        _ => false,
    }
}

/// Checks a `variable` block; `json` says that it stands in JSON, which writes types and references as strings.
pub(super) fn variable(block: &Block, (json, primary): (bool, bool), problems: &mut Problems) {
    let body = &block.body;
    if let Some(attribute) = body.attribute("type")
        && matches!(attribute.expr.kind, ExprKind::String(_))
        && !json
    {
        problems.add(attribute.expr.span, "a type constraint is written without quotes");
    }
    for flag in ["sensitive", "nullable", "ephemeral", "const"] {
        boolean(body, flag, problems);
    }
    let on = |name: &str| matches!(body.attribute(name).map(|own| &own.expr.kind), Some(ExprKind::Bool(true)));
    if on("const") && (on("ephemeral") || on("sensitive")) {
        problems.add(block.header, "a const variable is neither sensitive nor ephemeral");
    }
    if let Some(default) = body.attribute("default")
        && !is_constant(&default.expr)
    {
        problems.add(default.expr.span, "a default is constant");
    }
    description(body, json, problems);
    let not_null = matches!(body.attribute("nullable").map(|own| &own.expr.kind), Some(ExprKind::Bool(false)));
    if let Some(default) = body.attribute("default").filter(|default| not_null && default.expr.kind == ExprKind::Null) {
        problems.add(default.expr.span, "a variable that is not nullable has no default of null");
    }
    conditions(body, primary, problems);
    let Some(name) = block.labels.first() else { return };
    if RESERVED.contains(&&*name.name) {
        problems.warn(name.span, format!("\"{}\" is reserved for a module's own arguments", name.name));
    }
    for condition in body.blocks_of("validation").filter_map(|validation| validation.body.attribute("condition")) {
        let mut refers = false;
        walk(&condition.expr, &mut |expr| {
            refers |= names(expr).is_some_and(|all| all.starts_with(&["var", &name.name]));
        });
        if !refers && !json {
            problems.add(condition.expr.span, format!("this condition must refer to var.{}", name.name));
        }
    }
}

/// Names that a module block has for itself.
const RESERVED: [&str; 8] =
    ["source", "version", "providers", "count", "for_each", "lifecycle", "depends_on", "locals"];

/// Checks a `locals` block.
pub(super) fn locals(body: &Body, problems: &mut Problems) {
    for attribute in body.attributes.iter().filter(|attribute| !super::is_name(&attribute.name.name)) {
        problems.add(attribute.name.span, "a local value's name starts with a letter or underscore");
    }
}

/// Checks an `output` block; one that overrides another need not have all its arguments.
pub(super) fn output(block: &Block, (json, primary): (bool, bool), problems: &mut Problems) {
    let body = &block.body;
    if primary && body.attribute("value").is_none() {
        problems.add(block.header, "an output needs a value");
    }
    for condition in body.blocks_of("postcondition") {
        problems.add(condition.header, "an output has preconditions only");
    }
    description(body, json, problems);
    boolean(body, "sensitive", problems);
    boolean(body, "ephemeral", problems);
    resources::dependencies(body, primary, problems);
    conditions(body, primary, problems);
}

/// A description is constant text. In JSON every string is text.
fn description(body: &Body, json: bool, problems: &mut Problems) {
    let Some(attribute) = body.attribute("description").filter(|_| !json) else { return };
    let expr = &attribute.expr;
    if matches!(expr.kind, ExprKind::Tuple(_) | ExprKind::Object(_)) || !refers_to_nothing(expr) {
        problems.add(expr.span, "a description is constant text");
    }
}

/// Whether an expression refers to nothing: functions are left alone.
fn refers_to_nothing(expr: &Expr) -> bool {
    roots(expr).is_empty()
}

/// A constant that must be a boolean; `prevent_destroy` may depend on variables in OpenTofu.
pub(super) fn boolean(body: &Body, name: &str, problems: &mut Problems) {
    let Some(attribute) = body.attribute(name) else { return };
    let wrong = match &attribute.expr.kind {
        ExprKind::String(text) => !matches!(text.as_str(), "true" | "false"),
        ExprKind::Number(_) | ExprKind::Tuple(_) | ExprKind::Object(_) => true,
        _ => false,
    };
    if wrong || (name != "prevent_destroy" && !roots(&attribute.expr).is_empty()) {
        problems.add(attribute.expr.span, format!("{name} is true or false"));
    }
}

/// Whether an expression refers to nothing and calls nothing.
pub(super) fn is_constant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Tuple(items) => items.iter().all(is_constant),
        ExprKind::Object(items) => items.iter().all(|item| {
            (matches!(item.key.kind, ExprKind::Variable(_)) || is_constant(&item.key)) && is_constant(&item.value)
        }),
        ExprKind::Parens(inner) | ExprKind::Unary(_, inner) => is_constant(inner),
        ExprKind::Binary(left, _, right) => is_constant(left) && is_constant(right),
        ExprKind::Null | ExprKind::Bool(_) | ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Invalid => true,
        ExprKind::Template(template) => template.parts.iter().all(|part| match part {
            Part::Literal(_) => true,
            Part::Interpolation(inner) => is_constant(inner),
            _ => false,
        }),
        ExprKind::Conditional(a, b, c) => is_constant(a) && is_constant(b) && is_constant(c),
        _ => false,
    }
}

/// The first names of what an expression refers to outside of itself.
pub(super) fn roots(expr: &Expr) -> Vec<&Ident> {
    let (mut roots, mut bound, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    walk(expr, &mut |inner| match &inner.kind {
        ExprKind::Variable(name) => roots.push(name),
        ExprKind::For(inner) => bound.extend(inner.key_var.iter().chain([&inner.value_var]).map(|name| &name.name)),
        ExprKind::Object(items) => keys.extend(items.iter().map(|item| item.key.span)),
        ExprKind::Template(template) => bind(&template.parts, &mut bound),
        _ => {}
    });
    roots.retain(|root| !bound.contains(&&root.name) && !keys.contains(&root.span));
    roots
}

/// The names that the loops of a template bind.
fn bind<'e>(parts: &'e [Part], bound: &mut Vec<&'e Arc<str>>) {
    for part in parts {
        match part {
            Part::For { key_var, value_var, body, .. } => {
                bound.extend(key_var.iter().chain([value_var]).map(|name| &name.name));
                bind(body, bound);
            }
            Part::If { then, otherwise, .. } => {
                bind(then, bound);
                bind(otherwise, bound);
            }
            Part::Literal(_) | Part::Interpolation(_) => {}
        }
    }
}

/// Calls `visit` for an expression and all within it.
pub(in crate::terraform) fn walk<'e>(expr: &'e Expr, visit: &mut impl FnMut(&'e Expr)) {
    visit(expr);
    match &expr.kind {
        ExprKind::Template(template) => walk_parts(&template.parts, visit),
        ExprKind::Tuple(items) => items.iter().for_each(|item| walk(item, visit)),
        ExprKind::Object(items) => {
            for item in items {
                walk(&item.key, visit);
                walk(&item.value, visit);
            }
        }
        ExprKind::GetAttr(base, _) | ExprKind::Parens(base) | ExprKind::Unary(_, base) => walk(base, visit),
        ExprKind::Index(base, key) => {
            walk(base, visit);
            walk(key, visit);
        }
        ExprKind::Splat(splat) => {
            walk(&splat.source, visit);
            walk_steps(&splat.each, visit);
        }
        ExprKind::Call(call) => call.args.iter().for_each(|argument| walk(argument, visit)),
        ExprKind::Binary(left, _, right) => {
            walk(left, visit);
            walk(right, visit);
        }
        ExprKind::Conditional(condition, then, otherwise) => {
            walk(condition, visit);
            walk(then, visit);
            walk(otherwise, visit);
        }
        ExprKind::For(inner) => {
            walk(&inner.collection, visit);
            inner.key.iter().for_each(|key| walk(key, visit));
            walk(&inner.value, visit);
            inner.condition.iter().for_each(|condition| walk(condition, visit));
        }
        ExprKind::Null
        | ExprKind::Bool(_)
        | ExprKind::Number(_)
        | ExprKind::String(_)
        | ExprKind::Variable(_)
        | ExprKind::Invalid => {}
    }
}

fn walk_steps<'e>(steps: &'e [Step], visit: &mut impl FnMut(&'e Expr)) {
    for step in steps {
        match step {
            Step::Attr(_) => {}
            Step::Index(key) => walk(key, visit),
            Step::Splat { each, .. } => walk_steps(each, visit),
        }
    }
}

fn walk_parts<'e>(parts: &'e [Part], visit: &mut impl FnMut(&'e Expr)) {
    for part in parts {
        match part {
            Part::Literal(_) => {}
            Part::Interpolation(inner) => walk(inner, visit),
            Part::If { condition, then, otherwise } => {
                walk(condition, visit);
                walk_parts(then, visit);
                walk_parts(otherwise, visit);
            }
            Part::For { collection, body, .. } => {
                walk(collection, visit);
                walk_parts(body, visit);
            }
        }
    }
}
