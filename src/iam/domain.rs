//! What has to be decided before a policy means one thing.
//!
//! A policy may depend on conditions and on values that nobody gave. What matters to its meaning becomes a question: the
//! two branches of a conditional statement, whether an unknown principal is everyone, whether an unknown effect allows.
//! Symbols and references need no question: they are understood as they are.

use std::sync::Arc;

use super::document;
use crate::value::{
    Condition, Entries, Entry, Kind, Known, List, Literal, Map, Reason, Text, Unknown, Value, Variable, World,
};

/// Something that has to be decided first.
#[derive(Clone, PartialEq, Debug)]
pub enum Question {
    /// Whether a condition holds.
    Condition(Condition),
    /// Which of these values a variable has.
    OneOf(Arc<Variable>, Vec<Literal>),
    /// Nothing that can be enumerated.
    Opaque(Reason),
}

/// The policy as it is in `world`, with nothing left open that matters to its meaning. `scope` tells its unknown parts
/// from those of other policies.
///
/// # Errors
/// What has to be decided first.
pub fn settle(policy: &Value, world: &World, scope: &str) -> Result<Value, Question> {
    let policy = policy.in_world(world);
    let Some(body) = document::open(&policy) else {
        return match policy.as_unknown() {
            Some(unknown) => Err(whole(unknown)),
            None => Ok(policy),
        };
    };
    if body.is_wholly_known() {
        return Ok(policy);
    }
    let settler = Settler { world, scope };
    let Kind::Map(map) = &body.kind else { return Ok(policy) };
    let mut entries = map.entries.clone();
    if let Some(entry) = entries.get_mut("Statement") {
        entry.value = settler.statements(&entry.value)?;
    }
    let kind = Kind::Map(Arc::new(Map { sort: map.sort.clone(), entries }));
    Ok(Value { kind, origin: policy.origin.clone(), sensitive: policy.sensitive })
}

/// The question about a value of which the whole is open.
fn whole(unknown: &Unknown) -> Question {
    match &unknown.known {
        Known::Choice(choice) => Question::Condition(choice.condition.clone()),
        _ => Question::Opaque(unknown.reason.clone()),
    }
}

struct Settler<'a> {
    world: &'a World,
    scope: &'a str,
}

impl Settler<'_> {
    fn statements(&self, value: &Value) -> Result<Value, Question> {
        match &value.kind {
            Kind::List(list) => {
                let items: Result<Vec<Value>, Question> = list.items.iter().map(|item| self.statement(item)).collect();
                let kind = Kind::List(Arc::new(List { sort: list.sort.clone(), items: items? }));
                Ok(Value { kind, ..value.clone() })
            }
            _ => self.statement(value),
        }
    }

    fn statement(&self, value: &Value) -> Result<Value, Question> {
        let map = match &value.kind {
            Kind::Unknown(unknown) => return Err(whole(unknown)),
            Kind::Map(map) if !value.is_wholly_known() => map,
            _ => return Ok(value.clone()),
        };
        let mut entries = Entries::default();
        for (name, entry) in &map.entries {
            let settled = match &**name {
                "Effect" => self.leaf(&entry.value, &["Allow", "Deny"], false)?,
                "Principal" => self.principals(&entry.value)?,
                "Action" => self.leaves(&entry.value, &["*"])?,
                "Condition" => self.conditions(&entry.value)?,
                _ => self.choices(&entry.value)?,
            };
            entries.insert(Arc::clone(name), Entry { value: settled, ..entry.clone() });
        }
        let kind = Kind::Map(Arc::new(Map { sort: map.sort.clone(), entries }));
        Ok(Value { kind, ..value.clone() })
    }

    fn principals(&self, value: &Value) -> Result<Value, Question> {
        let Kind::Map(map) = &value.kind else { return self.leaf(value, &["*"], true) };
        let mut entries = Entries::default();
        for (ty, entry) in &map.entries {
            let value = match &**ty {
                "AWS" => self.leaves(&entry.value, &["*"])?,
                _ => self.choices(&entry.value)?,
            };
            entries.insert(Arc::clone(ty), Entry { value, ..entry.clone() });
        }
        let kind = Kind::Map(Arc::new(Map { sort: map.sort.clone(), entries }));
        Ok(Value { kind, ..value.clone() })
    }

    /// A string or a list of strings, each of which may be one of these.
    fn leaves(&self, value: &Value, possible: &[&str]) -> Result<Value, Question> {
        let Kind::List(list) = &value.kind else { return self.leaf(value, possible, true) };
        let items: Result<Vec<Value>, Question> =
            list.items.iter().map(|item| self.leaf(item, possible, true)).collect();
        let kind = Kind::List(Arc::new(List { sort: list.sort.clone(), items: items? }));
        Ok(Value { kind, ..value.clone() })
    }

    /// A text that may be one of these, or something else if `other`.
    fn leaf(&self, value: &Value, possible: &[&str], other: bool) -> Result<Value, Question> {
        let Some(unknown) = value.as_unknown() else { return Ok(value.clone()) };
        let variable = match &unknown.known {
            Known::Choice(choice) => return Err(Question::Condition(choice.condition.clone())),
            Known::Variable(variable) => Arc::clone(variable),
            Known::Nothing => Arc::new(Variable {
                key: format!("{}#policy:{}", self.scope, unknown.reason).into(),
                name: unknown.reason.subject(),
                domain: None,
                phrases: &[],
                span: value.origin.span,
            }),
            // Symbols, references and strings made of them are understood as they are.
            _ => return Ok(value.clone()),
        };
        let mut domain: Vec<Literal> = match &variable.domain {
            Some(domain) => domain.to_vec(),
            None => possible.iter().map(|text| Literal::String((*text).into())).collect(),
        };
        if other && variable.domain.is_none() {
            domain.push(Literal::Other);
        }
        match self.world.get(&variable) {
            None => Err(Question::OneOf(variable, domain)),
            Some(Literal::String(text)) => Ok(Value { kind: Kind::String(Text::synthetic(text)), ..value.clone() }),
            Some(Literal::Bool(_) | Literal::Other) => Ok(value.clone()),
        }
    }

    /// Conditions that are not known as a whole may narrow or not.
    fn conditions(&self, value: &Value) -> Result<Value, Question> {
        match value.as_unknown() {
            Some(unknown) => Err(whole(unknown)),
            None => self.choices(value),
        }
    }

    /// Asks for the conditions of what is chosen by one; leaves the rest as it is.
    fn choices(&self, value: &Value) -> Result<Value, Question> {
        let mut open = None;
        value.for_each_unknown(&mut |_, unknown| {
            if let (Known::Choice(choice), None) = (&unknown.known, &open) {
                open = Some(choice.condition.clone());
            }
        });
        open.map_or_else(|| Ok(value.clone()), |condition| Err(Question::Condition(condition)))
    }
}
