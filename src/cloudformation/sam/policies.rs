//! `Policies` of a function or state machine: names and ARNs of managed policies, policy documents, and policy templates.

use std::sync::OnceLock;

use serde::Deserialize;

use super::build::At;
use super::edit::Edit;
use super::intrinsics::{call, if_arguments, is_no_value};
use super::managed;
use super::reject::{Outcome, reject};
use super::role::{self, Grants};
use super::translation::Translation;
use crate::parse::node::Node;

/// A policy template: "AWS SAM policy templates" in the AWS SAM developer guide.
#[derive(Deserialize)]
struct Template {
    parameters: Vec<String>,
    statements: Vec<serde_json::Map<String, serde_json::Value>>,
}

/// All policy templates by name, read when the first one is needed.
fn templates() -> &'static rustc_hash::FxHashMap<String, Template> {
    static TEMPLATES: OnceLock<rustc_hash::FxHashMap<String, Template>> = OnceLock::new();
    TEMPLATES.get_or_init(|| serde_json::from_str(include_str!("policy_templates.json")).unwrap_or_default())
}

/// What one item of `Policies` is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Managed,
    Document,
    Template,
    Unknown,
}

impl Translation<'_> {
    /// Adds what `Policies` grant to a role of this logical id; an item that is not valid is refused.
    pub(super) fn grant_policies(&mut self, role: &str, policies: &Node, grants: &mut Grants) {
        let single = std::slice::from_ref(policies);
        let items = if policies.is_list() { policies.items() } else { single };
        for (index, item) in items.iter().enumerate() {
            let outcome = self.grant(item, &format!("{role}Policy{index}"), index, grants);
            self.attempt(outcome);
        }
    }

    fn grant(&self, item: &Node, name: &str, index: usize, grants: &mut Grants) -> Outcome<()> {
        if is_no_value(item) {
            return Ok(());
        }
        match kind_of(item) {
            Kind::Unknown => return reject(item.span, format!("Policy {index} in 'Policies' is not valid")),
            Kind::Managed => {
                if let Some(arn) = self.managed_arn(item) {
                    grants.managed(arn);
                }
            }
            Kind::Document => grants.inline(named(item, name, &|document| Ok(document.clone()))?),
            Kind::Template => grants.inline(named(item, name, &expand)?),
        }
        Ok(())
    }

    /// The ARN of a managed policy, wherever its name stands under conditions.
    fn managed_arn(&self, policy: &Node) -> Option<Node> {
        if let Some([condition, then, otherwise]) = if_arguments(policy) {
            let branch = |node: &Node| self.managed_arn(node).unwrap_or_else(|| node.clone());
            return Some(
                policy.at().map([("Fn::If", policy.at().list([condition.clone(), branch(then), branch(otherwise)]))]),
            );
        }
        let Some(name) = policy.as_str() else { return Some(policy.clone()) };
        if name.starts_with("arn:") {
            return Some(policy.clone());
        }
        let given = self.inputs.managed_policies.iter().find(|(known, _)| known == name).map(|(_, arn)| arn.clone());
        let arn = given.or_else(|| managed::arn_of(&self.inputs.partition, name));
        Some(arn.map_or_else(|| policy.clone(), |arn| policy.at().string(arn)))
    }
}

fn kind_of(policy: &Node) -> Kind {
    if policy.as_str().is_some() {
        return Kind::Managed;
    }
    if policy.get("Statement").is_some() {
        return Kind::Document;
    }
    if let [entry] = policy.entries()
        && templates().contains_key(entry.key.as_str())
    {
        return Kind::Template;
    }
    match call(policy) {
        Some(("Fn::If", _)) => match if_arguments(policy) {
            Some([_, then, otherwise]) if is_no_value(then) => kind_of_branch(otherwise),
            Some([_, then, otherwise]) if is_no_value(otherwise) => kind_of_branch(then),
            Some([_, then, otherwise]) if kind_of_branch(then) == kind_of_branch(otherwise) => kind_of_branch(then),
            _ => Kind::Unknown,
        },
        Some(_) => Kind::Managed,
        None => Kind::Unknown,
    }
}

/// As [`kind_of`], for a branch of `Fn::If`, in which no further conditions count.
fn kind_of_branch(policy: &Node) -> Kind {
    match call(policy) {
        Some(("Fn::If", _)) => Kind::Managed,
        _ => kind_of(policy),
    }
}

/// The inline policy for an item; under `Fn::If` both branches become policies.
fn named(item: &Node, name: &str, document: &dyn Fn(&Node) -> Outcome<Node>) -> Outcome<Node> {
    let Some([condition, then, otherwise]) = if_arguments(item) else {
        return Ok(role::inline(item.at(), name, document(item)?));
    };
    let branch = |node: &Node| match is_no_value(node) {
        true => Ok(node.clone()),
        false => Ok(role::inline(node.at(), name, document(node)?)),
    };
    Ok(item.at().map([("Fn::If", item.at().list([condition.clone(), branch(then)?, branch(otherwise)?]))]))
}

/// The document that a policy template stands for.
fn expand(item: &Node) -> Outcome<Node> {
    let [entry] = item.entries() else { return Ok(item.clone()) };
    let name = entry.key.as_str();
    let Some(template) = templates().get(name) else { return Ok(item.clone()) };
    if !entry.value.is_mapping() {
        return reject(entry.value.span, format!("The parameters of policy template '{name}' must be a mapping"));
    }
    let missing: Vec<&str> =
        template.parameters.iter().map(String::as_str).filter(|name| entry.value.get(name).is_none()).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        return reject(item.span, format!("Policy template '{name}' lacks values for its parameters: {missing}"));
    }
    let at = item.at();
    let statements = template.statements.iter().map(|statement| {
        let fields = statement.iter().map(|(key, value)| {
            (key.as_str(), if key == "Action" { plain(at, value) } else { filled(at, value, template, &entry.value) })
        });
        at.map(std::iter::once(("Effect", at.string("Allow"))).chain(fields))
    });
    Ok(role::document(at, statements.collect(), false))
}

fn plain(at: At, value: &serde_json::Value) -> Node {
    match value {
        serde_json::Value::Array(items) => at.list(items.iter().map(|item| plain(at, item))),
        other => at.string(other.as_str().unwrap_or_default()),
    }
}

/// A part of a statement with `${…}` for parameters: texts that have any become `Fn::Sub`.
fn filled(at: At, value: &serde_json::Value, template: &Template, arguments: &Node) -> Node {
    match value {
        serde_json::Value::Array(items) => at.list(items.iter().map(|item| filled(at, item, template, arguments))),
        serde_json::Value::Object(fields) => {
            at.map(fields.iter().map(|(key, value)| (key, filled(at, value, template, arguments))))
        }
        other => {
            let text = other.as_str().unwrap_or_default();
            let variables: Vec<(&str, Node)> = variables(text)
                .filter_map(|variable| {
                    let name = template.parameters.iter().find(|name| name.eq_ignore_ascii_case(variable))?;
                    Some((variable, arguments.get(name)?.clone()))
                })
                .collect();
            match (variables.is_empty(), text.contains("${")) {
                (false, _) => at.sub_with(text, variables),
                (true, true) => at.sub(text),
                (true, false) => at.string(text),
            }
        }
    }
}

fn variables(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_policy_templates_load() {
        assert!(super::templates().len() > 80);
    }
}
