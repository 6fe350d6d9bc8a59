//! Which provider configurations a module has, and whether calls pass those that modules need.
//!
//! <https://developer.hashicorp.com/terraform/language/modules/develop/providers>

use super::directory::Directory;
use super::language::expressions::names;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Block, Body, Expr, ExprKind};
use crate::source::Span;
use crate::suggest::did_you_mean;

/// Reports references to provider configurations with an alias that the module does not have.
pub(super) fn check(directory: &Directory) -> Vec<Diagnostic> {
    let mut used: Vec<(String, Span)> = Vec::new();
    for place in directory.resources.values() {
        let attribute = directory.block(*place).body.attribute("provider");
        used.extend(attribute.and_then(|own| Some((aliased(&own.expr)?, own.expr.span))));
    }
    for call in directory.calls() {
        used.extend(passed(&call.body).filter_map(|(_, value)| Some((aliased(value)?, value.span))));
    }
    if used.is_empty() {
        return Vec::new();
    }
    let Some(declared) = declared(directory) else { return Vec::new() };
    let missing = used.into_iter().filter(|(name, _)| !declared.contains(name));
    let report = |(name, span): (String, Span)| {
        let message = format!("no provider configuration {name} is declared in this module");
        let mut problem = Diagnostic::warning(Code::Undeclared, message, span);
        problem.help = did_you_mean(&name, declared.iter().map(String::as_str));
        problem
    };
    missing.map(report).collect()
}

/// Reports provider configurations that a module needs from its call and does not get, that it gets and does not know,
/// and calls that repeat a module with configurations of its own.
pub(super) fn check_call(call: &Block, module: &Directory) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let keys: Vec<(String, Span)> =
        passed(&call.body).filter_map(|(key, _)| Some((reference(key)?, key.span))).collect();
    for needed in required(module).filter(|needed| !keys.iter().any(|(key, _)| key == needed)) {
        let message = format!("the module needs a provider configuration {needed}: pass it with providers");
        problems.push(Diagnostic::warning(Code::Evaluation, message, call.header));
    }
    if let Some(declared) = declared(module) {
        for (key, span) in keys.iter().filter(|(key, _)| key.contains('.') && !declared.contains(key)) {
            let message = format!("the module has no provider configuration {key}");
            problems.push(Diagnostic::warning(Code::Evaluation, message, *span));
        }
    }
    let repeated = ["count", "for_each", "depends_on"].into_iter().find_map(|name| call.body.attribute(name));
    if let Some(attribute) = repeated
        && let Some(own) = blocks(module).find(|block| configures(&block.body))
    {
        let name = &attribute.name.name;
        let message = format!("a module with provider configurations of its own cannot be called with {name}");
        let problem = Diagnostic::warning(Code::Evaluation, message, attribute.name.span);
        problems.push(problem.label(own.header, "configured here"));
    }
    problems
}

fn blocks(directory: &Directory) -> impl Iterator<Item = &Block> {
    directory.files.iter().flat_map(|file| &file.body.blocks).filter(|block| &*block.kind.name == "provider")
}

/// Whether a `provider` block says more than that a configuration of this name is passed.
fn configures(body: &Body) -> bool {
    let own = |name: &str| matches!(name, "alias" | "version");
    !body.blocks.is_empty() || body.attributes.iter().any(|attribute| !own(&attribute.name.name))
}

/// The configurations with an alias that a module has, as `name.alias`; `None` if one of them has no constant name.
fn declared(directory: &Directory) -> Option<Vec<String>> {
    let mut all: Vec<String> = required(directory).collect();
    for block in blocks(directory) {
        match (block.labels.first(), block.body.attribute("alias").map(|alias| &alias.expr.kind)) {
            (Some(name), Some(ExprKind::String(alias))) => all.push(format!("{}.{}", name.name, alias.as_str())),
            (_, None) => {}
            _ => return None,
        }
    }
    Some(all)
}

/// The configurations that a module wants to be passed: its `configuration_aliases`.
fn required(directory: &Directory) -> impl Iterator<Item = String> {
    let terraform = directory.files.iter().flat_map(|file| &file.body.blocks);
    let terraform = terraform.filter(|block| &*block.kind.name == "terraform");
    let requirements = terraform.flat_map(|block| block.body.blocks_of("required_providers"));
    let objects = requirements.flat_map(|block| &block.body.attributes).filter_map(|entry| match &entry.expr.kind {
        ExprKind::Object(items) => Some(items),
        _ => None,
    });
    let aliases = objects.flatten().filter(|item| match &item.key.kind {
        ExprKind::Variable(key) => &*key.name == "configuration_aliases",
        ExprKind::String(key) => key.as_str() == "configuration_aliases",
        _ => false,
    });
    let references = aliases.filter_map(|item| match &item.value.kind {
        ExprKind::Tuple(items) => Some(items.iter().filter_map(reference)),
        _ => None,
    });
    references.flatten()
}

/// What a call passes: names within the module, and references to the caller's configurations.
fn passed(call: &Body) -> impl Iterator<Item = (&Expr, &Expr)> {
    let items = match call.attribute("providers").map(|providers| &providers.expr.kind) {
        Some(ExprKind::Object(items)) => items.as_slice(),
        _ => &[],
    };
    items.iter().map(|item| (&item.key, &item.value))
}

/// A reference as it is written; JSON and older spellings have it in quotes. Keys of OpenTofu's instances are left out.
fn reference(expr: &Expr) -> Option<String> {
    match &expr.kind {
        ExprKind::String(text) => Some(text.as_str().to_owned()),
        _ => names(expr).map(|names| names.join(".")),
    }
}

/// A reference to a configuration that has an alias.
fn aliased(expr: &Expr) -> Option<String> {
    reference(expr).filter(|name| name.split('.').count() == 2)
}
