//! Conditions on what nobody gave, and the worlds in which they are decided.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Kind, Value};
use crate::source::Span;

/// Something that decides values and that the files do not give: a variable without default, a parameter without
/// default, a condition that depends on the outside.
///
/// Two variables are the same if their keys are.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Identity within one evaluation, for example `var.rotate` or `module.a.var.on`.
    pub key: Arc<str>,
    /// How a person names it: `var.rotate`, `parameter Environment`, `IsProd`.
    pub name: Arc<str>,
    /// The values it can take, if they are known (`AllowedValues`, `true`/`false` for conditions). Otherwise the
    /// values it is compared with, and one other.
    pub domain: Option<Arc<[Literal]>>,
    /// How a person says that it is one of its literals: `("none", "names no key")`. Others are told by their value.
    pub phrases: &'static [(&'static str, &'static str)],
    /// Where it is declared.
    pub span: Option<Span>,
}

impl Variable {
    /// What a person says of it where it is this literal, if not just that.
    pub fn phrase(&self, literal: &Literal) -> Option<&'static str> {
        let Literal::String(text) = literal else { return None };
        self.phrases.iter().find_map(|(value, phrase)| (*value == &**text).then_some(*phrase))
    }
}

impl PartialEq for Variable {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Variable {}

/// A scalar that a variable can be equal to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Literal {
    /// A boolean.
    Bool(bool),
    /// A string, or a number in its shortest decimal notation.
    String(Arc<str>),
    /// None of the values that anything compares it with.
    Other,
}

impl Literal {
    /// The literal that a known scalar is equal to.
    pub fn of(value: &Value) -> Option<Literal> {
        match &value.kind {
            Kind::Bool(value) => Some(Literal::Bool(*value)),
            Kind::String(text) => Some(Literal::String(text.shared())),
            Kind::Number(number) => Some(Literal::String(number.to_string().into())),
            _ => None,
        }
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Literal::Bool(value) => write!(f, "{value}"),
            Literal::String(text) => write!(f, "\"{text}\""),
            Literal::Other => f.write_str("anything else"),
        }
    }
}

/// When something holds, as a formula over variables.
#[derive(Clone, PartialEq, Debug)]
pub enum Condition {
    /// Always or never.
    Constant(bool),
    /// The variable is equal to the literal. A condition on an opaque boolean is `Is(variable, Bool(true))`.
    Is(Arc<Variable>, Literal),
    /// Not.
    Not(Arc<Condition>),
    /// All of them.
    All(Arc<[Condition]>),
    /// One of them at least.
    Any(Arc<[Condition]>),
}

/// How many worlds are tried to fulfil constraints. Beyond it they count as possible.
const MAX_TRIES: usize = 64;

impl Condition {
    /// Whether all constraints can hold together, whatever the world leaves open.
    pub fn can_all_hold(constraints: &[Condition], world: &World) -> bool {
        if constraints.is_empty() {
            return true;
        }
        let mut open = vec![world.clone()];
        for _ in 0..MAX_TRIES {
            let Some(world) = open.pop() else { return false };
            if constraints.iter().any(|constraint| constraint.holds(&world) == Some(false)) {
                continue;
            }
            let undecided = constraints.iter().find_map(|constraint| constraint.undecided(&world));
            let Some((variable, literal)) = undecided else { return true };
            open.push(world.without(&variable, literal.clone()));
            open.push(world.with(&variable, literal));
        }
        true
    }

    /// Negation, with constants folded.
    #[must_use]
    pub fn negate(&self) -> Condition {
        match self {
            Condition::Constant(value) => Condition::Constant(!value),
            Condition::Not(inner) => (**inner).clone(),
            other => Condition::Not(Arc::new(other.clone())),
        }
    }

    /// Conjunction, with constants folded.
    #[must_use]
    pub fn and(&self, other: &Condition) -> Condition {
        match (self, other) {
            (Condition::Constant(false), _) | (_, Condition::Constant(false)) => Condition::Constant(false),
            (Condition::Constant(true), only) | (only, Condition::Constant(true)) => only.clone(),
            (a, b) if a == b => a.clone(),
            (a, b) => Condition::All([a.clone(), b.clone()].into()),
        }
    }

    /// Whether it holds in a world; `None` if the world does not decide it.
    pub fn holds(&self, world: &World) -> Option<bool> {
        match self {
            Condition::Constant(value) => Some(*value),
            Condition::Is(variable, literal) => world.is(variable, literal),
            Condition::Not(inner) => inner.holds(world).map(|value| !value),
            Condition::All(parts) => fold(parts, world, false),
            Condition::Any(parts) => fold(parts, world, true),
        }
    }

