//! `count`, `for_each` and `enabled`: which instances of a resource or module there are.

use std::sync::Arc;

use indexmap::IndexMap;

use super::address::Key;
use super::evaluation::Evaluation;
use super::expr::{condition_of, display};
use super::names::Names;
use super::scope::Scope;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::hcl::ast::{Attribute, Block};
use crate::source::Span;
use crate::value::{
    Choice, Condition, Entry, Kind, Known, List, ListSort, Literal, Map, MapSort, Origin, Reason, Type, Unknown, Value,
};

/// The most values that a choice may have to decide on instances; beyond, it is not known which there are.
const MAX_ALTERNATIVES: usize = 8;

/// What `each` and `count` are in one instance.
#[derive(Clone, Default, Debug)]
pub(super) struct Repetition {
    /// `each.key` and `each.value`.
    pub(super) each: Option<(Value, Value)>,
    /// `count.index`.
    pub(super) count: Option<Value>,
    /// What keeps conditions of this instance apart from those of others; empty where there is one instance only.
    pub(super) prefix: String,
}

/// How instances are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// There is one, without a key.
    One,
    /// By number.
    Count,
    /// By name.
    ForEach,
    /// It is not known which there are: one stands for all of them.
    Open,
}

/// One instance.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    pub(super) key: Key,
    pub(super) repetition: Repetition,
    pub(super) exists: Condition,
}

/// All instances of a block.
#[derive(Debug)]
pub(super) struct Expansion {
    pub(super) shape: Shape,
    /// The value of `count` or `for_each`.
    pub(super) driver: Option<Value>,
    pub(super) instances: Vec<Instance>,
}

/// The instances of a resource, data or module block.
pub(super) fn expand(evaluation: &Evaluation, block: &Block, names: &Names) -> Expansion {
    if let Some(count) = block.body.attribute("count") {
        return by_count(evaluation, count, names);
    }
    if let Some(for_each) = block.body.attribute("for_each") {
        return by_for_each(evaluation, for_each, names);
    }
    let enabled = block.body.blocks_of("lifecycle").find_map(|lifecycle| lifecycle.body.attribute("enabled"));
    let exists = match enabled {
        Some(enabled) => condition_of(&evaluation.value(&enabled.expr, names)).unwrap_or(Condition::Constant(true)),
        None => Condition::Constant(true),
    };
    match exists {
        Condition::Constant(false) => Expansion::none(),
        exists => Expansion::one(exists),
    }
}

fn by_count(evaluation: &Evaluation, attribute: &Attribute, names: &Names) -> Expansion {
    let span = attribute.expr.span;
    let value = evaluation.value(&attribute.expr, names);
    let Some(cases) = alternatives(&value) else { return open_count(value, span) };
    let mut numbers = Vec::with_capacity(cases.len());
    for case in &cases {
        match whole_number(&case.value) {
            Some(number) => numbers.push(number),
            None if case.value.is_unknown() => return open_count(value, span),
            None => {
                let message = "count must be a whole number that is not negative";
                evaluation.report(Diagnostic::warning(Code::Evaluation, message, span));
                return open_count(value, span);
            }
        }
    }
    let most = numbers.iter().copied().max().unwrap_or(0);
    if !evaluation.take(most, "count", span) {
        return open_count(value, span);
    }
    let prefix = prefix(attribute, names);
    let instances = (0..most).filter_map(|index| {
        let held = cases.iter().zip(&numbers).map(|(case, number)| (&case.condition, *number > index));
        let count = Value::at(Kind::Number((index as i64).into()), span);
        Some(Instance {
            key: Key::Index(index),
            repetition: Repetition { each: None, count: Some(count), prefix: format!("{prefix}[{index}].") },
            exists: any(held)?,
        })
    });
    let instances = instances.collect();
    Expansion { shape: Shape::Count, driver: Some(value), instances }
}

fn by_for_each(evaluation: &Evaluation, attribute: &Attribute, names: &Names) -> Expansion {
    let span = attribute.expr.span;
    let value = evaluation.value(&attribute.expr, names);
    let Some(cases) = alternatives(&value) else { return open_for_each(value, None, span) };
    if let Some(message) = cases.iter().find_map(|case| unsuitable(&case.value)) {
        evaluation.report(Diagnostic::warning(Code::Evaluation, message, span));
    }
    let mut collections = Vec::with_capacity(cases.len());
    for case in &cases {
        match elements(&case.value) {
            Elements::Known(elements) => collections.push(elements),
            Elements::Unknown => return open_for_each(value, names.representative(&attribute.expr), span),
            Elements::Wrong(message) => {
                evaluation.report(Diagnostic::warning(Code::Evaluation, message, span));
                return Expansion::none();
            }
        }
    }
    let most = collections.iter().map(IndexMap::len).sum();
    if !evaluation.take(most, "for_each", span) {
        return open_for_each(value, None, span);
    }
    let mut keys: IndexMap<Arc<str>, Value, rustc_hash::FxBuildHasher> = IndexMap::default();
    for (name, (key, _)) in collections.iter().flatten() {
        keys.entry(Arc::clone(name)).or_insert_with(|| key.clone());
    }
    let prefix = prefix(attribute, names);
    let instances = keys.into_iter().filter_map(|(name, key)| {
        let held = cases.iter().zip(&collections).map(|(case, of)| (&case.condition, of.contains_key(&name)));
        let exists = any(held)?;
        let values = cases.iter().zip(&collections).filter_map(|(case, of)| Some((case, of.get(&name)?.1.clone())));
        let element = choose(values.collect());
        let repetition = Repetition { each: Some((key, element)), count: None, prefix: format!("{prefix}[{name}].") };
        Some(Instance { key: Key::Name(name), repetition, exists })
    });
    let instances = instances.collect();
    Expansion { shape: Shape::ForEach, driver: Some(value), instances }
}

