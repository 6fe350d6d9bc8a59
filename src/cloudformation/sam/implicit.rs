//! APIs that no resource names: events without an API get one that is made, `ServerlessRestApi` or `ServerlessHttpApi`.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::build::At;
use super::edit::Edit;
use super::intrinsics::{call, is_call, ref_target};
use super::openapi;
use super::reject::{Outcome, Reject, reject};
use super::translation::Translation;
use crate::parse::node::{Node, NodeKind};
use crate::source::Span;

/// The mark of an API whose document the transform writes.
pub(super) const MANAGED: &str = "__MANAGE_SWAGGER";

/// What distinguishes the two kinds of implicit APIs.
struct Kind {
    api: &'static str,
    id: &'static str,
    event: &'static str,
    property: &'static str,
    stage: &'static str,
    skeleton: fn(At) -> Node,
}

const KINDS: [Kind; 2] = [
    Kind {
        api: "AWS::Serverless::Api",
        id: "ServerlessRestApi",
        event: "Api",
        property: "RestApiId",
        stage: "Prod",
        skeleton: openapi::swagger,
    },
    Kind {
        api: "AWS::Serverless::HttpApi",
        id: "ServerlessHttpApi",
        event: "HttpApi",
        property: "ApiId",
        stage: "$default",
        skeleton: openapi::openapi,
    },
];

/// Conditions and attributes that the events of an API gather.
#[derive(Default)]
struct Gathered {
    conditions: Vec<Option<String>>,
    deletion: Vec<Option<String>>,
    replace: Vec<Option<String>>,
    paths: IndexMap<String, BTreeMap<String, Option<String>>>,
}

/// Gives managed APIs their empty document, and events their implicit API with its paths.
pub(super) fn prepare(translation: &mut Translation) {
    for kind in &KINDS {
        give_documents(translation, kind);
    }
    for kind in &KINDS {
        if let Err(reject) = add_implicit(translation, kind) {
            translation.refuse(reject);
        }
    }
}

fn give_documents(translation: &mut Translation, kind: &Kind) {
    for node in translation.resources.values_mut() {
        if node.get("Type").and_then(Node::as_str) != Some(kind.api) {
            continue;
        }
        let at = node.at();
        let properties = node.child("Properties");
        if properties.is_null() {
            properties.kind = NodeKind::Mapping(Vec::new());
        }
        if !properties.is_mapping()
            || properties.given("DefinitionBody").is_some()
            || properties.given("DefinitionUri").is_some()
        {
            continue;
        }
        properties.set("DefinitionBody", (kind.skeleton)(at));
        properties.set(MANAGED, at.bool(true));
    }
}

fn add_implicit(translation: &mut Translation, kind: &Kind) -> Outcome<()> {
    let own = translation.resources.get(kind.id).cloned();
    let at = translation.resources.values().next().map_or(translation.root.at(), Edit::at);
    let mut properties = at.map([("DefinitionBody", (kind.skeleton)(at)), (MANAGED, at.bool(true))]);
    if kind.event == "Api" {
        properties.set("StageName", at.string(kind.stage));
    }
    let api = at.map([("Type", at.string(kind.api)), ("Properties", properties)]);
    translation.resources.insert(kind.id.to_owned(), api);

    let mut gathered: IndexMap<String, Gathered> = IndexMap::new();
    let mut first = None;
    let owners: Vec<String> = translation
        .resources
        .iter()
        .filter(|(_, node)| {
            matches!(
                node.get("Type").and_then(Node::as_str),
                Some("AWS::Serverless::Function" | "AWS::Serverless::StateMachine")
            )
        })
        .map(|(id, _)| id.clone())
        .collect();
    for owner in owners {
        let Some(mut node) = translation.resources.get(&owner).cloned() else { continue };
        let attribute = |name: &str| node.get(name).and_then(Node::as_str).map(str::to_owned);
        let attributes = [attribute("Condition"), attribute("DeletionPolicy"), attribute("UpdateReplacePolicy")];
        let Some(events) = node.get_mut("Properties").and_then(|properties| properties.get_mut("Events")) else {
            continue;
        };
        if !events.is_mapping() || is_call(events) {
            continue;
        }
        for event in events.entries_mut() {
            if event.value.get("Type").and_then(Node::as_str) != Some(kind.event) {
                continue;
            }
            let at = event.value.at();
            match add_event(translation, kind, &mut event.value, &attributes, &mut gathered) {
                Ok(true) => first = first.or(Some(at)),
                Ok(false) => {}
                Err(reject) => {
                    translation.refused_events.insert(at.0);
                    translation.refuse(reject);
                }
            }
        }
        translation.resources.insert(owner, node);
    }

    for (id, gathered) in &gathered {
        path_conditions(translation, id, gathered, at);
    }
    let used = gathered.get(kind.id);
    match (used, own) {
        (Some(used), _) => {
            let anywhere = at.0;
            let at = first.unwrap_or(at);
            translation.declare(kind.id, at);
            let header = translation.key_of(at);
            if let Some(api) = translation.resources.get_mut(kind.id) {
                stand_at(api, anywhere, header);
            }
            implicit_attributes(translation, kind, used, at);
        }
        (None, Some(own)) => {
            translation.resources.insert(kind.id.to_owned(), own);
        }
        (None, None) => {
            translation.resources.shift_remove(kind.id);
        }
    }
    Ok(())
}

