//! What the rules of a view read, worked out once for all resources that they judge.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::Rule;
use crate::view::{Read, Slots, View};

/// A view with what is read of it.
pub(super) struct Plan {
    /// The view.
    pub(super) view: Arc<View>,
    /// Its rules.
    pub(super) charges: Vec<Charge>,
    /// What they read, each once, by the number of the read.
    pub(super) reads: Vec<Read>,
    /// By the marks of what was read: the places of the charges that have something to say, or may have.
    telling: Mutex<Telling>,
}

/// Places of charges by marks.
type Telling = FxHashMap<Box<[u32]>, Arc<[usize]>>;

/// A rule with what it reads.
pub(super) struct Charge {
    /// Its place in the set.
    pub(super) rule: usize,
    /// What it reads.
    pub(super) reads: Vec<Read>,
}

/// The mark of what this type of resource does not have.
pub(super) const NOT_APPLICABLE: u32 = u32::MAX;
/// The mark of what has to be decided first.
pub(super) const UNDECIDED: u32 = u32::MAX - 1;

impl Plan {
    /// The plan for a view that `rules`, places in the set of all, judge.
    pub(super) fn new(view: Arc<View>, rules: &[usize], all: &[Arc<Rule>]) -> Plan {
        let mut slots = Slots::default();
        let charge = |rule: &usize| {
            let reads = Read::all(&view, all[*rule].reads()).into_iter().map(|read| slots.number(read)).collect();
            Charge { rule: *rule, reads }
        };
        let charges = rules.iter().map(charge).collect();
        Plan { view, charges, reads: slots.into_reads(), telling: Mutex::default() }
    }

    /// The charges worth looking at of an instance with these marks, if there was one before.
    pub(super) fn telling(&self, marks: &[u32]) -> Option<Arc<[usize]>> {
        self.telling.lock().unwrap_or_else(PoisonError::into_inner).get(marks).cloned()
    }

    /// Notes which charges were worth looking at: those that `said` something, and those that depend on what has to be
    /// decided, which may be something else for another instance.
    pub(super) fn note(&self, marks: Box<[u32]>, said: &[usize]) {
        let undecided = |read: &Read| read.slot().is_some_and(|slot| marks.get(slot) == Some(&UNDECIDED));
        let tells = |at: &usize| said.contains(at) || self.charges[*at].reads.iter().any(undecided);
        let telling = (0..self.charges.len()).filter(tells).collect();
        self.telling.lock().unwrap_or_else(PoisonError::into_inner).insert(marks, telling);
    }
}