/// Why Terraform refuses a value for `for_each`, where it is clear all the same which instances are meant.
/// <https://developer.hashicorp.com/terraform/language/meta-arguments/for_each#limitations-on-values-used-in-for_each>
fn unsuitable(value: &Value) -> Option<&'static str> {
    if value.sensitive {
        return Some("for_each does not take sensitive values: its keys are shown in addresses");
    }
    match Type::of(value) {
        Type::List(_) | Type::Tuple(_) => Some("for_each takes a map or a set, and this is a list: use toset"),
        Type::Set(item) if !matches!(*item, Type::String | Type::Dynamic) => {
            Some("for_each takes a set of strings only")
        }
        _ => None,
    }
}

/// What instances by one collection have in common: where two resources go over the same, instances of one key belong
/// together.
fn prefix(attribute: &Attribute, names: &Names) -> String {
    format!("{}{}", names.prefix(), display(&attribute.expr))
}

/// One instance for a count that is not known.
fn open_count(value: Value, span: Span) -> Expansion {
    let index = Unknown::new(Reason::Depends("count.index".into())).typed(Type::Number);
    let count = Some(Value::unknown(index, Origin::at(span)));
    let repetition = Repetition { count, ..Repetition::default() };
    open(value, repetition)
}

/// One instance for a collection that is not known; `element` stands for what is in it, if that is known.
fn open_for_each(value: Value, element: Option<Value>, span: Span) -> Expansion {
    let part = |name: &str, ty| {
        let unknown = Unknown::new(Reason::Depends(name.into())).typed(ty);
        Value::unknown(unknown, Origin::at(span)).mark(value.sensitive)
    };
    let element = element.unwrap_or_else(|| part("each.value", Type::Dynamic));
    let each = Some((part("each.key", Type::String), element));
    let repetition = Repetition { each, ..Repetition::default() };
    open(value, repetition)
}

fn open(value: Value, repetition: Repetition) -> Expansion {
    let instance = Instance { key: Key::None, repetition, exists: Condition::Constant(true) };
    Expansion { shape: Shape::Open, driver: Some(value), instances: vec![instance] }
}

impl Expansion {
    /// The one instance of a block that is not repeated.
    pub(super) fn single() -> Self {
        Expansion::one(Condition::Constant(true))
    }

    fn one(exists: Condition) -> Self {
        let instance = Instance { key: Key::None, repetition: Repetition::default(), exists };
        Expansion { shape: Shape::One, driver: None, instances: vec![instance] }
    }

    /// No instance at all.
    pub(super) fn none() -> Self {
        Expansion { shape: Shape::One, driver: None, instances: Vec::new() }
    }

    /// The value of the block as a whole: an object, a list or map of objects, by the same conditions as the driver's.
    pub(super) fn whole(&self, span: Span, object: &dyn Fn(usize) -> Value) -> Value {
        match (self.shape, &self.driver) {
            (Shape::One, _) => match self.instances.first() {
                Some(_) => object(0),
                None => Value::at(Kind::Null, span),
            },
            (Shape::Open, _) | (_, None) => {
                let unknown = Unknown::new(Reason::Depends("the number of instances".into()));
                Value::unknown(unknown, Origin::at(span))
            }
            (shape, Some(driver)) => self.gather(shape, driver, span, object),
        }
    }

    fn gather(&self, shape: Shape, driver: &Value, span: Span, object: &dyn Fn(usize) -> Value) -> Value {
        if let Some(Known::Choice(choice)) = driver.as_unknown().map(|unknown| &unknown.known) {
            let choice = Choice {
                condition: choice.condition.clone(),
                name: Arc::clone(&choice.name),
                then: self.gather(shape, &choice.then, span, object),
                otherwise: self.gather(shape, &choice.otherwise, span, object),
            };
            return chosen(choice, Origin::at(span));
        }
        if shape == Shape::Count {
            let number = whole_number(driver).unwrap_or(0);
            let items = (0..number.min(self.instances.len())).map(object).collect();
            return Value::at(Kind::List(Arc::new(List { sort: ListSort::Tuple, items })), span);
        }
        let Elements::Known(elements) = elements(driver) else { return Value::at(Kind::Null, span) };
        let entries = self.instances.iter().enumerate().filter_map(|(index, instance)| match &instance.key {
            Key::Name(name) if elements.contains_key(name) => Some((Arc::clone(name), Entry::generated(object(index)))),
            _ => None,
        });
        let entries = entries.collect();
        Value::at(Kind::Map(Arc::new(Map { sort: MapSort::Object, entries })), span)
    }

