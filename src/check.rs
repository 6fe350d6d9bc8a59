//! The main job: units and rules to findings.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostic;
use crate::finding::Finding;
use crate::resource::Unit;
use crate::rules::{RuleSet, judge};
use crate::source::{Sources, Span};

/// Judges all units. The findings are in the order of the files, each defect once.
pub fn check(units: &[&Unit], rules: &RuleSet, sources: &Sources) -> (Vec<Finding>, Vec<Diagnostic>) {
    let judged: Vec<_> = units.par_iter().map(|unit| judge(unit, rules, sources)).collect();
    let (mut findings, mut diagnostics) = (Vec::new(), Vec::<Diagnostic>::new());
    for (mut found, problems) in judged {
        findings.append(&mut found);
        for problem in problems {
            if !diagnostics.contains(&problem) {
                diagnostics.push(problem);
            }
        }
    }
    (merge(findings), diagnostics)
}

/// One finding for each defect: the same rule at the same place, reached by several instances or calls.
///
/// If it fails for one of them, it fails, and what holds always says more than what holds sometimes.
fn merge(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut known: FxHashMap<(std::sync::Arc<str>, Span, String), usize> = FxHashMap::default();
    for finding in findings {
        let key = (finding.rule.clone(), finding.region, finding.path.clone());
        match known.get(&key).map(|at| &mut merged[*at]) {
            None => {
                known.insert(key, merged.len());
                merged.push(finding);
            }
            Some(before) => absorb(before, finding),
        }
    }
    merged.sort_by(|a, b| (a.region, &a.rule, &a.resource).cmp(&(b.region, &b.rule, &b.resource)));
    merged
}

fn absorb(into: &mut Finding, other: Finding) {
    if (other.verdict, other.when.is_some()) < (into.verdict, into.when.is_some()) {
        let other = Finding { instances: into.instances.clone(), calls: into.calls.clone(), ..other.clone() };
        *into = other;
    }
    for instance in other.instances {
        if !into.instances.contains(&instance) {
            into.instances.push(instance);
        }
    }
    for calls in other.calls {
        if !into.calls.contains(&calls) {
            into.calls.push(calls);
        }
    }
}
