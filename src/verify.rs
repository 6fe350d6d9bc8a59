//! `sealint test`: do a rule's examples hold?

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::check;
use crate::diagnostic::Diagnostic;
use crate::finding::{Finding, Verdict};
use crate::load::{File, Inputs, Kind};
use crate::rules::examples::{Example, Expected, examples};
use crate::rules::{Rule, RuleSet};
use crate::source::{Source, Sources};

/// An example that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The example.
    pub example: Example,
    /// What happened instead, a line each.
    pub problems: Vec<String>,
    /// The lines with a result, from 1.
    pub found: BTreeSet<usize>,
}

/// Runs the examples of a rule of `rules` through the whole program. The second number is how many there are.
pub fn verify(rule: &Rule, rules: &RuleSet) -> (Vec<Failure>, usize) {
    let all = examples(rule.examples());
    let count = all.len();
    let failures = all.into_iter().filter_map(|example| {
        let (problems, found) = run(&example, rule, rules);
        (!problems.is_empty()).then_some(Failure { example, problems, found })
    });
    (failures.collect(), count)
}

/// What `rules` say of an example, and the file it was judged as.
fn judge(example: &Example, rules: &RuleSet) -> (Vec<Finding>, Vec<Diagnostic>, Arc<Source>) {
    let sources = Sources::default();
    let file = file(example, &sources);
    let source = Arc::clone(&file.source);
    let (findings, diagnostics) = check(&[file], &Inputs::default(), None, rules, &sources);
    (findings, diagnostics, source)
}

/// The file that an example is judged as.
pub(crate) fn file(example: &Example, sources: &Sources) -> File {
    let (name, kind) = match (example.language.as_str(), example.text.contains("\"Statement\"")) {
        ("terraform" | "hcl", _) => ("main.tf", Kind::Terraform),
        ("json", true) if !example.text.contains("\"Resources\"") => ("policy.json", Kind::Policy),
        ("json", _) => ("template.json", Kind::Template),
        _ => ("template.yaml", Kind::Template),
    };
    File { source: sources.add(name, example.text.as_str()), kind }
}

fn run(example: &Example, rule: &Rule, rules: &RuleSet) -> (Vec<String>, BTreeSet<usize>) {
    let (findings, diagnostics, source) = judge(example, rules);
    let mut problems: Vec<String> = diagnostics.iter().map(|d| d.message.clone()).collect();
    let own: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == rule.id).collect();
    let lines = |verdict: Verdict| -> BTreeSet<usize> {
        own.iter().filter(|f| f.verdict == verdict).map(|f| source.line(f.region.start)).collect()
    };
    let (failed, open) = (lines(Verdict::Fail), lines(Verdict::Open));
    let wanted = match example.expected {
        Expected::Fails => (&example.lines, &Default::default()),
        Expected::Open => (&Default::default(), &example.lines),
        Expected::Passes => (&Default::default(), &Default::default()),
    };
    let unmarked = example.lines.is_empty() && example.expected != Expected::Passes;
    let holds = match example.expected {
        Expected::Fails if unmarked => !failed.is_empty(),
        Expected::Open if unmarked => !open.is_empty() && failed.is_empty(),
        _ => (&failed, &open) == wanted,
    };
    if !holds {
        let found = match (failed.is_empty(), open.is_empty()) {
            (true, true) => "passes".to_owned(),
            (false, true) => format!("fails on {}", listed(&failed)),
            (true, false) => format!("is open on {}", listed(&open)),
            (false, false) => format!("fails on {} and is open on {}", listed(&failed), listed(&open)),
        };
        let expected = match example.expected {
            Expected::Passes => "passes".to_owned(),
            Expected::Fails if unmarked => "fails".to_owned(),
            Expected::Fails => format!("fails on {}", listed(&example.lines)),
            Expected::Open if unmarked => "is open".to_owned(),
            Expected::Open => format!("is open on {}", listed(&example.lines)),
        };
        problems.push(format!("the example says that it {expected}, but it {found}"));
    }
    (problems, failed.union(&open).copied().collect())
}

fn listed(lines: &BTreeSet<usize>) -> String {
    lines.iter().map(|line| format!("line {line}")).collect::<Vec<_>>().join(", ")
}
