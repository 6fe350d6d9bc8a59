//! What the conditions of an Allow narrow a wildcard principal, another account or a service to.

use super::compare::network;
use super::{Set, Test};
use crate::iam::arn::{Arn, is_account_id, is_free};
use crate::iam::document::{Condition, PolicyDocument, Statement};
use crate::iam::keys::Role;
use crate::iam::principal::Owner;
use crate::iam::symbol;

/// To whom a statement is narrowed by its conditions: the best of them.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Narrowing {
    /// To the own account.
    pub own_account: bool,
    /// To other accounts.
    pub foreign_account: bool,
    /// To an organization.
    pub organization: bool,
    /// To principals of the own account by their ARNs.
    pub principals: bool,
    /// To calls by services for the own account or organization.
    pub source: bool,
    /// To calls by services for a resource whose ARN names no account.
    pub source_without_account: bool,
    /// To calls by services for resources of any account, which narrows nothing.
    pub source_of_any: bool,
    /// To an own resource that the encryption context names.
    pub context: bool,
    /// To a network.
    pub network: bool,
    /// To attested enclaves.
    pub attested: bool,
    /// To something that is not known.
    pub unknown: bool,
}

impl Narrowing {
    /// Whether a wildcard principal is narrowed.
    pub fn narrows_everyone(&self) -> bool {
        self.own_account
            || self.foreign_account
            || self.organization
            || self.principals
            || self.source
            || self.network
            || self.attested
            || self.unknown
    }

    /// Whether a service principal is narrowed.
    pub fn narrows_service(&self) -> bool {
        self.source || self.context || self.unknown
    }
}

/// What the conditions of a statement narrow.
pub fn narrowing_of(statement: &Statement, document: &PolicyDocument) -> Narrowing {
    let mut result = Narrowing { unknown: statement.conditions_open, ..Narrowing::default() };
    for condition in &statement.conditions {
        if holds_back(condition, statement) {
            narrow(condition, document, &mut result);
        }
    }
    result
}

/// Whether a condition cannot be true of what does not match it.
pub(crate) fn holds_back(condition: &Condition, statement: &Statement) -> bool {
    let Some(operator) = condition.operator.filter(|operator| !operator.negated && operator.test != Test::Null) else {
        return false;
    };
    let passed_by_absence = operator.if_exists || operator.set == Some(Set::ForAllValues);
    !passed_by_absence || is_required(&condition.key, statement)
}

/// Whether a statement asks for a key to be present, so that no condition on it can be passed by absence.
pub(crate) fn is_required(key: &str, statement: &Statement) -> bool {
    statement.conditions_on(key).any(|condition| match condition.operator {
        Some(operator) if operator.test == Test::Null => {
            !condition.values.is_empty() && condition.values.iter().all(|v| v.text.eq_ignore_ascii_case("false"))
        }
        Some(operator) => operator.is_positive() && operator.set != Some(Set::ForAllValues),
        None => false,
    })
}

fn narrow(condition: &Condition, document: &PolicyDocument, result: &mut Narrowing) {
    let key = condition.key.to_ascii_lowercase();
    let values = || condition.values.iter().map(|value| &*value.text);
    if condition.values.is_empty() {
        result.unknown |= condition.open;
        return;
    }
    match key.as_str() {
        "kms:calleraccount" | "aws:principalaccount" => accounts(values(), document, result),
        "aws:principalorgid" => result.organization |= values().all(is_organization),
        "aws:principalorgpaths" => result.organization |= values().all(is_organization_path),
        "aws:sourceorgid" => result.source |= values().all(is_organization),
        "aws:sourceorgpaths" => result.source |= values().all(is_organization_path),
        "aws:principalarn" => principal_arns(values(), document, result),
        // The service that starts a session says for which of its resources.
        "ec2:sourceinstancearn"
        | "lambda:sourcefunctionarn"
        | "ssm:sourceinstancearn"
        | "codebuild:projectarn"
        | "codebuild:buildarn" => principal_arns(values(), document, result),
        "aws:userid" => result.principals |= values().all(|value| !is_free(value.split(':').next().unwrap_or("*"))),
        "aws:sourceaccount" | "aws:sourceowner" => result.source |= values().all(|value| !is_free(value)),
        "aws:sourcearn" => source_arns(values(), result),
        "aws:sourcevpc" | "aws:sourcevpce" | "aws:vpceaccount" | "aws:vpceorgid" | "s3:dataaccesspointaccount" => {
            result.network |= values().all(|value| !is_free(value));
        }
        "s3:dataaccesspointarn" => result.network |= values().all(names_account),
        "aws:sourceip" => result.network |= values().all(is_narrow_range),
        "aws:principalservicename" | "aws:principalservicenameslist" => {}
        other if other.starts_with("kms:recipientattestation:") => {
            result.attested |= values().all(|value| !is_free(value));
        }
        other if other.starts_with("kms:encryptioncontext:") => {
            result.context |= values().all(|value| names_own(value, document));
        }
        _ => {}
    }
}

