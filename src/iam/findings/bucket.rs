//! Findings on bucket policies, and those of them that other resource policies share.

use super::key::{foreign, services_of};
use super::subject::name_all;
use super::{At, PolicyFinding, Subject, managers, stranger, transport};
use crate::iam::condition::{Presence, RequestContext, Test};
use crate::iam::document::{Effect, PolicyDocument, Statement};
use crate::iam::kind::PolicyKind;
use crate::iam::pattern::{Pattern, covered};
use crate::iam::principal::Who;
use crate::iam::tls::{covers, everyone, holds_whatever};
use crate::iam::truth::Truth;

const ALGORITHM: &str = "s3:x-amz-server-side-encryption";
const KEY_ID: &str = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const CUSTOMER_KEY: &str = "s3:x-amz-server-side-encryption-customer-algorithm";

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    transport::check(subject, found);
    transport::versions(subject, found);
    for statement in &subject.document.statements {
        found.extend(defeats_default(subject, statement));
        found.extend(contradicts_default(subject, statement));
        found.extend(other_bucket(subject, statement));
    }
    for statement in subject.document.allows() {
        found.extend(service_without_source(subject, statement));
        found.extend(foreign_account(subject, statement));
        found.extend(all_actions(subject, statement));
        found.extend(not_action(subject, statement));
    }
    found.extend(lockout(subject));
    found.extend(other_key(subject));
    found.extend(customer_keys(subject));
    exposure(subject, found);
}

/// What policies of topics, queues, secrets and other resources share with those of buckets.
pub(super) fn check_other(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    transport::check(subject, found);
    exposure(subject, found);
}

fn exposure(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    let denials = against_strangers(subject);
    for statement in subject.document.allows() {
        found.extend(open_to_everyone(subject, &denials, statement));
    }
    for statement in subject.document.denies() {
        found.extend(deny_not_principal(subject, statement));
    }
}

/// An upload by TLS, of which nothing else is known.
fn upload() -> RequestContext {
    RequestContext::open().with_value("aws:SecureTransport", "true").with_value("s3:TlsVersion", "1.3")
}

/// Whether a Deny is about uploads to the bucket.
fn denies_uploads(subject: &Subject<'_>, statement: &Statement) -> bool {
    statement.effect == Effect::Deny
        && statement.covers_action("s3:PutObject").is_true()
        && statement.resources.as_ref().is_some_and(|resources| {
            let objects = subject.document.own_arn.as_deref().map(|arn| Pattern::exact_case(&format!("{arn}/*")));
            resources
                .items
                .iter()
                .any(|resource| objects.as_ref().is_none_or(|objects| !resource.pattern.intersects(objects).is_false()))
        })
}

/// Whether a statement looks at one of these keys.
fn looks_at(statement: &Statement, keys: &[&str]) -> Option<usize> {
    statement.conditions.iter().position(|condition| keys.iter().any(|key| condition.key.eq_ignore_ascii_case(key)))
}

/// BP10: uploads that rely on the bucket's default encryption are denied.
fn defeats_default(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let place = looks_at(statement, &[ALGORITHM, KEY_ID])?;
    let without =
        upload().with(ALGORITHM, Presence::Absent).with(KEY_ID, Presence::Absent).with(CUSTOMER_KEY, Presence::Absent);
    if !denies_uploads(subject, statement) || !statement.conditions_hold(&without).is_true() {
        return None;
    }
    let message = format!("{} denies uploads that rely on default encryption, which send no header", statement.name());
    let finding = subject.finding("BP10", statement, At::Condition(place), message).does("s3:PutObject");
    // One that asks for the header to be absent denies nothing else.
    let asks_absent = statement.conditions[place].operator.is_some_and(|operator| operator.test == Test::Null);
    Some(if asks_absent { finding.narrowed_by("remove the statement") } else { finding })
}

/// BP12: uploads with the algorithm that the bucket uses by default are denied.
fn contradicts_default(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let default = subject.ctx.default_encryption?;
    let place = looks_at(statement, &[ALGORITHM])?;
    let same = upload().with_value(ALGORITHM, default).with(CUSTOMER_KEY, Presence::Absent);
    if !denies_uploads(subject, statement) || !statement.conditions_hold(&same).is_true() {
        return None;
    }
    let message = format!("{} denies uploads with {default}, which the bucket uses by default", statement.name());
    Some(subject.finding("BP12", statement, At::Condition(place), message).does("s3:PutObject"))
}

/// Whether every upload with these headers is denied to everyone, as far as that is known.
fn denied(subject: &Subject<'_>, request: &RequestContext) -> Truth {
    let document = subject.document;
    let objects = document.own_arn.as_deref().map(|arn| Pattern::exact_case(&format!("{arn}/*")));
    let of = |statement: &Statement| {
        everyone(statement)
            .and(statement.covers_action("s3:PutObject"))
            .and(covers(statement, objects.as_ref()))
            .and(holds_whatever(statement, request))
    };
    let denied = Truth::any(document.denies().map(of));
    if document.open { denied.or(Truth::Unknown) } else { denied }
}

