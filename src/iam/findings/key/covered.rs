//! Statements and parts that add nothing.

use std::cell::LazyCell;

use crate::iam::arn::Arn;
use crate::iam::condition::implies;
use crate::iam::document::{Condition, PolicyDocument, Principal, Statement};
use crate::iam::findings::named::Named;
use crate::iam::findings::subject::{MAX_PAIRED, name_all};
use crate::iam::findings::{At, PolicyFinding, Subject};
use crate::iam::kms::{ActionSet, Class};
use crate::iam::symbol;
use crate::iam::truth::Truth;

pub(super) fn check(subject: &Subject<'_>, found: &mut Vec<PolicyFinding>) {
    for statement in &subject.document.statements {
        found.extend(other_resource(subject, statement));
    }
    if subject.document.statements.len() > MAX_PAIRED {
        return;
    }
    let document = subject.document;
    let allows = Named::new(document.allows().filter(|statement| is_effective(document, statement)));
    let denies = Named::new(document.denies().filter(|statement| is_effective(document, statement)));
    for statement in document.allows() {
        if is_effective(document, statement) && is_known(statement) {
            found.extend(made_void(subject, &denies, statement));
            found.extend(redundant(subject, &allows, statement));
        }
        found.extend(whole_account_again(subject, statement));
    }
}

/// All statements among whose principals those of another may be, in their order.
fn around<'a>(named: &Named<'a>, statement: &Statement, deny: bool) -> Vec<&'a Statement> {
    let Some(principals) = &statement.principals else { return Vec::new() };
    match principals.items.first() {
        None if principals.negated || principals.open => named.nobody().to_vec(),
        None => named.everyone().to_vec(),
        Some(_) if principals.negated || principals.open => Vec::new(),
        Some(first) => named.including(&first.who, deny),
    }
}

/// KP25: a resource that is not this key.
fn other_resource(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let resources = statement.resources.as_ref().filter(|resources| !resources.negated)?;
    let (place, resource) = resources.items.iter().enumerate().find(|(_, resource)| {
        if resource.pattern.is_everything() || symbol::is_whole(&resource.part.text) {
            return false;
        }
        match (&subject.document.own_arn, Arn::parse(&resource.part.text)) {
            (Some(own), _) => resource.pattern.matches(own) == Truth::False,
            (None, Some(arn)) => {
                let service = !matches!(arn.service, "kms" | "*") && !symbol::has(arn.service);
                let elsewhere = subject.document.is_elsewhere(&resource.part.text);
                service || elsewhere || arn.resource.starts_with("alias/")
            }
            (None, None) => !symbol::has(&resource.part.text) && !resource.part.text.contains(['*', '?']),
        }
    })?;
    let text = resource.part.show();
    let message = format!("{}: the resource {text} does not mean this key", statement.name());
    Some(subject.finding("KP25", statement, At::Resource(place), message).raised_for(statement.effect))
}

/// Whether all conditions of `outer` follow from those of `inner`.
fn conditions_follow(outer: &Statement, inner: &Statement) -> bool {
    !outer.conditions_open
        && outer.conditions.iter().all(|wide| inner.conditions.iter().any(|narrow| implies(narrow, wide)))
}

/// Whether the principals of a statement are all among those of another.
pub(super) fn principals_within(outer: &Statement, inner: &Statement, deny: bool) -> bool {
    let (Some(within), Some(around)) = (&inner.principals, &outer.principals) else { return false };
    if within.negated || around.negated || within.open {
        return around.negated == within.negated && around.items.is_empty() && within.items.is_empty();
    }
    if outer.is_for_everyone() {
        return true;
    }
    // A list that could be long is looked at only as far as it is worth it.
    within.items.len() * around.items.len() <= 1 << 20
        && !within.items.is_empty()
        && within.items.iter().all(|inner| around.items.iter().any(|outer| outer.who.includes(&inner.who, deny)))
}

/// Whether a statement is about this key and lists actions that work on it.
fn is_effective(document: &PolicyDocument, statement: &Statement) -> bool {
    statement.kms.meets(ActionSet::on_key()) && statement.covers_resource(document, None).is_true()
}

