//! Types and marks.

use std::sync::Arc;

use super::sequence::unknown_from;
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::convert::convert;
use crate::value::{Kind, Known, ListSort, Type, Unknown, Value};

const V: Param = Param::new("v", Shape::Any).null().unknown().marks();

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("tobool", &[V], Shape::Bool, |_, args| to(args, &Type::Bool)),
    Function::new("tolist", &[V], Shape::List, |_, args| to(args, &Type::list(Type::Dynamic))),
    Function::new("tomap", &[V], Shape::Map, |_, args| to(args, &Type::map(Type::Dynamic))),
    Function::new("tonumber", &[V], Shape::Number, |_, args| to(args, &Type::Number)),
    Function::new("toset", &[V], Shape::Set, |_, args| to(args, &Type::set(Type::Dynamic))),
    Function::new("tostring", &[V], Shape::String, |_, args| to(args, &Type::String)),
    Function::new("type", &[V], Shape::String, |_, args| Ok(Value::string(Type::of(&args[0]).to_string()))),
    Function::new("sensitive", &[V], Shape::Any, |_, args| Ok(args[0].clone().mark(true))),
    Function::new("nonsensitive", &[V], Shape::Any, |_, args| Ok(Value { sensitive: false, ..args[0].clone() })),
    Function::new("issensitive", &[V], Shape::Bool, |_, args| {
        // What a value that is not known at all will be marked with is not known either.
        Ok(match args[0].as_unknown() {
            Some(unknown) if !args[0].sensitive && unknown.ty == Type::Dynamic => unknown_from(&args[0], Type::Bool),
            _ => Value::bool(args[0].sensitive),
        })
    }),
    // Evaluation takes care of what is ephemeral; nothing else is.
    Function::new("ephemeralasnull", &[V], Shape::Any, |_, args| Ok(args[0].clone())),
    Function::new("assumenotnull", &[V], Shape::Any, assume_not_null),
    Function::new(
        "assumestringprefix",
        &[Param::new("value", Shape::String).unknown(), Param::new("prefix", Shape::String)],
        Shape::String,
        assume_prefix,
    ),
    Function::new("assumelistlengthmin", &[LIST, LENGTH], Shape::List, |_, args| assume_length(args, true)),
    Function::new("assumelistlengthmax", &[LIST, LENGTH], Shape::List, |_, args| assume_length(args, false)),
    Function::new("assumesetlengthmin", &[SET, LENGTH], Shape::Set, |_, args| assume_length(args, true)),
    Function::new("assumesetlengthmax", &[SET, LENGTH], Shape::Set, |_, args| assume_length(args, false)),
    Function::new("assumemaplengthmin", &[MAP, LENGTH], Shape::Map, |_, args| assume_length(args, true)),
    Function::new("assumemaplengthmax", &[MAP, LENGTH], Shape::Map, |_, args| assume_length(args, false)),
];

const LIST: Param = Param::new("list", Shape::List).unknown().marks();
const SET: Param = Param::new("set", Shape::Set).unknown().marks();
const MAP: Param = Param::new("map", Shape::Map).unknown().marks();
const LENGTH: Param = Param::new("length", Shape::Number);

fn to(args: &[Value], target: &Type) -> Outcome {
    let value = &args[0];
    let converted = convert(value, target).map_err(|why| Failure::of(0, why))?;
    // Marks within a set would be lost with its order.
    let inner = matches!(&converted.kind, Kind::List(list) if matches!(list.sort, ListSort::Set(_)));
    let sensitive = inner && crate::terraform::expr::contains_marked(value);
    let converted = if sensitive { crate::terraform::expr::unmark_deep(&converted) } else { converted };
    Ok(converted.mark(value.sensitive || sensitive))
}

fn assume_not_null(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    match &args[0].kind {
        Kind::Null => Err(Failure::of(0, "the value is null")),
        Kind::Unknown(unknown) => {
            let kind = Kind::Unknown(Arc::new(Unknown { not_null: true, ..(**unknown).clone() }));
            Ok(Value { kind, ..args[0].clone() })
        }
        _ => Ok(args[0].clone()),
    }
}

fn assume_prefix(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let prefix = args[1].as_str().unwrap_or_default();
    match &args[0].kind {
        Kind::String(text) if text.as_str().starts_with(prefix) => Ok(args[0].clone()),
        Kind::Unknown(unknown) => {
            Ok(refine(&args[0], unknown, Known::Refined { prefix: prefix.into(), min: None, max: None }))
        }
        _ => Err(Failure::of(0, format!("the string does not start with {prefix:?}"))),
    }
}

fn assume_length(args: &[Value], least: bool) -> Outcome {
    let bound = super::number::int(args, 1)?;
    let wrong = || Failure::of(0, format!("the length is not at {} {bound}", if least { "least" } else { "most" }));
    let length = match &args[0].kind {
        Kind::List(list) => list.items.len() as i64,
        Kind::Map(map) => map.entries.len() as i64,
        Kind::Unknown(unknown) => {
            let (mut min, mut max) = crate::terraform::expr::bounds_of(unknown);
            if least {
                min = Some(min.unwrap_or(0).max(bound))
            } else {
                max = Some(max.unwrap_or(bound).min(bound))
            }
            return Ok(refine(&args[0], unknown, Known::Refined { prefix: "".into(), min, max }));
        }
        _ => return Err(wrong()),
    };
    if least && length < bound || !least && length > bound { Err(wrong()) } else { Ok(args[0].clone()) }
}

/// An unknown value with a refinement, unless more is known of it.
fn refine(value: &Value, unknown: &Unknown, refined: Known) -> Value {
    let known = match unknown.known {
        Known::Nothing | Known::Refined { .. } => refined,
        ref known => known.clone(),
    };
    let unknown = Unknown { not_null: true, known, ..unknown.clone() };
    Value { kind: Kind::Unknown(Arc::new(unknown)), ..value.clone() }
}
