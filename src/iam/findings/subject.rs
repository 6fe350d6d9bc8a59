//! A policy with what its findings are computed from.

use std::sync::Arc;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::{At, PolicyFinding, catalogue};
use crate::finding::Severity;
use crate::iam::condition::{Narrowing, Presence, RequestContext, narrowing_of, narrows_grant};
use crate::iam::context::Context;
use crate::iam::document::{Effect, PolicyDocument, Principal, Statement};
use crate::iam::kms::ActionSet;
use crate::iam::principal::{Owner, Sort, Who};
use crate::iam::truth::Truth;

/// The most statements that are compared with one another. A policy with more is larger than AWS accepts.
pub(super) const MAX_PAIRED: usize = 1000;

/// A policy with what its findings are computed from.
pub(crate) struct Subject<'a> {
    /// The policy.
    pub document: &'a PolicyDocument,
    /// What is known of its place.
    pub ctx: &'a Context<'a>,
    /// What the conditions of each statement narrow.
    pub narrowings: Vec<Narrowing>,
    /// Whether each statement bounds the grants that are made under it.
    pub grants_bounded: Vec<bool>,
    /// What named principals can do in sum, by principal.
    pub reach: IndexMap<&'a Who, Reach, FxBuildHasher>,
    /// The KMS actions that callers from nowhere in particular are denied.
    pub denied_to_strangers: ActionSet,
}

/// What a named principal can do over all statements, explicit denials taken away.
#[derive(Clone, Default, Debug)]
pub(crate) struct Reach {
    /// The actions, under whatever condition.
    pub actions: ActionSet,
    /// The same without grants that are bound by a condition and re-encryption that stays on the key.
    pub free: ActionSet,
    /// The destructive actions that a hurdle (MFA, a waiting period) stands before in every statement.
    pub unguarded: ActionSet,
    /// Where it is named in an Allow: statement, place among the principals.
    pub named: Vec<(usize, usize)>,
}

impl<'a> Subject<'a> {
    /// Computes what the findings need.
    pub(crate) fn new(document: &'a PolicyDocument, ctx: &'a Context<'a>) -> Self {
        let statements = &document.statements;
        let mut subject = Subject {
            document,
            ctx,
            narrowings: statements.iter().map(|statement| narrowing_of(statement, document)).collect(),
            grants_bounded: statements.iter().map(narrows_grant).collect(),
            reach: IndexMap::default(),
            denied_to_strangers: ActionSet::EMPTY,
        };
        subject.denied_to_strangers = subject.denied_to(&stranger());
        subject.collect_reach();
        subject
    }

    /// What the conditions of a statement narrow.
    pub(crate) fn narrowing(&self, statement: &Statement) -> Narrowing {
        self.narrowings.get(statement.index).copied().unwrap_or_default()
    }

    /// Whether a statement bounds the grants that are made under it.
    pub(crate) fn bounds_grants(&self, statement: &Statement) -> bool {
        self.grants_bounded.get(statement.index).copied().unwrap_or(false)
    }

    /// The KMS actions that everyone with these condition keys is certainly denied.
    fn denied_to(&self, request: &RequestContext) -> ActionSet {
        let everyone = self.document.denies().filter(|statement| {
            statement.is_for_everyone()
                && statement.covers_resource(self.document, None).is_true()
                && statement.conditions_hold(request).is_true()
        });
        everyone.fold(ActionSet::EMPTY, |set, statement| set | statement.kms)
    }

    fn collect_reach(&mut self) {
        let document = self.document;
        for statement in document.allows() {
            if statement.covers_resource(document, None).is_false() {
                continue;
            }
            let bounded = self.bounds_grants(statement);
            let guarded = is_guarded(statement);
            for (i, principal) in statement.plain_principals().iter().enumerate() {
                if !matches!(principal.who, Who::Identity(_) | Who::Account(_) | Who::Service(_)) {
                    continue;
                }
                let mut actions = statement.kms & ActionSet::on_key();
                if document.owner_of(&principal.who) == Some(Owner::Foreign) {
                    actions = actions & ActionSet::crossing();
                }
                if !statement.conditions.is_empty()
                    && statement.conditions_hold(&self.caller(&principal.who)).is_false()
                {
                    actions = ActionSet::EMPTY;
                }
                let mut free = actions;
                if bounded {
                    free = free - ActionSet::named("CreateGrant");
                }
                if stays_on_key(statement) {
                    free = free - ActionSet::named("ReEncryptFrom") - ActionSet::named("ReEncryptTo");
                }
                let reach = self.reach.entry(&principal.who).or_default();
                reach.actions = reach.actions | actions;
                reach.free = reach.free | free;
                if !guarded {
                    reach.unguarded = reach.unguarded | actions;
                }
                reach.named.push((statement.index, i));
            }
        }
        self.take_denials();
    }

    /// Takes away what is certainly denied, and what is denied without a hurdle.
    fn take_denials(&mut self) {
        let denials: Vec<&Statement> = self.document.denies().take(MAX_PAIRED).collect();
        if denials.is_empty() {
            return;
        }
        let document = self.document;
        let mut reach = std::mem::take(&mut self.reach);
        for (who, reach) in &mut reach {
            let request = self.caller(who);
            let without_mfa = request.clone().with("aws:MultiFactorAuthPresent", Presence::Absent);
            for denial in &denials {
                if !denial.kms.meets(reach.actions) || !denial.certainly_about(who, document) {
                    continue;
                }
                if denial.conditions_hold(&request).is_true() {
                    reach.actions = reach.actions - denial.kms;
                    reach.free = reach.free - denial.kms;
                    reach.unguarded = reach.unguarded - denial.kms;
                } else if denial.conditions_hold(&without_mfa).is_true() {
                    reach.unguarded = reach.unguarded - denial.kms;
                }
            }
        }
        self.reach = reach;
    }

