//! The main job: files and rules to findings.

use std::collections::hash_map::Entry;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::Diagnostic;
use crate::finding::Finding;
use crate::load::{self, Disk, File, Inputs};
use crate::resource::Call;
use crate::rules::{RuleSet, judge};
use crate::source::{Sources, Span};

/// Parses, evaluates and judges files. The findings are in the order of their places, each defect once.
pub fn check(
    files: &[File],
    inputs: &Inputs,
    disk: Option<&dyn Disk>,
    rules: &RuleSet,
    sources: &Sources,
) -> (Vec<Finding>, Vec<Diagnostic>) {
    let (findings, diagnostics) = check_each(files, inputs, disk, rules, sources);
    (merge(findings), diagnostics)
}

/// The same with a finding for each instance and each call that leads to it: one of them may be suppressed.
pub fn check_each(
    files: &[File],
    inputs: &Inputs,
    disk: Option<&dyn Disk>,
    rules: &RuleSet,
    sources: &Sources,
) -> (Vec<Finding>, Vec<Diagnostic>) {
    let (judged, mut diagnostics) = load::each(files, inputs, disk, &|unit| judge(unit, rules, sources));
    let mut findings = Vec::with_capacity(judged.iter().map(|(found, _)| found.len()).sum());
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
    by_file(&mut diagnostics, sources);
    (findings, diagnostics)
}

/// Puts diagnostics in the order of their files, those of a file in the order in which they came. Files that evaluation
/// reads have ids in the order in which its threads came to them; paths are the same each time.
fn by_file(diagnostics: &mut [Diagnostic], sources: &Sources) {
    diagnostics.sort_by_cached_key(|diagnostic| {
        let file = diagnostic.span.map(|span| span.file).or(diagnostic.file);
        let path = file.and_then(|file| sources.get(file)).map(|source| source.path.clone());
        let path = path.or_else(|| diagnostic.path.clone());
        (path.is_none(), path)
    });
}

/// One finding for each defect: the same rule at the same place for a value written in the same place, reached by
/// several instances or calls. They are in the order of their places.
///
/// If it fails for one of them, it fails, and what holds always says more than what holds sometimes. What is suppressed
/// stays apart from what is not, and from what is suppressed for another reason.
pub fn merge(mut findings: Vec<Finding>) -> Vec<Finding> {
    // Stable: of equal findings, the first is the one that the others are added to.
    findings.sort_by(|a, b| (a.region, &a.rule).cmp(&(b.region, &b.rule)));
    let alike = findings.chunk_by(|a, b| a.region == b.region && a.rule == b.rule);
    let lengths: Vec<usize> = alike.map(<[Finding]>::len).collect();
    let mut merged = Vec::with_capacity(lengths.len());
    let mut findings = findings.into_iter();
    for length in lengths {
        match length {
            1 => merged.extend(findings.next()),
            _ => merged.append(&mut merge_alike(findings.by_ref().take(length).collect())),
        }
    }
    merged
}

/// The same for the findings of one rule at one region.
fn merge_alike(findings: Vec<Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    let mut known: FxHashMap<(Option<Span>, String, Fault, Suppression), Defect> = FxHashMap::default();
    let faults = faults(&findings);
    for (finding, fault) in findings.into_iter().zip(faults) {
        let suppressed = finding.suppressed.as_ref().map(|by| (by.kind, by.reason.clone()));
        match known.entry((finding.origin.span, finding.path.clone(), fault, suppressed)) {
            Entry::Occupied(mut defect) => {
                let at = defect.get().at;
                defect.get_mut().absorb(&mut merged[at], finding);
            }
            Entry::Vacant(new) => {
                new.insert(Defect { at: merged.len(), reached: None });
                merged.push(finding);
            }
        }
    }
    let order = |finding: &Finding| finding.suppressed.is_some();
    merged.sort_by(|a, b| (&a.resource, &a.message, order(a)).cmp(&(&b.resource, &b.message, order(b))));
    merged
}

/// How and why a finding is suppressed, if it is.
type Suppression = Option<(&'static str, Option<String>)>;

/// Which of the things that a rule finds wrong with one place of a resource a finding is about.
#[derive(PartialEq, Eq, Hash)]
enum Fault {
    /// The one that is worded so for several instances, but for their addresses.
    Said(String),
    /// The one of this number: instances may word it with names of their own.
    Nth(usize),
}

/// What each of the findings of one rule at one region is about.
fn faults(findings: &[Finding]) -> Vec<Fault> {
    let said = |finding: &Finding| finding.message.replace(&*finding.resource, "\0");
    let mut by_wording: FxHashMap<String, FxHashSet<&str>> = FxHashMap::default();
    for finding in findings {
        by_wording.entry(said(finding)).or_default().insert(&finding.resource);
    }
    let mut own: FxHashMap<(&str, Option<Span>, &str), Vec<&str>> = FxHashMap::default();
    let fault = |finding| {
        let wording = said(finding);
        if by_wording.get(&wording).is_some_and(|resources| resources.len() > 1) {
            return Fault::Said(wording);
        }
        let messages = own.entry((&*finding.resource, finding.origin.span, finding.path.as_str())).or_default();
        let known = messages.iter().position(|message| *message == finding.message);
        Fault::Nth(known.unwrap_or_else(|| {
            messages.push(&finding.message);
            messages.len() - 1
        }))
    };
    findings.iter().map(fault).collect()
}

/// A finding with what it holds for already.
struct Defect {
    /// Its place among the merged.
    at: usize,
    /// Looked up only where there are several.
    reached: Option<Reached>,
}

struct Reached {
    instances: FxHashSet<Arc<str>>,
    calls: FxHashSet<Vec<Call>>,
}

impl Defect {
    /// Adds what another finding of the same defect holds for.
    fn absorb(&mut self, into: &mut Finding, mut other: Finding) {
        let reached = self.reached.get_or_insert_with(|| Reached {
            instances: into.instances.iter().cloned().collect(),
            calls: into.calls.iter().cloned().collect(),
        });
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
}
