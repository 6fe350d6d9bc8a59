//! Maps and objects.

use std::sync::Arc;

use super::sequence::{first_unknown, item_type, items, list, unknown_from};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::convert::{convert, unify};
use crate::terraform::expr::{by_variable, equals};
use crate::value::{
    Entries, Entry, Kind, Known, ListSort, MapSort, Origin, Reason, Reference, Text, Type, Unknown, Value,
};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("keys", &[Param::new("inputMap", Shape::Any).unknown().marks()], Shape::List, keys),
    Function::new("values", &[Param::new("mapping", Shape::Any).unknown().marks()], Shape::List, values),
    Function::new(
        "lookup",
        &[Param::new("inputMap", Shape::Any).unknown().marks(), Param::new("key", Shape::String).unknown().marks()],
        Shape::Any,
        lookup,
    )
    .rest(Param::new("default", Shape::Any).null().unknown().marks()),
    Function::new(
        "matchkeys",
        &[Param::new("values", Shape::List), Param::new("keys", Shape::List), Param::new("searchset", Shape::List)],
        Shape::List,
        matchkeys,
    ),
    Function::new("merge", &[], Shape::Any, merge).rest(Param::new("maps", Shape::Any).null().unknown().marks()),
    Function::new(
        "transpose",
        &[Param::new("values", Shape::MapOfListsOfString).whole()],
        Shape::MapOfListsOfString,
        transpose,
    ),
    Function::new(
        "zipmap",
        &[Param::new("keys", Shape::ListOfString).marks(), Param::new("values", Shape::Any).unknown().marks()],
        Shape::Any,
        zipmap,
    ),
];

/// A key as a value that stands where the key is written.
fn key_value(key: &Arc<str>, entry: &Entry) -> Value {
    let origin = entry.key.map_or_else(Origin::none, Origin::at);
    Value::new(Kind::String(Text::synthetic(key)), origin)
}

fn keys(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let value = &args[0];
    let result = match &value.kind {
        Kind::Map(map) => {
            let keys = value.sorted_entries().into_iter().map(|(key, entry)| key_value(key, entry)).collect();
            match map.sort {
                MapSort::Map(_) => list(Type::String, keys),
                MapSort::Object => Value::list(keys),
            }
        }
        Kind::Unknown(unknown) => match &unknown.ty {
            Type::Object(attributes) => Value::list(attributes.keys().map(Value::string).collect()),
            Type::Map(_) | Type::Dynamic => unknown_from(value, Type::list(Type::String)),
            _ => return Err(Failure::of(0, "must have map or object type")),
        },
        _ => return Err(Failure::of(0, "must have map or object type")),
    };
    Ok(result.mark(value.sensitive))
}

fn values(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let value = &args[0];
    let result = match &value.kind {
        Kind::Map(map) => {
            let items = value.sorted_entries().into_iter().map(|(_, entry)| value.part(&entry.value)).collect();
            match &map.sort {
                MapSort::Map(item) => list(item.clone(), items),
                MapSort::Object => Value::list(items),
            }
        }
        Kind::Unknown(unknown) => match &unknown.ty {
            Type::Object(attributes) => unknown_from(value, Type::Tuple(attributes.values().cloned().collect())),
            Type::Map(item) => unknown_from(value, Type::list((**item).clone())),
            Type::Dynamic => unknown_from(value, Type::Dynamic),
            _ => return Err(Failure::of(0, "must have map or object type")),
        },
        _ => return Err(Failure::of(0, "must have map or object type")),
    };
    Ok(result.mark(value.sensitive))
}

