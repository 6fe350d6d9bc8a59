//! Places in the configuration for the values of a plan.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::resource::{Resource, Unit};
use crate::source::Span;
use crate::value::{Entry, Kind, Known, List, Map, Origin, TextBuilder, Value};

/// The plan's resources with the places that its configuration gives them: findings then point to what one can mend.
///
/// What the configuration does not mention keeps its place in the plan.
pub fn onto(mut plan: Unit, configuration: &Unit) -> Unit {
    let mut changed = false;
    let exact: FxHashMap<&str, &Resource> =
        configuration.resources.iter().map(|resource| (&*resource.address, resource)).collect();
    let open: FxHashMap<String, &Resource> =
        configuration.resources.iter().map(|resource| (without_keys(&resource.address), resource)).collect();
    for resource in &mut plan.resources {
        // Failing the instance itself, any other has the same text.
        let same = exact.get(&*resource.address);
        if let Some(written) = same.or_else(|| open.get(&without_keys(&resource.address))) {
            resource.header = written.header;
            resource.span = written.span;
            resource.calls = written.calls.clone();
            resource.meta = written.meta.clone();
            resource.values = placed(&resource.values, &written.values, same.is_some());
            changed = true;
        }
    }
    if changed {
        plan.files.extend(&configuration.files);
    }
    plan
}

/// Whether a plan has every resource that its configuration declares, data sources aside.
pub fn covers(plan: &Unit, configuration: &Unit) -> bool {
    let planned: FxHashSet<String> = plan.resources.iter().map(|resource| without_keys(&resource.address)).collect();
    let mut declared = configuration.resources.iter().filter(|resource| !resource.data);
    declared.all(|resource| planned.contains(&without_keys(&resource.address)))
}

/// An address without the keys of instances.
fn without_keys(address: &str) -> String {
    let (mut bare, mut depth, mut quoted) = (String::with_capacity(address.len()), 0, false);
    for c in address.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth -= 1,
            _ if depth == 0 => bare.push(c),
            _ => {}
        }
    }
    bare
}

/// `planned` with the places of `written`; with what is known of its unknown parts there, if it is the `same` instance.
fn placed(planned: &Value, written: &Value, same: bool) -> Value {
    let kind = match (&planned.kind, &written.kind) {
        (Kind::Map(map), Kind::Map(own)) => {
            let entries = map.entries.iter().map(|(name, entry)| {
                let entry = match own.entries.get(name) {
                    Some(own) => Entry { value: placed_entry(entry, own, same), ..own.clone() },
                    None => entry.clone(),
                };
                (Arc::clone(name), entry)
            });
            Kind::Map(Arc::new(Map { sort: map.sort.clone(), entries: entries.collect() }))
        }
        (Kind::List(list), Kind::List(own)) if list.items.len() == own.items.len() => {
            let items = list.items.iter().zip(&own.items).map(|(item, own)| placed(item, own, same)).collect();
            Kind::List(Arc::new(List { sort: list.sort.clone(), items }))
        }
        // One block is a list of one in the plan.
        (Kind::List(list), Kind::Map(_)) if list.items.len() == 1 => {
            let items = list.items.iter().map(|item| placed(item, written, same)).collect();
            Kind::List(Arc::new(List { sort: list.sort.clone(), items }))
        }
        // The text in the configuration knows where each of its parts is written.
        (Kind::String(planned), Kind::String(own)) if planned == own => Kind::String(own.clone()),
        // The configuration says what it refers to.
        (Kind::Unknown(unknown), Kind::Unknown(own)) if same && unknown.known == Known::Nothing => {
            Kind::Unknown(Arc::clone(own))
        }
        (kind, _) => kind.clone(),
    };
    Value { kind, origin: written.origin.clone(), sensitive: planned.sensitive }
}

/// The value of an entry with its places in the configuration. What the configuration computes as a whole (a policy from
/// unknown parts, blocks from an unknown collection) stands where it is computed.
fn placed_entry(planned: &Entry, written: &Entry, same: bool) -> Value {
    let value = placed(&planned.value, &written.value, same);
    match (planned.value.is_unknown() || !written.value.is_unknown(), written.place.or(written.key)) {
        (false, Some(place)) => standing_at(&value, place),
        _ => value,
    }
}

/// The value with everything in it standing at `place`.
fn standing_at(value: &Value, place: Span) -> Value {
    let kind = match &value.kind {
        Kind::Map(map) => {
            let entries = map.entries.iter().map(|(name, entry)| {
                let value = standing_at(&entry.value, place);
                (Arc::clone(name), Entry { key: Some(place), place: None, value })
            });
            Kind::Map(Arc::new(Map { sort: map.sort.clone(), entries: entries.collect() }))
        }
        Kind::List(list) => {
            let items = list.items.iter().map(|item| standing_at(item, place)).collect();
            Kind::List(Arc::new(List { sort: list.sort.clone(), items }))
        }
        Kind::String(text) => {
            let mut builder = TextBuilder::default();
            builder.push(text.as_str(), Some(place));
            Kind::String(builder.finish())
        }
        kind => kind.clone(),
    };
    Value { kind, origin: Origin { span: Some(place), via: value.origin.via.clone() }, sensitive: value.sensitive }
}
