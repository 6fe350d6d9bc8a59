//! `AWS::Serverless::Connector`: what one resource may do with another.

mod end;
mod profile;

use super::build::At;
use super::edit::Edit;
use super::intrinsics::is_call;
use super::reject::{Outcome, Reject, reject};
use super::resource::Resource;
use super::role::{allow, document};
use super::translation::Translation;
use crate::parse::node::Node;
use end::End;
use profile::{Access, Profile};

const KIND: &str = "AWS::Serverless::Connector";

/// Makes connectors out of those that stand under `Connectors` of their source.
pub(super) fn extract_embedded(translation: &mut Translation) {
    let sources: Vec<String> = translation
        .resources
        .iter()
        .filter(|(_, node)| node.get("Connectors").is_some())
        .map(|(id, _)| id.clone())
        .collect();
    for id in sources {
        let embedded = translation.resources.get_mut(&id).and_then(|node| node.remove("Connectors"));
        let Some(embedded) = embedded else { continue };
        if !embedded.is_mapping() {
            translation.refuse(Reject::new(embedded.span, "'Connectors' must be a mapping"));
            continue;
        }
        for entry in embedded.entries() {
            let connector_id = format!("{id}{}", entry.key.as_str());
            match embed(&id, &entry.value) {
                Ok(connector) if translation.resources.contains_key(&connector_id) => {
                    let message = format!("The template has a resource '{connector_id}' already");
                    translation.refuse(Reject::new(connector.span, message));
                }
                Ok(connector) => {
                    translation.origins.note(&connector_id, &id);
                    translation.resources.insert(connector_id, connector);
                }
                Err(reject) => translation.refuse(reject),
            }
        }
    }
}

fn embed(id: &str, embedded: &Node) -> Outcome<Node> {
    let at = embedded.at();
    if !embedded.is_mapping() {
        return reject(embedded.span, "A connector must be a mapping");
    }
    let Some(properties) = embedded.get("Properties").filter(|properties| properties.is_mapping()) else {
        return reject(embedded.span, "A connector needs 'Properties'");
    };
    let mut connector = embedded.clone();
    let mut source = at.map([("Id", at.string(id))]);
    if let Some(reference) = properties.get("SourceReference") {
        if !reference.is_mapping() {
            return reject(reference.span, "'SourceReference' must be a mapping");
        }
        for entry in reference.entries() {
            if entry.key.as_str() != "Qualifier" {
                return reject(entry.key_span, "'SourceReference' has 'Qualifier' only");
            }
            source.set("Qualifier", entry.value.clone());
        }
    }
    let properties = connector.child("Properties");
    if properties.get("Source").is_some() {
        return reject(properties.span, "A connector under its source has no 'Source'");
    }
    properties.remove("SourceReference");
    properties.set("Source", source);
    connector.set("Type", at.string(KIND));
    Ok(connector)
}

/// What a connector becomes.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let access = permissions(properties)?;
    let (Some(from), Some(to)) = (properties.get("Source"), properties.get("Destination")) else {
        return reject(at.0, "A connector needs 'Source' and 'Destination'");
    };
    let from = End::read(translation, from)?;
    if !to.is_list() {
        let to = End::read(translation, to)?;
        return connect(translation, (id, source, at), (&from, &to), access, "");
    }
    let mut all = Vec::new();
    for (i, to) in to.items().iter().enumerate() {
        let to = End::read(translation, to)?;
        all.extend(connect(translation, (id, source, at), (&from, &to), access, &format!("Destination{i}"))?);
    }
    Ok(all)
}

/// A connection that another resource asks for: from one end to another, to read, to write, or both.
pub(super) fn connection(
    translation: &mut Translation,
    id: &str,
    owner: &Node,
    (from, to): (&Node, &Node),
    (read, write): (bool, bool),
) -> Outcome<Vec<Resource>> {
    let at = to.at();
    let (from, to) = (End::read(translation, from)?, End::read(translation, to)?);
    connect(translation, (id, owner, at), (&from, &to), Access { read, write }, "")
}

fn permissions(properties: &Node) -> Outcome<Access> {
    let mut access = Access { read: false, write: false };
    let Some(list) = properties.get("Permissions") else {
        return reject(properties.span, "A connector needs 'Permissions'");
    };
    if list.items().is_empty() {
        return reject(list.span, "'Permissions' must have Read or Write");
    }
    for item in list.items() {
        match item.as_str() {
            Some("Read") => access.read = true,
            Some("Write") => access.write = true,
            _ => return reject(item.span, "'Permissions' has Read and Write only"),
        }
    }
    Ok(access)
}

