//! Where a plan is deployed to: what its data sources read of the provider.

use std::sync::Arc;

use crate::parse::node::Node;
use crate::resource::{Place, Resource};
use crate::value::Value;

/// The place of a plan. Data sources tell that of the provider with which they were read, so they tell nothing where
/// resources may belong to another one.
///
/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs>, the pages of these data sources;
/// <https://developer.hashicorp.com/terraform/internals/json-format#configuration-representation>.
pub(super) fn of(document: &Node, resources: &[Resource]) -> Place {
    if !has_one_provider(document) {
        return Place::default();
    }
    let read = |ty: &str, attributes: &[&str]| only(resources, ty, attributes);
    Place {
        account: read("aws_caller_identity", &["account_id"]),
        region: read("aws_region", &["region", "name", "id"]),
        partition: read("aws_partition", &["partition"]),
    }
}

/// Whether the configuration of a plan has one AWS provider.
fn has_one_provider(document: &Node) -> bool {
    let configured = document.get("configuration").and_then(|configuration| configuration.get("provider_config"));
    let configured = configured.map(Node::entries).unwrap_or_default();
    let named = configured.iter().filter(|entry| entry.value.get("name").and_then(Node::as_str) == Some("aws"));
    named.count() == 1
}

/// What all data sources of a type say in the first of these attributes that they have.
fn only(resources: &[Resource], ty: &str, attributes: &[&str]) -> Option<Arc<str>> {
    let sources = resources.iter().filter(|resource| resource.data && &*resource.ty == ty);
    let mut told = sources.map(|source| {
        let values = attributes.iter().find_map(|attribute| source.values.get(attribute));
        values.and_then(Value::as_str).filter(|text| !text.is_empty())
    });
    let first = told.next()??;
    told.all(|other| other == Some(first)).then(|| first.into())
}
