use serde_json::{Value as Json, json};

use super::run;
use crate::value::{Known, Symbol};

fn document(text: &str, name: &str) -> Json {
    let run = run(text);
    let address = format!("data.aws_iam_policy_document.{name}");
    serde_json::from_str(run.json["resources"][&address]["json"].as_str().unwrap()).unwrap()
}

#[test]
fn statements_are_written_as_the_provider_does() {
    let text = r#"
        data "aws_iam_policy_document" "d" {
          policy_id = "P"
          statement {
            sid       = "Read"
            actions   = ["s3:GetObject", "s3:PutObject"]
            resources = ["arn:aws:s3:::b/&{aws:username}/*"]
            principals {
              type        = "AWS"
              identifiers = ["arn:aws:iam::111122223333:role/a"]
            }
            principals {
              type        = "Service"
              identifiers = ["sns.amazonaws.com", "sqs.amazonaws.com"]
            }
            condition {
              test     = "StringEquals"
              variable = "aws:SourceAccount"
              values   = ["111122223333"]
            }
            condition {
              test     = "StringEquals"
              variable = "aws:SourceArn"
              values   = ["a", "b"]
            }
          }
          statement {
            effect        = "Deny"
            not_actions   = ["kms:Decrypt"]
            not_resources = ["x"]
            not_principals {
              type        = "*"
              identifiers = ["*"]
            }
          }
        }
    "#;
    let expected = json!({
        "Version": "2012-10-17",
        "Id": "P",
        "Statement": [
            {
                "Sid": "Read",
                "Effect": "Allow",
                "Action": ["s3:PutObject", "s3:GetObject"],
                "Resource": "arn:aws:s3:::b/${aws:username}/*",
                "Principal": {
                    "AWS": "arn:aws:iam::111122223333:role/a",
                    "Service": ["sqs.amazonaws.com", "sns.amazonaws.com"],
                },
                "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333", "aws:SourceArn": ["a", "b"] } },
            },
            { "Effect": "Deny", "NotAction": "kms:Decrypt", "NotResource": "x", "NotPrincipal": "*" },
        ],
    });
    assert_eq!(document(text, "d"), expected);
}

#[test]
fn sources_and_overrides_merge_by_statement_id() {
    let text = r#"
        data "aws_iam_policy_document" "base" {
          version = "2008-10-17"
          statement {
            sid     = "A"
            actions = ["a:1"]
          }
          statement {
            actions = ["a:2"]
          }
        }
        data "aws_iam_policy_document" "over" {
          statement {
            sid     = "B"
            actions = ["o:1"]
          }
        }
        data "aws_iam_policy_document" "d" {
          source_policy_documents   = [data.aws_iam_policy_document.base.json, jsonencode({
            Statement = { Sid = "C", Effect = "Allow", Action = "c:1" }
          })]
          override_policy_documents = [data.aws_iam_policy_document.over.json]
          statement {
            sid     = "A"
            actions = ["d:1"]
          }
          statement {
            sid     = "B"
            actions = ["d:2"]
          }
        }
    "#;
    let merged = document(text, "d");
    let statements: Vec<(&Json, &Json)> =
        merged["Statement"].as_array().unwrap().iter().map(|one| (&one["Sid"], &one["Action"])).collect();
    let expected = [
        (&json!("A"), &json!("d:1")),
        (&Json::Null, &json!("a:2")),
        (&json!("C"), &json!("c:1")),
        (&json!("B"), &json!("o:1")),
    ];
    assert_eq!(statements, expected);
    assert_eq!(merged["Version"], "2012-10-17");
}

