//! Every rule's examples hold, in every format.

use std::sync::Arc;

use rayon::prelude::*;
use sealint::rules::examples::{Example, Expected, examples};
use sealint::rules::{Rule, RuleSet, Selection, UserFile};
use sealint::source::Sources;
use sealint::verify::{judge, verify};
use sealint::view::{Each, Setting, View};

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

#[test]
fn compiled_rules_say_what_their_text_says() {
    let all = Selection { select: vec!["ALL".to_owned()], ..Selection::default() };
    let (compiled, _) = RuleSet::new(&all, &[]);
    // Given as a user's, a rule of the library is run from its text.
    let files: Vec<UserFile> = compiled.rules().iter().map(|rule| as_users(rule)).collect();
    let (interpreted, diagnostics) = RuleSet::new(&all, &files);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    assert_eq!(compiled.rules().len(), interpreted.rules().len());
    let said = |rule: &Rule, example: &Example, rules: &RuleSet| {
        let (findings, ..) = judge(example, rules);
        let own = findings.into_iter().filter(|finding| finding.rule == rule.id);
        own.map(|finding| format!("{finding:?}")).collect::<Vec<_>>()
    };
    compiled.rules().par_iter().for_each(|rule| {
        assert!(
            rule.is_compiled() && !interpreted.rule(&rule.id).is_some_and(|rule| rule.is_compiled()),
            "{}",
            rule.id
        );
        for example in examples(&rule.examples) {
            let (fast, plain) = (said(rule, &example, &compiled), said(rule, &example, &interpreted));
            assert_eq!(fast, plain, "{} (examples.md:{})", rule.id, example.line);
        }
    });
}

fn as_users(rule: &Rule) -> UserFile {
    let source = rule.source();
    let own = Sources::default().add(&source.path, source.text.to_string());
    UserFile { source: own, examples: Arc::clone(&rule.examples) }
}

/// Whether a rule can judge a type of its view: each setting that it reads is kept there, or known without.
fn judges(rule: &Rule, view: &View, ty: &str) -> bool {
    let read = |name: &str| {
        rule.reads().iter().any(|read| {
            let (read, name) = (format!("{read}."), format!("{name}."));
            read.starts_with(&name) || name.starts_with(&read)
        })
    };
    let kept = |setting: &Setting| setting.locations.iter().any(|place| &*place.ty == ty && place.path.is_some());
    let known = |setting: &Setting| {
        let named = setting.locations.iter().any(|place| &*place.ty == ty) || setting.defaults.contains_key(ty);
        named || setting.each != Each::No
    };
    let read: Vec<&Setting> = view.settings.iter().filter(|(name, _)| read(name)).map(|(_, setting)| setting).collect();
    read.iter().all(|setting| known(setting)) && read.iter().any(|setting| kept(setting))
}

#[test]
fn every_format_has_a_failing_and_a_passing_example() {
    let selection = Selection { select: vec!["ALL".to_owned()], ..Selection::default() };
    let (rules, _) = RuleSet::new(&selection, &[]);
    let mut missing = Vec::new();
    for rule in rules.rules() {
        let Some(view) = rules.view_named(&rule.view) else { continue };
        let examples = examples(&rule.examples);
        for (format, languages) in [("Terraform", &["terraform", "hcl"][..]), ("CloudFormation", &["yaml", "json"])] {
            let of_format = |ty: &str| ty.contains("::") == (format == "CloudFormation") && !ty.contains('.');
            if !view.shapes.iter().any(|shape| of_format(&shape.ty) && judges(rule, &view, &shape.ty)) {
                continue;
            }
            for expected in [Expected::Fails, Expected::Passes] {
                let is = |one: &Example| languages.contains(&&*one.language) && one.expected == expected;
                if !examples.iter().any(is) {
                    missing.push(format!("{}: no example of {format} is {expected:?}", rule.id));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}
