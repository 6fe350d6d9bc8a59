//! The evaluation of whole templates, by family of functions.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::{Inputs, Parameters, evaluate, inspect};
use crate::diagnostic::{Code, Diagnostic};
use crate::files::Files;
use crate::parse::json::parse;
use crate::parse::node::Node;
use crate::resource::Unit;
use crate::source::{FileId, Source};
use crate::value::{Condition, Known, Literal, StringPart, Symbol, Value, World};

mod properties;

fn node(template: &Json) -> Node {
    let source = Source::new(FileId(0), "template.json", template.to_string());
    let (node, diagnostics) = parse(&source);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    node
}

fn given(pairs: &[(&str, &str)]) -> Inputs {
    let parameters: Parameters = pairs.iter().map(|(name, value)| ((*name).into(), Value::string(value))).collect();
    Inputs { parameters, files: None }
}

fn unit(template: &Json, inputs: &Inputs) -> (Unit, Vec<Diagnostic>) {
    evaluate(&node(template), inputs)
}

/// A template around one property, with sections that the tests share.
fn around(property: &Json) -> Json {
    json!({
        "Parameters": {
            "Stage": {"Type": "String", "AllowedValues": ["test", "live"]},
            "Name": {"Type": "String", "MinLength": 1},
            "Zones": {"Type": "CommaDelimitedList", "Default": "one, two"},
            "Days": {"Type": "Number", "Default": 30},
            "Image": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/images/base"},
        },
        "Mappings": {
            "ByStage": {
                "test": {"Rotate": "no", "Size": 1, "Same": "x"},
                "live": {"Rotate": "yes", "Size": 2, "Same": "x"},
            },
        },
        "Conditions": {
            "IsLive": {"Fn::Equals": [{"Ref": "Stage"}, "live"]},
            "Always": {"Fn::Equals": ["a", "a"]},
        },
        "Resources": {
            "Key": {"Type": "AWS::KMS::Key"},
            "It": {"Type": "AWS::X::Y", "Properties": {"P": property}},
        },
    })
}

/// The property's value.
fn value(property: &Json) -> Value {
    let (unit, _) = unit(&around(property), &Inputs::default());
    unit.resources[1].values.get("P").cloned().unwrap_or_else(Value::null)
}

/// The property as `inspect` prints it, with the number of diagnostics.
fn shown(property: &Json) -> (Json, usize) {
    let (json, diagnostics) = inspect::values(&node(&around(property)), &Inputs::default());
    (json["resources"]["It"]["Properties"]["P"].clone(), diagnostics.len())
}

fn gives(property: Json, expected: Json) {
    assert_eq!(shown(&property), (expected, 0), "{property}");
}

fn is_refused(property: Json) {
    let (json, diagnostics) = shown(&property);
    assert_eq!(json, json!({"$unknown": "is in error"}), "{property}");
    assert_eq!(diagnostics, 1, "{property}");
}

fn known(property: Json) -> Known {
    value(&property).as_unknown().unwrap_or_else(|| panic!("{property} is known")).known.clone()
}

/// The value where `Stage` is `stage`.
fn on(stage: &str, value: &Value) -> Value {
    let Some(Known::Variable(variable)) = self::value(&json!({"Ref": "Stage"})).as_unknown().map(|u| u.known.clone())
    else {
        panic!("Stage has a value")
    };
    value.in_world(&World::default().with(&variable, Literal::String(stage.into())))
}

#[test]
fn references() {
    gives(json!({"Ref": "Days"}), json!("30"));
    gives(json!({"Ref": "Zones"}), json!(["one", "two"]));
    assert!(matches!(known(json!({"Ref": "AWS::AccountId"})), Known::Symbol(Symbol::Account)));
    assert!(matches!(known(json!({"Ref": "Image"})), Known::Variable(_)));
    let Known::Reference(arn) = known(json!({"Fn::GetAtt": ["Key", "Arn"]})) else { panic!("no reference") };
    assert_eq!((&*arn.address, &*arn.attribute), ("Key", "Arn"));
    let Known::Reference(short) = known(json!({"Fn::GetAtt": "Key.Arn"})) else { panic!("no reference") };
    assert_eq!(arn, short);
    let Known::Reference(id) = known(json!({"Ref": "Key"})) else { panic!("no reference") };
    assert_eq!(&*id.attribute, "Ref");
    is_refused(json!({"Ref": "Nobody"}));
    is_refused(json!({"Fn::GetAtt": ["Nobody", "Arn"]}));
    is_refused(json!({"Fn::GetAtt": "Key"}));
}