fn accounts<'a>(values: impl Iterator<Item = &'a str>, document: &PolicyDocument, result: &mut Narrowing) {
    let mut own = true;
    for value in values {
        if is_free(value) {
            return;
        }
        own &= document.owner(value) == Owner::Own;
        if !is_account_id(value) && !symbol::has(value) {
            return;
        }
        result.foreign_account |= document.owner(value) == Owner::Foreign;
        result.unknown |= document.owner(value) == Owner::Unknown;
    }
    result.own_account |= own;
}

fn principal_arns<'a>(values: impl Iterator<Item = &'a str>, document: &PolicyDocument, result: &mut Narrowing) {
    let mut owners = Vec::new();
    for value in values {
        match Arn::parse(value) {
            Some(arn) if !is_free(arn.account) => owners.push(document.owner(arn.account)),
            None if is_open(value) => owners.push(Owner::Unknown),
            _ => return,
        }
    }
    result.principals |= owners.iter().all(|owner| *owner == Owner::Own);
    result.foreign_account |= owners.contains(&Owner::Foreign);
    result.unknown |= owners.contains(&Owner::Unknown) || owners.contains(&Owner::Aws);
}

fn source_arns<'a>(values: impl Iterator<Item = &'a str>, result: &mut Narrowing) {
    let mut all = true;
    for value in values {
        all &= names_account(value);
        result.source_of_any |= !names_account(value) && spans_accounts(value);
    }
    result.source |= all;
    result.source_without_account |= !all;
}

/// Whether a value is not known but will be one value, whoever makes a request.
fn is_open(value: &str) -> bool {
    symbol::has(value) && !symbol::has_variable(value)
}

/// Whether an ARN pattern names an account, or is not known.
fn names_account(value: &str) -> bool {
    match Arn::parse(value) {
        Some(arn) => !arn.account.is_empty() && !is_free(arn.account),
        None => is_open(value),
    }
}

/// Whether an ARN pattern that names no account is met by resources of any. The name of a bucket is enough to tell it.
fn spans_accounts(value: &str) -> bool {
    let Some(arn) = Arn::parse(value) else { return true };
    let named = !arn.resource.trim_matches(['*', '?']).is_empty();
    !named || (is_free(arn.account) && arn.service != "s3")
}

fn is_organization(value: &str) -> bool {
    is_open(value) || (value.starts_with("o-") && !is_free(value))
}

fn is_organization_path(value: &str) -> bool {
    is_open(value) || value.split_once('/').is_some_and(|(organization, _)| is_organization(organization))
}

/// Whether a range is a fixed public one that is not larger than /8.
fn is_narrow_range(value: &str) -> bool {
    if symbol::has(value) {
        return is_open(value);
    }
    match network(value) {
        Some(ipnet::IpNet::V4(range)) => {
            range.prefix_len() >= 8 && !range.network().is_private() && !range.network().is_loopback()
        }
        Some(ipnet::IpNet::V6(range)) => range.prefix_len() >= 16 && !range.network().is_unique_local(),
        None => false,
    }
}

/// Whether a value of the encryption context holds the own account.
fn names_own(value: &str, document: &PolicyDocument) -> bool {
    match Arn::parse(value) {
        Some(arn) if arn.account.is_empty() => arn.service == "s3" && !is_free(arn.resource),
        Some(arn) => !is_free(arn.account) && document.owner(arn.account) != Owner::Foreign,
        None => is_open(value) || document.owner(value) == Owner::Own,
    }
}

/// Whether a statement narrows what a grant made under it may hold, or by whom it is made.
pub fn narrows_grant(statement: &Statement) -> bool {
    statement.conditions_open
        || statement.conditions.iter().any(|condition| {
            let Some(key) = condition.known_key else { return false };
            let narrow = |condition: &Condition| {
                condition.open
                    || condition.values.iter().all(|value| !matches!(&*value.text, "*" | "false" | "False"))
                        && !condition.values.is_empty()
            };
            match key.role {
                Role::Grant if key.name == "kms:GrantOperations" => {
                    // One harmless operation is enough for ForAnyValue: the rest of the grant stays free.
                    condition.operator.is_some_and(|operator| operator.set == Some(Set::ForAllValues))
                        && holds_back(condition, statement)
                }
                Role::Grant | Role::How => holds_back(condition, statement) && narrow(condition),
                _ => false,
            }
        })
}
