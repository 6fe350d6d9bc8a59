//! What the rules of a view read, worked out once for all resources that they judge.

use std::sync::Arc;

use super::Rule;
use crate::view::{Read, Slots, View};

/// A view with what is read of it.
pub(super) struct Plan {
    /// The view.
    pub(super) view: Arc<View>,
    /// Its rules.
    pub(super) charges: Vec<Charge>,
    /// How many different reads there are.
    pub(super) slots: usize,
}

/// A rule with what it reads.
pub(super) struct Charge {
    /// Its place in the set.
    pub(super) rule: usize,
    /// What it reads.
    pub(super) reads: Vec<Read>,
}

impl Plan {
    /// The plan for a view that `rules`, places in the set of all, judge.
    pub(super) fn new(view: Arc<View>, rules: &[usize], all: &[Arc<Rule>]) -> Plan {
        let mut slots = Slots::default();
        let charge = |rule: &usize| {
            let reads = Read::all(&view, all[*rule].reads()).into_iter().map(|read| slots.number(read)).collect();
            Charge { rule: *rule, reads }
        };
        let charges = rules.iter().map(charge).collect();
        Plan { view, charges, slots: slots.count() }
    }
}
