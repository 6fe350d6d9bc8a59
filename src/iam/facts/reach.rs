//! Who reaches what, over all statements.

use super::normal::{kind, owner_word};
use super::{list, number, text};
use crate::iam::document::{PolicyDocument, Principal, Statement};
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
        let rows = Rows::of(subject);
        entries.extend(classes.map(|(name, actions)| (name, rows.reaching(actions))));
    }
    Value::from_pairs(entries)
}

/// The principals that statements allow something, each with the statement through which it comes to it.
struct Rows(Vec<Row>);

/// One principal in one statement: what the statement is about, what the principal reaches in all, and both for rules.
struct Row {
    listed: ActionSet,
    reached: ActionSet,
    value: Value,
}

impl Rows {
    fn of(subject: &Subject<'_>) -> Self {
        let allows = subject.document.allows();
        let named = allows.flat_map(|statement| {
            let listed = statement.plain_principals().iter().enumerate();
            listed.map(move |(place, principal)| (statement, place, principal))
        });
        let rows = named.filter_map(|(statement, place, principal)| {
            let reached = match &principal.who {
                Who::Identity(_) | Who::Account(_) | Who::Service(_) => subject.reach_at(statement, place)?.actions,
                Who::Everyone => statement.kms,
                _ => return None,
            };
            Some(Row { listed: statement.kms, reached, value: row(subject.document, statement, place, principal) })
        });
        Rows(rows.collect())
    }

    /// The principals that reach some of these actions.
    fn reaching(&self, actions: ActionSet) -> Value {
        let reaching = self.0.iter().filter(|row| row.listed.meets(actions) && row.reached.meets(actions));
        list(reaching.map(|row| row.value.clone()))
    }
}

fn row(document: &PolicyDocument, statement: &Statement, place: usize, principal: &Principal) -> Value {
    let mut entries = vec![
        ("principal", text(&principal.part.show())),
        ("kind", text(kind(&principal.who))),
        ("statement", number(statement.index)),
        ("path", text(&format!("statements[{}].principals[{place}]", statement.index))),
    ];
    if let Some(owner) = document.owner_of(&principal.who) {
        entries.push(("owner", text(owner_word(owner))));
    }
    Value::from_pairs(entries).with_origin(principal.part.origin.clone())
}
