//! Findings on grants.

use super::subject::join;
use super::{At, PolicyFinding, catalogue};
use crate::finding::Severity;
use crate::iam::document::Part;
use crate::iam::grant::Grant;
use crate::iam::kms::{ACTIONS, Data};
use crate::iam::principal::{self, Owner, Sort, Who};
use crate::iam::request_keys::WITH_CONTEXT;
use crate::value::Origin;

pub(super) fn check(grant: &Grant) -> Vec<PolicyFinding> {
    let checks = [creates_grants, no_constraint, other_account, broad_grantee, everything_at_once, never_retired];
    checks.into_iter().filter_map(|check| check(grant)).collect()
}

fn finding(id: &'static str, part: Option<&Part>, message: String) -> PolicyFinding {
    PolicyFinding {
        id,
        severity: catalogue::entry(id).map_or(Severity::Medium, |entry| entry.severity),
        statement: None,
        at: At::Document,
        origin: part.map_or_else(Origin::none, |part| part.origin.clone()),
        principal: None,
        action: None,
        message,
        own_narrower: None,
    }
}

fn grantee(grant: &Grant) -> String {
    grant.grantee.as_ref().map_or_else(|| "its grantee".to_owned(), Part::show)
}

fn operation<'g>(grant: &'g Grant, name: &str) -> Option<&'g Part> {
    grant.operations.iter().find(|operation| operation.text.eq_ignore_ascii_case(name))
}

/// What an operation does to data.
fn data(operation: &Part) -> Data {
    let action = ACTIONS.iter().find(|action| action.name.eq_ignore_ascii_case(&operation.text));
    action.map_or(Data::None, |action| action.data)
}

/// GR01: the grantee can pass its operations on.
fn creates_grants(grant: &Grant) -> Option<PolicyFinding> {
    let part = operation(grant, "CreateGrant")?;
    let who = grantee(grant);
    let message = format!("the grant lets {who} create further grants");
    Some(finding("GR01", Some(part), message).who(who).does("kms:CreateGrant"))
}

/// GR02: any data under the key.
fn no_constraint(grant: &Grant) -> Option<PolicyFinding> {
    let part =
        grant.operations.iter().find(|part| WITH_CONTEXT.iter().any(|name| part.text.eq_ignore_ascii_case(name)))?;
    if grant.constraint.is_some() {
        return None;
    }
    let who = grantee(grant);
    let operations: Vec<String> = grant.operations.iter().take(3).map(Part::show).collect();
    let message = format!("the grant lets {who} work on any data under the key: {}", join(&operations));
    Some(finding("GR02", Some(part), message).who(who).does(part.show()))
}

/// GR03: access from another account that the key policy does not show.
fn other_account(grant: &Grant) -> Option<PolicyFinding> {
    let who = grant.who();
    let account = who.account()?;
    if principal::owner(account, &grant.own_account) != Owner::Foreign {
        return None;
    }
    let message = format!("the grant is for {}, outside this account", who.show());
    Some(finding("GR03", grant.grantee.as_ref(), message).who(who.show()))
}

/// GR04: an account as a whole, or a user.
fn broad_grantee(grant: &Grant) -> Option<PolicyFinding> {
    let who = grant.who();
    let what = match &who {
        Who::Account(_) => "a whole account",
        Who::Identity(identity) if identity.sort == Sort::User => "a user",
        _ => return None,
    };
    let message = format!("the grant is for {what}: {}", who.show());
    Some(finding("GR04", grant.grantee.as_ref(), message).who(who.show()))
}

/// GR05: one grant for readers and writers.
fn everything_at_once(grant: &Grant) -> Option<PolicyFinding> {
    let reads = operation(grant, "Decrypt")?;
    let moves = grant.operations.iter().any(|part| part.text.starts_with("ReEncrypt"));
    let writes =
        operation(grant, "Encrypt").is_some() && grant.operations.iter().any(|part| data(part) == Data::DataKey);
    if !(moves && writes) {
        return None;
    }
    let who = grantee(grant);
    let message = format!("the grant gives {who} reading, writing and re-encryption at once");
    Some(finding("GR05", Some(reads), message).who(who))
}

/// GR06: grants that nobody retires pile up.
fn never_retired(grant: &Grant) -> Option<PolicyFinding> {
    if grant.retiring.is_some() || grant.retire_on_delete != Some(false) {
        return None;
    }
    let message = "nobody can retire the grant, and it is not retired on removal".to_owned();
    Some(finding("GR06", grant.grantee.as_ref(), message))
}
