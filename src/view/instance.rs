//! Resources joined with their companions into instances of a view.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::model::{Join, Part, Path, Role, Shape, View};
use super::walk::walk;
use crate::resource::{Resource, Unit};
use crate::value::{Kind, Known, StringPart, Value, World};

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
    pub parts: Parts,
}

impl Instance {
    /// The resource that stands for it, as an index into the unit's resources: the main one, or the companion.
    pub fn resource(&self) -> Option<usize> {
        self.main.or_else(|| self.parts.first().map(|(_, part)| *part))
    }
}

/// The resources of a unit by type and by address.
#[derive(Debug)]
pub struct Instances<'u> {
    /// The unit.
    pub unit: &'u Unit,
    by_type: FxHashMap<&'u str, Vec<usize>>,
    by_address: FxHashMap<&'u str, usize>,
    /// Instances by their address without index.
    by_stem: FxHashMap<&'u str, Vec<usize>>,
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
        Instances { unit, by_type, by_address, by_stem }
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
        let mut mains = Mains::new(resources, &view.shapes[number], index);
        for companions in &companions {
            mains.join(companions, index, &mut attached);
        }
        found.extend(mains.owned.into_iter().map(|(main, parts)| Instance {
            view: Arc::clone(view),
            main: Some(main),
            shape: number,
            parts,
        }));
    }
    for Companions { shape, part, resources } in companions(None).filter(|companions| companions.part.alone) {
        for &companion in resources.iter().filter(|companion| attached.insert(**companion)) {
            let parts = vec![(Arc::clone(&part.name), companion)];
            found.push(Instance { view: Arc::clone(view), main: None, shape, parts });
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

/// Companions: part name and index into the unit's resources.
type Parts = Vec<(Arc<str>, usize)>;

/// The main resources of a shape with the companions found so far.
struct Mains<'a> {
    owned: Vec<(usize, Parts)>,
    names: Names<'a>,
}

impl<'a> Mains<'a> {
    fn new(mains: &'a [usize], shape: &'a Shape, index: &'a Instances<'_>) -> Self {
        Mains {
            owned: mains.iter().map(|main| (*main, Vec::new())).collect(),
            names: Names::new(mains, |main| names_of(main, shape, index)),
        }
    }

    /// Attaches the companions of one part.
    fn join(&mut self, companions: &Companions<'_>, index: &Instances<'_>, attached: &mut FxHashSet<usize>) {
        let Companions { part, resources, .. } = *companions;
        match &part.join {
            Join::Always => {
                for (_, parts) in &mut self.owned {
                    parts.extend(resources.iter().map(|companion| (Arc::clone(&part.name), *companion)));
                }
            }
            Join::NamedByMain(path) => {
                let names = Names::new(resources, |companion| own_names(index.resource(companion)));
                for (main, parts) in &mut self.owned {
                    let Some(named) = value_at(index.resource(*main), path) else { continue };
                    for target in targets(&named, index, &names) {
                        parts.push((Arc::clone(&part.name), target));
                        attached.insert(target);
                    }
                }
            }
            Join::NamesMain(path) => {
                for &companion in resources {
                    let Some(named) = value_at(index.resource(companion), path) else { continue };
                    for target in targets(&named, index, &self.names) {
                        if let Ok(at) = self.owned.binary_search_by_key(&target, |(main, _)| *main) {
                            self.owned[at].1.push((Arc::clone(&part.name), companion));
                            attached.insert(companion);
                        }
                    }
                }
            }
        }
    }
}

/// The main resource of a view that a value means.
pub fn meant(view: &View, value: &Value, index: &Instances<'_>) -> Option<usize> {
    view.shapes.iter().find_map(|shape| {
        let names = Names::new(index.of_type(&shape.ty), |main| names_of(main, shape, index));
        targets(value, index, &names).first().copied()
    })
}

/// What a main resource may be called.
fn names_of(main: usize, shape: &Shape, index: &Instances<'_>) -> Vec<Value> {
    shape.names.iter().filter_map(|path| value_at(index.resource(main), path)).collect()
}

/// Whether a value means this main resource: by reference, by its name or by its ARN.
pub(super) fn means(value: &Value, main: usize, shape: &Shape, index: &Instances<'_>) -> bool {
    let mains = [main];
    let names = Names::new(&mains, |main| names_of(main, shape, index));
    targets(value, index, &names).contains(&main)
}

/// Resources by what they may be called.
struct Names<'a> {
    /// The resources, in order.
    resources: &'a [usize],
    of: Box<dyn Fn(usize) -> Vec<Value> + 'a>,
    /// Looked up only for values that are no references.
    called: OnceCell<Called>,
}

