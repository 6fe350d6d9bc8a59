//! Steps through a resource's settings in a possible world.

use std::sync::Arc;

use super::model::{Path, Step};
use crate::source::Span;
use crate::value::{Condition, Entry, Kind, Known, Literal, Reason, Value, Variable, World};

/// What a world would have to decide before a setting can be read.
#[derive(Clone, PartialEq, Debug)]
pub enum Undecided {
    /// Whether the variable is the literal.
    Is(Arc<Variable>, Literal),
    /// Which of these values the variable has.
    OneOf(Arc<Variable>, Vec<Literal>),
    /// Nothing that can be enumerated: the setting stays unknown, for this reason.
    Opaque(Reason),
}

impl Undecided {
    /// What decides `condition`; `None` if the world decides it.
    pub fn of(condition: &Condition, world: &World) -> Option<Undecided> {
        condition.undecided(world).map(|(variable, literal)| Undecided::Is(variable, literal))
    }
}

/// Where a walk ended.
#[derive(Clone, Debug)]
pub struct Walked {
    /// The value, if there is one. Its entry says where it is set.
    pub found: Option<Entry>,
    /// The closest enclosing thing that is there: where the setting would be written.
    pub anchor: Span,
    /// How many steps of the path are there.
    pub depth: usize,
}

/// Walks `path` from `root`, which is anchored at `anchor`.
///
/// # Errors
/// What has to be decided first.
pub fn walk(root: &Value, anchor: Span, path: &Path, world: &World) -> Result<Walked, Undecided> {
    let mut at = Walked { found: Some(Entry::generated(root.clone())), anchor, depth: 0 };
    for step in &path.0 {
        let Some(entry) = at.found.take() else { break };
        let value = resolve(entry.value, world)?;
        at.found = match step {
            Step::Key(key) => into_key(&value, key, world)?,
            Step::Where(key, wanted) => into_item_where(&value, key, wanted, world)?,
            Step::All => Some(Entry { value, ..entry }),
        };
        if let Some(entry) = &at.found {
            at.depth += 1;
            if let Some(key) = entry.key.or(entry.place) {
                at.anchor = key;
            }
        }
    }
    at.found = match at.found.take() {
        Some(entry) => Some(Entry { value: head(entry.value, world)?, ..entry }).filter(|entry| !entry.value.is_null()),
        None => None,
    };
    Ok(at)
}

fn into_key(value: &Value, key: &str, world: &World) -> Result<Option<Entry>, Undecided> {
    match &value.kind {
        Kind::Map(map) => Ok(map.entries.get(key).filter(|entry| !entry.value.is_null()).cloned()),
        Kind::List(list) => match list.items.first() {
            Some(first) => into_key(&resolve(first.clone(), world)?, key, world),
            None => Ok(None),
        },
        _ => Ok(None),
    }
}

fn into_item_where(value: &Value, key: &str, wanted: &str, world: &World) -> Result<Option<Entry>, Undecided> {
    for item in value.as_list().unwrap_or_default() {
        let item = resolve(item.clone(), world)?;
        if let Some(found) = item.get(key) {
            let found = resolve(found.clone(), world)?;
            if found.as_str().is_some_and(|text| text.eq_ignore_ascii_case(wanted)) {
                return Ok(Some(Entry { key: item.origin.span, place: None, value: item }));
            }
        }
    }
    Ok(None)
}

/// The value in the world; choices must be decided, and what is unknown cannot be entered.
pub fn resolve(value: Value, world: &World) -> Result<Value, Undecided> {
    let value = head(value, world)?;
    match value.as_unknown() {
        Some(unknown) => Err(Undecided::Opaque(unknown.reason.clone())),
        None => Ok(value),
    }
}

/// The value in the world, with choices decided at its head; otherwise it may be unknown.
pub fn head(value: Value, world: &World) -> Result<Value, Undecided> {
    let mut value = value;
    while let Some(unknown) = value.as_unknown() {
        let Known::Choice(choice) = &unknown.known else {
            let resolved = value.in_world(world);
            return Ok(resolved);
        };
        match choice.condition.holds(world) {
            Some(true) => value = choice.then.clone().mark(value.sensitive),
            Some(false) => value = choice.otherwise.clone().mark(value.sensitive),
            None => {
                let undecided = Undecided::of(&choice.condition, world);
                return Err(undecided.unwrap_or_else(|| Undecided::Opaque(unknown.reason.clone())));
            }
        }
    }
    Ok(value)
}