    /// A variable and literal that the world leaves open and on which this condition depends, if there is one.
    pub fn undecided(&self, world: &World) -> Option<(Arc<Variable>, Literal)> {
        match self {
            Condition::Constant(_) => None,
            Condition::Is(variable, literal) => {
                world.is(variable, literal).is_none().then(|| (Arc::clone(variable), literal.clone()))
            }
            Condition::Not(inner) => inner.undecided(world),
            Condition::All(parts) | Condition::Any(parts) => {
                if self.holds(world).is_some() {
                    return None;
                }
                parts.iter().find_map(|part| part.undecided(world))
            }
        }
    }

    /// Calls `visit` for each variable with the literal it is compared with.
    pub fn for_each_variable(&self, visit: &mut impl FnMut(&Arc<Variable>, &Literal)) {
        match self {
            Condition::Constant(_) => {}
            Condition::Is(variable, literal) => visit(variable, literal),
            Condition::Not(inner) => inner.for_each_variable(visit),
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().for_each(|part| part.for_each_variable(visit))
            }
        }
    }
}

/// Three-valued conjunction (`decisive` false) or disjunction (`decisive` true).
fn fold(parts: &[Condition], world: &World, decisive: bool) -> Option<bool> {
    let mut undecided = false;
    for part in parts {
        match part.holds(world) {
            Some(value) if value == decisive => return Some(decisive),
            Some(_) => {}
            None => undecided = true,
        }
    }
    (!undecided).then_some(!decisive)
}

/// A value that is one of two, by a condition: `Fn::If`, `cond ? a : b`.
#[derive(Clone, PartialEq, Debug)]
pub struct Choice {
    /// What decides.
    pub condition: Condition,
    /// How the condition is called: `IsProd`, `var.env == "prod"`.
    pub name: Arc<str>,
    /// The value where it holds.
    pub then: Value,
    /// The value where it does not.
    pub otherwise: Value,
}

/// What is decided of some variables: each is a value, or is none of some values.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct World {
    decided: BTreeMap<Arc<str>, Decided>,
}

/// What a [`World`] says of one variable.
#[derive(Clone, PartialEq, Debug)]
pub struct Decided {
    /// The variable.
    pub variable: Arc<Variable>,
    /// The value it has.
    pub is: Option<Literal>,
    /// The values it has not, while `is` is open.
    pub not: Vec<Literal>,
}

impl World {
    /// What the variable is here; `None` if this world leaves it open.
    pub fn get(&self, variable: &Variable) -> Option<&Literal> {
        self.decided.get(&variable.key)?.is.as_ref()
    }

    /// Whether the variable is this literal; `None` if this world leaves it open.
    pub fn is(&self, variable: &Variable, literal: &Literal) -> Option<bool> {
        let impossible = variable.domain.as_ref().is_some_and(|domain| !domain.contains(literal));
        match self.decided.get(&variable.key) {
            _ if impossible => Some(false),
            None => None,
            Some(Decided { is: Some(value), .. }) => Some(value == literal),
            Some(Decided { not, .. }) => not.contains(literal).then_some(false),
        }
    }

    /// The same world in which the variable is this literal.
    #[must_use]
    pub fn with(&self, variable: &Arc<Variable>, literal: Literal) -> World {
        let mut world = self.clone();
        let decided = Decided { variable: Arc::clone(variable), is: Some(literal), not: Vec::new() };
        world.decided.insert(Arc::clone(&variable.key), decided);
        world
    }

    /// The same world in which the variable is not this literal. If one value of its domain remains, it is that.
    #[must_use]
    pub fn without(&self, variable: &Arc<Variable>, literal: Literal) -> World {
        let mut world = self.clone();
        let decided = world.decided.entry(Arc::clone(&variable.key)).or_insert_with(|| Decided {
            variable: Arc::clone(variable),
            is: None,
            not: Vec::new(),
        });
        decided.not.push(literal);
        if let Some(domain) = &variable.domain {
            let mut left = domain.iter().filter(|value| !decided.not.contains(value));
            if let (Some(only), None) = (left.next(), left.next()) {
                decided.is = Some(only.clone());
                decided.not.clear();
            }
        }
        world
    }

    /// What is decided, in the order of the variables' keys.
    pub fn iter(&self) -> impl Iterator<Item = &Decided> {
        self.decided.values()
    }
}