#[test]
fn substitution() {
    gives(json!({"Fn::Sub": "${Days} days, ${!Days}, $Days, ${"}), json!("30 days, ${Days}, $Days, ${"));
    gives(json!({"Fn::Sub": ["${A}-${Days}", {"A": {"Fn::Join": ["+", ["x", "y"]]}}]}), json!("x+y-30"));
    is_refused(json!({"Fn::Sub": "${Nobody}"}));
    is_refused(json!({"Fn::Sub": "${a b}"}));
    is_refused(json!({"Fn::Sub": "${Zones}"}));
    let Known::Parts(parts) = known(json!({"Fn::Sub": "arn:${AWS::Partition}:kms:${AWS::Region}:x"})) else {
        panic!("no parts")
    };
    assert_eq!(parts.len(), 5);
    assert!(matches!(&parts[0], StringPart::Literal(text) if text.as_str() == "arn:"));
}

#[test]
fn lists_and_strings() {
    gives(json!({"Fn::Join": ["-", ["a", 1, true]]}), json!("a-1-true"));
    gives(json!({"Fn::Join": ["-", {"Ref": "Zones"}]}), json!("one-two"));
    gives(json!({"Fn::Split": ["-", "a--b"]}), json!(["a", "", "b"]));
    gives(json!({"Fn::Select": ["1", {"Ref": "Zones"}]}), json!("two"));
    gives(json!({"Fn::Select": [4, {"Fn::Split": [":", {"Fn::Sub": "a:${AWS::Region}:c:d:e"}]}]}), json!("e"));
    gives(json!({"Fn::Length": {"Ref": "Zones"}}), json!(2));
    gives(json!({"Fn::Base64": "seal"}), json!("c2VhbA=="));
    gives(json!({"Fn::ToJsonString": {"a": [1, "b"]}}), json!("{\"a\":[1,\"b\"]}"));
    gives(json!({"Fn::Cidr": ["10.1.0.0/16", 2, "8"]}), json!(["10.1.0.0/24", "10.1.1.0/24"]));
    gives(json!({"Fn::Cidr": ["fd00::/56", 1, 64]}), json!(["fd00::/64"]));
    for bad in [
        json!({"Fn::Join": ["-", "a"]}),
        json!({"Fn::Join": ["-", [["a"]]]}),
        json!({"Fn::Join": [["-"], ["a"]]}),
        json!({"Fn::Split": ["", "a"]}),
        json!({"Fn::Select": [2, {"Ref": "Zones"}]}),
        json!({"Fn::Select": [-1, {"Ref": "Zones"}]}),
        json!({"Fn::Length": "a"}),
        json!({"Fn::Cidr": ["10.0.0.0/24", 300, 4]}),
        json!({"Fn::Cidr": ["10.0.0.0/24", 2, 30]}),
    ] {
        is_refused(bad);
    }
}

#[test]
fn look_up_in_mappings() {
    gives(json!({"Fn::FindInMap": ["ByStage", "live", "Size"]}), json!(2));
    gives(json!({"Fn::FindInMap": ["ByStage", "none", "Size", {"DefaultValue": 7}]}), json!(7));
    // Every value that the key can have leads to the same.
    gives(json!({"Fn::FindInMap": ["ByStage", {"Ref": "Stage"}, "Same"]}), json!("x"));
    is_refused(json!({"Fn::FindInMap": ["ByStage", "none", "Size"]}));
    let by_stage = value(&json!({"Fn::FindInMap": ["ByStage", {"Ref": "Stage"}, "Rotate"]}));
    assert_eq!(on("live", &by_stage).as_str(), Some("yes"));
    assert_eq!(on("test", &by_stage).as_str(), Some("no"));
}

