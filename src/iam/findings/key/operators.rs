//! Operators, keys and values that do not fit together.

use super::conditions::is_textual;
use super::covered::principals_within;
use crate::iam::condition::{Operator, Order, Presence, RequestContext, Test, date, implies, network, number};
use crate::iam::document::{Condition, Effect, Part, Statement};
use crate::iam::findings::subject::MAX_PAIRED;
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::keys::{self, Key, Role, ValueType};
use crate::iam::kms::ActionSet;
use crate::iam::{symbol, via_service};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in &subject.document.statements {
        found.extend(misfit(subject, statement));
        found.extend(unknown(subject, statement));
        found.extend(never_a_service(subject, statement));
        if statement.effect == Effect::Deny {
            found.extend(network_deny(subject, statement));
            found.extend(mfa_deny(subject, statement));
        }
    }
}

/// KP39: the operator or a value is not of the key's type.
fn misfit(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let misfits = statement.conditions.iter().enumerate().filter_map(|(i, condition)| {
        let (operator, key) = (condition.operator?, condition.known_key?);
        let what = if !fits(operator, key) {
            format!("{} does not fit {}", condition.operator_text, condition.key)
        } else if operator.set.is_some() && !key.multi {
            format!("{} has one value only, so {} is not reliable", condition.key, condition.operator_text)
        } else {
            let wrong = condition.values.iter().find(|value| !is_of_type(operator.test, &value.text))?;
            format!("{} cannot be compared with {}", condition.key, wrong.show())
        };
        let message = format!("{}: {what}", statement.name());
        Some(subject.finding("KP39", statement, At::Condition(i), message).raised_for(statement.effect))
    });
    misfits.collect()
}

fn fits(operator: Operator, key: &Key) -> bool {
    match operator.test {
        Test::Null => true,
        Test::StringEquals | Test::StringEqualsIgnoreCase | Test::StringLike => is_textual(key.ty),
        Test::Arn => key.ty == ValueType::Arn || matches!(key.role, Role::What | Role::Grant),
        Test::Bool => key.ty == ValueType::Bool,
        Test::Numeric(_) => key.ty == ValueType::Number || matches!(key.name, "aws:EpochTime" | "kms:ValidTo"),
        Test::Date(_) => key.ty == ValueType::Date,
        Test::Ip => key.ty == ValueType::Ip,
        Test::Binary => key.name.starts_with("kms:RecipientAttestation"),
    }
}

/// Whether a value can be what the test compares.
fn is_of_type(test: Test, value: &str) -> bool {
    if symbol::has(value) {
        return true;
    }
    match test {
        Test::Bool | Test::Null => value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false"),
        Test::Numeric(_) => number(value).is_some(),
        Test::Date(_) => date(value).is_some(),
        Test::Ip => network(value).is_some(),
        _ => true,
    }
}

/// KP40: keys and operators that do not exist.
fn unknown(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let unknown = statement.conditions.iter().enumerate().filter_map(|(i, condition)| {
        let what = if condition.operator.is_none() {
            format!("there is no operator {}", condition.operator_text)
        } else if condition.known_key.is_none()
            || condition.key.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("s3:"))
        {
            let hint = keys::nearest(&condition.key).map_or(String::new(), |name| format!("; {name} may be meant"));
            format!("requests to KMS have no condition key {}{hint}", symbol::show(&condition.key))
        } else {
            return None;
        };
        let message = format!("{}: {what}", statement.name());
        Some(subject.finding("KP40", statement, At::Condition(i), message).raised_for(statement.effect))
    });
    unknown.take(MAX_UNKNOWN).collect()
}

/// The most unknown keys that are reported for one statement.
const MAX_UNKNOWN: usize = 50;

