//! Lists: what looks into them, cuts them and puts them together.

use std::sync::Arc;

use super::collection::is_blank;
use super::number::{int, num, number};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::convert::{convert, unify};
use crate::terraform::expr::{Evaluator, MAX_ITEMS, as_choice, boolean, equals, literal_for};
use crate::value::{Condition, Kind, Known, ListSort, Number, Origin, Reason, Type, Unknown, Value};

const LIST: Param = Param::new("list", Shape::List);
const ANY: Param = Param::new("list", Shape::Any);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("alltrue", &[Param::new("list", Shape::ListOfBool)], Shape::Bool, |_, args| quantify(args, false)),
    Function::new("anytrue", &[Param::new("list", Shape::ListOfBool)], Shape::Bool, |_, args| quantify(args, true)),
    Function::new("chunklist", &[LIST.marks(), Param::new("size", Shape::Number)], Shape::List, chunklist),
    Function::new("compact", &[Param::new("list", Shape::ListOfString)], Shape::ListOfString, compact),
    Function::new("concat", &[], Shape::Any, concat).rest(Param::new("seqs", Shape::Any).marks().unknown()),
    Function::new("contains", &[ANY, Param::new("value", Shape::Any).unknown()], Shape::Bool, contains),
    Function::new("distinct", &[LIST], Shape::List, distinct),
    Function::new("element", &[ANY.marks().unknown(), Param::new("index", Shape::Number)], Shape::Any, element),
    Function::new("flatten", &[ANY.marks()], Shape::Any, flatten),
    Function::new("index", &[ANY, Param::new("value", Shape::Any)], Shape::Number, index),
    Function::new("one", &[ANY.marks().unknown()], Shape::Any, one),
    Function::new("range", &[], Shape::List, range).rest(Param::new("params", Shape::Number)),
    Function::new("reverse", &[ANY.marks()], Shape::Any, reverse),
    Function::new(
        "slice",
        &[ANY.marks().unknown(), Param::new("start_index", Shape::Number), Param::new("end_index", Shape::Number)],
        Shape::Any,
        slice,
    ),
    Function::new("sort", &[Param::new("list", Shape::ListOfString).unknown().whole()], Shape::ListOfString, sort),
];

/// The items of an argument that is a list, set or tuple.
pub(super) fn items(args: &[Value], index: usize) -> Result<&[Value], Failure> {
    args.get(index).and_then(Value::as_list).ok_or_else(|| Failure::of(index, "a list, set or tuple is required"))
}

/// A list of a type, at the place of what it was made from.
pub(super) fn list(item: Type, items: Vec<Value>) -> Value {
    Value::list_of(ListSort::List(item), items)
}

/// The sort of an argument's sequence, and its item type; a tuple has none.
pub(super) fn item_type(value: &Value) -> Option<Type> {
    match &value.kind {
        Kind::List(list) => match &list.sort {
            ListSort::List(item) | ListSort::Set(item) => Some(item.clone()),
            ListSort::Tuple => None,
        },
        Kind::Unknown(unknown) => match &unknown.ty {
            Type::List(item) | Type::Set(item) => Some((**item).clone()),
            _ => None,
        },
        _ => None,
    }
}

/// An unknown value of a type, for the reason that another one is unknown.
pub(super) fn unknown_from(cause: &Value, ty: Type) -> Value {
    let reason = cause.as_unknown().map_or(Reason::Invalid, |unknown| unknown.reason.clone());
    Value::unknown(Unknown::new(reason).typed(ty), Origin::none())
}

/// The first unknown value in a value, or itself.
pub(super) fn first_unknown(value: &Value) -> &Value {
    let mut found: Option<&Value> = None;
    value.for_each_unknown(&mut |inner, _| {
        found.get_or_insert(inner);
    });
    found.unwrap_or(value)
}

fn quantify(args: &[Value], decisive: bool) -> Outcome {
    let mut cause = None;
    for item in items(args, 0)? {
        match &item.kind {
            Kind::Bool(value) if *value == decisive => return Ok(Value::bool(decisive)),
            // A null is not true.
            Kind::Null if !decisive => return Ok(Value::bool(false)),
            Kind::Unknown(_) => cause = cause.or(Some(item)),
            _ => {}
        }
    }
    Ok(match cause {
        Some(cause) => unknown_from(cause, Type::Bool),
        None => Value::bool(!decisive),
    })
}