#[test]
fn choices() {
    gives(json!({"Fn::If": ["Always", 1, 2]}), json!(1));
    gives(
        json!({"a": {"Fn::If": ["Always", {"Ref": "AWS::NoValue"}, 2]}, "b": [{"Ref": "AWS::NoValue"}]}),
        json!({"b": []}),
    );
    gives(json!({"Fn::If": ["IsLive", 1, 1]}), json!(1));
    let choice = value(&json!({"Fn::If": ["IsLive", "x", {"Ref": "AWS::NoValue"}]}));
    assert_eq!(on("live", &choice).as_str(), Some("x"));
    assert!(on("test", &choice).is_null());
    let Known::Choice(known) = known(json!({"Fn::If": ["IsLive", "x", "y"]})) else { panic!("no choice") };
    assert_eq!(&*known.name, "IsLive");
    // Functions of a choice are choices by the same condition.
    let encoded = value(&json!({"Fn::Base64": {"Fn::If": ["IsLive", "a", "b"]}}));
    assert_eq!(on("live", &encoded).as_str(), Some("YQ=="));
}

#[test]
fn joined_items_that_may_be_absent() {
    let optional = |text: &str| json!({"Fn::If": ["IsLive", text, {"Ref": "AWS::NoValue"}]});
    for (items, live, test) in [
        (json!(["a", optional("b"), "c"]), "a,b,c", "a,c"),
        (json!([optional("a"), "b"]), "a,b", "b"),
        (json!([optional("a"), optional("b")]), "a,b", ""),
        (json!([optional("a"), optional("b"), "c", optional("d")]), "a,b,c,d", "c"),
    ] {
        let joined = value(&json!({"Fn::Join": [",", items]}));
        assert_eq!(on("live", &joined).as_str(), Some(live), "{items}");
        assert_eq!(on("test", &joined).as_str(), Some(test), "{items}");
    }
}

#[test]
fn dynamic_references_are_not_literals() {
    let secret = value(&json!("{{resolve:secretsmanager:db:SecretString:password}}"));
    assert!(secret.as_unknown().unwrap().reason.to_string().contains("secretsmanager:db"));
    for property in [
        json!({"Fn::Sub": "{{resolve:ssm-secure:/${Stage}/token:1}}"}),
        json!({"Fn::Join": ["", ["{{resolve:secretsmanager:", {"Ref": "Key"}, ":SecretString}}"]]}),
    ] {
        let value = value(&property);
        assert!(matches!(value.as_unknown().unwrap().known, Known::Nothing), "{property}");
    }
    let Known::Parts(parts) = known(json!("user={{resolve:ssm:/user}};mode=ro")) else { panic!("no parts") };
    assert_eq!(parts.len(), 3);
    gives(json!("{{resolve:other:x}} {{resolve:ssm:"), json!("{{resolve:other:x}} {{resolve:ssm:"));
}

#[test]
fn what_is_read_elsewhere_is_unknown() {
    for property in [
        json!({"Fn::ImportValue": "shared-key"}),
        json!({"Fn::GetAZs": ""}),
        json!({"Fn::Select": [0, {"Fn::GetAZs": {"Ref": "AWS::Region"}}]}),
        json!({"Fn::Transform": {"Name": "Other", "Parameters": {}}}),
        json!({"Ref": "Image"}),
    ] {
        assert!(value(&property).is_unknown(), "{property}");
    }
}

fn conditions(conditions: &Json, inputs: &Inputs) -> Json {
    let mut template = around(&json!(1));
    template["Conditions"] = conditions.clone();
    inspect::values(&node(&template), inputs).0["conditions"].clone()
}

#[test]
fn conditions_that_are_decided() {
    let json = conditions(
        &json!({
            "Outside": {"Fn::Equals": [{"Ref": "Stage"}, "other"]},
            "Empty": {"Fn::Equals": [{"Ref": "Name"}, ""]},
            "Both": {"Fn::And": [{"Condition": "Not"}, {"Fn::Equals": [{"Ref": "Days"}, 30]}]},
            "Not": {"Fn::Not": [{"Condition": "Outside"}]},
            "Either": {"Fn::Or": [{"Condition": "Open"}, {"Condition": "Not"}]},
            "Open": {"Fn::Equals": [{"Ref": "Stage"}, "live"]},
            "Itself": {"Fn::Equals": [{"Fn::Sub": "x-${Stage}"}, {"Fn::Sub": "x-${Stage}"}]},
            "Prefix": {"Fn::Equals": [{"Fn::Sub": "x-${Stage}"}, "y-live"]},
        }),
        &Inputs::default(),
    );
    assert_eq!(json["Outside"], json!(false));
    assert_eq!(json["Empty"], json!(false));
    assert_eq!(json["Both"], json!(true));
    assert_eq!(json["Either"], json!(true));
    assert!(json["Open"].is_object());
    assert_eq!(json["Itself"], json!(true));
    assert_eq!(json["Prefix"], json!(false));
    let region = json!({"Here": {"Fn::Equals": [{"Ref": "AWS::Region"}, "eu-west-1"]}});
    assert!(conditions(&region, &Inputs::default())["Here"].is_object());
    assert_eq!(conditions(&region, &given(&[("AWS::Region", "eu-west-1")]))["Here"], json!(true));
}

