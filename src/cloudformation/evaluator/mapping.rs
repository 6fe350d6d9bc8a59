//! `Fn::FindInMap`, and choices by keys that are not known.

use std::sync::Arc;

use super::equality::{Decision, any};
use super::{Evaluator, choice, depends, limits};
use crate::parse::node::{Node, NodeKind};
use crate::source::Span;
use crate::value::{Choice, Condition, HopKind, Kind, Known, Map, Origin, Reason, Type, Unknown, Value};

/// What keys are looked up in: the `Mappings` section, or one of the mappings in it.
#[derive(Clone, Copy)]
enum Level<'n> {
    Section,
    Node(&'n Node),
}

impl Evaluator<'_> {
    /// `Fn::FindInMap`: `[map, top level key, second level key]`, and `{DefaultValue: …}` behind them.
    pub(super) fn find_in_map(&mut self, argument: &Node, span: Span) -> Value {
        let (keys, default) = match argument.items() {
            [map, top, second] => ([map, top, second], None),
            [map, top, second, options] => ([map, top, second], options.get("DefaultValue")),
            _ => return self.invalid(span, "Fn::FindInMap takes the names of a map and of two keys"),
        };
        let values = keys.map(|key| self.evaluate(key));
        if let Some(bad) = values.iter().position(|value| !is_key(value)) {
            return self.invalid(keys[bad].span, "a key of Fn::FindInMap must be a string");
        }
        let default = default.map(|default| self.evaluate(default));
        match self.look_up(Level::Section, &values, default.as_ref(), span) {
            Found::Value(value) => {
                let origin = value.origin.hop(span, HopKind::Reference("Fn::FindInMap".into()));
                value.with_origin(origin)
            }
            Found::Default => default.unwrap_or_else(Value::null),
            Found::Missing(key, among) => self.missing(span, format!("there is no {key:?} in {among}")),
            Found::Open(key) => depends(&key, Type::Dynamic, span),
        }
    }

    fn look_up(&mut self, level: Level<'_>, keys: &[Value], default: Option<&Value>, span: Span) -> Found {
        let Some((key, rest)) = keys.split_first() else {
            return match level {
                Level::Node(node) => Found::Value(self.evaluate(node)),
                Level::Section => Found::Open(Value::null()),
            };
        };
        if let Some(text) = text_of(key) {
            return match self.child(level, &text) {
                Some(child) => self.look_up(Level::Node(child), rest, default, span),
                // The key may be in a snippet that is not here.
                None if self.child(level, Map::UNSEEN).is_some() => {
                    Found::Open(Value::unknown(Unknown::new(Reason::External("a mapping".into())), Origin::at(span)))
                }
                None if default.is_some() => Found::Default,
                None => Found::Missing(text, describe(level)),
            };
        }
        let names: Vec<Arc<str>> = self.names(level);
        if names.len() > limits::CANDIDATES || names.iter().any(|name| &**name == Map::UNSEEN) {
            return Found::Open(key.clone());
        }
        let mut candidates = Vec::new();
        for name in names {
            let Some(child) = self.child(level, &name) else { continue };
            // Keys that lead nowhere cannot be the one: the template would be refused.
            match self.look_up(Level::Node(child), rest, default, span) {
                Found::Value(value) => candidates.push((name.to_string(), value)),
                Found::Default => {}
                Found::Missing(..) => {}
                Found::Open(key) => return Found::Open(key),
            }
        }
        match self.switch(key, candidates, default, span) {
            Some(value) => Found::Value(value),
            None => Found::Open(key.clone()),
        }
    }

    fn child<'n>(&self, level: Level<'n>, key: &str) -> Option<&'n Node>
    where
        Self: 'n,
    {
        match level {
            Level::Section => self.template.mappings.get(key).map(|entry| &entry.value),
            Level::Node(node) => node.get(key),
        }
    }

    fn names(&self, level: Level<'_>) -> Vec<Arc<str>> {
        match level {
            Level::Section => self.template.mappings.keys().map(|name| (*name).into()).collect(),
            Level::Node(Node { kind: NodeKind::Mapping(entries), .. }) => {
                entries.iter().map(|entry| entry.key.shared()).collect()
            }
            Level::Node(_) => Vec::new(),
        }
    }

    /// The value that belongs to the key that `key` turns out to be, as choices between the candidates; `default` if it
    /// is none of them. Without default it is taken to be one of them, unless its declaration says that it can be
    /// another or there is one candidate only. `None` if nothing is known that decides between them.
    pub(super) fn switch(
        &self,
        key: &Value,
        candidates: Vec<(String, Value)>,
        default: Option<&Value>,
        span: Span,
    ) -> Option<Value> {
        let mut covered = 0;
        let mut groups: Vec<(Vec<Condition>, Value)> = Vec::new();
        for (name, value) in candidates {
            let condition = match self.decide(key, &Value::string(&name)) {
                Decision::Formula(Condition::Constant(false)) => continue,
                Decision::Formula(condition) => condition,
                Decision::Opaque => return None,
            };
            covered += 1;
            if groups.len() > limits::GROUPS {
                return None;
            }
            match groups.iter_mut().find(|(_, known)| *known == value) {
                Some((conditions, _)) => conditions.push(condition),
                None => groups.push((vec![condition], value)),
            }
        }
        let complete = match key.as_unknown().map(|unknown| &unknown.known) {
            Some(Known::Variable(variable)) => variable.domain.as_ref().map_or(covered > 1, |all| covered == all.len()),
            _ => covered > 1,
        };
        let last = match default {
            Some(default) => default.clone(),
            None if complete => groups.pop()?.1,
            None => depends(key, Type::Dynamic, span),
        };
        Some(groups.into_iter().rev().fold(last, |otherwise, (conditions, then)| {
            let condition = any(conditions);
            let name = describe_condition(&condition).into();
            choice(Choice { condition, name, then, otherwise }, span)
        }))
    }
}

/// The outcome of a look-up.
enum Found {
    Value(Value),
    /// The default applies, whatever is not known.
    Default,
    /// There is no such key: its text, and where it was looked for.
    Missing(String, String),
    /// This key is not known and nothing decides it.
    Open(Value),
}

fn describe(level: Level<'_>) -> String {
    match level {
        Level::Section => "Mappings".to_owned(),
        Level::Node(_) => "the mapping".to_owned(),
    }
}

fn is_key(value: &Value) -> bool {
    !matches!(value.kind, Kind::List(_) | Kind::Map(_) | Kind::Null)
}

/// A known scalar as text.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match &value.kind {
        Kind::String(text) => Some(text.as_str().to_owned()),
        Kind::Number(number) => Some(number.to_string()),
        Kind::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// A condition in words, for people.
pub(super) fn describe_condition(condition: &Condition) -> String {
    match condition {
        Condition::Constant(value) => value.to_string(),
        Condition::Is(variable, literal) => format!("{} is {literal}", variable.name),
        Condition::Not(inner) => format!("not ({})", describe_condition(inner)),
        Condition::All(parts) => parts.iter().map(describe_condition).collect::<Vec<_>>().join(" and "),
        Condition::Any(parts) => parts.iter().map(describe_condition).collect::<Vec<_>>().join(" or "),
    }
}
