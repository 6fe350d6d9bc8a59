//! Policy documents as a typed model.
//!
//! Every part keeps the origin of the value that it was read from. What is not known stays: a part with symbols, a list
//! that is marked as open, a principal that is [`Who::Unknown`].

mod bound;
mod own;
mod read;

use std::sync::Arc;

pub use read::{open, open_json, read};

use super::arn::{Arn, is_account_id};
use super::condition::Operator;
use super::keys::Key;
use super::kind::PolicyKind;
use super::kms::ActionSet;
use super::pattern::Pattern;
use super::principal::{Owner, Who};
use super::symbol;
use crate::value::Origin;

/// A policy document.
#[derive(Clone, Debug)]
pub struct PolicyDocument {
    /// What sort of policy it is.
    pub kind: PolicyKind,
    /// `Version`, if there is one.
    pub version: Option<Part>,
    /// The statements.
    pub statements: Vec<Statement>,
    /// Whether there may be statements that are not known.
    pub open: bool,
    /// The account of the policy: an id or a symbol.
    pub own_account: Arc<str>,
    /// Whether other accounts than that are certainly foreign.
    pub own_is_certain: bool,
    /// The partition of the policy.
    pub partition: Arc<str>,
    /// Whether the place of deployment or the principals of the own account say so.
    pub partition_is_certain: bool,
    /// The ARN of the resource that the policy protects, if it is known.
    pub own_arn: Option<Arc<str>>,
    /// The bytes of the document as it would be sent, if that is known.
    pub size: Option<usize>,
    /// What is wrong with the document as such.
    pub faults: Vec<Fault>,
    /// Where the document is written.
    pub origin: Origin,
}

/// A piece of text in a policy.
#[derive(Clone, Debug)]
pub struct Part {
    /// The text, with symbols for what is not known.
    pub text: Arc<str>,
    /// Where it is written.
    pub origin: Origin,
}

/// One statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Its place in the document, from 0.
    pub index: usize,
    /// `Sid`, if there is one.
    pub sid: Option<Part>,
    /// What it does.
    pub effect: Effect,
    /// Where the effect is written.
    pub effect_origin: Origin,
    /// `Principal` or `NotPrincipal`.
    pub principals: Option<Elements<Principal>>,
    /// `Action` or `NotAction`.
    pub actions: Option<Elements<Action>>,
    /// `Resource` or `NotResource`.
    pub resources: Option<Elements<Resource>>,
    /// The conditions, of which all must hold.
    pub conditions: Vec<Condition>,
    /// Whether there may be conditions that are not known.
    pub conditions_open: bool,
    /// The roles and users to which its conditions bind everyone, each by its ARN.
    pub bound: Vec<Principal>,
    /// The KMS actions that it certainly covers, without those whose requests its conditions cannot hold for.
    pub kms: ActionSet,
    /// What is wrong with its form.
    pub faults: Vec<Fault>,
    /// Where it is written.
    pub origin: Origin,
}

/// What a statement does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Effect {
    /// It allows.
    Allow,
    /// It denies.
    Deny,
    /// Its effect is missing or not one of the two.
    Invalid,
    /// Its effect is not known.
    Unknown,
}

/// An element of a statement in its plain or its negated form.
#[derive(Clone, Debug)]
pub struct Elements<T> {
    /// Whether it is the `Not` form.
    pub negated: bool,
    /// What it lists.
    pub items: Vec<T>,
    /// Whether there may be items that are not known.
    pub open: bool,
    /// Where it is written.
    pub origin: Origin,
}

/// A principal of a statement.
#[derive(Clone, Debug)]
pub struct Principal {
    /// `AWS`, `Service`, `Federated`, `CanonicalUser`, or what stands there; empty for a bare `*`.
    pub ty: Arc<str>,
    /// Who it is.
    pub who: Who,
    /// The text.
    pub part: Part,
    /// Whether the partition of its ARN is written out, not taken from the place of deployment.
    pub writes_partition: bool,
}

/// An action of a statement.
#[derive(Clone, Debug)]
pub struct Action {
    /// The text.
    pub part: Part,
    /// What it matches, in lower case.
    pub pattern: Pattern,
    /// The KMS actions that it certainly matches.
    pub kms: ActionSet,
}

/// A resource of a statement.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The text.
    pub part: Part,
    /// What it matches.
    pub pattern: Pattern,
}

/// One key of one operator, with its values.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The operator; `None` if there is none of this name.
    pub operator: Option<Operator>,
    /// The operator's name.
    pub operator_text: Arc<str>,
    /// The key's name as written.
    pub key: Arc<str>,
    /// What is known of the key.
    pub known_key: Option<&'static Key>,
    /// Whether the key is one but for a slip, so that no request has it.
    pub misspelt: bool,
    /// The values, of which one must match (or none, for negated operators).
    pub values: Vec<Part>,
    /// Whether there may be values that are not known.
    pub open: bool,
    /// Where it is written.
    pub origin: Origin,
}

