//! Who of the own account could change a policy, to ask whether a Deny leaves it to anybody.

use crate::iam::condition::RequestContext;
use crate::iam::decide::{Because, Decision, IdentityPolicies, Request, can};
use crate::iam::document::{PolicyDocument, Statement};
use crate::iam::kind::PolicyKind;
use crate::iam::principal::{Owner, Who};

/// The most principals that are asked whether they can still change the policy.
const MAX_CANDIDATES: usize = 64;

/// The statement that denies an action to everyone of the own account whose policies would allow it.
pub(super) fn denied_to_all<'d>(
    document: &'d PolicyDocument,
    action: &str,
    context: &RequestContext,
) -> Option<&'d Statement> {
    document.denies().find(|statement| !statement.covers_action(action).is_false())?;
    let mut culprit = None;
    for who in candidates(document).into_iter().take(MAX_CANDIDATES) {
        let request = Request {
            principal: who,
            action: action.to_owned(),
            resource: None,
            context: context.clone(),
            identity: IdentityPolicies::Allow,
        };
        let answer = can(document, &[], &request);
        let denying = answer.because.iter().find_map(|because| match because {
            Because::Denied(index) => Some(*index),
            _ => None,
        });
        // Only a key policy must allow what policies of the account allow.
        let by_silence = document.kind == PolicyKind::Key && answer.decision == Decision::Deny;
        if denying.is_none() && !by_silence {
            return None;
        }
        culprit = culprit.or(denying);
    }
    document.statements.get(culprit?)
}

/// Principals of the own account that could change the policy: the root user, one that is named nowhere, and those that
/// are named anywhere.
fn candidates(document: &PolicyDocument) -> Vec<Who> {
    let own = &document.own_account;
    let role = |name: &str| Who::requester(&format!("arn:{}:iam::{own}:role/{name}", document.partition));
    let mut result = vec![Who::Account(own.clone()), role("unnamed")];
    for statement in &document.statements {
        let principals = statement.principals.iter().flat_map(|principals| &principals.items);
        result.extend(principals.map(|principal| principal.who.clone()).filter(|who| matches!(who, Who::Identity(_))));
        for condition in statement.conditions_on("aws:PrincipalArn") {
            result.extend(condition.values.iter().map(|value| Who::requester(&value.text.replace(['*', '?'], "x"))));
        }
    }
    result.retain(|who| matches!(document.owner_of(who), Some(Owner::Own | Owner::Unknown)));
    result
}
