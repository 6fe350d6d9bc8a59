//! A policy with what its findings are computed from.

use std::cell::OnceCell;
use std::sync::LazyLock;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::named::Named;
use super::{At, PolicyFinding, catalogue, sessions};
use crate::finding::Severity;
use crate::iam::condition::{Narrowing, Presence, RequestContext, narrowing_of, narrows_grant};
use crate::iam::context::Context;
use crate::iam::document::{Effect, PolicyDocument, Principal, Statement};
use crate::iam::kms::ActionSet;
use crate::iam::principal::{Owner, Sort, Who};
use crate::iam::tls::{self, Transport};
use crate::iam::truth::Truth;

/// The most statements that are compared with one another. A policy with more is larger than AWS accepts.
pub(super) const MAX_PAIRED: usize = 1000;

/// Both sides of re-encryption.
const RE_ENCRYPT: ActionSet = ActionSet::RE_ENCRYPT_FROM.with(ActionSet::named("ReEncryptTo"));

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
    /// The KMS actions that callers from nowhere in particular are denied.
    pub denied_to_strangers: ActionSet,
    /// What named principals can do in sum, by principal.
    reach: Reaches<'a>,
    /// The place in `reach` of each principal of each statement that allows.
    placed: Vec<Vec<Option<usize>>>,
    transport: OnceCell<Transport>,
}

/// Principals with their reach, in the order in which statements name them.
pub(super) type Reaches<'a> = IndexMap<&'a Who, Reach, FxBuildHasher>;

