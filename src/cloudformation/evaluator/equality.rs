//! When two values are equal, as a formula over what is not known.

use std::fmt::Write;
use std::sync::Arc;

use super::cases::{CASES, cases};
use super::mapping::text_of;
use super::string::parts_of;
use super::{Evaluator, limits};
use crate::cloudformation::scope::symbol_variable;
use crate::source::Span;
use crate::value::{Condition, Kind, Known, Literal, StringPart, Unknown, Value, Variable, World};

/// Whether a formula decides an equality.
pub(super) enum Decision {
    /// This one does.
    Formula(Condition),
    /// Nothing that is known does.
    Opaque,
}

impl Decision {
    fn of(value: bool) -> Decision {
        Decision::Formula(Condition::Constant(value))
    }
}

/// How far a comparison goes.
#[derive(Clone, Copy)]
struct Bounds {
    /// How deep choices within compared values may nest.
    depth: usize,
    /// How many cases may be told apart.
    cases: usize,
}

impl Evaluator<'_> {
    /// When `a` equals `b`. What nothing decides becomes a variable of its own, the same for the same comparison.
    pub(super) fn equal(&self, a: &Value, b: &Value, span: Span) -> Condition {
        match self.decide(a, b) {
            Decision::Formula(condition) => condition,
            Decision::Opaque => {
                let (mut a, mut b) = (canonical(a), canonical(b));
                if b < a {
                    std::mem::swap(&mut a, &mut b);
                }
                opaque(&format!("{a} == {b}"), Some(span))
            }
        }
    }

    /// When `a` equals `b`, if anything decides it.
    pub(super) fn decide(&self, a: &Value, b: &Value) -> Decision {
        self.decide_within(a, b, Bounds { depth: 64, cases: CASES })
    }

    fn decide_within(&self, a: &Value, b: &Value, bounds: Bounds) -> Decision {
        let Some(depth) = bounds.depth.checked_sub(1) else { return Decision::Opaque };
        let bounds = Bounds { depth, ..bounds };
        match (&a.kind, &b.kind) {
            (Kind::Unknown(unknown), _) => self.decide_unknown(unknown, a, b, bounds),
            (_, Kind::Unknown(unknown)) => self.decide_unknown(unknown, b, a, bounds),
            _ => Decision::of(same(a, b)),
        }
    }

    fn decide_unknown(&self, unknown: &Unknown, a: &Value, b: &Value, bounds: Bounds) -> Decision {
        match (&unknown.known, b.as_unknown().map(|other| &other.known)) {
            (Known::Choice(alternatives), _) => {
                let then = self.decide_within(&alternatives.then, b, bounds);
                let otherwise = self.decide_within(&alternatives.otherwise, b, bounds);
                let (Decision::Formula(then), Decision::Formula(otherwise)) = (then, otherwise) else {
                    return Decision::Opaque;
                };
                let condition = &alternatives.condition;
                bounded(any(vec![condition.and(&then), condition.negate().and(&otherwise)]))
            }
            (_, Some(Known::Choice(_))) => self.decide_within(b, a, bounds),
            (Known::Variable(a), Some(Known::Variable(b))) if a == b => Decision::of(true),
            (Known::Symbol(a), Some(Known::Symbol(b))) if a == b => Decision::of(true),
            (Known::Reference(a), Some(Known::Reference(b))) if a == b => Decision::of(true),
            (Known::Parts(_), Some(Known::Parts(_))) if canonical(a) == canonical(b) => Decision::of(true),
            (_, Some(_)) => self.decide_by_cases(a, b, bounds),
            (Known::Parts(_), None) => self.decide_parts(a, b, bounds),
            (Known::Variable(variable), None) => match text_of(b) {
                Some(text) => self.decide_variable(variable, &text),
                None => Decision::of(false),
            },
            (Known::Symbol(symbol), None) => match text_of(b) {
                Some(text) if text.is_empty() => Decision::of(false),
                Some(text) => Decision::Formula(Condition::Is(symbol_variable(*symbol), Literal::String(text.into()))),
                None => Decision::of(false),
            },
            // What a resource yields is never the empty string.
            (Known::Reference(_), None) if text_of(b).is_some_and(|text| text.is_empty()) => Decision::of(false),
            _ => Decision::Opaque,
        }
    }

    fn decide_variable(&self, variable: &Arc<Variable>, text: &str) -> Decision {
        let literal = Literal::String(text.into());
        if variable.domain.as_ref().is_some_and(|domain| !domain.contains(&literal))
            || !self.scope.admits(variable, text)
        {
            return Decision::of(false);
        }
        if variable.domain.as_ref().is_some_and(|domain| domain.len() == 1) {
            return Decision::of(true);
        }
        Decision::Formula(Condition::Is(Arc::clone(variable), literal))
    }

    /// Two values of which at least one has cases that are known are equal in some of these.
    fn decide_by_cases(&self, a: &Value, b: &Value, bounds: Bounds) -> Decision {
        let (of, other) = match (cases(a), cases(b)) {
            (Some(of_a), _) => (of_a, b),
            (None, Some(of_b)) => (of_b, a),
            (None, None) => return Decision::Opaque,
        };
        let bounds = Bounds { cases: bounds.cases / of.len().max(1), ..bounds };
        if bounds.cases == 0 {
            return Decision::Opaque;
        }
        let mut equal = Vec::with_capacity(of.len());
        for (condition, value) in of {
            // The other side may depend on the same.
            let other = match &condition {
                Condition::Is(variable, literal) => other.in_world(&World::default().with(variable, literal.clone())),
                _ => other.clone(),
            };
            match self.decide_within(&value, &other, bounds) {
                Decision::Formula(formula) => equal.push(condition.and(&formula)),
                Decision::Opaque => return Decision::Opaque,
            }
        }
        bounded(any(equal))
    }

    /// A string with one unknown part equals a text when that part is what the text has in its place.
    fn decide_parts(&self, a: &Value, b: &Value, bounds: Bounds) -> Decision {
        let Some(text) = text_of(b) else { return Decision::of(false) };
        let parts = parts_of(a);
        let literal = |part: Option<&StringPart>| match part {
            Some(StringPart::Literal(text)) => text.as_str().to_owned(),
            _ => String::new(),
        };
        let (prefix, suffix) = (literal(parts.first()), literal(parts.last()));
        let Some(rest) = text.strip_prefix(prefix.as_str()) else { return Decision::of(false) };
        let Some(inner) = rest.strip_suffix(suffix.as_str()) else { return Decision::of(false) };
        let mut unknowns = parts.iter().filter_map(|part| match part {
            StringPart::Unknown(value) => Some(value),
            StringPart::Literal(_) => None,
        });
        match (unknowns.next(), unknowns.next()) {
            (Some(only), None) => self.decide_within(only, &Value::string(inner), bounds),
            _ => self.decide_by_cases(a, b, bounds),
        }
    }
}