#[test]
fn a_condition_on_itself_is_reported() {
    let mut template = around(&json!(1));
    template["Conditions"] = json!({"A": {"Condition": "B"}, "B": {"Fn::Not": [{"Condition": "A"}]}});
    let (_, diagnostics) = unit(&template, &Inputs::default());
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].code, Code::Template);
}

#[test]
fn formulas_that_double_stay_small() {
    let mut template = around(&json!(1));
    let mut conditions = serde_json::Map::new();
    conditions.insert("C0".to_owned(), json!({"Fn::Equals": [{"Ref": "Stage"}, "live"]}));
    for level in 1..64 {
        let below = json!({"Condition": format!("C{}", level - 1)});
        let other = json!({"Fn::Not": [below]});
        conditions.insert(format!("C{level}"), json!({"Fn::Or": [{"Fn::And": [below, below]}, other]}));
    }
    template["Conditions"] = Json::Object(conditions);
    let (_, diagnostics) = unit(&template, &Inputs::default());
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Limit));
}

#[test]
fn resources_exist_by_their_condition() {
    let mut template = around(&json!(1));
    template["Resources"]["It"]["Condition"] = json!("IsLive");
    template["Resources"]["It"]["DeletionPolicy"] = json!("Retain");
    template["Resources"]["It"]["Metadata"] = json!({"aws:cdk:path": "App/Stack/It"});
    let (unit, diagnostics) = unit(&template, &Inputs::default());
    assert!(diagnostics.is_empty());
    let it = &unit.resources[1];
    assert!(matches!(&it.exists, Condition::Is(variable, _) if &*variable.name == "parameter Stage"));
    assert_eq!(it.meta.get("DeletionPolicy").and_then(Value::as_str), Some("Retain"));
    assert_eq!(it.label.as_deref(), Some("App/Stack/It"));
    assert!(unit.resources[0].values.as_map().is_some_and(|entries| entries.is_empty()));
}

#[test]
fn rules_are_constraints() {
    let mut template = around(&json!(1));
    template["Rules"] = json!({"R": {
        "RuleCondition": {"Fn::Equals": [{"Ref": "Stage"}, "live"]},
        "Assertions": [{"Assert": {"Fn::Contains": [["a", "b"], {"Ref": "Name"}]}}],
    }});
    let (unit, diagnostics) = unit(&template, &Inputs::default());
    assert!(diagnostics.is_empty());
    let mut variables = Vec::new();
    unit.constraints[0].for_each_variable(&mut |variable, _| variables.push(variable.name.to_string()));
    assert_eq!(variables, ["parameter Stage", "parameter Name", "parameter Name"]);
}

