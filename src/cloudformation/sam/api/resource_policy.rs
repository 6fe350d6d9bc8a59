//! `ResourcePolicy`: who may call an API, from which accounts, addresses and networks.

use super::super::build::At;
use super::super::edit::Edit;
use super::super::intrinsics::is_call;
use super::super::openapi::{self, ANY_METHOD};
use super::super::reject::{Outcome, reject};
use super::super::role::same;
use crate::parse::node::Node;

const EXTENSION: &str = "x-amazon-apigateway-policy";
const INVOKE: &str = "execute-api:Invoke";

/// Writes the policy for all paths into the document.
pub(super) fn of_api(body: &mut Node, policy: &Node, stage: &Node) -> Outcome<()> {
    check(policy)?;
    let paths: Vec<String> = body
        .get("paths")
        .map(Node::entries)
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.key.as_str().to_owned())
        .collect();
    for path in &paths {
        statements(body, policy, path, stage)?;
    }
    custom(body, policy);
    Ok(())
}

/// Writes the policy for one path into the document.
pub(super) fn of_path(body: &mut Node, policy: &Node, path: &str, stage: &Node) -> Outcome<()> {
    check(policy)?;
    statements(body, policy, path, stage)?;
    custom(body, policy);
    Ok(())
}

fn check(policy: &Node) -> Outcome<()> {
    if !policy.is_mapping() || is_call(policy) {
        return reject(policy.span, "'ResourcePolicy' must be a mapping");
    }
    for name in ["SourceVpcWhitelist", "SourceVpcBlacklist"] {
        if let Some(list) = policy.get(name)
            && (!list.is_list() || list.items().iter().any(|item| item.as_str().is_none()))
        {
            return reject(list.span, format!("'{name}' must be a list of strings"));
        }
    }
    Ok(())
}

fn custom(body: &mut Node, policy: &Node) {
    let Some(custom) = policy.given("CustomStatements") else { return };
    let items = if custom.is_list() { custom.items().to_vec() } else { vec![custom.clone()] };
    let single = !custom.is_list();
    add(body, custom.at(), items, single);
}

/// Adds statements; a first single one stands without a list.
fn add(body: &mut Node, at: At, items: Vec<Node>, single: bool) {
    let policy = body.child(EXTENSION);
    policy.set("Version", at.string("2012-10-17"));
    match policy.get("Statement").cloned() {
        None if single => {
            if let Some(only) = items.into_iter().next() {
                policy.set("Statement", only);
            }
        }
        None => policy.set("Statement", at.list(items)),
        Some(known) => {
            let mut all = if known.is_list() { known.items().to_vec() } else { vec![known] };
            for item in items {
                if !all.iter().any(|other| same(other, &item)) {
                    all.push(item);
                }
            }
            policy.set("Statement", at.list(all));
        }
    }
}

fn statements(body: &mut Node, policy: &Node, path: &str, stage: &Node) -> Outcome<()> {
    for (name, effect) in [("AwsAccountWhitelist", "Allow"), ("AwsAccountBlacklist", "Deny")] {
        let Some(accounts) = policy.given(name) else { continue };
        let at = accounts.at();
        let list = if accounts.is_list() { accounts.clone() } else { at.list([accounts.clone()]) };
        let statement = at.map([
            ("Action", at.string(INVOKE)),
            ("Effect", at.string(effect)),
            ("Resource", resources(body, path, stage, at)?),
            ("Principal", at.map([("AWS", list)])),
        ]);
        add(body, at, vec![statement], true);
    }
    for (name, test) in [("IpRangeWhitelist", "NotIpAddress"), ("IpRangeBlacklist", "IpAddress")] {
        let Some(ranges) = policy.given(name) else { continue };
        let at = ranges.at();
        let list = if ranges.is_list() { ranges.clone() } else { at.list([ranges.clone()]) };
        restrict(body, at, path, stage, (test, at.map([("aws:SourceIp", list)])))?;
    }
    let networks = [
        ("StringEquals", "SourceVpcBlacklist", "IntrinsicVpcBlacklist", "IntrinsicVpceBlacklist"),
        ("StringNotEquals", "SourceVpcWhitelist", "IntrinsicVpcWhitelist", "IntrinsicVpceWhitelist"),
    ];
    for (test, plain, vpcs, endpoints) in networks {
        if let Some((at, condition)) = network_condition(policy, plain, vpcs, endpoints) {
            restrict(body, at, path, stage, (test, condition))?;
        }
    }
    Ok(())
}

fn network_condition(policy: &Node, plain: &str, vpcs: &str, endpoints: &str) -> Option<(At, Node)> {
    let items = |name: &str| policy.get(name).map(Node::items).unwrap_or_default().to_vec();
    let starting = |prefix: &str| -> Vec<Node> {
        items(plain).into_iter().filter(|item| item.as_str().is_some_and(|text| text.starts_with(prefix))).collect()
    };
    let mut networks = starting("vpc-");
    networks.extend(items(vpcs));
    let mut gateways = starting("vpce-");
    gateways.extend(items(endpoints));
    let at = [plain, vpcs, endpoints].into_iter().find_map(|name| policy.get(name))?.at();
    let mut condition = at.map::<&str>([]);
    for (key, list) in [("aws:SourceVpc", networks), ("aws:SourceVpce", gateways)] {
        if !list.is_empty() {
            condition.set(key, at.list(list));
        }
    }
    condition.is_truthy().then_some((at, condition))
}

/// Allows everyone, and denies under a condition.
fn restrict(body: &mut Node, at: At, path: &str, stage: &Node, (test, condition): (&str, Node)) -> Outcome<()> {
    let resources = resources(body, path, stage, at)?;
    let statement = |effect: &str| {
        at.map([
            ("Action", at.string(INVOKE)),
            ("Effect", at.string(effect)),
            ("Resource", resources.clone()),
            ("Principal", at.string("*")),
        ])
    };
    let mut deny = statement("Deny");
    deny.set("Condition", at.map([(test, condition)]));
    add(body, at, vec![statement("Allow"), deny], false);
    Ok(())
}

/// The ARNs of the methods of a path.
fn resources(body: &mut Node, path: &str, stage: &Node, at: At) -> Outcome<Node> {
    let pattern = openapi::wildcard(path);
    let trimmed = if pattern.len() > 1 { pattern.trim_end_matches('/') } else { &pattern };
    let mut list = Vec::new();
    let Some(item) = body.get_mut("paths").and_then(|paths| paths.get_mut(path)) else { return Ok(at.list([])) };
    openapi::each_content(item, &mut |item| {
        for entry in item.entries() {
            let method = match entry.key.as_str() {
                ANY_METHOD | "any" => "*".to_owned(),
                other => other.to_uppercase(),
            };
            let text = format!("execute-api:/${{__Stage__}}/{method}{trimmed}");
            list.push(at.sub_with(text, [("__Stage__", stage.clone())]));
        }
        Ok(())
    })?;
    Ok(at.list(list))
}
