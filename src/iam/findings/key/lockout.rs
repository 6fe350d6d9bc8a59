//! Whether the key can still be managed.

use crate::iam::condition::{Narrowing, RequestContext};
use crate::iam::document::{PolicyDocument, Statement};
use crate::iam::findings::{At, PolicyFinding, Subject, managers};
use crate::iam::kms::ActionSet;
use crate::iam::principal::{Owner, Who};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    if subject.document.may_hold_more() || subject.document.statements.is_empty() {
        return;
    }
    found.extend(not_by_the_account(subject));
    found.extend(nobody(subject));
    found.extend(denied_to_all(subject));
    found.extend(relies_on_iam(subject));
}

/// Who of the own account may change the policy by an Allow.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Manager {
    Nobody,
    Principal,
    Account,
}

fn manager(subject: &Subject<'_>) -> Manager {
    let document = subject.document;
    let change = ActionSet::PUT_KEY_POLICY;
    let statements = document
        .allows()
        .filter(|statement| statement.kms.contains(change) && !statement.covers_resource(document, None).is_false());
    let of_statement = |statement: &Statement| {
        if statement.principals.as_ref().is_some_and(|principals| principals.negated) {
            return Manager::Principal;
        }
        let of_principal = |who: &Who| match who {
            Who::Everyone => of_everyone(&subject.narrowing(statement)),
            Who::Account(_) if !is_foreign(document, who) && may_hold(subject, statement, who) => Manager::Account,
            Who::Identity(_) if !is_foreign(document, who) && may_hold(subject, statement, who) => Manager::Principal,
            _ => Manager::Nobody,
        };
        let managers = statement.plain_principals().iter().map(|principal| of_principal(&principal.who));
        managers.max().unwrap_or(Manager::Nobody)
    };
    statements.map(of_statement).max().unwrap_or(Manager::Nobody)
}

/// Everyone includes the account, and so do those whom the account or its organization bounds.
fn of_everyone(narrowing: &Narrowing) -> Manager {
    let holds_account = narrowing.own_account || narrowing.organization || !narrowing.narrows_everyone();
    if holds_account && !narrowing.principals { Manager::Account } else { Manager::Principal }
}

fn is_foreign(document: &PolicyDocument, who: &Who) -> bool {
    matches!(document.owner_of(who), Some(Owner::Foreign | Owner::Aws) | None)
}

fn may_hold(subject: &Subject<'_>, statement: &Statement, who: &Who) -> bool {
    !subject.holds_for(statement, who).is_false()
}

/// KP15: the key depends on single principals, or on nobody.
fn not_by_the_account(subject: &Subject<'_>) -> Option<PolicyFinding> {
    let message = match manager(subject) {
        Manager::Account => return None,
        Manager::Principal => {
            "no statement lets the account itself change the key policy: it depends on single principals"
        }
        Manager::Nobody => "no statement lets the account itself change the key policy",
    };
    Some(subject.on_document("KP15", At::Document, message.to_owned()).does("kms:PutKeyPolicy"))
}

/// KP16: nobody can change the key policy.
fn nobody(subject: &Subject<'_>) -> Option<PolicyFinding> {
    if manager(subject) != Manager::Nobody {
        return None;
    }
    let message = "no statement lets anyone of the own account change the key policy".to_owned();
    Some(subject.on_document("KP16", At::Document, message).does("kms:PutKeyPolicy"))
}

/// KP17: whoever an Allow lets change the policy is denied it.
fn denied_to_all(subject: &Subject<'_>) -> Option<PolicyFinding> {
    if manager(subject) == Manager::Nobody {
        return None;
    }
    let culprit = managers::denied_to_all(subject.document, "kms:PutKeyPolicy", &RequestContext::open())?;
    let message = format!("{} denies changing the key policy to everyone who could", culprit.name());
    Some(subject.finding("KP17", culprit, At::Statement, message).who("*").does("kms:PutKeyPolicy"))
}

/// KP20: only the account is named, so IAM alone decides.
fn relies_on_iam(subject: &Subject<'_>) -> Option<PolicyFinding> {
    let document = subject.document;
    let own_root = |statement: &Statement| {
        let principals = statement.plain_principals();
        !principals.is_empty() && principals.iter().all(|principal| document.is_own_root(&principal.who))
    };
    let effective = || document.allows().filter(|statement| !statement.covers_resource(document, None).is_false());
    let all = effective().fold(ActionSet::EMPTY, |set, statement| set | statement.kms);
    let wide = all.contains(ActionSet::PUT_KEY_POLICY | ActionSet::DECRYPT);
    if !wide || !effective().all(own_root) {
        return None;
    }
    let message = "only the account itself is named: any IAM policy of the account decides who uses the key".to_owned();
    Some(subject.on_document("KP20", At::Document, message))
}