    /// The index of the instance that `key` names, if that can be told.
    pub(super) fn find(&self, key: &Value) -> Option<usize> {
        match self.shape {
            Shape::One => None,
            Shape::Open => Some(0),
            Shape::Count => whole_number(key).filter(|index| *index < self.instances.len()),
            Shape::ForEach => {
                let name = element_name(key)?;
                self.instances.iter().position(|instance| matches!(&instance.key, Key::Name(own) if **own == *name))
            }
        }
    }
}

/// One value of a choice and when it is that.
struct Case {
    condition: Condition,
    name: Arc<str>,
    value: Value,
}

/// The values that a value may have, by condition; `None` if there are too many.
fn alternatives(value: &Value) -> Option<Vec<Case>> {
    let mut cases = Vec::new();
    split(value, Condition::Constant(true), "".into(), &mut cases).then_some(cases)
}

fn split(value: &Value, condition: Condition, name: Arc<str>, cases: &mut Vec<Case>) -> bool {
    if let Some(Known::Choice(choice)) = value.as_unknown().map(|unknown| &unknown.known) {
        let otherwise = condition.and(&choice.condition.negate());
        return split(&choice.then, condition.and(&choice.condition), Arc::clone(&choice.name), cases)
            && split(&choice.otherwise, otherwise, Arc::clone(&choice.name), cases);
    }
    cases.push(Case { condition, name, value: value.clone() });
    cases.len() <= MAX_ALTERNATIVES
}

/// The condition under which one of the cases that hold is met; `None` if none holds.
fn any<'a>(cases: impl Iterator<Item = (&'a Condition, bool)>) -> Option<Condition> {
    let (mut holding, mut all) = (Vec::new(), true);
    for (condition, holds) in cases {
        match holds {
            true => holding.push(condition.clone()),
            false => all = false,
        }
    }
    match (all, holding.len()) {
        (_, 0) => None,
        (true, _) => Some(Condition::Constant(true)),
        (false, 1) => holding.pop(),
        (false, _) => Some(Condition::Any(holding.into())),
    }
}

/// The value that is each of these in its case.
fn choose(mut cases: Vec<(&Case, Value)>) -> Value {
    let Some((_, mut value)) = cases.pop() else { return Value::null() };
    while let Some((case, then)) = cases.pop() {
        if then == value {
            continue;
        }
        let origin = then.origin.clone();
        let choice = Choice { condition: case.condition.clone(), name: Arc::clone(&case.name), then, otherwise: value };
        value = chosen(choice, origin);
    }
    value
}

fn chosen(choice: Choice, origin: Origin) -> Value {
    let reason = Reason::Depends(Arc::clone(&choice.name));
    Value::unknown(Unknown::new(reason).known(Known::Choice(Arc::new(choice))), origin)
}

/// The number, if it is known, whole and not negative.
fn whole_number(value: &Value) -> Option<usize> {
    match &value.kind {
        Kind::Number(number) => usize::try_from(number.as_i64()?).ok(),
        Kind::String(text) => text.as_str().parse().ok(),
        _ => None,
    }
}

/// What `for_each` goes over: keys with the values of `each.key` and `each.value`.
enum Elements {
    Known(IndexMap<Arc<str>, (Value, Value), rustc_hash::FxBuildHasher>),
    Unknown,
    Wrong(&'static str),
}

fn elements(value: &Value) -> Elements {
    match &value.kind {
        Kind::Map(map) => {
            let elements = map.entries.iter().map(|(name, entry)| {
                let origin = entry.key.map_or_else(Origin::none, Origin::at);
                let key = Value::string(name).with_origin(origin).mark(value.sensitive);
                (Arc::clone(name), (key, value.part(&entry.value).mark(value.sensitive)))
            });
            Elements::Known(elements.collect())
        }
        // Terraform wants a set; of a list it is clear what is meant.
        Kind::List(list) => {
            let mut elements = IndexMap::default();
            for item in &list.items {
                if item.is_unknown() {
                    return Elements::Unknown;
                }
                let Some(name) = element_name(item) else {
                    return Elements::Wrong("a set for for_each must be of strings; there are no instances");
                };
                let item = value.part(item).mark(value.sensitive);
                elements.insert(name, (item.clone(), item));
            }
            Elements::Known(elements)
        }
        Kind::Unknown(_) => Elements::Unknown,
        _ => Elements::Wrong("for_each must be a map or a set of strings; there are no instances"),
    }
}

/// A scalar as the name of an instance.
fn element_name(value: &Value) -> Option<Arc<str>> {
    match Literal::of(value)? {
        Literal::String(name) => Some(name),
        Literal::Bool(value) => Some(value.to_string().into()),
        Literal::Other => None,
    }
}
