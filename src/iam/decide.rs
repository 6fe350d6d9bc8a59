//! Who may do what: the answer of a resource policy to one request.
//!
//! What only takes away is left out: service and resource control policies, permission boundaries, session policies and
//! endpoint policies. The evaluation follows the IAM user guide ("Policy evaluation logic") and, for keys, the KMS
//! developer guide ("Determining access to AWS KMS keys").

use super::condition::RequestContext;
use super::document::{Effect, Elements, Part, PolicyDocument, Principal, Resource, Statement};
use super::grant::Grant;
use super::kind::PolicyKind;
use super::kms::ActionSet;
use super::pattern::Pattern;
use super::principal::{Identity, Owner, Sort, Who};
use super::request_keys;
use super::symbol;
use super::truth::Truth;

/// A request to one resource.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who makes it.
    pub principal: Who,
    /// The action with its prefix: `kms:Decrypt`.
    pub action: String,
    /// The ARN of the resource; the resource of the policy if it is not given.
    pub resource: Option<String>,
    /// The condition keys.
    pub context: RequestContext,
    /// What the policies of the principal say about it.
    pub identity: IdentityPolicies,
}

/// What the policies of a principal say about an action on a resource.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdentityPolicies {
    /// They allow it.
    Allow,
    /// They say nothing.
    Silent,
    /// They deny it.
    Deny,
    /// They are not known.
    Unknown,
}

/// The decision on a request.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Decision {
    /// It is allowed.
    Allow,
    /// It is denied.
    Deny,
    /// It depends on what is not known.
    Conditional,
}

/// A decision with what led to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The decision.
    pub decision: Decision,
    /// What decided, or for [`Decision::Conditional`] on what it depends.
    pub because: Vec<Because>,
}

/// What a decision rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Because {
    /// The statement at this place allows it.
    Allowed(usize),
    /// The statement at this place denies it.
    Denied(usize),
    /// Whether the statement at this place applies is not known.
    Depends(usize),
    /// The grant at this place allows it, as far as its constraints hold.
    Granted(usize),
    /// The policies of the principal decide.
    IdentityPolicies,
    /// The action does not work across accounts.
    AcrossAccounts,
    /// No statement allows it.
    Nothing,
    /// There may be statements that are not known.
    OpenPolicy,
}

/// Decides a request to the resource of a policy.
pub fn can(document: &PolicyDocument, grants: &[Grant], request: &Request) -> Answer {
    let context = request.context.clone().of_caller(&request.principal, &document.partition).of_action(&request.action);
    let context = context.with_defaults();
    let request = &Request { context, ..request.clone() };
    let owner = document.owner_of(&request.principal);
    if owner == Some(Owner::Foreign) && stays_in_account(&request.action) {
        return Answer { decision: Decision::Deny, because: vec![Because::AcrossAccounts] };
    }
    let mut because = Vec::new();
    let (mut denied, mut direct, mut delegated) = (Truth::False, Truth::False, Truth::False);
    let decides = document.decides(&request.action);
    for statement in document.statements.iter().filter(|_| decides) {
        let (applies, by_name) = statement.applies(document, request);
        if applies.is_false() {
            continue;
        }
        let reason = match (statement.effect, applies) {
            (Effect::Invalid, _) => continue,
            (Effect::Allow, Truth::True) => Because::Allowed(statement.index),
            (Effect::Deny, Truth::True) => Because::Denied(statement.index),
            _ => Because::Depends(statement.index),
        };
        let applies = if statement.effect == Effect::Unknown { Truth::Unknown } else { applies };
        because.push(reason);
        if statement.effect != Effect::Allow {
            denied = denied.or(applies);
        }
        if statement.effect != Effect::Deny {
            if by_name {
                direct = direct.or(applies);
            } else {
                delegated = delegated.or(applies);
            }
        }
    }
    if document.open && decides {
        because.push(Because::OpenPolicy);
        (denied, direct) = (denied.or(Truth::Unknown), direct.or(Truth::Unknown));
    }
    let (identity, refuses) = match request.identity {
        IdentityPolicies::Allow => (Truth::True, false),
        IdentityPolicies::Silent => (Truth::False, false),
        IdentityPolicies::Deny => (Truth::False, true),
        IdentityPolicies::Unknown => (Truth::Unknown, false),
    };
    if refuses {
        return Answer { decision: Decision::Deny, because: vec![Because::IdentityPolicies] };
    }
    let any = direct.or(delegated);
    let mut allowed = match owner {
        None => direct,
        Some(_) if !decides => identity,
        // Only a key policy must let IAM in; in other services the principal's own policies suffice.
        Some(Owner::Own) if document.kind == PolicyKind::Key => direct.or(delegated.and(identity)),
        Some(Owner::Own) if document.kind == PolicyKind::Trust => any.and(direct.or(identity)),
        Some(Owner::Own) => direct.or(identity),
        Some(Owner::Foreign | Owner::Aws) => any.and(identity),
        Some(Owner::Unknown) => any.and(identity).or(direct.and(Truth::Unknown)),
    };
    for (i, grant) in grants.iter().enumerate() {
        let gives = grant.gives(request);
        if !gives.is_false() {
            because.push(Because::Granted(i));
        }
        allowed = allowed.or(gives);
    }
    conclude(allowed, denied, any, identity, because)
}

