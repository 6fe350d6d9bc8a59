//! Whom conditions name.

use super::{Effect, Principal, Statement};
use crate::iam::arn::is_free;
use crate::iam::condition::holds_back;
use crate::iam::principal::{Sort, Who};

/// The roles and users to which conditions on `aws:PrincipalArn` bind an Allow for everyone: as good as naming them.
/// Requests of a session hold the ARN of its role, so sessions are never meant.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn>
pub(super) fn principals(statement: &Statement) -> Vec<Principal> {
    if statement.effect != Effect::Allow || !statement.is_for_everyone() {
        return Vec::new();
    }
    let exact = statement.conditions_on("aws:PrincipalArn").find(|condition| {
        let free = condition.values.iter().any(|value| is_free(&value.text));
        !free && !condition.open && !condition.values.is_empty() && holds_back(condition, statement)
    });
    let values = exact.into_iter().flat_map(|condition| &condition.values);
    let named = values.filter_map(|value| match Who::aws(&value.text) {
        who @ Who::Identity(_) => {
            Some(Principal { ty: "AWS".into(), who, part: value.clone(), writes_partition: false })
        }
        _ => None,
    });
    named
        .filter(|principal| !matches!(&principal.who, Who::Identity(identity) if identity.sort == Sort::Session))
        .collect()
}
