//! A template to resources.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::evaluator::{Budget, Evaluator, macro_result};
use super::extensions;
use super::inputs::Inputs;
use super::sam::Declarations;
use super::scope::Scope;
use super::template::{Template, kind_name};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node};
use crate::resource::{Declaration, Resource};
use crate::source::{FileId, Span};
use crate::value::{self, Condition, Entries, Kind, Map, MapSort, Origin, Value, World};

/// A template as it would be deployed.
#[derive(Debug, Default)]
pub(super) struct Stack {
    /// The conditions in the order of the text.
    pub(super) conditions: IndexMap<Arc<str>, Condition, FxBuildHasher>,
    /// The resources in the order of the text; those of a nested stack follow it.
    pub(super) resources: Vec<Resource>,
    /// The values of the outputs.
    pub(super) outputs: IndexMap<Arc<str>, Value, FxBuildHasher>,
    /// What every deployment fulfils.
    pub(super) constraints: Vec<Condition>,
    /// The files it was read from.
    pub(super) files: Vec<FileId>,
}

/// Where a template stands among nested stacks.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// The address of the stack that has it with a slash, or empty.
    pub(super) prefix: Arc<str>,
    /// Its folder relative to the outermost template's, or empty.
    pub(super) folder: Arc<str>,
    /// The templates from the outermost to this one.
    pub(super) chain: Vec<FileId>,
}

impl Place {
    /// The place of a template that is deployed by itself.
    pub(super) fn outermost(template: &Node) -> Self {
        Place { chain: vec![template.span.file], ..Place::default() }
    }
}

/// Evaluates a template. What is left of `budget` is written back.
pub(super) fn evaluate(root: &Node, inputs: &Inputs, place: &Place, budget: &mut Budget) -> (Stack, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let expanded = extensions::expand(root, inputs, place, &mut diagnostics);
    let template = Template::new(&expanded.node, &mut diagnostics);
    let scope = Scope::new(&template, &inputs.parameters, &place.prefix, &mut diagnostics);
    let mut evaluator = Evaluator::new(&template, scope, inputs, place.clone(), &expanded.loops, *budget);
    let mut stack = Stack { files: expanded.files, ..Stack::default() };
    for (name, entry) in &template.conditions {
        if let Some(condition) = evaluator.condition(name, entry.key_span) {
            stack.conditions.insert((*name).into(), condition);
        }
    }
    for entry in template.resources.values() {
        evaluator.resource(entry, &expanded.made_from, &mut stack);
    }
    for (name, entry) in &template.outputs {
        if let Some(value) = entry.value.get("Value") {
            stack.outputs.insert((*name).into(), evaluator.evaluate(value));
        }
    }
    stack.constraints.extend(evaluator.constraints());
    if !Condition::can_all_hold(&stack.constraints, &World::default()) {
        let message = "no values of the parameters fulfil all rules: the template is judged without them";
        let place = template.rules.values().next().map_or(root.span, |rule| rule.key_span);
        evaluator.report(Diagnostic::warning(Code::Template, message, place));
        stack.constraints.clear();
    }
    *budget = evaluator.budget;
    diagnostics.append(&mut evaluator.diagnostics);
    (stack, diagnostics)
}

