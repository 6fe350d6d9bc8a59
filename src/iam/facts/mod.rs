//! Policies as facts for rules: normalised statements, who reaches what, TLS, findings.
//!
//! The facts are a [`Value`] in which every part keeps its origin, so that a rule points at
//! `policy.statements[2].principals[0]` and the finding stands where that principal is written.

mod normal;
mod reach;

pub(super) use normal::{kind, owner_word};

use std::cell::{LazyCell, OnceCell};
use std::sync::{Arc, PoisonError, RwLock};

use super::context::Context;
use super::document::{self, FaultKind, PolicyDocument};
use super::findings::{self, PolicyFinding, Subject};
use super::grant::{self, Grant};
use super::kind::PolicyKind;
use super::symbol;
use super::tls::Transport;
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
    Facts::read(policy, kind, ctx).select(&|_| true)
}

/// A policy that was read, of which each of the facts is worked out when it is first asked for: there may be hundreds of
/// statements of which a rule wants the findings only.
#[derive(Debug)]
pub struct Facts {
    about: About,
    origin: Origin,
    default_encryption: Option<Box<str>>,
    attached_to: Option<Box<str>>,
    statements: OnceCell<Value>,
    findings: OnceCell<Value>,
    reach: OnceCell<Value>,
    tls: OnceCell<Value>,
}

/// What facts are about.
#[derive(Debug)]
enum About {
    Policy(PolicyDocument),
    Grant(Option<Grant>),
}

impl Facts {
    /// What of a policy passes its bounds, in [`Reason::Limit`](crate::value::Reason::Limit).
    pub const LENGTH: &str = "the length of a policy";

    /// Whether something of the policy was not read, because it is longer than any service accepts.
    pub fn is_cut(&self) -> bool {
        let About::Policy(document) = &self.about else { return false };
        let faults = document.statements.iter().flat_map(|statement| &statement.faults).chain(&document.faults);
        faults.into_iter().any(|fault| fault.kind == FaultKind::TooMany)
    }

    /// Reads a policy.
    pub fn read(policy: &Value, kind: PolicyKind, ctx: &Context<'_>) -> Self {
        let about = match kind {
            PolicyKind::Grant => About::Grant(grant::read(policy, ctx)),
            kind => About::Policy(document::read(policy, kind, ctx)),
        };
        Facts {
            about,
            origin: policy.origin.clone(),
            default_encryption: ctx.default_encryption.map(Box::from),
            attached_to: ctx.attached_to.map(Box::from),
            statements: OnceCell::new(),
            findings: OnceCell::new(),
            reach: OnceCell::new(),
            tls: OnceCell::new(),
        }
    }

    /// The facts of these names.
    pub fn select(&self, wanted: &dyn Fn(&str) -> bool) -> Value {
        let mut entries = match &self.about {
            About::Policy(document) => self.of_policy(document, wanted),
            About::Grant(given) => self.of_grant(given.as_ref()),
        };
        entries.retain(|(name, _)| wanted(name));
        Value::from_pairs(entries).with_origin(self.origin.clone())
    }

    fn of_grant(&self, given: Option<&Grant>) -> Vec<(&'static str, Value)> {
        let findings = || {
            let found = given.map(findings::of_grant).unwrap_or_default();
            list(found.iter().map(|found| finding(found, None)))
        };
        let findings = self.findings.get_or_init(findings).clone();
        vec![("kind", text(PolicyKind::Grant.as_str())), ("findings", findings)]
    }

    fn of_policy(&self, document: &PolicyDocument, wanted: &dyn Fn(&str) -> bool) -> Vec<(&'static str, Value)> {
        let ctx = Context {
            default_encryption: self.default_encryption.as_deref(),
            attached_to: self.attached_to.as_deref(),
            ..Context::default()
        };
        let subject = LazyCell::new(|| Subject::new(document, &ctx));
        let mut entries = vec![
            ("kind", text(document.kind.as_str())),
            ("exists", Value::bool(document.open || !document.statements.is_empty() || !document.faults.is_empty())),
            ("open", Value::bool(document.open)),
            ("account", text(&symbol::show(&document.own_account))),
        ];
        if wanted("statements") {
            let statements =
                || list(document.statements.iter().map(|statement| normal::statement(&subject, statement)));
            entries.push(("statements", self.statements.get_or_init(statements).clone()));
        }
        if wanted("findings") {
            let found = || list(findings::of_subject(&subject).iter().map(|found| finding(found, Some(document))));
            entries.push(("findings", self.findings.get_or_init(found).clone()));
        }
        if let Some(version) = &document.version {
            entries.push(("version", part(version)));
        }
        let has_principals = document.kind.has_principals();
        if has_principals && wanted("reach") {
            entries.push(("reach", self.reach.get_or_init(|| reach::reach(&subject)).clone()));
        }
        if has_principals && !matches!(document.kind, PolicyKind::Key | PolicyKind::Trust) && wanted("tls") {
            entries.push(("tls", self.tls.get_or_init(|| transport(subject.transport())).clone()));
        }
        entries
    }
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

#[cfg(test)]
mod tests {
    use super::{Facts, facts};
    use crate::iam::context::Context;
    use crate::iam::kind::PolicyKind;
    use crate::value::Value;

    #[test]
    fn each_fact_by_itself_is_that_of_all() {
        let statement = [
            ("Effect", Value::string("Allow")),
            ("Principal", Value::string("*")),
            ("Action", Value::string("*")),
            ("Resource", Value::string("*")),
        ];
        let pairs = [("Version", Value::string("2012-10-17")), ("Statement", Value::from_pairs(statement))];
        let policy = Value::from_pairs(pairs);
        for kind in PolicyKind::ALL {
            let ctx = Context { default_encryption: Some("aws:kms"), attached_to: Some("user"), ..Context::default() };
            let all = facts(&policy, kind, &ctx);
            let read = Facts::read(&policy, kind, &ctx);
            for (name, entry) in all.as_map().into_iter().flatten() {
                let one = read.select(&|fact| fact == &**name);
                assert_eq!(one.get(name), Some(&entry.value), "{kind:?} {name}");
                assert_eq!(one.as_map().map(|entries| entries.len()), Some(1), "{kind:?} {name}");
            }
            assert_eq!(read.select(&|_| true), all, "{kind:?}");
        }
    }
}
