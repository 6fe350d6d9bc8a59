//! What takes collections of every kind: lengths and first values.

use unicode_segmentation::UnicodeSegmentation;

use super::number::number;
use super::sequence::{first_unknown, unknown_from};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::convert::{convert, unify};
use crate::value::{Kind, Known, ListSort, Number, StringPart, Type, Unknown, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("length", &[Param::new("value", Shape::Any).unknown().marks()], Shape::Number, length),
    Function::new("coalesce", &[], Shape::Any, coalesce).rest(Param::new("vals", Shape::Any).null().unknown().marks()),
    Function::new("coalescelist", &[], Shape::Any, coalescelist)
        .rest(Param::new("vals", Shape::Any).null().unknown().marks()),
];

fn length(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let value = &args[0];
    let count = match &value.kind {
        // What a person sees as one character counts once.
        Kind::String(text) => text.as_str().graphemes(true).count(),
        Kind::List(list) => match &list.sort {
            // Unknown items of a set may turn out to be one.
            ListSort::Set(_) if !value.is_wholly_known() && list.items.len() > 1 => {
                let known = Known::Refined { prefix: "".into(), min: Some(1), max: Some(list.items.len() as i64) };
                return Ok(bounded(first_unknown(value), known).mark(value.sensitive));
            }
            _ => list.items.len(),
        },
        Kind::Map(map) => map.entries.len(),
        Kind::Unknown(unknown) => match &unknown.ty {
            Type::Tuple(items) => items.len(),
            Type::Object(attributes) => attributes.len(),
            Type::Dynamic | Type::String | Type::List(_) | Type::Set(_) | Type::Map(_) => {
                let (min, max) = crate::terraform::expr::bounds_of(unknown);
                let of_string = unknown.ty == Type::String;
                let min = if of_string { Some(0) } else { min.or(Some(0)) };
                let known = Known::Refined { prefix: "".into(), min, max: if of_string { None } else { max } };
                return Ok(bounded(value, known).mark(value.sensitive));
            }
            _ => return Err(Failure::of(0, "a string, list, set, map, tuple or object is required")),
        },
        _ => return Err(Failure::of(0, "a string, list, set, map, tuple or object is required")),
    };
    Ok(number(Number::from(count)).mark(value.sensitive))
}

fn bounded(cause: &Value, known: Known) -> Value {
    let value = unknown_from(cause, Type::Number);
    match value.as_unknown() {
        Some(unknown) => {
            let unknown = Unknown { not_null: true, known, ..unknown.clone() };
            Value::unknown(unknown, value.origin)
        }
        None => value,
    }
}

fn coalesce(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let types = args.iter().map(Type::of).collect::<Vec<_>>();
    let ty = unify(&types).ok_or("all arguments must have the same type")?;
    for arg in args {
        match is_blank(arg) {
            Some(false) => return Ok(convert(arg, &ty)?),
            Some(true) => {}
            None => return Ok(unknown_from(arg, ty).mark(arg.sensitive)),
        }
    }
    Err("no non-null, non-empty-string arguments".into())
}

/// Whether a value is null or the empty string; `None` if that is not known. An attribute that every resource has is
/// something, even if nobody knows what; so is a text of which a part is known.
pub(super) fn is_blank(value: &Value) -> Option<bool> {
    let Kind::Unknown(unknown) = &value.kind else {
        return Some(value.is_null() || value.as_str() == Some(""));
    };
    let given = match &unknown.known {
        Known::Reference(_) => unknown.not_null,
        Known::Resource(_) | Known::Symbol(_) | Known::Encoding(_) => true,
        Known::Parts(parts) => {
            parts.iter().any(|part| matches!(part, StringPart::Literal(text) if !text.as_str().is_empty()))
        }
        Known::Choice(choice) => {
            let (then, otherwise) = (is_blank(&choice.then)?, is_blank(&choice.otherwise)?);
            return (then == otherwise).then_some(then);
        }
        _ => false,
    };
    given.then_some(false)
}

fn coalescelist(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args.is_empty() {
        return Err("at least one argument is required".into());
    }
    for (i, arg) in args.iter().enumerate() {
        match &arg.kind {
            Kind::Unknown(_) => return Ok(unknown_from(arg, Type::Dynamic).mark(arg.sensitive)),
            Kind::List(list) if !list.items.is_empty() => return Ok(arg.clone()),
            Kind::List(_) | Kind::Null => {}
            _ => return Err(Failure::of(i, "all arguments must be lists")),
        }
    }
    Err("no non-null, non-empty list arguments".into())
}
