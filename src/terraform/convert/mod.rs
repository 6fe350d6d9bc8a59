//! Conversion between Terraform's types (go-cty's `convert` package) and type constraints.

mod constraint;
mod unify;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use constraint::{Constraint, Field, parse_constraint};
pub use unify::unify;

use super::set::set_of;
use crate::value::{
    Choice, Entry, Kind, Known, List, ListSort, Map, MapSort, Number, Origin, Reason, Text, Type, Unknown, Value,
};

/// The value as one of another type.
///
/// # Errors
/// Why that cannot be, as a phrase: `string required, but have list of number`.
pub fn convert(value: &Value, target: &Type) -> Result<Value, String> {
    match (&value.kind, target) {
        (_, Type::Dynamic) | (Kind::Null, _) => Ok(value.clone()),
        (Kind::Unknown(unknown), _) => convert_unknown(value, unknown, target),
        (Kind::Bool(_), Type::Bool) | (Kind::Number(_), Type::Number) | (Kind::String(_), Type::String) => {
            Ok(value.clone())
        }
        (Kind::Bool(flag), Type::String) => Ok(with_kind(value, text_of(if *flag { "true" } else { "false" }, value))),
        (Kind::Number(number), Type::String) => Ok(with_kind(value, text_of(&number.to_string(), value))),
        (Kind::String(text), Type::Number) => match Number::parse_decimal(text.as_str()) {
            Some(number) => Ok(with_kind(value, Kind::Number(number))),
            None => Err("a number is required".to_owned()),
        },
        (Kind::String(text), Type::Bool) => match text.as_str() {
            "true" | "1" => Ok(with_kind(value, Kind::Bool(true))),
            "false" | "0" => Ok(with_kind(value, Kind::Bool(false))),
            _ => Err("a bool is required".to_owned()),
        },
        (Kind::List(list), Type::List(item)) => {
            let (item, items) = convert_items(list, item)?;
            Ok(with_kind(value, Kind::List(Arc::new(List { sort: ListSort::List(item), items }))))
        }
        (Kind::List(list), Type::Set(item)) => {
            let (item, items) = convert_items(list, item)?;
            Ok(set_of(item, items).with_origin(value.origin.clone()).mark(value.sensitive))
        }
        (Kind::List(list), Type::Tuple(types)) if list.sort == ListSort::Tuple => {
            if list.items.len() != types.len() {
                return Err(format!("a tuple of {} elements is required, but have {}", types.len(), list.items.len()));
            }
            let items =
                list.items.iter().zip(types.iter()).map(|(item, ty)| convert(item, ty)).collect::<Result<_, _>>()?;
            Ok(with_kind(value, Kind::List(Arc::new(List { sort: ListSort::Tuple, items }))))
        }
        (Kind::Map(map), Type::Map(item)) => convert_to_map(value, map, item),
        (Kind::Map(map), Type::Object(attributes)) => convert_to_object(value, map, attributes),
        _ => Err(mismatch(value, target)),
    }
}

fn mismatch(value: &Value, target: &Type) -> String {
    format!("{} required, but have {}", target.friendly(), Type::of(value).friendly())
}

/// A value of another kind that stands where `value` stood.
fn with_kind(value: &Value, kind: Kind) -> Value {
    Value { kind, origin: value.origin.clone(), sensitive: value.sensitive }
}

/// A scalar's text, which stands for the scalar's place as a whole.
fn text_of(text: &str, value: &Value) -> Kind {
    let mut builder = crate::value::TextBuilder::default();
    builder.push(text, value.origin.span);
    Kind::String(builder.finish())
}

fn convert_items(list: &List, target: &Type) -> Result<(Type, Vec<Value>), String> {
    let target = match (target, &list.sort) {
        (Type::Dynamic, ListSort::List(item) | ListSort::Set(item)) => return Ok((item.clone(), list.items.clone())),
        (Type::Dynamic, ListSort::Tuple) => {
            let types = list.items.iter().map(Type::of).collect::<Vec<_>>();
            unify(&types).ok_or("all list elements must have the same type")?
        }
        (target, _) => target.clone(),
    };
    let items = list
        .items
        .iter()
        .enumerate()
        .map(|(i, item)| convert(item, &target).map_err(|why| format!("element {i}: {why}")))
        .collect::<Result<Vec<_>, _>>()?;
    Ok((resolved(&target, &items), items))
}

/// A type whose dynamic parts are what the converted items show, when they agree.
fn resolved(target: &Type, items: &[Value]) -> Type {
    if !target.has_dynamic() {
        return target.clone();
    }
    let mut types = items.iter().map(Type::of).filter(|ty| *ty != Type::Dynamic);
    match types.next() {
        Some(first) if types.all(|ty| ty == first) => first,
        _ => target.clone(),
    }
}

