//! `AWS::Serverless::LayerVersion`: a layer whose logical id changes with its content.

use super::edit::Edit;
use super::function::are_architectures;
use super::logical_id;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::s3_location::location;
use super::translation::Translation;
use crate::parse::node::Node;

/// The layer.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let mut resolved = properties.clone();
    for name in ["LayerName", "Description", "LicenseInfo", "RetentionPolicy"] {
        if let Some(value) = properties.get(name) {
            resolved.set(name, translation.fully_resolved(value)?);
        }
    }
    let retention = match resolved.given("RetentionPolicy") {
        None => None,
        Some(policy) => match policy.as_str() {
            Some(word) if word.eq_ignore_ascii_case("retain") => Some("Retain"),
            Some(word) if word.eq_ignore_ascii_case("delete") => Some("Delete"),
            _ => return reject(policy.span, "'RetentionPolicy' must be Retain or Delete"),
        },
    };
    let deletion = match (source.get("DeletionPolicy"), retention) {
        (_, Some(word)) => at.string(word),
        (Some(own), None) => own.clone(),
        (None, None) => at.string("Retain"),
    };
    let hashed = logical_id::hash(&at.map([("Properties", resolved.clone()), ("Id", at.string(id))]));
    let layer_id = format!("{id}{hashed}");
    if let Some(list) = resolved.given("CompatibleArchitectures")
        && !are_architectures(list)
    {
        return reject(list.span, "'CompatibleArchitectures' must have x86_64 and arm64 only");
    }
    let mut layer = Resource::new(at, &layer_id, "AWS::Lambda::LayerVersion")
        .with("LayerName", resolved.given("LayerName").cloned().unwrap_or_else(|| at.string(id)))
        .copy(&resolved, &["Description", "CompatibleArchitectures", "CompatibleRuntimes", "LicenseInfo"])
        .copy_attributes(source, &["Condition", "UpdateReplacePolicy", "DependsOn", "UpdatePolicy", "Metadata"])
        .attribute("DeletionPolicy", Some(deletion));
    if let Some(uri) = resolved.get("ContentUri") {
        layer.set("Content", location(uri, "ContentUri", ["S3Bucket", "S3Key", "S3ObjectVersion"])?);
    }
    translation.renamed.insert(id.to_owned(), layer_id);
    Ok(vec![layer])
}