#[test]
fn a_default_points_at_where_it_is_written() {
    let (unit, _) = unit(&around(&json!({"Ref": "Days"})), &Inputs::default());
    let entry = unit.resources[1].values.entry("P").unwrap();
    let text = around(&json!({"Ref": "Days"})).to_string();
    let slice = |span: crate::source::Span| &text[span.range()];
    assert_eq!(slice(entry.value.origin.span.unwrap()), "30");
    assert_eq!(slice(entry.place.unwrap()), r#"{"Ref":"Days"}"#);
    assert_eq!(entry.value.origin.hops().count(), 1);
}

#[test]
fn secrets_that_are_given_are_not_shown() {
    let mut template = around(&json!({"Fn::Sub": "pw=${Secret}"}));
    template["Parameters"]["Secret"] = json!({"Type": "String", "NoEcho": true});
    let inputs = given(&[("Secret", "hunter2")]);
    let (unit, _) = unit(&template, &inputs);
    let secret = unit.resources[1].values.get("P").unwrap();
    assert!(secret.sensitive && secret.as_str() == Some("pw=hunter2"));
    assert!(!inspect::values(&node(&template), &inputs).0.to_string().contains("hunter2"));
}

#[test]
fn odd_parts_leave_the_rest() {
    let mut template = around(&json!("kept"));
    template["Resources"]["List"] = json!([1]);
    template["Resources"]["Typeless"] = json!({"Properties": {}});
    template["Resources"]["Numbered"] = json!({"Type": 3});
    template["Resources"]["Worded"] = json!({"Type": "AWS::A::B", "Properties": "x"});
    template["Conditions"]["Odd"] = json!("text");
    template["Mappings"] = json!([]);
    template["Transform"] = json!(["Company::Macro"]);
    let (unit, diagnostics) = unit(&template, &Inputs::default());
    let addresses: Vec<&str> = unit.resources.iter().map(|resource| &*resource.address).collect();
    assert_eq!(addresses, ["Key", "It", "Worded"]);
    assert_eq!(diagnostics.len(), 7, "{diagnostics:#?}");
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.span.is_some()));
    let (unit, diagnostics) = self::unit(&json!({"Resources": []}), &Inputs::default());
    assert!(unit.resources.is_empty() && diagnostics.len() == 1);
}

#[test]
fn loops() {
    let template = json!({
        "Transform": "AWS::LanguageExtensions",
        "Parameters": {"Names": {"Type": "CommaDelimitedList", "Default": "a-1,b"}},
        "Resources": {
            "Fn::ForEach::Tables": ["Name", {"Ref": "Names"}, {
                "Table&{Name}": {"Type": "AWS::DynamoDB::Table", "Properties": {
                    "TableName": {"Fn::Sub": "t-${Name}"},
                    "Fn::ForEach::Inner": ["Key", ["X", "Y"], {"${Key}": {"Ref": "Name"}}],
                }},
            }],
        },
    });
    let (json, diagnostics) = inspect::values(&node(&template), &Inputs::default());
    assert_eq!(diagnostics, []);
    assert_eq!(json["resources"]["Tablea1"]["Properties"], json!({"TableName": "t-a-1", "X": "a-1", "Y": "a-1"}));
    assert_eq!(json["resources"]["Tableb"]["Properties"]["TableName"], "t-b");
    let (expanded, _) = inspect::template(&node(&template), &Inputs::default());
    assert_eq!(expanded["Resources"]["Tableb"]["Properties"]["TableName"], "t-b");
}

#[test]
fn a_loop_over_what_is_not_given_runs_once() {
    let template = json!({
        "Transform": "AWS::LanguageExtensions",
        "Parameters": {"Names": {"Type": "CommaDelimitedList"}},
        "Resources": {"Fn::ForEach::Tables": ["Name", {"Ref": "Names"}, {
            "Table${Name}": {"Type": "AWS::T::T", "Properties": {"A": {"Fn::Sub": "t-${Name}"}, "B": 1}},
        }]},
    });
    let (unit, _) = unit(&template, &Inputs::default());
    assert_eq!(unit.resources.len(), 1);
    assert!(unit.resources[0].values.get("A").is_some_and(Value::is_unknown));
}

#[test]
fn loops_are_bounded() {
    let items: Vec<String> = (0..200).map(|item| item.to_string()).collect();
    let mut body = json!({"R${A}${B}${C}": {"Type": "AWS::T::T"}});
    for name in ["A", "B", "C"] {
        body = json!({format!("Fn::ForEach::{name}"): [name, items, body]});
    }
    let (unit, diagnostics) =
        unit(&json!({"Transform": "AWS::LanguageExtensions", "Resources": body}), &Inputs::default());
    assert!(!unit.resources.is_empty());
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == Code::Limit));
}