impl Evaluator<'_> {
    /// Adds the resource of an entry and, for a nested stack whose template is here, the resources in it.
    fn resource(&mut self, entry: &Entry, made_from: &Declarations, stack: &mut Stack) {
        let node = &entry.value;
        let id = entry.key.as_str();
        if id == Map::UNSEEN {
            // That it is not applied has been said.
            return;
        }
        if !node.is_mapping() {
            let message = format!("resource {id} must be a mapping, not {}", kind_name(node));
            return self.report(Diagnostic::error(Code::Template, message, node.span));
        }
        let ty = match node.get("Type") {
            Some(ty) => match ty.as_str() {
                Some(text) => Arc::from(text),
                None => {
                    let message = format!("the type of resource {id} must be a string, not {}", kind_name(ty));
                    return self.report(Diagnostic::error(Code::Template, message, ty.span));
                }
            },
            // What it is, is in a snippet that is not here.
            None if node.get(Map::UNSEEN).is_some() => return,
            None => {
                let message = format!("resource {id} has no type");
                return self.report(Diagnostic::error(Code::Template, message, entry.key_span));
            }
        };
        self.note_module(&ty, entry);
        if self.budget.resources == 0 {
            let message = "the template has more resources than are looked at";
            return self.report(Diagnostic::warning(Code::Limit, message, entry.key_span));
        }
        self.budget.resources -= 1;
        let exists = self.existence(node);
        self.check_dependencies(node);
        let values = self.properties(id, node);
        let nested = self.nested_stack(id);
        let made_from = made_from.get(id).map(|declaration| {
            let address = format!("{}{}", self.place.prefix, declaration.address).into();
            Arc::new(Declaration { address, ..Declaration::clone(declaration) })
        });
        stack.resources.push(Resource {
            address: format!("{}{id}", self.place.prefix).into(),
            ty,
            data: false,
            header: entry.key_span,
            span: whole(entry.key_span, node.span),
            values,
            is_used: false,
            meta: self.meta(node),
            exists: exists.clone(),
            calls: Vec::new(),
            label: construct_path(node),
            made_from,
        });
        if let Some(nested) = nested {
            nested.add_to(stack, &exists);
        }
    }

    /// Says of a module ("Using CloudFormation modules", CloudFormation user guide) that its resources are not here.
    fn note_module(&mut self, ty: &str, entry: &Entry) {
        if ty.ends_with("::MODULE") {
            let message = format!("the module {ty} is in a registry: what is in it is not seen");
            self.report(Diagnostic::note(Code::MissingModule, message, entry.key_span));
        }
    }

    /// When a resource exists: always, or by its `Condition`.
    pub(super) fn existence(&mut self, resource: &Node) -> Condition {
        match resource.get("Condition") {
            None => Condition::Constant(true),
            Some(node) => match node.as_str() {
                Some(name) => self.named_condition(name, node.span),
                None => {
                    let message = format!("a resource's condition must be a name, not {}", kind_name(node));
                    self.report(Diagnostic::error(Code::Template, message, node.span));
                    self.place_condition(node)
                }
            },
        }
    }

    /// Says of what a resource waits for that the template does not have it.
    fn check_dependencies(&mut self, resource: &Node) {
        let Some(depends) = resource.get("DependsOn").filter(|_| self.template.unseen.is_none()) else { return };
        for dependency in std::iter::once(depends).chain(depends.items()) {
            // In a loop whose items are not known, a name may stand for any of them.
            if let Some(id) = dependency.as_str().filter(|id| !id.contains("${"))
                && !self.template.resources.contains_key(id)
            {
                let message = format!("there is no resource {id}");
                self.report(Diagnostic::warning(Code::Evaluation, message, dependency.span));
            }
        }
    }

    /// The properties, with what stands for those in a snippet beside them that is not here.
    fn properties(&mut self, id: &str, resource: &Node) -> Value {
        let value = self.written_properties(id, resource);
        let Some(call) = resource.entry(Map::UNSEEN) else { return value };
        let Kind::Map(map) = &value.kind else { return value };
        let mut map = Map::clone(map);
        let unseen = macro_result(&call.value, call.value.span);
        let place = value::Entry { key: Some(call.key_span), place: Some(call.value.span), value: unseen };
        map.entries.entry(Map::UNSEEN.into()).or_insert(place);
        Value { kind: Kind::Map(Arc::new(map)), ..value }
    }

    fn written_properties(&mut self, id: &str, resource: &Node) -> Value {
        match resource.get("Properties") {
            Some(node) => {
                let value = self.evaluate(node);
                if value.as_map().is_some() || value.is_unknown() {
                    return value;
                }
                if !value.is_null() {
                    let message = format!("the properties of {id} must be a mapping, not {}", kind_name(node));
                    self.report(Diagnostic::error(Code::Template, message, node.span));
                }
                object(Entries::default(), node.span)
            }
            None => object(Entries::default(), resource.span),
        }
    }

    /// What stands beside a resource's properties.
    fn meta(&mut self, resource: &Node) -> Value {
        let mut entries = Entries::default();
        for entry in resource.entries() {
            if matches!(entry.key.as_str(), "Type" | "Properties" | "Condition") {
                continue;
            }
            let value = match entry.key.as_str() {
                Map::UNSEEN => macro_result(&entry.value, entry.value.span),
                _ => self.evaluate(&entry.value),
            };
            let place = value::Entry { key: Some(entry.key_span), place: Some(entry.value.span), value };
            entries.insert(entry.key.shared(), place);
        }
        object(entries, resource.span)
    }
}

/// The construct's path that the CDK leaves in a resource's metadata.
fn construct_path(resource: &Node) -> Option<Arc<str>> {
    resource.get("Metadata")?.get("aws:cdk:path")?.as_str().map(Arc::from)
}

fn object(entries: Entries, span: Span) -> Value {
    Value::new(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), Origin::at(span))
}

/// From the key to the end of the value, if both are of one file (an included value is not).
fn whole(key: Span, value: Span) -> Span {
    if key.file == value.file { key.to(value) } else { key }
}
