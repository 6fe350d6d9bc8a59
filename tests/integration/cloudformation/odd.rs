//! Templates with odd parts: each is said with its line, and the rest is judged.

use serde_json::Value;

use super::{ROTATION, judged, report};

const KEY: &str = "  Key: {Type: AWS::KMS::Key, Properties: {EnableKeyRotation: false}}\n";

/// Checks a template of which `Resources:` and the sound key are the last lines, and returns the codes and lines of what
/// there is to say. The key must have been judged.
#[track_caller]
fn said(before: &str, resources: &str) -> Vec<(String, u64)> {
    let template = format!("{before}Resources:\n{resources}{KEY}");
    let report = report(ROTATION, &[("t.yaml", &template)], ".", &[]);
    let names: Vec<String> = judged(&report).into_iter().map(|(name, ..)| name).collect();
    assert_eq!(names, ["Key"], "{report:#}");
    lines(&report)
}

fn lines(report: &Value) -> Vec<(String, u64)> {
    let place = |diagnostic: &Value| {
        let line = diagnostic["region"]["start_line"].as_u64().unwrap();
        (diagnostic["code"].as_str().unwrap().to_owned(), line)
    };
    report["diagnostics"].as_array().unwrap().iter().map(place).collect()
}

#[test]
fn odd_resources() {
    for odd in [
        "{Type: 3}",
        "{Type: [AWS::SQS::Queue]}",
        "{Properties: {}}",
        "{Type: AWS::SQS::Queue, Properties: none}",
        "{Type: AWS::SQS::Queue, Properties: [1]}",
        "{Type: AWS::SQS::Queue, Condition: [A]}",
        "[1, 2]",
        "text",
        "",
    ] {
        assert_eq!(said("", &format!("  Odd: {odd}\n")), [("template".to_owned(), 2)], "{odd}");
    }
    for odd in [
        "{Type: AWS::SQS::Queue, Condition: Missing}",
        "{Type: AWS::SQS::Queue, DependsOn: [Key, Missing]}",
        "{Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Ref Missing}}",
        "{Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: {\"Fn::Missing\": 1}}}",
        "{Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !FindInMap [A, b, c]}}",
        "{Type: AWS::SQS::Queue, Properties: {KmsMasterKeyId: !Select [one, two]}}",
    ] {
        assert_eq!(said("", &format!("  Odd: {odd}\n")), [("evaluation".to_owned(), 2)], "{odd}");
    }
}

#[test]
fn odd_sections() {
    for odd in [
        "Parameters: [1]\n",
        "Parameters: {A: text}\n",
        "Conditions: text\n",
        "Mappings: 3\n",
        "Rules: [1]\n",
        "Rules: {R: {Assertions: text}}\n",
        "Outputs: text\n",
        "Conditions: {A: !Condition B, B: !Condition A}\n",
    ] {
        assert_eq!(said(odd, ""), [("template".to_owned(), 1)], "{odd}");
    }
}

#[test]
fn macros_that_nobody_here_knows() {
    assert_eq!(said("Transform: Example::Macro\n", ""), [("template".to_owned(), 1)]);
    let here = "  Odd: {Type: AWS::SQS::Queue, Properties: {\"Fn::Transform\": {Name: Example::Macro}}}\n";
    assert_eq!(said("", here), [("template".to_owned(), 2)]);
    let loops = "  Fn::ForEach::Odd: text\n";
    assert_eq!(said("Transform: AWS::LanguageExtensions\n", loops), [("template".to_owned(), 3)]);
}

