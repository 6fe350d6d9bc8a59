//! Who may do something with a resource, through which statement, under which condition.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use super::condition::RequestContext;
use super::decide::{Because, Decision, IdentityPolicies, Request, can, names};
use super::document::{Condition, PolicyDocument, Principal, Statement};
use super::facts::{kind, owner_word};
use super::grant::Grant;
use super::kind::PolicyKind;
use super::pattern::Pattern;
use super::principal::{Owner, Who};
use super::symbol;
use super::truth::Truth;
use crate::value::Origin;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The action: `kms:Decrypt`, `kms:Decr*`.
    pub action: &'a str,
    /// On which ARNs: any of them. Without any, on what the policy protects.
    pub targets: &'a [String],
    /// By whom; by anyone if nobody is named.
    pub principal: Option<&'a Who>,
}

/// A role or user with the policies that are attached to it.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// Who.
    pub who: &'a Who,
    /// Its policies.
    pub policies: &'a [PolicyDocument],
}

/// One way to an action.
#[derive(Clone, Debug)]
pub struct Row {
    /// Who; unknown where the policy says whom it is not about.
    pub who: Who,
    /// Who, for people.
    pub principal: String,
    /// What sort of principal: `role`, `service`, `account`.
    pub kind: &'static str,
    /// Whose it is, if it belongs to an account: `own`, `foreign`, `aws`, `unknown`.
    pub owner: Option<&'static str>,
    /// How the principal comes to it.
    pub through: Through,
    /// The place of the statement or grant, from 0.
    pub index: usize,
    /// The Sid of the statement, or its place, for people.
    pub name: String,
    /// Where the principal is written; for a policy of the principal, its statement.
    pub origin: Origin,
    /// The conditions that must hold, for people; empty if there are none.
    pub conditions: Vec<String>,
    /// The conditions under which it is denied all the same.
    pub unless: Vec<String>,
    /// Whether it is certain where all conditions hold.
    pub certain: bool,
}

/// How a principal comes to an action.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Through {
    /// The statement names it.
    Statement,
    /// The statement lets the policies of its account decide.
    AccountPolicies,
    /// One of its own policies allows it, by its place, and the statement of the resource's policy, if that is needed,
    /// lets it.
    IdentityPolicy(usize, Option<usize>),
    /// A grant names it.
    Grant,
}

impl Through {
    /// `statement`, `account-policies`, `identity-policy` or `grant`.
    pub fn as_str(self) -> &'static str {
        match self {
            Through::Statement => "statement",
            Through::AccountPolicies => "account-policies",
            Through::IdentityPolicy(..) => "identity-policy",
            Through::Grant => "grant",
        }
    }
}

/// Where policies allow what works on no resource of its own.
static ANYTHING: LazyLock<[String; 1]> = LazyLock::new(|| ["*".to_owned()]);

/// The ways that the policy of a resource and its grants open.
pub fn who_can(document: &PolicyDocument, grants: &[Grant], question: &Question<'_>) -> Vec<Row> {
    let wanted = Pattern::any_case(question.action);
    let mut rows = Vec::new();
    for statement in document.allows().filter(|statement| is_about(statement, document, question)) {
        rows.extend(of_the_others(document, statement, question));
        for listed in statement.plain_principals() {
            rows.extend(of_principal(document, statement, listed, question));
        }
    }
    for (index, grant) in grants.iter().enumerate() {
        rows.extend(of_grant(document, index, grant, &wanted, question));
    }
    rows
}

