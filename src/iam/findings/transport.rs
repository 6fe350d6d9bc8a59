//! Findings on TLS: the reasons of [`tls`](crate::iam::tls) with their ids.

use crate::finding::Severity;
use crate::iam::condition::number;
use crate::iam::condition::{Order, Test};
use crate::iam::document::Statement;
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::tls::{Reason, Weakness};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    let transport = subject.transport();
    if transport.required.is_false() {
        found.push(not_required(subject, &transport.weaknesses));
        found.extend(transport.weaknesses.iter().filter_map(|weakness| reason(subject, weakness)));
    }
}

/// BP01: requests without TLS are let in.
fn not_required(subject: &Subject<'_>, weaknesses: &[Weakness]) -> PolicyFinding {
    let statement = |weakness: &Weakness| weakness.statement.and_then(|i| subject.document.statements.get(i));
    let why: Vec<String> = weaknesses
        .iter()
        .take(3)
        .map(|weakness| match statement(weakness) {
            Some(statement) => format!("{}: {}", statement.name(), weakness.reason.phrase()),
            None => weakness.reason.phrase().to_owned(),
        })
        .collect();
    let message = format!("requests without TLS are not denied: {}", why.join("; "));
    match weaknesses.iter().find_map(statement) {
        Some(statement) => subject.finding("BP01", statement, At::Statement, message),
        None => subject.on_document("BP01", At::Document, message),
    }
}

/// BP02 to BP07: what is wrong with a statement that was meant to require TLS.
fn reason(subject: &Subject<'_>, weakness: &Weakness) -> Option<PolicyFinding> {
    let statement = subject.document.statements.get(weakness.statement?)?;
    let condition = statement.conditions.iter().position(|c| c.key.eq_ignore_ascii_case("aws:SecureTransport"));
    let condition = condition.map_or(At::Statement, At::Condition);
    let (id, at) = match weakness.reason {
        Reason::AllowNotDeny => ("BP02", At::Effect),
        Reason::OnlyObjects | Reason::OnlyBucket | Reason::SomeObjects => ("BP03", At::Resources),
        Reason::SomePrincipals => ("BP04", At::Principals),
        Reason::SomeActions => ("BP05", At::Actions),
        Reason::UnfitOperator => ("BP06", condition),
        Reason::Inverted => ("BP07", condition),
        Reason::OtherResource
        | Reason::NoResource
        | Reason::FurtherCondition
        | Reason::NoPolicy
        | Reason::NoStatement => return None,
    };
    let message = format!("{}: {}", statement.name(), weakness.reason.phrase());
    Some(subject.finding(id, statement, at, message))
}

/// BP08, BP09: old versions of TLS are let in, or a test of the version does not do what it should.
pub(super) fn versions(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    if subject.document.open {
        return;
    }
    let transport = subject.transport();
    if let Some(minimum @ ("1.0" | "1.1")) = transport.minimum {
        let message = format!("TLS {minimum} is let in: no statement denies requests below TLS 1.2");
        found.push(subject.on_document("BP08", At::Document, message));
    }
    for statement in &subject.document.statements {
        found.extend(version_test(subject, statement));
    }
}

fn version_test(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let place = statement.conditions.iter().position(|condition| {
        condition.key.eq_ignore_ascii_case("s3:TlsVersion")
            && match condition.operator.map(|operator| operator.test) {
                Some(Test::Numeric(Order::LessThan)) => false,
                Some(Test::Numeric(Order::LessThanEquals)) => {
                    condition.values.iter().any(|value| number(&value.text).is_some_and(|number| number >= 1.2))
                }
                Some(Test::Null) => false,
                _ => true,
            }
    })?;
    let condition = statement.conditions.get(place)?;
    let message = format!("{}: {} does not deny old versions of TLS", statement.name(), condition.operator_text);
    Some(subject.finding("BP09", statement, At::Condition(place), message).at_severity(Severity::Medium))
}