#[test]
fn deep_nesting_is_bounded() {
    type Wrap = fn(Json) -> Json;
    let wraps: [Wrap; 7] = [
        |inner| json!([inner]),
        |inner| json!({"Fn::If": ["IsLive", inner, "x"]}),
        |inner| json!({"Fn::Join": ["", ["x", inner]]}),
        |inner| json!({"Fn::Sub": ["${a}", {"a": inner}]}),
        |inner| json!({"Fn::FindInMap": ["No", "k", "v", {"DefaultValue": inner}]}),
        |inner| json!({"Fn::Select": [0, {"Fn::Split": ["-", inner]}]}),
        |inner| json!({"Fn::Not": [inner]}),
    ];
    for wrap in wraps {
        let mut property = json!({"Ref": "Stage"});
        let levels = wrap(json!(0)).to_string().matches(['[', '{']).count();
        for _ in 0..240 / levels {
            property = wrap(property);
        }
        let (unit, _) = unit(&around(&property), &Inputs::default());
        assert_eq!(unit.resources.len(), 2);
        assert!(unit.resources[1].values.clone().in_world(&World::default()) == unit.resources[1].values);
    }
}

#[test]
fn values_that_double_stay_small() {
    type Wrap = fn(Json) -> Json;
    let wraps: [Wrap; 2] = [
        |inner| json!({"Fn::Sub": ["${a}${a}", {"a": {"Fn::If": ["IsLive", inner, "x"]}}]}),
        |inner| json!({"Fn::FindInMap": ["ByStage", {"Ref": "Stage"}, {"Ref": "Name"}, {"DefaultValue": inner}]}),
    ];
    for wrap in wraps {
        let mut property = json!({"Ref": "Stage"});
        for _ in 0..45 {
            property = wrap(property);
        }
        let (json, _) = shown(&property);
        assert!(json.is_object(), "{json}");
    }
}

#[test]
fn many_conditions_on_many_resources_are_cheap() {
    let mut template = around(&json!(1));
    for index in 0..30 {
        template["Parameters"][format!("P{index}")] = json!({"Type": "String", "AllowedValues": ["a", "b"]});
        template["Conditions"][format!("C{index}")] = json!({"Fn::Equals": [{"Ref": format!("P{index}")}, "a"]});
    }
    for index in 0..200 {
        let both = |name: &str| json!({"Fn::If": [format!("C{}", index % 30), name, {"Fn::If": [format!("C{}", (index + 7) % 30), 1, 2]}]});
        template["Resources"][format!("R{index}")] = json!({
            "Type": "AWS::X::Y", "Condition": format!("C{}", (index + 3) % 30), "Properties": {"A": both("a"), "B": both("b")},
        });
    }
    let started = std::time::Instant::now();
    let (unit, diagnostics) = unit(&template, &Inputs::default());
    assert_eq!((unit.resources.len(), diagnostics.len()), (202, 0));
    assert!(started.elapsed() < std::time::Duration::from_secs(2), "{:?}", started.elapsed());
}