fn convert_to_map(value: &Value, map: &Map, target: &Type) -> Result<Value, String> {
    let target = match (target, &map.sort) {
        (Type::Dynamic, MapSort::Map(_)) => return Ok(value.clone()),
        (Type::Dynamic, MapSort::Object) => {
            let types = map.entries.values().map(|entry| Type::of(&entry.value)).collect::<Vec<_>>();
            unify(&types).ok_or("all map elements must have the same type")?
        }
        (target, _) => target.clone(),
    };
    let mut entries = map.entries.clone();
    for (key, entry) in &mut entries {
        entry.value = convert(&entry.value, &target).map_err(|why| format!("element {key:?}: {why}"))?;
    }
    let items = entries.values().map(|entry| entry.value.clone()).collect::<Vec<_>>();
    let sort = MapSort::Map(resolved(&target, &items));
    Ok(with_kind(value, Kind::Map(Arc::new(Map { sort, entries }))))
}

fn convert_to_object(value: &Value, map: &Map, attributes: &BTreeMap<Arc<str>, Type>) -> Result<Value, String> {
    if let Some(missing) = attributes.keys().find(|name| !map.entries.contains_key(*name)) {
        return Err(format!("attribute {missing:?} is required"));
    }
    let mut entries = crate::value::Entries::default();
    for (key, entry) in &map.entries {
        if let Some(ty) = attributes.get(key) {
            let converted = convert(&entry.value, ty).map_err(|why| format!("attribute {key:?}: {why}"))?;
            entries.insert(Arc::clone(key), Entry { value: converted, ..entry.clone() });
        }
    }
    Ok(with_kind(value, Kind::Map(Arc::new(Map { sort: MapSort::Object, entries }))))
}

fn convert_unknown(value: &Value, unknown: &Unknown, target: &Type) -> Result<Value, String> {
    if unknown.ty == *target {
        return Ok(value.clone());
    }
    if !convertible(&unknown.ty, target) {
        return Err(format!("{} required, but have {}", target.friendly(), unknown.ty.friendly()));
    }
    let known = match &unknown.known {
        Known::Choice(choice) => match (convert(&choice.then, target), convert(&choice.otherwise, target)) {
            (Ok(then), Ok(otherwise)) => Known::Choice(Arc::new(Choice { then, otherwise, ..(**choice).clone() })),
            (Err(why), Err(_)) => return Err(why),
            _ => Known::Nothing,
        },
        Known::Refined { .. } if matches!((&unknown.ty, target), (Type::Number | Type::String, _)) => Known::Nothing,
        // A set may be shorter than the list that it is made from.
        Known::Refined { min, max, .. } if matches!(target, Type::Set(_)) => {
            Known::Refined { prefix: "".into(), min: min.map(|min| min.min(1)), max: *max }
        }
        known => known.clone(),
    };
    let unknown = Unknown { ty: target.clone(), known, ..unknown.clone() };
    Ok(with_kind(value, Kind::Unknown(Arc::new(unknown))))
}

/// Whether some value of one type converts to the other (cty's `GetConversionUnsafe`).
pub fn convertible(from: &Type, to: &Type) -> bool {
    if from == to {
        return true;
    }
    match (from, to) {
        (Type::Dynamic, _) | (_, Type::Dynamic) => true,
        (Type::Bool | Type::Number, Type::String) | (Type::String, Type::Bool | Type::Number) => true,
        (Type::List(a) | Type::Set(a), Type::List(b) | Type::Set(b)) | (Type::Map(a), Type::Map(b)) => {
            convertible(a, b)
        }
        (Type::Tuple(items), Type::List(item) | Type::Set(item)) => match **item {
            Type::Dynamic => unify(items).is_some(),
            _ => items.iter().all(|ty| convertible(ty, item)),
        },
        (Type::Tuple(a), Type::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| convertible(a, b))
        }
        (Type::Object(attributes), Type::Map(item)) => match **item {
            Type::Dynamic => unify(&attributes.values().cloned().collect::<Vec<_>>()).is_some(),
            _ => attributes.values().all(|ty| convertible(ty, item)),
        },
        (Type::Map(item), Type::Object(attributes)) => attributes.values().all(|ty| convertible(item, ty)),
        (Type::Object(a), Type::Object(b)) => {
            b.iter().all(|(name, ty)| a.get(name).is_some_and(|given| convertible(given, ty)))
        }
        _ => false,
    }
}

/// The value in place of one for which an error was reported.
pub(super) fn invalid() -> Value {
    Value::unknown(Unknown::new(Reason::Invalid), Origin::none())
}

/// The text of a scalar; `None` for everything that does not convert to a string.
pub(super) fn to_text(value: &Value) -> Option<Text> {
    match convert(value, &Type::String).ok()?.kind {
        Kind::String(text) => Some(text),
        _ => None,
    }
}
