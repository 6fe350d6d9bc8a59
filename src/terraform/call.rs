//! Module calls: where a called module's configuration is and which instances it has.

use std::path::Path;
use std::sync::Arc;

use super::directory::{Directory, Place};
use super::evaluation::{Evaluation, MAX_MODULE_DEPTH};
use super::instances::{Expansion, Shape, expand};
use super::module::{Module, Site};
use super::names::Names;
use super::{address, ephemeral, passing};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Block, ExprKind};
use crate::resource::Call;

/// The instances of a called module.
pub(super) struct Called {
    /// Which there are.
    pub(super) expansion: Expansion,
    /// For each the index of its module in the evaluation; empty if the module could not be found.
    pub(super) modules: Vec<usize>,
}

/// Enters the instances of the module that a call names.
pub(super) fn enter(evaluation: &Evaluation, caller: &Module, name: &str, place: Place) -> Called {
    let block = caller.directory.block(place);
    let key = if caller.key.is_empty() { name.to_owned() } else { format!("{}.{name}", caller.key) };
    let expansion = expand(evaluation, block, &Names::of(evaluation, caller));
    // Instances by count and for_each are counted already; plain calls multiply as well.
    let counted = expansion.shape != Shape::One || evaluation.take(1, "call", block.header);
    let Some(directory) = find(evaluation, caller, block, &key).filter(|_| counted) else {
        return Called { expansion, modules: Vec::new() };
    };
    undeclared_arguments(evaluation, block, &directory);
    ephemeral_arguments(evaluation, &caller.directory, block, &directory);
    passing::check_call(block, &directory).into_iter().for_each(|problem| evaluation.report(problem));
    let base = format!("module.{name}");
    let modules = expansion.instances.iter().map(|instance| {
        let address = address::instance(&caller.address, &base, &instance.key);
        let mut calls = caller.calls.clone();
        calls.push(Call { address: Arc::clone(&address), span: block.header });
        let site = Site { caller: caller.index, block: place, repetition: instance.repetition.clone() };
        let exists = caller.exists.and(&instance.exists);
        let directory = Arc::clone(&directory);
        evaluation.add(|index| Module::new(index, address, key.clone(), directory, Some(site), calls, exists))
    });
    let modules = modules.collect();
    Called { expansion, modules }
}

/// Reports arguments of a call for which the module has no variable.
fn undeclared_arguments(evaluation: &Evaluation, block: &Block, directory: &Directory) {
    const OWN: [&str; 6] = ["source", "version", "providers", "count", "for_each", "depends_on"];
    // Of a module without variables, the file that declares them is rather missing.
    let arguments = block.body.attributes.iter().filter(|_| !directory.variables.is_empty());
    for attribute in arguments {
        let name = &attribute.name.name;
        if !OWN.contains(&&**name) && !directory.variables.contains_key(&**name) {
            let message = format!("the module has no variable \"{name}\"");
            evaluation.report(Diagnostic::warning(Code::Evaluation, message, attribute.name.span));
        }
    }
}

/// Reports ephemeral values that a call gives to variables that are not.
fn ephemeral_arguments(evaluation: &Evaluation, caller: &Directory, block: &Block, directory: &Directory) {
    for attribute in &block.body.attributes {
        let variable = directory.variables.get(&*attribute.name.name).map(|place| directory.block(*place));
        if variable.is_some_and(|variable| ephemeral::is_leaked(caller, &attribute.expr, variable)) {
            let message =
                format!("an ephemeral value needs an ephemeral variable, which \"{}\" is not", attribute.name.name);
            evaluation.report(Diagnostic::warning(Code::Evaluation, message, attribute.expr.span));
        }
    }
}

/// The configuration that a call names; reports why there is none.
fn find(evaluation: &Evaluation, caller: &Module, block: &Block, key: &str) -> Option<Arc<Directory>> {
    if caller.calls.len() >= MAX_MODULE_DEPTH {
        let message = format!("modules call each other more than {MAX_MODULE_DEPTH} deep");
        evaluation.report(Diagnostic::error(Code::Limit, message, block.header));
        return None;
    }
    let found = match local_source(block) {
        Some(source) => evaluation.directory(&caller.directory.path, Path::new(source)),
        None => {
            let installed = evaluation.installed().iter().find(|installed| &*installed.key == key);
            installed.and_then(|installed| evaluation.directory(&evaluation.root, &installed.directory))
        }
    };
    match found {
        Some(directory) if encloses(evaluation, caller, &directory) => {
            let message = "this module calls itself";
            evaluation.report(Diagnostic::error(Code::Evaluation, message, block.header));
            None
        }
        Some(directory) => Some(directory),
        None => {
            missing(evaluation, block);
            None
        }
    }
}

/// Whether `directory` is that of `module` or of one that leads to it.
fn encloses(evaluation: &Evaluation, module: &Module, directory: &Arc<Directory>) -> bool {
    if Arc::ptr_eq(&module.directory, directory) {
        return true;
    }
    let mut site = module.site.as_ref().map(|site| site.caller);
    while let Some(index) = site {
        let outer = evaluation.module(index);
        if Arc::ptr_eq(&outer.directory, directory) {
            return true;
        }
        site = outer.site.as_ref().map(|site| site.caller);
    }
    false
}

fn missing(evaluation: &Evaluation, block: &Block) {
    let span = block.body.attribute("source").map_or(block.header, |source| source.expr.span);
    let (message, help) = match local_source(block) {
        Some(_) => (
            "there is no module at this path; its outputs are unknown",
            "what lies outside of the repository or of the scanned folder is not read",
        ),
        None => (
            "this module is not on this machine; its outputs are unknown",
            "run `terraform init` so that the module can be read",
        ),
    };
    evaluation.report(Diagnostic::note(Code::MissingModule, message, span).help(help));
}

/// The path of a call's source, if it is one.
pub(super) fn local_source(block: &Block) -> Option<&str> {
    match &block.body.attribute("source")?.expr.kind {
        ExprKind::String(text) => {
            Some(text.as_str()).filter(|source| matches!(source.split('/').next(), Some("." | "..")))
        }
        _ => None,
    }
}
