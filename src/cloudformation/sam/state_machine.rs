//! `AWS::Serverless::StateMachine`.

use super::edit::Edit;
use super::events::{Consumer, workflow};
use super::function::{alias_letters, tracing_policy};
use super::intrinsics::is_call;
use super::logical_id;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::role::{Grants, trust};
use super::s3_location::location;
use super::tags;
use super::translation::Translation;
use crate::parse::MAX_DEPTH;
use crate::parse::node::{Node, NodeKind};

const CREATED_BY: (&str, &str) = ("stateMachine:createdBy", "SAM");

/// What a state machine becomes: itself, its role, version and alias, and what its events need.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let mut machine = Resource::new(at, id, "AWS::StepFunctions::StateMachine")
        .with("Tags", tags::list(at, &[CREATED_BY], properties.get("Tags")))
        .in_place_of(source);
    let names = [
        ("Name", "StateMachineName"),
        ("Type", "StateMachineType"),
        ("Logging", "LoggingConfiguration"),
        ("Tracing", "TracingConfiguration"),
        ("DefinitionSubstitutions", "DefinitionSubstitutions"),
    ];
    for (from, to) in names {
        if let Some(value) = properties.get(from).filter(|value| !value.is_null()) {
            machine.set(to, value.clone());
        }
    }
    define(&mut machine, at, properties)?;

    let mut resources = Vec::new();
    match (properties.given("Role"), properties.given("Policies")) {
        (Some(role), Some(_)) => {
            return reject(role.span, "Only one of 'Role' and 'Policies' can be set");
        }
        (Some(role), None) => machine.set("RoleArn", role.clone()),
        (None, _) => {
            let role = role(translation, id, source, properties)?;
            machine.set("RoleArn", role.get_att("Arn"));
            resources.push(role);
        }
    }
    let published = publish(translation, id, source, properties, &machine)?;
    let alias = published.last().cloned();
    let by_alias = properties.get("UseAliasAsEventTarget").is_some_and(Edit::is_truthy);
    if by_alias && alias.is_none() {
        let span = properties.get("UseAliasAsEventTarget").map_or(at.0, |node| node.span);
        return reject(span, "'UseAliasAsEventTarget' needs 'AutoPublishAlias'");
    }
    let target = alias.as_ref().filter(|_| by_alias);
    let consumer = Consumer {
        id,
        source,
        reference: machine.reference(),
        arn: target.map_or_else(|| machine.reference(), Resource::reference),
        variable: target.map_or_else(|| id.to_owned(), |alias| alias.id.clone()),
        has_role: true,
    };
    resources.extend(published);
    resources.extend(workflow::generate(translation, &consumer, properties));
    resources.insert(0, machine);
    Ok(resources)
}

fn role(translation: &mut Translation, id: &str, source: &Node, properties: &Node) -> Outcome<Resource> {
    let at = translation.key_at(id);
    let role_id = format!("{id}Role");
    let mut grants = Grants::default();
    if let Some(tracing) = properties.given("Tracing")
        && tracing.get("Enabled").is_some_and(Edit::is_truthy)
    {
        grants.managed(tracing.at().string(tracing_policy(translation.partition())));
    }
    if let Some(policies) = properties.given("Policies") {
        translation.grant_policies(&role_id, policies, &mut grants);
    }
    let role = Resource::new(translation.policies_at(id, properties), role_id, "AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", trust(at, &["states.amazonaws.com"]))
        .maybe("Path", properties.get("RolePath").cloned())
        .maybe("PermissionsBoundary", properties.get("PermissionsBoundary").cloned())
        .with("Tags", tags::list(at, &[CREATED_BY], properties.get("Tags")))
        .passing_on(source);
    Ok(grants.into_properties(at, role))
}

