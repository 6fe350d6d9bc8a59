//! Service principals: the confused deputy, and services that never call with their own principal.

use crate::finding::Severity;
use crate::iam::document::{Principal, Statement};
use crate::iam::findings::subject::{join, name_actions, name_all};
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::kms::{ActionSet, Class};
use crate::iam::principal::Who;
use crate::iam::services::{self, Fault};

/// Keys that a call with a service's own principal does not have.
const ABSENT_FOR_SERVICES: [&str; 8] = [
    "kms:ViaService",
    "kms:CallerAccount",
    "aws:PrincipalOrgID",
    "aws:PrincipalOrgPaths",
    "aws:PrincipalAccount",
    "aws:PrincipalArn",
    "aws:username",
    "aws:userid",
];

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in subject.document.allows() {
        if services_of(subject, statement).is_empty() {
            continue;
        }
        found.extend(confused_deputy(subject, statement));
        found.extend(dead_condition(subject, statement));
        found.extend(context_not_pinned(subject, statement));
        found.extend(source_without_account(subject, statement));
        found.extend(acts_as_caller(subject, statement));
    }
    for statement in &subject.document.statements {
        found.extend(no_such_service(subject, statement));
    }
}

/// The listed services.
pub(in crate::iam::findings) fn services_of<'s>(
    subject: &Subject<'_>,
    statement: &'s Statement,
) -> Vec<(usize, &'s Principal)> {
    subject.principals(statement, |principal| matches!(principal.who, Who::Service(_)))
}

/// The actions with which a service can be made to use a key, or to let others use it.
fn worth(statement: &Statement) -> ActionSet {
    statement.kms & (ActionSet::class(Class::Cryptographic) | ActionSet::control())
}

/// A condition that no call with a service's own principal can meet, with its place.
fn never_for_services(statement: &Statement) -> Option<(usize, &str)> {
    let dead = |key: &str| ABSENT_FOR_SERVICES.iter().any(|absent| absent.eq_ignore_ascii_case(key));
    let mut conditions = statement.conditions.iter().enumerate();
    conditions.find_map(|(i, condition)| {
        let positive = condition.operator.is_some_and(|operator| !operator.holds_when_absent());
        let null = condition.operator.is_some_and(|op| op.test == crate::iam::condition::Test::Null)
            && condition.values.iter().all(|value| value.text.eq_ignore_ascii_case("true"));
        (positive && !null && dead(&condition.key)).then_some((i, &*condition.key))
    })
}

/// KP07: a service may use the key for any customer.
fn confused_deputy(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let narrowing = subject.narrowing(statement);
    if narrowing.narrows_service() || narrowing.source_without_account || never_for_services(statement).is_some() {
        return None;
    }
    let actions = worth(statement);
    let for_strangers =
        |place: &usize| subject.reach_at(statement, *place).map_or(ActionSet::EMPTY, |reach| reach.loose & actions);
    let mut services = services_of(subject, statement);
    services.retain(|(place, _)| !for_strangers(place).is_empty());
    services.first()?;
    let actions = services.iter().fold(ActionSet::EMPTY, |set, (place, _)| set | for_strangers(place));
    let (who, what) = (name_all(&services), name_actions(actions));
    let message = format!(
        "{} allows {who} {what} on behalf of any account: nothing binds the call to an own resource",
        statement.name()
    );
    Some(subject.finding("KP07", statement, Subject::at_principals(&services), message).who(who).does(what))
}

/// KP08: a condition that is never true of a service's own calls.
fn dead_condition(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let (place, key) = never_for_services(statement)?;
    let services = services_of(subject, statement);
    let who = name_all(&services);
    let message =
        format!("{} never applies to {who}: {key} is absent when a service calls by itself", statement.name());
    Some(subject.finding("KP08", statement, At::Condition(place), message).who(who))
}