/// Gives what was made before its event was known, at `anywhere`, the place of the event.
fn stand_at(node: &mut Node, anywhere: Span, event: Span) {
    let place = |span: &mut Span| *span = if *span == anywhere { event } else { *span };
    place(&mut node.span);
    match &mut node.kind {
        NodeKind::Mapping(entries) => entries.iter_mut().for_each(|entry| {
            place(&mut entry.key_span);
            stand_at(&mut entry.value, anywhere, event);
        }),
        NodeKind::Sequence(items) => items.iter_mut().for_each(|item| stand_at(item, anywhere, event)),
        _ => {}
    }
}

/// Adds the path of an event to its API; true if that is the implicit one.
fn add_event(
    translation: &mut Translation,
    kind: &Kind,
    event: &mut Node,
    attributes: &[Option<String>; 3],
    gathered: &mut IndexMap<String, Gathered>,
) -> Outcome<bool> {
    let at = event.at();
    let properties = event.child("Properties");
    if properties.is_null() {
        properties.kind = NodeKind::Mapping(Vec::new());
    }
    if !properties.is_mapping() {
        return reject(properties.span, "'Properties' of an event must be a mapping");
    }
    if properties.get(kind.property).is_none_or(|value| value.is_null()) {
        properties.set(kind.property, at.reference(kind.id));
    }
    let (path, method) = path_and_method(kind, properties)?;
    let Some(reference) = properties.get(kind.property) else { return Ok(false) };
    let id = match (ref_target(reference), reference.as_str()) {
        (Some(id), _) | (None, Some(id)) => id.to_owned(),
        _ if call(reference).is_some() => return Ok(false),
        _ => return reject(reference.span, format!("'{}' must be a string", kind.property)),
    };
    let [condition, deletion, replace] = attributes.clone();
    let entry = gathered.entry(id.clone()).or_default();
    entry.conditions.push(condition.clone());
    entry.deletion.push(deletion);
    entry.replace.push(replace);
    entry.paths.entry(path.clone()).or_default().insert(method.clone(), condition);

    let Some(api) = translation.resources.get_mut(&id) else { return Ok(false) };
    if api.get("Type").and_then(Node::as_str) != Some(kind.api) {
        return Ok(false);
    }
    let Some(api_properties) = api.get_mut("Properties") else { return Ok(false) };
    let managed = api_properties.get(MANAGED).is_some_and(Edit::is_truthy);
    if !managed {
        return Ok(false);
    }
    if let Some(settings) = properties.get("RouteSettings") {
        if !settings.is_mapping() {
            return reject(settings.span, "'RouteSettings' must be a mapping");
        }
        let route = match method.as_str() {
            openapi::ANY_METHOD if path == "$default" => path.clone(),
            openapi::ANY_METHOD => format!("ANY {path}"),
            _ => format!("{} {path}", method.to_uppercase()),
        };
        let settings = match &attributes[0] {
            Some(condition) => at.when(condition, settings.clone(), at.no_value()),
            None => settings.clone(),
        };
        let routes = api_properties.child("RouteSettings");
        match routes.get_mut(&route) {
            Some(known) if !is_call(known) && !is_call(&settings) => {
                for entry in settings.entries() {
                    known.set(entry.key.as_str(), entry.value.clone());
                }
            }
            _ => routes.set(&route, settings),
        }
    }
    let body = api_properties.child("DefinitionBody");
    if openapi::path_has_integration(body, &path, &method) {
        return reject(at.0, format!("Method '{method}' of path '{path}' is defined more than once"));
    }
    openapi::add_path(body, at, &path, &method)?;
    Ok(id == kind.id)
}

