//! `AWS::Serverless::Application`: a nested stack from a template or from the AWS Serverless Application Repository.

use super::edit::Edit;
use super::intrinsics::is_call;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::tags;
use super::translation::Translation;
use crate::parse::node::Node;

/// The nested stack. The address of an application of the repository is known to the service alone; its stack has no
/// `TemplateURL`.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let mut system = vec![("lambda:createdBy", "SAM".to_owned())];
    let mut stack = Resource::new(at, id, "AWS::CloudFormation::Stack")
        .copy(properties, &["Parameters", "TimeoutInMinutes"])
        .copy_attributes(
            source,
            &["Condition", "DeletionPolicy", "UpdateReplacePolicy", "DependsOn", "UpdatePolicy", "Metadata"],
        );
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
                let text = match (&resolved.kind, resolved.as_str()) {
                    (_, Some(text)) => text.to_owned(),
                    (crate::parse::node::NodeKind::Number(text), _) => text.to_string(),
                    _ => return reject(value.span, format!("'{name}' must be a string or a reference to a parameter")),
                };
                if text.is_empty() {
                    return reject(value.span, format!("'{name}' must not be empty"));
                }
                if text.contains("{{resolve:") {
                    return reject(value.span, format!("'{name}' takes no dynamic reference"));
                }
                system.push((tag, text));
                Ok(())
            };
            part("ApplicationId", "serverlessrepo:applicationId")?;
            part("SemanticVersion", "serverlessrepo:semanticVersion")?;
        } else {
            stack.set("TemplateURL", location.clone());
        }
    }
    let system: Vec<(&str, &str)> = system.iter().map(|(key, value)| (*key, value.as_str())).collect();
    Ok(vec![stack.with("Tags", tags::list(at, &system, properties.get("Tags")))])
}
