//! Who may create grants.

use super::duties::gives_itself_use;
use crate::iam::condition::Set;
use crate::iam::document::Statement;
use crate::iam::findings::subject::{Reach, is_own_identity, name_all};
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::keys::Role;
use crate::iam::kms::ActionSet;
use crate::iam::principal::Who;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        if statement.kms.contains(ActionSet::CREATE_GRANT) && !subject.bounds_grants(statement) {
            found.extend(unbounded(subject, statement));
            found.extend(ineffective(subject, statement));
        }
    }
}

/// The condition of a statement that is about grants, with its place.
fn grant_condition(statement: &Statement) -> Option<usize> {
    statement.conditions.iter().position(|condition| condition.known_key.is_some_and(|key| key.role == Role::Grant))
}

/// KP13: grants without bounds. Administrators that have them by a wildcard are KP12's.
fn unbounded(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    if grant_condition(statement).is_some() {
        return None;
    }
    let create = ActionSet::CREATE_GRANT;
    let place = statement.plain_actions().iter().position(|action| action.kms.contains(create));
    let by_name = statement
        .plain_actions()
        .iter()
        .any(|action| action.kms.contains(create) && action.kms.iter().all(|action| action.name.contains("Grant")));
    let document = subject.document;
    let unbounded = |who: &Who, reach: &Reach| {
        let administrator = is_own_identity(document, who) && gives_itself_use(reach.free);
        !document.is_own_root(who) && reach.free.contains(create) && (by_name || !administrator)
    };
    let named = subject.acting(statement).filter(|(_, principal, reach)| unbounded(&principal.who, reach));
    let mut principals: Vec<_> = named.map(|(place, principal, _)| (place, principal)).collect();
    if statement.bound.is_empty() && !subject.direct_grants_denied {
        principals.extend(subject.principals(statement, |principal| principal.who == Who::Everyone));
        principals.sort_by_key(|(place, _)| *place);
    }
    principals.first()?;
    let who = name_all(&principals);
    let message = format!("{} lets {who} grant any use of the key to anyone", statement.name());
    let at = place.map_or(At::Actions, At::Action);
    Some(subject.finding("KP13", statement, at, message).who(who).does("kms:CreateGrant"))
}

/// KP14: a condition on grants that does not hold back.
fn ineffective(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let place = grant_condition(statement)?;
    let condition = statement.conditions.get(place)?;
    let why = match condition.operator {
        Some(operator) if operator.if_exists => "an absent key passes it",
        Some(operator) if operator.set == Some(Set::ForAllValues) => "an absent key passes it",
        Some(operator) if operator.set == Some(Set::ForAnyValue) => {
            "one listed operation is enough, the others are free"
        }
        Some(operator) if operator.negated => "it only excludes",
        _ => "direct calls pass it",
    };
    let message = format!("{}: the condition on {} does not bound grants: {why}", statement.name(), condition.key);
    Some(subject.finding("KP14", statement, At::Condition(place), message).does("kms:CreateGrant"))
}
