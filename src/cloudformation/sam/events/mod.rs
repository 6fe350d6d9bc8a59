//! Event sources of functions and state machines: the rule, subscription or mapping, and what is allowed for it.

pub(super) mod api;
mod bucket;
mod cognito;
mod dead_letter;
mod http_api;
mod permission;
mod pull;
mod push;
mod rule;
mod schedule;
mod subscription;
pub(super) mod workflow;

use super::build::At;
use super::edit::Edit;
use super::intrinsics::{is_call, is_call_of, is_no_value};
use super::reject::{Outcome, Reject, reject};
use super::resource::Resource;
use super::role::Grants;
use super::schema;
use super::translation::Translation;
use crate::parse::node::{Entry, Node};
use crate::value::Map;

/// The function or state machine that an event source invokes.
pub(super) struct Consumer<'a> {
    /// Its logical id.
    pub(super) id: &'a str,
    /// Its resource in the source.
    pub(super) source: &'a Node,
    /// A reference by name: to the alias if there is one.
    pub(super) reference: Node,
    /// A reference by ARN: of the alias if there is one.
    pub(super) arn: Node,
    /// The ARN as a variable of `Fn::Sub`.
    pub(super) variable: String,
    /// Whether it has a role of its own, so that none is made for it.
    pub(super) has_role: bool,
}

impl Consumer<'_> {
    /// The logical id of what is invoked: of the alias if there is one.
    pub(super) fn target_id(&self) -> &str {
        self.variable.strip_suffix(".Arn").unwrap_or(&self.variable)
    }

    /// The name of the condition under which it exists.
    pub(super) fn condition(&self) -> Option<&str> {
        self.source.get("Condition").and_then(Node::as_str)
    }
}

/// One event source.
pub(super) struct Event<'a> {
    /// Its key under `Events`.
    pub(super) name: &'a str,
    /// The logical id of what is made for it, and the prefix of further ones.
    pub(super) id: String,
    /// Its type.
    pub(super) kind: &'a str,
    /// Its properties.
    pub(super) properties: &'a Node,
    /// The whole event.
    pub(super) at: At,
}

/// What the event sources of a function become; what they need in the function's role goes to `grants`.
pub(super) fn of_function(
    translation: &mut Translation,
    consumer: &Consumer,
    properties: &Node,
    grants: &mut Grants,
) -> Vec<Resource> {
    refuse_choice(translation, properties);
    let mut ordered: Vec<&Entry> = entries(properties).filter(|entry| !is_refused(translation, entry)).collect();
    // The default route of an HTTP API comes first: a function that has it needs no leave for further routes.
    ordered.sort_by_key(|entry| entry.value.dig(&["Properties", "Path"]).and_then(Node::as_str) != Some("$default"));
    let mut resources = Vec::new();
    for entry in ordered {
        let made = one(translation, consumer, entry, grants);
        resources.extend(translation.attempt(made).unwrap_or_default());
    }
    resources
}

fn one(
    translation: &mut Translation,
    consumer: &Consumer,
    entry: &Entry,
    grants: &mut Grants,
) -> Outcome<Vec<Resource>> {
    let event = read(consumer.id, entry, schema::function_event)?;
    match event.kind {
        "S3" => bucket::generate(translation, consumer, &event),
        "SNS" => subscription::generate(translation, consumer, &event, grants),
        "Schedule" => schedule::of_function(consumer, &event),
        "ScheduleV2" => schedule::flexible(translation, consumer, &event, schedule::Target::Function),
        "CloudWatchEvent" | "EventBridgeRule" => rule::of_function(consumer, &event),
        "Api" => api::of_function(translation, consumer, &event),
        "HttpApi" => http_api::of_function(translation, consumer, &event),
        "Cognito" => cognito::generate(translation, consumer, &event),
        "AlexaSkill" | "IoTRule" | "CloudWatchLogs" => push::generate(translation, consumer, &event),
        _ => pull::generate(translation, consumer, &event, grants),
    }
}

/// The events that are given, in order, without what stands for those in a snippet that is not here.
pub(super) fn entries(properties: &Node) -> impl Iterator<Item = &Entry> {
    let events = properties.get("Events").filter(|events| !is_call(events)).map(Node::entries).unwrap_or_default();
    events.iter().filter(|event| event.key.as_str() != Map::UNSEEN)
}

/// Whether it has been said why an event is refused.
fn is_refused(translation: &Translation, event: &Entry) -> bool {
    translation.refused_events.contains(&event.value.span)
}

/// Refuses events that depend on a condition as a whole: the service looks for events before it decides conditions.
fn refuse_choice(translation: &mut Translation, properties: &Node) {
    let chosen = |events: &&Node| is_call(events) && !is_no_value(events) && !is_call_of(events, Map::UNSEEN);
    if let Some(events) = properties.get("Events").filter(chosen) {
        translation.refuse(Reject::new(events.span, "'Events' must be a mapping, no intrinsic function"));
    }
}

/// Reads an event and checks its properties.
pub(super) fn read<'a>(
    owner: &str,
    entry: &'a Entry,
    known: fn(&str) -> Option<schema::Properties>,
) -> Outcome<Event<'a>> {
    let name = entry.key.as_str();
    let Some((kind, properties)) =
        entry.value.get("Type").and_then(Node::as_str).and_then(|kind| Some((kind, known(kind)?)))
    else {
        return reject(entry.value.span, format!("Event '{name}' has no or an unknown type"));
    };
    let node = entry.value.get("Properties").unwrap_or(&entry.value);
    if !std::ptr::eq(node, &entry.value) {
        schema::check(kind, node, properties)?;
    } else if matches!(kind, "S3" | "SNS" | "Cognito" | "CloudWatchLogs" | "IoTRule") {
        return reject(entry.value.span, format!("Event '{name}' needs properties"));
    }
    Ok(Event { name, id: format!("{owner}{name}"), kind, properties: node, at: entry.value.at() })
}

impl Event<'_> {
    /// A refusal at the event.
    pub(super) fn reject(&self, message: impl AsRef<str>) -> Reject {
        Reject::new(self.at.0, format!("Event '{}' is invalid: {}", self.name, message.as_ref()))
    }
}
