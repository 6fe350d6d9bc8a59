//! Keys that are open to everyone, or to more than their authors meant.

use rustc_hash::FxHashSet;

use crate::finding::Severity;
use crate::iam::arn::{Arn, is_free};
use crate::iam::condition::Test;
use crate::iam::document::{Principal, Statement};
use crate::iam::findings::subject::name_actions;
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::kms::ActionSet;
use crate::iam::principal::Who;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        found.extend(everyone(subject, statement));
        found.extend(everyone_in_account(subject, statement));
        found.extend(not_principal(subject, statement));
        found.extend(spanning_patterns(subject, statement));
    }
    for statement in subject.document.denies() {
        found.extend(deny_not_principal(subject, statement));
    }
}

/// What strangers get from a statement: its actions that work across accounts and are not denied to strangers.
fn for_strangers(subject: &Subject<'_>, statement: &Statement) -> ActionSet {
    if statement.covers_resource(subject.document, None).is_false() {
        return ActionSet::EMPTY;
    }
    (statement.kms & ActionSet::on_key()) - subject.denied_to_strangers
}

fn wildcard(statement: &Statement) -> Option<(usize, &Principal)> {
    statement.plain_principals().iter().enumerate().find(|(_, principal)| principal.who == Who::Everyone)
}

/// KP01, KP02: everyone may use the key, without a condition or with one that does not narrow who calls.
fn everyone(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let (place, _) = wildcard(statement)?;
    let actions = for_strangers(subject, statement);
    if actions.is_empty() || subject.narrowing(statement).narrows_everyone() {
        return None;
    }
    let what = name_actions(actions);
    let finding = if statement.conditions.is_empty() {
        let message = format!("{} allows everyone {what} without a condition", statement.name());
        subject.finding("KP01", statement, At::Principal(place), message)
    } else {
        let mut keys: Vec<&str> = statement.conditions.iter().map(|condition| &*condition.key).collect();
        let mut seen = FxHashSet::default();
        keys.retain(|key| seen.insert(key.to_ascii_lowercase()));
        let message = format!(
            "{} allows everyone {what}: its condition on {} does not narrow who calls",
            statement.name(),
            keys.join(", ")
        );
        subject.finding("KP02", statement, At::Principal(place), message)
    };
    Some(finding.who("*").does(what))
}

/// KP03: everyone of the account or organization may use the key without an IAM permission.
fn everyone_in_account(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let (place, _) = wildcard(statement)?;
    let narrowing = subject.narrowing(statement);
    let through_service = statement.conditions.iter().any(|condition| {
        condition.key.eq_ignore_ascii_case("kms:ViaService") && condition.operator.is_some_and(|op| op.is_positive())
    });
    let wide = match (narrowing.own_account, narrowing.organization) {
        (true, _) => !through_service && !narrowing.principals,
        (false, true) => !narrowing.principals,
        (false, false) => false,
    };
    let actions = for_strangers(subject, statement) | (statement.kms & ActionSet::on_key());
    if !wide || actions.is_empty() || narrowing.foreign_account {
        return None;
    }
    let whom = if narrowing.own_account { "account" } else { "organization" };
    let what = name_actions(actions);
    let message = format!("{} allows every principal of the {whom} {what} without an IAM permission", statement.name());
    Some(subject.finding("KP03", statement, At::Principal(place), message).who("*").does(what))
}

/// KP04: an Allow for everyone but some.
fn not_principal(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    statement.principals.as_ref().filter(|principals| principals.negated)?;
    let what = name_actions(statement.kms & ActionSet::on_key());
    let message = format!("{} allows everyone except those in NotPrincipal {what}", statement.name());
    Some(subject.finding("KP04", statement, At::Principals, message).who("everyone but those listed").does(what))
}

/// KP05: a Deny for everyone but some, which sessions and services do not escape.
fn deny_not_principal(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    statement.principals.as_ref().filter(|principals| principals.negated)?;
    let message = format!(
        "{} denies by NotPrincipal: sessions and services that are not listed are denied too",
        statement.name()
    );
    Some(subject.finding("KP05", statement, At::Principals, message))
}

/// KP46: a pattern for the caller that principals of any account can meet.
fn spanning_patterns(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    wildcard(statement)?;
    if for_strangers(subject, statement).is_empty() || subject.narrowing(statement).narrows_everyone() {
        return None;
    }
    let (place, condition) = statement.conditions.iter().enumerate().find(|(_, condition)| {
        let Some(operator) = condition.operator else { return false };
        let patterns = matches!(operator.test, Test::Arn | Test::StringLike);
        operator.is_positive() && patterns && condition.values.iter().any(|value| spans(&condition.key, &value.text))
    })?;
    let message =
        format!("{}: the pattern for {} is met by principals of any account", statement.name(), condition.key);
    let finding = subject.finding("KP46", statement, At::Condition(place), message).who("*");
    Some(finding.at_severity(Severity::High))
}

fn spans(key: &str, value: &str) -> bool {
    match key.to_ascii_lowercase().as_str() {
        "aws:principalarn" | "aws:sourcearn" => match Arn::parse(value) {
            Some(arn) => is_free(arn.account),
            None => is_free(value),
        },
        "aws:principalorgid" | "aws:principalaccount" | "kms:calleraccount" => is_free(value),
        _ => false,
    }
}
