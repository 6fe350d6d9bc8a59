//! Conditions that never hold, and conditions that hold too often.

use crate::iam::arn::{Arn, has_wildcard};
use crate::iam::condition::{RequestContext, Set, Test, contradict, is_required};
use crate::iam::document::{Condition, Effect, Statement};
use crate::iam::findings::subject::name_all;
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::keys::{Role, ValueType};
use crate::iam::kms::ActionSet;
use crate::iam::principal::Who;
use crate::iam::request_keys;
use crate::iam::symbol;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in &subject.document.statements {
        found.extend(never_holds(subject, statement));
        if statement.effect == Effect::Allow {
            found.extend(for_all_values(subject, statement));
            found.extend(if_exists(subject, statement));
            found.extend(only_negated(subject, statement));
        }
    }
}

/// KP28: the statement never applies.
fn never_holds(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let finding = |place: usize, why: String| {
        let message = format!("{} never applies: {why}", statement.name());
        Some(subject.finding("KP28", statement, At::Condition(place), message).raised_for(statement.effect))
    };
    if let Some(place) = statement.conditions.iter().position(has_literal_wildcards) {
        let key = &statement.conditions.get(place)?.key;
        return finding(place, format!("wildcards in StringEquals for {key} stand for themselves"));
    }
    if let Some(place) = statement.conditions.iter().position(asks_for_session) {
        return finding(place, "requests of a session hold the ARN of its role in aws:PrincipalArn".to_owned());
    }
    // A Deny of plain requests, as people write it for other services too, does no harm.
    if statement.effect == Effect::Allow
        && let Some(place) = statement.conditions.iter().position(asks_for_plain)
    {
        return finding(place, "every request to KMS uses TLS".to_owned());
    }
    if let Some((place, key)) = contradiction(statement) {
        return finding(place, format!("its conditions on {key} contradict one another"));
    }
    if let Some((place, key)) = never_carried(statement) {
        return finding(place, format!("requests of its actions do not have {key}"));
    }
    let place = excluded_principals(subject, statement)?;
    let who = name_all(&subject.principals(statement, |_| true));
    let key = &statement.conditions.get(place)?.key;
    finding(place, format!("the condition on {key} excludes {who}"))
}

/// Whether all values of a literal comparison hold wildcards, for a key whose values never do.
fn has_literal_wildcards(condition: &Condition) -> bool {
    let literal = condition.operator.is_some_and(|operator| {
        matches!(operator.test, Test::StringEquals | Test::StringEqualsIgnoreCase) && operator.is_positive()
    });
    let Some(key) = condition.known_key.filter(|_| literal) else { return false };
    let text = key.role == Role::What && !condition.key.to_ascii_lowercase().starts_with("kms:encryptioncontext:aws:");
    !text
        && !matches!(key.name, "aws:UserAgent" | "aws:Referer")
        && !condition.open
        && !condition.values.is_empty()
        && condition.values.iter().all(|value| has_wildcard(&value.text) && !symbol::has(&value.text))
}

/// Two conditions on one key that cannot both hold.
fn contradiction(statement: &Statement) -> Option<(usize, &str)> {
    for (i, one) in statement.conditions.iter().enumerate() {
        for (j, other) in statement.conditions.iter().enumerate().take(64) {
            if i != j && one.key.eq_ignore_ascii_case(&other.key) && contradict(one, other) {
                return Some((i.max(j), &one.key));
            }
        }
        if i > 64 {
            break;
        }
    }
    None
}

/// Whether only sessions could meet a condition on `aws:PrincipalArn`, which holds the ARN of their role.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn>
fn asks_for_session(condition: &Condition) -> bool {
    let is_session = |text: &str| {
        Arn::parse(text).is_some_and(|arn| arn.service == "sts" && arn.resource.starts_with("assumed-role/"))
    };
    condition.key.eq_ignore_ascii_case("aws:PrincipalArn")
        && condition.operator.is_some_and(|operator| operator.is_positive())
        && !condition.open
        && !condition.values.is_empty()
        && condition.values.iter().all(|value| is_session(&value.text))
}

