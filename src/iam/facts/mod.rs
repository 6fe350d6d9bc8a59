//! Policies as facts for rules: normalised statements, who reaches what, TLS, findings.
//!
//! The facts are a [`Value`] in which every part keeps its origin, so that a rule points at
//! `policy.statements[2].principals[0]` and the finding stands where that principal is written.

mod normal;
mod reach;

pub(super) use normal::{kind, owner_word};

use std::sync::{Arc, PoisonError, RwLock};

use super::context::Context;
use super::document::{self, PolicyDocument};
use super::findings::{self, PolicyFinding, Subject};
use super::grant;
use super::kind::PolicyKind;
use super::symbol;
use super::tls::{self, Transport};
use super::truth::Truth;
use crate::value::{Kind, Number, Origin, Value};

/// How many answers of [`absent`] are kept.
const MAX_ABSENT: usize = 64;

/// An answer of [`absent`].
struct Absent {
    kind: PolicyKind,
    default_encryption: Option<Arc<str>>,
    facts: Value,
}

/// The facts of a policy. `null` means that there is none.
pub fn facts(policy: &Value, kind: PolicyKind, ctx: &Context<'_>) -> Value {
    if kind == PolicyKind::Grant {
        let given = grant::read(policy, ctx);
        let found = given.as_ref().map(findings::of_grant).unwrap_or_default();
        let entries = [("kind", text(kind.as_str())), ("findings", list(found.iter().map(|f| finding(f, None))))];
        return Value::from_pairs(entries).with_origin(policy.origin.clone());
    }
    let document = document::read(policy, kind, ctx);
    of(&document, ctx).with_origin(policy.origin.clone())
}

/// The facts where there is no policy, by kind and the default encryption of the bucket: most resources have none, and
/// what that means is worked out once.
pub fn absent(kind: PolicyKind, default_encryption: Option<&str>) -> Value {
    static KNOWN: RwLock<Vec<Absent>> = RwLock::new(Vec::new());
    let same = |known: &&Absent| known.kind == kind && known.default_encryption.as_deref() == default_encryption;
    let known = KNOWN.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = known.iter().find(same) {
        return known.facts.clone();
    }
    let room = known.len() < MAX_ABSENT;
    drop(known);
    let facts = facts(&Value::null(), kind, &Context { default_encryption, ..Context::default() });
    if room {
        let made = Absent { kind, default_encryption: default_encryption.map(Arc::from), facts: facts.clone() };
        KNOWN.write().unwrap_or_else(PoisonError::into_inner).push(made);
    }
    facts
}

/// The facts of a policy that was read.
pub fn of(document: &PolicyDocument, ctx: &Context<'_>) -> Value {
    let subject = Subject::new(document, ctx);
    let found = findings::of_subject(&subject);
    let mut entries = vec![
        ("kind", text(document.kind.as_str())),
        ("exists", Value::bool(document.open || !document.statements.is_empty() || !document.faults.is_empty())),
        ("open", Value::bool(document.open)),
        ("account", text(&symbol::show(&document.own_account))),
        ("statements", list(document.statements.iter().map(|statement| normal::statement(&subject, statement)))),
        ("findings", list(found.iter().map(|found| finding(found, Some(document))))),
    ];
    if let Some(version) = &document.version {
        entries.push(("version", part(version)));
    }
    if document.kind.has_principals() {
        entries.push(("reach", reach::reach(&subject)));
    }
    if document.kind.has_principals() && !matches!(document.kind, PolicyKind::Key | PolicyKind::Trust) {
        entries.push(("tls", transport(&tls::of(document))));
    }
    Value::from_pairs(entries).with_origin(document.origin.clone())
}

/// What would narrow a finding. What holds for buckets names them; other policies are told the same without.
fn narrower(found: &PolicyFinding, document: Option<&PolicyDocument>) -> &'static str {
    let is_bucket = document.is_none_or(|document| document.kind == PolicyKind::Bucket);
    match found.id {
        "BP01" if !is_bucket => "deny all actions to * when aws:SecureTransport is false",
        "BP05" if !is_bucket => "deny all actions of the service",
        _ => found.narrower(),
    }
}

/// A finding for rules: its id, its words with what would mend it, and the path of the part that it is about.
fn finding(found: &PolicyFinding, document: Option<&PolicyDocument>) -> Value {
    let statement = found.statement.and_then(|index| document?.statements.get(index));
    let narrower = narrower(found, document);
    let mut entries = vec![
        ("id", text(found.id)),
        ("severity", text(found.severity.as_str())),
        ("path", text(&found.at.path(statement))),
        ("message", text(&format!("{}; {narrower}", found.message))),
        ("narrower", text(narrower)),
    ];
    if let Some(statement) = statement {
        entries.push(("statement", number(statement.index)));
        if let Some(sid) = &statement.sid {
            entries.push(("sid", text(&sid.show())));
        }
    }
    if let Some(principal) = &found.principal {
        entries.push(("principal", text(principal)));
    }
    if let Some(action) = &found.action {
        entries.push(("action", text(action)));
    }
    Value::from_pairs(entries).with_origin(found.origin.clone())
}

fn transport(answer: &Transport) -> Value {
    let state = match answer.required {
        Truth::True => "required",
        Truth::False => "not-required",
        Truth::Unknown => "unknown",
    };
    let weaknesses = answer.weaknesses.iter().map(|weakness| {
        let mut entries = vec![("reason", text(weakness.reason.as_str())), ("message", text(weakness.reason.phrase()))];
        if let Some(statement) = weakness.statement {
            entries.push(("statement", number(statement)));
            entries.push(("path", text(&format!("statements[{statement}]"))));
        }
        Value::from_pairs(entries)
    });
    let mut entries = vec![
        ("state", text(state)),
        ("statements", list(answer.by.iter().map(|index| number(*index)))),
        ("weaknesses", list(weaknesses)),
    ];
    if let Some(minimum) = answer.minimum {
        entries.push(("minimum", text(minimum)));
    }
    Value::from_pairs(entries)
}

fn text(text: &str) -> Value {
    Value::string(text)
}

fn number(number: usize) -> Value {
    Value::new(Kind::Number(Number::from(i64::try_from(number).unwrap_or(i64::MAX))), Origin::none())
}

fn list(items: impl Iterator<Item = Value>) -> Value {
    Value::list(items.collect())
}

/// A part of the policy with its place.
fn part(part: &document::Part) -> Value {
    text(&part.show()).with_origin(part.origin.clone())
}
