//! Event sources that need little more than leave to invoke: Alexa, IoT rules, log groups.

use super::super::arn;
use super::super::edit::Edit;
use super::super::reject::Outcome;
use super::super::resource::Resource;
use super::super::translation::Translation;
use super::{Consumer, Event, permission};

/// What the event source becomes.
pub(super) fn generate(translation: &mut Translation, consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    Ok(match event.kind {
        "AlexaSkill" => vec![
            permission::allow(consumer, event, "alexa-appkit.amazon.com", "")
                .maybe("EventSourceToken", event.properties.given("SkillId").cloned()),
        ],
        "IoTRule" => iot_rule(translation, consumer, event),
        _ => log_subscription(translation, consumer, event),
    })
}

fn iot_rule(translation: &Translation, consumer: &Consumer, event: &Event) -> Vec<Resource> {
    let at = event.at;
    let action = at.map([("Lambda", at.map([("FunctionArn", consumer.arn.clone())]))]);
    let mut payload = at.map([("Actions", at.list([action])), ("RuleDisabled", at.bool(false))]);
    for name in ["Sql", "AwsIotSqlVersion"] {
        if let Some(value) = event.properties.get(name) {
            payload.set(name, value.clone());
        }
    }
    let rule = Resource::new(at, &event.id, "AWS::IoT::TopicRule")
        .with("TopicRulePayload", payload)
        .passing_on(consumer.source);
    let source = arn::regional(translation.partition(), "iot", "rule/${RuleName}");
    let allowed = permission::allow(consumer, event, "iot.amazonaws.com", "")
        .with("SourceAccount", at.sub("${AWS::AccountId}"))
        .with("SourceArn", at.sub_with(source, [("RuleName", rule.reference())]));
    vec![allowed, rule]
}

fn log_subscription(translation: &Translation, consumer: &Consumer, event: &Event) -> Vec<Resource> {
    let at = event.at;
    let source = arn::regional(translation.partition(), "logs", "log-group:${__LogGroupName__}:*");
    let mut allowed = permission::allow(consumer, event, "logs.amazonaws.com", "");
    if let Some(group) = event.properties.get("LogGroupName") {
        allowed.set("SourceArn", at.sub_with(source, [("__LogGroupName__", group.clone())]));
    }
    let filter = Resource::new(at, &event.id, "AWS::Logs::SubscriptionFilter")
        .with("DestinationArn", consumer.arn.clone())
        .copy(event.properties, &["LogGroupName", "FilterPattern"])
        .passing_on(consumer.source)
        .attribute("DependsOn", Some(at.strings([&allowed.id])));
    vec![allowed, filter]
}