/// The formula, unless it has grown beyond its bound.
fn bounded(condition: Condition) -> Decision {
    if size(&condition) > limits::FORMULA { Decision::Opaque } else { Decision::Formula(condition) }
}

/// How many parts a formula has, counted no further than its bound.
pub(super) fn size(condition: &Condition) -> usize {
    fn count(condition: &Condition, total: &mut usize) {
        *total += 1;
        if *total > limits::FORMULA {
            return;
        }
        match condition {
            Condition::Constant(_) | Condition::Is(..) => {}
            Condition::Not(inner) => count(inner, total),
            Condition::All(parts) | Condition::Any(parts) => parts.iter().for_each(|part| count(part, total)),
        }
    }
    let mut total = 0;
    count(condition, &mut total);
    total
}

/// One of the conditions, with constants folded.
pub(super) fn any(conditions: Vec<Condition>) -> Condition {
    fold(conditions, true)
}

/// All of the conditions, with constants folded.
pub(super) fn all(conditions: Vec<Condition>) -> Condition {
    fold(conditions, false)
}

fn fold(conditions: Vec<Condition>, decisive: bool) -> Condition {
    let mut kept: Vec<Condition> = Vec::with_capacity(conditions.len());
    for condition in conditions {
        match condition {
            Condition::Constant(value) if value == decisive => return Condition::Constant(decisive),
            Condition::Constant(_) => {}
            condition => kept.push(condition),
        }
    }
    match <[Condition; 1]>::try_from(kept) {
        Ok([only]) => only,
        Err(none) if none.is_empty() => Condition::Constant(!decisive),
        Err(several) if decisive => Condition::Any(several.into()),
        Err(several) => Condition::All(several.into()),
    }
}

