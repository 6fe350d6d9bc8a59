//! `UsagePlan`: API keys with quotas, per API or shared by the APIs of a template.

use super::super::build::At;
use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::translation::Translation;
use crate::parse::node::Node;

const KNOWN: [&str; 6] = ["CreateUsagePlan", "Description", "Quota", "Tags", "Throttle", "UsagePlanName"];

/// What APIs with `CreateUsagePlan: SHARED` have in common.
#[derive(Default)]
pub(in super::super) struct SharedUsagePlan {
    stages: Vec<(String, String)>,
    conditions: Vec<Option<String>>,
    deletion: Option<Node>,
    replace: Option<Node>,
}

/// The usage plan with its key, if the API asks for one.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
    stage: &Resource,
) -> Outcome<Vec<Resource>> {
    let Some(plan) = properties.get("Auth").and_then(|auth| auth.given("UsagePlan")) else { return Ok(Vec::new()) };
    if !plan.is_mapping() || is_call(plan) {
        return reject(plan.span, "'UsagePlan' must be a mapping");
    }
    for entry in plan.entries() {
        if !KNOWN.contains(&entry.key.as_str()) {
            return reject(entry.key_span, format!("'UsagePlan' has no property '{}'", entry.key.as_str()));
        }
    }
    let Some(mode) = plan.get("CreateUsagePlan") else {
        return reject(plan.span, "'UsagePlan' needs 'CreateUsagePlan'");
    };
    let resolved = translation.resolved(mode)?;
    match resolved.as_str() {
        Some("NONE") => Ok(Vec::new()),
        Some("PER_API") => {
            let at = plan.at();
            let stages = [(id.to_owned(), stage.id.clone())];
            let made = resources(at, id, plan, &stages).map(|resource| resource.passing_on(source));
            remember(translation, id, &made);
            Ok(made.into())
        }
        Some("SHARED") => Ok(shared(translation, id, source, plan, stage)),
        _ => reject(mode.span, "'CreateUsagePlan' must be NONE, PER_API or SHARED"),
    }
}

fn shared(translation: &mut Translation, id: &str, source: &Node, plan: &Node, stage: &Resource) -> Vec<Resource> {
    const ID: &str = "Serverless";
    let common = &mut translation.usage_plan;
    common.stages.push((id.to_owned(), stage.id.clone()));
    common.conditions.push(source.get("Condition").and_then(Node::as_str).map(str::to_owned));
    common.deletion = source.get("DeletionPolicy").cloned().or(common.deletion.take());
    common.replace = source.get("UpdateReplacePolicy").cloned().or(common.replace.take());
    let (stages, deletion, replace) = (common.stages.clone(), common.deletion.clone(), common.replace.clone());
    let conditions = common.conditions.clone();
    let at = plan.at();
    let condition = translation.any_of(at, "SharedUsagePlanCondition", &conditions);
    let made = resources(at, ID, plan, &stages).map(|resource| {
        resource
            .attribute("Condition", condition.as_ref().map(|name| at.string(name)))
            .attribute("DeletionPolicy", deletion.clone())
            .attribute("UpdateReplacePolicy", replace.clone())
    });
    remember(translation, id, &made);
    made.into()
}

fn remember(translation: &mut Translation, id: &str, made: &[Resource; 3]) {
    for (name, resource) in ["UsagePlan", "ApiKey", "UsagePlanKey"].into_iter().zip(made) {
        translation.references.insert((id.to_owned(), name.to_owned()), resource.id.clone());
    }
}

/// The plan, the key and what binds them.
fn resources(at: At, prefix: &str, plan: &Node, stages: &[(String, String)]) -> [Resource; 3] {
    let plan_stages =
        stages.iter().map(|(api, stage)| at.map([("ApiId", at.reference(api)), ("Stage", at.reference(stage))]));
    let key_stages = stages
        .iter()
        .map(|(api, stage)| at.map([("RestApiId", at.reference(api)), ("StageName", at.reference(stage))]));
    let usage = Resource::new(at, format!("{prefix}UsagePlan"), "AWS::ApiGateway::UsagePlan")
        .with("ApiStages", at.list(plan_stages))
        .copy(plan, &["UsagePlanName", "Description", "Quota", "Throttle", "Tags"])
        .attribute("DependsOn", Some(at.strings(stages.iter().map(|(api, _)| api))));
    let key = Resource::new(at, format!("{prefix}ApiKey"), "AWS::ApiGateway::ApiKey")
        .with("Enabled", at.bool(true))
        .with("StageKeys", at.list(key_stages))
        .attribute("DependsOn", Some(at.strings([&usage.id])));
    let binding = Resource::new(at, format!("{prefix}UsagePlanKey"), "AWS::ApiGateway::UsagePlanKey")
        .with("KeyId", key.reference())
        .with("KeyType", at.string("API_KEY"))
        .with("UsagePlanId", usage.reference())
        .attribute("DependsOn", Some(at.strings([&key.id])));
    [usage, key, binding]
}
