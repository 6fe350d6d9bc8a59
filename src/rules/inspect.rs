//! What rules get: resources as views, as JSON.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::RuleSet;
use super::judge::Bench;
use crate::resource::Unit;
use crate::source::{Sources, Span};
use crate::value::{Kind, Value, World};
use crate::view::{Instance, Instances, Read, Reader, Undecided, Unreadable};

/// The resources of a unit through every view that describes them: `{"view", "resource", "type", "place", "exists",
/// "input", "origins"}`, where `input` is what the view's rules get and `origins` says where each setting is written.
///
/// `input.parameters` holds those of all rules of the set that judge the view: with one rule selected, exactly what it
/// gets. What is unknown is `{"$unknown": reason}`, what must not be printed `{"$sensitive": true}`.
pub fn views(unit: &Unit, rules: &RuleSet, sources: &Sources) -> Vec<Json> {
    let index = Instances::new(unit);
    let bench = Bench::new(rules, &index);
    let instances = bench.views().into_iter().flat_map(|view| bench.instances(&view).to_vec());
    instances.map(|instance| shown(&instance, &index, &bench, rules, sources)).collect()
}

fn shown(instance: &Instance, index: &Instances<'_>, bench: &Bench<'_>, rules: &RuleSet, sources: &Sources) -> Json {
    let world = World::default();
    let reader = Reader { instance, index, lookup: bench, world: &world, depth: 0, memo: None };
    let resource = reader.anchor_resource();
    let mut input = Map::new();
    let mut origins = Map::new();
    for name in instance.view.settings.keys() {
        match reader.read(&Read::all(&instance.view, std::slice::from_ref(name))) {
            Ok(value) => {
                if let Some(place) = written(&value, name).and_then(|span| place(span, sources)) {
                    origins.insert(name.to_string(), place);
                }
                merge(&mut input, plain(&value));
            }
            Err(Unreadable::Undecided(undecided)) => {
                let unknown = json!({ "$unknown": reason(&undecided) });
                let nested = name.rsplit('.').fold(unknown, |inner, key| json!({ key: inner }));
                merge(&mut input, nested);
            }
            Err(Unreadable::NotApplicable) => {}
        }
    }
    let parameters: Map<String, Json> = rules.of_view(&instance.view.name).flat_map(|rule| rule.parameters()).collect();
    if !parameters.is_empty() {
        input.insert("parameters".to_owned(), Json::Object(parameters));
    }
    let exists = match reader.exists() {
        Ok(exists) => Json::Bool(exists),
        Err(undecided) => json!({ "$unknown": reason(&undecided) }),
    };
    json!({
        "view": &*instance.view.name,
        "resource": &*resource.address,
        "type": &*resource.ty,
        "place": place(resource.header, sources),
        "exists": exists,
        "input": input,
        "origins": origins,
    })
}

fn reason(undecided: &Undecided) -> String {
    match undecided {
        Undecided::Is(variable, _) | Undecided::OneOf(variable, _) => format!("depends on {}", variable.name),
        Undecided::Opaque(reason) => reason.to_string(),
    }
}

/// Where the value of a setting is written.
fn written(root: &Value, name: &Arc<str>) -> Option<Span> {
    name.split('.').try_fold(root, |value, key| value.get(key))?.origin.span
}

fn place(span: Span, sources: &Sources) -> Option<Json> {
    let source = sources.get(span.file)?;
    let position = source.position(span.start);
    Some(json!({ "file": source.path.to_string_lossy(), "line": position.line, "column": position.column }))
}

fn plain(value: &Value) -> Json {
    match &value.kind {
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) if value.sensitive => json!({ "$sensitive": true }),
        Kind::Null => Json::Null,
        Kind::Bool(flag) => Json::Bool(*flag),
        Kind::Number(number) => number.to_string().parse().map_or(Json::Null, Json::Number),
        Kind::String(text) => Json::String(text.as_str().to_owned()),
        Kind::List(list) => list.items.iter().map(plain).collect(),
        Kind::Map(map) => map.entries.iter().map(|(key, entry)| (key.to_string(), plain(&entry.value))).collect(),
        Kind::Unknown(unknown) => json!({ "$unknown": unknown.reason.to_string() }),
    }
}

/// Adds the entries of an object, and theirs where both have one.
fn merge(into: &mut Map<String, Json>, from: Json) {
    let Json::Object(from) = from else { return };
    for (key, value) in from {
        match (into.get_mut(&key), value) {
            (Some(Json::Object(known)), value @ Json::Object(_)) => merge(known, value),
            (_, value) => drop(into.insert(key, value)),
        }
    }
}