/// Sets the definition: as text in which values of intrinsic functions are substituted, or as a place in S3.
fn define(machine: &mut Resource, at: super::build::At, properties: &Node) -> Outcome<()> {
    match (properties.given("Definition"), properties.given("DefinitionUri")) {
        (Some(_), Some(uri)) => reject(uri.span, "Only one of 'Definition' and 'DefinitionUri' can be set"),
        (None, None) => reject(at.0, "One of 'Definition' and 'DefinitionUri' must be set"),
        (None, Some(uri)) => {
            machine.set("DefinitionS3Location", location(uri, "DefinitionUri", ["Bucket", "Key", "Version"])?);
            Ok(())
        }
        (Some(definition), None) => {
            let mut found = Vec::new();
            let mut text = definition.clone();
            substitute(&mut text, &mut found, 0);
            let at = definition.at();
            let lines = logical_id::indented_json(&text);
            let joined = at.list([at.string("\n"), at.strings(lines.split('\n'))]);
            machine.set("DefinitionString", at.map([("Fn::Join", joined)]));
            for (name, value) in found {
                machine.properties_mut().child("DefinitionSubstitutions").set(&name, value);
            }
            Ok(())
        }
    }
}

/// Puts variables in place of calls of intrinsic functions and of dynamic references.
fn substitute(node: &mut Node, found: &mut Vec<(String, Node)>, depth: usize) {
    if depth > MAX_DEPTH {
        return;
    }
    let dynamic = node.as_str().is_some_and(|text| text.starts_with("{{resolve:") && text.ends_with("}}"));
    if is_call(node) || dynamic {
        let name = format!("definition_substitution_{}", found.len() + 1);
        let variable = node.at().string(format!("${{{name}}}"));
        found.push((name, std::mem::replace(node, variable)));
        return;
    }
    match &mut node.kind {
        NodeKind::Sequence(items) => items.iter_mut().for_each(|item| substitute(item, found, depth + 1)),
        NodeKind::Mapping(entries) => {
            let mut sorted: Vec<_> = entries.iter_mut().collect();
            sorted.sort_by(|a, b| a.key.as_str().cmp(b.key.as_str()));
            sorted.into_iter().for_each(|entry| substitute(&mut entry.value, found, depth + 1));
        }
        _ => {}
    }
}

/// A version and the alias to it, if the state machine asks for them.
fn publish(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    machine: &Resource,
) -> Outcome<Vec<Resource>> {
    let Some(name) = properties.given("AutoPublishAlias") else {
        return match properties.given("DeploymentPreference") {
            Some(preference) => reject(preference.span, "'DeploymentPreference' needs 'AutoPublishAlias'"),
            None => Ok(Vec::new()),
        };
    };
    let at = name.at();
    let resolved = translation.resolved(name)?;
    let letters = alias_letters(&resolved)?;
    let version = Resource::new(at, format!("{id}Version"), "AWS::StepFunctions::StateMachineVersion")
        .with("StateMachineArn", machine.reference())
        .with("StateMachineRevisionId", machine.get_att("StateMachineRevisionId"))
        .passing_on(source)
        .attribute("DeletionPolicy", Some(source.get("DeletionPolicy").cloned().unwrap_or_else(|| at.string("Retain"))))
        .attribute(
            "UpdateReplacePolicy",
            Some(source.get("UpdateReplacePolicy").cloned().unwrap_or_else(|| at.string("Retain"))),
        );
    let mut preference = match properties.given("DeploymentPreference") {
        Some(preference) => preference.clone(),
        None => at.map([("Type", at.string("ALL_AT_ONCE"))]),
    };
    preference.set("StateMachineVersionArn", version.reference());
    let alias = Resource::new(at, format!("{id}Alias{letters}"), "AWS::StepFunctions::StateMachineAlias")
        .with("Name", resolved)
        .with("DeploymentPreference", preference)
        .passing_on(source);
    for (suffix, resource) in [("Version", &version), ("Alias", &alias)] {
        translation.references.insert((id.to_owned(), suffix.to_owned()), resource.id.clone());
    }
    Ok(vec![version, alias])
}