/// A condition that nothing in the template decides.
pub(super) fn opaque(text: &str, span: Option<Span>) -> Condition {
    named_opaque(text, text, span)
}

/// The same for one that people know by another name than tells it apart.
pub(super) fn named_opaque(key: &str, name: &str, span: Option<Span>) -> Condition {
    let domain = Some([Literal::Bool(true), Literal::Bool(false)].into());
    let variable = Variable { key: format!("condition {key}").into(), name: name.into(), domain, phrases: &[], span };
    Condition::Is(Arc::new(variable), Literal::Bool(true))
}

/// Whether two known values are equal: scalars by their text, as CloudFormation compares them.
fn same(a: &Value, b: &Value) -> bool {
    match (text_of(a), text_of(b)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => match (a.as_list(), b.as_list(), a.as_map(), b.as_map()) {
            (Some(a), Some(b), ..) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
            (.., Some(a), Some(b)) => {
                a.len() == b.len()
                    && a.iter().all(|(key, entry)| b.get(key).is_some_and(|other| same(&entry.value, &other.value)))
            }
            _ => a.is_null() && b.is_null(),
        },
        _ => false,
    }
}

/// A text that is the same for values that are the same at deployment.
fn canonical(value: &Value) -> String {
    let mut text = String::new();
    write_canonical(value, &mut text);
    text
}

fn write_canonical(value: &Value, out: &mut String) {
    if out.len() > limits::FORMULA {
        return;
    }
    let _ = match &value.kind {
        Kind::Null => write!(out, "null"),
        Kind::Bool(_) | Kind::Number(_) | Kind::String(_) if value.sensitive => write!(out, "(a secret)"),
        Kind::Bool(flag) => write!(out, "\"{flag}\""),
        Kind::Number(number) => write!(out, "\"{number}\""),
        Kind::String(text) => write!(out, "{:?}", text.as_str()),
        Kind::List(list) => {
            out.push('[');
            for item in &list.items {
                write_canonical(item, out);
                out.push(',');
            }
            write!(out, "]")
        }
        Kind::Map(map) => {
            out.push('{');
            for (key, entry) in &map.entries {
                let _ = write!(out, "{key:?}:");
                write_canonical(&entry.value, out);
                out.push(',');
            }
            write!(out, "}}")
        }
        Kind::Unknown(unknown) => match &unknown.known {
            Known::Variable(variable) => write!(out, "{}", variable.name),
            Known::Reference(reference) => write!(out, "{}.{}", reference.address, reference.attribute),
            Known::Symbol(symbol) => write!(out, "{}", symbol_variable(*symbol).name),
            Known::Parts(parts) => {
                for part in parts.iter() {
                    match part {
                        StringPart::Literal(text) => out.push_str(text.as_str()),
                        StringPart::Unknown(value) => {
                            out.push_str("${");
                            write_canonical(value, out);
                            out.push('}');
                        }
                    }
                }
                Ok(())
            }
            Known::Choice(alternatives) => {
                let _ = write!(out, "{} ? ", alternatives.name);
                write_canonical(&alternatives.then, out);
                out.push_str(" : ");
                write_canonical(&alternatives.otherwise, out);
                Ok(())
            }
            _ => write!(out, "{}", unknown.reason),
        },
    };
}