/// Whether everything that a statement says is known.
fn is_known(statement: &Statement) -> bool {
    let actions = statement
        .actions
        .as_ref()
        .is_some_and(|actions| !actions.open && actions.items.iter().all(|action| !symbol::has(&action.part.text)));
    actions && !statement.conditions_open
}

/// KP26: every request that an Allow matches is denied, for each principal perhaps by other statements.
fn made_void(subject: &Subject<'_>, denies: &Named<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let culprit = match statement.plain_principals() {
        [] => void_by(statement, around(denies, statement, true), |denial| {
            conditions_follow(denial, statement) && principals_within(denial, statement, true)
        })?,
        listed => {
            let mut last = None;
            for principal in listed {
                last = Some(void_for(subject, denies, statement, principal)?);
            }
            last.filter(|_| !statement.principals.as_ref().is_some_and(|principals| principals.open))?
        }
    };
    let message = format!("{} is void: {} denies all that it allows", statement.name(), culprit.name());
    Some(subject.finding("KP26", statement, At::Statement, message))
}

/// The last of the statements that deny a principal all that an Allow gives it.
fn void_for<'d>(
    subject: &Subject<'_>,
    denies: &Named<'d>,
    statement: &Statement,
    principal: &Principal,
) -> Option<&'d Statement> {
    let who = &principal.who;
    let caller = LazyCell::new(|| subject.caller(who));
    void_by(statement, denies.including(who, true), |denial| {
        let follows = |wide: &Condition| {
            statement.conditions.iter().any(|narrow| implies(narrow, wide)) || wide.holds(&caller).is_true()
        };
        !denial.conditions_open && denial.certainly_names(who) && denial.conditions.iter().all(follows)
    })
}

/// The last of the statements of which those that cover an Allow deny all its actions.
fn void_by<'d>(
    statement: &Statement,
    denials: Vec<&'d Statement>,
    covers: impl Fn(&Statement) -> bool,
) -> Option<&'d Statement> {
    let mut left = statement.kms & ActionSet::on_key();
    let mut culprit = None;
    for denial in denials {
        if denial.kms.meets(left) && covers(denial) {
            left = left - denial.kms;
            culprit = Some(denial);
        }
    }
    culprit.filter(|_| left.is_empty())
}

/// KP27: another Allow gives all that this one does.
fn redundant(subject: &Subject<'_>, allows: &Named<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let on_key = ActionSet::on_key();
    let less = statement.kms & on_key;
    let around = around(allows, statement, false).into_iter().find(|other| {
        let more = other.kms & on_key;
        other.index != statement.index
            && more.contains(less)
            && conditions_follow(other, statement)
            && principals_within(other, statement, false)
            // Of two statements that say the same, the later one is redundant.
            && (other.index < statement.index
                || !(less.contains(more)
                    && principals_within(statement, other, false)
                    && conditions_follow(statement, other)))
    })?;
    let message = format!("{} adds nothing to {}", statement.name(), around.name());
    Some(subject.finding("KP27", statement, At::Statement, message))
}

/// KP53: a use statement for the account itself, which has it by another one.
fn whole_account_again(subject: &Subject<'_>, statement: &Statement) -> Option<PolicyFinding> {
    let document = subject.document;
    let use_actions = statement.kms & ActionSet::class(Class::Cryptographic);
    let roots = subject.principals(statement, |principal| document.is_own_root(&principal.who));
    if use_actions.is_empty() || roots.is_empty() || statement.kms.contains(ActionSet::PUT_KEY_POLICY) {
        return None;
    }
    let again = document.allows().find(|other| {
        other.index != statement.index
            && other.kms.contains(statement.kms & ActionSet::on_key())
            && other.conditions.is_empty()
            && !other.conditions_open
            && other.plain_principals().iter().any(|principal| document.is_own_root(&principal.who))
    })?;
    let who = name_all(&roots);
    let message = format!("{} repeats for {who} what {} delegates: it limits nobody", statement.name(), again.name());
    Some(subject.finding("KP53", statement, Subject::at_principals(&roots), message).who(who))
}
