//! `terraform`, `language` and `provider` blocks.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Problems;
use super::expressions::{is_constant, keyword};
use super::resources::once;
use super::versions;
use crate::parse::hcl::ast::{Attribute, Block, Body, ExprKind};
use crate::source::Span;
use crate::terraform::directory::twice;

/// The settings that stand once in a module, as far as they were seen.
#[derive(Default)]
pub(super) struct Seen {
    storage: Option<Span>,
    required_providers: Option<Span>,
    /// Where blocks are that have a name of their own among those of their type.
    named: FxHashMap<Vec<Arc<str>>, Span>,
}

impl Seen {
    /// Notes provider configurations, checks and ephemeral resources; reports those that are there twice.
    pub(super) fn note(&mut self, block: &Block, problems: &mut Problems) {
        let Some(name) = own_name(block) else { return };
        if let Some(first) = self.named.insert(name, block.header) {
            problems.0.push(twice(&block.kind.name, block.header, first));
        }
    }

    /// Reports overrides of provider configurations that are not there. The one without an alias always is.
    pub(super) fn overridden(&self, block: &Block, problems: &mut Problems) {
        let aliased = &*block.kind.name == "provider" && block.body.attribute("alias").is_some();
        if own_name(block).is_some_and(|name| aliased && !self.named.contains_key(&name)) {
            problems.add(block.header, "this overrides a provider that no other file declares");
        }
    }
}

/// The name of a block among those of its type, if it has one of its own.
fn own_name(block: &Block) -> Option<Vec<Arc<str>>> {
    let kind = &block.kind.name;
    let mut name = vec![Arc::clone(kind)];
    name.extend(block.labels.iter().map(|label| Arc::clone(&label.name)));
    match &**kind {
        "check" | "ephemeral" => Some(name),
        "provider" => match block.body.attribute("alias").map(|alias| &alias.expr.kind) {
            Some(ExprKind::String(alias)) => {
                name.push(alias.shared());
                Some(name)
            }
            Some(_) => None,
            None => Some(name),
        },
        _ => None,
    }
}

/// Experiments that have been part of a release and no longer need to be asked for, or still do.
const EXPERIMENTS: [&str; 9] = [
    "variable_validation",
    "module_variable_optional_attrs",
    "provider_sensitive_attrs",
    "config_driven_move",
    "preconditions_postconditions",
    "template_string_func",
    "ephemeral_values",
    "variable_validation_crossref",
    "unknown_instances",
];

pub(super) fn terraform(body: &Body, primary: bool, seen: &mut Seen, problems: &mut Problems) {
    versions::argument(body, "required_version", problems);
    if let Some(attribute) = body.attribute("experiments") {
        experiments(attribute, problems);
    }
    for block in &body.blocks {
        match &*block.kind.name {
            "backend" | "cloud" | "state_store" if primary && seen.storage.replace(block.header).is_some() => {
                problems.add(block.header, "a module has one backend, cloud or state_store block only");
            }
            "required_providers" => {
                if primary && seen.required_providers.replace(block.header).is_some() {
                    problems.add(block.header, "a module has one required_providers block only");
                }
                let names = block.body.attributes.iter().map(|attribute| &attribute.name);
                names.for_each(|name| local_name(&name.name, name.span, problems));
                for attribute in &block.body.attributes {
                    versions::required_provider(&attribute.name.name, &attribute.expr, problems);
                }
            }
            "provider_meta" => {
                if let Some(label) = block.labels.first() {
                    provider_name(&label.name, label.span, problems);
                    let name = vec![Arc::clone(&block.kind.name), Arc::clone(&label.name)];
                    if let Some(first) = seen.named.insert(name, block.header).filter(|_| primary) {
                        problems.0.push(twice("provider_meta", block.header, first));
                    }
                }
                for attribute in block.body.attributes.iter().filter(|attribute| !is_constant(&attribute.expr)) {
                    problems.add(attribute.expr.span, "provider_meta takes constants only");
                }
            }
            _ => {}
        }
    }
}

pub(super) fn language(body: &Body, problems: &mut Problems) {
    if let Some(attribute) = body.attribute("edition")
        && keyword(&attribute.expr).is_none()
    {
        problems.add(attribute.expr.span, "an edition is a bare keyword");
    }
    if let Some(attribute) = body.attribute("experiments") {
        experiments(attribute, problems);
    }
}

fn experiments(attribute: &Attribute, problems: &mut Problems) {
    let ExprKind::Tuple(items) = &attribute.expr.kind else {
        problems.add(attribute.expr.span, "experiments is a list of keywords");
        return;
    };
    for item in items {
        if !keyword(item).is_some_and(|name| EXPERIMENTS.contains(&name)) {
            problems.add(item.span, "there is no experiment of this name");
        }
    }
}

pub(super) fn provider(block: &Block, problems: &mut Problems) {
    if let Some(label) = block.labels.first() {
        local_name(&label.name, label.span, problems);
    }
    versions::argument(&block.body, "version", problems);
    for attribute in &block.body.attributes {
        let name = &*attribute.name.name;
        if matches!(name, "count" | "depends_on" | "source") {
            problems.add(attribute.name.span, format!("\"{name}\" is reserved in a provider block"));
        }
        if name == "alias" && !matches!(&attribute.expr.kind, ExprKind::String(text) if super::is_name(text.as_str())) {
            problems.add(attribute.expr.span, "an alias is a constant name");
        }
    }
    once(&block.body, "_", problems);
    super::dynamic::check(&block.body, problems);
    for inner in block.body.blocks.iter().filter(|inner| matches!(&*inner.kind.name, "lifecycle" | "locals")) {
        problems.add(inner.header, format!("\"{}\" is reserved in a provider block", inner.kind.name));
    }
}

/// A provider's name within a module is in lower case.
pub(super) fn local_name(name: &str, span: Span, problems: &mut Problems) {
    if name.chars().any(char::is_uppercase) {
        problems.add(span, "a provider's name is in lower case");
    }
    provider_name(name, span, problems);
}

/// A provider's local name has letters, digits and single dashes inside.
/// <https://developer.hashicorp.com/terraform/language/providers/requirements#source-addresses>
pub(super) fn provider_name(name: &str, span: Span, problems: &mut Problems) {
    let legal = name.chars().all(|c| c.is_alphanumeric() || c == '-');
    if !legal || name.is_empty() || name.starts_with('-') || name.ends_with('-') || name.contains("--") {
        problems.add(span, "a provider's name has letters, digits and single dashes within it only");
    }
}
