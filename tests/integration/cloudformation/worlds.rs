//! Verdicts over the conditions of a template are those of trying every value of its parameters.

use std::sync::Arc;

use proptest::prelude::*;
use sealint::check::check;
use sealint::diagnostic::Diagnostic;
use sealint::finding::{Finding, Verdict};
use sealint::load::{File, Inputs, Kind};
use sealint::rules::{RuleSet, Selection};
use sealint::source::Sources;
use serde_json::{Map, Value, json};

const PARAMETERS: usize = 6;
const CONDITIONS: usize = 6;

/// One value for each parameter: whether it is `yes`.
type Given = [bool; PARAMETERS];

#[derive(Clone, Debug)]
enum Formula {
    Is(usize, bool),
    Named(usize),
    Not(Box<Formula>),
    And(Box<Formula>, Box<Formula>),
    Or(Box<Formula>, Box<Formula>),
}

impl Formula {
    /// Over the parameters and the first `earlier` conditions.
    fn any(earlier: usize) -> BoxedStrategy<Formula> {
        let is = (0..PARAMETERS, any::<bool>()).prop_map(|(parameter, yes)| Formula::Is(parameter, yes));
        let leaf = match earlier {
            0 => is.boxed(),
            _ => prop_oneof![is, (0..earlier).prop_map(Formula::Named)].boxed(),
        };
        let grow = |inner: BoxedStrategy<Formula>| {
            let pair = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
            prop_oneof![
                inner.prop_map(|formula| Formula::Not(Box::new(formula))),
                pair.clone().prop_map(|(a, b)| Formula::And(a, b)),
                pair.prop_map(|(a, b)| Formula::Or(a, b)),
            ]
        };
        leaf.prop_recursive(2, 6, 2, grow).boxed()
    }

    fn holds(&self, conditions: &[Formula], given: &Given) -> bool {
        match self {
            Formula::Is(parameter, yes) => given[*parameter] == *yes,
            Formula::Named(index) => conditions[*index].holds(conditions, given),
            Formula::Not(inner) => !inner.holds(conditions, given),
            Formula::And(a, b) => a.holds(conditions, given) && b.holds(conditions, given),
            Formula::Or(a, b) => a.holds(conditions, given) || b.holds(conditions, given),
        }
    }

    fn json(&self) -> Value {
        match self {
            Formula::Is(parameter, yes) => {
                json!({"Fn::Equals": [{"Ref": format!("P{parameter}")}, if *yes { "yes" } else { "no" }]})
            }
            Formula::Named(index) => json!({"Condition": format!("C{index}")}),
            Formula::Not(inner) => json!({"Fn::Not": [inner.json()]}),
            Formula::And(a, b) => json!({"Fn::And": [a.json(), b.json()]}),
            Formula::Or(a, b) => json!({"Fn::Or": [a.json(), b.json()]}),
        }
    }
}

/// What `EnableKeyRotation` is.
#[derive(Clone, Debug)]
enum Setting {
    On,
    Off,
    NoValue,
    If(usize, Box<Setting>, Box<Setting>),
}

impl Setting {
    fn any() -> BoxedStrategy<Setting> {
        let leaf = prop_oneof![4 => Just(Setting::On), 2 => Just(Setting::Off), 1 => Just(Setting::NoValue)];
        let choice = |inner: BoxedStrategy<Setting>| {
            (0..CONDITIONS, inner.clone().prop_map(Box::new), inner.prop_map(Box::new))
                .prop_map(|(condition, then, otherwise)| Setting::If(condition, then, otherwise))
        };
        leaf.prop_recursive(4, 12, 2, choice).boxed()
    }

    fn is_on(&self, conditions: &[Formula], given: &Given) -> bool {
        match self {
            Setting::On => true,
            Setting::Off | Setting::NoValue => false,
            Setting::If(condition, then, otherwise) => match conditions[*condition].holds(conditions, given) {
                true => then.is_on(conditions, given),
                false => otherwise.is_on(conditions, given),
            },
        }
    }

