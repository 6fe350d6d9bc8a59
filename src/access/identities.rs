//! Roles, users and groups with the policies that are attached to them.

use std::sync::Arc;

use super::attached::{CARRIERS, From, IDENTITIES, INLINE, MANAGED, MEMBERSHIPS, NAMED};
use super::managed;
use super::names::{self, Directory};
use crate::iam::arn::Arn;
use crate::iam::context::Context;
use crate::iam::document::{self, PolicyDocument};
use crate::iam::kind::PolicyKind;
use crate::iam::principal::Who;
use crate::iam::symbol;
use crate::resource::Resource;
use crate::source::Span;
use crate::value::{Value, World};

/// Where a policy is written: the resource that holds it, and what declares that; `None` for policies of AWS.
pub(super) type Written = Option<(Arc<str>, Span)>;

/// A role, a user, or the members of a group that are not in the unit.
pub(super) struct Identity {
    number: usize,
    address: Arc<str>,
    /// `role`, `user` or `group`.
    pub(super) kind: &'static str,
    /// Its name with its path.
    name: Arc<str>,
    /// Its policies, those of its groups too.
    pub(super) policies: Vec<PolicyDocument>,
    /// Where each of them is written.
    pub(super) sources: Vec<Written>,
}

impl Identity {
    /// Who it is, in this account.
    pub(super) fn who(&self, account: &str, partition: &str) -> Who {
        let name = symbol::strip(&self.name);
        match self.kind {
            // Nobody knows the names of its members.
            "group" => Who::aws(&format!("arn:{partition}:iam::{account}:user/{}", symbol::of(&self.address)).into()),
            kind => Who::aws(&format!("arn:{partition}:iam::{account}:{kind}/{name}").into()),
        }
    }

    /// Whether an ARN names it, whatever the account.
    pub(super) fn is_named(&self, arn: &str) -> bool {
        let resource = Arn::parse(arn).filter(|arn| arn.service == "iam").map(|arn| arn.resource);
        resource.and_then(|resource| resource.split_once('/')) == Some((self.kind, &self.name))
    }

    /// How people name it, given its ARN for people.
    pub(super) fn show(&self, arn: &str) -> String {
        if self.kind == "group" { format!("members of {}", self.address) } else { arn.to_owned() }
    }

    fn take(&mut self, policy: PolicyDocument, written: Written) {
        self.policies.push(policy);
        self.sources.push(written);
    }
}

/// All identities of a unit that have policies.
pub(super) fn all(directory: &Directory<'_>) -> Vec<Identity> {
    let mut found: Vec<Identity> = IDENTITIES
        .iter()
        .flat_map(|(ty, kind)| directory.of_type(ty).iter().map(move |number| (*number, *kind)))
        .map(|(number, kind)| {
            let resource = directory.resource(number);
            Identity {
                number,
                address: Arc::clone(&resource.address),
                kind,
                name: names::arn_name(resource),
                policies: Vec::new(),
                sources: Vec::new(),
            }
        })
        .collect();
    for identity in &mut found {
        own_policies(directory, identity);
    }
    for carrier in &CARRIERS {
        for number in directory.of_type(carrier.ty) {
            carry(directory, directory.resource(*number), carrier.to, carrier.from, &mut found);
        }
    }
    let taken = join_groups(directory, &mut found);
    found.retain(|identity| !identity.policies.is_empty() && !taken.contains(&identity.number));
    found.sort_by_key(|identity| identity.number);
    found
}

/// The policies in an identity itself.
fn own_policies(directory: &Directory<'_>, identity: &mut Identity) {
    let resource = directory.resource(identity.number);
    let place = || Some((Arc::clone(&resource.address), resource.header));
    for (_, list, document) in INLINE.iter().filter(|(ty, ..)| *ty == &*resource.ty) {
        let blocks = resource.values.get(list).map(|value| value.in_world(&World::default()));
        for block in blocks.as_ref().and_then(Value::as_list).unwrap_or_default() {
            if let Some(policy) = block.get(document) {
                identity.take(read(directory, policy), place());
            }
        }
    }
    for arns in NAMED.iter().filter_map(|name| resource.values.get(name)) {
        for (policy, written) in by_arn(directory, arns) {
            identity.take(policy, written);
        }
    }
}

