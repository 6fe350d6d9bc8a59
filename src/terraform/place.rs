//! Where a configuration is deployed to, as its providers say.
//!
//! <https://registry.terraform.io/providers/hashicorp/aws/latest/docs>

use std::sync::Arc;

use super::providers::PREFIX;
use crate::partition::Partition;
use crate::resource::{Place, Resource};
use crate::value::Value;

/// The place that all AWS providers of a configuration agree on: a resource may belong to any of them. The region is left
/// open, since a resource can name its own; a partition holds whole accounts.
pub(super) fn of(resources: &[Resource]) -> Place {
    let providers = || resources.iter().filter(|resource| resource.ty.strip_prefix(PREFIX) == Some("aws"));
    Place { account: agreed(providers().map(account)), region: None, partition: agreed(providers().map(partition)) }
}

/// What all of them say.
fn agreed(mut told: impl Iterator<Item = Option<Arc<str>>>) -> Option<Arc<str>> {
    let first = told.next()??;
    told.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

/// The one account that a provider may be used with, or that of the role that it assumes.
fn account(provider: &Resource) -> Option<Arc<str>> {
    match provider.values.get("allowed_account_ids").filter(|allowed| !allowed.is_null()) {
        Some(allowed) => match allowed.as_list()? {
            [only] => only.as_str().filter(|id| is_id(id)).map(Arc::from),
            _ => None,
        },
        None => {
            // Of several roles, one by means of the other, the last one acts.
            let roles = provider.values.get("assume_role")?;
            let last = roles.as_list().map_or(Some(roles), <[Value]>::last)?;
            let role = last.get("role_arn")?.as_str()?;
            role.split(':').nth(4).filter(|id| is_id(id)).map(Arc::from)
        }
    }
}

fn is_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The partition of a provider's region.
fn partition(provider: &Resource) -> Option<Arc<str>> {
    let region = provider.values.get("region")?.as_str().filter(|region| !region.is_empty())?;
    Some(Partition::of_region(region).name.into())
}