    fn json(&self) -> Value {
        match self {
            Setting::On => json!(true),
            Setting::Off => json!("false"),
            Setting::NoValue => json!({"Ref": "AWS::NoValue"}),
            Setting::If(condition, then, otherwise) => {
                json!({"Fn::If": [format!("C{condition}"), then.json(), otherwise.json()]})
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Key {
    exists: Option<usize>,
    rotation: Setting,
}

impl Key {
    fn any() -> impl Strategy<Value = Key> {
        let exists = prop::option::weighted(0.4, 0..CONDITIONS);
        (exists, Setting::any()).prop_map(|(exists, rotation)| Key { exists, rotation })
    }

    fn exists(&self, conditions: &[Formula], given: &Given) -> bool {
        self.exists.is_none_or(|condition| conditions[condition].holds(conditions, given))
    }

    fn json(&self) -> Value {
        let mut key = json!({"Type": "AWS::KMS::Key", "Properties": {"EnableKeyRotation": self.rotation.json()}});
        if let Some(condition) = self.exists {
            key["Condition"] = json!(format!("C{condition}"));
        }
        key
    }
}

/// Conditions, the rule that every deployment fulfils, and keys.
fn model() -> impl Strategy<Value = (Vec<Formula>, Option<Formula>, Vec<Key>)> {
    let conditions: Vec<_> = (0..CONDITIONS).map(Formula::any).collect();
    // Rules cannot refer to conditions.
    let rule = prop::option::weighted(0.3, Formula::any(0));
    (conditions, rule, prop::collection::vec(Key::any(), 4))
}

fn template(conditions: &[Formula], rule: Option<&Formula>, keys: &[Key]) -> String {
    let parameters: Map<String, Value> = (0..PARAMETERS)
        .map(|index| (format!("P{index}"), json!({"Type": "String", "AllowedValues": ["yes", "no"]})))
        .collect();
    let conditions: Map<String, Value> =
        conditions.iter().enumerate().map(|(index, formula)| (format!("C{index}"), formula.json())).collect();
    let keys: Map<String, Value> =
        keys.iter().enumerate().map(|(index, key)| (format!("K{index}"), key.json())).collect();
    let mut template = json!({"Parameters": parameters, "Conditions": conditions, "Resources": keys});
    if let Some(rule) = rule {
        template["Rules"] = json!({"R": {"Assertions": [{"Assert": rule.json()}]}});
    }
    template.to_string()
}

/// The findings, and whether sealint says that no deployment fulfils the rules.
fn findings(template: &str) -> (Vec<Finding>, bool) {
    let selection = Selection { select: vec!["kms-key-rotation".to_owned()], ..Selection::default() };
    let (rules, _) = RuleSet::new(&selection, &[]);
    let sources = Sources::default();
    let file = File { source: sources.add("template.json", template), kind: Kind::Template };
    let (findings, diagnostics) = check(&[file], &Inputs::default(), None, &rules, &sources);
    let unfulfilled = |diagnostic: &Diagnostic| diagnostic.message.starts_with("no values of the parameters");
    assert!(diagnostics.iter().all(unfulfilled), "{diagnostics:?}");
    (findings, !diagnostics.is_empty())
}

/// The decisions that a witness names: which parameter is, or is not, `yes`.
fn decisions(when: &str) -> Vec<(usize, bool)> {
    let decision = |part: &str| {
        let (index, rest) = part.split_once(" is ")?;
        Some((index.parse().ok()?, rest.starts_with("\"yes\"") || rest.starts_with("not \"no\"")))
    };
    when.split("parameter P").skip(1).filter_map(decision).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn verdicts_are_those_of_every_value((conditions, rule, keys) in model()) {
        let text = template(&conditions, rule.as_ref(), &keys);
        let (findings, unfulfilled) = findings(&text);
        let all = (0..1_u32 << PARAMETERS).map(|mask| std::array::from_fn(|bit| mask & (1 << bit) != 0));
        let all: Vec<Given> = all.collect();
        let fulfils = |given: &Given| rule.as_ref().is_none_or(|rule| rule.holds(&[], given));
        prop_assert_eq!(unfulfilled, !all.iter().any(fulfils));
        // What nothing fulfils bounds nothing.
        let deployments: Vec<Given> = all.into_iter().filter(|given| unfulfilled || fulfils(given)).collect();
        for (index, key) in keys.iter().enumerate() {
            let worlds: Vec<&Given> = deployments.iter().filter(|given| key.exists(&conditions, given)).collect();
            let failing: Vec<&&Given> =
                worlds.iter().filter(|given| !key.rotation.is_on(&conditions, given)).collect();
            let expected = match (failing.len(), worlds.len()) {
                (0, _) => None,
                (some, all) if some == all => Some(Verdict::Fail),
                _ => Some(Verdict::Open),
            };
            let name: Arc<str> = format!("K{index}").into();
            let found: Vec<&Finding> = findings.iter().filter(|finding| finding.resource == name).collect();
            prop_assert_eq!(found.iter().map(|finding| finding.verdict).collect::<Vec<_>>(),
                expected.into_iter().collect::<Vec<_>>(), "{} of {}", name, text);
            let Some(Finding { verdict: Verdict::Open, when: Some(when), .. }) = found.first() else { continue };
            let decided = decisions(when);
            let agree = |given: &Given| decided.iter().all(|(parameter, yes)| given[*parameter] == *yes);
            prop_assert!(!decided.is_empty(), "{} of {}: {}", name, text, when);
            prop_assert!(failing.iter().any(|given| agree(given)), "{} of {}: {}", name, text, when);
            let wrong = worlds.iter().any(|given| agree(given) && key.rotation.is_on(&conditions, given));
            prop_assert!(!wrong, "{} of {}: {}", name, text, when);
        }
    }
}

#[test]
fn two_faults_of_one_place_in_every_world() {
    let template = |principal: &str| {
        format!(
            "Parameters:
  Stage: {{Type: String, AllowedValues: [test, production]}}
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement:
          - {{Sid: Root, Effect: Allow, Principal: {{AWS: \"arn:aws:iam::111122223333:root\"}}, Action: \"kms:*\", Resource: \"*\"}}
          - {{Sid: App, Effect: Allow, Principal: {{AWS: \"arn:aws:iam::111122223333:role/app\"}}, Action: \"kms:CreateGrant\", Resource: \"*\"}}
          - Sid: Reader
            Effect: Allow
            Principal: {{AWS: {principal}}}
            Action: kms:Decrypt
            Resource: \"*\"
"
        )
    };
    let judge = |principal: &str| super::check("kms-key-policy-separation", &[("t.yaml", &template(principal))], &[]);
    let reader = |name: &str| format!("\"arn:aws:iam::111122223333:role/{name}\"");
    let plain = judge(&reader("a"));
    let choice = judge(&format!("!If [IsProduction, {}, {}]", reader("a"), reader("b")));
    assert!(!plain.is_empty());
    assert_eq!(plain, choice);
}
