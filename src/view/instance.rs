//! Resources joined with their companions into instances of a view.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use rustc_hash::{FxHashMap, FxHashSet};

use super::key;
use super::model::{Join, Part, Role, View};
use super::target::{Called, Names, own_names, targets, value_at};
use crate::resource::{Resource, Unit};
use crate::value::Condition;

/// One resource seen through a view.
#[derive(Clone, Debug)]
pub struct Instance {
    /// The view.
    pub view: Arc<View>,
    /// The main resource: an index into the unit's resources. `None` for a companion whose main resource is not in the
    /// unit: then only the settings of that companion can be read.
    pub main: Option<usize>,
    /// The index into the view's shapes.
    pub shape: usize,
    /// The companions of its own.
    pub own: Vec<Companion>,
    /// Those that every main resource of the shape has, of which there is one list.
    pub shared: Arc<Vec<Companion>>,
}

/// A resource that is a part of another one's instance.
#[derive(Clone, Debug)]
pub struct Companion {
    /// The name of the part.
    pub part: Arc<str>,
    /// An index into the unit's resources.
    pub resource: usize,
    /// When it is named: by one of two values of a condition, or always.
    pub when: Condition,
}

impl Instance {
    /// The resource that stands for it, as an index into the unit's resources: the main one, or the companion.
    pub fn resource(&self) -> Option<usize> {
        self.main.or_else(|| self.parts().next().map(|companion| companion.resource))
    }

    /// The companions.
    pub fn parts(&self) -> impl Iterator<Item = &Companion> {
        self.own.iter().chain(&*self.shared)
    }
}

/// What the main resources of a view's shape are called, by the name of the view and the number of the shape.
type CalledByShape = FxHashMap<(Arc<str>, usize), Arc<Called>>;

/// The resources of a unit by type and by address.
#[derive(Debug)]
pub struct Instances<'u> {
    /// The unit.
    pub unit: &'u Unit,
    by_type: FxHashMap<&'u str, Vec<usize>>,
    by_address: FxHashMap<&'u str, usize>,
    /// Instances by their address without index.
    by_stem: FxHashMap<&'u str, Vec<usize>>,
    /// Aliases of KMS keys by their name, looked up when a setting first names one.
    aliases: OnceLock<FxHashMap<Arc<str>, usize>>,
    /// Found when a view first needs it.
    called: RwLock<CalledByShape>,
}

impl<'u> Instances<'u> {
    /// Indexes a unit.
    pub fn new(unit: &'u Unit) -> Self {
        let mut by_type: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut by_address = FxHashMap::default();
        let mut by_stem: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (index, resource) in unit.resources.iter().enumerate() {
            if !resource.data {
                by_type.entry(&resource.ty).or_default().push(index);
            }
            by_address.insert(&*resource.address, index);
            let stem = unindexed(&resource.address);
            if stem.len() < resource.address.len() {
                by_stem.entry(stem).or_default().push(index);
            }
        }
        Instances { unit, by_type, by_address, by_stem, aliases: OnceLock::new(), called: RwLock::default() }
    }

    /// The types of the unit's resources.
    pub fn types(&self) -> impl Iterator<Item = &'u str> {
        self.by_type.keys().copied()
    }

    /// The resource at an address: the very one, or all instances of it if the address has no index.
    pub fn at(&self, address: &str) -> Vec<usize> {
        match self.by_address.get(address) {
            Some(index) => vec![*index],
            None => self.by_stem.get(address).cloned().unwrap_or_default(),
        }
    }

    /// The alias of a KMS key that is called `alias/NAME`.
    pub(super) fn alias(&self, name: &str) -> Option<usize> {
        let aliases = self.aliases.get_or_init(|| {
            let of = ["aws_kms_alias", "AWS::KMS::Alias"].into_iter().flat_map(|ty| self.of_type(ty));
            let named = |index: &usize| {
                let name = key::alias_name(self.resource(*index))?.as_str()?.strip_prefix("alias/")?;
                Some((Arc::from(name), *index))
            };
            // Of several, the first counts.
            of.collect::<Vec<_>>().into_iter().rev().filter_map(named).collect()
        });
        aliases.get(name).copied()
    }

    pub(super) fn of_type(&self, ty: &str) -> &[usize] {
        self.by_type.get(ty).map_or(&[], Vec::as_slice)
    }

    /// What the main resources of a view's shape are called.
    pub(super) fn called(&self, view: &Arc<str>, shape: usize, make: impl FnOnce() -> Called) -> Arc<Called> {
        let key = (Arc::clone(view), shape);
        if let Some(known) = self.called.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        let made = Arc::new(make());
        self.called.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&made));
        made
    }

    pub(super) fn resource(&self, index: usize) -> &'u Resource {
        &self.unit.resources[index]
    }
}

/// An address without the index of its last step: `aws_s3_bucket.b["x"]` → `aws_s3_bucket.b`.
fn unindexed(address: &str) -> &str {
    if address.ends_with(']') { address.rfind('[').map_or(address, |at| &address[..at]) } else { address }
}

