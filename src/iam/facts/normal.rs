//! Statements in one form, whatever form they were written in.

use std::sync::Arc;

use super::{list, number, part, text};
use crate::iam::condition::Narrowing;
use crate::iam::document::{Condition, Effect, Elements, PolicyDocument, Principal, Statement};
use crate::iam::findings::Subject;
use crate::iam::keys::Role;
use crate::iam::kind::PolicyKind;
use crate::iam::kms::{Action, ActionSet, Class};
use crate::iam::principal::{Owner, Sort, Who};
use crate::value::{Entry, Value};

/// One statement.
pub(super) fn statement(subject: &Subject<'_>, statement: &Statement) -> Value {
    let document = subject.document;
    let effect = match statement.effect {
        Effect::Allow => "allow",
        Effect::Deny => "deny",
        Effect::Invalid => "invalid",
        Effect::Unknown => "unknown",
    };
    let mut entries = vec![
        ("index", number(statement.index)),
        ("name", text(&statement.name())),
        ("effect", text(effect).with_origin(statement.effect_origin.clone())),
    ];
    if let Some(sid) = &statement.sid {
        entries.push(("sid", part(sid)));
    }
    if let Some(principals) = &statement.principals {
        let name = if principals.negated { "not_principals" } else { "principals" };
        entries.push((name, elements(principals, |item| principal(document, item))));
    }
    if let Some(actions) = &statement.actions {
        let name = if actions.negated { "not_actions" } else { "actions" };
        entries.push((name, elements(actions, |action| part(&action.part))));
    }
    if let Some(resources) = &statement.resources {
        let name = if resources.negated { "not_resources" } else { "resources" };
        entries.push((name, elements(resources, |resource| part(&resource.part))));
    }
    entries.push(("conditions", list(statement.conditions.iter().map(condition))));
    let about_keys = matches!(document.kind, PolicyKind::Key | PolicyKind::Identity);
    if about_keys && statement.kms.meets(ActionSet::on_key()) {
        entries.push(("kms", classes(statement.kms & ActionSet::on_key())));
    }
    if document.kind.has_principals() {
        entries.push(("narrowed", narrowed(subject.narrowing(statement))));
    }
    // What goes over several lines is pointed at where it begins.
    let placed = |value: Value| Entry { key: value.origin.place(), ..Entry::generated(value) };
    let entries = entries.into_iter().map(|(name, value)| (Arc::from(name), placed(value)));
    Value::object(entries.collect()).with_origin(statement.origin.clone())
}

fn elements<T>(elements: &Elements<T>, one: impl Fn(&T) -> Value) -> Value {
    list(elements.items.iter().map(one)).with_origin(elements.origin.clone())
}

/// A principal with whose it is.
fn principal(document: &PolicyDocument, principal: &Principal) -> Value {
    let mut entries = vec![("id", text(&principal.part.show())), ("kind", text(kind(&principal.who)))];
    if let Some(owner) = document.owner_of(&principal.who) {
        entries.push(("owner", text(owner_word(owner))));
    }
    Value::from_pairs(entries).with_origin(principal.part.origin.clone())
}

/// What sort of principal, as a word.
pub(in crate::iam) fn kind(who: &Who) -> &'static str {
    match who {
        Who::Everyone => "everyone",
        Who::Account(_) => "account",
        Who::Identity(identity) => match identity.sort {
            Sort::Role => "role",
            Sort::User => "user",
            Sort::Session => "session",
            Sort::FederatedUser => "federated-user",
            Sort::Other => "principal",
        },
        Who::Service(_) => "service",
        Who::Federated(_) => "federated",
        Who::Canonical(_) => "canonical-user",
        Who::UniqueId(_) => "deleted",
        Who::Malformed(..) => "malformed",
        Who::Unknown => "unknown",
    }
}

/// Whose a principal is, as a word.
pub(in crate::iam) fn owner_word(owner: Owner) -> &'static str {
    match owner {
        Owner::Own => "own",
        Owner::Foreign => "foreign",
        Owner::Aws => "aws",
        Owner::Unknown => "unknown",
    }
}

fn condition(condition: &Condition) -> Value {
    let role = condition.known_key.map_or("unknown", |key| match key.role {
        Role::Who | Role::WhoWeak => "who",
        Role::Source => "source",
        Role::Network => "network",
        Role::Grant => "grant",
        Role::What => "what",
        Role::How => "how",
        Role::WhichKey => "which-key",
        Role::Guard => "guard",
        Role::Exception => "exception",
        Role::Never => "never",
    });
    Value::from_pairs([
        ("operator", text(&condition.operator_text)),
        ("key", text(&condition.key)),
        ("values", list(condition.values.iter().map(part))),
        ("about", text(role)),
        ("open_when_absent", Value::bool(condition.operator.is_some_and(|operator| operator.holds_when_absent()))),
    ])
    .with_origin(condition.origin.clone())
}

/// KMS actions by what they are for.
pub(super) fn classes(actions: ActionSet) -> Value {
    let groups = [
        ("decrypt", ActionSet::decrypt_like()),
        ("encrypt", ActionSet::encrypt_like()),
        ("control", ActionSet::control()),
        ("destructive", ActionSet::class(Class::Destructive)),
        ("administer", ActionSet::class(Class::Administer)),
    ];
    let name = |action: &'static Action| text(&format!("kms:{}", action.name));
    let groups = groups.into_iter().map(|(group, members)| (group, actions & members));
    Value::from_pairs(
        groups
            .filter(|(_, members)| !members.is_empty())
            .map(|(group, members)| (group, list(members.iter().map(name)))),
    )
}

/// What the conditions narrow, as words.
fn narrowed(narrowing: Narrowing) -> Value {
    let words = [
        (narrowing.own_account, "own-account"),
        (narrowing.foreign_account, "foreign-account"),
        (narrowing.organization, "organization"),
        (narrowing.principals, "principals"),
        (narrowing.source, "source"),
        (narrowing.context, "encryption-context"),
        (narrowing.network, "network"),
        (narrowing.attested, "attested"),
        (narrowing.unknown, "unknown"),
    ];
    list(words.into_iter().filter(|(holds, _)| *holds).map(|(_, word)| text(word)))
}