/// BP11: callers can choose another key.
fn other_key(subject: &Subject<'_>) -> Option<PolicyFinding> {
    subject.ctx.default_encryption.filter(|default| default.starts_with("aws:kms"))?;
    let other = upload()
        .with_value(ALGORITHM, "aws:kms")
        .with_value(KEY_ID, "arn:aws:kms:us-east-1:000000000000:key/00000000-0000-0000-0000-000000000000")
        .with(CUSTOMER_KEY, Presence::Absent);
    denied(subject, &other).is_false().then(|| {
        let message = "uploads may name another key than the bucket's".to_owned();
        subject.on_document("BP11", At::Document, message).does("s3:PutObject")
    })
}

/// BP13: callers can bring keys of their own.
fn customer_keys(subject: &Subject<'_>) -> Option<PolicyFinding> {
    let brought =
        upload().with_value(CUSTOMER_KEY, "AES256").with(ALGORITHM, Presence::Absent).with(KEY_ID, Presence::Absent);
    denied(subject, &brought).is_false().then(|| {
        let message = "uploads with keys that callers bring (SSE-C) are possible".to_owned();
        subject.on_document("BP13", At::Document, message).does("s3:PutObject")
    })
}

/// BP14: the statement is about another bucket.
fn other_bucket(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let own = subject.document.own_arn.as_deref()?;
    let resources = statement.resources.as_ref().filter(|resources| !resources.negated && !resources.open)?;
    let (bucket, objects) = (Pattern::literal(own), Pattern::exact_case(&format!("{own}/*")));
    let misses = |pattern: &Pattern, target: &Pattern| pattern.intersects(target).is_false();
    let name = statement.name();
    let foreign = resources
        .items
        .iter()
        .position(|resource| misses(&resource.pattern, &bucket) && misses(&resource.pattern, &objects));
    if let Some(place) = foreign {
        let text = resources.items.get(place)?.part.show();
        let message = format!("{name}: the resource {text} is not in this bucket");
        return Some(subject.finding("BP14", statement, At::Resource(place), message));
    }
    let on_objects = !statement.plain_actions().is_empty()
        && statement.plain_actions().iter().all(|action| is_object_action(&action.part.text));
    let without_objects = resources.items.iter().all(|resource| misses(&resource.pattern, &objects));
    if statement.effect == Effect::Deny && on_objects && without_objects && !resources.items.is_empty() {
        let message = format!("{name} is about objects but names the bucket only: it has no effect");
        return Some(subject.finding("BP14", statement, At::Resources, message));
    }
    None
}

/// Whether an action works on objects (service authorization reference of Amazon S3).
fn is_object_action(action: &str) -> bool {
    let lower = action.to_ascii_lowercase();
    let Some(name) = lower.strip_prefix("s3:") else { return false };
    ["putobject", "getobject", "deleteobject", "restoreobject", "abortmultipartupload", "listmultipartuploadparts"]
        .iter()
        .any(|start| name.starts_with(start))
        && !name.contains('*')
}

/// BP15: a service may deliver for any customer.
fn service_without_source(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let mut services = services_of(subject, statement);
    services.first()?;
    let narrowing = subject.narrowing(statement);
    let by_resource = narrowing.source_without_account && !narrowing.source_of_any;
    if narrowing.narrows_service() || by_resource || narrowing.organization {
        return None;
    }
    let action =
        ["s3:PutObject", "s3:GetObject"].into_iter().find(|action| statement.covers_action(action).is_true())?;
    services.retain(|(_, principal)| {
        let requests = || stranger::on_behalf(&principal.who, subject.document);
        !is_denied_to(subject.document, statement, &principal.who, requests)
    });
    services.first()?;
    let who = name_all(&services);
    let message = format!("{} allows {who} {action} on behalf of any account", statement.name());
    Some(subject.finding("BP15", statement, Subject::at_principals(&services), message).who(who).does(action))
}

/// BP16: another account on no condition, and no Deny narrows that either.
fn foreign_account(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    if foreign::has_second_condition(subject, statement) {
        return None;
    }
    let is_open_to = |account: &Who| {
        let requests = || stranger::from_elsewhere(&subject.caller(account), subject.document);
        !is_denied_to(subject.document, statement, account, requests)
    };
    if let Some((place, _)) = foreign::everyone_elsewhere(subject, statement)
        && foreign::accounts_elsewhere(subject, statement).iter().any(is_open_to)
    {
        let message = format!("{} gives everyone of another account access", statement.name());
        return Some(subject.finding("BP16", statement, At::Principal(place), message).who("*"));
    }
    let mut principals = foreign::principals(subject, statement);
    principals.retain(|(_, principal)| {
        let requests = || stranger::from_elsewhere(&subject.caller(&principal.who), subject.document);
        !is_denied_to(subject.document, statement, &principal.who, requests)
    });
    principals.first()?;
    let who = name_all(&principals);
    let message = format!("{} gives {who}, outside this account, access without a condition", statement.name());
    Some(subject.finding("BP16", statement, Subject::at_principals(&principals), message).who(who))
}

