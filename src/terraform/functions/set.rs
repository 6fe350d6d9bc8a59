//! Sets.

use super::sequence::{first_unknown, item_type, items, list, unknown_from};
use super::{Context, Failure, Function, Outcome, Param, Shape};
use crate::terraform::convert::{convert, unify};
use crate::terraform::expr::{MAX_ITEMS, contains_marked, unmark_deep};
use crate::terraform::set::set_of;
use crate::value::{Kind, ListSort, Type, Value};

const SET: Param = Param::new("sets", Shape::Set);

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("setunion", &[SET.unknown()], Shape::Set, setunion).rest(SET.unknown()),
    Function::new("setintersection", &[SET.unknown()], Shape::Set, setintersection).rest(SET.unknown()),
    Function::new("setsubtract", &[SET.unknown(), SET.unknown()], Shape::Set, setsubtract),
    Function::new("setproduct", &[], Shape::Any, setproduct).rest(Param::new("sets", Shape::Any).unknown().marks()),
];

/// The arguments as sets of one type; the inner `Err` is the result when one of them is not known.
fn unified(args: &[Value], whole: bool) -> Result<Result<(Type, Vec<Value>), Value>, Failure> {
    // An empty set of any type fits every other.
    let empty =
        |arg: &Value| arg.as_list().is_some_and(|items| items.is_empty()) && item_type(arg) == Some(Type::Dynamic);
    let types = args.iter().filter(|arg| !empty(arg)).map(|arg| item_type(arg).unwrap_or_default()).collect::<Vec<_>>();
    let item = unify(&types).ok_or("given sets must all have compatible element types")?;
    let open = |arg: &&Value| arg.is_unknown() || whole && !arg.is_wholly_known();
    if let Some(cause) = args.iter().find(open) {
        return Ok(Err(unknown_from(first_unknown(cause), Type::set(item))));
    }
    let set = Type::set(item.clone());
    let converted = args.iter().map(|arg| convert(arg, &set)).collect::<Result<Vec<_>, _>>()?;
    Ok(Ok((item, converted)))
}

fn setunion(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let (item, sets) = match unified(args, false)? {
        Ok(unified) => unified,
        Err(unknown) => return Ok(unknown),
    };
    Ok(set_of(item, sets.iter().flat_map(|set| set.as_list().unwrap_or(&[]).iter().cloned())))
}

fn setintersection(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let (item, sets) = match unified(args, true)? {
        Ok(unified) => unified,
        Err(unknown) => return Ok(unknown),
    };
    let Some((first, rest)) = sets.split_first() else { return Err("at least one set is required".into()) };
    let common = first
        .as_list()
        .unwrap_or(&[])
        .iter()
        .filter(|candidate| rest.iter().all(|set| set.as_list().is_some_and(|items| items.contains(candidate))));
    Ok(set_of(item, common.cloned().collect::<Vec<_>>()))
}

fn setsubtract(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    let (item, sets) = match unified(args, true)? {
        Ok(unified) => unified,
        Err(unknown) => return Ok(unknown),
    };
    let [from, taken] = sets.as_slice() else { return Err("two sets are required".into()) };
    let taken = taken.as_list().unwrap_or(&[]);
    let left = from.as_list().unwrap_or(&[]).iter().filter(|candidate| !taken.contains(candidate));
    Ok(set_of(item, left.cloned().collect::<Vec<_>>()))
}

fn setproduct(_: &mut Context<'_, '_>, args: &[Value]) -> Outcome {
    if args.len() < 2 {
        return Err("at least two arguments are required".into());
    }
    // A set has no marks within.
    let all_sets = args.iter().all(|arg| match &arg.kind {
        Kind::List(list) => matches!(list.sort, ListSort::Set(_)),
        kind => matches!(kind, Kind::Unknown(unknown) if matches!(unknown.ty, Type::Set(_))),
    });
    let marked = if all_sets { contains_marked } else { |arg: &Value| arg.sensitive };
    let sensitive = args.iter().any(marked);
    let mut elements = Vec::with_capacity(args.len());
    let mut unknown = None;
    let mut total: usize = 1;
    for (i, arg) in args.iter().enumerate() {
        match &arg.kind {
            Kind::List(sequence) => {
                let ty = match &sequence.sort {
                    ListSort::List(item) => item.clone(),
                    ListSort::Set(item) => item.clone(),
                    ListSort::Tuple => {
                        let types = sequence.items.iter().map(Type::of).collect::<Vec<_>>();
                        unify(&types).ok_or_else(|| Failure::of(i, "all elements must be of the same type"))?
                    }
                };
                elements.push(ty);
                total = total.saturating_mul(sequence.items.len());
                if matches!(sequence.sort, ListSort::Set(_)) && !arg.is_wholly_known() {
                    unknown = unknown.or(Some(arg));
                }
            }
            Kind::Unknown(value) => {
                unknown = unknown.or(Some(arg));
                match &value.ty {
                    Type::Set(item) | Type::List(item) => elements.push((**item).clone()),
                    Type::Tuple(_) | Type::Dynamic => elements.push(Type::Dynamic),
                    _ => return Err(Failure::of(i, "a set or a list is required")),
                }
            }
            _ => return Err(Failure::of(i, "a set or a list is required")),
        }
    }
    let item = Type::Tuple(elements.iter().cloned().collect());
    if total == 0 {
        let empty = if all_sets { set_of(item, []) } else { list(item, Vec::new()) };
        return Ok(empty.mark(sensitive));
    }
    if let Some(cause) = unknown {
        let ty = if all_sets { Type::set(item) } else { Type::list(item) };
        return Ok(unknown_from(first_unknown(cause), ty).mark(sensitive));
    }
    if total.saturating_mul(args.len()) > MAX_ITEMS {
        return Err(Failure::limit("the product is too large"));
    }
    let mut product: Vec<Vec<Value>> = vec![Vec::new()];
    for (i, ty) in elements.iter().enumerate() {
        let mut next = Vec::with_capacity(product.len().saturating_mul(4));
        let converted = items(args, i)?.iter().map(|item| convert(item, ty)).collect::<Result<Vec<_>, _>>()?;
        for row in &product {
            for value in &converted {
                let mut row = row.clone();
                row.push(value.clone());
                next.push(row);
            }
        }
        product = next;
    }
    let row = |row| if all_sets { unmark_deep(&Value::list(row)) } else { Value::list(row) };
    let rows = product.into_iter().map(row).collect::<Vec<_>>();
    Ok(if all_sets { set_of(item, rows) } else { list(item, rows) }.mark(sensitive))
}