#[derive(Default)]
struct Called {
    known: FxHashMap<Arc<str>, Vec<usize>>,
    /// Names that are not wholly known.
    unknown: Vec<(Value, usize)>,
}

impl<'a> Names<'a> {
    fn new(resources: &'a [usize], of: impl Fn(usize) -> Vec<Value> + 'a) -> Self {
        Names { resources, of: Box::new(of), called: OnceCell::new() }
    }

    fn has(&self, resource: usize) -> bool {
        self.resources.binary_search(&resource).is_ok()
    }

    fn called(&self) -> &Called {
        self.called.get_or_init(|| {
            let mut called = Called::default();
            for &resource in self.resources {
                for name in (self.of)(resource) {
                    match name.as_text() {
                        Some(text) => called.known.entry(text.shared()).or_default().push(resource),
                        None => called.unknown.push((name, resource)),
                    }
                }
            }
            called
        })
    }
}

/// The attributes by which a companion that the main resource names may be named.
fn own_names(resource: &Resource) -> Vec<Value> {
    ["name", "id", "arn", "Name"].iter().filter_map(|name| resource.values.get(name).cloned()).collect()
}

fn value_at(resource: &Resource, path: &Path) -> Option<Value> {
    walk(&resource.values, resource.header, path, &World::default()).ok()?.found.map(|entry| entry.value)
}

/// Which of the named resources a value means: by reference, by name, or by being the same unknown.
fn targets(named: &Value, index: &Instances<'_>, names: &Names<'_>) -> Vec<usize> {
    let at = |address: &str| index.at(address).into_iter().filter(|target| names.has(*target)).collect();
    match &named.kind {
        Kind::List(list) => list.items.iter().flat_map(|item| targets(item, index, names)).collect(),
        Kind::String(text) => {
            let found = names.called().known.get(own_name(text.as_str())).map_or(&[][..], Vec::as_slice);
            // Of several resources of that name, the one in whose text the name is written.
            let written = |resource: &&usize| {
                named.origin.span.is_some_and(|span| index.resource(**resource).span.contains(span))
            };
            match found.iter().any(|resource| written(&resource)) {
                true => found.iter().filter(written).copied().collect(),
                false => found.to_vec(),
            }
        }
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Reference(reference) => at(&reference.address),
            Known::Resource(object) => at(&object.address),
            Known::Choice(choice) => {
                let mut both = targets(&choice.then, index, names);
                both.extend(targets(&choice.otherwise, index, names));
                both.sort_unstable();
                both.dedup();
                both
            }
            known => {
                let same =
                    names.called().unknown.iter().filter(|(name, _)| name == named).map(|(_, resource)| *resource);
                let same: Vec<usize> = same.collect();
                match known {
                    Known::Parts(parts) if same.is_empty() => {
                        named_by_parts(parts).map_or_else(Vec::new, |named| targets(named, index, names))
                    }
                    _ => same,
                }
            }
        },
        _ => Vec::new(),
    }
}

/// The name in an ARN of S3 or in the path of an object: `arn:aws:s3:::b/key` → `b`.
fn own_name(text: &str) -> &str {
    let name = text.strip_prefix("arn:aws:s3:::").unwrap_or(text);
    if name.len() < text.len() { name.split('/').next().unwrap_or(name) } else { name }
}

/// What a text that consists of an ARN's head, one unknown value and a path names: `arn:aws:s3:::${b}/*`.
fn named_by_parts(parts: &[StringPart]) -> Option<&Value> {
    let mut found = None;
    for part in parts {
        match (part, found) {
            (StringPart::Unknown(value), None) => found = Some(value),
            (StringPart::Literal(text), None) if text.as_str().starts_with("arn:") => {}
            (StringPart::Literal(text), Some(_)) if text.as_str().starts_with(['/', ':']) => break,
            _ => return None,
        }
    }
    found
}
