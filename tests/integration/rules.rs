//! Every rule's examples hold, in every format.

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use sealint::rules::examples::{Example, Expected, examples};
use sealint::rules::{Rule, RuleSet, Selection};
use sealint::verify::verify;
use sealint::view::{Each, Setting, SettingType, View};

use crate::generated::library;

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

/// Whether a rule can judge a shape of its view: each setting that it reads is kept there, or known without.
fn judges(rule: &Rule, view: &View, shape: usize) -> bool {
    let read = |name: &str| {
        rule.reads().iter().any(|read| {
            let (read, name) = (format!("{read}."), format!("{name}."));
            read.starts_with(&name) || name.starts_with(&read)
        })
    };
    let kept = |setting: &Setting| setting.locations(shape).iter().any(|place| place.path.is_some());
    let known = |setting: &Setting| {
        let named = !setting.locations(shape).is_empty() || setting.defaults.contains_key(&shape);
        named || setting.each != Each::No
    };
    let read: Vec<&Setting> = view.settings.iter().filter(|(name, _)| read(name)).map(|(_, setting)| setting).collect();
    read.iter().all(|setting| known(setting)) && read.iter().any(|setting| kept(setting))
}

/// What a remedy that serves both languages must not say.
fn of_one_language(text: &str) -> bool {
    let code = text.split('`').skip(1).step_by(2);
    let attribute = |code: &str| code.contains(" = ") || code.starts_with("aws_");
    text.contains("(Terraform") || text.contains("(CloudFormation") || code.into_iter().any(attribute)
}

#[test]
fn remedies_speak_the_language_of_the_file() {
    let rules = library();
    let mixed = rules.rules().iter().filter(|rule| {
        let Some(view) = rules.view_named(&rule.view) else { return false };
        let has = |mark: &str| {
            let mut shapes = view.shapes.iter().enumerate().filter(|(_, shape)| shape.ty.contains(mark));
            shapes.any(|(number, _)| judges(rule, &view, number))
        };
        let common = rule.metadata().is_some_and(|metadata| {
            metadata.remediation.each().iter().any(|(language, text)| language.is_none() && of_one_language(text))
        });
        has("::") && has("aws_") && common
    });
    let mixed: Vec<&str> = mixed.map(|rule| &*rule.id).collect();
    assert!(mixed.is_empty(), "their remedies name what only one language has: {mixed:?}");
}

#[test]
fn every_format_has_a_failing_and_a_passing_example() {
    let rules = library();
    let mut missing = Vec::new();
    for rule in rules.rules() {
        let Some(view) = rules.view_named(&rule.view) else { continue };
        let examples = examples(rule.examples());
        for (format, languages) in [("Terraform", &["terraform", "hcl"][..]), ("CloudFormation", &["yaml", "json"])] {
            let of_format = |ty: &str| ty.contains("::") == (format == "CloudFormation") && !ty.contains('.');
            let mut shapes = view.shapes.iter().enumerate().filter(|(_, shape)| of_format(&shape.ty));
            if !shapes.any(|(number, _)| judges(rule, &view, number)) {
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

/// Settings that are read: of which view, by which name.
type Read = HashSet<(Arc<str>, Arc<str>)>;

/// Marks what a path reads of a view, through settings that are other resources. A path that ends at such a setting
/// reads all of the other resource.
fn mark(view: &View, path: &str, rules: &RuleSet, read: &mut Read) {
    for (name, setting) in &view.settings {
        let (whole, below) = (format!("{path}."), format!("{name}."));
        let rest = match below.starts_with(&whole) || path.is_empty() {
            true => "",
            false if whole.starts_with(&below) => &path[path.len().min(below.len())..],
            false => continue,
        };
        let is_new = read.insert((view.name.clone(), name.clone()));
        let other = match &setting.ty {
            SettingType::Key => "aws.kms.key",
            SettingType::View(other) => other,
            _ => continue,
        };
        // Views may lead back to where they come from.
        if let Some(other) = rules.view_named(other).filter(|_| is_new || !rest.is_empty()) {
            mark(&other, rest, rules, read);
        }
    }
}

#[test]
fn every_setting_is_read_by_a_rule() {
    let rules = library();
    let mut read = Read::new();
    for rule in rules.rules() {
        let view = rules.view_named(&rule.view).unwrap();
        rule.reads().iter().for_each(|path| mark(&view, path, &rules, &mut read));
    }
    let mut unread: Vec<String> = Vec::new();
    for view in RuleSet::view_names().filter_map(|name| rules.view_named(name)) {
        let settings = view.settings.keys().filter(|name| !read.contains(&(view.name.clone(), (*name).clone())));
        unread.extend(settings.map(|name| format!("{}: {name}", view.name)));
    }
    assert_eq!(unread, Vec::<String>::new());
}