/// Whether a condition asks for a request without TLS, which KMS does not take.
fn asks_for_plain(condition: &Condition) -> bool {
    let tls = RequestContext::open().with_tls();
    condition.key.eq_ignore_ascii_case("aws:SecureTransport")
        && condition.operator.is_some()
        && condition.holds(&tls).is_false()
}

/// The condition on a key that requests of no listed action have, as far as those before it leave any.
fn never_carried(statement: &Statement) -> Option<(usize, &str)> {
    let mut left = statement.actions.as_ref()?.kms() & ActionSet::on_key();
    if left.is_empty() || statement.kms.meets(left) {
        return None;
    }
    let emptied = statement.conditions.iter().position(|condition| {
        left = request_keys::possible(left, condition);
        left.is_empty()
    })?;
    Some((emptied, &statement.conditions.get(emptied)?.key))
}

/// The condition that no listed principal can meet.
fn excluded_principals(subject: &Subject<'_>, statement: &Statement) -> Option<usize> {
    let principals = statement.plain_principals();
    let named = |who: &Who| matches!(who, Who::Identity(_) | Who::Account(_));
    if principals.is_empty() || !principals.iter().all(|principal| named(&principal.who)) {
        return None;
    }
    statement.conditions.iter().position(|condition| {
        let about_caller = condition.known_key.is_some_and(|key| matches!(key.role, Role::Who | Role::WhoWeak))
            && condition.operator.is_some();
        about_caller
            && principals.iter().all(|principal| match (&principal.who, condition.key.to_ascii_lowercase().as_str()) {
                // An account stands for all its principals; only the account itself is certain.
                (Who::Account(_), "aws:principalarn") => false,
                (who, _) => condition.holds(&subject.caller(who)).is_false(),
            })
    })
}

/// KP36: `ForAllValues` is true of requests that do not have the key at all.
fn for_all_values(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let open = statement.conditions.iter().enumerate().filter(|(_, condition)| {
        condition.operator.is_some_and(|operator| operator.set == Some(Set::ForAllValues))
            && !is_required(&condition.key, statement)
    });
    let finding = |(i, condition): (usize, &Condition)| {
        let message = format!("{}: ForAllValues on {} is true when the key is absent", statement.name(), condition.key);
        subject.finding("KP36", statement, At::Condition(i), message)
    };
    open.map(finding).collect()
}

/// KP37: `IfExists` is true of requests that do not have the key at all.
fn if_exists(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let narrowing = |condition: &Condition| {
        condition.known_key.is_some_and(|key| {
            matches!(
                key.role,
                Role::Who | Role::WhoWeak | Role::Source | Role::Network | Role::Grant | Role::Guard | Role::How
            )
        })
    };
    let open = statement.conditions.iter().enumerate().filter(|(_, condition)| {
        condition.operator.is_some_and(|operator| operator.if_exists && !operator.negated)
            && narrowing(condition)
            && !is_required(&condition.key, statement)
    });
    let finding = |(i, condition): (usize, &Condition)| {
        let message = format!("{}: requests without {} pass its condition", statement.name(), condition.key);
        subject.finding("KP37", statement, At::Condition(i), message)
    };
    open.map(finding).collect()
}

/// KP38: everyone but some is nearly everyone.
fn only_negated(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let services = !statement.plain_principals().is_empty()
        && statement.plain_principals().iter().all(|principal| matches!(principal.who, Who::Service(_)));
    let narrowing = subject.narrowing(statement);
    let narrowed = if services { narrowing.narrows_service() } else { narrowing.narrows_everyone() };
    if narrowed || !(services || statement.is_for_everyone()) {
        return None;
    }
    let (place, condition) = statement.conditions.iter().enumerate().find(|(_, condition)| {
        let who = condition.known_key.is_some_and(|key| matches!(key.role, Role::Who | Role::Source | Role::Network));
        who && condition.operator.is_some_and(|operator| operator.negated)
    })?;
    let message =
        format!("{}: {} {} only excludes some callers", statement.name(), condition.operator_text, condition.key);
    Some(subject.finding("KP38", statement, At::Condition(place), message).who("*"))
}

/// Whether values of this type are text, to which string operators apply.
pub(super) fn is_textual(ty: ValueType) -> bool {
    matches!(ty, ValueType::String | ValueType::Arn)
}