/// Something wrong with the form of a statement or document.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// The element that it is about: `Effect`, `Principal`.
    pub element: Arc<str>,
    /// Where.
    pub origin: Origin,
}

/// The sorts of [`Fault`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FaultKind {
    /// The element is missing.
    Missing,
    /// The element's value is not one that is accepted.
    Invalid,
    /// The element stands beside its `Not` form.
    BothForms,
    /// There is no such element.
    UnknownElement,
    /// The element lists nothing.
    Empty,
    /// The element lists more than any service accepts; the rest is not read.
    TooMany,
}

impl Elements<Action> {
    /// The KMS actions that they certainly match, or in the `Not` form certainly leave.
    pub fn kms(&self) -> ActionSet {
        if !self.negated {
            return self.items.iter().fold(ActionSet::EMPTY, |set, action| set | action.kms);
        }
        if self.open {
            return ActionSet::EMPTY;
        }
        let excepted = self.items.iter().map(|action| ActionSet::possibly_matching(&action.pattern));
        ActionSet::of(|_| true) - excepted.fold(ActionSet::EMPTY, |set, more| set | more)
    }
}

impl Part {
    /// The text for people.
    pub fn show(&self) -> String {
        symbol::show(&self.text).into_owned()
    }
}

impl PolicyDocument {
    /// The statements that allow.
    pub fn allows(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.effect == Effect::Allow)
    }

    /// The statements that deny.
    pub fn denies(&self) -> impl Iterator<Item = &Statement> + Clone {
        self.statements.iter().filter(|statement| statement.effect == Effect::Deny)
    }

    /// Whose an account is.
    pub fn owner(&self, account: &str) -> Owner {
        match super::principal::owner(account, &self.own_account) {
            // A policy that writes its own account as a symbol means others by their ids.
            Owner::Unknown if self.own_is_certain && !symbol::has(account) => Owner::Foreign,
            owner => owner,
        }
    }

    /// Whether an ARN is of another account than the policy.
    pub fn is_elsewhere(&self, arn: &str) -> bool {
        let account = Arn::parse(arn).map(|arn| arn.account).filter(|account| is_account_id(account));
        account.is_some_and(|account| self.owner(account) == Owner::Foreign)
    }

    /// Whose a principal is, if it belongs to an account.
    pub fn owner_of(&self, who: &Who) -> Option<Owner> {
        who.account().map(|account| self.owner(account))
    }

    /// Whether this is the own account as a whole.
    pub fn is_own_root(&self, who: &Who) -> bool {
        matches!(who, Who::Account(account) if self.owner(account) == Owner::Own)
    }

    /// Whether any statement is not wholly known where it matters for proofs that something is missing.
    pub fn may_hold_more(&self) -> bool {
        self.open
            || self.statements.iter().any(|statement| {
                statement.effect == Effect::Unknown
                    || statement.principals.as_ref().is_some_and(|principals| {
                        principals.open || principals.items.iter().any(|p| p.who == Who::Unknown)
                    })
                    || statement.actions.as_ref().is_some_and(|actions| {
                        actions.open || actions.items.iter().any(|action| symbol::has(&action.part.text))
                    })
            })
    }
}

impl Statement {
    /// How a person names it: its Sid, or its place.
    pub fn name(&self) -> String {
        match &self.sid {
            Some(sid) if !sid.text.is_empty() => format!("statement \"{}\"", sid.show()),
            _ => format!("statement {}", self.index + 1),
        }
    }

    /// The listed principals, if this is not the `Not` form.
    pub fn plain_principals(&self) -> &[Principal] {
        match &self.principals {
            Some(principals) if !principals.negated => &principals.items,
            _ => &[],
        }
    }

    /// The listed principals and those to whom a condition binds `*`, each with its place in the list or that of `*`.
    pub fn named_principals(&self) -> impl Iterator<Item = (usize, &Principal)> {
        let listed = self.plain_principals();
        let star = listed.iter().position(|principal| principal.who == Who::Everyone).unwrap_or_default();
        listed.iter().enumerate().chain(self.bound.iter().map(move |principal| (star, principal)))
    }

    /// The listed actions, if this is not the `Not` form.
    pub fn plain_actions(&self) -> &[Action] {
        match &self.actions {
            Some(actions) if !actions.negated => &actions.items,
            _ => &[],
        }
    }

    /// Whether everyone is among the principals.
    pub fn is_for_everyone(&self) -> bool {
        self.plain_principals().iter().any(|principal| principal.who == Who::Everyone)
    }

    /// The condition on this key, with any operator.
    pub fn conditions_on<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Condition> {
        self.conditions.iter().filter(move |condition| condition.key.eq_ignore_ascii_case(key))
    }
}
