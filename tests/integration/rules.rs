//! Every rule's examples hold, in every format.

use rayon::prelude::*;
use sealint::rules::{RuleSet, Selection};
use sealint::verify::verify;

#[test]
fn examples_hold() {
    let selection = Selection { select: vec!["ALL".to_owned()], ..Selection::default() };
    let (rules, diagnostics) = RuleSet::new(&selection, &[]);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let failures: Vec<String> = rules
        .rules()
        .par_iter()
        .flat_map_iter(|rule| {
            let (failures, count) = verify(rule, &rules);
            let none = (count < 2).then(|| format!("{}: a rule has a failing and a passing example", rule.id));
            let failed = failures.into_iter().map(|failure| {
                format!("{} (examples.md:{}): {}", rule.id, failure.example.line, failure.problems.join("; "))
            });
            failed.chain(none).collect::<Vec<_>>()
        })
        .collect();
    assert!(failures.is_empty(), "{} examples do not hold:\n{}", failures.len(), failures.join("\n"));
}
