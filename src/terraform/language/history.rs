//! What happened to resources and what is to be checked of them: `moved`, `removed`, `import` and `check` blocks.

use rustc_hash::FxHashMap;

use super::expressions::names;
use super::resources::word_of;
use super::{Problems, conditions};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::parse::hcl::ast::{Block, Expr, ExprKind};
use crate::source::Span;
use crate::terraform::directory::twice;
use crate::terraform::expr::display;

/// Reports what is imported, moved or removed in ways that exclude each other or what is declared: Terraform refuses that
/// when it plans, and what is configured is clear all the same.
pub(super) fn together(blocks: &[&Block], declared: &dyn Fn(&str, &str) -> bool, problems: &mut Problems) {
    let mut imported: FxHashMap<String, Span> = FxHashMap::default();
    let mut moved: FxHashMap<(&str, String), (String, Span)> = FxHashMap::default();
    for block in blocks {
        match &*block.kind.name {
            "import" if block.body.attribute("for_each").is_none() => {
                if let Some(to) = constant_address(block, "to")
                    && let Some(first) = imported.insert(to, block.header)
                {
                    let problem = Diagnostic { level: Level::Warning, ..twice("import", block.header, first) };
                    problems.0.push(problem);
                }
            }
            "moved" => {
                let ends = (constant_address(block, "from"), constant_address(block, "to"));
                let (Some(from), Some(to)) = ends else { continue };
                if from == to {
                    problems.warn(block.header, "this moves something to where it is");
                }
                // From one place to one other.
                for (end, other) in [(("from", from.clone()), to.clone()), (("to", to), from)] {
                    let message = match end.0 {
                        "from" => "this has been moved to elsewhere already",
                        _ => "something else has been moved there already",
                    };
                    match moved.get(&end) {
                        Some((before, first)) if *before != other => {
                            let problem = Diagnostic::warning(Code::Evaluation, message, block.header);
                            problems.0.push(problem.label(*first, "first said here"));
                        }
                        _ => drop(moved.insert(end, (other, block.header))),
                    }
                }
            }
            "removed" => {
                if let Some(from) = block.body.attribute("from")
                    && let Some([ty, name]) = names(&from.expr).as_deref()
                    && declared(ty, name)
                {
                    problems.warn(from.expr.span, format!("{ty}.{name} is removed here, but still declared"));
                }
            }
            _ => {}
        }
    }
}

/// The address that an argument is, if its keys are constant.
fn constant_address(block: &Block, name: &str) -> Option<String> {
    let expr = &block.body.attribute(name)?.expr;
    match &expr.kind {
        ExprKind::String(text) => Some(text.as_str().to_owned()),
        _ => (names(expr).is_some() && has_constant_keys(expr)).then(|| display(expr)),
    }
}

/// Both ends of a `moved` block are resources, or both are modules.
pub(super) fn moved(block: &Block, problems: &mut Problems) {
    let ends = ["from", "to"].map(|name| needed(block, name, problems));
    let [Some(from), Some(to)] = ends else { return };
    let kinds = [from, to].map(|end| address(end, problems));
    if let [Some(first), Some(second)] = kinds
        && first != second
    {
        problems.add(to.span, "both addresses of a moved block are of resources, or both of modules");
    }
}

/// A `removed` block names a resource or module with all its instances.
pub(super) fn removed(block: &Block, problems: &mut Problems) {
    let Some(from) = needed(block, "from", problems) else { return };
    if has_index(from) {
        problems.add(from.span, "a removed block names all instances: its address has no keys");
    } else if names(from).is_some_and(|names| without_modules(&names).first() == Some(&"data")) {
        problems.add(from.span, "a removed block does not name data sources");
    }
    for provisioner in block.body.blocks_of("provisioner") {
        let when = provisioner.body.attribute("when").and_then(|when| word_of(&when.expr));
        if when != Some("destroy") {
            problems.add(provisioner.header, "a provisioner of what is removed needs when = destroy");
        }
    }
}

/// An `import` block has an address, and an id or an identity.
pub(super) fn import(block: &Block, problems: &mut Problems) {
    if let Some(to) = needed(block, "to", problems)
        && names(to).is_some_and(|names| names.len() < 2)
    {
        problems.add(to.span, "this must be the address of a resource");
    } else if let Some(to) = block.body.attribute("to")
        && names(&to.expr).is_some_and(|names| without_modules(&names).first() == Some(&"data"))
    {
        problems.add(to.expr.span, "data sources are not imported");
    }
    let body = &block.body;
    let identity = body.attribute("identity").is_some() || body.blocks_of("identity").next().is_some();
    match (body.attribute("id"), identity) {
        (None, false) => problems.add(block.header, "an import block needs id or identity"),
        (Some(id), false) if id.expr.kind == ExprKind::Null => problems.add(id.expr.span, "an id is not null"),
        (Some(id), true) => problems.add(id.name.span, "an import block has either id or identity"),
        _ => {}
    }
}

/// A `check` block has assertions, and one data source at most.
pub(super) fn check(block: &Block, primary: bool, problems: &mut Problems) {
    conditions(&block.body, primary, problems);
    if block.body.blocks_of("assert").next().is_none() {
        problems.add(block.header, "a check block needs an assert block");
    }
    for another in block.body.blocks_of("data").skip(1) {
        problems.add(another.header, "a check block has one data block only");
    }
}

fn needed<'b>(block: &'b Block, name: &str, problems: &mut Problems) -> Option<&'b Expr> {
    let attribute = block.body.attribute(name);
    if attribute.is_none() {
        problems.add(block.header, format!("a block of type {} needs {name}", block.kind.name));
    }
    attribute.map(|attribute| &attribute.expr)
}

/// What an address is of.
#[derive(PartialEq, Eq)]
enum Kind {
    Module,
    Resource,
}

/// What an address with constant keys is of. `None`: it is no address.
fn address(expr: &Expr, problems: &mut Problems) -> Option<Kind> {
    let names = names(expr)?;
    if !has_constant_keys(expr) {
        problems.add(expr.span, "the keys of an address are constant");
        return None;
    }
    Some(if without_modules(&names).is_empty() { Kind::Module } else { Kind::Resource })
}

/// The names of an address after those of the modules it leads through.
fn without_modules<'n, 'a>(names: &'n [&'a str]) -> &'n [&'a str] {
    let mut rest = names;
    while let ["module", _, further @ ..] = rest {
        rest = further;
    }
    rest
}

fn has_index(expr: &Expr) -> bool {
    steps(expr).any(|step| matches!(step.kind, ExprKind::Index(..)))
}

fn has_constant_keys(expr: &Expr) -> bool {
    steps(expr).all(|step| match &step.kind {
        ExprKind::Index(_, key) => matches!(key.kind, ExprKind::String(_) | ExprKind::Number(_) | ExprKind::Invalid),
        _ => true,
    })
}

/// A reference and what it is a part of, from the end to the start.
fn steps(expr: &Expr) -> impl Iterator<Item = &Expr> {
    std::iter::successors(Some(expr), |at| match &at.kind {
        ExprKind::GetAttr(base, _) | ExprKind::Index(base, _) => Some(base),
        _ => None,
    })
}
