//! `AWS::Serverless::Application`: a nested stack from a template or from the AWS Serverless Application Repository.

use super::edit::Edit;
use super::intrinsics::{call, is_call};
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::tags;
use super::translation::Translation;
use crate::parse::node::Node;

/// The functions that may say which application of the repository is meant.
const RESOLVED: [&str; 2] = ["Ref", "Fn::FindInMap"];

/// The nested stack. The address of an application of the repository is known to the service alone; its stack has no
/// `TemplateURL`.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let mut named = Vec::new();
    let mut stack = Resource::new(at, id, "AWS::CloudFormation::Stack")
        .copy(properties, &["Parameters", "TimeoutInMinutes"])
        .in_place_of(source);
    if let Some(topics) = properties.get("NotificationARNs") {
        stack.set("NotificationARNs", topics.clone());
    }
    if let Some(location) = properties.get("Location") {
        if location.is_mapping() && !is_call(location) {
            let mut part = |name: &str, tag: &'static str| {
                let Some(value) = location.get(name).filter(|value| !value.is_null()) else {
                    return reject(location.span, format!("'Location' needs '{name}'"));
                };
                let resolved = translation.fully_resolved(value)?;
                if let Some((function, _)) = call(&resolved).filter(|(function, _)| !RESOLVED.contains(function)) {
                    return reject(value.span, format!("'{name}' takes Ref and Fn::FindInMap, not {function}"));
                }
                if !resolved.is_truthy() {
                    return reject(value.span, format!("'{name}' must not be empty"));
                }
                if resolved.as_str().is_some_and(|text| text.contains("{{resolve:")) {
                    return reject(value.span, format!("'{name}' takes no dynamic reference"));
                }
                named.push((tag, resolved));
                Ok(())
            };
            part("ApplicationId", "serverlessrepo:applicationId")?;
            part("SemanticVersion", "serverlessrepo:semanticVersion")?;
        } else {
            stack.set("TemplateURL", location.clone());
        }
    }
    let mut all = tags::list(at, &[("lambda:createdBy", "SAM")], None);
    let named = named.into_iter().map(|(key, value)| value.at().map([("Key", at.string(key)), ("Value", value)]));
    all.items_mut().extend(named);
    all.items_mut().extend(tags::list(at, &[], properties.get("Tags")).items().iter().cloned());
    Ok(vec![stack.with("Tags", all)])
}
