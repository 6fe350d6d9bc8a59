//! `DeploymentPreference`: traffic moves to a new version of a function by and by, under CodeDeploy.

use indexmap::IndexMap;

use super::arn;
use super::build::At;
use super::edit::Edit;
use super::intrinsics::{is_call, is_no_value};
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::role::trust;
use super::tags;
use super::translation::Translation;
use crate::parse::node::Node;

const APPLICATION: &str = "ServerlessDeploymentApplication";
const ROLE: &str = "CodeDeployServiceRole";
const CONDITION: &str = "ServerlessCodeDeployCondition";

/// Deployment configurations that CodeDeploy has for Lambda functions.
const PREDEFINED: [&str; 9] = [
    "AllAtOnce",
    "Canary10Percent10Minutes",
    "Canary10Percent15Minutes",
    "Canary10Percent30Minutes",
    "Canary10Percent5Minutes",
    "Linear10PercentEvery10Minutes",
    "Linear10PercentEvery1Minute",
    "Linear10PercentEvery2Minutes",
    "Linear10PercentEvery3Minutes",
];

/// The functions that are deployed by and by.
#[derive(Default)]
pub(super) struct Deployments(IndexMap<String, Deployment>);

struct Deployment {
    preference: Node,
    condition: Option<Node>,
    tags: Option<Node>,
}

/// Whether the preference is in force.
pub(super) fn is_enabled(translation: &Translation, preference: &Node) -> Outcome<bool> {
    let Some(enabled) = preference.get("Enabled") else { return Ok(true) };
    let enabled = translation.resolved(enabled)?;
    Ok(match enabled.as_str() {
        Some(text) => !text.eq_ignore_ascii_case("false"),
        None => enabled.as_bool() != Some(false),
    })
}

/// The update policy for the alias of a function, which is noted for [`Translation::add_deployments`].
pub(super) fn update_policy(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    preference: &Node,
) -> Outcome<Option<Node>> {
    if is_call(preference) {
        return reject(preference.span, "'DeploymentPreference' must be a mapping");
    }
    if !is_enabled(translation, preference)? {
        return Ok(None);
    }
    if preference.given("Type").is_none() {
        return reject(preference.span, "'DeploymentPreference' needs 'Type'");
    }
    let preference = &translation.fully_resolved(preference)?;
    let at = preference.at();
    let group = group_id(id);
    let mut update =
        at.map([("ApplicationName", at.reference(APPLICATION)), ("DeploymentGroupName", at.reference(&group))]);
    if let Some(hooks) = preference.given("Hooks") {
        if !hooks.is_mapping() {
            return reject(hooks.span, "'Hooks' of 'DeploymentPreference' must be a mapping");
        }
        for (name, hook) in [("PreTraffic", "BeforeAllowTrafficHook"), ("PostTraffic", "AfterAllowTrafficHook")] {
            if let Some(function) = hooks.given(name) {
                update.set(hook, function.clone());
            }
        }
    }
    let passes = match preference.get("PassthroughCondition") {
        Some(passes) => {
            let passes = translation.resolved(passes)?;
            passes.as_bool() == Some(true) || passes.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true"))
        }
        None => false,
    };
    let condition = source.get("Condition").filter(|_| passes).cloned();
    if let Some(alarms) = preference.given("Alarms").filter(|alarms| !alarms.is_list() && !is_call(alarms)) {
        return reject(alarms.span, "'Alarms' of 'DeploymentPreference' must be a list");
    }
    let tags = source.get("Properties").and_then(tags::to_propagate).map(|tags| tags::list(tags.at(), &[], Some(tags)));
    let deployment = Deployment { preference: preference.clone(), condition, tags };
    translation.deployments.0.insert(id.to_owned(), deployment);
    Ok(Some(at.map([("CodeDeployLambdaAliasUpdate", update)])))
}

fn group_id(id: &str) -> String {
    format!("{id}DeploymentGroup")
}

