//! Nested stacks whose template is on this machine.
//!
//! A resource in a nested stack has the address `Stack/Resource`: the logical ids on the way to it.

use std::sync::Arc;

use super::evaluator::Evaluator;
use super::inputs::{Inputs, Parameters};
use super::limits;
use super::stack::{self, Place, Stack};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::node::{Entry, Node};
use crate::parse::template;
use crate::resource::{Call, Resource};
use crate::value::{Condition, HopKind, Origin, Reason, Type, Unknown, Value};

/// Stacks in other accounts and regions.
const STACK_SET: &str = "AWS::CloudFormation::StackSet";

/// A nested stack that was evaluated.
#[derive(Debug)]
pub(super) struct Nested {
    stack: Stack,
    call: Call,
}

impl Nested {
    /// Adds its resources, which exist only where the nested stack does.
    pub(super) fn add_to(&self, parent: &mut Stack, exists: &Condition) {
        parent.resources.extend(self.stack.resources.iter().map(|resource| Resource {
            exists: exists.and(&resource.exists),
            calls: std::iter::once(self.call.clone()).chain(resource.calls.iter().cloned()).collect(),
            ..resource.clone()
        }));
        // What holds of the nested stack's parameters holds where there is one.
        let where_it_exists = |constraint: &Condition| exists.and(&constraint.negate()).negate();
        parent.constraints.extend(self.stack.constraints.iter().map(where_it_exists));
        parent.files.extend(&self.stack.files);
    }
}

impl Evaluator<'_> {
    /// The output of a nested stack, if its template is here and has it.
    pub(super) fn nested_output(&mut self, id: &str, output: &str) -> Option<Value> {
        self.nested_stack(id)?.stack.outputs.get(output).cloned()
    }

    /// A nested stack by its logical id, evaluated once; `None` if it is none, its template is not here, or it is being
    /// evaluated (its parameters depend on its own outputs).
    pub(super) fn nested_stack(&mut self, id: &str) -> Option<Arc<Nested>> {
        if let Some(known) = self.nested.get(id) {
            return known.clone();
        }
        let entry: &Entry = self.template.resources.get(id)?;
        let ty = entry.value.get("Type")?.as_str()?;
        let location = match ty {
            "AWS::CloudFormation::Stack" | STACK_SET => "TemplateURL",
            "AWS::Serverless::Application" => "Location",
            _ => return None,
        };
        let location = packaged(&entry.value).or_else(|| entry.value.get("Properties")?.get(location));
        self.nested.insert(id.into(), None);
        let nested = self.read_nested(entry, location).map(Arc::new);
        self.nested.insert(id.into(), nested.clone());
        nested
    }

    fn read_nested(&mut self, entry: &Entry, location: Option<&Node>) -> Option<Nested> {
        let named = location.map(|location| (location, self.evaluate(location)));
        let local = named.as_ref().and_then(|(location, name)| Some((*location, local_path(name.as_str()?)?)));
        let Some((location, path)) = local else {
            let message = "the template of this stack is not on this machine: what is in it is not seen";
            let place = location.map_or(entry.key_span, |location| location.span);
            self.report(Diagnostic::note(Code::MissingModule, message, place));
            return None;
        };
        let files = self.inputs.files.clone()?;
        if self.budget.stack_depth >= limits::STACKS || self.budget.stacks == 0 {
            let message = "stacks nest deeper than is looked at";
            self.report(Diagnostic::warning(Code::Limit, message, location.span));
            return None;
        }
        let path = in_folder(&self.place.folder, path);
        let source = match files.read(&path) {
            Ok(source) => source,
            Err(problem) => {
                let message = format!("the template of this nested stack is not read: {problem}");
                self.report(Diagnostic::warning(Code::MissingModule, message, location.span));
                return None;
            }
        };
        if self.place.chain.contains(&source.id) {
            let message = "this template is one of those that it is nested in";
            self.report(Diagnostic::warning(Code::Template, message, location.span));
            return None;
        }
        let (root, diagnostics) = template::parse(&source);
        diagnostics.into_iter().for_each(|diagnostic| self.report(diagnostic));
        let address = format!("{}{}", self.place.prefix, entry.key);
        let chain = self.place.chain.iter().copied().chain([source.id]).collect();
        let place = Place { prefix: format!("{address}/").into(), folder: folder_of(&path).into(), chain };
        let inputs = Inputs { parameters: self.parameters_for(entry), files: self.inputs.files.clone() };
        let mut budget = self.budget;
        budget.stack_depth += 1;
        budget.stacks -= 1;
        let (mut stack, diagnostics) = stack::evaluate(&root, &inputs, &place, &mut budget);
        budget.stack_depth -= 1;
        self.budget = budget;
        diagnostics.into_iter().for_each(|diagnostic| self.report(diagnostic));
        stack.files.insert(0, source.id);
        Some(Nested { stack, call: Call { address: address.into(), span: entry.key_span } })
    }

    /// What the parent gives a nested stack: its `Parameters` and the facts of the place of deployment.
    fn parameters_for(&mut self, entry: &Entry) -> Parameters {
        let mut parameters: Parameters = Parameters::new();
        // The instances of a stack set are in other accounts and regions.
        let here = entry.value.get("Type").and_then(Node::as_str) != Some(STACK_SET);
        for name in ["AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::URLSuffix"] {
            if let Some(value) = self.scope.get(name).filter(|value| here && !value.is_unknown()) {
                parameters.insert(name.into(), value.clone());
            }
        }
        for name in ["AWS::StackName", "AWS::StackId"] {
            let reason = Reason::Computed(format!("{name} of {}", entry.key).into());
            let unknown = Unknown::new(reason).typed(Type::String);
            parameters.insert(name.into(), Value::unknown(unknown, Origin::none()));
        }
        let given = entry.value.get("Properties").and_then(|properties| properties.get("Parameters"));
        for (name, argument) in given.map_or_else(Vec::new, arguments) {
            let value = self.evaluate(argument);
            if !value.is_null() {
                let origin = value.origin.hop(argument.span, HopKind::Argument(Arc::clone(&name)));
                parameters.insert(name, value.with_origin(origin));
            }
        }
        parameters
    }
}

/// The parameters that a stack gives: a mapping, or the list that a stack set has.
fn arguments(given: &Node) -> Vec<(Arc<str>, &Node)> {
    let listed = given.items().iter().filter_map(|item| {
        let name = item.get("ParameterKey")?.as_str()?;
        Some((Arc::from(name), item.get("ParameterValue")?))
    });
    let mapped = given.entries().iter().map(|entry| (entry.key.shared(), &entry.value));
    mapped.chain(listed).collect()
}

/// Where the CDK has put a nested stack's template beside its parent's ("Asset metadata", AWS CDK developer guide).
fn packaged(resource: &Node) -> Option<&Node> {
    let metadata = resource.get("Metadata")?;
    let property = metadata.get("aws:asset:property").and_then(Node::as_str);
    metadata.get("aws:asset:path").filter(|_| property == Some("TemplateURL"))
}

/// The path of a template on this machine; `None` for one that is in a bucket.
pub(super) fn local_path(location: &str) -> Option<&str> {
    let path = location.strip_prefix("file://").unwrap_or(location);
    (!path.is_empty() && !path.contains("://")).then_some(path)
}

/// A path relative to `folder`, as one relative to the outermost template's folder.
pub(super) fn in_folder(folder: &str, path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    if folder.is_empty() || path.starts_with('/') { path.to_owned() } else { format!("{folder}/{path}") }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
