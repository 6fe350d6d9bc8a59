//! Values and types as JSON, for `sealint eval` and `sealint inspect --format values`.
//!
//! Known values are plain JSON; a set is an array. In any place may stand `{"$unknown": TYPE, "refine": {…}}` for an
//! unknown value, `{"$marks": [NAME, …], "value": V}` for a marked one, and `{"$number": "…"}` for a number that a double
//! does not hold. `TYPE` is cty's JSON notation of types: `"string"`, `"number"`, `"bool"`, `"dynamic"`,
//! `["list", T]`, `["set", T]`, `["map", T]`, `["tuple", [T, …]]`, `["object", {NAME: T, …}]`.

use std::sync::Arc;

use serde_json::{Map as Object, Value as Json, json};

use super::convert::convert;
use super::set::set_of;
use crate::value::{Entries, Entry, Kind, Known, ListSort, MapSort, Number, Origin, Reason, Type, Unknown, Value};

/// A type in JSON.
pub fn type_to_json(ty: &Type) -> Json {
    match ty {
        Type::Dynamic => json!("dynamic"),
        Type::Bool => json!("bool"),
        Type::Number => json!("number"),
        Type::String => json!("string"),
        Type::List(item) => json!(["list", type_to_json(item)]),
        Type::Set(item) => json!(["set", type_to_json(item)]),
        Type::Map(item) => json!(["map", type_to_json(item)]),
        Type::Tuple(items) => json!(["tuple", items.iter().map(type_to_json).collect::<Vec<_>>()]),
        Type::Object(attributes) => {
            let attributes: Object<String, Json> =
                attributes.iter().map(|(name, ty)| (name.to_string(), type_to_json(ty))).collect();
            json!(["object", attributes])
        }
    }
}

/// A type from JSON; what is no type is any type.
pub fn type_from_json(json: &Json) -> Type {
    match json {
        Json::String(name) => match name.as_str() {
            "bool" => Type::Bool,
            "number" => Type::Number,
            "string" => Type::String,
            _ => Type::Dynamic,
        },
        Json::Array(parts) => match (parts.first().and_then(Json::as_str), parts.get(1)) {
            (Some("list"), Some(item)) => Type::list(type_from_json(item)),
            (Some("set"), Some(item)) => Type::set(type_from_json(item)),
            (Some("map"), Some(item)) => Type::map(type_from_json(item)),
            (Some("tuple"), Some(Json::Array(items))) => Type::Tuple(items.iter().map(type_from_json).collect()),
            (Some("object"), Some(Json::Object(attributes))) => Type::Object(Arc::new(
                attributes.iter().map(|(name, ty)| (name.as_str().into(), type_from_json(ty))).collect(),
            )),
            _ => Type::Dynamic,
        },
        _ => Type::Dynamic,
    }
}

/// A value in JSON, with `marks` giving the names of the marks that it has at its root and in each part.
pub(super) fn to_json_with<'v>(value: &'v Value, views: &[(&str, &'v Value)]) -> Json {
    let plain = match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(flag) => json!(flag),
        Kind::Number(number) => number_to_json(number),
        Kind::String(text) => json!(text.as_str()),
        Kind::List(list) => {
            let item = |(i, item): (usize, &'v Value)| {
                let views = inner(views, |view| view.as_list().and_then(|items| items.get(i)));
                to_json_with(item, &views)
            };
            Json::Array(list.items.iter().enumerate().map(item).collect())
        }
        Kind::Map(_) => {
            let entry = |(key, entry): (&Arc<str>, &'v Entry)| {
                let views = inner(views, |view| view.get(key));
                (key.to_string(), to_json_with(&entry.value, &views))
            };
            Json::Object(value.sorted_entries().into_iter().map(entry).collect())
        }
        Kind::Unknown(unknown) => unknown_to_json(unknown),
    };
    let mut marks: Vec<&str> = views.iter().filter(|(_, view)| view.sensitive).map(|(name, _)| *name).collect();
    if marks.is_empty() {
        return plain;
    }
    marks.sort_unstable();
    json!({"$marks": marks, "value": plain})
}