/// The ways that the policies of a role or user open, as far as the policy of the resource lets them.
///
/// Only a key policy must let IAM in; for other resources of the own account the policies of the principal suffice, and
/// across accounts both sides must allow (IAM user guide, "Policy evaluation logic").
pub fn through_own_policies(document: &PolicyDocument, caller: &Caller<'_>, question: &Question<'_>) -> Vec<Row> {
    let who = caller.who;
    if question.principal.is_some_and(|asked| asked.is(who).0.is_false() && who.is(asked).0.is_false()) {
        return Vec::new();
    }
    let wanted = Pattern::any_case(question.action);
    let context = request_of(who, document, question);
    let own = document.owner_of(who) != Some(Owner::Foreign);
    let decides = document.decides(question.action);
    // What works on no resource of its own, policies can only allow on all.
    let targets = if decides { question.targets } else { &*ANYTHING };
    let gate = document
        .allows()
        .filter(|statement| is_about(statement, document, question))
        .filter(|statement| !statement.conditions_hold(&context).is_false())
        .find(|statement| {
            let about = |principal: &Principal| match principal.who.is(who) {
                (Truth::False, _) => false,
                // A key policy that names the caller gives the action by itself.
                (_, direct) => !(own && direct && document.kind == PolicyKind::Key),
            };
            statement.plain_principals().iter().any(about)
        });
    if gate.is_none() && decides && (document.kind == PolicyKind::Key || !own) {
        return Vec::new();
    }
    let mut unless = denials(document, who, question);
    match caller.denials(&document.partition, question) {
        Some(more) => unless.extend(more),
        None => return Vec::new(),
    }
    if is_denied(document, who, question) {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for (place, policy) in caller.policies.iter().enumerate() {
        for statement in policy.allows().filter(|statement| covers_action(statement, &wanted)) {
            let covers = covers_any(statement, policy, targets);
            let holds = statement.conditions_hold(&context);
            if covers.is_false() || holds.is_false() {
                continue;
            }
            let mut found = row(statement, who, kind(who), statement.origin.clone());
            found.owner = document.owner_of(who).map(owner_word);
            found.conditions = left_open(statement, &context);
            found.through = Through::IdentityPolicy(place, gate.map(|gate| gate.index));
            found.conditions.extend(gate.into_iter().flat_map(|gate| left_open(gate, &context)));
            found.certain = covers.is_true() && !statement.conditions_open;
            found.unless.clone_from(&unless);
            rows.push(found);
        }
    }
    rows
}

impl Caller<'_> {
    /// The conditions under which policies of the caller deny what any policy allows; `None` if they always do.
    pub fn denials(&self, partition: &str, question: &Question<'_>) -> Option<Vec<String>> {
        let wanted = Pattern::any_case(question.action);
        let context = RequestContext::open().of_caller(self.who, partition).of_action(question.action);
        let mut unless = Vec::new();
        for policy in self.policies {
            for denial in policy.denies().filter(|statement| covers_action(statement, &wanted)) {
                match (covers_any(denial, policy, question.targets), denial.conditions_hold(&context)) {
                    (Truth::False, _) | (_, Truth::False) => {}
                    (Truth::True, Truth::True) if denial.covers_all(&wanted) => return None,
                    _ => unless.push(denial_text(denial)),
                }
            }
        }
        Some(unless)
    }
}

/// Whether a statement of the policy of a resource is about an action on one of the targets.
fn is_about(statement: &Statement, document: &PolicyDocument, question: &Question<'_>) -> bool {
    document.decides(question.action)
        && covers_action(statement, &Pattern::any_case(question.action))
        && !covers_any(statement, document, question.targets).is_false()
}

fn covers_action(statement: &Statement, action: &Pattern) -> bool {
    statement.actions.as_ref().is_some_and(|actions| {
        let mut listed = actions.items.iter().map(|item| &item.pattern);
        match actions.negated {
            false => listed.any(|pattern| !pattern.intersects(action).is_false()),
            true => !super::pattern::covered(action, listed),
        }
    })
}

fn covers_any(statement: &Statement, document: &PolicyDocument, targets: &[String]) -> Truth {
    if targets.is_empty() {
        return statement.covers_resource(document, None);
    }
    Truth::any(targets.iter().map(|target| statement.covers_resource(document, Some(target))))
}

fn of_principal(
    document: &PolicyDocument,
    statement: &Statement,
    listed: &Principal,
    question: &Question<'_>,
) -> Option<Row> {
    let (who, direct) = match question.principal {
        None => (&listed.who, true),
        Some(asked) => match listed.who.is(asked) {
            (Truth::False, _) => return None,
            (_, direct) => (asked, direct),
        },
    };
    if matches!(who, Who::Malformed(..) | Who::UniqueId(_)) {
        return None;
    }
    let account = matches!(listed.who, Who::Account(_)) && (question.principal.is_none() || !direct);
    let mut result = reaching(document, statement, who, listed.part.origin.clone(), question)?;
    result.through = if account { Through::AccountPolicies } else { Through::Statement };
    result.certain &= !matches!(listed.who, Who::Unknown);
    Some(result)
}

/// The way that `NotPrincipal` opens to those whom it does not list, or to the one who is asked for.
fn of_the_others(document: &PolicyDocument, statement: &Statement, question: &Question<'_>) -> Option<Row> {
    let excepted = statement.principals.as_ref().filter(|principals| principals.negated)?;
    let Some(asked) = question.principal else {
        let listed: Vec<String> = excepted.items.iter().map(|principal| principal.who.show()).collect();
        let principal = format!("everyone except {}", super::findings::join(&listed));
        let unless = denials(document, &Who::Everyone, question);
        let row = row(statement, &Who::Unknown, "everyone", excepted.origin.clone());
        return Some(Row { principal, unless, ..row });
    };
    let named = names(excepted, asked, statement.effect).0;
    let mut result = reaching(document, statement, asked, excepted.origin.clone(), question);
    if let Some(row) = &mut result {
        row.certain &= named.is_true();
    }
    result.filter(|_| !named.is_false())
}

/// The way that a statement opens to someone whom it is about, unless its conditions or a Deny keep them out.
fn reaching(
    document: &PolicyDocument,
    statement: &Statement,
    who: &Who,
    origin: Origin,
    question: &Question<'_>,
) -> Option<Row> {
    let context = request_of(who, document, question);
    if statement.conditions_hold(&context).is_false() || is_denied(document, who, question) {
        return None;
    }
    let mut result = row(statement, who, kind(who), origin);
    result.conditions = left_open(statement, &context);
    result.owner = document.owner_of(who).map(owner_word);
    // What another account does with what it is given, its own policies decide.
    result.certain &= result.owner != Some("foreign");
    result.unless = denials(document, who, question);
    Some(result)
}

