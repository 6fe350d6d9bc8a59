//! Resources joined with their companions into instances of a view.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Part, Path, Shape, View};
use super::walk::walk;
use crate::resource::{Resource, Unit};
use crate::value::{Kind, Known, Value, World};

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
    /// The companions: part name and index into the unit's resources.
    pub parts: Vec<(Arc<str>, usize)>,
}

/// The resources of a unit by type and by address.
#[derive(Debug)]
pub struct Instances<'u> {
    /// The unit.
    pub unit: &'u Unit,
    by_type: FxHashMap<&'u str, Vec<usize>>,
    by_address: FxHashMap<&'u str, usize>,
}

impl<'u> Instances<'u> {
    /// Indexes a unit.
    pub fn new(unit: &'u Unit) -> Self {
        let mut by_type: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut by_address = FxHashMap::default();
        for (index, resource) in unit.resources.iter().enumerate() {
            if !resource.data {
                by_type.entry(&resource.ty).or_default().push(index);
            }
            by_address.insert(&*resource.address, index);
        }
        Instances { unit, by_type, by_address }
    }

    /// The types of the unit's resources.
    pub fn types(&self) -> impl Iterator<Item = &'u str> {
        self.by_type.keys().copied()
    }

    /// The resource at an address: the very one, or all instances of it if the address has no index.
    pub fn at(&self, address: &str) -> Vec<usize> {
        if let Some(index) = self.by_address.get(address) {
            return vec![*index];
        }
        let instances = self.unit.resources.iter().enumerate();
        instances.filter(|(_, resource)| unindexed(&resource.address) == address).map(|(index, _)| index).collect()
    }

    fn of_type(&self, ty: &str) -> &[usize] {
        self.by_type.get(ty).map_or(&[], Vec::as_slice)
    }

    fn resource(&self, index: usize) -> &'u Resource {
        &self.unit.resources[index]
    }
}

/// An address without the index of its last step: `aws_s3_bucket.b["x"]` → `aws_s3_bucket.b`.
fn unindexed(address: &str) -> &str {
    if address.ends_with(']') { address.rfind('[').map_or(address, |at| &address[..at]) } else { address }
}

/// All instances of a view in a unit, in the order of the text.
pub fn instances(view: &Arc<View>, index: &Instances<'_>) -> Vec<Instance> {
    let mut found = Vec::new();
    for (number, shape) in view.shapes.iter().enumerate() {
        let mains = index.of_type(&shape.ty);
        let first = found.len();
        found.extend(mains.iter().map(|main| Instance {
            view: Arc::clone(view),
            main: Some(*main),
            shape: number,
            parts: Vec::new(),
        }));
        for part in &shape.parts {
            join(part, shape, index, &mut found, first, view, number);
        }
    }
    found.sort_by_key(|instance| instance.main.or_else(|| instance.parts.first().map(|(_, part)| *part)));
    found
}

/// Attaches the companions of one part to `found[first..]`, and adds those without main resource on their own.
fn join(
    part: &Part,
    shape: &Shape,
    index: &Instances<'_>,
    found: &mut Vec<Instance>,
    first: usize,
    view: &Arc<View>,
    number: usize,
) {
    let companions = index.of_type(&part.ty);
    if companions.is_empty() {
        return;
    }
    let mains: Vec<usize> = found[first..].iter().filter_map(|instance| instance.main).collect();
    let names = |resource: usize| -> Vec<Value> {
        shape.names.iter().filter_map(|path| value_at(index.resource(resource), path)).collect()
    };
    let mut attached = FxHashSet::default();
    if part.named_by_main {
        for instance in &mut found[first..] {
            let Some(named) = instance.main.and_then(|main| value_at(index.resource(main), &part.by)) else { continue };
            for target in targets(&named, index, companions, &|companion| own_names(index.resource(companion))) {
                instance.parts.push((Arc::clone(&part.name), target));
                attached.insert(target);
            }
        }
        return;
    }
    for &companion in companions {
        let Some(named) = value_at(index.resource(companion), &part.by) else { continue };
        for target in targets(&named, index, &mains, &names) {
            let owner = found[first..].iter_mut().find(|instance| instance.main == Some(target));
            if let Some(owner) = owner {
                owner.parts.push((Arc::clone(&part.name), companion));
                attached.insert(companion);
            }
        }
    }
    for &companion in companions.iter().filter(|companion| !attached.contains(companion)) {
        found.push(Instance {
            view: Arc::clone(view),
            main: None,
            shape: number,
            parts: vec![(Arc::clone(&part.name), companion)],
        });
    }
}

/// The attributes by which a companion that the main resource names may be named.
fn own_names(resource: &Resource) -> Vec<Value> {
    ["name", "id", "arn", "Name"].iter().filter_map(|name| resource.values.get(name).cloned()).collect()
}

fn value_at(resource: &Resource, path: &Path) -> Option<Value> {
    walk(&resource.values, resource.header, path, &World::default()).ok()?.found.map(|entry| entry.value)
}

/// Which of `candidates` a value names: by reference, by name, or by being the same unknown.
fn targets(
    named: &Value,
    index: &Instances<'_>,
    candidates: &[usize],
    names: &dyn Fn(usize) -> Vec<Value>,
) -> Vec<usize> {
    if let Some(items) = named.as_list() {
        return items.iter().flat_map(|item| targets(item, index, candidates, names)).collect();
    }
    if let Kind::Unknown(unknown) = &named.kind {
        match &unknown.known {
            Known::Reference(reference) => {
                let referred = index.at(&reference.address);
                return referred.into_iter().filter(|target| candidates.contains(target)).collect();
            }
            Known::Resource(object) => {
                let referred = index.at(&object.address);
                return referred.into_iter().filter(|target| candidates.contains(target)).collect();
            }
            Known::Choice(choice) => {
                let mut both = targets(&choice.then, index, candidates, names);
                both.extend(targets(&choice.otherwise, index, candidates, names));
                both.dedup();
                return both;
            }
            _ => {}
        }
    }
    let text = named.as_str().map(|text| text.strip_prefix("arn:aws:s3:::").unwrap_or(text));
    let same = |name: &Value| match (text, name.as_str()) {
        (Some(a), Some(b)) => a == b,
        _ => name == named,
    };
    candidates.iter().copied().filter(|candidate| names(*candidate).iter().any(same)).collect()
}
