//! SAM: what the transform makes is judged, and named and placed as the source has it.

use serde_json::Value;

use super::{Judged, check, report};

const TRANSFORM: &str = "Transform: AWS::Serverless-2016-10-31\n";

fn fails(resource: &str, line: u64) -> Vec<Judged> {
    vec![(resource.to_owned(), "fail".to_owned(), line, None)]
}

fn judge(rule: &str, template: &str) -> Vec<Judged> {
    check(rule, &[("t.yaml", &format!("{TRANSFORM}{template}"))], &[])
}

#[test]
fn globals_that_encrypt() {
    let function = |globals: &str| {
        format!(
            "{globals}Resources:
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
    let encrypted = function(&format!("Globals: {{Function: {{KmsKeyArn: {key}}}}}\n"));
    assert_eq!(judge("lambda-env-cmk", &encrypted), []);
    assert_eq!(judge("lambda-env-cmk", &function("")), fails("Handler", 3));
}

#[test]
fn a_domain_is_that_of_its_api() {
    for api in ["Api", "HttpApi"] {
        let template = |policy: &str| {
            format!(
                "Resources:
  Shop:
    Type: AWS::Serverless::{api}
    Properties:
      StageName: live
      Domain:
        DomainName: shop.example.org
        CertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/00000000-1111-2222-3333-444444444444
{policy}"
            )
        };
        let rule = "apigateway-domain-tls12";
        assert_eq!(judge(rule, &template("        SecurityPolicy: TLS_1_2\n")), []);
        assert_eq!(judge(rule, &template("        SecurityPolicy: TLS_1_0\n")), fails("Shop", 10), "{api}");
        // Nobody wrote it: the domain is the place to do so.
        assert_eq!(judge(rule, &template("")), fails("Shop", 7), "{api}");
    }
}

#[test]
fn the_role_of_a_function_is_its_policies() {
    let function = |kind: &str, settings: &str, resource: &str| {
        format!(
            "Resources:
  Worker:
    Type: AWS::Serverless::{kind}
    Properties:
{settings}      Policies:
        - AWSXrayWriteOnlyAccess
        - Statement:
            - Effect: Allow
              Action: kms:Decrypt
              Resource: {resource}
"
        )
    };
    let kinds = [
        ("Function", "      Handler: a.b\n      Runtime: python3.12\n      CodeUri: s3://code/app.zip\n", 14),
        ("StateMachine", "      DefinitionUri: s3://code/flow.json\n", 12),
    ];
    for (kind, settings, line) in kinds {
        let all = function(kind, settings, "\"*\"");
        assert_eq!(judge("iam-kms-decrypt-all-keys", &all), fails("Worker", line), "{kind}");
        let one = "arn:aws:kms:eu-west-1:111122223333:key/00000000-1111-2222-3333-444444444444";
        assert_eq!(judge("iam-kms-decrypt-all-keys", &function(kind, settings, one)), [], "{kind}");
    }
}

#[test]
fn policy_templates_stand_where_they_are_asked_for() {
    let function = |key: &str| {
        format!(
            "Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.12
      CodeUri: s3://code/app.zip
      Policies:
        - KMSDecryptPolicy:
            KeyId: {key}
"
        )
    };
    assert_eq!(judge("iam-kms-decrypt-all-keys", &function("\"*\"")), fails("Worker", 10));
    assert_eq!(judge("iam-kms-decrypt-all-keys", &function("00000000-1111-2222-3333-444444444444")), []);
}

#[test]
fn what_a_finding_is_about_can_be_told() {
    let template = format!(
        "{TRANSFORM}Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.12
      CodeUri: s3://code/app.zip
      Policies: {{Statement: {{Effect: Allow, Action: kms:*, Resource: \"*\"}}}}
"
    );
    let report = report("iam-kms-admin-star", &[("t.yaml", &template)], "t.yaml", &[]);
    let result = &report["results"][0];
    let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    assert_eq!((text("resource"), text("resource_label")), ("Worker".to_owned(), "WorkerRole".to_owned()));
    assert_eq!(text("resource_type"), "AWS::IAM::Role");
}

#[test]
fn a_suppression_at_the_source_covers_what_is_made_from_it() {
    let template = |comment: &str, metadata: &str| {
        format!(
            "{TRANSFORM}Resources:
  Shop: {comment}
    Type: AWS::Serverless::HttpApi
{metadata}    Properties:
      Domain:
        DomainName: shop.example.org
        CertificateArn: arn:aws:acm:eu-west-1:111122223333:certificate/00000000-1111-2222-3333-444444444444
"
        )
    };
    let results = |template: &str| {
        let report = report("apigateway-domain-tls12", &[("t.yaml", template)], "t.yaml", &[]);
        assert_eq!(report["diagnostics"], Value::Array(Vec::new()));
        report["results"].as_array().unwrap().len()
    };
    let metadata = "    Metadata: {sealint: {ignore: [{rule: apigateway-domain-tls12, reason: old clients}]}}\n";
    assert_eq!(results(&template("", "")), 1);
    assert_eq!(results(&template("# sealint: ignore[apigateway-domain-tls12] old clients", "")), 0);
    assert_eq!(results(&template("", metadata)), 0);
}

#[test]
fn an_api_that_no_resource_names_stands_at_its_first_event() {
    let template = "Resources:
  Get:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: python3.12
      CodeUri: s3://code/app.zip
      Events:
        Tick: {Type: Schedule, Properties: {Schedule: rate(1 hour)}}
        Page:
          Type: Api
          Properties: {Path: /, Method: get}
";
    let judged = judge("apigateway-restapi-tls-policy", template);
    assert_eq!(judged, fails("ServerlessRestApi", 11));
}