/// KP42: values that `kms:ViaService` never has.
fn never_a_service(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let conditions = statement.conditions.iter().enumerate();
    let of_key = conditions.filter(|(_, condition)| {
        condition.key.eq_ignore_ascii_case("kms:ViaService")
            && condition.operator.is_some_and(|operator| operator.test != Test::Null)
    });
    let wrong = of_key.filter_map(|(i, condition)| {
        let test = condition.operator?.test;
        let never = |value: &Part| via_service::check(test, &value.text).err();
        let (value, hint) = condition.values.iter().find_map(|value| Some((value, never(value)?)))?;
        let hint = hint.map_or(String::new(), |right| format!("; {right} may be meant"));
        let message = format!("{}: kms:ViaService is never {}{hint}", statement.name(), value.show());
        Some(subject.finding("KP42", statement, At::Condition(i), message).raised_for(statement.effect))
    });
    wrong.collect()
}

/// KP43: a Deny by network that hits calls that services make for the principal.
fn network_deny(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let (place, condition) = statement.conditions.iter().enumerate().find(|(_, condition)| {
        condition.known_key.is_some_and(|key| key.role == Role::Network)
            && condition.operator.is_some_and(|operator| operator.negated)
    })?;
    let by = &*condition.key;
    let present =
        |condition: &Condition, word: &str| condition.values.iter().any(|value| value.text.eq_ignore_ascii_case(word));
    let excepted = statement.conditions_open
        || statement.conditions.iter().any(|condition| {
            let null = condition.operator.is_some_and(|operator| operator.test == Test::Null);
            let negated = condition.operator.is_some_and(|operator| operator.negated);
            match condition.known_key.map(|key| key.name) {
                Some("aws:ViaAWSService") => present(condition, "false"),
                Some("kms:ViaService" | "aws:CalledVia" | "aws:CalledViaFirst" | "aws:CalledViaLast") => {
                    negated || (null && present(condition, "true"))
                }
                Some(_) if null => condition.key.eq_ignore_ascii_case(by) && present(condition, "false"),
                _ => false,
            }
        });
    if excepted {
        return None;
    }
    let message = format!(
        "{} denies by {}, which calls that AWS services make for a principal do not have",
        statement.name(),
        condition.key
    );
    Some(subject.finding("KP43", statement, At::Condition(place), message))
}

/// KP44: requests with long-lived access keys have neither `aws:MultiFactorAuthPresent` nor `aws:MultiFactorAuthAge`.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent>
fn mfa_deny(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let place = statement.conditions.iter().position(is_passed_without_mfa)?;
    let mut others = subject.document.denies().take(MAX_PAIRED).filter(|other| other.index != statement.index);
    if others.any(|other| denies_without_mfa(subject, other, statement)) {
        return None;
    }
    let key = &statement.conditions.get(place)?.key;
    let message = format!("{}: requests with long-lived access keys have no {key} and pass", statement.name());
    Some(subject.finding("KP44", statement, At::Condition(place), message))
}

/// Whether a condition is there to catch requests without a second factor, but does not hold where its key is absent.
fn is_passed_without_mfa(condition: &Condition) -> bool {
    let Some(operator) = condition.operator.filter(|operator| operator.set.is_none()) else { return false };
    let catches = match (condition.known_key.map(|key| key.name), operator.test) {
        (Some("aws:MultiFactorAuthPresent"), Test::Bool) => {
            condition.values.iter().any(|value| value.text.eq_ignore_ascii_case("false"))
        }
        (Some("aws:MultiFactorAuthAge"), Test::Numeric(Order::GreaterThan | Order::GreaterThanEquals)) => true,
        _ => false,
    };
    catches && !operator.holds_when_absent()
}

/// Whether a Deny catches what passes another one for want of a second factor.
fn denies_without_mfa(subject: &Subject<'_>, other: &Statement, statement: &Statement) -> bool {
    let document = subject.document;
    let without = RequestContext::open()
        .with_tls()
        .with("aws:MultiFactorAuthPresent", Presence::Absent)
        .with("aws:MultiFactorAuthAge", Presence::Absent);
    let on_key = ActionSet::on_key();
    let rest = || statement.conditions.iter().filter(|condition| !is_passed_without_mfa(condition));
    let holds = |wide: &Condition| wide.holds(&without).is_true() || rest().any(|given| implies(given, wide));
    !other.conditions_open
        && other.kms.contains(statement.kms & on_key)
        && other.conditions.iter().all(holds)
        && other.covers_resource(document, None).is_true()
        && principals_within(other, statement, true)
}