/// What a named principal can do over all statements, explicit denials taken away.
#[derive(Clone, Default, Debug)]
pub(crate) struct Reach {
    /// The actions, under whatever condition.
    pub actions: ActionSet,
    /// The same without grants that are bound by a condition and re-encryption that stays on the key.
    pub free: ActionSet,
    /// The destructive actions that a hurdle (MFA, a waiting period) stands before in every statement.
    pub unguarded: ActionSet,
    /// The statements that name it in an Allow, by their places; once for each time.
    pub named: Vec<usize>,
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
            denied_to_strangers: ActionSet::EMPTY,
            reach: IndexMap::default(),
            placed: Vec::new(),
            transport: OnceCell::new(),
        };
        subject.denied_to_strangers = subject.denied_to(stranger());
        subject.reach = subject.reaches();
        subject.placed = statements.iter().map(|statement| subject.places(statement)).collect();
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

    fn reaches(&self) -> Reaches<'a> {
        let document = self.document;
        let mut reaches = Reaches::default();
        for statement in document.allows() {
            if statement.covers_resource(document, None).is_false() {
                continue;
            }
            let mut kept = ActionSet::EMPTY;
            if self.bounds_grants(statement) {
                kept = kept | ActionSet::CREATE_GRANT;
            }
            if stays_on_key(statement) {
                kept = kept | RE_ENCRYPT;
            }
            let guarded = is_guarded(statement);
            for principal in statement.plain_principals() {
                if !matches!(principal.who, Who::Identity(_) | Who::Account(_) | Who::Service(_)) {
                    continue;
                }
                let mut actions = statement.kms & ActionSet::on_key();
                if document.owner_of(&principal.who) == Some(Owner::Foreign) {
                    actions = actions & ActionSet::crossing();
                }
                if self.holds_for(statement, &principal.who).is_false() {
                    actions = ActionSet::EMPTY;
                }
                let reach = reaches.entry(&principal.who).or_default();
                reach.actions = reach.actions | actions;
                reach.free = reach.free | (actions - kept);
                if !guarded {
                    reach.unguarded = reach.unguarded | actions;
                }
                reach.named.push(statement.index);
            }
        }
        sessions::inherit(&mut reaches);
        self.take_denials(&mut reaches);
        reaches
    }

    /// Takes away what is certainly denied, and what is denied without a hurdle.
    fn take_denials(&self, reaches: &mut Reaches<'_>) {
        let document = self.document;
        let denials = Named::new(document.denies().take(MAX_PAIRED));
        for (who, reach) in reaches {
            for denial in denials.including(who, true) {
                if !denial.kms.meets(reach.actions) || !denial.certainly_about(who, document) {
                    continue;
                }
                if self.holds_for(denial, who).is_true() {
                    reach.actions = reach.actions - denial.kms;
                    reach.free = reach.free - denial.kms;
                    reach.unguarded = reach.unguarded - denial.kms;
                    continue;
                }
                let without_mfa = self.caller(who).with("aws:MultiFactorAuthPresent", Presence::Absent);
                if denial.conditions_hold(&without_mfa).is_true() {
                    reach.unguarded = reach.unguarded - denial.kms;
                }
            }
        }
    }

    /// Where the principals of a statement that allows are in `reach`.
    fn places(&self, statement: &Statement) -> Vec<Option<usize>> {
        if statement.effect != Effect::Allow {
            return Vec::new();
        }
        statement.plain_principals().iter().map(|principal| self.reach.get_index_of(&principal.who)).collect()
    }

    /// Whether the conditions of a statement hold for a principal, as far as that follows from who it is.
    pub(crate) fn holds_for(&self, statement: &Statement, who: &Who) -> Truth {
        let says = |key: &str| RequestContext::follows_from(who, key);
        match statement.conditions.iter().any(|condition| says(&condition.key)) {
            true => statement.conditions_hold(&self.caller(who)),
            false => statement.conditions_hold(&ANYONE),
        }
    }

    /// The condition keys that follow from who is listed.
    pub(crate) fn caller(&self, who: &Who) -> RequestContext {
        RequestContext::open().of_listed(who, &self.document.partition).with_tls()
    }

    /// What the principal at a place of a statement that allows can do, if it is one of those that act.
    pub(crate) fn reach_at(&self, statement: &Statement, place: usize) -> Option<&Reach> {
        let at = (*self.placed.get(statement.index)?.get(place)?)?;
        Some(self.reach.get_index(at)?.1)
    }

    /// Whether the policy requires TLS.
    pub(crate) fn transport(&self) -> &Transport {
        self.transport.get_or_init(|| tls::of(self.document))
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

/// A caller of whom nothing is known, but that the request came by TLS.
static ANYONE: LazyLock<RequestContext> = LazyLock::new(|| RequestContext::open().with_tls());

/// A caller from an account and organization of its own.
static STRANGER: LazyLock<RequestContext> = LazyLock::new(|| {
    let account = "000000000000";
    RequestContext::open()
        .with_value("aws:PrincipalAccount", account)
        .with_value("kms:CallerAccount", account)
        .with_value("aws:PrincipalOrgID", "o-0000000000")
        .with_value("aws:PrincipalOrgPaths", "o-0000000000/r-0000/")
        .with_value("aws:PrincipalArn", "arn:aws:iam::000000000000:role/stranger")
        .with_value("aws:PrincipalIsAWSService", "false")
        .with("aws:PrincipalServiceName", Presence::Absent)
});

/// A caller without a second factor.
static WITHOUT_MFA: LazyLock<RequestContext> = LazyLock::new(|| {
    RequestContext::open()
        .with("aws:MultiFactorAuthPresent", Presence::Absent)
        .with("aws:MultiFactorAuthAge", Presence::Absent)
});

/// A request to delete a key as soon as possible.
static SOON: LazyLock<RequestContext> =
    LazyLock::new(|| RequestContext::open().with_value("kms:ScheduleKeyDeletionPendingWindowInDays", "7"));

/// A request to re-encrypt data under another key.
static ELSEWHERE: LazyLock<RequestContext> =
    LazyLock::new(|| RequestContext::open().with_value("kms:ReEncryptOnSameKey", "false"));

/// A caller from an account and organization of its own.
pub(super) fn stranger() -> &'static RequestContext {
    &STRANGER
}

/// Whether a statement puts a hurdle before its actions.
fn is_guarded(statement: &Statement) -> bool {
    statement.conditions_open
        || statement.conditions_hold(&WITHOUT_MFA).is_false()
        || statement.conditions_hold(&SOON).is_false()
}

/// Whether a statement lets data be re-encrypted under the same key only.
fn stays_on_key(statement: &Statement) -> bool {
    statement.conditions_hold(&ELSEWHERE) == Truth::False
}

/// Whether a principal is a role, user or session that may belong to the own account.
pub(crate) fn is_own_identity(document: &PolicyDocument, who: &Who) -> bool {
    matches!(who, Who::Identity(identity) if identity.sort != Sort::Other)
        && matches!(document.owner_of(who), Some(Owner::Own | Owner::Unknown))
}
