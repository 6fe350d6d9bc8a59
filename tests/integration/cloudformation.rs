//! CloudFormation templates through the whole program: failing cases with their passing twins.

use std::fs;
use std::process::Command;

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

fn check(rule: &str, files: &[(&str, &str)], args: &[&str]) -> Vec<Judged> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_sealint"));
    command.current_dir(folder.path()).args(["check", "--no-config", "--format", "json", "--show-open"]);
    let output = command.args(["--select", rule]).args(args).arg(files[0].0).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["diagnostics"], serde_json::json!([]));
    let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
    let results = report["results"].as_array().unwrap().iter().map(|result| {
        let line = result["region"]["start_line"].as_u64().unwrap();
        (text(&result["resource"]).unwrap(), text(&result["verdict"]).unwrap(), line, text(&result["when"]))
    });
    results.collect()
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
fn globals_of_sam() {
    let function = |globals: &str| {
        format!(
            "Transform: AWS::Serverless-2016-10-31
{globals}Resources:
  Handler:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.run
      Runtime: python3.12
      CodeUri: s3://code/app.zip
      Environment: {{Variables: {{STAGE: live}}}}
"
        )
    };
    let key = "arn:aws:kms:eu-west-1:111122223333:key/00000000-1111-2222-3333-444444444444";
    let encrypted = function(&format!("Globals:\n  Function:\n    KmsKeyArn: {key}\n"));
    assert_eq!(check("lambda-env-cmk", &[("t.yaml", &encrypted)], &[]), []);
    assert_eq!(check("lambda-env-cmk", &[("t.yaml", &function(""))], &[]).len(), 1);
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

#[test]
fn a_nested_stack_that_is_given_the_key() {
    let child = "Parameters:
  KeyId: {Type: String}
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      KmsMasterKeyId: !Ref KeyId
";
    let parent = |key: &str| {
        format!(
            "Resources:
  Key: {{Type: AWS::KMS::Key, Properties: {{EnableKeyRotation: true}}}}
  Messages:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: child.yaml
      Parameters: {{KeyId: {key}}}
"
        )
    };
    let given = |key: &str| check("sqs-cmk", &[("t.yaml", &parent(key)), ("child.yaml", child)], &[]);
    assert_eq!(given("!GetAtt Key.Arn"), []);
    assert_eq!(given("alias/aws/sqs"), [("Messages/Queue".to_owned(), "fail".to_owned(), 7, None)]);
}
