//! The main job: files and rules to findings.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Diagnostic;
use crate::finding::Finding;
use crate::load::{self, Disk, File, Inputs};
use crate::resource::Call;
use crate::rules::{RuleSet, judge};
use crate::source::{Sources, Span};

/// Parses, evaluates and judges files. The findings are in the order of the files, each defect once.
pub fn check(
    files: &[File],
    inputs: &Inputs,
    disk: Option<&dyn Disk>,
    rules: &RuleSet,
    sources: &Sources,
) -> (Vec<Finding>, Vec<Diagnostic>) {
    let (judged, mut diagnostics) = load::each(files, inputs, disk, &|unit| judge(unit, rules, sources));
    let mut findings = Vec::new();
    // A broken rule is broken in every unit.
    let mut broken = Vec::<Diagnostic>::new();
    for (mut found, problems) in judged {
        findings.append(&mut found);
        for problem in problems {
            if !broken.contains(&problem) {
                broken.push(problem);
            }
        }
    }
    diagnostics.append(&mut broken);
    (merge(findings), diagnostics)
}

/// One finding for each defect: the same rule at the same place for a value written in the same place, reached by
/// several instances or calls.
///
/// If it fails for one of them, it fails, and what holds always says more than what holds sometimes.
fn merge(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    let mut known: FxHashMap<Defect, (usize, Reached)> = FxHashMap::default();
    let mut said: FxHashMap<(Place, Arc<str>), Vec<String>> = FxHashMap::default();
    for finding in findings {
        let place = Place {
            rule: Arc::clone(&finding.rule),
            region: finding.region,
            written: finding.origin.span,
            path: finding.path.clone(),
        };
        // A rule may find several things wrong with one place of a resource. Other instances word them with their names.
        let messages = said.entry((place.clone(), Arc::clone(&finding.resource))).or_default();
        let number = messages.iter().position(|message| *message == finding.message).unwrap_or_else(|| {
            messages.push(finding.message.clone());
            messages.len() - 1
        });
        let defect = Defect { place, number };
        let (at, reached) = known.entry(defect).or_insert_with(|| (merged.len(), Reached::default()));
        match merged.get_mut(*at) {
            Some(before) => absorb(before, finding, reached),
            None => {
                reached.instances.extend(finding.instances.iter().cloned());
                reached.calls.extend(finding.calls.iter().cloned());
                merged.push(finding);
            }
        }
    }
    merged.sort_by(|a, b| {
        (a.region, &a.rule, &a.resource, &a.message).cmp(&(b.region, &b.rule, &b.resource, &b.message))
    });
    merged
}

/// What tells defects apart.
#[derive(PartialEq, Eq, Hash)]
struct Defect {
    place: Place,
    /// Which of the things that the rule finds wrong with the place of one resource.
    number: usize,
}

/// What a rule finds something wrong with.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Place {
    rule: Arc<str>,
    region: Span,
    written: Option<Span>,
    path: String,
}

/// What a finding holds for already.
#[derive(Default)]
struct Reached {
    instances: FxHashSet<Arc<str>>,
    calls: FxHashSet<Vec<Call>>,
}

fn absorb(into: &mut Finding, mut other: Finding, reached: &mut Reached) {
    if (other.verdict, other.when.is_some()) < (into.verdict, into.when.is_some()) {
        std::mem::swap(&mut other.instances, &mut into.instances);
        std::mem::swap(&mut other.calls, &mut into.calls);
        std::mem::swap(&mut other, into);
    }
    let new = other.instances.into_iter().filter(|instance| reached.instances.insert(Arc::clone(instance)));
    into.instances.extend(new);
    let new = other.calls.into_iter().filter(|calls| reached.calls.insert(calls.clone()));
    into.calls.extend(new);
}
