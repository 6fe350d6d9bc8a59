//! Nested stacks: a template that others nest is judged with what they give it, and only so.

use serde_json::json;

use super::{check, judged, report};

const CMK: &str = "sqs-cmk";

/// A queue whose key is a parameter.
const CHILD: &str = "Parameters:
  KeyId: {Type: String}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref KeyId
";

fn stack(name: &str, template: &str, key: &str) -> String {
    format!(
        "  {name}:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: {template}
      Parameters: {{KeyId: {key}}}
"
    )
}

fn parent(stacks: &[String]) -> String {
    let key = "Resources:\n  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: true}}\n";
    format!("{key}{}", stacks.concat())
}

#[test]
fn the_key_is_passed_down() {
    let given = |key: &str| {
        let parent = parent(&[stack("Messages", "child.yaml", key)]);
        check(CMK, &[("t.yaml", &parent), ("child.yaml", CHILD)], &[])
    };
    assert_eq!(given("!GetAtt Key.Arn"), []);
    assert_eq!(given("alias/aws/sqs"), [("Messages/Queue".to_owned(), "fail".to_owned(), 7, None)]);
}

#[test]
fn a_template_that_nobody_nests_stands_for_itself() {
    let alone = report(CMK, &[("child.yaml", CHILD)], ".", &["--parameter", "KeyId=alias/aws/sqs"]);
    assert_eq!(judged(&alone), [("Queue".to_owned(), "fail".to_owned(), 7, None)]);
    let unknown = report(CMK, &[("child.yaml", CHILD)], ".", &[]);
    let open = judged(&unknown);
    assert_eq!((open.len(), &*open[0].1), (1, "open"), "{open:?}");
}

#[test]
fn a_nested_template_in_the_same_folder_is_judged_in_its_callers_light() {
    for path in [".", "stacks", "stacks/t.yaml"] {
        let files = |key: &str| {
            let parent = parent(&[stack("Messages", "./parts/child.yaml", key)]);
            report(CMK, &[("stacks/t.yaml", &parent), ("stacks/parts/child.yaml", CHILD)], path, &[])
        };
        let good = files("!GetAtt Key.Arn");
        assert_eq!((&good["results"], &good["diagnostics"]), (&json!([]), &json!([])), "{path}");
        let bad = judged(&files("alias/aws/sqs"));
        assert_eq!(bad, [("Messages/Queue".to_owned(), "fail".to_owned(), 7, None)], "{path}");
    }
    let read = report(CMK, &[("t.yaml", &parent(&[stack("A", "child.yaml", "x")])), ("child.yaml", CHILD)], ".", &[]);
    assert_eq!(read["files"]["read"], json!(2));
}

#[test]
fn one_defect_reached_twice_is_one_finding_with_both_calls() {
    let child = "Resources:\n  Queue:\n    Type: AWS::SQS::Queue\n    Properties: {KmsMasterKeyId: alias/aws/sqs}\n";
    let stack = |name: &str| {
        format!("  {name}:\n    Type: AWS::CloudFormation::Stack\n    Properties: {{TemplateURL: child.yaml}}\n")
    };
    let parent =
        |names: &[&str]| format!("Resources:\n{}", names.iter().map(|name| stack(name)).collect::<Vec<_>>().concat());
    let first = parent(&["Orders", "Returns"]);
    let second = parent(&["Stock"]);
    let report = report(CMK, &[("a.yaml", &first), ("b.yaml", &second), ("child.yaml", child)], ".", &[]);
    let results = report["results"].as_array().unwrap();
    assert_eq!(results.len(), 1, "{results:#?}");
    assert_eq!(results[0]["file"], json!("child.yaml"));
    assert_eq!(results[0]["resource"], json!("Orders/Queue"));
    assert_eq!(results[0]["instances"], json!(["Orders/Queue", "Returns/Queue", "Stock/Queue"]));
}

