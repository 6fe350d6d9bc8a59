//! Steps through a resource's settings in a possible world.

use std::borrow::Cow;
use std::sync::Arc;

use super::model::{Path, Step};
use crate::iam::document;
use crate::source::Span;
use crate::value::{Condition, Entry, Kind, Known, Literal, Reason, StringPart, Value, Variable, World};

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
pub(super) struct Walked {
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
pub(super) fn walk(root: &Value, anchor: Span, path: &Path, world: &World) -> Result<Walked, Undecided> {
    let mut at = arrive(root, anchor, path, world)?;
    at.found = match at.found.take() {
        Some(entry) => Some(Entry { value: head(entry.value, world)?, ..entry }).filter(|entry| !entry.value.is_null()),
        None => None,
    };
    Ok(at)
}

/// Walks `path` to what stands there, which may be one of two values.
///
/// # Errors
/// What has to be decided on the way.
pub(super) fn arrive(root: &Value, anchor: Span, path: &Path, world: &World) -> Result<Walked, Undecided> {
    let (mut at, steps) = into_plain(root, anchor, &path.0);
    for step in steps {
        let Some(entry) = at.found.take() else { break };
        let value = enter(entry.value, step, world)?;
        at.found = match step {
            Step::Key(key) => into_key(&value, key, world)?,
            Step::Where(key, wanted) => into_item_where(&value, key, wanted, world)?,
            Step::All | Step::Json => Some(Entry { value, ..entry }),
        };
        if let Some(entry) = &at.found {
            at.depth += 1;
            if let Some(key) = entry.key.or(entry.place) {
                at.anchor = key;
            }
        }
    }
    Ok(at)
}

/// Walks as far as plain mappings lead, which is mostly to the end, and copies only what it arrives at.
fn into_plain<'p>(root: &Value, anchor: Span, path: &'p [Step]) -> (Walked, &'p [Step]) {
    let mut at = Walked { found: None, anchor, depth: 0 };
    let (mut value, mut steps, mut arrived) = (root, path, None);
    while let (Kind::Map(map), [Step::Key(key), rest @ ..]) = (&value.kind, steps) {
        let Some(entry) = map.entry(key) else { return (at, steps) };
        at.depth += 1;
        at.anchor = entry.key.or(entry.place).unwrap_or(at.anchor);
        if entry.value.is_null() {
            return (at, steps);
        }
        (value, steps, arrived) = (&entry.value, rest, Some(entry));
    }
    at.found = Some(arrived.map_or_else(|| Entry::generated(root.clone()), Entry::clone));
    (at, steps)
}

/// Walks `path` into every item of the lists on its way: one result for each branch, absent ones included.
///
/// # Errors
/// What has to be decided first.
pub(super) fn walk_each(root: &Value, anchor: Span, path: &Path, world: &World) -> Result<Vec<Walked>, Undecided> {
    let mut ends = Vec::new();
    let start = Walked { found: Some(Entry::generated(root.clone())), anchor, depth: 0 };
    branch(start, &path.0, world, &mut ends)?;
    Ok(ends)
}

fn branch(at: Walked, steps: &[Step], world: &World, ends: &mut Vec<Walked>) -> Result<(), Undecided> {
    let Some(entry) = at.found else {
        ends.push(at);
        return Ok(());
    };
    let value = match steps.first() {
        Some(step) => enter(entry.value, step, world)?,
        None => head(entry.value, world)?,
    };
    let entry = Entry { value, ..entry };
    if let (Kind::List(list), false) = (&entry.value.kind, steps.is_empty()) {
        let mut any = false;
        for item in &list.items {
            let item = resolve(item.clone(), world)?;
            if item.is_null() {
                continue;
            }
            any = true;
            let anchor = item.origin.span.unwrap_or(at.anchor);
            let entry = Entry { key: Some(anchor), place: None, value: item };
            branch(Walked { found: Some(entry), anchor, depth: at.depth }, steps, world, ends)?;
        }
        // Of blocks that a `dynamic` block makes there may be none.
        if !any {
            ends.push(Walked { found: None, depth: at.depth.saturating_sub(1), ..at });
        }
        return Ok(());
    }
    let Some((step, rest)) = steps.split_first() else {
        let found = Some(entry).filter(|entry| !entry.value.is_null());
        ends.push(Walked { found, ..at });
        return Ok(());
    };
    let next = match step {
        Step::Key(key) => into_key(&entry.value, key, world)?.filter(|entry| !entry.value.is_null()),
        Step::Where(key, wanted) => into_item_where(&entry.value, key, wanted, world)?,
        Step::All | Step::Json => Some(entry),
    };
    let anchor = next.as_ref().and_then(|entry| entry.key.or(entry.place)).unwrap_or(at.anchor);
    let depth = at.depth + usize::from(next.is_some());
    branch(Walked { found: next, anchor, depth }, rest, world, ends)
}

/// The value in the world, ready for a step into it.
fn enter(value: Value, step: &Step, world: &World) -> Result<Value, Undecided> {
    if *step != Step::Json {
        return resolve(value, world);
    }
    let value = head(value, world)?;
    match document::open_json(&value).map(Cow::into_owned) {
        Some(document) => Ok(document),
        None => resolve(value, world),
    }
}

/// The entry of a key, also if it is null: that is as absent, but where it stands is where to write it.
fn into_key(value: &Value, key: &str, world: &World) -> Result<Option<Entry>, Undecided> {
    match &value.kind {
        Kind::Map(map) => Ok(map.entry(key).cloned()),
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
pub(super) fn resolve(value: Value, world: &World) -> Result<Value, Undecided> {
    let value = head(value, world)?;
    match value.as_unknown() {
        Some(unknown) => Err(Undecided::Opaque(unknown.reason.clone())),
        None => Ok(value),
    }
}

/// The value in the world, with choices decided at its head; otherwise it may be unknown.
pub(super) fn head(value: Value, world: &World) -> Result<Value, Undecided> {
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

/// What in `value` the world has to decide first: choices, and variables with a known domain.
pub(super) fn undecided_inside(value: &Value, world: &World) -> Option<Undecided> {
    let mut found = None;
    value.for_each_unknown(&mut |_, unknown| {
        if found.is_none() {
            found = match &unknown.known {
                Known::Choice(choice) => match choice.condition.holds(world) {
                    Some(true) => undecided_inside(&choice.then, world),
                    Some(false) => undecided_inside(&choice.otherwise, world),
                    None => Undecided::of(&choice.condition, world),
                },
                Known::Variable(variable) if world.get(variable).is_none() => {
                    variable.domain.as_ref().map(|domain| Undecided::OneOf(Arc::clone(variable), domain.to_vec()))
                }
                Known::Parts(parts) => parts.iter().find_map(|part| match part {
                    StringPart::Unknown(value) => undecided_inside(value, world),
                    StringPart::Literal(_) => None,
                }),
                Known::Encoding(value) => undecided_inside(value, world),
                _ => None,
            };
        }
    });
    found
}
