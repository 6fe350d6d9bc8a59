//! Findings on trust policies: who may assume a role.

use super::key::{foreign, services_of};
use super::subject::name_all;
use super::{At, PolicyFinding, Subject};
use crate::iam::document::Statement;
use crate::iam::principal::Who;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        found.extend(everyone(subject, statement));
        found.extend(any_subject(subject, statement));
        found.extend(foreign_account(subject, statement));
        found.extend(any_certificate(subject, statement));
    }
}

/// Whether a statement looks at a key whose name ends like this.
fn looks_at(statement: &Statement, end: &str) -> bool {
    statement.conditions.iter().any(|condition| condition.key.to_ascii_lowercase().ends_with(end))
}

/// TR01: anyone may assume the role.
fn everyone(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let negated = statement.principals.as_ref().is_some_and(|principals| principals.negated);
    let place = statement.plain_principals().iter().position(|principal| principal.who == Who::Everyone);
    if !negated && place.is_none() || subject.narrowing(statement).narrows_everyone() {
        return None;
    }
    let message = format!("{} lets everyone assume the role", statement.name());
    let finding = subject.finding("TR01", statement, place.map_or(At::Principals, At::Principal), message);
    Some(finding.who("*").does("sts:AssumeRole"))
}

/// TR02: anyone who logs in at an identity provider may assume the role. Public providers have accounts of everybody.
///
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html>
fn any_subject(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let by_token = statement.covers_action("sts:AssumeRoleWithWebIdentity").is_true();
    let providers = subject.principals(statement, |principal| matches!(principal.who, Who::Federated(_)));
    providers.first()?;
    let narrowed = [":sub", ":amr", ":oid", ":email"].iter().any(|end| looks_at(statement, end));
    // Some providers have tokens for one application only.
    let own_application = looks_at(statement, "amazonaws.com:aud") || looks_at(statement, ":app_id");
    if !by_token || narrowed || own_application || statement.conditions_open {
        return None;
    }
    let who = name_all(&providers);
    let message = format!("{} lets everyone with a token of {who} assume the role", statement.name());
    let at = Subject::at_principals(&providers);
    Some(subject.finding("TR02", statement, at, message).who(who).does("sts:AssumeRoleWithWebIdentity"))
}

/// TR03: another account may assume the role on no condition.
fn foreign_account(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let principals = foreign::principals(subject, statement);
    principals.first()?;
    if !statement.conditions.is_empty() || statement.conditions_open {
        return None;
    }
    let who = name_all(&principals);
    let message = format!("{} lets {who}, outside this account, assume the role on no condition", statement.name());
    let at = Subject::at_principals(&principals);
    Some(subject.finding("TR03", statement, at, message).who(who).does("sts:AssumeRole"))
}

/// TR04: every certificate of every trust anchor of the account will do.
///
/// <https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html>
fn any_certificate(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let services = services_of(subject, statement);
    let (place, _) =
        services.iter().find(|(_, principal)| principal.who == Who::Service("rolesanywhere.amazonaws.com".into()))?;
    let anchored = looks_at(statement, "aws:sourcearn");
    let certificate = statement.conditions.iter().any(|condition| condition.key.to_ascii_lowercase().contains("x509"));
    if anchored || certificate || statement.conditions_open {
        return None;
    }
    let message = format!("{} lets every certificate of every trust anchor assume the role", statement.name());
    let finding = subject.finding("TR04", statement, At::Principal(*place), message);
    Some(finding.who("rolesanywhere.amazonaws.com").does("sts:AssumeRole"))
}