fn conclude(allowed: Truth, denied: Truth, named: Truth, identity: Truth, because: Vec<Because>) -> Answer {
    let keep = |wanted: fn(&Because) -> bool| because.iter().copied().filter(wanted).collect::<Vec<_>>();
    let decision = match (allowed, denied) {
        (_, Truth::True) => Decision::Deny,
        (Truth::False, _) => Decision::Deny,
        (Truth::True, Truth::False) => Decision::Allow,
        _ => Decision::Conditional,
    };
    let mut because = match decision {
        Decision::Deny if denied.is_true() => keep(|b| matches!(b, Because::Denied(_))),
        Decision::Deny => Vec::new(),
        Decision::Allow => keep(|b| matches!(b, Because::Allowed(_) | Because::Granted(_))),
        Decision::Conditional => keep(|b| !matches!(b, Because::Denied(_))),
    };
    if decision == Decision::Conditional && identity == Truth::Unknown {
        because.push(Because::IdentityPolicies);
    }
    if because.is_empty() {
        let missing = !named.is_false() && identity.is_false();
        because.push(if missing || decision == Decision::Allow { Because::IdentityPolicies } else { Because::Nothing });
    }
    Answer { decision, because }
}

/// Whether an action works only on keys of the caller's own account.
fn stays_in_account(action: &str) -> bool {
    let Some(name) = action.get(..4).filter(|prefix| prefix.eq_ignore_ascii_case("kms:")).map(|_| &action[4..]) else {
        return false;
    };
    let named = ActionSet::named(name);
    !named.is_empty() && !named.meets(ActionSet::crossing())
}

impl PolicyDocument {
    /// Whether the policy is asked at all about an action: a key policy only about those that work on a key. The others
    /// are left to the policies of principals (KMS developer guide, "AWS KMS permissions").
    pub fn decides(&self, action: &str) -> bool {
        let named = request_keys::action(action).filter(|_| self.kind == PolicyKind::Key);
        named.is_none_or(|named| ActionSet::on_key().contains(named))
    }
}

impl Statement {
    /// Whether the statement is about a request, and whether it names the principal directly.
    pub fn applies(&self, document: &PolicyDocument, request: &Request) -> (Truth, bool) {
        let (who, direct) = match &self.principals {
            Some(principals) => names(principals, &request.principal, self.effect),
            None if document.kind.has_principals() => (Truth::False, true),
            None => (Truth::True, true),
        };
        if who.is_false() {
            return (Truth::False, direct);
        }
        let action = self.covers_action(&request.action);
        if action.is_false() {
            return (Truth::False, direct);
        }
        let resource = self.covers_resource_in(document, request.resource.as_deref(), &request.context);
        (who.and(action).and(resource).and(self.conditions_hold(&request.context)), direct)
    }

    /// Whether the statement is about an action.
    pub fn covers_action(&self, action: &str) -> Truth {
        let action = action.to_ascii_lowercase();
        self.actions.as_ref().map_or(Truth::False, |actions| actions.hold(|item| item.pattern.matches(&action)))
    }

