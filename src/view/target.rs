//! Which resources of a unit a value means: by reference, by their name or ARN, or by being the same unknown.

use std::cell::OnceCell;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::instance::Instances;
use super::model::{Join, Path, Shape, View};
use super::walk::arrive;
use crate::resource::Resource;
use crate::value::{Condition, Kind, Known, Reason, Reference, StringPart, Unknown, Value, World};

/// How many companions that name each other are followed.
const MAX_HOPS: usize = 4;

/// The main resource of a view that a value means.
pub fn meant(view: &View, value: &Value, index: &Instances<'_>) -> Option<usize> {
    (0..view.shapes.len()).find_map(|shape| {
        let names = Names::of_shape(view, shape, index);
        targets(value, index, &names).first().map(|(target, _)| *target)
    })
}

/// What a main resource may be called.
fn names_of(main: usize, shape: &Shape, index: &Instances<'_>) -> Vec<Value> {
    shape.names.iter().filter_map(|path| value_at(index.resource(main), path)).collect()
}

/// Whether a value means this main resource: by reference, by its name or by its ARN.
pub(super) fn means(value: &Value, main: usize, shape: &Shape, index: &Instances<'_>) -> bool {
    let mains = [main];
    let names = Names::of_mains(&mains, shape, index);
    targets(value, index, &names).iter().any(|(target, _)| *target == main)
}

/// Resources by what they may be called.
pub(super) struct Names<'a> {
    /// The resources, in order.
    resources: &'a [usize],
    of: Box<dyn Fn(usize) -> Vec<Value> + 'a>,
    /// What they are in a view, if they are its main resources.
    shape: Option<&'a Shape>,
    /// Where all of a type are these: the index that keeps what they are called, the view and the number of the shape.
    kept: Option<(&'a Instances<'a>, &'a Arc<str>, usize)>,
    /// Looked up only for values that are no references.
    called: OnceCell<Arc<Called>>,
}

/// What resources are called.
#[derive(Default, Debug)]
pub(super) struct Called {
    known: FxHashMap<Arc<str>, Vec<usize>>,
    /// Names that are not wholly known, by what [`likeness`] says of them.
    unknown: FxHashMap<u64, Vec<(Value, usize)>>,
}

impl Called {
    fn add(&mut self, name: Value, resource: usize) {
        match (name.as_text(), name.as_unknown()) {
            (Some(text), _) => self.known.entry(text.shared()).or_default().push(resource),
            (None, Some(unknown)) => self.unknown.entry(likeness(unknown)).or_default().push((name, resource)),
            (None, None) => {}
        }
    }

    /// How many names have the same likeness, at most.
    #[cfg(test)]
    pub(super) fn widest(&self) -> usize {
        self.unknown.values().map(Vec::len).max().unwrap_or_default()
    }

    /// The resources that are called by the same unknown value.
    fn same(&self, named: &Value, unknown: &Unknown) -> Vec<usize> {
        let like = self.unknown.get(&likeness(unknown)).into_iter().flatten();
        like.filter(|(name, _)| name == named).map(|(_, resource)| *resource).collect()
    }
}

/// A number that equal unknown values have in common, and others hardly ever.
fn likeness(unknown: &Unknown) -> u64 {
    fn add(unknown: &Unknown, hasher: &mut FxHasher) {
        unknown.reason.subject().hash(hasher);
        match &unknown.known {
            Known::Variable(variable) => variable.key.hash(hasher),
            Known::Symbol(symbol) => symbol.hash(hasher),
            Known::Parts(parts) => {
                for part in parts.iter() {
                    match part {
                        StringPart::Literal(text) => text.as_str().hash(hasher),
                        StringPart::Unknown(value) => value.as_unknown().iter().for_each(|inner| add(inner, hasher)),
                    }
                }
            }
            _ => {}
        }
    }
    let mut hasher = FxHasher::default();
    add(unknown, &mut hasher);
    hasher.finish()
}

impl<'a> Names<'a> {
    pub(super) fn new(resources: &'a [usize], of: impl Fn(usize) -> Vec<Value> + 'a) -> Self {
        Names { resources, of: Box::new(of), shape: None, kept: None, called: OnceCell::new() }
    }

    /// All main resources of a view's shape.
    pub(super) fn of_shape(view: &'a View, number: usize, index: &'a Instances<'_>) -> Self {
        let shape = &view.shapes[number];
        let kept = Some((index, &view.name, number));
        Names { kept, ..Names::of_mains(index.of_type(&shape.ty), shape, index) }
    }

    /// Some main resources of a shape.
    pub(super) fn of_mains(mains: &'a [usize], shape: &'a Shape, index: &'a Instances<'_>) -> Self {
        Names { shape: Some(shape), ..Names::new(mains, |main| names_of(main, shape, index)) }
    }

    fn has(&self, resource: usize) -> bool {
        self.resources.binary_search(&resource).is_ok()
    }

    fn called(&self) -> &Called {
        let make = || {
            let mut called = Called::default();
            for &resource in self.resources {
                (self.of)(resource).into_iter().for_each(|name| called.add(name, resource));
            }
            called
        };
        self.called.get_or_init(|| match self.kept {
            Some((index, view, shape)) => index.called(view, shape, make),
            None => Arc::new(make()),
        })
    }
}