/// What is known of a request of a caller for the action. All requests to KMS come by TLS.
fn request_of(who: &Who, document: &PolicyDocument, question: &Question<'_>) -> RequestContext {
    let context = RequestContext::open().of_action(question.action);
    let context = if document.kind == PolicyKind::Key { context.with_tls() } else { context };
    match question.principal {
        None => context.of_listed(who, &document.partition),
        Some(_) => context.of_caller(who, &document.partition),
    }
}

/// The conditions of a statement that do not follow from what is known of a request, for people.
fn left_open(statement: &Statement, context: &RequestContext) -> Vec<String> {
    let open = statement.conditions.iter().filter(|condition| !condition.holds(context).is_true());
    open.map(Condition::show).collect()
}

/// Whether the policy of the resource denies one action to a principal under no condition, wherever it is asked for.
fn is_denied(document: &PolicyDocument, who: &Who, question: &Question<'_>) -> bool {
    if matches!(who, Who::Everyone | Who::Unknown) || question.action.contains(['*', '?']) {
        return false;
    }
    let denies = |resource: Option<&String>| {
        let request = Request {
            principal: who.clone(),
            action: question.action.to_owned(),
            resource: resource.cloned(),
            context: request_of(who, document, question),
            identity: IdentityPolicies::Allow,
        };
        let answer = can(document, &[], &request);
        answer.because.iter().any(|because| matches!(because, Because::Denied(_) | Because::AcrossAccounts))
            && answer.decision == Decision::Deny
    };
    match question.targets {
        [] => denies(None),
        targets => targets.iter().all(|target| denies(Some(target))),
    }
}

/// The conditions under which a principal is denied the action all the same.
fn denials(document: &PolicyDocument, who: &Who, question: &Question<'_>) -> Vec<String> {
    let about = document.denies().filter(|statement| {
        is_about(statement, document, question)
            && match &statement.principals {
                Some(excepted) if excepted.negated => !names(excepted, who, statement.effect).0.is_false(),
                _ => statement.plain_principals().iter().any(|listed| listed.who.includes(who, true)),
            }
    });
    let context = request_of(who, document, question).with_tls();
    about.filter(|statement| !statement.conditions_hold(&context).is_false()).map(denial_text).collect()
}

fn denial_text(denial: &Statement) -> String {
    let conditions: Vec<String> = denial.conditions.iter().map(Condition::show).collect();
    match conditions.is_empty() {
        true => format!("{} denies part of it", denial.name()),
        false => format!("{} ({})", conditions.join(" and "), denial.name()),
    }
}

fn row(statement: &Statement, who: &Who, kind: &'static str, origin: Origin) -> Row {
    Row {
        who: who.clone(),
        principal: who.show(),
        kind,
        owner: None,
        through: Through::Statement,
        index: statement.index,
        name: statement.name(),
        origin,
        conditions: statement.conditions.iter().map(Condition::show).collect(),
        unless: Vec::new(),
        certain: !statement.conditions_open,
    }
}

fn of_grant(
    document: &PolicyDocument,
    index: usize,
    grant: &Grant,
    wanted: &Pattern,
    question: &Question<'_>,
) -> Option<Row> {
    let who = grant.who();
    if question.principal.is_some_and(|asked| who.is(asked).0.is_false()) || is_denied(document, &who, question) {
        return None;
    }
    let listed = |operation: &str| !wanted.matches(&format!("kms:{}", operation.to_ascii_lowercase())).is_false();
    if !grant.open && !grant.operations.iter().any(|operation| listed(&operation.text)) {
        return None;
    }
    let constraint = grant.constraint.as_ref();
    let pairs = constraint.iter().flat_map(|constraint| constraint.pairs.iter().flatten());
    let mut conditions: Vec<String> =
        pairs.map(|(key, value)| format!("encryption context {key} is \"{}\"", value.show())).collect();
    if constraint.is_some_and(|constraint| constraint.pairs.is_none()) {
        conditions.push("an encryption context that is not known".to_owned());
    }
    Some(Row {
        principal: who.show(),
        kind: kind(&who),
        who: who.clone(),
        owner: document.owner_of(&who).map(owner_word),
        through: Through::Grant,
        index,
        name: format!("grant {}", index + 1),
        origin: grant.grantee.as_ref().map_or_else(Origin::none, |part| part.origin.clone()),
        conditions,
        // An explicit denial wins over grants too.
        unless: denials(document, &who, question),
        certain: !grant.open,
    })
}

impl Condition {
    /// The condition for people: `kms:ViaService StringEquals "s3.eu-west-1.amazonaws.com" or "…"`.
    pub fn show(&self) -> String {
        let mut values: Vec<String> = self.values.iter().take(4).map(|value| format!("\"{}\"", value.show())).collect();
        if self.values.len() > 4 {
            values.push(format!("{} more", self.values.len() - 4));
        }
        if self.open {
            values.push("what is not known".to_owned());
        }
        format!("{} {} {}", symbol::show(&self.key), self.operator_text, values.join(" or "))
    }
}
