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
            _ => merged.append(&mut merge_alike(findings.by_ref().take(length))),
        }
    }
    merged
}

/// The same for the findings of one rule at one region.
fn merge_alike(findings: impl Iterator<Item = Finding>) -> Vec<Finding> {
    let mut merged: Vec<Finding> = Vec::new();
    let mut known: FxHashMap<(Option<Span>, String), Defects> = FxHashMap::default();
    for finding in findings {
        let defects = known.entry((finding.origin.span, finding.path.clone())).or_default();
        let suppressed = finding.suppressed.as_ref().map(|by| (by.kind, by.reason.clone()));
        match defects.known.entry((defects.said.number(&finding), suppressed)) {
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

/// What a rule finds wrong with a value that is written in one place.
#[derive(Default)]
struct Defects {
    /// By their numbers and by what suppresses them.
    known: FxHashMap<(usize, Suppression), Defect>,
    said: Said,
}

/// How and why a finding is suppressed, if it is.
type Suppression = Option<(&'static str, Option<String>)>;

/// What was said of each resource at a place. A rule may find several things wrong with one place of a resource; other
/// instances word them with their names.
#[derive(Default)]
struct Said(FxHashMap<Arc<str>, Vec<String>>);

impl Said {
    /// Which of the things that are wrong there a finding is about.
    fn number(&mut self, finding: &Finding) -> usize {
        let messages = self.0.entry(Arc::clone(&finding.resource)).or_default();
        messages.iter().position(|message| *message == finding.message).unwrap_or_else(|| {
            messages.push(finding.message.clone());
            messages.len() - 1
        })
    }
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