/// KP41: a service that always sends an encryption context may use the key for any of its resources.
fn context_not_pinned(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let pinned = statement.conditions_open
        || statement.conditions.iter().any(|condition| {
            condition.key.get(..21).is_some_and(|start| start.eq_ignore_ascii_case("kms:EncryptionContext"))
        });
    let data = statement.kms & (ActionSet::decrypt_like() | ActionSet::encrypt_like());
    if pinned || data.is_empty() {
        return None;
    }
    let services = subject.principals(statement, |principal| context_of(principal).is_some());
    services.first()?;
    let mut contexts: Vec<&str> = services.iter().filter_map(|(_, principal)| context_of(principal)).collect();
    contexts.dedup();
    // S3 sends the context of a topic or queue to which it delivers events, and for those it must decrypt.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/grant-destinations-permissions-to-s3.html
    let delivers_events = contexts.contains(&OF_OBJECTS) && statement.kms.contains(ActionSet::DECRYPT);
    let who = name_all(&services);
    let keys: Vec<String> = contexts.iter().map(|context| format!("kms:EncryptionContext:{context}")).collect();
    let message = format!(
        "{} lets {who} use the key for all its resources: {} not pinned",
        statement.name(),
        match delivers_events {
            true => "the encryption context is".to_owned(),
            false => format!("{} {}", join(&keys), if keys.len() > 1 { "are" } else { "is" }),
        }
    );
    let finding = subject.finding("KP41", statement, Subject::at_principals(&services), message).who(who);
    Some(match delivers_events {
        true => finding.narrowed_by(
            "pin that of what the key protects, such as aws:s3:arn of a bucket or aws:sns:topicArn of a topic",
        ),
        false => finding,
    })
}

/// The encryption context with which S3 encrypts objects.
const OF_OBJECTS: &str = "aws:s3:arn";

/// The encryption context that a service always sends.
fn context_of(principal: &Principal) -> Option<&'static str> {
    let Who::Service(name) = &principal.who else { return None };
    services::habits(name).filter(|service| !service.as_caller).and_then(|service| service.context)
}

/// KP48: the source is an ARN without an account, so that another account can come to own it.
fn source_without_account(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let narrowing = subject.narrowing(statement);
    if !narrowing.source_without_account || narrowing.narrows_service() {
        return None;
    }
    let place =
        statement.conditions.iter().position(|condition| condition.key.eq_ignore_ascii_case("aws:SourceArn"))?;
    let unbound = narrowing.source_of_any;
    let services = services_of(subject, statement);
    let who = name_all(&services);
    let message = if unbound {
        format!("{} binds {who} to no account: the pattern for aws:SourceArn spans accounts", statement.name())
    } else {
        format!("{} binds {who} by an ARN without an account, which others can come to own", statement.name())
    };
    let finding = subject.finding("KP48", statement, At::Condition(place), message).who(who);
    Some(if unbound { finding.at_severity(Severity::High) } else { finding })
}

/// KP52: a service that uses its caller's permissions or grants needs no permission of its own.
fn acts_as_caller(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    if worth(statement).is_empty() {
        return None;
    }
    let services = subject.principals(statement, |principal| {
        let Who::Service(name) = &principal.who else { return false };
        services::habits(name).is_some_and(|service| service.as_caller)
    });
    services.first()?;
    let who = name_all(&services);
    let works = match services.as_slice() {
        [_] => "which works with its caller's permissions or grants",
        _ => "which work with their callers' permissions or grants",
    };
    let message = format!("{} names {who}, {works}: the statement widens access for nothing", statement.name());
    Some(subject.finding("KP52", statement, Subject::at_principals(&services), message).who(who))
}

/// KP51: a service principal that does not exist, or that needs a region.
fn no_such_service(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let listed = statement.principals.iter().flat_map(|principals| principals.items.iter().enumerate());
    let faults = listed.filter_map(|(i, principal)| {
        let Who::Service(name) = &principal.who else { return None };
        let wrong = match services::fault(name)? {
            Fault::Form => "is no service principal".to_owned(),
            Fault::Unknown(right) => format!("does not exist; {right}.amazonaws.com may be meant"),
            Fault::NeedsRegion(name) => format!("lacks its region: {name}.<region>.amazonaws.com"),
        };
        let message = format!("{}: {name} {wrong}", statement.name());
        Some(subject.finding("KP51", statement, At::Principal(i), message).who(&**name))
    });
    faults.collect()
}
