//! Who may use what in a unit: the policies of resources joined with those of roles, users and groups, and with grants.
//!
//! This room knows in which resources policies are kept and what attaches them to whom; what they say is left to
//! [`iam`](crate::iam).

mod attached;
mod graph;
mod identities;
mod managed;
mod names;
mod stores;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use graph::{Dialect, Graph};

use crate::iam::principal::Who;
use crate::iam::who_can::{Caller, Question, Row, Through, through_own_policies, who_can};
use crate::resource::Unit;
use crate::source::Span;
use crate::view::Instances;
use identities::Identity;
use names::Directory;
use stores::Store;

/// What can be done with one resource, by whom.
#[derive(Debug)]
pub struct Access {
    /// The address of the resource: `aws_kms_key.data`.
    pub resource: Arc<str>,
    /// Its type.
    pub ty: Arc<str>,
    /// What declares it.
    pub header: Span,
    /// The resources whose data it protects, if it is a key: their addresses.
    pub stores: Vec<Arc<str>>,
    /// The ways to the action.
    pub ways: Vec<Way>,
}

/// One way to the action.
#[derive(Debug)]
pub struct Way {
    /// What was found.
    pub row: Row,
    /// The resource in which the statement or grant is written; `None` for what AWS gives by default.
    pub policy: Option<Arc<str>>,
    /// Where the statement or grant is written.
    pub place: Option<Span>,
    /// The statement of the resource's policy that lets the principal's own policies decide, and where it is.
    pub delegated: Option<(String, Option<Span>)>,
}

/// The ways to an action on every resource of a unit that the action is about; only those of `principal`, if given.
///
/// What only takes away is left out: service and resource control policies, permission boundaries, session policies.
pub fn access(unit: &Unit, action: &str, principal: Option<&Who>) -> Vec<Access> {
    let index = Instances::new(unit);
    let directory = Directory::new(&index);
    let service = action.split_once(':').map_or(action, |(service, _)| service).to_ascii_lowercase();
    let stores = stores::of_service(&directory, &service);
    if stores.is_empty() {
        return Vec::new();
    }
    let identities = identities::all(&directory);
    let mut protected = if service == "kms" { stores::protected(&directory) } else { FxHashMap::default() };
    let of_store = |store: Store| {
        let protects = protected.remove(&store.resource).unwrap_or_default();
        Access { stores: protects, ..of_store(&directory, store, &identities, action, principal) }
    };
    stores.into_iter().map(of_store).collect()
}

fn of_store(
    directory: &Directory<'_>,
    store: Store,
    identities: &[Identity],
    action: &str,
    principal: Option<&Who>,
) -> Access {
    let document = &store.document;
    let here = |identity: &Identity| identity.who(&document.own_account, &document.partition);
    // Who is asked for may be in the unit, where the account is not known.
    let asked = identities.iter().find(|identity| principal.is_some_and(|who| is_asked(identity, who)));
    let known = asked.map(here);
    let targets = store.targets(action);
    let question = Question { action, targets: &targets, principal: known.as_ref().or(principal) };
    let mut ways = store.ways(directory, &question);
    if known.is_some() {
        ways.retain(|way| way.row.through != Through::AccountPolicies);
    }
    for identity in identities {
        let who = here(identity);
        let caller = Caller { who: &who, policies: &identity.policies };
        ways.retain_mut(|way| {
            let unless =
                if way.row.who == who { caller.denials(&document.partition, &question) } else { Some(Vec::new()) };
            let stays = unless.is_some();
            way.row.unless.extend(unless.into_iter().flatten());
            stays
        });
        for row in through_own_policies(document, &caller, &question) {
            ways.extend(own_way(directory, &store, identity, row));
        }
    }
    let resource = directory.resource(store.resource);
    Access {
        resource: Arc::clone(&resource.address),
        ty: Arc::clone(&resource.ty),
        header: resource.header,
        stores: Vec::new(),
        ways,
    }
}

fn is_asked(identity: &Identity, who: &Who) -> bool {
    matches!(who, Who::Identity(asked) if identity.is_named(&asked.arn))
}

/// A way that a policy of an identity opens.
fn own_way(directory: &Directory<'_>, store: &Store, identity: &Identity, row: Row) -> Option<Way> {
    let Through::IdentityPolicy(place, gate) = row.through else { return None };
    let source = identity.sources.get(place)?.as_ref();
    let gate = gate.and_then(|gate| store.document.statements.get(gate));
    Some(Way {
        policy: source.map(|(address, _)| Arc::clone(address)),
        place: source.and_then(|(_, header)| row.origin.place().or(Some(*header))),
        delegated: gate.map(|gate| (gate.name(), store.written(directory, gate.origin.place()))),
        row: Row { principal: identity.show(&row.principal), kind: identity.kind, ..row },
    })
}

impl Store {
    /// The ways that the policy and the grants of the resource open.
    fn ways(&self, directory: &Directory<'_>, question: &Question<'_>) -> Vec<Way> {
        let rows = who_can(&self.document, &self.grants, question).into_iter();
        let way = |row: Row| {
            let grant = match row.through {
                Through::Grant => self.granted_by.get(row.index).map(|grant| directory.resource(*grant)),
                _ => None,
            };
            let (policy, place) = match grant {
                Some(grant) => (Some(Arc::clone(&grant.address)), row.origin.place().or(Some(grant.header))),
                None => (self.policy.clone(), self.written(directory, row.origin.place())),
            };
            Way { row, policy, place, delegated: None }
        };
        rows.map(way).collect()
    }

    /// Where a part of the policy is written: there, or at least with the resource.
    fn written(&self, directory: &Directory<'_>, span: Option<Span>) -> Option<Span> {
        span.or_else(|| (!self.by_default).then(|| directory.resource(self.resource).header))
    }
}