fn connect(
    translation: &mut Translation,
    (id, source, at): (&str, &Node, At),
    (from, to): (&End, &End),
    access: Access,
    suffix: &str,
) -> Outcome<Vec<Resource>> {
    let Some(profile) = profile::find(&from.kind, &to.kind) else {
        return reject(at.0, format!("No connector leads from {} to {}", from.written, to.written));
    };
    if !profile.supports(access) {
        return reject(
            at.0,
            format!("A connector from {} to {} does not support these permissions", from.written, to.written),
        );
    }
    let mut made = make((id, at), profile, (from, to), access, suffix)?;
    let types = |end: &End| at.map([("Type", at.string(&end.written))]);
    let connection = at.map([("Source", types(from)), ("Destination", types(to))]);
    let metadata = at.map([("aws:sam:connectors", at.map([(id, connection)]))]);
    made = made
        .copy_attributes(source, &["Condition", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn"])
        .attribute("Metadata", Some(merged(source.get("Metadata"), metadata)));
    if profile.source_waits
        && let Some(waiting) = from.id.as_ref().and_then(|id| translation.resources.get_mut(id))
    {
        depend(waiting, &made.id);
    }
    if made.kind() == "AWS::IAM::ManagedPolicy" && profile.destination == "AWS::Lambda::Function" {
        wait_for_policy(translation, from, to, &made.id);
    }
    Ok(vec![made])
}

fn make(
    (id, at): (&str, At),
    profile: &Profile,
    (from, to): (&End, &End),
    access: Access,
    suffix: &str,
) -> Outcome<Resource> {
    let filled = |text: &str| profile::fill(at, text, from, to);
    if let Some(principal) = &profile.principal {
        let mut permission = Resource::new(at, format!("{id}WriteLambdaPermission{suffix}"), "AWS::Lambda::Permission")
            .with("Action", at.string("lambda:InvokeFunction"))
            .with("FunctionName", to.needed("Arn")?)
            .with("Principal", at.string(principal));
        for (name, text) in [("SourceArn", &profile.source_arn), ("SourceAccount", &profile.source_account)] {
            if let Some(text) = text {
                permission.set(name, filled(text)?);
            }
        }
        return Ok(permission);
    }
    let resource_policy = |principal: &str, action: &str| -> Outcome<Node> {
        let condition = at.map([("ArnEquals", at.map([("aws:SourceArn", from.needed("Arn")?)]))]);
        let statement = at.map([
            ("Effect", at.string("Allow")),
            ("Principal", at.map([("Service", at.string(principal))])),
            ("Resource", to.needed("Arn")?),
            ("Action", at.string(action)),
            ("Condition", condition),
        ]);
        Ok(document(at, vec![statement], true))
    };
    if let Some(principal) = &profile.queue_policy {
        return Ok(Resource::new(at, format!("{id}QueuePolicy{suffix}"), "AWS::SQS::QueuePolicy")
            .with("PolicyDocument", resource_policy(principal, "sqs:SendMessage")?)
            .with("Queues", at.list([to.needed("QueueUrl")?])));
    }
    if let Some(principal) = &profile.topic_policy {
        return Ok(Resource::new(at, format!("{id}TopicPolicy{suffix}"), "AWS::SNS::TopicPolicy")
            .with("PolicyDocument", resource_policy(principal, "sns:Publish")?)
            .with("Topics", at.list([to.needed("Arn")?])));
    }
    let mut statements = Vec::new();
    for statement in profile.statements(access) {
        let resources: Outcome<Vec<Node>> = statement.resource.iter().map(|text| filled(text)).collect();
        statements.push(allow(at, at.strings(&statement.action), at.list(resources?)));
    }
    let holder = if profile.role_of.as_deref() == Some("destination") { to } else { from };
    Ok(Resource::new(at, format!("{id}Policy{suffix}"), "AWS::IAM::ManagedPolicy")
        .with("PolicyDocument", document(at, statements, true))
        .with("Roles", at.list([holder.needed("RoleName")?])))
}

/// Mappings from the source to the function wait for the policy: Lambda checks the role when it makes them.
fn wait_for_policy(translation: &mut Translation, from: &End, to: &End, policy: &str) {
    if !matches!(from.kind.as_str(), "AWS::SQS::Queue" | "AWS::DynamoDB::Table") {
        return;
    }
    let (Some(source), Some(function)) = (&from.id, &to.id) else { return };
    let refers = |node: Option<&Node>, id: &str| node.and_then(super::intrinsics::target) == Some(id);
    for node in translation.resources.values_mut() {
        let mapping = node.get("Type").and_then(Node::as_str) == Some("AWS::Lambda::EventSourceMapping");
        if !mapping
            || !refers(node.dig(&["Properties", "EventSourceArn"]), source)
            || !refers(node.dig(&["Properties", "FunctionName"]), function)
        {
            continue;
        }
        depend(node, policy);
    }
}

/// Makes a resource wait for another.
fn depend(node: &mut Node, on: &str) {
    let at = node.at();
    let mut all = match node.get("DependsOn") {
        None => Vec::new(),
        Some(list) if list.is_list() => list.items().to_vec(),
        Some(one) => vec![one.clone()],
    };
    if !all.iter().any(|item| item.as_str() == Some(on)) {
        all.push(at.string(on));
    }
    node.set("DependsOn", at.list(all));
}

/// Metadata of the connector with what is added.
fn merged(own: Option<&Node>, added: Node) -> Node {
    let Some(own) = own.filter(|own| own.is_mapping()) else { return added };
    let mut all = own.clone();
    for entry in added.entries() {
        all.set(entry.key.as_str(), entry.value.clone());
    }
    all
}

/// Whether a value stands for itself and not for a reference.
fn is_text(node: &Node) -> bool {
    !is_call(node) && node.as_str().is_some()
}
