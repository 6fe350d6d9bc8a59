//! Principals that should not, or cannot, be named.

use super::duties::milder_for_own;
use crate::iam::arn::Arn;
use crate::iam::document::{Principal, Statement};
use crate::iam::findings::subject::name_all;
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::kms::ActionSet;
use crate::iam::principal::{Sort, Who};
use crate::iam::symbol;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        found.extend(users(subject, statement));
        found.extend(sessions(subject, statement));
    }
    for statement in &subject.document.statements {
        found.extend(deleted(subject, statement));
        found.extend(malformed(subject, statement));
        found.extend(other_types(subject, statement));
    }
}

fn is_of_sort(principal: &Principal, sort: Sort) -> bool {
    matches!(&principal.who, Who::Identity(identity) if identity.sort == sort && &*identity.account != "cloudfront")
}

/// KP29: users have long-lived keys.
fn users(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let users: Vec<_> = statement.named_principals().filter(|(_, named)| is_of_sort(named, Sort::User)).collect();
    users.first()?;
    let who = name_all(&users);
    let message = format!("{} names {who}: users have long-lived access keys", statement.name());
    let finding = subject.finding("KP29", statement, Subject::at_principals(&users), message).who(who);
    let reads = subject.acting(statement).any(|(_, principal, reach)| {
        is_of_sort(principal, Sort::User) && reach.actions.meets(ActionSet::decrypt_like())
    });
    Some(if reads { finding } else { milder_for_own(subject, finding, &users) })
}

/// KP49: names of sessions are chosen by those who start them.
fn sessions(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let sessions = subject.principals(statement, |principal| is_of_sort(principal, Sort::Session));
    sessions.first()?;
    let who = name_all(&sessions);
    let message = format!("{} names the session {who}: the next session may have another name", statement.name());
    Some(subject.finding("KP49", statement, Subject::at_principals(&sessions), message).who(who))
}

/// KP30: what remains when a role or user was deleted.
fn deleted(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    each(statement, |i, principal| {
        let Who::UniqueId(id) = &principal.who else { return None };
        let message = format!("{} names {id}, the unique id of a principal that was deleted", statement.name());
        Some(subject.finding("KP30", statement, At::Principal(i), message).who(&**id).raised_for(statement.effect))
    })
}

/// KP31: principals that KMS refuses.
fn malformed(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    each(statement, |i, principal| {
        let why = match &principal.who {
            Who::Malformed(_, why) if matches!(&*principal.ty, "AWS" | "" | "Service") => (*why).to_owned(),
            _ => other_partition(subject, principal)?,
        };
        let text = principal.part.show();
        let message = format!("{}: {text} is no principal: {why}", statement.name());
        Some(subject.finding("KP31", statement, At::Principal(i), message).who(text).raised_for(statement.effect))
    })
}

/// Why a principal of another partition is none: nothing reaches from one into another.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>
fn other_partition(subject: &Subject<'_>, principal: &Principal) -> Option<String> {
    let document = subject.document;
    principal.who.account().filter(|_| principal.writes_partition && document.partition_is_certain)?;
    let partition = Arn::parse(&principal.part.text)?.partition;
    let other = partition != &*document.partition && !symbol::has(partition);
    other.then(|| format!("its partition is {partition}, that of the policy {}", document.partition))
}

/// KP47: identity providers and canonical users do not call KMS.
fn other_types(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    each(statement, |i, principal| {
        if matches!(&*principal.ty, "AWS" | "Service" | "" | "*") {
            return None;
        }
        let message = format!("{}: principals of the type {} do not call KMS", statement.name(), principal.ty);
        let finding = subject.finding("KP47", statement, At::Principal(i), message);
        Some(finding.who(principal.part.show()).raised_for(statement.effect))
    })
}

fn each(statement: &Statement, finding: impl Fn(usize, &Principal) -> Option<PolicyFinding>) -> Vec<PolicyFinding> {
    let listed = statement.principals.iter().flat_map(|principals| principals.items.iter().enumerate());
    listed.filter_map(|(i, principal)| finding(i, principal)).collect()
}