fn path_and_method(kind: &Kind, properties: &mut Node) -> Outcome<(String, String)> {
    let http = kind.event == "HttpApi";
    if http && properties.get("Path").is_none() && properties.get("Method").is_none() {
        let at = properties.at();
        properties.set("Path", at.string("$default"));
        properties.set("Method", at.string(openapi::ANY_METHOD));
    } else if http && properties.get("Path").is_some() && properties.get("Method").is_none() {
        let at = properties.at();
        properties.set("Method", at.string("any"));
    }
    let text = |name: &str| match properties.get(name) {
        Some(value) => match value.as_str() {
            Some(text) => Ok(text.to_owned()),
            None => reject(value.span, format!("'{name}' of an event must be a string")),
        },
        None => reject(properties.span, format!("An event of type {} needs '{name}'", kind.event)),
    };
    let (path, method) = (text("Path")?, text("Method")?);
    Ok((path, openapi::method_name(&method)))
}

/// Puts paths under conditions where all their methods are.
fn path_conditions(translation: &mut Translation, id: &str, gathered: &Gathered, at: At) {
    let managed =
        translation.resources.get(id).and_then(|api| api.dig(&["Properties", MANAGED])).is_some_and(Edit::is_truthy);
    if !managed {
        return;
    }
    for (path, methods) in &gathered.paths {
        let Some(mut conditions) = methods.values().cloned().collect::<Option<Vec<String>>>() else { continue };
        conditions.sort();
        conditions.dedup();
        let name = match conditions.as_slice() {
            [] => continue,
            [one] => one.clone(),
            _ => {
                let letters = path.replace('/', "SLASH").replace('{', "OB").replace('}', "CB");
                let letters: String = letters.chars().filter(char::is_ascii_alphanumeric).collect();
                let name = format!("{id}{letters}PathCondition");
                translation.add_any_of(at, &name, conditions);
                name
            }
        };
        let body = translation.resources.get_mut(id).and_then(|api| api.get_mut("Properties"));
        if let Some(body) = body.and_then(|properties| properties.get_mut("DefinitionBody")) {
            openapi::make_path_conditional(body, at, path, &name);
        }
    }
}

/// The condition and policies of an implicit API: those that all its functions have.
fn implicit_attributes(translation: &mut Translation, kind: &Kind, used: &Gathered, at: At) {
    let condition = translation.any_of(at, &format!("{}Condition", kind.id), &used.conditions);
    let strictest = |values: &[Option<String>]| {
        let any = |wanted: &str| values.iter().flatten().any(|value| value == wanted);
        ["Retain", "Snapshot", "Delete"].into_iter().find(|wanted| any(wanted))
    };
    let (deletion, replace) = (strictest(&used.deletion), strictest(&used.replace));
    if let Some(api) = translation.resources.get_mut(kind.id) {
        api.span = at.0;
        if let Some(condition) = condition {
            api.set("Condition", at.string(condition));
        }
        for (name, value) in [("DeletionPolicy", deletion), ("UpdateReplacePolicy", replace)] {
            if let Some(value) = value {
                api.set(name, at.string(value));
            }
        }
    }
}

/// Writes `OpenApiVersion` into the documents that the transform manages.
pub(super) fn set_versions(translation: &mut Translation) {
    for node in translation.resources.values_mut() {
        let Some("AWS::Serverless::Api" | "AWS::Serverless::HttpApi") = node.get("Type").and_then(Node::as_str) else {
            continue;
        };
        let Some(properties) = node.get_mut("Properties") else { continue };
        let Some(version) = properties.get("OpenApiVersion") else { continue };
        let text = match &version.kind {
            NodeKind::String(text) => text.as_str().to_owned(),
            NodeKind::Number(text) => text.to_string(),
            _ => continue,
        };
        let version = version.at().string(&text);
        properties.set("OpenApiVersion", version.clone());
        let managed = properties.get(MANAGED).is_some_and(Edit::is_truthy);
        if managed && text.starts_with("3.") {
            let body = properties.child("DefinitionBody");
            body.remove("swagger");
            body.set("openapi", version);
        }
    }
}

/// A refusal for an event that names no API of the template.
pub(super) fn no_api(at: At, property: &str, kind: &str) -> Reject {
    Reject::new(at.0, format!("'{property}' must refer to a resource of type {kind} in the same template"))
}