impl Translation<'_> {
    /// Adds the CodeDeploy application, its role and a deployment group per function.
    pub(super) fn add_deployments(&mut self) {
        let deployments = std::mem::take(&mut self.deployments).0;
        let Some((first_id, first)) = deployments.first() else { return };
        let first_id = first_id.clone();
        let at = first.preference.at();
        let mut conditions: Vec<&str> =
            deployments.values().filter_map(|deployment| deployment.condition.as_ref()?.as_str()).collect();
        let all = deployments.values().all(|deployment| deployment.condition.is_some());
        conditions.sort_unstable();
        conditions.dedup();
        let condition = match (all, conditions.as_slice()) {
            (true, [one]) => Some(at.string(one)),
            (true, [_, _, ..]) => {
                let names = conditions.iter().map(|name| (*name).to_owned()).collect();
                self.add_any_of(at, CONDITION, names);
                Some(at.string(CONDITION))
            }
            _ => None,
        };
        let tags = deployments.values().find_map(|deployment| deployment.tags.clone());
        let application = Resource::new(at, APPLICATION, "AWS::CodeDeploy::Application")
            .with("ComputePlatform", at.string("Lambda"))
            .maybe("Tags", tags.clone())
            .attribute("Condition", condition.clone());
        self.origins.note(&application.id, &first_id);
        self.resources.insert(application.id.clone(), application.into_node());
        if deployments.values().any(|deployment| deployment.preference.given("Role").is_none()) {
            let policy = match self.partition() {
                "aws-iso" | "aws-iso-b" => "service-role/AWSCodeDeployRoleForLambdaLimited",
                _ => "service-role/AWSCodeDeployRoleForLambda",
            };
            let role = Resource::new(at, ROLE, "AWS::IAM::Role")
                .with("AssumeRolePolicyDocument", trust(at, &["codedeploy.amazonaws.com"]))
                .with("ManagedPolicyArns", at.strings([arn::managed_policy(self.partition(), policy)]))
                .maybe("Tags", tags)
                .attribute("Condition", condition);
            self.origins.note(&role.id, &first_id);
            self.resources.insert(role.id.clone(), role.into_node());
        }
        for (id, deployment) in deployments {
            let group = group(&id, deployment);
            self.origins.note(&group.id, &id);
            self.resources.insert(group.id.clone(), group.into_node());
        }
    }
}

fn group(id: &str, deployment: Deployment) -> Resource {
    let preference = &deployment.preference;
    let at = preference.at();
    let rollback = at.map([
        ("Enabled", at.bool(true)),
        ("Events", at.strings(["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"])),
    ]);
    let style =
        at.map([("DeploymentType", at.string("BLUE_GREEN")), ("DeploymentOption", at.string("WITH_TRAFFIC_CONTROL"))]);
    let mut group = Resource::new(at, group_id(id), "AWS::CodeDeploy::DeploymentGroup")
        .with("ApplicationName", at.reference(APPLICATION))
        .with("AutoRollbackConfiguration", rollback)
        .with("DeploymentStyle", style)
        .with("ServiceRoleArn", preference.given("Role").cloned().unwrap_or_else(|| at.get_att(ROLE, "Arn")))
        .copy(preference, &["TriggerConfigurations"])
        .maybe("Tags", deployment.tags)
        .attribute("Condition", deployment.condition);
    if let Some(kind) = preference.get("Type") {
        group.set("DeploymentConfigName", configuration(kind, 0));
    }
    if let Some(alarms) = preference.given("Alarms").filter(|alarms| !is_no_value(alarms)) {
        group.set("AlarmConfiguration", alarm_configuration(alarms));
    }
    group
}

/// The name of the deployment configuration: predefined ones get their prefix, under conditions too.
fn configuration(kind: &Node, depth: usize) -> Node {
    let at = kind.at();
    match kind.as_str() {
        _ if depth > crate::parse::MAX_DEPTH => kind.clone(),
        Some(name) if PREDEFINED.contains(&name) => {
            at.sub_with("CodeDeployDefault.Lambda${ConfigName}", [("ConfigName", kind.clone())])
        }
        _ => match super::intrinsics::call(kind) {
            Some(("Fn::Sub", text)) if text.as_str().is_some_and(|name| PREDEFINED.contains(&name)) => {
                configuration(text, depth)
            }
            Some(("Fn::If", arguments)) => {
                let items = arguments.items().iter().enumerate();
                let items = items.map(|(i, item)| if i == 0 { item.clone() } else { configuration(item, depth + 1) });
                at.map([("Fn::If", at.list(items))])
            }
            _ => kind.clone(),
        },
    }
}

fn alarm_configuration(alarms: &Node) -> Node {
    let at = alarms.at();
    let named = |alarms: &Node| {
        let at = alarms.at();
        at.map([
            ("Enabled", at.bool(true)),
            ("Alarms", at.list(alarms.items().iter().map(|alarm| alarm_name(at, alarm)))),
        ])
    };
    if let Some([condition, then, otherwise]) = super::intrinsics::if_arguments(alarms) {
        let branch = |node: &Node| if node.is_list() { named(node) } else { node.clone() };
        return at.map([("Fn::If", at.list([condition.clone(), branch(then), branch(otherwise)]))]);
    }
    named(alarms)
}

fn alarm_name(at: At, alarm: &Node) -> Node {
    at.map([("Name", alarm.clone())])
}