fn lookup(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args.len() > 3 {
        return Err("takes two or three arguments".into());
    }
    let (map, default) = (&args[0], args.get(2));
    if let Some(unknown) = args[1].as_unknown() {
        let sensitive = args.iter().any(|arg| arg.sensitive);
        let found = match (&unknown.known, map.as_map()) {
            (Known::Variable(variable), Some(entries)) => {
                let cases = entries.iter().map(|(key, entry)| (Arc::clone(key), map.part(&entry.value)));
                by_variable(variable, cases, default.cloned(), &Origin::none())
            }
            _ => None,
        };
        return Ok(found.unwrap_or_else(|| unknown_from(&args[1], Type::Dynamic)).mark(sensitive));
    }
    let Some(key) = args[1].as_str() else { return Err(Failure::of(1, "a string is required")) };
    let sensitive = map.sensitive || args[1].sensitive;
    let value = match &map.kind {
        Kind::Map(entries) => {
            let found = entries.entries.get(key).map(|entry| map.part(&entry.value));
            match (&entries.sort, default) {
                (MapSort::Map(item), Some(default)) => {
                    let default = convert(default, item).map_err(|why| {
                        Failure::of(2, format!("the default value must have the same type as the map elements: {why}"))
                    })?;
                    Some(found.unwrap_or(default))
                }
                (_, default) => found.or_else(|| default.cloned()),
            }
        }
        Kind::Unknown(unknown) => {
            let ty = match &unknown.ty {
                Type::Map(item) => (**item).clone(),
                Type::Object(attributes) => match (attributes.get(key), default) {
                    (Some(ty), _) => ty.clone(),
                    (None, Some(default)) => return Ok(default.clone().mark(sensitive)),
                    (None, None) => return Err(Failure::of(1, "the given object has no such attribute")),
                },
                Type::Dynamic => Type::Dynamic,
                _ => return Err(Failure::of(0, "a map or object is required")),
            };
            let sensitive = sensitive || default.is_some_and(|default| default.sensitive);
            return Ok(match &unknown.known {
                Known::Resource(resource) if resource.attributes.contains_key(key) => {
                    resource.attributes[key].value.clone()
                }
                Known::Resource(resource) => {
                    let reference = Reference { address: Arc::clone(&resource.address), attribute: key.into() };
                    let reason = Reason::Computed(format!("{}.{key}", resource.address).into());
                    Value::unknown(Unknown::new(reason).known(Known::Reference(reference)), Origin::none())
                }
                _ => unknown_from(map, ty),
            }
            .mark(sensitive));
        }
        _ => return Err(Failure::of(0, "a map or object is required")),
    };
    match value {
        Some(value) => Ok(value.mark(sensitive)),
        None => Err(Failure::of(1, "the given key does not identify an element of this map and there is no default")),
    }
}

fn matchkeys(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let (values, keys, wanted) = (items(args, 0)?, items(args, 1)?, items(args, 2)?);
    let item = item_type(&args[0]).unwrap_or_default();
    if values.len() != keys.len() {
        return Err("length of keys and values should be equal".into());
    }
    let types = [item_type(&args[1]).unwrap_or_default(), item_type(&args[2]).unwrap_or_default()];
    let ty = unify(&types).ok_or("keys and searchset must be of the same type")?;
    let converted = |values: &[Value]| values.iter().map(|value| convert(value, &ty)).collect::<Result<Vec<_>, _>>();
    let (keys, wanted) = (converted(keys)?, converted(wanted)?);
    let mut matched = Vec::new();
    for (key, value) in keys.iter().zip(values) {
        for candidate in &wanted {
            match equals(key, candidate) {
                Some(true) => {
                    matched.push(value.clone());
                    break;
                }
                Some(false) => {}
                None => {
                    let cause = if key.is_wholly_known() { candidate } else { key };
                    return Ok(unknown_from(first_unknown(cause), Type::list(item)));
                }
            }
        }
    }
    Ok(list(item, matched))
}

