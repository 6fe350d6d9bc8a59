//! Which resource of a unit is meant where another one names it.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::iam::context::Context;
use crate::resource::Resource;
use crate::value::{Kind, Known, Origin, Reason, Reference, Unknown, Value, World};
use crate::view::{self, Instances};

/// How deep a value is looked into for references.
const MAX_DEPTH: usize = 16;

/// Where resources keep the name that others may call them by.
const NAMES: [&str; 10] = [
    "bucket",
    "BucketName",
    "name",
    "RoleName",
    "UserName",
    "GroupName",
    "ManagedPolicyName",
    "TopicName",
    "QueueName",
    "Name",
];

/// The resources of a unit by type and by what they are called.
pub(super) struct Directory<'a> {
    pub(super) index: &'a Instances<'a>,
    by_type: FxHashMap<&'a str, Vec<usize>>,
    /// By the names that they are given.
    by_name: FxHashMap<&'a str, Vec<usize>>,
}

impl<'a> Directory<'a> {
    /// Indexes the resources that may exist.
    pub(super) fn new(index: &'a Instances<'a>) -> Self {
        let mut by_type: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut by_name: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (number, resource) in index.unit.resources.iter().enumerate() {
            if !resource.data && resource.exists.holds(&World::default()) != Some(false) {
                by_type.entry(&resource.ty).or_default().push(number);
                if let Some(name) = literal_name(resource) {
                    by_name.entry(name).or_default().push(number);
                }
            }
        }
        Directory { index, by_type, by_name }
    }

    /// What is known of the place that the unit is deployed to.
    pub(super) fn context(&self) -> Context<'a> {
        Context::at(&self.index.unit.place)
    }

    /// The resource with this number.
    pub(super) fn resource(&self, number: usize) -> &'a Resource {
        &self.index.unit.resources[number]
    }

    /// The numbers of the resources of a type.
    pub(super) fn of_type(&self, ty: &str) -> &[usize] {
        self.by_type.get(ty).map_or(&[], Vec::as_slice)
    }

    /// Which resources of these types a value means, by reference or by name; several where it is a list or undecided.
    pub(super) fn targets(&self, value: &Value, types: &[&str]) -> Vec<usize> {
        let mut found = Vec::new();
        self.collect(value, types, 0, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Which resources of this type a value means; for keys, through their aliases too.
    pub(super) fn targets_of(&self, value: &Value, ty: &str) -> Vec<usize> {
        let found = self.targets(value, &[ty]);
        match view::key_of(value, self.index) {
            Some(key) if found.is_empty() && &*self.resource(key).ty == ty => vec![key],
            _ => found,
        }
    }

    fn collect(&self, value: &Value, types: &[&str], depth: usize, found: &mut Vec<usize>) {
        if depth > MAX_DEPTH {
            return;
        }
        let mut at = |address: &str| {
            let known = self.index.at(address).into_iter();
            found.extend(known.filter(|number| types.contains(&&*self.resource(*number).ty)));
        };
        match &value.kind {
            Kind::List(list) => list.items.iter().for_each(|item| self.collect(item, types, depth + 1, found)),
            Kind::String(text) => {
                let name = text.as_str();
                let name = if name.starts_with("arn:") { name.rsplit(['/', ':']).next().unwrap_or(name) } else { name };
                let named = self.by_name.get(name).into_iter().flatten().copied();
                found.extend(named.filter(|number| types.contains(&&*self.resource(*number).ty)));
            }
            Kind::Unknown(unknown) => match &unknown.known {
                Known::Reference(reference) => at(&reference.address),
                Known::Resource(object) => at(&object.address),
                Known::Choice(choice) => {
                    self.collect(&choice.then, types, depth + 1, found);
                    self.collect(&choice.otherwise, types, depth + 1, found);
                }
                _ => {}
            },
            _ => {}
        }
    }

    /// The type of the resource at an address.
    pub(super) fn type_of(&self, address: &str) -> Option<Arc<str>> {
        let number = self.index.at(address).first().copied()?;
        Some(Arc::clone(&self.index.unit.resources.get(number)?.ty))
    }

    /// The name in the ARN of the resource at an address. Where nobody gives it, its address stands for it: two
    /// resources of a unit are never the same.
    pub(super) fn name_of(&self, address: &str) -> Option<Arc<str>> {
        match self.index.at(address).as_slice() {
            [only] => Some(arn_name(self.index.unit.resources.get(*only)?)),
            _ => None,
        }
    }
}

/// The name that a resource is given.
pub(super) fn literal_name(resource: &Resource) -> Option<&str> {
    NAMES.iter().find_map(|name| resource.values.get(name)).and_then(Value::as_str)
}

/// The name of a resource as it stands in its ARN, with its path; its address where nobody gives the name.
pub(super) fn arn_name(resource: &Resource) -> Arc<str> {
    let ty = resource.ty.to_ascii_lowercase();
    // The names of keys, and of secrets with their random end, are not given by anyone.
    let given = literal_name(resource).filter(|_| !ty.contains("kms") && !ty.contains("secret"));
    let Some(name) = given else { return Arc::clone(&resource.address) };
    let path = ["path", "Path"].iter().find_map(|key| resource.values.get(key)?.as_str()).unwrap_or("/");
    format!("{}{name}", path.trim_start_matches('/')).into()
}

/// The ARN of a resource of the unit as policies that refer to it write it.
pub(super) fn arn(resource: &Resource, context: &Context<'_>) -> Option<Arc<str>> {
    let attribute = if resource.ty.starts_with("AWS::") { "Arn" } else { "arn" };
    let reference = Reference { address: Arc::clone(&resource.address), attribute: attribute.into() };
    let reason = Reason::Computed(Arc::clone(&resource.address));
    let unknown = Unknown::new(reason).known(Known::Reference(reference));
    context.text(&Value::unknown(unknown, Origin::none()))
}
