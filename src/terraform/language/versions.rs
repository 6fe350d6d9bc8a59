//! Version constraints and the addresses of providers.
//!
//! <https://developer.hashicorp.com/terraform/language/expressions/version-constraints>,
//! <https://developer.hashicorp.com/terraform/language/providers/requirements>

use super::Problems;
use super::settings::provider_name;
use crate::parse::hcl::ast::{Body, Expr, ExprKind, ObjectItem};
use crate::source::Span;

/// Checks the constraint of an argument, where it is written as it is.
pub(super) fn argument(body: &Body, name: &str, problems: &mut Problems) {
    if let Some(attribute) = body.attribute(name) {
        constraint(&attribute.expr, problems);
        if let ExprKind::Tuple(_) | ExprKind::Object(_) = attribute.expr.kind {
            problems.add(attribute.expr.span, "this must be text");
        }
    }
}

fn constraint(expr: &Expr, problems: &mut Problems) {
    if let ExprKind::String(text) = &expr.kind
        && !text.as_str().split(',').all(is_bound)
    {
        problems.add(expr.span, "this is no version constraint");
    }
}

/// Whether a text is one bound of a constraint: `>= 1.2.0`, `~> 3.4`, `1.0.0-rc1`.
fn is_bound(text: &str) -> bool {
    const OPERATORS: [&str; 7] = ["!=", ">=", "<=", "~>", "=", ">", "<"];
    let text = text.trim();
    let version = OPERATORS.iter().find_map(|operator| text.strip_prefix(operator)).unwrap_or(text).trim_start();
    let version = version.strip_prefix('v').unwrap_or(version);
    let end = version.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(version.len());
    let (numbers, rest) = version.split_at(end);
    let numbered = numbers.split('.').all(|part| !part.is_empty());
    numbered && rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '~' | '.' | '+'))
}

/// Checks one entry of `required_providers`: a constraint, or an object with a source, a version and aliases.
pub(super) fn required_provider(name: &str, expr: &Expr, problems: &mut Problems) {
    match &expr.kind {
        ExprKind::String(_) => constraint(expr, problems),
        ExprKind::Object(items) => items.iter().for_each(|item| requirement(name, item, problems)),
        ExprKind::Tuple(_) | ExprKind::Number(_) | ExprKind::Bool(_) => {
            problems.add(expr.span, "a provider's requirement is an object with source and version");
        }
        _ => {}
    }
}

fn requirement(name: &str, item: &ObjectItem, problems: &mut Problems) {
    let key = match &item.key.kind {
        ExprKind::Variable(key) => &*key.name,
        ExprKind::String(key) => key.as_str(),
        _ => return,
    };
    match key {
        "version" => {
            constraint(&item.value, problems);
            text(&item.value, problems);
        }
        "source" => {
            if let ExprKind::String(source) = &item.value.kind {
                source_address(source.as_str(), item.value.span, problems);
            } else {
                text(&item.value, problems);
            }
        }
        "configuration_aliases" => aliases(name, &item.value, problems),
        _ => problems.add(item.key.span, format!("a provider's requirement has no \"{key}\"")),
    }
}

fn text(expr: &Expr, problems: &mut Problems) {
    if let ExprKind::Number(_) | ExprKind::Bool(_) | ExprKind::Tuple(_) | ExprKind::Object(_) = expr.kind {
        problems.add(expr.span, "this must be text");
    }
}

/// `[host/][namespace/]type`
fn source_address(source: &str, span: Span, problems: &mut Problems) {
    let parts: Vec<&str> = source.split('/').collect();
    let names = match parts.as_slice() {
        [_, names @ ..] if parts.len() == 3 => names,
        names if parts.len() < 3 => names,
        _ => return problems.add(span, "a provider's source is [host/][namespace/]type"),
    };
    if names.last().is_some_and(|name| name.starts_with("terraform-")) {
        problems.add(span, "a provider's type does not start with terraform-");
    }
    // The dash is the namespace of providers from before there were any.
    names.iter().filter(|name| **name != "-").for_each(|name| provider_name(name, span, problems));
}

/// Aliases are references to the provider itself: `name.alias`.
fn aliases(name: &str, expr: &Expr, problems: &mut Problems) {
    let ExprKind::Tuple(items) = &expr.kind else {
        if !matches!(expr.kind, ExprKind::Invalid) {
            problems.add(expr.span, "configuration_aliases is a list of references");
        }
        return;
    };
    for item in items {
        let of_others = super::expressions::names(item).is_some_and(|names| names.first() != Some(&name));
        if of_others {
            problems.add(item.span, format!("an alias of the provider {name} starts with its name"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_bound;

    #[test]
    fn bounds_are_told_from_other_texts() {
        for bound in ["1", "1.2.3", ">= 1.0", "~>1.2", " != 1.0.0-beta.2 ", "v1.2", "= 0.12.0+build", "1.0.0rc1"] {
            assert!(is_bound(bound), "{bound}");
        }
        for other in ["", "latest", ">= ", "1..2", "1.x.", "=> 1.0", ">= 1 < 2", "^1.0"] {
            assert!(!is_bound(other), "{other}");
        }
    }
}
