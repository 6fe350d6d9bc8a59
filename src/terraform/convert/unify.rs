//! One type for many (go-cty's `convert/unify.go`).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::convertible;
use crate::value::Type;

/// The type to which values of all these types convert, by cty's rules: one of them, or a collection or structure made of
/// their parts. `None` if there is none. Of no type it is any type.
pub fn unify(types: &[Type]) -> Option<Type> {
    let Some(first) = types.first() else { return Some(Type::Dynamic) };
    if types.iter().all(|ty| ty == first) {
        return Some(first.clone());
    }
    let fits = |wanted: &Type| types.iter().all(|ty| convertible(ty, wanted));
    match unify_structures(types) {
        Some(unified) => unified.filter(fits),
        None => {
            let mut order: Vec<&Type> = types.iter().collect();
            order.sort_by_key(|ty| preference(ty));
            order.into_iter().find(|wanted| fits(wanted)).cloned()
        }
    }
}

/// Lower is preferred: cty tries the type to which more others convert first.
fn preference(ty: &Type) -> u8 {
    match ty {
        Type::String | Type::List(_) | Type::Map(_) => 0,
        Type::Set(_) => 1,
        Type::Bool | Type::Number => 2,
        Type::Tuple(_) | Type::Object(_) => 3,
        Type::Dynamic => 4,
    }
}

/// `None` if the types are not of one structural kind; `Some(None)` if they are and do not unify.
#[allow(clippy::option_option)]
fn unify_structures(types: &[Type]) -> Option<Option<Type>> {
    let count = |is: fn(&Type) -> bool| types.iter().filter(|ty| is(ty)).count();
    let (maps, lists, sets) = (
        count(|ty| matches!(ty, Type::Map(_))),
        count(|ty| matches!(ty, Type::List(_))),
        count(|ty| matches!(ty, Type::Set(_))),
    );
    let (objects, tuples) = (count(|ty| matches!(ty, Type::Object(_))), count(|ty| matches!(ty, Type::Tuple(_))));
    let dynamics = count(|ty| *ty == Type::Dynamic);
    let all = types.len();
    if maps > 0 && maps + dynamics == all {
        return Some(unify_collections(types, dynamics > 0, Type::map));
    }
    if maps > 0 && maps + objects + dynamics == all {
        return unify_parts(types).map(|item| Some(Type::map(item)));
    }
    if lists > 0 && lists + dynamics == all {
        return Some(unify_collections(types, dynamics > 0, Type::list));
    }
    if lists > 0 && lists + tuples + dynamics == all {
        return unify_parts(types).map(|item| Some(Type::list(item)));
    }
    if sets > 0 && sets + dynamics == all {
        return Some(unify_collections(types, dynamics > 0, Type::set));
    }
    if objects > 0 && objects + dynamics == all {
        return Some(if dynamics > 0 { Some(Type::Dynamic) } else { unify_objects(types) });
    }
    if tuples > 0 && tuples + dynamics == all {
        return Some(if dynamics > 0 { Some(Type::Dynamic) } else { unify_tuples(types) });
    }
    (objects > 0 && tuples > 0).then_some(None)
}

fn unify_collections(types: &[Type], dynamic: bool, of: fn(Type) -> Type) -> Option<Type> {
    if dynamic {
        return Some(Type::Dynamic);
    }
    let items = types.iter().filter_map(Type::item).cloned().collect::<Vec<_>>();
    unify(&items).map(of)
}

/// One type for the items, elements and attributes of all.
fn unify_parts(types: &[Type]) -> Option<Type> {
    let mut parts = Vec::new();
    for ty in types {
        match ty {
            Type::List(item) | Type::Set(item) | Type::Map(item) => parts.push((**item).clone()),
            Type::Tuple(items) => parts.extend(items.iter().cloned()),
            Type::Object(attributes) => parts.extend(attributes.values().cloned()),
            _ => parts.push(Type::Dynamic),
        }
    }
    unify(&parts)
}

fn unify_objects(types: &[Type]) -> Option<Type> {
    let objects = types.iter().filter_map(|ty| if let Type::Object(attributes) = ty { Some(attributes) } else { None });
    let objects = objects.collect::<Vec<_>>();
    let first = objects.first()?;
    if objects.iter().any(|other| !other.keys().eq(first.keys())) {
        return unify_parts(types).map(Type::map);
    }
    let mut unified = BTreeMap::new();
    for name in first.keys() {
        let attribute = objects.iter().filter_map(|attributes| attributes.get(name)).cloned().collect::<Vec<_>>();
        unified.insert(Arc::clone(name), unify(&attribute)?);
    }
    Some(Type::Object(Arc::new(unified)))
}

fn unify_tuples(types: &[Type]) -> Option<Type> {
    let tuples = types.iter().filter_map(|ty| if let Type::Tuple(items) = ty { Some(items) } else { None });
    let tuples = tuples.collect::<Vec<_>>();
    let first = tuples.first()?;
    if tuples.iter().any(|other| other.len() != first.len()) {
        return unify_parts(types).map(Type::list);
    }
    let mut unified = Vec::with_capacity(first.len());
    for i in 0..first.len() {
        let element = tuples.iter().filter_map(|items| items.get(i)).cloned().collect::<Vec<_>>();
        unified.push(unify(&element)?);
    }
    Some(Type::Tuple(unified.into()))
}
