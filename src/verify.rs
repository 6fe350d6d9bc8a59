//! `sealint test`: do a rule's examples hold?

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::check::check;
use crate::finding::{Finding, Verdict};
use crate::load::{File, Inputs, Kind};
use crate::rules::examples::{Example, Expected, examples};
use crate::rules::{Rule, RuleSet};
use crate::source::{Source, Sources};
use crate::terraform::Assignment;
use crate::value::Value;

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

/// The values that an example is judged with, and what is wrong with its options.
fn inputs(example: &Example, sources: &Sources) -> (Inputs, Vec<String>) {
    let (mut inputs, mut problems) = (Inputs::default(), Vec::new());
    for option in &example.options {
        let setting = option.split_once('=').and_then(|(name, value)| Some((name.split_once('.')?, value)));
        match setting {
            Some((("var", name), value)) => {
                let text = sources.add(format!("--var {name}"), value);
                inputs.terraform.assignments.push(Assignment { name: name.into(), text });
                inputs.named_variables.push(name.into());
            }
            Some((("parameter", name), value)) => {
                inputs.parameters.insert(name.into(), Value::string(value));
                inputs.named_parameters.push(name.into());
            }
            _ => problems
                .push(format!("`{option}` is neither `var.NAME=VALUE`, `parameter.NAME=VALUE` nor `line=NUMBER`")),
        }
    }
    (inputs, problems)
}

/// What `rules` say of an example, with what is wrong with it, and the file it was judged as.
fn judge(example: &Example, rules: &RuleSet) -> (Vec<Finding>, Vec<String>, Arc<Source>) {
    let sources = Sources::default();
    let (inputs, mut problems) = inputs(example, &sources);
    let file = file(example, &sources);
    let source = Arc::clone(&file.source);
    let (findings, mut diagnostics) = check(&[file], &inputs, None, rules, &sources);
    diagnostics.append(&mut inputs.undeclared());
    problems.extend(diagnostics.into_iter().map(|diagnostic| diagnostic.message));
    (findings, problems, source)
}

/// The file that an example is judged as.
pub(crate) fn file(example: &Example, sources: &Sources) -> File {
    let kind = example.kind();
    let ending = if example.language == "json" { "json" } else { "yaml" };
    let name = match kind {
        Kind::Terraform => "main.tf".to_owned(),
        Kind::Policy => format!("policy.{ending}"),
        Kind::Template | Kind::Plan => format!("template.{ending}"),
    };
    File { source: sources.add(name, example.text.as_str()), kind }
}

fn run(example: &Example, rule: &Rule, rules: &RuleSet) -> (Vec<String>, BTreeSet<usize>) {
    let (findings, mut problems, source) = judge(example, rules);
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
