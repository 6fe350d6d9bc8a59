//! Values that are one of two: conditions as formulas over what nobody gave, and operations on both branches.

use std::sync::Arc;

use super::{Evaluator, display};
use crate::parse::hcl::ast::Expr;
use crate::terraform::convert::unify;
use crate::value::{
    Choice, Condition, Entry, Kind, Known, List, Literal, Map, Origin, Reason, StringPart, Type, Unknown, Value,
    Variable,
};

/// The most branches that an operation on choices may have; beyond them it is plainly unknown.
const MAX_BRANCHES: usize = 32;

/// When a boolean is true: a formula over variables. `None` if it is no boolean, or nothing is known of it.
pub fn condition_of(value: &Value) -> Option<Condition> {
    match &value.kind {
        Kind::Bool(value) => Some(Condition::Constant(*value)),
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Variable(variable) => Some(Condition::Is(Arc::clone(variable), Literal::Bool(true))),
            Known::Choice(choice) => {
                let (then, otherwise) = (condition_of(&choice.then)?, condition_of(&choice.otherwise)?);
                Some(either(&choice.condition.and(&then), &choice.condition.negate().and(&otherwise)))
            }
            _ => None,
        },
        _ => None,
    }
}

/// Disjunction, with constants folded.
fn either(a: &Condition, b: &Condition) -> Condition {
    match (a, b) {
        (Condition::Constant(true), _) | (_, Condition::Constant(true)) => Condition::Constant(true),
        (Condition::Constant(false), only) | (only, Condition::Constant(false)) => only.clone(),
        (a, b) if a == b => a.clone(),
        (a, b) => Condition::Any([a.clone(), b.clone()].into()),
    }
}

/// How many values a value can be.
pub(super) fn branches(value: &Value) -> usize {
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Choice(choice)) => branches(&choice.then).saturating_add(branches(&choice.otherwise)),
        _ => 1,
    }
}

/// The choice that a value is, if it has not too many branches to compute with each.
pub(in crate::terraform) fn as_choice(value: &Value) -> Option<&Arc<Choice>> {
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Choice(choice)) if branches(value) <= MAX_BRANCHES => Some(choice),
        _ => None,
    }
}

/// The boolean that is true when a formula holds.
pub(in crate::terraform) fn boolean(condition: Condition, name: Arc<str>, reason: Reason, origin: Origin) -> Value {
    match condition {
        Condition::Constant(value) => Value::new(Kind::Bool(value), origin),
        condition => {
            let choice = Choice { condition, name, then: Value::bool(true), otherwise: Value::bool(false) };
            let unknown = Unknown { not_null: true, ..Unknown::new(reason).typed(Type::Bool) };
            Value::unknown(unknown.known(Known::Choice(Arc::new(choice))), origin)
        }
    }
}

/// A value that is `then` where a condition holds. Equal branches are one value; a branch that depends on the same
/// condition is decided by it.
pub(super) fn choose(
    condition: &Condition,
    name: &Arc<str>,
    then: Value,
    otherwise: Value,
    ty: Type,
    origin: Origin,
) -> Value {
    let then = decided(then, condition, true);
    let otherwise = decided(otherwise, condition, false);
    let sensitive = then.sensitive || otherwise.sensitive;
    match condition {
        Condition::Constant(true) => return then,
        Condition::Constant(false) => return otherwise,
        _ if branches_too_often(&then, &otherwise) => {
            let unknown = Unknown::new(Reason::Limit("the number of combinations".into())).typed(ty);
            return Value::unknown(unknown, origin).mark(sensitive);
        }
        _ if then == otherwise && same_kind(&then, &otherwise) => return then.mark(sensitive),
        _ => {}
    }
    let cause = [&then, &otherwise].into_iter().find_map(Value::as_unknown).map(|unknown| unknown.reason.clone());
    let reason = match (condition, cause) {
        (Condition::Is(variable, _), _) => Reason::Depends(Arc::clone(&variable.name)),
        (_, Some(reason)) => reason,
        _ => Reason::Depends(Arc::clone(name)),
    };
    let not_null = !may_be_null(&then) && !may_be_null(&otherwise);
    let choice = Choice { condition: condition.clone(), name: Arc::clone(name), then, otherwise };
    let unknown = Unknown { not_null, ..Unknown::new(reason).typed(ty).known(Known::Choice(Arc::new(choice))) };
    Value::unknown(unknown, origin).mark(sensitive)
}

/// What stands under the key that a variable is: one of `cases`, or else `default`; without a default the key is one of
/// theirs, or there is an error at deployment. `None` if there are none, or too many to tell them apart.
pub(in crate::terraform) fn by_variable(
    variable: &Arc<Variable>,
    cases: impl IntoIterator<Item = (Arc<str>, Value)>,
    default: Option<Value>,
    origin: &Origin,
) -> Option<Value> {
    let domain = variable.domain.as_deref();
    let literals = cases.into_iter().map(|(key, value)| (Literal::String(key), value));
    let mut cases: Vec<(Literal, Value)> =
        literals.filter(|(key, _)| domain.is_none_or(|domain| domain.contains(key))).take(MAX_BRANCHES + 1).collect();
    if cases.len() > MAX_BRANCHES {
        return None;
    }
    let is_whole = domain.is_some_and(|domain| domain.len() == cases.len());
    let last = match default.filter(|_| !is_whole) {
        Some(default) => default,
        None => cases.pop()?.1,
    };
    let value = cases.into_iter().rev().fold(last, |otherwise, (key, then)| {
        let ty = unify(&[Type::of(&then), Type::of(&otherwise)]).unwrap_or_default();
        choose(&Condition::Is(Arc::clone(variable), key), &variable.name, then, otherwise, ty, origin.clone())
    });
    Some(value)
}

