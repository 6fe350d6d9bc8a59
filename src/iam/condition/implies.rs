//! Whether one condition follows from another.

use super::compare::passes;
use super::{Operator, Order, Test};
use crate::iam::document::Condition;
use crate::iam::pattern::{Pattern, covered};
use crate::iam::truth::Truth;

/// Whether every request that meets `narrow` meets `wide` too. False also where that is not proven.
pub(crate) fn implies(narrow: &Condition, wide: &Condition) -> bool {
    let (Some(given), Some(asked)) = (narrow.operator, wide.operator) else { return false };
    if narrow.open || wide.open || !narrow.key.eq_ignore_ascii_case(&wide.key) {
        return false;
    }
    if given.test == Test::Null && asked.test != Test::Null {
        let absent = !narrow.values.is_empty() && narrow.values.iter().all(|v| v.text.eq_ignore_ascii_case("true"));
        return absent && asked.holds_when_absent();
    }
    (given == asked && lists_follow(narrow, wide, asked.negated)) || values_follow(narrow, given, wide, asked)
}

/// The same for equal operators: fewer values are narrower for a positive one, more of them for a negated one.
fn lists_follow(narrow: &Condition, wide: &Condition, negated: bool) -> bool {
    let (some, all) = if negated { (wide, narrow) } else { (narrow, wide) };
    some.values.iter().all(|value| all.values.iter().any(|other| other.text == value.text))
}

/// The same where `narrow` lists what a value of the request can be at all.
fn values_follow(narrow: &Condition, given: Operator, wide: &Condition, asked: Operator) -> bool {
    if !given.is_positive() || given.set.is_some() || asked.set.is_some() || narrow.values.is_empty() {
        return false;
    }
    if asked.negated && narrow.known_key.is_none_or(|key| key.multi) {
        // Further values of the request are free.
        return false;
    }
    if asked.test == Test::Null {
        return wide.values.iter().any(|value| value.text.eq_ignore_ascii_case("false"));
    }
    if is_exact(narrow, given) {
        return narrow.values.iter().all(|value| {
            let passing = Truth::any(wide.values.iter().map(|other| passes(asked.test, &other.text, &value.text)));
            if asked.negated { passing.is_false() } else { passing.is_true() }
        });
    }
    if given.test != Test::StringLike || asked.test != Test::StringLike {
        return false;
    }
    let patterns = |condition: &Condition| {
        condition.values.iter().map(|value| Pattern::exact_case(&value.text)).collect::<Vec<_>>()
    };
    let (inner, outer) = (patterns(narrow), patterns(wide));
    inner.iter().all(|pattern| match asked.negated {
        true => outer.iter().all(|other| pattern.intersects(other).is_false()),
        false => covered(pattern, &outer),
    })
}

/// Whether the values of a positive condition are the values that a request can have.
pub(super) fn is_exact(condition: &Condition, operator: Operator) -> bool {
    match operator.test {
        Test::StringEquals | Test::Bool | Test::Numeric(Order::Equals) | Test::Date(Order::Equals) => true,
        Test::StringLike | Test::Arn => {
            condition.values.iter().all(|value| !crate::iam::arn::has_wildcard(&value.text))
        }
        _ => false,
    }
}
