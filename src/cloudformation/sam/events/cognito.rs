//! Triggers of Cognito user pools: the function is written into the user pool of the template.

use super::super::edit::Edit;
use super::super::intrinsics::ref_target;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use super::{Consumer, Event, permission};
use crate::parse::node::Node;

/// Leave for the user pool to invoke the function; the pool gets its triggers.
pub(super) fn generate(translation: &mut Translation, consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    let pool = event.properties.get("UserPool").and_then(ref_target);
    let Some(id) = pool.filter(|id| translation.kind_of(id) == Some("AWS::Cognito::UserPool")).map(str::to_owned)
    else {
        return Err(event.reject("the user pool must be a resource of the template"));
    };
    let at = event.at;
    let triggers: Vec<String> = match event.properties.get("Trigger") {
        Some(list) if list.is_list() => list.items().iter().filter_map(Node::as_str).map(str::to_owned).collect(),
        Some(one) => one.as_str().map(str::to_owned).into_iter().collect(),
        None => Vec::new(),
    };
    let allowed = permission::allow(consumer, event, "cognito-idp.amazonaws.com", "");
    // One permission per user pool, named after it.
    let mut allowed =
        Resource::new(at, format!("{}CognitoPermission", consumer.target_id()), "AWS::Lambda::Permission")
            .copy(&properties(&allowed), &["Action", "FunctionName", "Principal"])
            .passing_on(consumer.source);
    allowed.set("SourceArn", at.get_att(&id, "Arn"));
    if let Some(pool) = translation.resources.get_mut(&id) {
        let config = pool.child("Properties").child("LambdaConfig");
        if !config.is_mapping() {
            return reject(config.span, "'LambdaConfig' must be a mapping");
        }
        for trigger in &triggers {
            if config.get(trigger).is_some() {
                return Err(event.reject(format!("trigger '{trigger}' is defined more than once")));
            }
            let value = match trigger.as_str() {
                "CustomSMSSender" | "CustomEmailSender" => {
                    at.map([("LambdaArn", consumer.arn.clone()), ("LambdaVersion", at.string("V1_0"))])
                }
                "PreTokenGenerationConfig" => {
                    at.map([("LambdaArn", consumer.arn.clone()), ("LambdaVersion", at.string("V2_0"))])
                }
                _ => consumer.arn.clone(),
            };
            config.set(trigger, value);
        }
    }
    Ok(vec![allowed])
}

fn properties(resource: &Resource) -> Node {
    resource.clone().into_node().get("Properties").cloned().unwrap_or_else(|| resource.at().no_value())
}
