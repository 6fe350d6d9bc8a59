//! A policy with what its findings are computed from.

use std::cell::{LazyCell, OnceCell};
use std::sync::LazyLock;

use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;

use super::named::Named;
use super::{At, PolicyFinding, catalogue, sessions, stranger};
use crate::finding::Severity;
use crate::iam::condition::{Narrowing, Presence, RequestContext, narrowing_of, narrows_grant};
use crate::iam::context::Context;
use crate::iam::decide::names;
use crate::iam::document::{Effect, PolicyDocument, Principal, Statement};
use crate::iam::kms::ActionSet;
use crate::iam::pattern::{Pattern, covered};
use crate::iam::principal::{Owner, Sort, Who};
use crate::iam::tls::{self, Transport};
use crate::iam::truth::Truth;

/// The most statements that are compared with one another. A policy with more is larger than AWS accepts.
pub(super) const MAX_PAIRED: usize = 1000;

/// Both sides of re-encryption.
const RE_ENCRYPT: ActionSet = ActionSet::RE_ENCRYPT_FROM.with(ActionSet::named("ReEncryptTo"));

/// What a waiting period is asked of.
const SCHEDULE: ActionSet = ActionSet::named("ScheduleKeyDeletion");

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
    /// Whether nobody may create grants but through a service.
    pub direct_grants_denied: bool,
    /// What named principals can do in sum, by principal.
    reach: Reaches<'a>,
    /// The place in `reach` of each principal of each statement that allows, those that conditions name after the listed.
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
    /// The actions that denials leave to it from any organization and network; to a service, on behalf of any account.
    pub loose: ActionSet,
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
            direct_grants_denied: false,
            reach: IndexMap::default(),
            placed: Vec::new(),
            transport: OnceCell::new(),
        };
        subject.denied_to_strangers = subject.denied_to(|| stranger::callers(document));
        subject.direct_grants_denied = subject.denied_to(|| vec![DIRECT.clone()]).contains(ActionSet::CREATE_GRANT);
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

    /// The KMS actions that strangers are certainly denied in each of these requests.
    fn denied_to(&self, requests: impl Fn() -> Vec<RequestContext>) -> ActionSet {
        let denials = self.document.denies().filter(|statement| {
            !statement.kms.is_empty()
                && stranger::is_about(statement)
                && statement.covers_resource(self.document, None).is_true()
        });
        if denials.clone().next().is_none() {
            return ActionSet::EMPTY;
        }
        stranger::denied(&requests(), denials)
    }

    fn reaches(&self) -> Reaches<'a> {
        let document = self.document;
        let mut reaches = Reaches::default();
        for statement in document.allows() {
            if statement.covers_resource(document, None).is_false() {
                continue;
            }
            let kept = self.kept_by(statement);
            let guarded = is_guarded(statement);
            for (_, principal) in statement.named_principals() {
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
        let denials = Named::new(document.denies().take(MAX_PAIRED));
        for (who, reach) in &mut reaches {
            self.take_denials(who, reach, &denials);
        }
        reaches
    }

    /// The actions of a statement that its conditions keep within bounds: grants, and re-encryption under the same key.
    fn kept_by(&self, statement: &Statement) -> ActionSet {
        let grants = if self.bounds_grants(statement) { ActionSet::CREATE_GRANT } else { ActionSet::EMPTY };
        if stays_on_key(statement) { grants | RE_ENCRYPT } else { grants }
    }

    /// What principals of another account can do by a statement that a condition narrows to that account.
    pub(crate) fn reach_of_account(&self, statement: &Statement, account: &Who) -> Reach {
        let actions = statement.kms & ActionSet::crossing();
        let free = actions - self.kept_by(statement);
        let mut reach = Reach { actions, free, unguarded: actions, ..Reach::default() };
        self.take_denials(account, &mut reach, &Named::new(self.document.denies().take(MAX_PAIRED)));
        reach
    }

    /// Takes away what is certainly denied, and what is denied without a hurdle or from elsewhere.
    fn take_denials(&self, who: &Who, reach: &mut Reach, denials: &Named<'_>) {
        let document = self.document;
        let caller = LazyCell::new(|| self.caller(who));
        let mut conditional = Vec::new();
        for denial in denials.including(who, true) {
            if !denial.kms.meets(reach.actions) || !denial.certainly_about(who, document) {
                continue;
            }
            match self.holds_in(denial, who, &caller) {
                Truth::True => reach.lose(denial.kms),
                Truth::Unknown => conditional.push(denial),
                Truth::False => {}
            }
        }
        reach.loose = reach.actions;
        if !conditional.is_empty() {
            self.take_conditional(who, reach, &caller, &conditional);
        }
    }

    /// Takes away what is denied to a principal under a condition that leaves it less than the Allow says.
    fn take_conditional(&self, who: &Who, reach: &mut Reach, caller: &RequestContext, denials: &[&Statement]) {
        let denied = |request: RequestContext| stranger::denied(&[request], denials.iter().copied());
        reach.unguarded = reach.unguarded - denied(without_mfa(caller.clone()));
        if reach.unguarded.meets(SCHEDULE) {
            reach.unguarded = reach.unguarded - (denied(soon(caller.clone())) & SCHEDULE);
        }
        if reach.free.meets(ActionSet::CREATE_GRANT) {
            reach.free = reach.free - (denied(direct(caller.clone())) & ActionSet::CREATE_GRANT);
        }
        let elsewhere = match (who, self.document.owner_of(who)) {
            (Who::Service(_), _) => stranger::on_behalf(who, self.document),
            (_, Some(Owner::Foreign)) => stranger::from_elsewhere(caller, self.document),
            _ => return,
        };
        reach.loose = reach.loose - stranger::denied(&elsewhere, denials.iter().copied());
    }

    /// Where the principals of a statement that allows are in `reach`.
    fn places(&self, statement: &Statement) -> Vec<Option<usize>> {
        if statement.effect != Effect::Allow {
            return Vec::new();
        }
        statement.named_principals().map(|(_, principal)| self.reach.get_index_of(&principal.who)).collect()
    }

    /// The named principals of a statement that act, with their places and reach.
    pub(crate) fn acting<'s>(
        &'s self,
        statement: &'s Statement,
    ) -> impl Iterator<Item = (usize, &'s Principal, &'s Reach)> {
        let named = statement.named_principals().enumerate();
        named.filter_map(|(nth, (place, principal))| Some((place, principal, self.reach_at(statement, nth)?)))
    }

    /// Whether the conditions of a statement hold for a principal, as far as that follows from who it is.
    pub(crate) fn holds_for(&self, statement: &Statement, who: &Who) -> Truth {
        self.holds_in(statement, who, &LazyCell::new(|| self.caller(who)))
    }

    fn holds_in<F: FnOnce() -> RequestContext>(
        &self,
        statement: &Statement,
        who: &Who,
        caller: &LazyCell<RequestContext, F>,
    ) -> Truth {
        let says = |key: &str| RequestContext::follows_from(who, key);
        match statement.conditions.iter().any(|condition| says(&condition.key)) {
            true => statement.conditions_hold(caller),
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
            own_narrower: None,
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

    /// The same with what would narrow it here.
    #[must_use]
    pub(crate) fn narrowed_by(mut self, narrower: &'static str) -> Self {
        self.own_narrower = Some(narrower);
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

impl Reach {
    /// Takes actions away.
    fn lose(&mut self, actions: ActionSet) {
        self.actions = self.actions - actions;
        self.free = self.free - actions;
        self.unguarded = self.unguarded - actions;
    }
}

impl Statement {
    /// Whether the statement, a Deny, is certainly about a principal.
    pub(crate) fn certainly_about(&self, who: &Who, document: &PolicyDocument) -> bool {
        self.certainly_names(who) && self.covers_resource(document, None).is_true()
    }

    /// Whether a principal is certainly among those that the statement, a Deny, lists or does not except.
    pub(crate) fn certainly_names(&self, who: &Who) -> bool {
        let acts = matches!(who, Who::Account(_) | Who::Identity(_) | Who::Service(_));
        match &self.principals {
            Some(listed) if listed.negated => acts && names(listed, who, Effect::Deny).0.is_true(),
            _ => self.plain_principals().iter().any(|principal| principal.who.includes(who, true)),
        }
    }

    /// Whether the statement is about every action of a pattern.
    pub(crate) fn covers_all(&self, wanted: &Pattern) -> bool {
        let Some(actions) = self.actions.as_ref() else { return false };
        let mut patterns = actions.items.iter().map(|action| &action.pattern);
        match actions.negated {
            true => !actions.open && patterns.all(|pattern| pattern.intersects(wanted).is_false()),
            false => covered(wanted, patterns),
        }
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

/// A caller without a second factor.
static WITHOUT_MFA: LazyLock<RequestContext> = LazyLock::new(|| without_mfa(RequestContext::open()));

/// A request to delete a key as soon as possible.
static SOON: LazyLock<RequestContext> = LazyLock::new(|| soon(RequestContext::open()));

/// A call to create a grant that no service makes for the caller.
static DIRECT: LazyLock<RequestContext> = LazyLock::new(|| direct(RequestContext::open().with_tls()));

fn without_mfa(request: RequestContext) -> RequestContext {
    request.with("aws:MultiFactorAuthPresent", Presence::Absent).with("aws:MultiFactorAuthAge", Presence::Absent)
}

fn soon(request: RequestContext) -> RequestContext {
    request.with_value("kms:ScheduleKeyDeletionPendingWindowInDays", "7")
}

fn direct(request: RequestContext) -> RequestContext {
    request
        .with_value("kms:GrantIsForAWSResource", "false")
        .with_value("aws:ViaAWSService", "false")
        .with("kms:ViaService", Presence::Absent)
}

/// A request to re-encrypt data under another key.
static ELSEWHERE: LazyLock<RequestContext> =
    LazyLock::new(|| RequestContext::open().with_value("kms:ReEncryptOnSameKey", "false"));

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