/// The most unknown values in the branches of one choice. Choices share their parts: without a bound, each that uses
/// another one twice doubles the work on it.
const MAX_UNKNOWN: usize = 4096;

fn branches_too_often(then: &Value, otherwise: &Value) -> bool {
    fn count(value: &Value, left: &mut usize) -> bool {
        match &value.kind {
            Kind::List(list) => list.items.iter().all(|item| count(item, left)),
            Kind::Map(map) => map.entries.values().all(|entry| count(&entry.value, left)),
            Kind::Unknown(unknown) => {
                let Some(fewer) = left.checked_sub(1) else { return false };
                *left = fewer;
                match &unknown.known {
                    Known::Choice(choice) => count(&choice.then, left) && count(&choice.otherwise, left),
                    Known::Encoding(value) => count(value, left),
                    Known::Parts(parts) => parts.iter().all(|part| match part {
                        StringPart::Unknown(value) => count(value, left),
                        StringPart::Literal(_) => true,
                    }),
                    _ => true,
                }
            }
            _ => true,
        }
    }
    let mut left = MAX_UNKNOWN;
    !(count(then, &mut left) && count(otherwise, &mut left))
}

fn decided(value: Value, condition: &Condition, holds: bool) -> Value {
    match value.as_unknown().map(|unknown| &unknown.known) {
        Some(Known::Choice(inner)) if inner.condition == *condition => {
            if holds {
                inner.then.clone()
            } else {
                inner.otherwise.clone()
            }
        }
        Some(Known::Choice(inner)) if inner.condition == condition.negate() => {
            if holds {
                inner.otherwise.clone()
            } else {
                inner.then.clone()
            }
        }
        _ => value,
    }
}

/// Whether two equal values are one for certain. Two unknown values of which nothing is known are not.
fn same_kind(a: &Value, b: &Value) -> bool {
    match (&a.kind, &b.kind) {
        (Kind::Unknown(a), Kind::Unknown(_)) => !matches!(a.known, Known::Nothing | Known::Refined { .. }),
        (Kind::List(a), Kind::List(b)) => a.items.iter().zip(&b.items).all(|(a, b)| same_kind(a, b)),
        (Kind::Map(a), Kind::Map(b)) => a
            .entries
            .iter()
            .all(|(key, entry)| b.entries.get(key).is_some_and(|other| same_kind(&entry.value, &other.value))),
        _ => true,
    }
}

/// Whether a value is null or an unknown that can be.
pub(super) fn may_be_null(value: &Value) -> bool {
    match &value.kind {
        Kind::Null => true,
        Kind::Unknown(unknown) => !unknown.not_null && !matches!(unknown.known, Known::Resource(_)),
        _ => false,
    }
}

impl Evaluator<'_> {
    /// An operation on both branches of a choice. An error in one of them is not the user's: that branch stays unknown.
    /// An error in both is.
    pub(in crate::terraform) fn distribute(
        &mut self,
        choice: &Choice,
        origin: &Origin,
        mut operation: impl FnMut(&mut Self, &Value) -> Value,
    ) -> Value {
        let mark = self.diagnostics.len();
        let then = operation(self, &choice.then);
        let then_failed = self.failed_since(mark);
        let between = self.diagnostics.len();
        let otherwise = operation(self, &choice.otherwise);
        let otherwise_failed = self.failed_since(between);
        if then_failed != otherwise_failed {
            self.forget_since(mark);
        }
        let types = [Type::of(&then), Type::of(&otherwise)];
        let ty = unify(&types).unwrap_or_default();
        choose(&choice.condition, &choice.name, then, otherwise, ty, origin.clone())
    }

    /// The formula that decides a condition; what is not known of it is a variable of its own, named as it is written.
    pub(super) fn formula(&self, expr: &Expr, value: &Value) -> (Condition, Arc<str>) {
        let name: Arc<str> = display(expr).into();
        let condition = condition_of(value).unwrap_or_else(|| self.opaque(&name, expr));
        (condition, name)
    }

    /// A variable for a condition of this text in this scope.
    pub(super) fn opaque(&self, name: &Arc<str>, expr: &Expr) -> Condition {
        let mut key = format!("{}{name}", self.scope.prefix());
        for iteration in &self.iterations {
            key.push_str(&format!("@{iteration}"));
        }
        let domain = Some([Literal::Bool(true), Literal::Bool(false)].into());
        let variable =
            Variable { key: key.into(), name: Arc::clone(name), domain, phrases: &[], span: Some(expr.span) };
        Condition::Is(Arc::new(variable), Literal::Bool(true))
    }
}

/// The value and everything in it without marks.
pub(in crate::terraform) fn unmark_deep(value: &Value) -> Value {
    if !contains_marked(value) {
        return value.clone();
    }
    let kind = match &value.kind {
        Kind::List(list) => {
            Kind::List(Arc::new(List { sort: list.sort.clone(), items: list.items.iter().map(unmark_deep).collect() }))
        }
        Kind::Map(map) => {
            let entries = map
                .entries
                .iter()
                .map(|(key, entry)| (Arc::clone(key), Entry { value: unmark_deep(&entry.value), ..entry.clone() }));
            Kind::Map(Arc::new(Map { sort: map.sort.clone(), entries: entries.collect() }))
        }
        kind => kind.clone(),
    };
    Value { kind, origin: value.origin.clone(), sensitive: false }
}

/// Whether the value or anything in it is marked.
pub(in crate::terraform) fn contains_marked(value: &Value) -> bool {
    value.sensitive
        || match &value.kind {
            Kind::List(list) => list.items.iter().any(contains_marked),
            Kind::Map(map) => map.entries.values().any(|entry| contains_marked(&entry.value)),
            _ => false,
        }
}
