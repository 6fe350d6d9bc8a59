//! Event sources of state machines: each has a role that may start an execution.

use super::super::edit::Edit;
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::super::role::{allow, document, inline, trust};
use super::super::schema;
use super::super::translation::Translation;
use super::{Consumer, Event, api, dead_letter, entries, is_refused, permission, read, refuse_choice, rule, schedule};
use crate::parse::node::{Entry, Node};

/// What the event sources of a state machine become.
pub(in super::super) fn generate(
    translation: &mut Translation,
    consumer: &Consumer,
    properties: &Node,
) -> Vec<Resource> {
    refuse_choice(translation, properties);
    let mut resources = Vec::new();
    for entry in entries(properties).filter(|entry| !is_refused(translation, entry)).collect::<Vec<_>>() {
        let made = one(translation, consumer, entry);
        resources.extend(translation.attempt(made).unwrap_or_default());
    }
    resources
}

fn one(translation: &mut Translation, consumer: &Consumer, entry: &Entry) -> Outcome<Vec<Resource>> {
    let event = read(consumer.id, entry, schema::state_machine_event)?;
    match event.kind {
        "Schedule" => scheduled(consumer, &event),
        "ScheduleV2" => schedule::flexible(translation, consumer, &event, schedule::Target::StateMachine),
        "Api" => called(translation, consumer, &event),
        _ => matched(consumer, &event),
    }
}

/// The role under which a service starts executions.
fn role(consumer: &Consumer, event: &Event, service: &str) -> Resource {
    let at = event.at;
    let id = format!("{}Role", event.id);
    let statement = allow(at, at.string("states:StartExecution"), consumer.arn.clone());
    let policy = inline(at, &format!("{id}StartExecutionPolicy"), document(at, vec![statement], false));
    let mut role = Resource::new(at, id, "AWS::IAM::Role")
        .with("AssumeRolePolicyDocument", trust(at, &[service]))
        .with("Policies", at.list([policy]))
        .passing_on(consumer.source);
    if let Some(boundary) = consumer.source.dig(&["Properties", "PermissionsBoundary"]) {
        role.set("PermissionsBoundary", boundary.clone());
    }
    role
}

fn scheduled(consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    let mut rule = schedule::rule(event)?;
    rule.properties_mut().remove("RoleArn");
    let rule = rule.passing_on(consumer.source);
    let role_arn = event.properties.get("RoleArn").cloned();
    targeted(consumer, event, rule, role_arn, &["Input", "RetryPolicy"])
}

fn matched(consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    let rule = rule::rule(event)?.passing_on(consumer.source);
    targeted(consumer, event, rule, None, &["Input", "InputPath", "InputTransformer", "RetryPolicy"])
}

fn targeted(
    consumer: &Consumer,
    event: &Event,
    mut rule: Resource,
    role_arn: Option<Node>,
    passed: &[&str],
) -> Outcome<Vec<Resource>> {
    let mut resources = Vec::new();
    let role_arn = role_arn.unwrap_or_else(|| {
        let role = role(consumer, event, "events.amazonaws.com");
        let arn = role.get_att("Arn");
        resources.push(role);
        arn
    });
    let mut target = event.at.map([
        ("Arn", consumer.arn.clone()),
        ("Id", permission::target_id(event, "StepFunctionsTarget")),
        ("RoleArn", role_arn),
    ]);
    for name in passed {
        if let Some(value) = event.properties.get(name) {
            target.set(name, value.clone());
        }
    }
    if let Some((config, made)) = dead_letter::generate(consumer, event, &rule)? {
        target.set("DeadLetterConfig", config);
        resources.extend(made);
    }
    rule.set("Targets", event.at.list([target]));
    resources.insert(0, rule);
    Ok(resources)
}

fn called(translation: &mut Translation, consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    let target = api::target(translation, event)?;
    api::share_tags(translation, consumer, &target.id);
    let role = role(consumer, event, "apigateway.amazonaws.com");
    if api::api_properties(translation, &target.id).is_some_and(api::writes_document) {
        let at = event.at;
        let unescape = event.properties.get("UnescapeMappingTemplate").is_some_and(Edit::is_truthy);
        let replaced = if unescape { r#".replaceAll("\\'","'")"# } else { "" };
        let template = format!(
            r#"{{"input": "$util.escapeJavaScript($input.json('$')){replaced}", "stateMachineArn": "${{{}}}"}}"#,
            consumer.variable
        );
        let response = |code: &str| at.map([("statusCode", at.string(code))]);
        let integration = at.map([
            ("type", at.string("aws")),
            ("httpMethod", at.string("POST")),
            ("uri", at.sub("arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution")),
            ("responses", at.map([("200", response("200")), ("400", response("400"))])),
            ("credentials", role.get_att("Arn")),
            ("requestTemplates", at.map([("application/json", at.sub(template))])),
        ]);
        let described = |text: &str| at.map([("description", at.string(text))]);
        let responses = at.map([("200", described("OK")), ("400", described("Bad Request"))]);
        api::write(translation, &target, event, consumer.condition(), (integration, Some(responses)))?;
    }
    Ok(vec![role])
}
