//! What holds for all templates: nothing brings evaluation down, and evaluating once with parameters open says the same
//! as evaluating with each of their values.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use proptest::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::{given, node};
use crate::cloudformation::evaluator::Budget;
use crate::cloudformation::stack::{self, Place, Stack};
use crate::cloudformation::{Inputs, evaluate, inspect};
use crate::value::{Known, Literal, Value, World};

const STAGES: [&str; 3] = ["test", "live", ""];
const MODES: [&str; 2] = ["on", "off"];

/// A string of a template in which anything may stand.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "A",
            "B",
            "C",
            "",
            "AWS::Region",
            "AWS::NoValue",
            "${A}",
            "${B.Arn}-${!A}${",
            "&{X}${X}",
            "Fn::ForEach::L",
            "X",
            "{{resolve:ssm:${A}}}",
            "{{resolve:ssm:",
            "}}",
            "a,b",
            "M",
            "k",
            "B.Outputs.O",
            "Transform",
            "1",
            "10.0.0.0/8",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ]
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => prop::sample::select(vec![
            "Ref", "Fn::Sub", "Fn::Join", "Fn::Split", "Fn::Select", "Fn::GetAtt", "Fn::If", "Fn::FindInMap", "Fn::Equals",
            "Fn::And", "Fn::Or", "Fn::Not", "Condition", "Fn::Base64", "Fn::Cidr", "Fn::Length", "Fn::ToJsonString",
            "Fn::ImportValue", "Fn::Transform", "Fn::GetAZs", "Fn::Contains", "Fn::EachMemberIn", "Fn::ForEach::L",
        ])
        .prop_map(str::to_owned),
        1 => text(),
    ]
}

fn anything() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<i64>().prop_map(Json::from),
        text().prop_map(Json::String),
    ];
    leaf.prop_recursive(6, 60, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Json::Array),
            (key(), inner.clone()).prop_map(|(key, value)| json!({ key: value })),
            prop::collection::btree_map(key(), inner, 0..3).prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

fn section() -> impl Strategy<Value = Json> {
    prop_oneof![
        1 => anything(),
        6 => prop::collection::btree_map(text(), anything(), 0..4).prop_map(|map| Json::Object(map.into_iter().collect())),
    ]
}

fn any_template() -> impl Strategy<Value = Json> {
    (section(), section(), section(), section(), section(), anything(), anything()).prop_map(
        |(parameters, mappings, conditions, rules, outputs, a, b)| {
            json!({
                "Transform": "AWS::LanguageExtensions",
                "Parameters": parameters,
                "Mappings": mappings,
                "Conditions": conditions,
                "Rules": rules,
                "Outputs": outputs,
                "Resources": {
                    "A": {"Type": "AWS::A::A", "Condition": "A", "Properties": a},
                    "B": {"Type": "AWS::CloudFormation::Stack", "Properties": {"Parameters": b, "TemplateURL": "x"}},
                },
            })
        },
    )
}

/// A function whose value is a string, of two parameters and conditions on them.
fn string() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(json!({"Ref": "Stage"})),
        Just(json!({"Ref": "Mode"})),
        Just(json!("test")),
        Just(json!("on")),
        Just(json!({"Fn::Sub": "${Stage}-${Mode}"})),
        Just(json!({"Fn::FindInMap": ["M", {"Ref": "Mode"}, "v"]})),
        Just(json!({"Fn::FindInMap": ["M", {"Ref": "Stage"}, "v", {"DefaultValue": "none"}]})),
    ];
    leaf.prop_recursive(3, 24, 3, |inner| {
        let either = (condition_name(), inner.clone(), inner.clone())
            .prop_map(|(name, then, otherwise)| json!({"Fn::If": [name, then, otherwise]}));
        let optional = (condition_name(), inner.clone())
            .prop_map(|(name, then)| json!({"Fn::If": [name, then, {"Ref": "AWS::NoValue"}]}));
        let items = prop::collection::vec(prop_oneof![inner.clone(), optional], 1..4);
        prop_oneof![
            either,
            items.prop_map(|items| json!({"Fn::Join": ["+", items]})),
            inner.clone().prop_map(|value| json!({"Fn::Base64": value})),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| json!({"Fn::Sub": ["<${a}|${b}>", {"a": a, "b": b}]})),
            (0..2, inner.clone(), inner.clone()).prop_map(|(at, a, b)| json!({"Fn::Select": [at, [a, b]]})),
            inner.prop_map(|value| json!({"Fn::Select": [0, {"Fn::Split": ["-", {"Fn::Join": ["", [value, "-x"]]}]}]})),
        ]
    })
}

fn condition_name() -> impl Strategy<Value = String> {
    (0..4).prop_map(|index| format!("C{index}"))
}

