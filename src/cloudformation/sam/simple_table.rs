//! `AWS::Serverless::SimpleTable`.

use super::build::At;
use super::edit::Edit;
use super::reject::{Outcome, reject};
use super::resource::Resource;
use super::translation::Translation;
use crate::parse::node::Node;

/// The table.
pub(super) fn generate(
    translation: &mut Translation,
    id: &str,
    source: &Node,
    properties: &Node,
) -> Outcome<Vec<Resource>> {
    let at = translation.key_at(id);
    let (name, kind) = primary_key(at, properties)?;
    let attribute = |value: (&str, Node)| at.list([at.map([("AttributeName", name.clone()), value])]);
    let mut table = Resource::new(at, id, "AWS::DynamoDB::Table")
        .with("AttributeDefinitions", attribute(("AttributeType", kind)))
        .with("KeySchema", attribute(("KeyType", at.string("HASH"))))
        .copy(properties, &["PointInTimeRecoverySpecification", "TableName", "SSESpecification"])
        .in_place_of(source);
    match properties.given("ProvisionedThroughput") {
        Some(throughput) => table.set("ProvisionedThroughput", throughput.clone()),
        None => table.set("BillingMode", at.string("PAY_PER_REQUEST")),
    }
    if let Some(tags) = properties.given("Tags") {
        table.set("Tags", super::tags::list(tags.at(), &[], Some(tags)));
    }
    Ok(vec![table])
}

/// The name and the attribute type of the primary key.
fn primary_key(at: At, properties: &Node) -> Outcome<(Node, Node)> {
    let Some(key) = properties.given("PrimaryKey") else { return Ok((at.string("id"), at.string("S"))) };
    let Some(name) = key.get("Name") else { return reject(key.span, "'PrimaryKey' needs 'Name'") };
    let Some(kind) = key.get("Type") else { return reject(key.span, "'PrimaryKey' needs 'Type'") };
    let letter = match kind.as_str() {
        Some("String") => "S",
        Some("Number") => "N",
        Some("Binary") => "B",
        Some(other) => return reject(kind.span, format!("'{other}' is no type of a primary key")),
        None => return Ok((name.clone(), kind.clone())),
    };
    Ok((name.clone(), kind.at().string(letter)))
}
