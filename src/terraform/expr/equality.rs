//! Whether two values are equal, as far as that is known (cty's `Value.Equals`).

use super::choice::may_be_null;
use crate::value::{Kind, Known, ListSort, Literal, MapSort, Type, Unknown, Value};

/// `None`: not known.
pub(in crate::terraform) fn equals(a: &Value, b: &Value) -> Option<bool> {
    match (&a.kind, &b.kind) {
        (Kind::Null, Kind::Null) => Some(true),
        (Kind::Null, _) => (!may_be_null(b)).then_some(false),
        (_, Kind::Null) => (!may_be_null(a)).then_some(false),
        (Kind::Unknown(x), Kind::Unknown(y)) => same_unknown(x, y),
        (Kind::Unknown(unknown), _) => excludes(unknown, b).then_some(false),
        (_, Kind::Unknown(unknown)) => excludes(unknown, a).then_some(false),
        (Kind::Bool(a), Kind::Bool(b)) => Some(a == b),
        (Kind::Number(a), Kind::Number(b)) => Some(a == b),
        (Kind::String(a), Kind::String(b)) => Some(a == b),
        (Kind::List(x), Kind::List(y)) => match (&x.sort, &y.sort) {
            (ListSort::Tuple, ListSort::Tuple) => all(&x.items, &y.items),
            (ListSort::List(s), ListSort::List(t)) if fits(s, t) => all(&x.items, &y.items),
            (ListSort::Set(s), ListSort::Set(t)) if fits(s, t) => {
                if a.is_wholly_known() && b.is_wholly_known() {
                    all(&x.items, &y.items)
                } else {
                    None
                }
            }
            _ => Some(false),
        },
        (Kind::Map(x), Kind::Map(y)) => {
            let same_sort = match (&x.sort, &y.sort) {
                (MapSort::Object, MapSort::Object) => true,
                (MapSort::Map(s), MapSort::Map(t)) => fits(s, t),
                _ => false,
            };
            if !same_sort || x.entries.len() != y.entries.len() {
                return Some(false);
            }
            let mut known = Some(true);
            for (key, entry) in &x.entries {
                match y.entries.get(key).map(|other| equals(&entry.value, &other.value)) {
                    Some(Some(true)) => {}
                    Some(None) => known = None,
                    _ => return Some(false),
                }
            }
            known
        }
        _ => Some(false),
    }
}

/// Item types may differ in what nulls and empty collections leave open.
fn fits(a: &Type, b: &Type) -> bool {
    a == b || *a == Type::Dynamic || *b == Type::Dynamic
}

fn all(a: &[Value], b: &[Value]) -> Option<bool> {
    if a.len() != b.len() {
        return Some(false);
    }
    let mut known = Some(true);
    for (a, b) in a.iter().zip(b) {
        match equals(a, b) {
            Some(true) => {}
            None => known = None,
            Some(false) => return Some(false),
        }
    }
    known
}

/// Two attributes of resources are equal for certain only when they are one.
fn same_unknown(a: &Unknown, b: &Unknown) -> Option<bool> {
    match (&a.known, &b.known) {
        (Known::Reference(x), Known::Reference(y)) if x == y => Some(true),
        (Known::Symbol(x), Known::Symbol(y)) if x == y => Some(true),
        _ if a.ty != b.ty && !a.ty.has_dynamic() && !b.ty.has_dynamic() && a.not_null && b.not_null => Some(false),
        _ => None,
    }
}

/// Whether what is known of an unknown value rules out that it is this one.
fn excludes(unknown: &Unknown, value: &Value) -> bool {
    let other_type = match (&unknown.ty, &value.kind) {
        (Type::Dynamic, _) => false,
        (Type::Bool, kind) => !matches!(kind, Kind::Bool(_)),
        (Type::Number, kind) => !matches!(kind, Kind::Number(_)),
        (Type::String, kind) => !matches!(kind, Kind::String(_)),
        (_, kind) => !matches!(kind, Kind::List(_) | Kind::Map(_)),
    };
    if other_type || matches!(unknown.known, Known::Resource(_)) && !matches!(value.kind, Kind::Map(_)) {
        return true;
    }
    match &value.kind {
        Kind::String(text) => {
            let prefix = super::template::prefix_of(unknown);
            !text.as_str().starts_with(&*prefix)
        }
        Kind::Number(number) => match bounds_of(unknown) {
            (Some(min), _) if *number < min.into() => true,
            (_, Some(max)) if *number > max.into() => true,
            _ => false,
        },
        _ => false,
    }
}

/// The least and greatest number or length that an unknown value can be.
pub(in crate::terraform) fn bounds_of(unknown: &Unknown) -> (Option<i64>, Option<i64>) {
    match unknown.known {
        Known::Refined { min, max, .. } => (min, max),
        _ => (None, None),
    }
}

/// The literal that an unknown variable is compared with, when equality with it is a question about that variable.
pub(in crate::terraform) fn literal_for(unknown: &Unknown, value: &Value) -> Option<Literal> {
    let comparable = match (&unknown.ty, &value.kind) {
        (Type::Dynamic, _) => true,
        (Type::Bool, kind) => matches!(kind, Kind::Bool(_)),
        (Type::Number, kind) => matches!(kind, Kind::Number(_)),
        (Type::String, kind) => matches!(kind, Kind::String(_)),
        _ => false,
    };
    if comparable { Literal::of(value) } else { None }
}