/// All instances of a view in a unit, in the order of the text.
pub fn instances(view: &Arc<View>, index: &Instances<'_>) -> Vec<Instance> {
    let there =
        index.by_type.iter().flat_map(|(ty, resources)| view.roles(ty).iter().map(move |role| (role, resources)));
    let mut there: Vec<(&Role, &Vec<usize>)> = there.collect();
    // Mains before parts, and each in the order of the view.
    there.sort_unstable();
    let companions = |of: Option<usize>| {
        there.iter().filter_map(move |(role, resources)| match **role {
            Role::Part(shape, part) if of.is_none_or(|of| of == shape) => {
                Some(Companions { shape, part: &view.shapes[shape].parts[part], resources })
            }
            _ => None,
        })
    };
    let mut found = Vec::new();
    let mut attached = FxHashSet::default();
    for (role, resources) in &there {
        let Role::Main(number) = **role else { break };
        let companions: Vec<Companions<'_>> = companions(Some(number)).collect();
        let mut mains = Mains::new(resources, view, number, index);
        for companions in &companions {
            mains.join(companions, index, &mut attached);
        }
        let shared = Arc::new(mains.shared);
        found.extend(mains.owned.into_iter().map(|(main, own)| Instance {
            view: Arc::clone(view),
            main: Some(main),
            shape: number,
            own,
            shared: Arc::clone(&shared),
        }));
    }
    for Companions { shape, part, resources } in companions(None).filter(|companions| companions.part.alone) {
        for &companion in resources.iter().filter(|companion| attached.insert(**companion)) {
            let part = Arc::clone(&part.name);
            let own = vec![Companion { part, resource: companion, when: Condition::Constant(true) }];
            found.push(Instance { view: Arc::clone(view), main: None, shape, own, shared: Arc::default() });
        }
    }
    found.sort_by_key(Instance::resource);
    found
}

/// The resources of a unit that may be a part of some main resource.
struct Companions<'a> {
    shape: usize,
    part: &'a Part,
    resources: &'a [usize],
}

/// The main resources of a shape with the companions found so far.
struct Mains<'a> {
    owned: Vec<(usize, Vec<Companion>)>,
    /// The companions of all.
    shared: Vec<Companion>,
    names: Names<'a>,
}

impl<'a> Mains<'a> {
    fn new(mains: &'a [usize], view: &'a View, shape: usize, index: &'a Instances<'_>) -> Self {
        Mains {
            owned: mains.iter().map(|main| (*main, Vec::new())).collect(),
            shared: Vec::new(),
            names: Names::of_shape(view, shape, index),
        }
    }

    /// Attaches the companions of one part.
    fn join(&mut self, companions: &Companions<'_>, index: &Instances<'_>, attached: &mut FxHashSet<usize>) {
        let Companions { part, resources, .. } = *companions;
        let companion = |resource, when| Companion { part: Arc::clone(&part.name), resource, when };
        match &part.join {
            Join::Always => {
                self.shared.extend(resources.iter().map(|resource| companion(*resource, Condition::Constant(true))));
            }
            Join::NamedByMain(path) => {
                let names = Names::new(resources, |resource| own_names(index.resource(resource)));
                for (main, parts) in &mut self.owned {
                    let Some(named) = value_at(index.resource(*main), path) else { continue };
                    for (target, when) in targets(&named, index, &names) {
                        parts.push(companion(target, when));
                        attached.insert(target);
                    }
                }
            }
            Join::NamesMain(path) => {
                for &resource in resources {
                    let Some(named) = value_at(index.resource(resource), path) else { continue };
                    for (target, when) in targets(&named, index, &self.names) {
                        if let Ok(at) = self.owned.binary_search_by_key(&target, |(main, _)| *main) {
                            self.owned[at].1.push(companion(resource, when));
                            attached.insert(resource);
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::load::{File, Inputs, Kind, evaluate};
    use crate::source::Sources;
    use crate::view::{load, meant};

    const VIEW: &str = "view: t.queue\ntitle: t\nresources:\n  aws_sqs_queue:\n    names: [name]\n    parts:\n      \
                        topic: { type: aws_sns_topic, all: true }\n      \
                        policy: { type: aws_sqs_queue_policy, by: queue_url }\n";

    #[test]
    fn what_instances_have_in_common_is_kept_once() {
        let names = ["\"a\"", "var.one", "\"p-${var.one}\"", "\"p-${var.two}\"", "\"q-${var.one}\""];
        let resource = |number: usize, (ty, attribute, value): (&str, &str, &str)| {
            format!("resource \"{ty}\" \"r{number}\" {{\n  {attribute} = {value}\n}}\n")
        };
        let queues = names.iter().map(|name| ("aws_sqs_queue", "name", *name));
        let policies = names.iter().map(|name| ("aws_sqs_queue_policy", "queue_url", *name));
        let topics = [("aws_sns_topic", "name", "\"t\""), ("aws_sns_topic", "name", "\"u\"")];
        let all = queues.chain(policies).chain(topics).enumerate();
        let text: String = all.map(|(number, resource_of)| resource(number, resource_of)).collect();
        let text = format!("variable \"one\" {{}}\nvariable \"two\" {{}}\n{text}");
        let sources = Sources::default();
        let view = Arc::new(load(&sources.add("t.view.yaml", VIEW)).0.unwrap());
        let file = File { source: sources.add("main.tf", text), kind: Kind::Terraform };
        let evaluated = evaluate(&[file], &Inputs::default(), None);
        let index = Instances::new(evaluated.units()[0]);
        let found = instances(&view, &index);
        assert_eq!(found.len(), names.len());
        let address = |part: &Companion| index.resource(part.resource).address.to_string();
        for (number, instance) in found.iter().enumerate() {
            let own = format!("aws_sqs_queue_policy.r{}", names.len() + number);
            let parts: Vec<String> = instance.parts().map(address).collect();
            assert_eq!(parts, [own, "aws_sns_topic.r10".to_owned(), "aws_sns_topic.r11".to_owned()]);
            assert!(Arc::ptr_eq(&instance.shared, &found[0].shared));
            let named = index.resource(instance.own[0].resource).values.get("queue_url").unwrap();
            assert_eq!(meant(&view, named, &index), instance.main);
        }
        // The names were looked up once for all of this, and no two that are unlike are compared.
        let called = index.called.read().unwrap();
        let widths: Vec<usize> = called.values().map(|called| called.widest()).collect();
        assert_eq!(widths, [1]);
    }
}