#[test]
fn what_is_wrong_with_a_nested_template_is_said_once() {
    let child = "Resources:\n  Queue: [1]\n";
    let parent = parent(&[stack("A", "child.yaml", "x"), stack("B", "child.yaml", "x")]);
    let report = report(CMK, &[("a.yaml", &parent), ("b.yaml", &parent), ("child.yaml", child)], ".", &[]);
    let diagnostics = report["diagnostics"].as_array().unwrap();
    assert_eq!(diagnostics.len(), 1, "{diagnostics:#?}");
    assert_eq!(diagnostics[0]["file"], json!("child.yaml"));
}

#[test]
fn templates_that_nest_each_other_are_judged_once() {
    let template = |other: &str| {
        format!(
            "Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: {{KmsMasterKeyId: alias/aws/sqs}}
  Other:
    Type: AWS::CloudFormation::Stack
    Properties: {{TemplateURL: {other}}}
"
        )
    };
    let report = report(CMK, &[("a.yaml", &template("b.yaml")), ("b.yaml", &template("a.yaml"))], ".", &[]);
    let judged: Vec<String> = judged(&report).into_iter().map(|(resource, ..)| resource).collect();
    assert_eq!(judged, ["Queue", "Other/Queue"]);
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1);
}

#[test]
fn applications_of_sam_at_a_local_place() {
    let parent = |key: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31
Resources:
  Key: {{Type: AWS::KMS::Key, Properties: {{EnableKeyRotation: true}}}}
  Messages:
    Type: AWS::Serverless::Application
    Properties:
      Location: ./child.yaml
      Parameters: {{KeyId: {key}}}
"
        )
    };
    let given = |key: &str| judged(&report(CMK, &[("t.yaml", &parent(key)), ("child.yaml", CHILD)], ".", &[]));
    assert_eq!(given("!GetAtt Key.Arn"), []);
    assert_eq!(given("alias/aws/sqs"), [("Messages/Queue".to_owned(), "fail".to_owned(), 7, None)]);
}

#[test]
fn stack_sets_are_given_their_parameters_as_a_list() {
    let parent = |key: &str| {
        format!(
            "Resources:
  Everywhere:
    Type: AWS::CloudFormation::StackSet
    Properties:
      TemplateURL: child.yaml
      Parameters: [{{ParameterKey: KeyId, ParameterValue: {key}}}]
"
        )
    };
    let given = |key: &str| check(CMK, &[("t.yaml", &parent(key)), ("child.yaml", CHILD)], &[]);
    assert_eq!(given("alias/orders"), []);
    assert_eq!(given("alias/aws/sqs"), [("Everywhere/Queue".to_owned(), "fail".to_owned(), 7, None)]);
}

#[test]
fn what_is_elsewhere_is_said() {
    let template = "Transform: AWS::Serverless-2016-10-31
Resources:
  Remote:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: !Sub https://templates.s3.${AWS::Region}.amazonaws.com/child.yaml
  Module:
    Type: Example::Data::Queues::MODULE
  Application:
    Type: AWS::Serverless::Application
    Properties:
      Location: {ApplicationId: arn:aws:serverlessrepo:eu-west-1:111122223333:applications/q, SemanticVersion: 1.0.0}
";
    let report = report(CMK, &[("t.yaml", template)], ".", &[]);
    let said: Vec<_> = report["diagnostics"].as_array().unwrap().iter().collect();
    let lines: Vec<_> = said.iter().map(|diagnostic| diagnostic["region"]["start_line"].clone()).collect();
    assert_eq!(lines, [6, 7, 9], "{said:#?}");
    assert!(said.iter().all(|diagnostic| diagnostic["severity"] == "note"), "{said:#?}");
}

#[test]
fn no_template_is_read_from_outside() {
    let outside = folder_with_child();
    let place = outside.path().join("child.yaml");
    let parent = parent(&[stack("A", &place.to_string_lossy(), "x"), stack("B", "../../child.yaml", "x")]);
    let report = report(CMK, &[("t.yaml", &parent)], ".", &[]);
    assert_eq!(report["results"], json!([]));
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let lines: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic["region"]["start_line"].clone()).collect();
    assert_eq!(lines, [6, 11], "{diagnostics:#?}");
}

fn folder_with_child() -> tempfile::TempDir {
    super::folder(&[("child.yaml", CHILD)])
}