/// BP17: someone other than the own account may do everything, also change the policy.
fn all_actions(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let every = Pattern::any_case("s3:?*");
    let place = statement.plain_actions().iter().position(|action| action.pattern.includes(&every))?;
    let others = subject.principals(statement, |principal| {
        principal.who != Who::Everyone && !subject.document.is_own_root(&principal.who)
    });
    others.first()?;
    let who = name_all(&others);
    let action = statement.plain_actions().get(place)?.part.show();
    let message =
        format!("{} allows {who} {action}: also to change the policy and delete the bucket", statement.name());
    Some(subject.finding("BP17", statement, At::Action(place), message).who(who).does(action))
}

/// BP18: every action but some.
fn not_action(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    statement.actions.as_ref().filter(|actions| actions.negated)?;
    let message = format!("{} allows every action but those in NotAction, future ones too", statement.name());
    Some(subject.finding("BP18", statement, At::Actions, message))
}

/// BP20: everyone has access, or everyone but some.
fn open_to_everyone(
    subject: &Subject<'_>,
    denials: &[Vec<&Statement>],
    statement: &Statement,
) -> Option<PolicyFinding> {
    let negated = statement.principals.as_ref().is_some_and(|principals| principals.negated);
    let place = statement.plain_principals().iter().position(|principal| principal.who == Who::Everyone);
    if !negated && place.is_none() {
        return None;
    }
    let narrowing = subject.narrowing(statement);
    // Topics and queues are named in events of services: the source's name is what their guides ask for.
    let by_source = narrowing.source_without_account && subject.document.kind != PolicyKind::Bucket;
    let is_denied =
        !denials.is_empty() && denials.iter().all(|way| way.iter().any(|denial| takes_all(denial, statement)));
    if narrowing.narrows_everyone() || by_source || is_denied {
        return None;
    }
    let actions: Vec<String> = statement.plain_actions().iter().take(3).map(|action| action.part.show()).collect();
    let what = super::subject::join(&actions);
    let whom = if negated { "everyone except those in NotPrincipal" } else { "everyone" };
    let message = match statement.conditions.is_empty() {
        true => format!("{} allows {whom} {what} without a condition", statement.name()),
        false => format!("{} allows {whom} {what}: its condition does not narrow who calls", statement.name()),
    };
    let finding = subject.finding("BP20", statement, place.map_or(At::Principals, At::Principal), message);
    Some(finding.who("*").does(what))
}

/// For each way that strangers have, the statements that deny them certain resources.
fn against_strangers<'a>(subject: &Subject<'a>) -> Vec<Vec<&'a Statement>> {
    let denials: Vec<&Statement> = subject.document.denies().filter(|denial| stranger::is_about(denial)).collect();
    if denials.is_empty() {
        return Vec::new();
    }
    let holding = |request: &RequestContext| {
        denials.iter().copied().filter(|denial| denial.conditions_hold(request).is_true()).collect()
    };
    stranger::callers(subject.document).iter().map(holding).collect()
}

/// Whether all that an Allow gives is denied to a principal in each of some requests.
fn is_denied_to(
    document: &PolicyDocument,
    statement: &Statement,
    who: &Who,
    requests: impl Fn() -> Vec<RequestContext>,
) -> bool {
    let denials: Vec<&Statement> = document.denies().filter(|denial| denial.certainly_names(who)).collect();
    let takes = |request: &RequestContext| {
        let holding = denials.iter().filter(|denial| denial.conditions_hold(request).is_true());
        holding.into_iter().any(|denial| takes_all(denial, statement))
    };
    !denials.is_empty() && requests().iter().all(takes)
}

/// Whether a Deny, where it holds, takes all that an Allow gives.
fn takes_all(denial: &Statement, statement: &Statement) -> bool {
    let plain = |statement: &Statement| statement.resources.as_ref().is_some_and(|resources| !resources.negated);
    let actions = statement.plain_actions();
    let mut allowed = statement.resources.iter().flat_map(|resources| &resources.items);
    let places = denial.resources.iter().flat_map(|resources| &resources.items).map(|resource| &resource.pattern);
    plain(statement)
        && plain(denial)
        && !actions.is_empty()
        && actions.iter().all(|action| denial.covers_all(&action.pattern))
        && allowed.all(|resource| covered(&resource.pattern, places.clone()))
}

/// BP21: nobody but the root user can change the policy any more.
fn lockout(subject: &Subject<'_>) -> Option<PolicyFinding> {
    let action = "s3:PutBucketPolicy";
    let culprit = managers::denied_to_all(subject.document, action, &upload())?;
    let message =
        format!("{} denies changing the policy to everyone: only the root user can remove it", culprit.name());
    Some(subject.finding("BP21", culprit, At::Statement, message).who("*").does(action))
}

/// BP22: a Deny for everyone but some.
fn deny_not_principal(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    statement.principals.as_ref().filter(|principals| principals.negated)?;
    let message = format!(
        "{} denies by NotPrincipal: sessions and services that are not listed are denied too",
        statement.name()
    );
    Some(subject.finding("BP22", statement, At::Principals, message))
}
