//! Actions that exist, have an effect, and say what is meant.

use rustc_hash::FxHashMap;

use crate::iam::arn::has_wildcard;
use crate::iam::document::{Action, Effect, Statement};
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::kms::{ACTIONS, ActionSet};
use crate::iam::pattern::Pattern;
use crate::iam::{services, symbol};

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    let mut unusual = Unusual::default();
    for statement in &subject.document.statements {
        found.extend(unknown_actions(subject, statement, "KP21"));
        found.extend(other_service(subject, statement));
        found.extend(unusual_case(subject, statement, &mut unusual));
        found.extend(no_effect(subject, statement));
        found.extend(not_action(subject, statement));
    }
}

/// The listed actions, plain or negated, with their places.
fn listed(statement: &Statement) -> impl Iterator<Item = (usize, &Action)> {
    statement.actions.iter().flat_map(|actions| actions.items.iter().enumerate())
}

/// What stands after `kms:`, in any case.
fn kms_name(text: &str) -> Option<&str> {
    let (prefix, name) = text.split_once(':')?;
    prefix.eq_ignore_ascii_case("kms").then_some(name)
}

/// KP21 (and IP11): actions that do not exist.
pub(in crate::iam::findings) fn unknown_actions(
    subject: &Subject<'_>,
    statement: &Statement,
    id: &'static str,
) -> Vec<PolicyFinding> {
    let unknown = listed(statement).filter_map(|(i, action)| {
        let name = kms_name(&action.part.text)?;
        if !action.kms.is_empty() || symbol::has(name) || action.pattern.is_oversized() {
            return None;
        }
        let bare = name.trim_matches(['*', '?']);
        let nearest = services::nearest(&bare.to_ascii_lowercase(), LOWER.iter().map(String::as_str))
            .and_then(|lower| ACTIONS.iter().find(|action| action.name.eq_ignore_ascii_case(lower)));
        let hint = nearest.map_or(String::new(), |action| format!("; kms:{} may be meant", action.name));
        let effect = match statement.effect {
            Effect::Deny => "protects nothing",
            _ => "allows nothing",
        };
        let message = format!("{}: there is no action {}, so it {effect}{hint}", statement.name(), action.part.show());
        let finding = subject.finding(id, statement, At::Action(i), message).does(action.part.show());
        Some(if id == "KP21" { finding.raised_for(statement.effect) } else { finding })
    });
    unknown.collect()
}

/// The names of all actions in lower case, to find what was meant.
static LOWER: std::sync::LazyLock<Vec<String>> =
    std::sync::LazyLock::new(|| ACTIONS.iter().map(|action| action.name.to_ascii_lowercase()).collect());

/// KP22: actions of other services have no effect in a key policy.
fn other_service(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let other = listed(statement).filter(|(_, action)| {
        let text = &*action.part.text;
        let other = action.kms.is_empty() || !(text.contains(':') || action.pattern.is_everything());
        !symbol::has(text) && kms_name(text).is_none() && other && !action.pattern.is_oversized()
    });
    let finding = |(i, action): (usize, &Action)| {
        let text = action.part.show();
        let why = if text.contains(':') { "is an action of another service" } else { "has no service prefix" };
        let message = format!("{}: {text} {why} and has no effect in a key policy", statement.name());
        subject.finding("KP22", statement, At::Action(i), message).does(text).raised_for(statement.effect)
    };
    other.map(finding).collect()
}

/// Which actions are in unusual case, by their texts: statements of one policy list the same few.
type Unusual<'a> = FxHashMap<&'a str, bool>;

/// Whether an action would match less if case mattered.
fn is_unusual(action: &Action) -> bool {
    let text = &*action.part.text;
    let is_exact = |name: &str| ACTIONS.iter().any(|action| action.name == name);
    if action.kms.is_empty() || text == "*" || text.strip_prefix("kms:").is_some_and(is_exact) || symbol::has(text) {
        return false;
    }
    let exact = Pattern::exact_case(text);
    let as_written = ActionSet::of(|action| exact.matches(&format!("kms:{}", action.name)).is_true());
    as_written != action.kms
}

/// KP23: matching ignores case, people and search tools do not.
fn unusual_case<'s>(subject: &Subject<'_>, statement: &'s Statement, known: &mut Unusual<'s>) -> Option<PolicyFinding> {
    let (place, action) =
        listed(statement).find(|(_, action)| *known.entry(&action.part.text).or_insert_with(|| is_unusual(action)))?;
    let message = format!("{} writes the action {} in unusual case", statement.name(), action.part.show());
    Some(subject.finding("KP23", statement, At::Action(place), message).does(action.part.show()))
}

/// KP24: actions that are not about a key are decided by IAM alone.
fn no_effect(subject: &Subject<'_>, statement: &Statement) -> Vec<PolicyFinding> {
    let dead = listed(statement).filter(|(_, action)| {
        !has_wildcard(&action.part.text) && !action.kms.is_empty() && !action.kms.meets(ActionSet::on_key())
    });
    let finding = |(i, action): (usize, &Action)| {
        let text = action.part.show();
        let message = format!("{}: {text} is not about a key and has no effect in a key policy", statement.name());
        subject.finding("KP24", statement, At::Action(i), message).does(text).raised_for(statement.effect)
    };
    dead.map(finding).collect()
}

/// KP34, KP35: everything but some actions.
fn not_action(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    statement.actions.as_ref().filter(|actions| actions.negated)?;
    let name = statement.name();
    match statement.effect {
        Effect::Allow => {
            let message = format!("{name} allows every action but those in NotAction, future ones too");
            Some(subject.finding("KP34", statement, At::Actions, message))
        }
        Effect::Deny => {
            let message = format!("{name} denies every action but those in NotAction, also those that AWS adds later");
            Some(subject.finding("KP35", statement, At::Actions, message))
        }
        Effect::Invalid | Effect::Unknown => None,
    }
}