#[test]
fn what_a_snippet_elsewhere_may_bring_is_not_missing() {
    let include = "Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://bucket/part.yaml}}";
    let judge = |rule: &str, template: &str| {
        let report = report(rule, &[("t.yaml", template)], ".", &[]);
        let warned = report["diagnostics"].as_array().unwrap().len();
        (judged(&report).into_iter().map(|(_, verdict, line, _)| (verdict, line)).collect::<Vec<_>>(), warned)
    };
    let key = |properties: &str| format!("Resources:\n  Key:\n    Type: AWS::KMS::Key\n{properties}");
    // Beside the properties, among them, and in place of them all.
    for properties in [
        format!("    {include}\n    Properties: {{Enabled: true}}\n"),
        format!("    Properties:\n      Enabled: true\n      {include}\n"),
        format!("    Properties:\n      {include}\n"),
    ] {
        assert_eq!(judge(ROTATION, &key(&properties)), (vec![("open".to_owned(), 2)], 1), "{properties}");
    }
    // What is written counts all the same.
    let off = key(&format!("    Properties:\n      Enabled: false\n      {include}\n"));
    assert_eq!(judge("kms-key-enabled", &off), (vec![("fail".to_owned(), 5)], 1));
    // A statement may get its condition from there.
    let policy = |rest: &str| {
        key(&format!(
            "    Properties:
      KeyPolicy:
        Version: \"2012-10-17\"
        Statement:
          - Effect: Allow
            Principal: \"*\"
            Action: kms:*
            Resource: \"*\"
{rest}"
        ))
    };
    assert_eq!(judge("kms-key-policy-public", &policy("")).0.len(), 1);
    let public = judge("kms-key-policy-public", &policy(&format!("            {include}\n")));
    assert!(public.0.iter().all(|(verdict, _)| verdict == "open"), "{public:?}");
    assert_eq!(judge("kms-key-policy-mistakes", &policy(&format!("            {include}\n"))).0, []);
    // So may the template: names that it does not have are no mistakes.
    for top in [
        "Transform: Example::Macro\nResources:\n".to_owned(),
        format!("Parameters:\n  {include}\nResources:\n"),
        format!("Resources:\n  {include}\n"),
    ] {
        let template = format!(
            "{top}  Key: {{Type: AWS::KMS::Key, DependsOn: Gone, Properties: {{EnableKeyRotation: !Ref Gone}}}}\n"
        );
        let (judged, warned) = judge(ROTATION, &template);
        assert_eq!((judged.len(), &*judged[0].0, warned), (1, "open", 1), "{template}");
    }
}

#[test]
fn odd_parts_of_sam() {
    let transform = "Transform: AWS::Serverless-2016-10-31\n";
    let function = "  Odd: {Type: AWS::Serverless::Function, Properties: {Handler: a.b, InlineCode: x, Events: 3}}\n";
    for (before, odd, line) in [
        (transform.to_owned(), "  Odd: {Type: AWS::Serverless::Function, Properties: {Nothing: 1}}\n", 3),
        (transform.to_owned(), function, 3),
        (format!("{transform}Globals: [1]\n"), "", 2),
        (format!("{transform}Globals: {{Queue: {{}}}}\n"), "", 2),
    ] {
        let said = said(&before, odd);
        assert!(!said.is_empty() && said.iter().all(|place| *place == ("template".to_owned(), line)), "{said:?}");
    }
}

#[test]
fn templates_without_resources() {
    let read = |text: &str| {
        let report = report(ROTATION, &[("t.yaml", text), ("good.yaml", &format!("Resources:\n{KEY}"))], ".", &[]);
        assert_eq!((judged(&report).len(), &report["files"]["read"]), (1, &serde_json::json!(2)), "{text}");
        lines(&report)
    };
    assert_eq!(read("AWSTemplateFormatVersion: \"2010-09-09\"\nParameters: {}\n"), [("template".to_owned(), 1)]);
    assert_eq!(read("AWSTemplateFormatVersion: \"2010-09-09\"\nResources: [1]\n"), [("template".to_owned(), 2)]);
    assert_eq!(read("AWSTemplateFormatVersion: \"2010-09-09\"\nResources:\n"), [("template".to_owned(), 2)]);
}
