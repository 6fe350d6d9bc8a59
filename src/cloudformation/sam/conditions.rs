//! Conditions that the transform adds to a template.

use super::build::At;
use super::edit::Edit;
use super::logical_id;
use super::translation::Translation;
use crate::parse::node::Node;

/// The most conditions that `Fn::Or` takes.
const MOST: usize = 10;

impl Translation<'_> {
    /// The condition under which one of several resources exists, each of which exists under one of `conditions`; it is
    /// added as `name` where they differ. `None`: one of them always exists.
    pub(super) fn any_of(&mut self, at: At, name: &str, conditions: &[Option<String>]) -> Option<String> {
        let mut all: Vec<String> = conditions.iter().cloned().collect::<Option<_>>()?;
        all.sort();
        all.dedup();
        if all.len() < 2 {
            return all.pop();
        }
        self.add_any_of(at, name, all);
        Some(name.to_owned())
    }

    /// Adds a condition that holds when any of `conditions` (two or more, sorted) does. Where they are more than `Fn::Or`
    /// takes, further conditions with numbered names are made.
    pub(super) fn add_any_of(&mut self, at: At, name: &str, mut conditions: Vec<String>) {
        let mut further = conditions.len().saturating_sub(1).div_ceil(MOST - 1).saturating_sub(1);
        while conditions.len() > 1 {
            let rest = conditions.split_off(conditions.len().min(MOST));
            let new = if further > 0 { format!("{name}{further}") } else { name.to_owned() };
            further = further.saturating_sub(1);
            let any = at.list(conditions.iter().map(|condition| at.map([("Condition", at.string(condition))])));
            self.conditions().set(&new, at.map([("Fn::Or", any)]));
            conditions = rest;
            conditions.push(new);
        }
    }

    /// The name of a condition that holds when `condition` does not; it is added to the template.
    /// `owner` is the logical id for which it is made.
    pub(super) fn negated(&mut self, at: At, condition: &str, owner: &str) -> String {
        let name = format!("NOT{condition}{}", logical_id::hash_text(owner));
        let body = at.map([("Fn::Not", at.list([at.map([("Condition", at.string(condition))])]))]);
        self.conditions().set(&name, body);
        name
    }

    /// The name of a condition that holds when both conditions do; it is added to the template.
    /// `owner` is the logical id for which it is made.
    pub(super) fn both(&mut self, at: At, first: &str, second: &str, owner: &str) -> String {
        let name = format!("{first}AND{second}{}", logical_id::hash_text(owner));
        let refer = |name: &str| at.map([("Condition", at.string(name))]);
        let body = at.map([("Fn::And", at.list([refer(first), refer(second)]))]);
        self.conditions().set(&name, body);
        name
    }

    /// The conditions of the template, made if there are none.
    pub(super) fn conditions(&mut self) -> &mut Node {
        self.root.child("Conditions")
    }
}