    /// The condition keys that follow from who calls.
    pub(crate) fn caller(&self, who: &Who) -> RequestContext {
        RequestContext::open().of_caller(who, &self.document.partition).with_tls()
    }

    /// What a named principal can do.
    pub(crate) fn reach_of(&self, who: &Who) -> Reach {
        self.reach.get(who).cloned().unwrap_or_default()
    }

    /// The listed principals of a statement for which something holds, with their places.
    pub(crate) fn principals<'s>(
        &self,
        statement: &'s Statement,
        holds: impl Fn(&Principal) -> bool,
    ) -> Vec<(usize, &'s Principal)> {
        statement.plain_principals().iter().enumerate().filter(|(_, principal)| holds(principal)).collect()
    }

    /// A finding on a part of a statement.
    pub(crate) fn finding(&self, id: &'static str, statement: &Statement, at: At, message: String) -> PolicyFinding {
        self.build(id, Some(statement), at, message)
    }

    /// A finding on the document.
    pub(crate) fn on_document(&self, id: &'static str, at: At, message: String) -> PolicyFinding {
        self.build(id, None, at, message)
    }

    fn build(&self, id: &'static str, statement: Option<&Statement>, at: At, message: String) -> PolicyFinding {
        PolicyFinding {
            id,
            severity: catalogue::entry(id).map_or(Severity::Medium, |entry| entry.severity),
            statement: statement.map(|statement| statement.index),
            at,
            origin: at.origin(self.document, statement),
            principal: None,
            action: None,
            message,
        }
    }

    /// The part that stands for some principals of a statement.
    pub(crate) fn at_principals(found: &[(usize, &Principal)]) -> At {
        match found {
            [(i, _)] => At::Principal(*i),
            _ => At::Principals,
        }
    }
}

impl PolicyFinding {
    /// The same, with who is concerned.
    #[must_use]
    pub(crate) fn who(mut self, principal: impl Into<String>) -> Self {
        self.principal = Some(principal.into());
        self
    }

    /// The same, with what can be done.
    #[must_use]
    pub(crate) fn does(mut self, action: impl Into<String>) -> Self {
        self.action = Some(action.into());
        self
    }

    /// The same, with another severity.
    #[must_use]
    pub(crate) fn at_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same, one level higher for a Deny: a guard that does not work is worse than a permission that does not.
    #[must_use]
    pub(crate) fn raised_for(mut self, effect: Effect) -> Self {
        if effect == Effect::Deny {
            let next = Severity::ALL.into_iter().find(|severity| *severity > self.severity);
            self.severity = next.unwrap_or(self.severity);
        }
        self
    }
}

impl Statement {
    /// Whether the statement, a Deny, is certainly about a principal.
    pub(crate) fn certainly_about(&self, who: &Who, document: &PolicyDocument) -> bool {
        self.plain_principals().iter().any(|principal| principal.who.includes(who, true))
            && self.covers_resource(document, None).is_true()
    }
}

/// Names some principals for a message: at most three.
pub(crate) fn name_all(found: &[(usize, &Principal)]) -> String {
    let mut names: Vec<String> = found.iter().take(3).map(|(_, principal)| principal.who.show()).collect();
    if found.len() > 3 {
        names.push(format!("{} more", found.len() - 3));
    }
    join(&names)
}

/// Names some actions for a message: at most three.
pub(crate) fn name_actions(actions: ActionSet) -> String {
    let mut names: Vec<String> = actions.iter().take(3).map(|action| format!("kms:{}", action.name)).collect();
    if actions.len() > 3 {
        names.push(format!("{} more", actions.len() - 3));
    }
    join(&names)
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn join(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// A caller from an account and organization of its own.
pub(super) fn stranger() -> RequestContext {
    let account: Arc<str> = "000000000000".into();
    RequestContext::open()
        .with_value("aws:PrincipalAccount", &account)
        .with_value("kms:CallerAccount", &account)
        .with_value("aws:PrincipalOrgID", "o-0000000000")
        .with_value("aws:PrincipalOrgPaths", "o-0000000000/r-0000/")
        .with_value("aws:PrincipalArn", "arn:aws:iam::000000000000:role/stranger")
        .with_value("aws:PrincipalIsAWSService", "false")
        .with("aws:PrincipalServiceName", Presence::Absent)
}

/// Whether a statement puts a hurdle before its actions.
fn is_guarded(statement: &Statement) -> bool {
    let request = RequestContext::open()
        .with("aws:MultiFactorAuthPresent", Presence::Absent)
        .with("aws:MultiFactorAuthAge", Presence::Absent);
    let soon = RequestContext::open().with_value("kms:ScheduleKeyDeletionPendingWindowInDays", "7");
    statement.conditions_open
        || statement.conditions_hold(&request).is_false()
        || statement.conditions_hold(&soon).is_false()
}

/// Whether a statement lets data be re-encrypted under the same key only.
fn stays_on_key(statement: &Statement) -> bool {
    let elsewhere = RequestContext::open().with_value("kms:ReEncryptOnSameKey", "false");
    statement.conditions_hold(&elsewhere) == Truth::False
}

/// Whether a principal is a role, user or session that may belong to the own account.
pub(crate) fn is_own_identity(document: &PolicyDocument, who: &Who) -> bool {
    matches!(who, Who::Identity(identity) if identity.sort != Sort::Other)
        && matches!(document.owner_of(who), Some(Owner::Own | Owner::Unknown))
}
