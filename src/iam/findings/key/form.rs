//! The form of a policy: version, size, Sids, missing and empty elements.

use rustc_hash::FxHashSet;

use crate::finding::Severity;
use crate::iam::document::{Fault, FaultKind, Statement};
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::kms::MAX_KEY_POLICY_BYTES;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    found.extend(version(subject));
    found.extend(size(subject));
    found.extend(sids(subject));
    for fault in &subject.document.faults {
        found.extend(faulty(subject, None, fault));
    }
    for statement in &subject.document.statements {
        for fault in &statement.faults {
            found.extend(faulty(subject, Some(statement), fault));
        }
    }
}

/// KP32: without the current version, policy variables are plain text.
fn version(subject: &Subject<'_>) -> Option<PolicyFinding> {
    let document = subject.document;
    let version = document.version.as_ref().map(|version| &*version.text);
    if version == Some("2012-10-17") || version.is_some_and(crate::iam::symbol::has) {
        return None;
    }
    if document.version.is_none() && document.statements.is_empty() {
        return None;
    }
    let uses_variables = document.statements.iter().any(|statement| {
        statement.conditions.iter().flat_map(|condition| &condition.values).any(|value| value.text.contains("${"))
    });
    let what = version.map_or("has no Version".to_owned(), |version| format!("has the version {version}"));
    let message = format!("the policy {what}: policy variables are plain text in it");
    let finding = subject.on_document("KP32", At::Version, message);
    Some(if uses_variables { finding.at_severity(Severity::Medium) } else { finding })
}

/// KP33: AWS refuses larger policies; from nine tenths on it is worth knowing.
fn size(subject: &Subject<'_>) -> Option<PolicyFinding> {
    let size = subject.document.size.filter(|size| *size > MAX_KEY_POLICY_BYTES / 10 * 9)?;
    let message = format!("the policy has {size} bytes of at most {MAX_KEY_POLICY_BYTES}");
    let finding = subject.on_document("KP33", At::Document, message);
    Some(if size > MAX_KEY_POLICY_BYTES { finding } else { finding.at_severity(Severity::Low) })
}

/// KP45: statements without a name of their own.
fn sids(subject: &Subject<'_>) -> Vec<PolicyFinding> {
    let mut seen = FxHashSet::default();
    let named = |statement: &Statement| statement.sid.clone().filter(|sid| !sid.text.is_empty());
    let unnamed = subject.document.statements.iter().filter_map(|statement| match named(statement) {
        Some(sid) if crate::iam::symbol::has(&sid.text) || seen.insert(sid.text.clone()) => None,
        Some(sid) => {
            let message = format!("the Sid \"{}\" is given twice", sid.show());
            Some(subject.finding("KP45", statement, At::Sid, message))
        }
        None => {
            let message = format!("{} has no Sid to refer to", statement.name());
            Some(subject.finding("KP45", statement, At::Statement, message))
        }
    });
    unnamed.collect()
}

/// KP50, KP54: what KMS refuses, or what gives nothing.
fn faulty(subject: &Subject<'_>, statement: Option<&Statement>, fault: &Fault) -> Option<PolicyFinding> {
    let name = statement.map_or("the policy".to_owned(), Statement::name);
    let element = &*fault.element;
    let (id, message) = match fault.kind {
        FaultKind::Missing if element == "Resource" => {
            ("KP54", format!("{name} has no Resource and therefore no effect"))
        }
        FaultKind::Missing => ("KP54", format!("{name} has no {element}")),
        FaultKind::Invalid => ("KP54", format!("{name}: the value of {element} is not one that IAM accepts")),
        FaultKind::BothForms => ("KP54", format!("{name} has both {element} and Not{element}")),
        FaultKind::UnknownElement => ("KP54", format!("{name}: there is no element {element}")),
        FaultKind::TooMany => ("KP33", format!("{name}: {element} lists more than AWS accepts")),
        FaultKind::Empty => ("KP50", format!("{name}: {element} lists nothing")),
    };
    let mut finding = match statement {
        Some(statement) => subject.finding(id, statement, At::Statement, message),
        None => subject.on_document(id, At::Document, message),
    };
    if fault.origin.span.is_some() {
        finding.origin = fault.origin.clone();
    }
    Some(finding)
}