/// The same part of every view.
fn inner<'v, 'n>(
    views: &[(&'n str, &'v Value)],
    part: impl Fn(&'v Value) -> Option<&'v Value>,
) -> Vec<(&'n str, &'v Value)> {
    views.iter().filter_map(|(name, view)| part(view).map(|view| (*name, view))).collect()
}

/// A value in JSON.
pub fn to_json(value: &Value) -> Json {
    to_json_with(value, &[("sensitive", value)])
}

fn number_to_json(number: &Number) -> Json {
    let text = number.to_string();
    match text.parse::<f64>() {
        Ok(double) if double.is_finite() && double.to_string() == text => {
            number.as_i64().map_or_else(|| json!(double), |integer| json!(integer))
        }
        _ if number.is_infinite() => json!({"$number": if number.signum() < 0 { "-Infinity" } else { "Infinity" }}),
        _ => json!({"$number": text}),
    }
}

fn unknown_to_json(unknown: &Unknown) -> Json {
    let mut refine = Object::new();
    if unknown.not_null {
        refine.insert("not_null".to_owned(), json!(true));
    }
    let prefix = super::expr::prefix_of(unknown);
    if unknown.ty == Type::String && !prefix.is_empty() {
        refine.insert("prefix".to_owned(), json!(prefix));
    }
    if let Known::Refined { min, max, .. } = unknown.known {
        let number = unknown.ty == Type::Number;
        for (bound, number_name, length_name) in [(min, "min", "min_len"), (max, "max", "max_len")] {
            match bound {
                Some(bound) if number => refine.insert(number_name.to_owned(), json!([bound, true])),
                Some(bound) => refine.insert(length_name.to_owned(), json!(bound)),
                None => None,
            };
        }
    }
    let mut notation = Object::new();
    notation.insert("$unknown".to_owned(), type_to_json(&unknown.ty));
    if !refine.is_empty() {
        notation.insert("refine".to_owned(), Json::Object(refine));
    }
    Json::Object(notation)
}

/// A value from JSON, of a type. Unknown values are not given by `name`. Marks count if `mark` says so.
///
/// # Errors
/// Why it is no value of the type.
pub(super) fn from_json(json: &Json, ty: &Type, name: &str, mark: &dyn Fn(&str) -> bool) -> Result<Value, String> {
    if let Json::Object(object) = json {
        if let Some(unknown) = object.get("$unknown") {
            return Ok(unknown_from_json(&type_from_json(unknown), object.get("refine"), name));
        }
        if let (Some(Json::Array(marks)), Some(inner)) = (object.get("$marks"), object.get("value")) {
            let marked = marks.iter().filter_map(Json::as_str).any(mark);
            return Ok(from_json(inner, ty, name, mark)?.mark(marked));
        }
        if let Some(Json::String(text)) = object.get("$number") {
            let text = text.replace("Infinity", "Inf");
            let number = Number::parse_decimal(&text).ok_or_else(|| format!("{text} is no number"))?;
            return Ok(Value::new(Kind::Number(number), Origin::none()));
        }
    }
    let value = match json {
        Json::Null => return Ok(Value::null()),
        Json::Bool(flag) => Value::bool(*flag),
        Json::String(text) => Value::string(text),
        Json::Number(number) => {
            let text = number.to_string();
            let number = Number::parse_decimal(&text).ok_or_else(|| format!("{text} is no number"))?;
            Value::new(Kind::Number(number), Origin::none())
        }
        Json::Array(items) => {
            let item_type = |i: usize| match ty {
                Type::List(item) | Type::Set(item) => (**item).clone(),
                Type::Tuple(types) => types.get(i).cloned().unwrap_or_default(),
                _ => Type::Dynamic,
            };
            let items = items.iter().enumerate().map(|(i, item)| from_json(item, &item_type(i), name, mark));
            let items = items.collect::<Result<Vec<_>, _>>()?;
            match ty {
                Type::List(item) => Value::list_of(ListSort::List((**item).clone()), items),
                Type::Set(item) => set_of((**item).clone(), items),
                _ => Value::list(items),
            }
        }
        Json::Object(object) => {
            let mut entries = Entries::default();
            for (key, item) in object {
                let item_type = match ty {
                    Type::Map(item) => (**item).clone(),
                    Type::Object(attributes) => attributes.get(key.as_str()).cloned().unwrap_or_default(),
                    _ => Type::Dynamic,
                };
                entries.insert(key.as_str().into(), Entry::generated(from_json(item, &item_type, name, mark)?));
            }
            match ty {
                Type::Map(item) => Value::map_of(MapSort::Map((**item).clone()), entries),
                _ => Value::object(entries),
            }
        }
    };
    if ty.is_primitive() { convert(&value, ty) } else { Ok(value) }
}

fn unknown_from_json(ty: &Type, refine: Option<&Json>, name: &str) -> Value {
    let field = |key: &str| refine.and_then(|refine| refine.get(key));
    let bound = |length: &str, number: &str| {
        field(length).or_else(|| field(number).and_then(|bound| bound.get(0))).and_then(Json::as_i64)
    };
    let prefix = field("prefix").and_then(Json::as_str).unwrap_or_default();
    let (min, max) = (bound("min_len", "min"), bound("max_len", "max"));
    let known = if prefix.is_empty() && min.is_none() && max.is_none() {
        Known::Nothing
    } else {
        Known::Refined { prefix: prefix.into(), min, max }
    };
    let not_null = field("not_null").and_then(Json::as_bool).unwrap_or(false);
    let unknown = Unknown { not_null, ..Unknown::new(Reason::NotGiven(name.into())).typed(ty.clone()).known(known) };
    Value::unknown(unknown, Origin::none())
}