/// A condition that refers to those before it.
fn condition(index: usize) -> impl Strategy<Value = Json> {
    let leaf = (string_leaf(), string_leaf()).prop_map(|(a, b)| json!({"Fn::Equals": [a, b]}));
    let leaf = prop_oneof![3 => leaf, 1 => (0..index.max(1)).prop_map(move |before| match index {
        0 => json!({"Fn::Equals": ["a", {"Ref": "Stage"}]}),
        _ => json!({"Condition": format!("C{before}")}),
    })];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({"Fn::And": parts})),
            prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| json!({"Fn::Or": parts})),
            inner.prop_map(|part| json!({"Fn::Not": [part]})),
        ]
    })
}

fn string_leaf() -> impl Strategy<Value = Json> {
    prop_oneof![
        Just(json!({"Ref": "Stage"})),
        Just(json!({"Ref": "Mode"})),
        prop::sample::select(vec!["test", "live", "on", "", "x-on", "other"]).prop_map(Json::from),
        Just(json!({"Fn::Sub": "x-${Mode}"})),
        Just(json!({"Fn::FindInMap": ["M", {"Ref": "Mode"}, "v"]})),
    ]
}

fn closed_template() -> impl Strategy<Value = Json> {
    let conditions = (condition(0), condition(1), condition(2), condition(3));
    (conditions, prop::collection::vec(string(), 1..4)).prop_map(|((c0, c1, c2, c3), values)| {
        let properties: Map<String, Json> =
            values.into_iter().enumerate().map(|(index, value)| (format!("P{index}"), value)).collect();
        json!({
            "Parameters": {
                "Stage": {"Type": "String", "AllowedValues": STAGES},
                "Mode": {"Type": "String", "AllowedValues": MODES},
            },
            "Mappings": {"M": {"on": {"v": "test"}, "off": {"v": "x-on"}, "live": {"v": "on"}}},
            "Conditions": {"C0": c0, "C1": c1, "C2": c2, "C3": c3},
            "Resources": {"R": {"Type": "AWS::X::Y", "Condition": "C3", "Properties": properties}},
        })
    })
}

fn stack_of(template: &Json, inputs: &Inputs) -> Stack {
    stack::evaluate(&node(template), inputs, &Place::default(), &mut Budget::default()).0
}

/// The world in which the parameters of `stack` have these values.
fn world(stage: &str, mode: &str) -> World {
    let parameters = json!({
        "Parameters": {
            "Stage": {"Type": "String", "AllowedValues": STAGES},
            "Mode": {"Type": "String", "AllowedValues": MODES},
        },
        "Resources": {"R": {"Type": "T", "Properties": [{"Ref": "Stage"}, {"Ref": "Mode"}]}},
        "Outputs": {"S": {"Value": {"Ref": "Stage"}}, "M": {"Value": {"Ref": "Mode"}}},
    });
    let stack = stack_of(&parameters, &Inputs::default());
    let variable = |name: &str| match stack.outputs.get(name).and_then(Value::as_unknown).map(|u| &u.known) {
        Some(Known::Variable(variable)) => variable.clone(),
        other => panic!("{name} is {other:?}"),
    };
    World::default()
        .with(&variable("S"), Literal::String(stage.into()))
        .with(&variable("M"), Literal::String(mode.into()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn evaluation_never_panics(template in any_template()) {
        let template = node(&template);
        evaluate(&template, &Inputs::default());
        evaluate(&template, &given(&[("A", "x"), ("AWS::Region", "eu-west-1")]));
        inspect::values(&template, &Inputs::default());
        inspect::template(&template, &Inputs::default());
    }

    #[test]
    fn open_parameters_say_what_each_of_their_values_says(template in closed_template()) {
        let open = stack_of(&template, &Inputs::default());
        let properties = template["Resources"]["R"]["Properties"].to_string();
        for stage in STAGES {
            for mode in MODES {
                let world = world(stage, mode);
                let closed = stack_of(&template, &given(&[("Stage", stage), ("Mode", mode)]));
                for (name, condition) in &open.conditions {
                    prop_assert_eq!(
                        condition.holds(&world),
                        closed.conditions[name].holds(&World::default()),
                        "{} where Stage is {:?} and Mode is {:?}", name, stage, mode
                    );
                }
                let (open, closed) = (&open.resources[0], &closed.resources[0]);
                prop_assert_eq!(open.exists.holds(&world), closed.exists.holds(&World::default()));
                for (name, entry) in open.values.as_map().unwrap() {
                    let expected = closed.values.get(name).map_or(Json::Null, inspect::json);
                    let said = inspect::json(&entry.value.in_world(&world));
                    // What is wrong in this world is known to be so only when it is evaluated there; and the cases that
                    // functions of partly known strings tell apart are bounded.
                    let by_cases = ["Fn::Split", "Fn::Base64"].iter().any(|name| properties.contains(name));
                    let beyond = by_cases && said.get("$unknown").is_some();
                    if expected.get("$unknown").is_none() && !beyond {
                        prop_assert_eq!(
                            said, expected, "{} where Stage is {:?} and Mode is {:?}", name, stage, mode
                        );
                    }
                }
            }
        }
    }
}
