//! Whether two conditions on one key can both hold.

use super::compare::{date, number, passes};
use super::implies::is_exact;
use super::{Operator, Order, Test};
use crate::iam::document::Condition;
use crate::iam::pattern::{Pattern, covered};
use crate::iam::truth::Truth;

/// The most values of a condition that are compared with others.
const MAX_VALUES: usize = 64;

/// Whether two conditions on the same key contradict one another. False also where that is not proven.
pub(crate) fn contradict(one: &Condition, other: &Condition) -> bool {
    let (Some(a), Some(b)) = (one.operator, other.operator) else { return false };
    if one.open || other.open {
        return false;
    }
    if a.test == Test::Null || b.test == Test::Null {
        return denies_presence(one, a, other, b) || denies_presence(other, b, one, a);
    }
    let single = one.known_key.is_some_and(|key| !key.multi) && a.set.is_none() && b.set.is_none();
    // One of them asks for a value, and no value passes both.
    single
        && (a.is_positive() || b.is_positive())
        && (lists_none_of(one, a, other, b) || lists_none_of(other, b, one, a) || apart(one, a, other, b))
}

/// Whether the first asks for the key to be absent and the second for it to be there.
fn denies_presence(one: &Condition, a: Operator, other: &Condition, b: Operator) -> bool {
    let is = |condition: &Condition, word: &str| {
        !condition.values.is_empty() && condition.values.iter().all(|value| value.text.eq_ignore_ascii_case(word))
    };
    let present = if b.test == Test::Null { is(other, "false") } else { !b.holds_when_absent() };
    a.test == Test::Null && is(one, "true") && present
}

/// Whether the first lists what the value can be, of which the second lets nothing pass.
fn lists_none_of(one: &Condition, a: Operator, other: &Condition, b: Operator) -> bool {
    let values = |condition: &Condition| !condition.values.is_empty() && condition.values.len() <= MAX_VALUES;
    if a.negated || !values(one) || !values(other) {
        return false;
    }
    if is_exact(one, a) {
        return one.values.iter().all(|value| {
            let passing = Truth::any(other.values.iter().map(|listed| passes(b.test, &listed.text, &value.text)));
            if b.negated { passing.is_true() } else { passing.is_false() }
        });
    }
    let (Some(first), Some(second)) = (patterns(a, one), patterns(b, other)) else { return false };
    first.iter().all(|pattern| match b.negated {
        // ARNs match field by field, so less than their text as a pattern does.
        true => b.test != Test::Arn && covered(pattern, &second),
        false => second.iter().all(|listed| pattern.intersects(listed).is_false()),
    })
}

/// The values of a comparison of text as patterns.
fn patterns(operator: Operator, condition: &Condition) -> Option<Vec<Pattern>> {
    let values = condition.values.iter().map(|value| &*value.text);
    match operator.test {
        Test::StringEquals => Some(values.map(Pattern::literal).collect()),
        Test::StringLike | Test::Arn => Some(values.map(Pattern::exact_case).collect()),
        _ => None,
    }
}

/// Whether two comparisons of numbers or of dates leave no value between them.
fn apart(one: &Condition, a: Operator, other: &Condition, b: Operator) -> bool {
    let (Some(first), Some(second)) = (Range::of(one, a), Range::of(other, b)) else { return false };
    first.is_below(&second) || second.is_below(&first)
}

/// All numbers between two ends, or seconds since 1970.
struct Range {
    low: f64,
    high: f64,
    /// Whether its ends are part of it.
    closed: bool,
}

impl Range {
    /// The numbers that pass a comparison with one of its values, and perhaps some between them.
    fn of(condition: &Condition, operator: Operator) -> Option<Self> {
        let (order, parse): (Order, fn(&str) -> Option<f64>) = match operator.test {
            Test::Numeric(order) => (order, number),
            Test::Date(order) => (order, date),
            _ => return None,
        };
        let values: Option<Vec<f64>> = condition.values.iter().map(|value| parse(&value.text)).collect();
        let values = values.filter(|values| !values.is_empty() && !operator.negated)?;
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (low, high, closed) = match order {
            Order::Equals => (least, most, true),
            Order::LessThan => (f64::NEG_INFINITY, most, false),
            Order::LessThanEquals => (f64::NEG_INFINITY, most, true),
            Order::GreaterThan => (least, f64::INFINITY, false),
            Order::GreaterThanEquals => (least, f64::INFINITY, true),
        };
        Some(Range { low, high, closed })
    }

    /// Whether it ends before another begins.
    fn is_below(&self, other: &Range) -> bool {
        self.high < other.low || (self.high == other.low && !(self.closed && other.closed))
    }
}
