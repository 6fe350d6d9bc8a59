//! Which part of a policy a finding is about.

use crate::iam::document::{PolicyDocument, Statement};
use crate::value::Origin;

/// A part of a policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    /// The document as a whole.
    Document,
    /// Its version.
    Version,
    /// A statement as a whole.
    Statement,
    /// Its Sid.
    Sid,
    /// Its effect.
    Effect,
    /// Its principals as a whole.
    Principals,
    /// One of its principals.
    Principal(usize),
    /// Its actions as a whole.
    Actions,
    /// One of its actions.
    Action(usize),
    /// Its resources as a whole.
    Resources,
    /// One of its resources.
    Resource(usize),
    /// One of its conditions.
    Condition(usize),
}

impl At {
    /// The path of the part within the facts: `statements[2].principals[0]`. Empty for the document.
    pub fn path(self, statement: Option<&Statement>) -> String {
        let Some(statement) = statement else {
            return if self == At::Version { "version".to_owned() } else { String::new() };
        };
        let base = format!("statements[{}]", statement.index);
        let not = |negated: Option<bool>| if negated == Some(true) { "not_" } else { "" };
        let principals = not(statement.principals.as_ref().map(|elements| elements.negated));
        let actions = not(statement.actions.as_ref().map(|elements| elements.negated));
        let resources = not(statement.resources.as_ref().map(|elements| elements.negated));
        match self {
            At::Document | At::Version | At::Statement => base,
            At::Sid => format!("{base}.sid"),
            At::Effect => format!("{base}.effect"),
            At::Principals => format!("{base}.{principals}principals"),
            At::Principal(i) => format!("{base}.{principals}principals[{i}]"),
            At::Actions => format!("{base}.{actions}actions"),
            At::Action(i) => format!("{base}.{actions}actions[{i}]"),
            At::Resources => format!("{base}.{resources}resources"),
            At::Resource(i) => format!("{base}.{resources}resources[{i}]"),
            At::Condition(i) => format!("{base}.conditions[{i}]"),
        }
    }

    /// Where the part is written; the closest part around it that is written somewhere.
    pub(super) fn origin(self, document: &PolicyDocument, statement: Option<&Statement>) -> Origin {
        let Some(statement) = statement else {
            let version = document.version.as_ref().filter(|_| self == At::Version);
            return version.map_or(&document.origin, |part| &part.origin).clone();
        };
        let found = match self {
            At::Document | At::Version | At::Statement => None,
            At::Sid => statement.sid.as_ref().map(|sid| &sid.origin),
            At::Effect => Some(&statement.effect_origin),
            At::Principals => statement.principals.as_ref().map(|principals| &principals.origin),
            At::Principal(i) => statement.principals.as_ref().and_then(|list| Some(&list.items.get(i)?.part.origin)),
            At::Actions => statement.actions.as_ref().map(|actions| &actions.origin),
            At::Action(i) => statement.actions.as_ref().and_then(|list| Some(&list.items.get(i)?.part.origin)),
            At::Resources => statement.resources.as_ref().map(|resources| &resources.origin),
            At::Resource(i) => statement.resources.as_ref().and_then(|list| Some(&list.items.get(i)?.part.origin)),
            At::Condition(i) => statement.conditions.get(i).map(|condition| &condition.origin),
        };
        found.filter(|origin| origin.span.is_some()).unwrap_or(&statement.origin).clone()
    }
}