/// Brings what a resource carries to the identities that it names.
fn carry(directory: &Directory<'_>, resource: &Resource, to: &[&str], from: From, found: &mut [Identity]) {
    let types: Vec<&str> = IDENTITIES.iter().map(|(ty, _)| *ty).collect();
    let named = to.iter().filter_map(|name| resource.values.get(name));
    let receivers: Vec<usize> = named.flat_map(|value| directory.targets(value, &types)).collect();
    if receivers.is_empty() {
        return;
    }
    let brought = match from {
        From::Document(name) => resource.values.get(name).map_or_else(Vec::new, |policy| {
            vec![(read(directory, policy), Some((Arc::clone(&resource.address), resource.header)))]
        }),
        From::Arns(name) => resource.values.get(name).map_or_else(Vec::new, |arns| by_arn(directory, arns)),
    };
    for identity in found.iter_mut().filter(|identity| receivers.contains(&identity.number)) {
        for (policy, written) in &brought {
            identity.take(policy.clone(), written.clone());
        }
    }
}

/// The managed policies that ARNs name, as far as they are known.
fn by_arn(directory: &Directory<'_>, arns: &Value) -> Vec<(PolicyDocument, Written)> {
    let mut found = Vec::new();
    for number in directory.targets(arns, &MANAGED) {
        let resource = directory.resource(number);
        let document = ["policy", "PolicyDocument"].iter().find_map(|name| resource.values.get(name));
        if let Some(document) = document {
            found.push((read(directory, document), Some((Arc::clone(&resource.address), resource.header))));
        }
    }
    let context = directory.context();
    for item in arns.as_list().unwrap_or(std::slice::from_ref(arns)) {
        let of_aws = context.text(item).and_then(|arn| managed::policy(&arn));
        found.extend(of_aws.map(|policy| (policy, None)));
    }
    found
}

/// Gives the policies of groups to their members. Returns the groups that are accounted for by that.
fn join_groups(directory: &Directory<'_>, found: &mut [Identity]) -> Vec<usize> {
    let mut taken = Vec::new();
    for (ty, users, groups) in &MEMBERSHIPS {
        for number in directory.of_type(ty) {
            let resource = directory.resource(*number);
            let members = match users {
                None => vec![*number],
                Some(users) => resource
                    .values
                    .get(users)
                    .map_or_else(Vec::new, |value| directory.targets(value, &["aws_iam_user", "AWS::IAM::User"])),
            };
            let groups = resource
                .values
                .get(groups)
                .map_or_else(Vec::new, |value| directory.targets(value, &["aws_iam_group", "AWS::IAM::Group"]));
            if members.is_empty() {
                continue;
            }
            for group in groups {
                give(found, group, &members);
                taken.push(group);
            }
        }
    }
    taken
}

fn give(found: &mut [Identity], group: usize, members: &[usize]) {
    let Some(group) = found.iter().find(|identity| identity.number == group) else { return };
    let (policies, sources) = (group.policies.clone(), group.sources.clone());
    for member in found.iter_mut().filter(|identity| members.contains(&identity.number)) {
        member.policies.extend(policies.iter().cloned());
        member.sources.extend(sources.iter().cloned());
    }
}

fn read(directory: &Directory<'_>, policy: &Value) -> PolicyDocument {
    let type_of = |address: &str| directory.type_of(address);
    let name_of = |address: &str| directory.name_of(address);
    let context = Context { type_of: Some(&type_of), name_of: Some(&name_of), ..directory.context() };
    document::read(&policy.in_world(&World::default()), PolicyKind::Identity, &context)
}