fn chunklist(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let items = items(args, 0)?;
    let item = item_type(&args[0]).unwrap_or_default();
    let size = usize::try_from(int(args, 1)?).map_err(|_| Failure::of(1, "the size must not be negative"))?;
    let chunk = |chunk: &[Value]| list(item.clone(), chunk.to_vec());
    let chunks = match (items.len(), size) {
        (0, _) => Vec::new(),
        (_, 0) => vec![chunk(items)],
        _ => items.chunks(size).map(chunk).collect(),
    };
    Ok(list(Type::list(item), chunks).mark(args[0].sensitive))
}

/// The most lists that a list with choices in it is written out as.
const MAX_VARIANTS: usize = 32;

fn compact(context: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    Ok(compacted(context.evaluator, items(args, 0)?, MAX_VARIANTS))
}

/// The texts that are there. One of which a condition decides whether it is there makes two lists.
fn compacted(evaluator: &mut Evaluator<'_>, texts: &[Value], variants: usize) -> Value {
    let open = texts.iter().enumerate().find(|(_, text)| is_blank(text).is_none());
    let Some((index, undecided)) = open else {
        let kept = texts.iter().filter(|text| is_blank(text) == Some(false));
        return list(Type::String, kept.cloned().collect());
    };
    match as_choice(undecided) {
        Some(choice) if variants > 1 => evaluator.distribute(choice, &Origin::none(), |evaluator, branch| {
            let mut texts = texts.to_vec();
            texts[index] = branch.clone();
            compacted(evaluator, &texts, variants / 2)
        }),
        _ => unknown_from(undecided, Type::list(Type::String)),
    }
}

fn concat(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args.is_empty() {
        return Err("at least one argument is required".into());
    }
    let sensitive = args.iter().any(|arg| arg.sensitive);
    let mut types = Vec::with_capacity(args.len());
    let mut unknown = None;
    for (i, arg) in args.iter().enumerate() {
        let ty = match &arg.kind {
            Kind::Unknown(unknown) => unknown.ty.clone(),
            _ => Type::of(arg),
        };
        if !matches!(ty, Type::List(_) | Type::Tuple(_) | Type::Dynamic) {
            return Err(Failure::of(i, "all arguments must be lists or tuples"));
        }
        if arg.is_unknown() {
            unknown = unknown.or(Some(arg));
        }
        types.push(ty);
    }
    let common = if types.iter().all(|ty| matches!(ty, Type::List(_))) { unify(&types) } else { None };
    if let Some(cause) = unknown {
        let ty = common.unwrap_or_default();
        return Ok(unknown_from(cause, ty).mark(sensitive));
    }
    let mut joined = Vec::new();
    for arg in args {
        let converted = match &common {
            Some(ty) => convert(arg, ty)?,
            None => arg.clone(),
        };
        joined.extend(converted.as_list().unwrap_or(&[]).iter().map(|item| arg.part(item)));
        if joined.len() > MAX_ITEMS {
            return Err(Failure::limit("the list is too long"));
        }
    }
    let sort = match common {
        Some(Type::List(item)) => ListSort::List((*item).clone()),
        _ => ListSort::Tuple,
    };
    let origin = Origin { span: args.first().and_then(|arg| arg.origin.span), via: None };
    Ok(Value::list_of(sort, joined).with_origin(origin).mark(sensitive))
}

fn contains(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if let Some(unknown) = args[1].as_unknown() {
        return Ok(contains_unknown(items(args, 0)?, unknown).unwrap_or_else(|| unknown_from(&args[1], Type::Bool)));
    }
    let mut unknown = None;
    for item in items(args, 0)? {
        match equals(item, &args[1]) {
            Some(true) => return Ok(Value::bool(true)),
            Some(false) => {}
            None => unknown = unknown.or(Some(if item.is_wholly_known() { &args[1] } else { item })),
        }
    }
    Ok(match unknown {
        Some(cause) => unknown_from(first_unknown(cause), Type::Bool),
        None => Value::bool(false),
    })
}

/// Whether a variable is one of known items: a question about the variable.
fn contains_unknown(items: &[Value], unknown: &Unknown) -> Option<Value> {
    let Known::Variable(variable) = &unknown.known else { return None };
    let literals = items.iter().map(|item| literal_for(unknown, item)).collect::<Option<Vec<_>>>()?;
    let is: Vec<Condition> = literals.into_iter().map(|literal| Condition::Is(Arc::clone(variable), literal)).collect();
    let condition = match <[Condition; 1]>::try_from(is) {
        Ok([only]) => only,
        Err(several) if several.is_empty() => return None,
        Err(several) => Condition::Any(several.into()),
    };
    Some(boolean(condition, Arc::clone(&variable.name), unknown.reason.clone(), Origin::none()))
}

