//! Strings that are known in part, case by case.

use std::sync::Arc;

use super::choice;
use super::mapping::describe_condition;
use super::string::{StringBuilder, parts_of};
use crate::source::Span;
use crate::value::{Choice, Condition, Known, Literal, StringPart, Value, World};

/// How many cases a value may have.
pub(super) const CASES: usize = 64;

/// The value of a scalar in each case of its first part that is a choice or a variable with known values; `None` if it
/// has none. In every world one of the cases holds.
pub(super) fn cases(value: &Value) -> Option<Vec<(Condition, Value)>> {
    let parts = parts_of(value);
    parts.iter().enumerate().find_map(|(at, part)| {
        let StringPart::Unknown(unknown) = part else { return None };
        match &unknown.as_unknown()?.known {
            Known::Variable(variable) => {
                let domain = variable.domain.as_ref().filter(|domain| domain.len() <= CASES)?;
                let case = |literal: &Literal| {
                    let world = World::default().with(variable, literal.clone());
                    (Condition::Is(Arc::clone(variable), literal.clone()), value.in_world(&world))
                };
                Some(domain.iter().map(case).collect())
            }
            Known::Choice(alternatives) => {
                let then = replace(value, &parts, at, &alternatives.then)?;
                let otherwise = replace(value, &parts, at, &alternatives.otherwise)?;
                let condition = &alternatives.condition;
                Some(vec![(condition.clone(), then), (condition.negate(), otherwise)])
            }
            _ => None,
        }
    })
}

/// The string with one part replaced; `None` if that is no scalar.
fn replace(whole: &Value, parts: &[StringPart], at: usize, replacement: &Value) -> Option<Value> {
    let mut builder = StringBuilder::default();
    for (index, part) in parts.iter().enumerate() {
        match part {
            StringPart::Unknown(_) if index == at => builder.value(replacement, None).ok()?,
            StringPart::Unknown(value) => builder.value(value, None).ok()?,
            StringPart::Literal(text) => builder.text(text),
        }
    }
    Some(builder.finish(whole.origin.clone()).mark(whole.sensitive))
}

/// The value as choices between what it is in its cases; itself where there are none or too many.
pub(super) fn expand(value: &Value, span: Span) -> Value {
    expand_within(value, CASES, span)
}

fn expand_within(value: &Value, left: usize, span: Span) -> Value {
    if let Some(Known::Choice(alternatives)) = value.as_unknown().map(|unknown| &unknown.known) {
        let then = expand_within(&alternatives.then, left / 2, span);
        let otherwise = expand_within(&alternatives.otherwise, left / 2, span);
        let (condition, name) = (alternatives.condition.clone(), Arc::clone(&alternatives.name));
        return choice(Choice { condition, name, then, otherwise }, span);
    }
    let Some(mut cases) = cases(value).filter(|cases| cases.len() <= left) else { return value.clone() };
    let left = left / cases.len();
    let Some((_, last)) = cases.pop() else { return value.clone() };
    cases.into_iter().rev().fold(expand_within(&last, left, span), |otherwise, (condition, then)| {
        let then = expand_within(&then, left, span);
        let name = describe_condition(&condition).into();
        choice(Choice { condition, name, then, otherwise }, span)
    })
}
