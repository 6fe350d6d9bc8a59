//! One `statement` block of a policy document as a statement of the policy language.

use std::sync::Arc;

use crate::value::{
    Choice, Entries, Entry, Kind, Known, Literal, Map, MapSort, Origin, StringPart, TextBuilder, Unknown, Value,
};

/// The most `principals` blocks that are there by a condition; with more, it is unknown whom they name together.
const MAX_CHOICES: usize = 5;

/// The statement that the evaluated block makes; of an unknown block the same with both branches of each choice made.
pub(super) fn normalize(block: &Value) -> Value {
    match &block.kind {
        Kind::Map(map) => statement(&map.entries, block.origin.clone()),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Choice(choice) => {
                let choice = Choice {
                    condition: choice.condition.clone(),
                    name: Arc::clone(&choice.name),
                    then: normalize(&choice.then),
                    otherwise: normalize(&choice.otherwise),
                };
                let unknown = (**unknown).clone().known(Known::Choice(Arc::new(choice)));
                Value { kind: Kind::Unknown(Arc::new(unknown)), ..block.clone() }
            }
            _ => block.clone(),
        },
        _ => block.clone(),
    }
}

fn statement(block: &Entries, origin: Origin) -> Value {
    let given = |name: &str| block.get(name).filter(|entry| !entry.value.is_null());
    let mut entries = Entries::default();
    let mut put = |name: &str, entry: Option<Entry>| {
        if let Some(entry) = entry {
            entries.insert(name.into(), entry);
        }
    };
    put("Sid", given("sid").filter(|sid| sid.value.as_str() != Some("")).cloned());
    let effect = || Entry::generated(Value::string("Allow").with_origin(origin.clone()));
    put("Effect", Some(given("effect").cloned().unwrap_or_else(effect)));
    put("Action", given("actions").and_then(|entry| strings(entry, false)));
    put("NotAction", given("not_actions").and_then(|entry| strings(entry, false)));
    put("Resource", given("resources").and_then(|entry| strings(entry, true)));
    put("NotResource", given("not_resources").and_then(|entry| strings(entry, true)));
    put("Principal", given("principals").and_then(principals));
    put("NotPrincipal", given("not_principals").and_then(principals));
    put("Condition", given("condition").and_then(conditions));
    mapping(entries, origin)
}

/// A set of strings as the provider writes it: one alone, several in descending order; `None` if there is none.
fn strings(entry: &Entry, variables: bool) -> Option<Entry> {
    let value = match &entry.value.kind {
        Kind::List(list) => {
            let mut items = list.items.clone();
            items.sort_by(|a, b| b.as_str().cmp(&a.as_str()));
            one_or_many(items, &entry.value.origin, variables)?
        }
        _ => with_variables(&entry.value, variables),
    };
    Some(Entry { value, ..entry.clone() })
}

fn one_or_many(mut items: Vec<Value>, origin: &Origin, variables: bool) -> Option<Value> {
    items.iter_mut().for_each(|item| *item = with_variables(item, variables));
    match items.len() {
        0 => None,
        // An unknown item may stand for several.
        1 if !items[0].is_unknown() || items[0].as_unknown().is_some_and(is_scalar) => items.pop(),
        _ => Some(Value::list(items).with_origin(origin.clone())),
    }
}

/// Whether an unknown is certainly one string.
fn is_scalar(unknown: &Unknown) -> bool {
    matches!(unknown.known, Known::Parts(_) | Known::Reference(_) | Known::Symbol(_))
}

/// `&{` as `${`: the policy language's variables, which would be Terraform's own otherwise.
fn with_variables(value: &Value, variables: bool) -> Value {
    if !variables {
        return value.clone();
    }
    let replace = |text: &crate::value::Text| {
        let mut builder = TextBuilder::default();
        let mut from = 0;
        for (at, _) in text.as_str().match_indices("&{") {
            builder.push_part(text, from..at);
            builder.push("$", text.span_of(at..at + 1));
            from = at + 1;
        }
        builder.push_part(text, from..text.as_str().len());
        builder.finish()
    };
    let kind = match &value.kind {
        Kind::String(text) if text.as_str().contains("&{") => Kind::String(replace(text)),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Parts(parts) => {
                let parts = parts.iter().map(|part| match part {
                    StringPart::Literal(text) => StringPart::Literal(replace(text)),
                    other => other.clone(),
                });
                Kind::Unknown(Arc::new((**unknown).clone().known(Known::Parts(parts.collect()))))
            }
            _ => return value.clone(),
        },
        _ => return value.clone(),
    };
    Value { kind, ..value.clone() }
}

/// The blocks of one type. JSON has no list around a single one.
fn blocks_of(value: &Value) -> Option<&[Value]> {
    match &value.kind {
        Kind::List(list) => Some(&list.items),
        Kind::Map(_) => Some(std::slice::from_ref(value)),
        _ => None,
    }
}