fn distinct(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let items = items(args, 0)?;
    let item = item_type(&args[0]).unwrap_or_default();
    if !args[0].is_wholly_known() {
        return Ok(distinct_in_part(items, item)
            .unwrap_or_else(|item| unknown_from(first_unknown(&args[0]), Type::list(item))));
    }
    // Scalars by their text; the rest, which is rare, one by one.
    let mut seen = std::collections::HashSet::new();
    let mut kept: Vec<Value> = Vec::new();
    for candidate in items {
        let fresh = match &candidate.kind {
            Kind::String(text) => seen.insert(text.as_str().to_owned()),
            Kind::Number(number) => seen.insert(number.to_string()),
            _ if kept.len() > 5_000 => return Err(Failure::limit("there are too many values to compare")),
            _ => !kept.contains(candidate),
        };
        if fresh {
            kept.push(candidate.clone());
        }
    }
    Ok(list(item, kept))
}

/// The distinct ones of values that are known in part, if that tells them apart.
fn distinct_in_part(items: &[Value], item: Type) -> Result<Value, Type> {
    if items.len() > MAX_VARIANTS {
        return Err(item);
    }
    let mut kept: Vec<Value> = Vec::with_capacity(items.len());
    for candidate in items {
        match kept.iter().map(|other| equals(other, candidate)).find(|equal| *equal != Some(false)) {
            None => kept.push(candidate.clone()),
            Some(Some(_)) => {}
            Some(None) => return Err(item),
        }
    }
    Ok(list(item, kept))
}

fn element(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let wanted = int(args, 1)?;
    if let Some(unknown) = args[0].as_unknown() {
        let ty = match &unknown.ty {
            Type::Dynamic => Type::Dynamic,
            Type::List(item) => (**item).clone(),
            Type::Tuple(types) if !types.is_empty() => types[wanted.rem_euclid(types.len() as i64) as usize].clone(),
            _ => return Err(Failure::of(0, "a list or tuple is required")),
        };
        return Ok(unknown_from(&args[0], ty).mark(args[0].sensitive));
    }
    if matches!(&args[0].kind, Kind::List(list) if matches!(list.sort, ListSort::Set(_))) {
        return Err(Failure::of(0, "cannot read elements of a set; convert it to a list first"));
    }
    let items = items(args, 0)?;
    if items.is_empty() {
        return Err(Failure::of(0, "cannot use the element function with an empty list"));
    }
    let item = args[0].part(&items[wanted.rem_euclid(items.len() as i64) as usize]);
    Ok(item.mark(args[0].sensitive))
}

fn flatten(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let mut flat = Vec::new();
    let mut unknown = None;
    let mut sensitive = false;
    flatten_into(&args[0], &mut flat, &mut unknown, &mut sensitive, 0)?;
    let value = match unknown {
        Some(cause) => unknown_from(&cause, Type::Dynamic),
        None => Value::list(flat),
    };
    Ok(value.mark(sensitive))
}

fn flatten_into(
    value: &Value,
    flat: &mut Vec<Value>,
    unknown: &mut Option<Value>,
    sensitive: &mut bool,
    depth: usize,
) -> Result<(), Failure> {
    let items = value.as_list().ok_or_else(|| Failure::of(0, "can only flatten lists, sets and tuples"))?;
    if depth > crate::parse::MAX_DEPTH {
        return Err(Failure::limit("the lists are nested too deeply"));
    }
    *sensitive |= value.sensitive;
    for item in items {
        match &item.kind {
            Kind::List(_) => flatten_into(&value.part(item), flat, unknown, sensitive, depth + 1)?,
            // An unknown sequence has an unknown number of elements.
            Kind::Unknown(inner) if may_be_sequence(inner) => {
                unknown.get_or_insert_with(|| item.clone());
            }
            _ => flat.push(value.part(item)),
        }
        if flat.len() > MAX_ITEMS {
            return Err(Failure::limit("the list is too long"));
        }
    }
    Ok(())
}

/// Attributes of resources are flattened as the scalars that they nearly always are.
fn may_be_sequence(unknown: &Unknown) -> bool {
    let scalar = matches!(unknown.known, Known::Reference(_) | Known::Resource(_) | Known::Symbol(_));
    matches!(unknown.ty, Type::List(_) | Type::Set(_) | Type::Tuple(_)) || unknown.ty == Type::Dynamic && !scalar
}