/// Files in memory.
struct Folder(Vec<(&'static str, Arc<Source>)>);

impl Folder {
    fn shared(files: &[(&'static str, Json)]) -> Arc<dyn Files> {
        let source = |id: usize, json: &Json| Arc::new(Source::new(FileId(id as u32 + 1), "child", json.to_string()));
        Arc::new(Folder(files.iter().enumerate().map(|(id, (path, json))| (*path, source(id, json))).collect()))
    }
}

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Arc<Source>, String> {
        let found = self.0.iter().find(|(name, _)| *name == path);
        found.map(|(_, source)| Arc::clone(source)).ok_or_else(|| "not found".to_owned())
    }

    fn read_bytes(&self, _: &str) -> Result<Vec<u8>, String> {
        Err("not found".to_owned())
    }

    fn exists(&self, path: &str) -> Result<bool, String> {
        Ok(self.read(path).is_ok())
    }

    fn glob(&self, _: &str, _: &str) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }
}

#[test]
fn nested_stacks_pass_values_both_ways() {
    let child = json!({
        "Parameters": {"KeyArn": {"Type": "String"}, "Stage": {"Type": "String", "AllowedValues": ["live", "lab"]}},
        "Conditions": {"Live": {"Fn::Equals": [{"Ref": "Stage"}, "live"]}},
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue", "Condition": "Live", "Properties": {"KmsMasterKeyId": {"Ref": "KeyArn"}}},
        },
        "Outputs": {"Queue": {"Value": {"Fn::GetAtt": ["Queue", "Arn"]}}, "Stage": {"Value": {"Ref": "Stage"}}},
    });
    let mut template = around(&json!({"Fn::GetAtt": ["Messages", "Outputs.Queue"]}));
    template["Resources"]["Messages"] = json!({"Type": "AWS::CloudFormation::Stack", "Properties": {
        "TemplateURL": "./deep/messages.json",
        "Parameters": {"KeyArn": {"Fn::GetAtt": ["Key", "Arn"]}, "Stage": {"Ref": "Stage"}},
    }});
    let files = Folder::shared(&[("deep/messages.json", child)]);
    let (unit, diagnostics) = unit(&template, &Inputs { files: Some(files), ..Inputs::default() });
    assert_eq!(diagnostics, []);
    let queue = unit.resources.iter().find(|resource| &*resource.address == "Messages/Queue").unwrap();
    let key = queue.values.get("KmsMasterKeyId").unwrap();
    assert_eq!(&*key.as_unknown().unwrap().reference().unwrap().address, "Key");
    assert_eq!(&*queue.calls[0].address, "Messages");
    assert!(matches!(&queue.exists, Condition::Is(variable, _) if &*variable.key == "parameter Stage"));
    let output = unit.resources[1].values.get("P").unwrap();
    assert_eq!(&*output.as_unknown().unwrap().reference().unwrap().address, "Messages/Queue");
    assert_eq!(unit.files, [FileId(0), FileId(1)]);
    // The child accepts but one of the values that the parent's parameter can have.
    assert!(matches!(&unit.constraints[..], [Condition::Is(_, Literal::String(only))] if &**only == "live"));
}

#[test]
fn what_a_nested_stack_asks_for_holds_where_there_is_one() {
    let child = json!({
        "Parameters": {"Name": {"Type": "String"}},
        "Rules": {"R": {"Assertions": [{"Assert": {"Fn::Equals": [{"Ref": "Name"}, "a"]}}]}},
        "Resources": {"Queue": {"Type": "AWS::SQS::Queue"}},
    });
    let mut template = around(&json!(1));
    template["Resources"]["Messages"] = json!({"Type": "AWS::CloudFormation::Stack", "Condition": "IsLive", "Properties": {
        "TemplateURL": "child.json", "Parameters": {"Name": {"Ref": "Name"}},
    }});
    let files = Folder::shared(&[("child.json", child)]);
    let (unit, _) = unit(&template, &Inputs { files: Some(files), ..Inputs::default() });
    let mut variables = Vec::new();
    unit.constraints[0].for_each_variable(&mut |variable, _| variables.push(variable.name.to_string()));
    assert_eq!(
        (unit.constraints.len(), variables),
        (1, vec!["parameter Stage".to_owned(), "parameter Name".to_owned()])
    );
}

#[test]
fn a_stack_in_itself_ends() {
    let stack = |name: &str| json!({"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": name}});
    let template = json!({"Resources": {"A": stack("self.json"), "B": stack("self.json"), "C": stack("gone.json")}});
    let files = Folder::shared(&[("self.json", template.clone())]);
    let (unit, diagnostics) = unit(&template, &Inputs { files: Some(files), ..Inputs::default() });
    assert_eq!(unit.resources.len(), 9);
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.message.contains("nested in")));
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code == Code::MissingModule));
}

#[test]
fn included_snippets() {
    let snippet = json!({"Queue": {"Type": "AWS::SQS::Queue", "Properties": {"SqsManagedSseEnabled": false}}});
    let include = |at: &str| json!({"Name": "AWS::Include", "Parameters": {"Location": at}});
    let template = json!({
        "Resources": {
            "Fn::Transform": include("parts/queue.json"),
            "Other": {"Type": "AWS::X::Y", "Properties": {"P": {"Fn::Transform": include("s3://bucket/part.json")}}},
        },
    });
    let files = Folder::shared(&[("parts/queue.json", snippet)]);
    let (unit, diagnostics) = unit(&template, &Inputs { files: Some(files), ..Inputs::default() });
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    let queue = unit.resources.iter().find(|resource| &*resource.address == "Queue").unwrap();
    assert_eq!(queue.header.file, FileId(1));
    assert_eq!(queue.values.get("SqsManagedSseEnabled").and_then(Value::as_bool), Some(false));
}
