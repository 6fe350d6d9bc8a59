//! Buckets of S3: the notification is written into the bucket of the template.

use super::super::edit::Edit;
use super::super::intrinsics::{is_call, ref_target};
use super::super::reject::{Outcome, reject};
use super::super::resource::Resource;
use super::super::tags;
use super::super::translation::Translation;
use super::{Consumer, Event, permission};
use crate::parse::node::{Node, NodeKind};

/// Leave for the bucket to invoke the function; the bucket gets its notification and waits for the leave.
pub(super) fn generate(translation: &mut Translation, consumer: &Consumer, event: &Event) -> Outcome<Vec<Resource>> {
    let at = event.at;
    let bucket = event.properties.get("Bucket").and_then(ref_target);
    let Some(id) = bucket.filter(|id| translation.kind_of(id) == Some("AWS::S3::Bucket")).map(str::to_owned) else {
        return Err(event.reject("the bucket must be a resource of the template"));
    };
    let allowed = permission::allow(consumer, event, "s3.amazonaws.com", "")
        .with("SourceAccount", at.reference("AWS::AccountId"));
    let condition = consumer.condition().map(str::to_owned);
    let depends = match &condition {
        // A dependency on what exists under a condition only has to hang on the condition itself.
        Some(condition) => Dependency::Tag(at.when(condition, allowed.reference(), at.string("no dependency"))),
        None => Dependency::Attribute(allowed.id.clone()),
    };
    let Some(bucket) = translation.resources.get_mut(&id) else { return Ok(vec![allowed]) };
    depend(bucket, depends, &allowed.id)?;
    notify(bucket, consumer, event, condition.as_deref())?;
    if let Some(tags) = consumer.source.get("Properties").and_then(tags::to_propagate) {
        let list = tags::list(tags.at(), &[], Some(tags));
        bucket.child("Properties").child("Tags").items_mut().extend(list.items().iter().cloned());
    }
    Ok(vec![allowed])
}

enum Dependency {
    Attribute(String),
    Tag(Node),
}

fn depend(bucket: &mut Node, dependency: Dependency, permission: &str) -> Outcome<()> {
    match dependency {
        Dependency::Attribute(id) => {
            let at = bucket.at();
            let new = at.string(&id);
            match bucket.get("DependsOn") {
                None => bucket.set("DependsOn", at.list([new])),
                Some(old) if old.as_str().is_some() => {
                    let both = old.at().list([old.clone(), new]);
                    bucket.set("DependsOn", both);
                }
                Some(old) if old.is_list() && old.items().iter().all(|item| item.as_str().is_some()) => {
                    bucket.child("DependsOn").items_mut().push(new);
                }
                Some(old) => return reject(old.span, "'DependsOn' must be a string or a list of strings"),
            }
        }
        Dependency::Tag(value) => {
            let at = value.at();
            let properties = mapping(bucket.child("Properties"))?;
            let key = format!("sam:ConditionalDependsOn:{permission}");
            let tag = at.map([("Key", at.string(key)), ("Value", value)]);
            match properties.get("Tags") {
                Some(tags) if !tags.is_list() => return reject(tags.span, "'Tags' must be a list"),
                _ => properties.child("Tags").items_mut().push(tag),
            }
        }
    }
    Ok(())
}

fn mapping(node: &mut Node) -> Outcome<&mut Node> {
    if node.is_null() {
        node.kind = NodeKind::Mapping(Vec::new());
    }
    match node.is_mapping() {
        true => Ok(node),
        false => reject(node.span, "This must be a mapping"),
    }
}

fn notify(bucket: &mut Node, consumer: &Consumer, event: &Event, condition: Option<&str>) -> Outcome<()> {
    let configuration = mapping(bucket.child("Properties"))?.child("NotificationConfiguration");
    if is_call(configuration) || !configuration.is_mapping() {
        return reject(configuration.span, "'NotificationConfiguration' must be a mapping");
    }
    if let Some(list) = configuration.get("LambdaConfigurations")
        && !list.is_list()
    {
        return reject(list.span, "'LambdaConfigurations' must be a list");
    }
    let at = event.at;
    let events = event.properties.get("Events");
    let kinds: Vec<Node> = match events {
        Some(events) if events.is_list() => events.items().to_vec(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    for kind in kinds {
        let mut entry = at.map([("Event", kind), ("Function", consumer.arn.clone())]);
        if let Some(filter) = event.properties.get("Filter") {
            entry.set("Filter", filter.clone());
        }
        let entry = match condition {
            Some(condition) => at.when(condition, entry, at.no_value()),
            None => entry,
        };
        configuration.child("LambdaConfigurations").items_mut().push(entry);
    }
    Ok(())
}