/// The attributes by which a companion that the main resource names may be named.
pub(super) fn own_names(resource: &Resource) -> Vec<Value> {
    ["name", "id", "arn", "Name"].iter().filter_map(|name| resource.values.get(name).cloned()).collect()
}

pub(super) fn value_at(resource: &Resource, path: &Path) -> Option<Value> {
    let arrived = arrive(&resource.values, resource.header, path, &World::default()).ok()?;
    arrived.found.map(|entry| entry.value).filter(|value| !value.is_null())
}

/// A resource, and when it is meant.
pub(super) type Target = (usize, Condition);

/// Which of the named resources a value means: by reference, by name, or by being the same unknown.
pub(super) fn targets(named: &Value, index: &Instances<'_>, names: &Names<'_>) -> Vec<Target> {
    targets_within(named, index, names, MAX_HOPS)
}

fn targets_within(named: &Value, index: &Instances<'_>, names: &Names<'_>, hops: usize) -> Vec<Target> {
    let inner = |value: &Value| targets_within(value, index, names, hops);
    match &named.kind {
        Kind::List(list) => list.items.iter().flat_map(inner).collect(),
        Kind::String(text) => always(by_name(named, text.as_str(), index, names)),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Reference(reference) => {
                let found = at(&reference.address, index, names);
                if found.is_empty() { through_companion(reference, index, names, hops) } else { always(found) }
            }
            Known::Resource(object) => always(at(&object.address, index, names)),
            Known::Choice(choice) => of_both(&choice.condition, inner(&choice.then), inner(&choice.otherwise)),
            known => {
                let same = names.called().same(named, unknown);
                let part = match known {
                    Known::Parts(parts) if same.is_empty() => named_by_parts(parts),
                    _ => None,
                };
                match part {
                    Some(part) => inner(part),
                    None if same.is_empty() => always(made_of(unknown, index, names)),
                    None => always(same),
                }
            }
        },
        _ => Vec::new(),
    }
}

fn always(resources: Vec<usize>) -> Vec<Target> {
    resources.into_iter().map(|resource| (resource, Condition::Constant(true))).collect()
}

/// What is meant where one of two values is, by a condition.
fn of_both(condition: &Condition, then: Vec<Target>, otherwise: Vec<Target>) -> Vec<Target> {
    let mut both: Vec<Target> = Vec::with_capacity(then.len() + otherwise.len());
    for (target, when) in &then {
        let always = Condition::Constant(true);
        let other = otherwise.iter().find(|(other, _)| other == target).map(|(_, when)| when);
        let when = match other {
            Some(other) if *when == always && *other == always => always,
            Some(other) => Condition::Any([when.and(condition), other.and(&condition.negate())].into()),
            None => when.and(condition),
        };
        both.push((*target, when));
    }
    let rest = otherwise.into_iter().filter(|(target, _)| !then.iter().any(|(other, _)| other == target));
    both.extend(rest.map(|(target, when)| (target, when.and(&condition.negate()))));
    both.sort_by_key(|(target, _)| *target);
    both
}

fn at(address: &str, index: &Instances<'_>, names: &Names<'_>) -> Vec<usize> {
    index.at(address).into_iter().filter(|target| names.has(*target)).collect()
}

fn by_name(named: &Value, text: &str, index: &Instances<'_>, names: &Names<'_>) -> Vec<usize> {
    let found = names.called().known.get(own_name(text)).map_or(&[][..], Vec::as_slice);
    // Of several resources of that name, the one in whose text the name is written.
    let written =
        |resource: &&usize| named.origin.span.is_some_and(|span| index.resource(**resource).span.contains(span));
    match found.iter().any(|resource| written(&resource)) {
        true => found.iter().filter(written).copied().collect(),
        false => found.to_vec(),
    }
}

/// The `id` of a companion is that of what it belongs to: the provider gives `aws_s3_bucket_policy` the bucket's name.
fn through_companion(reference: &Reference, index: &Instances<'_>, names: &Names<'_>, hops: usize) -> Vec<Target> {
    let (Some(shape), Some(hops), "id") = (names.shape, hops.checked_sub(1), &*reference.attribute) else {
        return Vec::new();
    };
    let named = index.at(&reference.address).into_iter().filter_map(|companion| {
        let companion = index.resource(companion);
        let part = shape.parts.iter().find(|part| part.ty == companion.ty)?;
        match &part.join {
            Join::NamesMain(path) => value_at(companion, path),
            Join::NamedByMain(_) | Join::Always => None,
        }
    });
    named.flat_map(|named| targets_within(&named, index, names, hops)).collect()
}

/// What a value is made of that is known after deployment: `split(":", aws_s3_bucket.b.arn)[5]` means the bucket.
fn made_of(unknown: &Unknown, index: &Instances<'_>, names: &Names<'_>) -> Vec<usize> {
    let Reason::Computed(attribute) = &unknown.reason else { return Vec::new() };
    attribute.rsplit_once('.').map_or_else(Vec::new, |(address, _)| at(address, index, names))
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
