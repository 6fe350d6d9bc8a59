//! Principals of other accounts.

use crate::finding::Severity;
use crate::iam::arn::Arn;
use crate::iam::condition::{Narrowing, holds_back};
use crate::iam::document::{Principal, Statement};
use crate::iam::findings::subject::{name_actions, name_all};
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::keys::Role;
use crate::iam::kms::ActionSet;
use crate::iam::principal::{Owner, Who};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        found.extend(without_condition(subject, statement));
        found.extend(by_account_condition(subject, statement));
        found.extend(with_control(subject, statement));
        found.extend(dead_across_accounts(subject, statement));
    }
}

fn is_foreign(subject: &Subject<'_>, principal: &Principal) -> bool {
    subject.document.owner_of(&principal.who) == Some(Owner::Foreign)
}

/// The principals of other accounts, listed or named by a condition.
pub(in crate::iam::findings) fn principals<'s>(
    subject: &Subject<'_>,
    statement: &'s Statement,
) -> Vec<(usize, &'s Principal)> {
    statement.named_principals().filter(|(_, principal)| is_foreign(subject, principal)).collect()
}

/// The place of `*` where a condition narrows it to all principals of other accounts.
pub(in crate::iam::findings) fn everyone_elsewhere<'s>(
    subject: &Subject<'_>,
    statement: &'s Statement,
) -> Option<(usize, &'s Principal)> {
    let narrowing = subject.narrowing(statement);
    let foreign = narrowing.foreign_account && !narrowing.own_account && !narrowing.organization;
    let mut listed = statement.plain_principals().iter().enumerate();
    listed.find(|(_, principal)| principal.who == Who::Everyone).filter(|_| foreign && statement.bound.is_empty())
}

/// The other accounts to which conditions narrow `*`.
pub(in crate::iam::findings) fn accounts_elsewhere(subject: &Subject<'_>, statement: &Statement) -> Vec<Who> {
    let named =
        statement.conditions.iter().filter(|condition| holds_back(condition, statement)).flat_map(|condition| {
            let by_arn = condition.key.eq_ignore_ascii_case("aws:PrincipalArn");
            let by_id = ["aws:PrincipalAccount", "kms:CallerAccount"];
            let by_id = by_id.iter().any(|key| condition.key.eq_ignore_ascii_case(key));
            condition.values.iter().filter_map(move |value| match Arn::parse(&value.text) {
                Some(arn) if by_arn => Some(arn.account),
                None if by_id => Some(&*value.text),
                _ => None,
            })
        });
    let mut accounts: Vec<Who> = named
        .filter(|account| subject.document.owner(account) == Owner::Foreign)
        .map(|account| Who::Account(account.into()))
        .collect();
    accounts.dedup();
    accounts
}

/// Whether any condition narrows what a named principal may do. One that only names the account or the principal again
/// does not.
pub(in crate::iam::findings) fn has_second_condition(subject: &Subject<'_>, statement: &Statement) -> bool {
    let narrowing = subject.narrowing(statement);
    let by_arn = narrowing.foreign_account
        && statement.bound.is_empty()
        && statement.conditions_on("aws:PrincipalArn").next().is_some();
    Narrowing { foreign_account: by_arn, ..narrowing }.narrows_everyone()
        || narrowing.context
        || statement.conditions.iter().any(|condition| {
            let narrows = condition.known_key.is_some_and(|key| {
                matches!(key.role, Role::How | Role::What | Role::Grant | Role::WhichKey | Role::Guard | Role::WhoWeak)
            });
            narrows && holds_back(condition, statement)
        })
}

/// KP09: another account may use the key on no condition, and no Deny narrows that either.
fn without_condition(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let actions = statement.kms & ActionSet::crossing();
    if actions.is_empty() || has_second_condition(subject, statement) {
        return None;
    }
    let acting = subject.acting(statement).filter(|(_, principal, _)| is_foreign(subject, principal));
    let loose = acting.filter(|(_, _, reach)| reach.loose.meets(actions));
    let mut actions_left = ActionSet::EMPTY;
    let found: Vec<_> = loose
        .map(|(place, principal, reach)| {
            actions_left = actions_left | (reach.loose & actions);
            (place, principal)
        })
        .collect();
    found.first()?;
    let whole = found.iter().any(|(_, principal)| matches!(principal.who, Who::Account(_)));
    let (who, what) = (name_all(&found), name_actions(actions_left));
    let message = format!("{} allows {who}, outside this account, {what} without a condition", statement.name());
    let finding = subject.finding("KP09", statement, Subject::at_principals(&found), message).who(who).does(what);
    Some(if whole { finding.at_severity(Severity::High) } else { finding })
}

/// KP09 again: everyone, narrowed to another account.
fn by_account_condition(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let (place, _) = everyone_elsewhere(subject, statement)?;
    if has_second_condition(subject, statement) {
        return None;
    }
    let reaches = accounts_elsewhere(subject, statement).into_iter();
    let loose = reaches.map(|account| subject.reach_of_account(statement, &account).loose);
    let left = loose.fold(ActionSet::EMPTY, |set, loose| set | loose);
    if left.is_empty() {
        return None;
    }
    let what = name_actions(left);
    let message = format!("{} allows everyone of another account {what}", statement.name());
    let finding = subject.finding("KP09", statement, At::Principal(place), message).who("*").does(what);
    Some(finding.at_severity(Severity::High))
}

/// KP10: another account may hand on the use of the key.
fn with_control(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let create = ActionSet::CREATE_GRANT;
    if !statement.kms.contains(create) || subject.bounds_grants(statement) {
        return None;
    }
    let acting = subject.acting(statement);
    let free = acting.filter(|(_, principal, reach)| is_foreign(subject, principal) && reach.free.contains(create));
    let mut found: Vec<_> = free.map(|(place, principal, _)| (place, principal)).collect();
    let is_free = |account: &Who| subject.reach_of_account(statement, account).free.contains(create);
    found.extend(
        everyone_elsewhere(subject, statement).filter(|_| accounts_elsewhere(subject, statement).iter().any(is_free)),
    );
    found.first()?;
    let who = name_all(&found);
    let message =
        format!("{} lets {who}, outside this account, hand on the use of the key by grants", statement.name());
    let finding = subject.finding("KP10", statement, Subject::at_principals(&found), message);
    Some(finding.who(who).does("kms:CreateGrant"))
}

/// KP10 again: actions that do not work across accounts.
fn dead_across_accounts(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let mut found = principals(subject, statement);
    found.extend(everyone_elsewhere(subject, statement));
    // `*` does not count beside those to whom it is bound.
    let everyone = usize::from(!statement.bound.is_empty());
    // Principals of the own account may be listed for what works only there: then nothing must be left for the others.
    let shared = found.len() + everyone < statement.named_principals().count();
    if found.is_empty() || (shared && statement.kms.meets(ActionSet::crossing())) {
        return None;
    }
    let place = statement.plain_actions().iter().position(|action| {
        let actions = action.kms & ActionSet::on_key();
        !actions.is_empty() && !actions.meets(ActionSet::crossing())
    })?;
    let action = statement.plain_actions().get(place)?;
    let who = name_all(&found);
    let message = format!(
        "{} allows {who}, outside this account, {}, which does not work across accounts",
        statement.name(),
        action.part.show()
    );
    Some(subject.finding("KP10", statement, At::Action(place), message).who(who).does(action.part.show()))
}
