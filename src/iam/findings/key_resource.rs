//! What the resources of an identity policy say of keys.
//!
//! Source: "Specifying KMS keys in IAM policy statements" of the AWS KMS developer guide
//! (docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html).

use super::At;
use crate::iam::arn::{Arn, has_wildcard, is_account_id};
use crate::iam::document::{Resource, Statement};
use crate::iam::pattern::{Pattern, covered};
use crate::iam::symbol;

/// All keys of a partition.
fn every_key(partition: &str) -> Pattern {
    Pattern::exact_case(&format!("arn:{partition}:kms:*:*:key/*"))
}

/// Whether a statement may be about keys.
pub(super) fn is_about_keys(statement: &Statement, partition: &str) -> bool {
    statement.resources.as_ref().is_some_and(|listed| match listed.negated {
        true => !covered(&every_key(partition), listed.items.iter().map(|resource| &resource.pattern)),
        false => listed.items.iter().any(may_be_key),
    })
}

/// Whether a resource may be a key. Fields are looked at one by one: a star of the pattern spans colons, but no ARN of
/// another service is that of a key.
fn may_be_key(resource: &Resource) -> bool {
    if resource.pattern.is_everything() {
        return true;
    }
    match Arn::parse(&resource.part.text) {
        Some(arn) => {
            let kms = !Pattern::exact_case(arn.service).matches("kms").is_false();
            kms && !Pattern::exact_case(arn.resource).intersects(&Pattern::exact_case("key/*")).is_false()
        }
        None => !resource.pattern.intersects(&Pattern::exact_case("arn:aws:kms:*")).is_false(),
    }
}

/// Where a statement names all keys: of the account at least.
pub(super) fn all_keys(statement: &Statement) -> Option<At> {
    let resources = statement.resources.as_ref()?;
    if resources.negated {
        let keys = Pattern::exact_case("arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000");
        let spared = resources.items.iter().any(|resource| !resource.pattern.intersects(&keys).is_false());
        return (!spared).then_some(At::Resources);
    }
    resources.items.iter().position(is_all_keys).map(At::Resource)
}

fn is_all_keys(resource: &Resource) -> bool {
    if resource.pattern.is_everything() {
        return true;
    }
    let every_key = Pattern::exact_case("key/*");
    match Arn::parse(&resource.part.text) {
        Some(arn) => {
            Pattern::exact_case(arn.service).matches("kms").is_true()
                && Pattern::exact_case(arn.resource).includes(&every_key)
        }
        // Fewer fields, such as `arn:aws:kms:*`: the last star takes the rest.
        None => resource.pattern.includes(&Pattern::exact_case("arn:aws:kms:us-east-1:000000000000:key/*")),
    }
}

/// Whether the resources of a Deny include all keys that an Allow is about.
pub(super) fn takes_keys(denial: &Statement, allow: &Statement, partition: &str) -> bool {
    let (Some(denied), Some(allowed)) = (&denial.resources, &allow.resources) else { return false };
    let denied_items = || denied.items.iter().map(|resource| &resource.pattern);
    if denied.negated || denied.open || allowed.open {
        return false;
    }
    if denied_items().any(Pattern::is_everything) || covered(&every_key(partition), denied_items()) {
        return true;
    }
    let mut about_keys = allowed.items.iter().filter(|resource| may_be_key(resource));
    !allowed.negated && about_keys.all(|resource| covered(&resource.pattern, denied_items()))
}

/// Why a resource matches nothing that KMS has, if that is certain.
pub(super) fn fault(resource: &Resource) -> Option<&'static str> {
    let text = &*resource.part.text;
    if !text.starts_with("arn:") {
        return (!text.starts_with('*') && !symbol::has(text)).then_some("is no ARN");
    }
    let Some(arn) = Arn::parse(text) else {
        return (!has_wildcard(text) && !symbol::has(text)).then_some("lacks a field of an ARN");
    };
    if arn.service != "kms" {
        return None;
    }
    if !is_account_id(arn.account) && !has_wildcard(arn.account) && !symbol::has(arn.account) {
        return Some("has no account of twelve digits");
    }
    let named = Pattern::exact_case(arn.resource);
    let is = |kind: &str| !named.intersects(&Pattern::exact_case(kind)).is_false();
    (!is("key/*") && !is("alias/*")).then_some("names neither a key nor an alias")
}