#[test]
fn what_is_not_known_leaves_the_rest_known() {
    let run = run(r#"
        data "aws_caller_identity" "me" {}
        data "aws_iam_policy_document" "d" {
          statement {
            sid       = "Root"
            actions   = ["kms:*"]
            resources = ["*"]
            principals {
              type        = "AWS"
              identifiers = [data.aws_caller_identity.me.account_id]
            }
          }
        }
        resource "aws_kms_key" "k" { policy = data.aws_iam_policy_document.d.json }
    "#);
    let policy = run.resource("aws_kms_key.k").values.get("policy").unwrap();
    let Known::Encoding(document) = &policy.as_unknown().unwrap().known else { panic!() };
    let statement = &document.get("Statement").unwrap().as_list().unwrap()[0];
    assert_eq!(statement.get("Sid").unwrap().as_str(), Some("Root"));
    let principal = statement.get("Principal").unwrap().get("AWS").unwrap();
    assert_eq!(principal.as_unknown().unwrap().known, Known::Symbol(Symbol::Account));
}

#[test]
fn a_conditional_statement_or_principal_is_a_choice() {
    let run = run(r#"
        variable "open" { type = bool }
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["kms:*"]
            resources = ["*"]
            dynamic "principals" {
              for_each = var.open ? ["*"] : []
              content {
                type        = "AWS"
                identifiers = [principals.value]
              }
            }
          }
        }
        resource "aws_kms_key" "k" { policy = data.aws_iam_policy_document.d.json }
    "#);
    let policy = run.resource("aws_kms_key.k").values.get("policy").unwrap();
    let Known::Encoding(document) = &policy.as_unknown().unwrap().known else { panic!() };
    let statement = &document.get("Statement").unwrap().as_list().unwrap()[0];
    let Known::Choice(choice) = &statement.get("Principal").unwrap().as_unknown().unwrap().known else { panic!() };
    assert_eq!(choice.then.get("AWS").unwrap().as_str(), Some("*"));
    assert!(choice.otherwise.is_null());
}

/// `compact` and `coalesce` know that the text of a document is not empty, whatever is not known inside; and `try` that
/// what it names is there.
#[test]
fn documents_keep_what_is_known_through_the_functions_that_modules_use() {
    let text = r#"
        variable "region" {}
        variable "deny" { type = bool }
        variable "policy" { default = null }
        locals {
          statements = [{ sid = "Logs", principals = [{ type = "Service", identifiers = ["logs.${var.region}.amazonaws.com"] }] }]
        }
        data "aws_iam_policy_document" "known" {
          dynamic "statement" {
            for_each = local.statements
            content {
              sid     = try(statement.value.sid, null)
              actions = try(statement.value.actions, ["kms:Encrypt"])
              dynamic "principals" {
                for_each = try(statement.value.principals, [])
                content {
                  type        = principals.value.type
                  identifiers = principals.value.identifiers
                }
              }
            }
          }
        }
        data "aws_iam_policy_document" "all" {
          source_policy_documents = compact([
            data.aws_iam_policy_document.known.json,
            var.deny ? data.aws_iam_policy_document.known.json : "",
            "",
          ])
        }
        output "given" { value = coalesce(var.policy, data.aws_iam_policy_document.known.json) }
    "#;
    let run = run(text);
    let known = run.resource("data.aws_iam_policy_document.known").values.get("json").unwrap().clone();
    let Known::Encoding(document) = &known.as_unknown().unwrap().known else { panic!() };
    let statement = &document.get("Statement").unwrap().as_list().unwrap()[0];
    assert_eq!(statement.get("Sid").unwrap().as_str(), Some("Logs"));
    let service = statement.get("Principal").unwrap().get("Service").unwrap().as_unknown().unwrap();
    assert!(matches!(service.known, Known::Parts(_)), "{service:?}");
    let all = run.resource("data.aws_iam_policy_document.all").values.get("json").unwrap().as_unknown().unwrap();
    assert!(matches!(all.known, Known::Choice(_)), "{all:?}");
    let given = run.evaluated[0].outputs.iter().find(|(name, _)| &**name == "output.given").unwrap();
    assert_eq!(given.1, known);
}
