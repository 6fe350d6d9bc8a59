//! Who reaches what, over all statements.

use super::normal::{kind, owner_word};
use super::{list, number, text};
use crate::iam::document::{Effect, Statement};
use crate::iam::findings::Subject;
use crate::iam::kind::PolicyKind;
use crate::iam::kms::{ActionSet, Class};
use crate::iam::principal::{Owner, Who};
use crate::value::Value;

/// Who is let in at all, and for keys who reaches which class of actions.
pub(super) fn reach(subject: &Subject<'_>) -> Value {
    let document = subject.document;
    let owned = |owner: Owner| {
        document
            .allows()
            .flat_map(Statement::plain_principals)
            .filter(move |principal| document.owner_of(&principal.who) == Some(owner))
    };
    let public = document.allows().any(|statement| {
        let negated = statement.principals.as_ref().is_some_and(|principals| principals.negated);
        negated || (statement.is_for_everyone() && !subject.narrowing(statement).narrows_everyone())
    });
    let delegated = document
        .allows()
        .any(|statement| statement.plain_principals().iter().any(|principal| document.is_own_root(&principal.who)));
    let services = document.allows().flat_map(Statement::plain_principals);
    let services = services.filter(|principal| matches!(principal.who, Who::Service(_)));
    let mut entries = vec![
        ("public", Value::bool(public)),
        ("account_delegated", Value::bool(delegated)),
        ("foreign", list(owned(Owner::Foreign).map(|principal| super::part(&principal.part)))),
        ("services", list(services.map(|principal| super::part(&principal.part)))),
    ];
    if document.kind == PolicyKind::Key {
        let classes = [
            ("decrypt", ActionSet::decrypt_like()),
            ("encrypt", ActionSet::encrypt_like()),
            ("control", ActionSet::control()),
            ("destructive", ActionSet::class(Class::Destructive)),
        ];
        entries.extend(classes.map(|(name, actions)| (name, reaching(subject, actions))));
    }
    Value::from_pairs(entries)
}

/// The principals that reach some of these actions, each with the statement through which it does.
fn reaching(subject: &Subject<'_>, actions: ActionSet) -> Value {
    let document = subject.document;
    let mut rows = Vec::new();
    for statement in &document.statements {
        if statement.effect != Effect::Allow || !statement.kms.meets(actions) {
            continue;
        }
        for (place, principal) in statement.plain_principals().iter().enumerate() {
            let reached = match &principal.who {
                who @ (Who::Identity(_) | Who::Account(_) | Who::Service(_)) => subject.reach_of(who).actions,
                Who::Everyone => statement.kms,
                _ => continue,
            };
            if !reached.meets(actions) {
                continue;
            }
            let mut entries = vec![
                ("principal", text(&principal.part.show())),
                ("kind", text(kind(&principal.who))),
                ("statement", number(statement.index)),
                ("path", text(&format!("statements[{}].principals[{place}]", statement.index))),
            ];
            if let Some(owner) = document.owner_of(&principal.who) {
                entries.push(("owner", text(owner_word(owner))));
            }
            rows.push(Value::from_pairs(entries).with_origin(principal.part.origin.clone()));
        }
    }
    Value::list(rows)
}
