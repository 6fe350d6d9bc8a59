//! CloudFormation templates through the whole program: failing cases with their passing twins.

mod inputs;
mod nested;
mod odd;
mod sam;
mod worlds;

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};
use tempfile::TempDir;

/// What a rule says of a template: resource, verdict, line, and in which case.
type Judged = (String, String, u64, Option<String>);

const ROTATION: &str = "kms-key-rotation";

const KEY: &str = r#"Parameters:
  Stage: {Type: String, AllowedValues: [test, live]}
  Rotate: {Type: String, AllowedValues: ["true", "false"]}
  Off: {Type: String, AllowedValues: ["false"]}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  Never: !Equals [!Ref Stage, other]
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      EnableKeyRotation: "#;

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// What the program prints when it runs in a folder.
fn run(folder: &TempDir, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sealint")).current_dir(folder.path()).args(args).output().unwrap()
}

/// The report on `path` in a folder with these files.
fn report(rule: &str, files: &[(&str, &str)], path: &str, args: &[&str]) -> Value {
    let fixed = ["check", "--no-config", "--format", "json", "--show-open", "--select", rule, path];
    let output = run(&folder(files), &[&fixed, args].concat());
    serde_json::from_slice(&output.stdout).unwrap()
}

fn judged(report: &Value) -> Vec<Judged> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let results = report["results"].as_array().unwrap().iter().map(|result| {
        let line = result["region"]["start_line"].as_u64().unwrap();
        (text(&result["resource"]).unwrap(), text(&result["verdict"]).unwrap(), line, text(&result["when"]))
    });
    results.collect()
}

/// What a rule says of the first of these files, about which there is nothing else to say.
#[track_caller]
fn check(rule: &str, files: &[(&str, &str)], args: &[&str]) -> Vec<Judged> {
    let report = report(rule, files, files[0].0, args);
    assert_eq!(report["diagnostics"], json!([]));
    judged(&report)
}

/// The rule on key rotation, where `EnableKeyRotation` is `value`.
fn rotation(value: &str, args: &[&str]) -> Vec<Judged> {
    check(ROTATION, &[("template.yaml", &format!("{KEY}{value}\n"))], args)
}

fn fails(line: u64) -> Vec<Judged> {
    vec![("Key".to_owned(), "fail".to_owned(), line, None)]
}

fn is_open(when: &str) -> Vec<Judged> {
    vec![("Key".to_owned(), "open".to_owned(), 12, Some(format!("fails when {when}")))]
}

#[test]
fn branches_of_a_condition() {
    assert_eq!(rotation("!If [IsLive, true, true]", &[]), []);
    assert_eq!(rotation("!If [IsLive, true, false]", &[]), is_open("parameter Stage is \"test\""));
    assert_eq!(rotation("!If [IsLive, true, !Ref AWS::NoValue]", &[]), is_open("parameter Stage is \"test\""));
    assert_eq!(rotation("!If [IsLive, false, !Ref AWS::NoValue]", &[]), fails(12));
    assert_eq!(rotation("!If [IsLive, true, false]", &["--parameter", "Stage=live"]), []);
    assert_eq!(rotation("!If [IsLive, true, false]", &["--parameter", "Stage=test"]), fails(12));
}

#[test]
fn resources_that_exist_under_a_condition() {
    let sometimes = Some("fails when parameter Stage is \"live\"".to_owned());
    let fails_then = vec![("Key".to_owned(), "fail".to_owned(), 12, sometimes)];
    assert_eq!(rotation("false\n    Condition: IsLive", &[]), fails_then);
    assert_eq!(rotation("false\n    Condition: Never", &[]), []);
}

#[test]
fn parameters_without_default() {
    assert_eq!(rotation("!Ref Rotate", &[]), is_open("parameter Rotate is \"false\""));
    assert_eq!(rotation("!Ref Rotate", &["--parameter", "Rotate=true"]), []);
    assert_eq!(rotation("!Ref Off", &[]), fails(12));
}

#[test]
fn loops_over_tables() {
    let tables = |encrypted: bool| {
        format!(
            "Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Tables:
    - Name
    - [Orders, Users]
    - ${{Name}}Table:
        Type: AWS::DynamoDB::Table
        Properties:
          SSESpecification: {{SSEEnabled: {encrypted}, SSEType: KMS}}
"
        )
    };
    assert_eq!(check("dynamodb-sse-kms", &[("t.yaml", &tables(true))], &[]), []);
    // Both tables are made by the same line.
    let failed = check("dynamodb-sse-kms", &[("t.yaml", &tables(false))], &[]);
    assert_eq!(failed, [("OrdersTable".to_owned(), "fail".to_owned(), 9, None)]);
}

#[test]
fn key_policies_with_substituted_principals() {
    let policy = |principal: &str| {
        format!(
            "Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Version: \"2012-10-17\"
        Statement:
          - Effect: Allow
            Principal: {{AWS: {principal}}}
            Action: kms:*
            Resource: \"*\"
"
        )
    };
    let own = policy("!Sub \"arn:${AWS::Partition}:iam::${AWS::AccountId}:root\"");
    assert_eq!(check("kms-key-policy-public", &[("t.yaml", &own)], &[]), []);
    assert_eq!(check("kms-key-policy-public", &[("t.yaml", &policy("!Sub \"*\""))], &[]), fails(9));
}

#[test]
fn anchors_and_merge_keys() {
    let keys = |rotates: bool| {
        format!(
            "Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: &shared
      EnableKeyRotation: {rotates}
  Second:
    Type: AWS::KMS::Key
    Properties:
      <<: *shared
      Description: second
"
        )
    };
    assert_eq!(check(ROTATION, &[("t.yaml", &keys(true))], &[]), []);
    assert_eq!(check(ROTATION, &[("t.yaml", &keys(false))], &[]), fails(5));
}
