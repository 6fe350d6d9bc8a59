//! `sealint test`: do a rule's examples hold?

use std::sync::Arc;

use crate::check::check;
use crate::finding::{Finding, Verdict};
use crate::load::{File, Inputs, Kind};
use crate::rules::examples::{Example, Expected, examples};
use crate::rules::{Rule, RuleSet};
use crate::source::Sources;

/// An example that does not hold.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Failure {
    /// The example.
    pub example: Example,
    /// What happened instead, a line each.
    pub problems: Vec<String>,
}

/// Runs the examples of a rule of `rules` through the whole program. The second number is how many there are.
pub fn verify(rule: &Rule, rules: &RuleSet) -> (Vec<Failure>, usize) {
    let all = examples(&rule.examples);
    let count = all.len();
    let failures = all.into_iter().filter_map(|example| {
        let problems = run(&example, rule, rules);
        (!problems.is_empty()).then_some(Failure { example, problems })
    });
    (failures.collect(), count)
}

fn run(example: &Example, rule: &Rule, rules: &RuleSet) -> Vec<String> {
    let sources = Sources::default();
    let (name, kind) = match (example.language.as_str(), example.text.contains("\"Statement\"")) {
        ("terraform" | "hcl", _) => ("main.tf", Kind::Terraform),
        ("json", true) if !example.text.contains("\"Resources\"") => ("policy.json", Kind::Policy),
        ("json", _) => ("template.json", Kind::Template),
        _ => ("template.yaml", Kind::Template),
    };
    let source = sources.add(name, example.text.as_str());
    let files = [File { source: Arc::clone(&source), kind }];
    let (findings, diagnostics) = check(&files, &Inputs::default(), None, rules, &sources);
    let mut problems: Vec<String> = diagnostics.iter().map(|d| d.message.clone()).collect();
    let own: Vec<&Finding> = findings.iter().filter(|finding| finding.rule == rule.id).collect();
    let lines = |verdict: Verdict| -> std::collections::BTreeSet<usize> {
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
        problems.push(format!(
            "expected {} on {}, found {} and {}",
            example.expected.as_str(),
            listed(&example.lines),
            format_args!("failures on {}", listed(&failed)),
            format_args!("open results on {}", listed(&open)),
        ));
    }
    problems
}

fn listed(lines: &std::collections::BTreeSet<usize>) -> String {
    if lines.is_empty() {
        return "no line".to_owned();
    }
    lines.iter().map(|line| format!("line {line}")).collect::<Vec<_>>().join(", ")
}