/// `principals` blocks by type; anyone (`"*"`) if that is all they say.
fn principals(blocks: &Entry) -> Option<Entry> {
    let Some(items) = blocks_of(&blocks.value) else { return Some(blocks.clone()) };
    let mut unknown = items.iter().filter(|item| item.as_map().is_none());
    if let Some(first) = unknown.next() {
        // Nobody can tell whom the whole names when one of its parts is not known.
        let unknown = if unknown.count() < MAX_CHOICES { first } else { &unknown_like(first) };
        return Some(Entry { value: either(items, unknown), ..blocks.clone() });
    }
    let anyone = |block: &Value| {
        let of_type = block.get("type").and_then(Value::as_str) == Some("*");
        let identifiers = block.get("identifiers").and_then(Value::as_list);
        of_type && identifiers.is_some_and(|all| all.len() == 1 && all[0].as_str() == Some("*"))
    };
    if let [block] = items
        && anyone(block)
    {
        let origin = block.get("identifiers").and_then(Value::as_list).and_then(|all| all.first());
        let origin = origin.map_or_else(|| block.origin.clone(), |value| value.origin.clone());
        return Some(Entry { value: Value::string("*").with_origin(origin), ..blocks.clone() });
    }
    let mut types: Vec<(Arc<str>, Entry, Vec<Value>)> = Vec::new();
    for block in items {
        let Some(ty) = block.get("type").and_then(Literal::of) else {
            return Some(Entry { value: unknown_like(block), ..blocks.clone() });
        };
        let name: Arc<str> = match ty {
            Literal::String(name) => name,
            other => other.to_string().into(),
        };
        let Some(entry) = block.entry("identifiers") else { continue };
        let identifiers = match entry.value.as_list() {
            Some(items) => items.to_vec(),
            None => vec![entry.value.clone()],
        };
        match types.iter_mut().find(|(known, ..)| *known == name) {
            Some((.., all)) => all.extend(identifiers),
            None => types.push((name, entry.clone(), identifiers)),
        }
    }
    types.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let entries = types.into_iter().filter_map(|(name, entry, mut identifiers)| {
        identifiers.sort_by(|a, b| b.as_str().cmp(&a.as_str()));
        let value = one_or_many(identifiers, &entry.value.origin, true)?;
        Some((name, Entry { value, ..entry }))
    });
    let entries: Entries = entries.collect();
    let named = !entries.is_empty();
    named.then(|| Entry { value: mapping(entries, blocks.value.origin.clone()), ..blocks.clone() })
}

/// Principals of which one block is there by a condition: a choice between those with it and those without.
fn either(items: &[Value], unknown: &Value) -> Value {
    let Some(Known::Choice(choice)) = unknown.as_unknown().map(|unknown| &unknown.known) else {
        return unknown_like(unknown);
    };
    let branch = |chosen: &Value| {
        let others = items.iter().map(|item| if std::ptr::eq(item, unknown) { chosen } else { item });
        let items: Vec<Value> = others.filter(|item| !item.is_null()).cloned().collect();
        let blocks = Entry::generated(Value::list(items).with_origin(unknown.origin.clone()));
        principals(&blocks).map_or_else(Value::null, |entry| entry.value)
    };
    let choice = Choice {
        condition: choice.condition.clone(),
        name: Arc::clone(&choice.name),
        then: branch(&choice.then),
        otherwise: branch(&choice.otherwise),
    };
    let known = Known::Choice(Arc::new(choice));
    let kind = unknown.as_unknown().map(|unknown| Kind::Unknown(Arc::new(unknown.clone().known(known))));
    Value { kind: kind.unwrap_or(Kind::Null), ..unknown.clone() }
}

/// An unknown value for the same reason as an unknown block.
fn unknown_like(block: &Value) -> Value {
    let unknown = block.as_unknown().or_else(|| block.get("type").and_then(Value::as_unknown)).cloned();
    let unknown = unknown.unwrap_or_else(|| Unknown::new(crate::value::Reason::Invalid));
    Value::unknown(unknown.known(Known::Nothing), block.origin.clone())
}

/// A variable of a condition with the values it is tested against.
type Variable = (Arc<str>, Entry, Vec<Value>);

/// `condition` blocks by test and variable.
fn conditions(blocks: &Entry) -> Option<Entry> {
    let Some(items) = blocks_of(&blocks.value) else { return Some(blocks.clone()) };
    let mut tests: Vec<(Arc<str>, Entry, Vec<Variable>)> = Vec::new();
    for block in items {
        let text = |name: &str| block.get(name).and_then(Value::as_text).map(|text| text.shared());
        let (Some(test), Some(variable)) = (text("test"), text("variable")) else {
            return Some(Entry { value: unknown_like(block), ..blocks.clone() });
        };
        let Some(values) = block.entry("values") else { continue };
        let items = values.value.as_list().map_or_else(|| vec![values.value.clone()], <[Value]>::to_vec);
        let at = tests.iter().position(|(known, ..)| *known == test).unwrap_or_else(|| {
            let entry = block.entry("test").cloned().unwrap_or_else(|| Entry::generated(block.clone()));
            tests.push((Arc::clone(&test), entry, Vec::new()));
            tests.len() - 1
        });
        let variables = &mut tests[at].2;
        match variables.iter_mut().find(|(known, ..)| *known == variable) {
            Some((.., all)) => all.extend(items),
            None => variables.push((variable, values.clone(), items)),
        }
    }
    tests.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    let entries = tests.into_iter().map(|(test, entry, mut variables)| {
        variables.sort_by(|(a, ..), (b, ..)| a.cmp(b));
        let origin = entry.value.origin.clone();
        let variables = variables.into_iter().filter_map(|(name, entry, items)| {
            let value = one_or_many(items, &entry.value.origin, true)?;
            Some((name, Entry { value, ..entry }))
        });
        (test, Entry { value: mapping(variables.collect(), origin), ..entry })
    });
    Some(Entry { value: mapping(entries.collect(), blocks.value.origin.clone()), ..blocks.clone() })
}

fn mapping(entries: Entries, origin: Origin) -> Value {
    Value::new(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), origin)
}