    /// Whether the statement is about a resource in a request, which says what policy variables stand for.
    fn covers_resource_in(&self, document: &PolicyDocument, resource: Option<&str>, request: &RequestContext) -> Truth {
        let with_variables = self
            .resources
            .as_ref()
            .filter(|listed| listed.items.iter().any(|item| symbol::has_variable(&item.part.text)));
        let Some(listed) = with_variables else { return self.covers_resource(document, resource) };
        let items = listed.items.iter().filter_map(|item| {
            let text = request.resolve(&item.part.text)?;
            Some(Resource {
                pattern: Pattern::exact_case(&text),
                part: Part { text: text.into(), ..item.part.clone() },
            })
        });
        let resolved = Elements { items: items.collect(), origin: listed.origin.clone(), ..*listed };
        covers(Some(&resolved), document, resource)
    }

    /// Whether the statement is about a resource; `None` is the one that the policy protects.
    pub fn covers_resource(&self, document: &PolicyDocument, resource: Option<&str>) -> Truth {
        covers(self.resources.as_ref(), document, resource)
    }
}

/// Whether the resources of a statement include one; `None` is the one that the policy protects.
fn covers(listed: Option<&Elements<Resource>>, document: &PolicyDocument, resource: Option<&str>) -> Truth {
    let resource = resource.or(document.own_arn.as_deref());
    let Some(resources) = listed else {
        // Only the trust policy of a role needs no resource. Elsewhere a statement without one is refused, or in a
        // key policy accepted without having an effect (KMS API reference, "PutKeyPolicy").
        return (document.kind == PolicyKind::Trust).into();
    };
    resources.hold(|item| match resource {
        _ if item.pattern.is_everything() => Truth::True,
        Some(resource) => item.pattern.matches(resource),
        None if document.kind == PolicyKind::Key && document.is_elsewhere(&item.part.text) => Truth::False,
        None if document.kind == PolicyKind::Key => {
            match item.pattern.intersects(&Pattern::exact_case("arn:*:kms:*:*:key/*")) {
                Truth::False => Truth::False,
                _ => Truth::Unknown,
            }
        }
        None => Truth::Unknown,
    })
}

impl<T> Elements<T> {
    /// Whether one of the items holds, or none in the `Not` form.
    fn hold(&self, holds: impl Fn(&T) -> Truth) -> Truth {
        let any = Truth::any(self.items.iter().map(holds));
        let any = if self.open { any.or(Truth::Unknown) } else { any };
        if self.negated { !any } else { any }
    }
}

/// Whether the principals of a statement include a caller, and whether directly.
pub(super) fn names(principals: &Elements<Principal>, caller: &Who, effect: Effect) -> (Truth, bool) {
    let open = if principals.open { Truth::Unknown } else { Truth::False };
    if principals.negated {
        let exempt = exempts(principals, caller, effect).or(open);
        return (!exempt, true);
    }
    let (mut direct, mut delegated) = (open, Truth::False);
    for principal in &principals.items {
        match principal.who.is(caller) {
            (truth, true) => direct = direct.or(truth),
            (truth, false) => delegated = delegated.or(truth),
        }
    }
    if effect == Effect::Deny {
        // A Deny that names an account covers all its principals.
        return (direct.or(delegated), true);
    }
    if direct >= delegated { (direct, true) } else { (delegated, false) }
}

/// Whether `NotPrincipal` lists a caller. For a Deny every level must be listed: session, role and account.
fn exempts(principals: &Elements<Principal>, caller: &Who, effect: Effect) -> Truth {
    let lists = |wanted: &Who| {
        Truth::any(principals.items.iter().map(|principal| match &principal.who {
            Who::Everyone => Truth::True,
            Who::Unknown => Truth::Unknown,
            // The id of an account in S3, of which nobody can tell the account.
            Who::Canonical(_) if matches!(wanted, Who::Account(_)) => Truth::Unknown,
            listed if listed == wanted => Truth::True,
            _ => Truth::False,
        }))
    };
    let Who::Identity(identity) = caller else { return lists(caller) };
    let account = lists(&Who::Account(identity.account.clone()));
    if effect != Effect::Deny {
        return lists(caller).or(account);
    }
    let session_role = match identity.sort {
        Sort::Session => {
            let arn = identity.principal_arn().into();
            lists(&Who::Identity(Identity { account: identity.account.clone(), sort: Sort::Role, arn }))
        }
        _ => Truth::True,
    };
    lists(caller).and(session_role).and(account)
}