fn index(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if matches!(&args[0].kind, Kind::List(list) if matches!(list.sort, ListSort::Set(_))) {
        return Err(Failure::of(0, "a list or tuple is required"));
    }
    for (i, item) in items(args, 0)?.iter().enumerate() {
        match equals(item, &args[1]) {
            Some(true) => return Ok(number(Number::from(i))),
            Some(false) => {}
            None => return Ok(unknown_from(first_unknown(item), Type::Number)),
        }
    }
    Err(Failure::of(1, "item not found"))
}

fn one(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let sensitive = args[0].sensitive;
    let wrong = || Failure::of(0, "must be a list, set, or tuple value with either zero or one elements");
    let value = match &args[0].kind {
        Kind::Unknown(unknown) => match &unknown.ty {
            Type::List(item) | Type::Set(item) => unknown_from(&args[0], (**item).clone()),
            Type::Tuple(types) => match types.as_ref() {
                [] => Value::null(),
                [ty] => unknown_from(&args[0], ty.clone()),
                _ => return Err(wrong()),
            },
            Type::Dynamic => unknown_from(&args[0], Type::Dynamic),
            _ => return Err(wrong()),
        },
        Kind::List(list) => match list.items.as_slice() {
            [] => Value::null(),
            [item] => args[0].part(item),
            _ => return Err(wrong()),
        },
        _ => return Err(wrong()),
    };
    Ok(value.mark(sensitive))
}

/// Terraform's own bound on what `range` yields.
const MAX_RANGE: usize = 1024;

fn range(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let zero = Number::from(0);
    let (start, end, step) = match args.len() {
        1 => (zero.clone(), num(args, 0)?.clone(), None),
        2 => (num(args, 0)?.clone(), num(args, 1)?.clone(), None),
        3 => (num(args, 0)?.clone(), num(args, 1)?.clone(), Some(num(args, 2)?.clone())),
        _ => return Err("must have one, two, or three arguments".into()),
    };
    let down = end < start;
    let step = step.unwrap_or_else(|| if down { Number::from(-1) } else { Number::from(1) });
    if end != start && (step.signum() == 0 || (step.signum() < 0) != down) {
        return Err(Failure::of(2, "the step must lead from the start to the end"));
    }
    let mut values = Vec::new();
    let mut next = start;
    while if down { next > end } else { next < end } {
        if values.len() >= MAX_RANGE {
            return Err(Failure::limit("more than 1024 values were generated"));
        }
        values.push(number(next.clone()));
        next = next.add(&step).ok_or("the range has no end")?;
    }
    Ok(list(Type::Number, values))
}

fn reverse(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let items = items(args, 0)?.iter().rev().cloned().collect();
    let sort = match item_type(&args[0]) {
        Some(item) => ListSort::List(item),
        None => ListSort::Tuple,
    };
    Ok(Value::list_of(sort, items).mark(args[0].sensitive))
}

fn slice(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if matches!(&args[0].kind, Kind::List(list) if matches!(list.sort, ListSort::Set(_))) {
        return Err(Failure::of(0, "cannot slice a set; convert it to a list first"));
    }
    let (start, end) = (int(args, 1)?, int(args, 2)?);
    if start < 0 {
        return Err(Failure::of(1, "the start index must not be negative"));
    }
    if start > end {
        return Err(Failure::of(1, "the start index must not be greater than the end index"));
    }
    if let Some(unknown) = args[0].as_unknown() {
        return match &unknown.ty {
            Type::List(_) | Type::Dynamic => Ok(unknown_from(&args[0], unknown.ty.clone()).mark(args[0].sensitive)),
            Type::Tuple(_) => Ok(unknown_from(&args[0], Type::Dynamic).mark(args[0].sensitive)),
            _ => Err(Failure::of(0, "a list or tuple is required")),
        };
    }
    let items = items(args, 0)?;
    let part = items.get(start as usize..end as usize);
    let part = part.ok_or_else(|| Failure::of(2, "the end index must not be greater than the length of the list"))?;
    let sort = match item_type(&args[0]) {
        Some(item) => ListSort::List(item),
        None => ListSort::Tuple,
    };
    Ok(Value::list_of(sort, part.to_vec()).mark(args[0].sensitive))
}

fn sort(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args[0].is_unknown() {
        return Ok(unknown_from(&args[0], Type::list(Type::String)));
    }
    let mut sorted = items(args, 0)?.to_vec();
    if sorted.iter().any(Value::is_null) {
        return Err(Failure::of(0, "given list element is null; a null string cannot be sorted"));
    }
    sorted.sort_by(|a, b| a.as_str().cmp(&b.as_str()));
    Ok(list(Type::String, sorted))
}