fn merge(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let sensitive = args.iter().any(|arg| arg.sensitive);
    let mut types = Vec::with_capacity(args.len());
    let mut unknown = None;
    for (i, arg) in args.iter().enumerate() {
        match &arg.kind {
            Kind::Map(map) => types.push(match &map.sort {
                MapSort::Map(item) => Some(item),
                MapSort::Object => None,
            }),
            Kind::Null => {}
            Kind::Unknown(value) => {
                if !matches!(value.ty, Type::Dynamic | Type::Map(_) | Type::Object(_)) {
                    return Err(Failure::of(i, "arguments must be maps or objects"));
                }
                unknown = unknown.or(Some(arg));
            }
            _ => return Err(Failure::of(i, "arguments must be maps or objects")),
        }
    }
    if let Some(cause) = unknown {
        return Ok(unknown_from(cause, Type::Dynamic).mark(sensitive));
    }
    // Maps of one type make a map; everything else makes an object.
    let item = match types.split_first() {
        Some((Some(first), rest)) if rest.iter().all(|ty| *ty == Some(first)) => Some((*first).clone()),
        _ => None,
    };
    let mut merged = Entries::default();
    for arg in args {
        for (key, entry) in arg.as_map().into_iter().flatten() {
            merged.insert(Arc::clone(key), Entry { value: arg.part(&entry.value), ..entry.clone() });
        }
        if merged.len() > crate::terraform::expr::MAX_ITEMS {
            return Err(Failure::limit("the map is too large"));
        }
    }
    let sort = item.map_or(MapSort::Object, MapSort::Map);
    let value = Value::map_of(sort, merged);
    // It stands where its first given part stands; the parts know their ways.
    let given = args.iter().find(|arg| !arg.is_null());
    let origin = Origin { span: given.and_then(|arg| arg.origin.span), via: None };
    Ok(value.with_origin(origin).mark(sensitive))
}

fn transpose(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let mut transposed: std::collections::BTreeMap<Arc<str>, Vec<Value>> = std::collections::BTreeMap::new();
    for (key, entry) in args[0].sorted_entries() {
        for item in entry.value.as_list().ok_or_else(|| Failure::of(0, "input list must not be null"))? {
            let text = item.as_text().ok_or_else(|| Failure::of(0, "input list must not contain null string"))?;
            transposed.entry(text.shared()).or_default().push(key_value(key, entry));
        }
    }
    let lists = transposed.into_iter().map(|(key, mut keys)| {
        keys.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
        (key, Entry::generated(list(Type::String, keys)))
    });
    Ok(Value::map_of(MapSort::Map(Type::list(Type::String)), lists.collect()))
}

fn zipmap(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let sensitive = args[0].sensitive || args[1].sensitive || items(args, 0)?.iter().any(|key| key.sensitive);
    let item = item_type(&args[1]);
    let result_type = item.clone().map_or(Type::Dynamic, Type::map);
    let keys = items(args, 0)?;
    if let Some(unknown) = args[1].as_unknown() {
        return match unknown.ty {
            Type::List(_) | Type::Tuple(_) | Type::Dynamic => Ok(unknown_from(&args[1], result_type).mark(sensitive)),
            _ => Err(Failure::of(1, "values must be a list or tuple value")),
        };
    }
    if matches!(&args[1].kind, Kind::List(list) if matches!(list.sort, ListSort::Set(_))) {
        return Err(Failure::of(1, "values must be a list or tuple value"));
    }
    let values = items(args, 1).map_err(|_| Failure::of(1, "values must be a list or tuple value"))?;
    if keys.len() != values.len() {
        return Err(
            format!("number of keys ({}) does not match number of values ({})", keys.len(), values.len()).into()
        );
    }
    let mut entries = Entries::default();
    for (key, value) in keys.iter().zip(values) {
        match &key.kind {
            Kind::String(text) => {
                let entry = Entry { key: key.origin.span, place: value.origin.span, value: value.clone() };
                entries.insert(text.shared(), entry);
            }
            Kind::Unknown(_) => return Ok(unknown_from(key, result_type).mark(sensitive)),
            _ => return Err(Failure::of(0, "keys must not be null")),
        }
    }
    let sort = item.map_or(MapSort::Object, MapSort::Map);
    Ok(Value::map_of(sort, entries).mark(sensitive))
}
